//! A temporary folder in which the program runs as a user runs it.

use std::{
    ffi::OsStr,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::sample;

/// Exit code and output of a run of the program.
#[derive(Debug)]
pub struct Run {
    /// The exit code; −1 where a signal ended the program.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Run {
    /// Parses standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self:#?}"))
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// A temporary working folder and the program to run in it; deleted with the value.
#[derive(Debug)]
pub struct Office {
    folder: TempDir,
    program: PathBuf,
}

impl Office {
    /// Makes an empty folder. Tests of the program pass `env!("CARGO_BIN_EXE_gongbao")`.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { folder: TempDir::new().expect("a temporary folder"), program: program.into() }
    }

    /// Copies a sample report into the folder, under its own name.
    #[must_use]
    pub fn sample(self, name: &str) -> Self {
        fs::copy(sample(name), self.path(name)).expect("a copy of the sample");
        self
    }

    /// Returns the path of a file in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, makes the folders above it, and returns its path.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a parent folder")).expect("the parent folders");
        fs::write(&path, bytes).expect("the file is written");
        path
    }

    /// Copies all files of a folder into a folder of this one.
    pub fn copy(&self, from: &Path, to: &str) {
        for entry in fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}", from.display())) {
            let path = entry.expect("an entry").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            self.file(&format!("{to}/{name}"), fs::read(&path).expect("a file"));
        }
    }

    /// Reads a file.
    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Reads a file as UTF-8.
    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("UTF-8")
    }

    /// Lists all files below the folder, relative to it and sorted, without the build cache.
    pub fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let path = path.strip_prefix(self.folder.path()).expect("a path below the folder");
                    files.push(path.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        files.retain(|file| !file.ends_with(".memory"));
        files.sort();
        files
    }

    /// Returns a command that starts the program in the folder.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(self.folder.path());
        command
    }

    /// Runs the program.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
        self.run_with(arguments, b"")
    }

    /// Runs the program with `input` on its standard input.
    pub fn run_with<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>, input: &[u8]) -> Run {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        // A program that does not read its input may have ended before all of it is written.
        let _ = child.stdin.take().expect("its standard input").write_all(input);
        child.wait_with_output().expect("its output").into()
    }
}
