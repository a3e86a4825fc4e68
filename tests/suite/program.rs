//! The program, run in a folder of its own.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

use serde_json::Value;
use tempfile::TempDir;

/// What a run of the program said.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self:#?}"))
    }
}

/// A working folder that is gone with the test.
pub struct Office {
    folder: TempDir,
}

impl Office {
    pub fn new() -> Self {
        Self { folder: TempDir::new().expect("a folder") }
    }

    /// A working folder that holds a copy of a sample under its own name.
    pub fn with_sample(name: &str) -> Self {
        let office = Self::new();
        std::fs::copy(sample(name), office.path(name)).expect("a copy");
        office
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("UTF-8")
    }

    /// All files below the folder, from it, in order; not what runs remember for the next one.
    pub fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let path = path.strip_prefix(self.folder.path()).expect("below");
                    files.push(path.to_string_lossy().replace('\\', "/"));
                }
            }
        }
        files.retain(|file| !file.ends_with(".memory"));
        files.sort();
        files
    }

    /// Runs the program here.
    pub fn run<S: AsRef<std::ffi::OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Run {
        self.run_with(arguments, b"")
    }

    /// Runs the program here with something on its standard input.
    pub fn run_with<S: AsRef<std::ffi::OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = S>,
        input: &[u8],
    ) -> Run {
        use std::io::Write;
        let mut child = Command::new(env!("CARGO_BIN_EXE_gongbao"))
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        // A program that reads nothing may be gone before all is written.
        let _ = child.stdin.take().expect("its input").write_all(input);
        let output = child.wait_with_output().expect("its output");
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// A sample of the repository.
pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/reports").join(name)
}

/// The names of the samples without their endings.
pub const SAMPLES: [&str; 2] = ["pengyang-jgsw-2020", "shanghai-gov-office-2025"];

/// Both samples, built once for all tests that only look.
pub fn built_samples() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(|| {
        let office = Office::new();
        let files = SAMPLES.map(|stem| sample(&format!("{stem}.toml")).display().to_string());
        let run = office.run(["build"].map(str::to_owned).into_iter().chain(files));
        assert_eq!(run.code, 0, "{run:#?}");
        office
    })
}
