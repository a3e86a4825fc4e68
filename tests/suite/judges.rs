//! Programs that we did not write, asked about what ours wrote. tests/judges/README.md tells of each.

use std::{
    env,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

/// A judge that is not there: the test that wanted it counts as skipped, or fails where every judge must be.
pub fn missing(judge: &str) {
    assert!(env::var_os("GONGBAO_REQUIRE_JUDGES").is_none(), "the judge {judge} is missing");
    // Straight to the stream, since the test runner swallows what a passing test prints.
    let _ = writeln!(std::io::stderr(), "skipped: {judge}");
}

pub fn output(judge: &str, command: &mut Command) -> Option<Output> {
    match command.output() {
        Ok(output) => Some(output),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            missing(judge);
            None
        }
        Err(error) => panic!("{judge}: {error}"),
    }
}

pub fn text(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// What `read_pdf.py` reads from files, in the order of the files.
pub fn read_pdf(files: &[impl AsRef<Path>]) -> Option<Vec<Value>> {
    let Some(python) = env::var_os("GONGBAO_JUDGES_PYTHON") else {
        missing("python");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/read_pdf.py");
    let files: Vec<_> = files.iter().map(|file| file.as_ref().display().to_string()).collect();
    let output = output("python", Command::new(python).arg(script).args(&files))?;
    let mut read: Value = serde_json::from_str(&text(output)).expect("JSON");
    Some(files.iter().map(|file| read[file].take()).collect())
}

/// What `read_xlsx.py` reads from a workbook.
pub fn read_xlsx(file: &Path) -> Option<Value> {
    let Some(python) = env::var_os("GONGBAO_JUDGES_PYTHON") else {
        missing("python");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/read_xlsx.py");
    let output = output("python", Command::new(python).arg(script).arg(file))?;
    Some(serde_json::from_str(&text(output)).expect("JSON"))
}

/// What `read_docx.py` reads from Word files, in the order of the files.
pub fn read_docx(files: &[impl AsRef<Path>]) -> Option<Vec<Value>> {
    let Some(python) = env::var_os("GONGBAO_JUDGES_PYTHON") else {
        missing("python");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/read_docx.py");
    let files: Vec<_> = files.iter().map(|file| file.as_ref().display().to_string()).collect();
    let output = output("python", Command::new(python).arg(script).args(&files))?;
    let mut read: Value = serde_json::from_str(&text(output)).expect("JSON");
    Some(files.iter().map(|file| read[file].take()).collect())
}

/// Does the steps of `fill_xlsx.py` to a workbook.
pub fn fill_xlsx(from: &Path, to: &Path, steps: &[Value]) -> Option<()> {
    let Some(python) = env::var_os("GONGBAO_JUDGES_PYTHON") else {
        missing("python");
        return None;
    };
    std::fs::create_dir_all(to.parent().expect("a folder")).expect("folders");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/fill_xlsx.py");
    let mut child = Command::new(python)
        .arg(script)
        .args([from, to])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("python");
    let steps = serde_json::to_vec(steps).expect("JSON");
    child.stdin.take().expect("its input").write_all(&steps).expect("all of it");
    text(child.wait_with_output().expect("its output"));
    Some(())
}

/// What `look_xlsx.py` sees in a workbook.
pub fn look_xlsx(file: &Path) -> Option<Value> {
    let Some(python) = env::var_os("GONGBAO_JUDGES_PYTHON") else {
        missing("python");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/look_xlsx.py");
    let output = output("python", Command::new(python).arg(script).arg(file))?;
    Some(serde_json::from_str(&text(output)).expect("JSON"))
}

/// Has `write_foreign.py` write a report, as the template reads it, in these files; whether there was anybody to do it.
pub fn write_foreign(data: &Path, folder: &Path, names: &[&str]) -> bool {
    let Some(python) = env::var_os("GONGBAO_JUDGES_PYTHON") else {
        missing("python");
        return false;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/write_foreign.py");
    output("python", Command::new(python).arg(script).arg(data).arg(folder).args(names)).map(text).is_some()
}

/// Has LibreOffice, which also computes formulas whose values are not in a file, convert files of one kind into a folder
/// in one start: starting takes it longer than the files do. `fonts` is the configuration by which it finds faces.
pub fn libreoffice(
    files: &[impl AsRef<Path>],
    kind: &str,
    folder: &Path,
    fonts: Option<&Path>,
) -> Option<()> {
    // A profile of its own: one that is in use makes it say nothing and do nothing.
    let profile = tempfile::TempDir::new().expect("a folder");
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{}", profile.path().display()));
    command.args(["--headless", "--convert-to", kind, "--outdir"]).arg(folder);
    command.args(files.iter().map(AsRef::as_ref));
    if let Some(fonts) = fonts {
        command.env("FONTCONFIG_FILE", fonts);
    }
    text(output("libreoffice", &mut command)?);
    for file in files {
        let made = folder.join(file.as_ref().file_stem().expect("a name")).with_extension(kind);
        assert!(made.is_file(), "LibreOffice made no {}", made.display());
    }
    Some(())
}

/// What veraPDF has against files, one line a complaint; empty if all conform to all flavours.
pub fn verapdf(flavours: &str, files: &[impl AsRef<Path>]) -> Option<Vec<String>> {
    let Some(classes) = env::var_os("GONGBAO_JUDGES_VERA") else {
        missing("verapdf");
        return None;
    };
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/Vera.java");
    let mut command = Command::new("java");
    command.args(["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"]).arg(classes).arg(program);
    let output = output("verapdf", command.arg(flavours).args(files.iter().map(AsRef::as_ref)))?;
    let said = String::from_utf8(output.stdout).expect("UTF-8");
    let verdicts: Vec<Value> =
        said.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect();
    // A judge that said nothing has judged nothing.
    assert_eq!(
        verdicts.len(),
        files.len() * flavours.split(',').count(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(verdicts.iter().filter(|v| v["compliant"] != true).map(Value::to_string).collect())
}

/// What `qpdf --check` has against a file.
pub fn qpdf(file: &Path) -> Option<String> {
    let output = output("qpdf", Command::new("qpdf").arg("--check").arg(file))?;
    let ok = output.status.success() && output.stderr.is_empty();
    Some(if ok { String::new() } else { String::from_utf8_lossy(&output.stderr).into_owned() })
}

/// How many bytes a file has when qpdf packs it, and when it unpacks it.
pub fn repacked(file: &Path) -> Option<[usize; 2]> {
    let size = |way: &str| {
        let mut command = Command::new("qpdf");
        command.args([&format!("--object-streams={way}"), "--deterministic-id"]).arg(file).arg("-");
        let output = output("qpdf", &mut command)?;
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Some(output.stdout.len())
    };
    Some([size("generate")?, size("disable")?])
}

/// Cyan, magenta, yellow and black of each page, as Ghostscript separates it.
pub fn plates(file: &Path) -> Option<Vec<[f64; 4]>> {
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

/// The text as a reader copies it.
pub fn pdftotext(file: &Path) -> Option<String> {
    Some(text(output("pdftotext", Command::new("pdftotext").arg("-raw").arg(file).arg("-"))?))
}

/// The pages of files as grey pictures, as poppler draws them.
pub fn pictures(files: &[impl AsRef<Path>]) -> Option<Vec<Vec<Vec<u8>>>> {
    let mut drawn = Vec::new();
    for file in files {
        let folder = tempfile::TempDir::new().expect("a folder");
        let mut command = Command::new("pdftoppm");
        command.args(["-r", "72", "-gray"]).arg(file.as_ref()).arg(folder.path().join("page"));
        text(output("pdftoppm", &mut command)?);
        let mut pages: Vec<_> = std::fs::read_dir(folder.path())
            .expect("pictures")
            .map(|page| page.expect("a page").path())
            .collect();
        pages.sort();
        drawn.push(pages.iter().map(|page| std::fs::read(page).expect("a picture")).collect());
    }
    Some(drawn)
}

/// What the stock `typst` command line says when it compiles; empty if nothing.
pub fn stock_typst(root: &Path, fonts: &Path, data: &str, pdf: &Path) -> Option<String> {
    let Some(typst) = env::var_os("GONGBAO_JUDGES_TYPST") else {
        missing("typst");
        return None;
    };
    let mut command = Command::new(typst);
    command.args(["compile", "--ignore-system-fonts", "--features", "a11y-extras", "--root"]).arg(root);
    command.arg("--font-path").arg(fonts).arg("--input").arg(format!("data={data}"));
    let output = output("typst", command.arg(root.join("typst/report.typ")).arg(pdf))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() || !said.is_empty(), "typst failed without a word");
    Some(said)
}
