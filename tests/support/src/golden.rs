//! Comparison of a whole text with a file of the repository, a golden file.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use similar::TextDiff;

/// Compares `actual` with the text of `file`; with the environment variable `UPDATE` set, writes it there instead.
///
/// # Panics
///
/// If the two differ in more than the kind of their line ends. Expected text, actual text and their difference are
/// then in a temporary folder that the message names.
#[track_caller]
pub fn assert_golden(file: &Path, actual: &str) {
    if env::var_os("UPDATE").is_some() {
        fs::write(file, actual).expect("the golden file is written");
        return;
    }
    let expected = fs::read_to_string(file).unwrap_or_default().replace("\r\n", "\n");
    if expected == actual {
        return;
    }
    let folder = keep(file, &expected, actual);
    panic!(
        "{} differs from what the code gives; see `expected`, `actual` and `difference` in {}; \
         run this test with UPDATE=1 to accept the new text",
        file.display(),
        folder.display()
    );
}

/// Writes both texts and their difference into a folder named after the golden file, and returns the folder.
fn keep(file: &Path, expected: &str, actual: &str) -> PathBuf {
    let name = file.file_name().unwrap_or_default();
    let folder = env::temp_dir().join("gongbao-golden").join(name);
    fs::create_dir_all(&folder).expect("the folder of differences is made");
    let difference =
        TextDiff::from_lines(expected, actual).unified_diff().header("expected", "actual").to_string();
    for (name, text) in [("expected", expected), ("actual", actual), ("difference", &difference)] {
        fs::write(folder.join(name), text).expect("a file of differences is written");
    }
    folder
}

#[cfg(test)]
mod tests {
    use std::{fs, panic};

    use super::assert_golden;

    #[test]
    fn a_difference_is_left_in_a_folder_that_the_message_names() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("golden-self-test.txt");
        fs::write(&file, "one\r\ntwo\r\n").expect("a file");
        assert_golden(&file, "one\ntwo\n");
        let panic = panic::catch_unwind(|| assert_golden(&file, "one\n2\n")).expect_err("they differ");
        let message = panic.downcast_ref::<String>().expect("a message");
        let place = message.split(" in ").nth(1).and_then(|rest| rest.split(';').next()).expect("a folder");
        let difference = fs::read_to_string(format!("{place}/difference")).expect("the difference");
        assert!(difference.contains("-two\n+2\n"), "{difference}");
    }
}
