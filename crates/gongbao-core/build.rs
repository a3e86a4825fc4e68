//! Lists the forms in `data/forms/`, so that a new form needs no line of code.

#![allow(clippy::disallowed_methods, reason = "a build script reads its environment and writes a file")]

use std::{env, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let folder = Path::new(&root).join("../../data/forms");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<_> = fs::read_dir(&folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    files.sort();
    let mut code =
        "/// File name and text of each form, by name.\npub(crate) static FORMS: &[(&str, &str)] = &[\n"
            .to_owned();
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        code += &format!("    ({file:?}, include_str!({:?})),\n", path.display().to_string());
    }
    code += "];\n";
    fs::write(Path::new(&out).join("forms.rs"), code)
}
