//! Paths as people, data files and programs see them.
//!
//! Windows has several spellings of one path: two separators, and the verbatim form `\\?\C:\…` in which it answers
//! when a path is resolved. People see a path in the spelling of their system, with one separator; data files have
//! `/` on every system, so that they can be moved to another one.

use std::{
    io,
    path::{MAIN_SEPARATOR, Path, PathBuf},
};

/// The spellings of a path, and its canonical form.
pub trait PathExt {
    /// Returns the path as it is shown to people, and in lists for other programs: with the separator of the system,
    /// without a verbatim prefix.
    fn to_text(&self) -> String;

    /// Returns the path as data files have it: with `/`, without a verbatim prefix.
    fn to_portable(&self) -> String;

    /// Returns the canonical, absolute form of the path, with all links resolved, as [`Path::canonicalize`] does; on
    /// Windows without a verbatim prefix.
    ///
    /// The prefix is removed from paths of any length, so that a folder and a file far below it still begin alike;
    /// the standard library adds it where a call needs it.
    ///
    /// # Errors
    /// The path does not exist, or a folder on the way cannot be read.
    fn canonical(&self) -> io::Result<PathBuf>;
}

impl PathExt for Path {
    fn to_text(&self) -> String {
        let text = self.to_string_lossy();
        if MAIN_SEPARATOR == '\\' { plain(&text) } else { text.into_owned() }
    }

    fn to_portable(&self) -> String {
        let text = self.to_string_lossy();
        if MAIN_SEPARATOR == '\\' { plain(&text).replace('\\', "/") } else { text.into_owned() }
    }

    #[allow(clippy::disallowed_methods, reason = "the one place that removes the prefix")]
    fn canonical(&self) -> io::Result<PathBuf> {
        let resolved = self.canonicalize()?;
        match resolved.to_str() {
            Some(text) if MAIN_SEPARATOR == '\\' => Ok(PathBuf::from(plain(text))),
            _ => Ok(resolved),
        }
    }
}

/// Returns a Windows path with `\` as the only separator and without a verbatim prefix.
fn plain(text: &str) -> String {
    let text = text.replace('/', "\\");
    if let Some(share) = text.strip_prefix(r"\\?\UNC\") {
        return format!(r"\\{share}");
    }
    match text.strip_prefix(r"\\?\") {
        // Other verbatim paths, such as volumes without a letter, have no other form.
        Some(below) if below.as_bytes().get(1) == Some(&b':') => below.to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_paths_have_one_spelling() {
        for (given, plain_text) in [
            (r"data/reports\甲.toml", r"data\reports\甲.toml"),
            (r"\\?\C:\公文\甲.toml", r"C:\公文\甲.toml"),
            ("//?/Z:/公文/甲.toml", r"Z:\公文\甲.toml"),
            (r"\\?\UNC\服务器\共享\甲.toml", r"\\服务器\共享\甲.toml"),
            (r"\\?\Volume{b75e2c83}\甲.toml", r"\\?\Volume{b75e2c83}\甲.toml"),
            (r"..\甲.toml", r"..\甲.toml"),
        ] {
            assert_eq!(plain(given), plain_text);
        }
    }

    #[cfg(unix)]
    #[test]
    fn elsewhere_a_backslash_is_part_of_a_name() {
        let path = Path::new(r"报告/甲\乙.toml");
        assert_eq!(path.to_text(), r"报告/甲\乙.toml");
        assert_eq!(path.to_portable(), r"报告/甲\乙.toml");
    }
}
