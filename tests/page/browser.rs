//! What a browser makes of pages, asked once for all that are built.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use serde_json::{Value, json};

use crate::{judges, scene};

/// What the browser said of everything.
static READ: OnceLock<Option<Value>> = OnceLock::new();

/// A page or fragment as the browser has it; `None` where there is no browser.
pub fn read(stem: &str, fragment: bool) -> Option<&'static Value> {
    let read = READ.get_or_init(read_all).as_ref()?;
    Some(&read[path(stem, fragment).display().to_string()])
}

/// The index of the site of all reports as the browser has it.
pub fn index() -> Option<&'static Value> {
    read(scene::STEMS[0], false)?;
    READ.get()?.as_ref().map(|read| &read[index_path().display().to_string()])
}

/// The text of a page as it is printed, and its sheets' size in points.
pub fn printed(stem: &str) -> Option<(String, Vec<String>)> {
    read(stem, false)?;
    let pdf = print_of(stem);
    let text = judges::pdftotext(&pdf)?;
    let info = judges::text(judges::output("pdfinfo", Command::new("pdfinfo").args(["-l", "-1"]).arg(&pdf))?);
    Some((
        text,
        info.lines()
            .filter(|line| line.contains("Page") && line.contains("size:"))
            .map(str::to_owned)
            .collect(),
    ))
}

/// What the Nu checker has against files, one line a complaint.
pub fn nu(files: &[PathBuf]) -> Option<Vec<String>> {
    let modules = modules()?;
    // It does not know container queries, which every browser has had since 2023, and takes a sheet that is
    // allowed by its digest for one that is not allowed.
    let known = "(?s).*(container-type|@container|Inline style violates).*";
    let mut command = Command::new("java");
    command.args(["-jar"]).arg(modules.join("node_modules/vnu-jar/build/dist/vnu.jar"));
    command.args(["--format", "json", "--errors-only", "--stdout", "--exit-zero-always"]);
    command.args(["--filterpattern", known]).args(files);
    let said: Value =
        serde_json::from_str(&judges::text(judges::output("vnu", &mut command)?)).expect("JSON");
    Some(said["messages"].as_array().expect("messages").iter().map(Value::to_string).collect())
}

fn modules() -> Option<PathBuf> {
    let modules = env::var_os("GONGBAO_JUDGES_NODE").map(PathBuf::from);
    if modules.is_none() {
        judges::missing("node");
    }
    modules
}

fn path(stem: &str, fragment: bool) -> PathBuf {
    let ending = if fragment { "fragment.html" } else { "html" };
    scene::built().path(&format!("out/{stem}/public/{stem}.{ending}"))
}

fn index_path() -> PathBuf {
    scene::built().path("www/index.html")
}

fn print_of(stem: &str) -> PathBuf {
    scene::built().path(&format!("{stem}-printed.pdf"))
}

fn read_all() -> Option<Value> {
    let modules = modules()?;
    let Some(chromium) = env::var_os("GONGBAO_JUDGES_CHROMIUM") else {
        judges::missing("chromium");
        return None;
    };
    let office = scene::built();
    // Whoever wants to look at the pages names a folder for the pictures.
    let pictures = env::var_os("GONGBAO_PICTURES").map(PathBuf::from);
    let mut jobs = vec![json!({ "file": index_path(), "fragment": false })];
    for stem in scene::STEMS {
        for fragment in [false, true] {
            let name = if fragment { format!("{stem}-fragment") } else { stem.to_owned() };
            let mut job = json!({ "file": path(stem, fragment), "fragment": fragment });
            if let Some(pictures) = &pictures {
                job["pictures"] = pictures.join(name).display().to_string().into();
            }
            if !fragment {
                job["print"] = print_of(stem).display().to_string().into();
            }
            jobs.push(job);
        }
    }
    let jobs = office.file("jobs.json", Value::from(jobs).to_string());
    let fonts = office.file("fonts.conf", fonts());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/read_page.mjs");
    let mut command = Command::new("node");
    command.arg(script).arg(jobs).env("FONTCONFIG_FILE", fonts).env("GONGBAO_JUDGES_NODE", modules);
    command.env("GONGBAO_JUDGES_CHROMIUM", chromium);
    Some(serde_json::from_str(&judges::text(judges::output("node", &mut command)?)).expect("JSON"))
}

/// The repository's own faces and no others, so that a page looks the same on every machine.
fn fonts() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let cache = scene::built().path("font-cache");
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>",
        folder.display(),
        cache.display()
    )
}
