//! The program under test.

use std::{path::PathBuf, sync::OnceLock};

use gongbao_test_support::{Office, SAMPLES, sample};

/// Path of the program's binary, which cargo builds for these tests.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_gongbao");

/// Returns the path of the program to test: `GONGBAO_TEST_PROGRAM`, otherwise the one built for these tests.
///
/// `scripts/platforms` names a script there that starts the program of another platform.
pub(crate) fn path() -> PathBuf {
    std::env::var_os("GONGBAO_TEST_PROGRAM").map_or_else(|| PathBuf::from(PROGRAM), PathBuf::from)
}

/// Returns an empty temporary folder in which to run the program.
pub(crate) fn new_office() -> Office {
    Office::new(path())
}

/// Returns a temporary folder with a copy of a sample report under its own name.
pub(crate) fn office_with(sample: &str) -> Office {
    new_office().sample(sample)
}

/// Returns both samples with all default outputs, built once for all tests that only read them.
pub(crate) fn built_samples() -> &'static Office {
    static OFFICE: OnceLock<Office> = OnceLock::new();
    OFFICE.get_or_init(|| {
        let office = new_office();
        let files = SAMPLES.map(|stem| sample(&format!("{stem}.toml")).display().to_string());
        let run = office.run(["build"].map(str::to_owned).into_iter().chain(files));
        assert_eq!(run.code, 0, "{run:#?}");
        office
    })
}
