//! LibreOffice, which opens and converts Word files and workbooks.

use std::{
    path::Path,
    process::Command,
    sync::{Mutex, PoisonError},
};

use tempfile::TempDir;

use super::{output, text};

/// Held while LibreOffice runs: two at once need more memory than small machines have.
static RUNNING: Mutex<()> = Mutex::new(());

/// Converts files to `kind` (an extension) into a folder; formulas whose values a file lacks are computed. All files
/// are converted by one start of LibreOffice, which takes longer than the conversions. `fontconfig` is the
/// configuration by which it finds faces.
///
/// # Panics
///
/// If LibreOffice makes no file of one of them.
pub fn libreoffice(
    files: &[impl AsRef<Path>],
    kind: &str,
    folder: &Path,
    fontconfig: Option<&Path>,
) -> Option<()> {
    // With a profile that is in use, LibreOffice exits without a message.
    let profile = TempDir::new().expect("a temporary folder");
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.path().display()));
    command.args(["--headless", "--convert-to", kind, "--outdir"]).arg(folder);
    command.args(files.iter().map(AsRef::as_ref));
    if let Some(fontconfig) = fontconfig {
        command.env("FONTCONFIG_FILE", fontconfig);
    }
    {
        let _running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        text(output("libreoffice", &mut command)?);
    }
    for file in files {
        let made = folder.join(file.as_ref().file_stem().expect("a file name")).with_extension(kind);
        assert!(made.is_file(), "LibreOffice made no {}", made.display());
    }
    Some(())
}
