//! Judges written in Python, with the packages of `tests/judges/requirements.txt`.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

use super::{judge, output, script, text};

/// Returns a command that runs a script of `tests/judges`.
fn python(name: &str) -> Option<Command> {
    let mut command = Command::new(judge("GONGBAO_JUDGES_PYTHON", "python")?);
    command.arg(script(name));
    Some(command)
}

/// Runs a script that reads several files; its results are in the order of the files.
fn read_all(name: &str, files: &[impl AsRef<Path>]) -> Option<Vec<Value>> {
    let files: Vec<_> = files.iter().map(|file| file.as_ref().display().to_string()).collect();
    let output = output("python", python(name)?.args(&files))?;
    let mut read: Value = serde_json::from_str(&text(output)).expect("JSON");
    Some(files.iter().map(|file| read[file].take()).collect())
}

/// Runs a script that reads one file.
fn read_one(name: &str, file: &Path) -> Option<Value> {
    let output = output("python", python(name)?.arg(file))?;
    Some(serde_json::from_str(&text(output)).expect("JSON"))
}

/// Reads PDFs with `read_pdf.py`: lines, tables by their tags, fonts, metadata, attachments.
pub fn read_pdf(files: &[impl AsRef<Path>]) -> Option<Vec<Value>> {
    read_all("read_pdf.py", files)
}

/// Reads Word files with `read_docx.py`.
pub fn read_docx(files: &[impl AsRef<Path>]) -> Option<Vec<Value>> {
    read_all("read_docx.py", files)
}

/// Reads the cells of a workbook with `read_xlsx.py`.
pub fn read_xlsx(file: &Path) -> Option<Value> {
    read_one("read_xlsx.py", file)
}

/// Reads formats, validations and merged cells of a workbook with `look_xlsx.py`.
pub fn look_xlsx(file: &Path) -> Option<Value> {
    read_one("look_xlsx.py", file)
}

/// Edits a workbook with `fill_xlsx.py`, which performs `steps` on it.
pub fn fill_xlsx(from: &Path, to: &Path, steps: &[Value]) -> Option<()> {
    let mut command = python("fill_xlsx.py")?;
    fs::create_dir_all(to.parent().expect("a parent folder")).expect("the folder is made");
    let mut child = command
        .args([from, to])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python starts");
    let steps = serde_json::to_vec(steps).expect("JSON");
    child.stdin.take().expect("its standard input").write_all(&steps).expect("the steps are written");
    text(child.wait_with_output().expect("its output"));
    Some(())
}

/// Writes a report, given as the template's data, in the ways of other programs (`write_foreign.py`): each name of
/// `names` is one way. Returns whether the judge is there.
pub fn write_foreign(data: &Path, folder: &Path, names: &[&str]) -> bool {
    python("write_foreign.py")
        .and_then(|mut command| output("python", command.arg(data).arg(folder).args(names)))
        .map(text)
        .is_some()
}

/// Calculates the digest of a report's data with `digest.py`, an implementation of `docs/publication.md` of its own.
pub fn calculate_digest(data: &Path) -> Option<String> {
    let said = text(output("python", python("digest.py")?.arg(data))?);
    Some(said.lines().nth(1).expect("a second line").to_owned())
}

/// Runs a program given as text with arguments and returns its standard output.
pub fn run_python(program: &str, argument: &Path) -> Option<Vec<u8>> {
    let mut command = Command::new(judge("GONGBAO_JUDGES_PYTHON", "python")?);
    let output = output("python", command.args(["-c", program]).arg(argument))?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}
