//! All built pages as a browser renders them, read by one start of the browser.

use std::{env, path::PathBuf, process::Command, sync::OnceLock};

use gongbao_test_support::judges;
use serde_json::{Value, json};

use super::scene;

/// What the browser read, keyed by file; `None` where it is missing.
static READ: OnceLock<Option<Value>> = OnceLock::new();

/// Returns a page or fragment as the browser reads it; `None` where the browser is missing.
pub(crate) fn read(stem: &str, fragment: bool) -> Option<&'static Value> {
    let Some(read) = READ.get_or_init(read_all) else {
        // Each test that needs the browser counts as skipped, not only the one that looked for it.
        judges::missing("chromium");
        return None;
    };
    Some(&read[path(stem, fragment).display().to_string()])
}

/// Returns the site's index as the browser reads it.
pub(crate) fn index() -> Option<&'static Value> {
    read(scene::STEMS[0], false)?;
    READ.get()?.as_ref().map(|read| &read[index_path().display().to_string()])
}

/// Returns the text of the printed page and the lines of `pdfinfo` with the sizes of its sheets.
pub(crate) fn printed(stem: &str) -> Option<(String, Vec<String>)> {
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
    let office = scene::built();
    // GONGBAO_PICTURES names a folder for pictures of the pages.
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
    let fonts = office.file("fonts.conf", judges::fontconfig(&office.path("font-cache"), ""));
    judges::node("read_page.mjs", &jobs, Some(&fonts))
}
