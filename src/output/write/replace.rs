//! Replaces and removes files that belong together: all of them, or none.
//!
//! A system may refuse to replace a file: Windows does while another program holds it open, others do for a mount point
//! or an immutable file. Nothing tells so beforehand for certain, so every change that was made can be undone: the file
//! that is replaced keeps a second name until all are replaced.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tempfile::{Builder, TempPath};

use super::{Pending, WriteError};
#[cfg(unix)]
use crate::output::temporary::temporary_for;

/// A change that is ready to be made by one renaming.
struct Step {
    /// The file to be replaced, created or removed.
    path: PathBuf,
    /// The new contents; `None` removes the file.
    new: Option<TempPath>,
    /// The former file under a second name, or the name that a file to be removed gets first; `None` for a file that
    /// does not exist yet, or that need not be restored.
    old: Option<TempPath>,
}

/// Writes files and removes others, which belong together: either all changes are made or none.
///
/// All contents are on disk under temporary names before the first file is replaced. Files to be removed that do not
/// exist are ignored. A reader sees either a former file or its successor, at any time.
///
/// # Errors
/// A file cannot be written, replaced or removed. Existing files are unchanged, except those that the error lists as
/// not restored.
pub fn replace_all(files: &[Pending], removed: &[PathBuf]) -> Result<(), WriteError> {
    let mut folders = Vec::new();
    let done = prepare(files, removed, &mut folders)
        .and_then(|steps| carry_out(steps, &mut |a, b| fs::rename(a, b)));
    if done.is_err() {
        // Folders that were created for files that do not exist now; the innermost comes last.
        for folder in folders.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
    done
}

/// Writes all contents to temporary files and gives the files that will be replaced a second name.
fn prepare(
    files: &[Pending],
    removed: &[PathBuf],
    folders: &mut Vec<PathBuf>,
) -> Result<Vec<Step>, WriteError> {
    let mut steps = Vec::new();
    for file in files {
        let fail = |error| WriteError::new(&file.path, error);
        create_folders(folder_of(&file.path), folders).map_err(fail)?;
        if file.path.is_dir() {
            return Err(fail(io::Error::from(io::ErrorKind::IsADirectory)));
        }
        let new = Some(successor(&file.path, &file.bytes).map_err(fail)?);
        steps.push(Step { path: file.path.clone(), new, old: None });
    }
    for path in removed.iter().filter(|path| path.symlink_metadata().is_ok()) {
        let old = Some(temporary(folder_of(path), &[]).map_err(|error| WriteError::new(path, error))?);
        steps.push(Step { path: path.clone(), new: None, old });
    }
    // A single renaming either happens or does not.
    if steps.len() > 1 {
        for step in steps.iter_mut().filter(|step| step.new.is_some()) {
            step.old = second_name(&step.path).map_err(|error| WriteError::new(&step.path, error))?;
        }
    }
    Ok(steps)
}

/// Makes all changes; if one fails, undoes those made before it.
fn carry_out(
    steps: Vec<Step>,
    rename: &mut dyn FnMut(&Path, &Path) -> io::Result<()>,
) -> Result<(), WriteError> {
    let mut done: Vec<Step> = Vec::new();
    for mut step in steps {
        let renamed = match (&step.new, &step.old) {
            (Some(new), _) => rename(new, &step.path),
            (None, Some(old)) => rename(&step.path, old),
            (None, None) => Ok(()),
        };
        if let Err(error) = renamed {
            let not_restored = undo(done, rename);
            return Err(WriteError { path: step.path, error, not_restored });
        }
        if let Some(new) = &mut step.new {
            // The temporary name is gone.
            new.disable_cleanup(true);
        }
        done.push(step);
    }
    // The second names are removed with the steps.
    Ok(())
}

/// Undoes changes, the last one first. Returns the files that could not be restored.
fn undo(done: Vec<Step>, rename: &mut dyn FnMut(&Path, &Path) -> io::Result<()>) -> Vec<PathBuf> {
    let mut not_restored = Vec::new();
    for step in done.into_iter().rev() {
        let restored = match step.old {
            Some(mut old) => rename(&old, &step.path).map(|()| old.disable_cleanup(true)),
            None => fs::remove_file(&step.path),
        };
        if restored.is_err() {
            not_restored.push(step.path);
        }
    }
    not_restored
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Creates a folder and the folders above it, and lists those that did not exist, the outermost first.
fn create_folders(folder: &Path, created: &mut Vec<PathBuf>) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists());
    let missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
    created.extend(missing.into_iter().rev());
    fs::create_dir_all(folder)
}

/// Writes the contents that will replace a file to a temporary file with its owner, group and permissions.
#[cfg(unix)]
fn successor(path: &Path, bytes: &[u8]) -> io::Result<TempPath> {
    let mut file = temporary_for(path)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file.into_temp_path())
}

#[cfg(not(unix))]
fn successor(path: &Path, bytes: &[u8]) -> io::Result<TempPath> {
    temporary(folder_of(path), bytes)
}

/// Writes a file with a temporary name.
fn temporary(folder: &Path, bytes: &[u8]) -> io::Result<TempPath> {
    // Opened here rather than by `tempfile`, whose files have an attribute on Windows that would have to be removed
    // by a call that fails for long paths.
    let mut file = names().make_in(folder, |path| {
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            // Published files must be readable by the web server; temporary files are private by default.
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o644);
        }
        options.open(path)
    })?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file.into_temp_path())
}

/// Gives an existing file a second name; `None` if it does not exist. A drive without links gets a copy.
fn second_name(path: &Path) -> io::Result<Option<TempPath>> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        other => other?,
    };
    let linked = names().make_in(folder_of(path), |name| fs::hard_link(path, name));
    match linked {
        Ok(link) => Ok(Some(link.into_temp_path())),
        Err(_) => temporary(folder_of(path), &gongbao_core::file::read(path, crate::output::LARGEST_OUTPUT)?)
            .map(Some),
    }
}

/// Temporary names, by which the remains of a killed run are found.
fn names() -> Builder<'static, 'static> {
    let mut builder = Builder::new();
    builder.prefix(".gongbao-").suffix(".tmp");
    builder
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "tests lay out files")]
mod tests {
    use super::*;

    /// Names and contents of all files below a folder.
    fn contents(folder: &Path) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                all.push((path.to_string_lossy().into_owned(), "folder".to_owned()));
                all.extend(contents(&path));
            } else {
                all.push((path.to_string_lossy().into_owned(), fs::read_to_string(&path).unwrap()));
            }
        }
        all.sort();
        all
    }

    fn pending(path: PathBuf) -> Pending {
        Pending { path, bytes: "new".into() }
    }

    #[test]
    fn one_refused_file_leaves_all_as_they_were() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "old a").unwrap();
        fs::write(at("c"), "old c").unwrap();
        fs::write(at("gone"), "old gone").unwrap();
        let before = contents(folder.path());
        let files = [pending(at("a")), pending(at("fresh/b")), pending(at("c"))];
        // Whichever renaming is refused, as Windows refuses it for a file that is held open.
        for refused in 0..4 {
            let mut folders = Vec::new();
            let steps = prepare(&files, &[at("gone"), at("never was")], &mut folders).unwrap();
            let mut count = 0;
            let error = carry_out(steps, &mut |from, to| {
                count += 1;
                if count == refused + 1 {
                    Err(io::ErrorKind::PermissionDenied.into())
                } else {
                    fs::rename(from, to)
                }
            })
            .unwrap_err();
            assert_eq!(error.not_restored, Vec::<PathBuf>::new());
            assert!(error.to_string().ends_with("原有文件没有改动"));
            fs::remove_dir(at("fresh")).unwrap();
            assert_eq!(contents(folder.path()), before);
        }
    }

    #[test]
    fn what_cannot_be_restored_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["a", "b"] {
            fs::write(at(name), "old").unwrap();
        }
        let steps = prepare(&[pending(at("a")), pending(at("b"))], &[], &mut Vec::new()).unwrap();
        let mut count = 0;
        let error = carry_out(steps, &mut |from, to| {
            count += 1;
            if count > 1 { Err(io::ErrorKind::PermissionDenied.into()) } else { fs::rename(from, to) }
        })
        .unwrap_err();
        assert_eq!(error.not_restored, [at("a")]);
        assert!(error.to_string().contains("没能换回") && !error.to_string().contains("没有改动"));
    }

    #[test]
    fn all_changes_are_made_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("a"), "old").unwrap();
        fs::write(at("gone"), "old").unwrap();
        replace_all(&[pending(at("a")), pending(at("b"))], &[at("gone")]).unwrap();
        let expected = ["a", "b"].map(|name| (at(name).to_string_lossy().into_owned(), "new".to_owned()));
        assert_eq!(contents(folder.path()), expected);
    }

    #[test]
    fn folders_of_a_refused_file_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir(at("taken")).unwrap();
        let files = [pending(at("deep/down/a")), pending(at("taken"))];
        assert!(replace_all(&files, &[]).is_err());
        assert_eq!(
            contents(folder.path()),
            [(at("taken").to_string_lossy().into_owned(), "folder".to_owned())]
        );
    }
}
