//! Nothing that a file, a disk or a neighbour can do loses work, ends the run for other reports, or lets anybody in.
//!
//! `GONGBAO_PROGRAM` names another build of the program to be tested, for example an older version.

mod bounds;
mod claims;
mod connections;
#[cfg(unix)]
mod faults;
#[cfg(unix)]
mod files;
mod paths;
mod shown;
#[cfg(unix)]
mod writes;

use std::{path::PathBuf, time::Instant};

use gongbao_test_support::{Office, Run, sample};

use crate::program::PROGRAM;

const SAMPLE: &str = "pengyang-jgsw-2020.toml";

/// The program under test.
pub(crate) fn program() -> PathBuf {
    std::env::var_os("GONGBAO_PROGRAM").map_or_else(|| PROGRAM.into(), PathBuf::from)
}

/// Returns an empty temporary folder in which to run the program.
fn office() -> Office {
    Office::new(program())
}

/// Returns the text of a small report without errors.
fn report() -> String {
    std::fs::read_to_string(sample(SAMPLE)).expect("sample")
}

/// Runs the program, which must end within `seconds`.
#[track_caller]
fn timed(office: &Office, seconds: u64, arguments: &[&str]) -> Run {
    let start = Instant::now();
    let timeout = seconds.to_string();
    // Another program ends a run that hangs.
    let output = std::process::Command::new("timeout")
        .arg(&timeout)
        .arg(program())
        .args(arguments)
        .current_dir(office.path(""))
        .stdin(std::process::Stdio::null())
        .output()
        .expect("timeout");
    let run = Run::from(output);
    assert!(run.code != 124, "{arguments:?} took more than {:?}", start.elapsed());
    assert!(run.code != -1 && !run.stderr.contains("panicked"), "{arguments:?}: {run:#?}");
    run
}
