//! Judges of PDFs: veraPDF, qpdf, Ghostscript, Poppler; and the stock `typst` command.

use std::{path::Path, process::Command};

use serde_json::Value;
use tempfile::TempDir;

use super::{files_of, judge, output, script, text};

/// Validates files against `flavours` (such as `3a,ua1`) with veraPDF; one line of JSON per file and flavour that does
/// not conform, empty if all do.
pub fn verapdf(flavours: &str, files: &[impl AsRef<Path>]) -> Option<Vec<String>> {
    let classes = judge("GONGBAO_JUDGES_VERA", "verapdf")?;
    let mut command = Command::new("java");
    command
        .args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"])
        .arg(classes)
        .arg(script("Vera.java"));
    let output = output("verapdf", command.arg(flavours).args(files.iter().map(AsRef::as_ref)))?;
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let verdicts: Vec<Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    // Without a verdict on each file nothing has been validated.
    assert_eq!(
        verdicts.len(),
        files.len() * flavours.split(',').count(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(verdicts.iter().filter(|verdict| verdict["compliant"] != true).map(Value::to_string).collect())
}

/// Checks a file with `qpdf --check` and returns its complaints; empty if there are none.
pub fn qpdf(file: &Path) -> Option<String> {
    let output = output("qpdf", Command::new("qpdf").arg("--check").arg(file))?;
    let ok = output.status.success() && output.stderr.is_empty();
    Some(if ok { String::new() } else { String::from_utf8_lossy(&output.stderr).into_owned() })
}

/// Returns a file as qpdf writes it with these options.
pub fn rewritten(file: &Path, options: &[&str]) -> Option<Vec<u8>> {
    let output = output("qpdf", Command::new("qpdf").arg(file).args(options).arg("-"))?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

/// Returns a file with all its streams and objects in plain text; `None` also for a file that is no PDF.
pub fn unpacked(file: &Path) -> Option<Vec<u8>> {
    let mut command = Command::new("qpdf");
    let output = output("qpdf", command.args(["--qdf", "--object-streams=disable"]).arg(file).arg("-"))?;
    output.status.success().then_some(output.stdout)
}

/// Returns the size in bytes that qpdf gives a file with object streams and without.
pub fn repacked(file: &Path) -> Option<[usize; 2]> {
    let size = |option: &str| Some(rewritten(file, &[option, "--deterministic-id"])?.len());
    Some([size("--object-streams=generate")?, size("--object-streams=disable")?])
}

/// Returns the share of each page that Ghostscript covers with cyan, magenta, yellow and black.
pub fn covered_plates(file: &Path) -> Option<Vec<[f64; 4]>> {
    let output = output("gs", Command::new("gs").args(["-q", "-o", "-", "-sDEVICE=inkcov"]).arg(file))?;
    let pages = text(output)
        .lines()
        .map(|line| {
            let mut numbers = line.split_whitespace().map_while(|word| word.parse::<f64>().ok());
            [(); 4].map(|()| numbers.next().expect("four plates"))
        })
        .collect();
    Some(pages)
}

/// Returns the text of a file as a reader copies it.
pub fn pdftotext(file: &Path) -> Option<String> {
    Some(text(output("pdftotext", Command::new("pdftotext").arg("-raw").arg(file).arg("-"))?))
}

/// Returns each page of a file as a grey picture, as Poppler draws it.
pub fn page_pictures(file: &Path, dots_per_inch: u32) -> Option<Vec<Vec<u8>>> {
    let folder = TempDir::new().expect("a temporary folder");
    let mut command = Command::new("pdftoppm");
    command.args(["-gray", "-r", &dots_per_inch.to_string()]).arg(file).arg(folder.path().join("page"));
    text(output("pdftoppm", &mut command)?);
    Some(files_of(folder.path()))
}

/// Compiles `typst/report.typ` below `root` with the stock `typst` command and returns its messages; empty if there
/// are none. `data` is the path of the template's data from `root`.
pub fn stock_typst(root: &Path, fonts: &Path, data: &str, pdf: &Path) -> Option<String> {
    let mut command = Command::new(judge("GONGBAO_JUDGES_TYPST", "typst")?);
    command.args(["compile", "--ignore-system-fonts", "--features", "a11y-extras", "--root"]).arg(root);
    command.arg("--font-path").arg(fonts).arg("--input").arg(format!("data={data}"));
    let output = output("typst", command.arg(root.join("typst/report.typ")).arg(pdf))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() || !said.is_empty(), "typst failed without a message");
    Some(said)
}
