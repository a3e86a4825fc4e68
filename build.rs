//! Lists the template in `typst/` and the browser page in `src/serve/page/` for embedding, so that a new file needs
//! no code.

#![allow(clippy::disallowed_methods, reason = "a build script reads its environment and writes a file")]

use std::{
    env, fs,
    hash::{Hash, Hasher},
    io,
    path::Path,
};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut code = String::new();
    for (name, folder, extension) in [("TEMPLATE", "typst", "typ"), ("PAGE", "src/serve/page", "")] {
        let folder = Path::new(&root).join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        let mut files: Vec<_> = fs::read_dir(&folder)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| {
                path.is_file() && (extension.is_empty() || path.extension().is_some_and(|e| e == extension))
            })
            .collect();
        files.sort();
        code += &format!(
            "/// File name and text of each file, by name.\npub(crate) static {name}: &[(&str, &str)] = &[\n"
        );
        for path in files {
            println!("cargo::rerun-if-changed={}", path.display());
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            code += &format!("    ({file:?}, include_str!({:?})),\n", path.display().to_string());
        }
        code += "];\n";
    }
    fs::write(Path::new(&out).join("embedded.rs"), code)?;
    let mut hasher = std::hash::DefaultHasher::new();
    for part in ["crates", "src", "data", "typst", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={part}");
        hash(&Path::new(&root).join(part), &mut hasher)?;
    }
    // A program for others contains no path of the machine that built it.
    println!("cargo::rerun-if-env-changed=GONGBAO_PACKAGED");
    let sources = if env::var_os("GONGBAO_PACKAGED").is_some() { "" } else { &root };
    println!("cargo::rustc-env=GONGBAO_ROOT={sources}");
    // An object file with the icon and the version that Windows shows (scripts/package/build.sh).
    println!("cargo::rerun-if-env-changed=GONGBAO_RESOURCE");
    if let Some(object) = env::var_os("GONGBAO_RESOURCE") {
        println!("cargo::rustc-link-arg-bins={}", object.to_string_lossy());
    }
    // Programs of one version built from different sources do not share build caches.
    println!("cargo::rustc-env=GONGBAO_SOURCES={:016x}", hasher.finish());
    Ok(())
}

/// Hashes a file, or all files below a folder, by name.
fn hash(path: &Path, hasher: &mut impl Hasher) -> io::Result<()> {
    if path.is_dir() {
        let mut entries: Vec<_> = fs::read_dir(path)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
        entries.sort();
        return entries.iter().try_for_each(|entry| hash(entry, hasher));
    }
    path.file_name().hash(hasher);
    fs::read(path)?.hash(hasher);
    Ok(())
}
