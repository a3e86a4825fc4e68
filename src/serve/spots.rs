//! Positions of the fields on the pages.

use serde::Serialize;
use serde_json::Value;
use typst::{
    foundations::{NativeElement, Selector, Value as Typst},
    introspection::{Introspector, MetadataElem},
};
use typst_layout::PagedDocument;

use crate::typeset::fonts::FontSet;
use gongbao_core::{
    form::{CellKind, Position},
    report::ReportFile,
};

/// The beginning of a field, in points from the upper left corner of its page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Spot {
    path: String,
    page: usize,
    x: f64,
    y: f64,
}

/// Returns the template's data with the path of each field added.
///
/// # Errors
/// The grid of the form cannot be filled.
pub(super) fn data(file: &ReportFile, fonts: &FontSet) -> Result<String, String> {
    let composed = crate::typeset::compose(file, fonts).map_err(|error| format!("表格排不出来：{error}"))?;
    let mut data = serde_json::to_value(&composed.document).map_err(|error| error.to_string())?;
    mark(&mut data["preface"], "preface");
    let chapters = data["chapters"].as_array_mut().into_iter().flatten();
    for (chapter, form) in chapters.zip(&file.form.chapters) {
        if let Some(key) = &form.text {
            mark(&mut chapter["paragraphs"], key);
        }
        let table = form.table.as_ref().and_then(|key| Some((key, file.form.tables.get(key)?)));
        let Some((key, table)) = table else { continue };
        for passage in file.form.passages(key).filter(|passage| file.report.texts.contains_key(&passage.key))
        {
            mark(
                match passage.position {
                    Position::Before => &mut chapter["before"],
                    Position::Between(block) => &mut chapter["table"]["blocks"][block]["before"],
                    Position::After => &mut chapter["after"],
                },
                &passage.key,
            );
        }
        let extras = file.report.extras.get(key).map(Vec::as_slice).unwrap_or_default();
        let Ok(grid) = table.grid(extras) else { continue };
        // The cells of the document are in the order of the grid.
        let mut paths = grid.cells().filter_map(|cell| match &cell.kind {
            CellKind::Figure { path, .. } => Some(format!("{key}.{path}")),
            _ => None,
        });
        for block in chapter["table"]["blocks"].as_array_mut().into_iter().flatten() {
            for row in block["rows"].as_array_mut().into_iter().flatten() {
                for cell in row["cells"].as_array_mut().into_iter().flatten() {
                    if cell["kind"] == "figure" {
                        cell["path"] = paths.next().into();
                    }
                }
            }
        }
    }
    serde_json::to_string(&data).map_err(|error| error.to_string())
}

/// Adds the path of each paragraph of a text.
fn mark(paragraphs: &mut Value, key: &str) {
    for (index, paragraph) in paragraphs.as_array_mut().into_iter().flatten().enumerate() {
        paragraph["path"] = format!("{key}[{}]", index + 1).into();
    }
}

/// Returns the positions of all fields, in the order of the document.
pub(super) fn spots(document: &PagedDocument) -> Vec<Spot> {
    let introspector = document.introspector();
    let all = introspector.query(&Selector::Elem(MetadataElem::ELEM, None));
    let spot = |element: &typst::foundations::Content| {
        let Typst::Str(path) = &element.to_packed::<MetadataElem>()?.value else { return None };
        let at = introspector.position(element.location()?)?;
        Some(Spot {
            path: path.to_string(),
            page: at.page.get(),
            x: at.point.x.to_pt(),
            y: at.point.y.to_pt(),
        })
    };
    all.iter().filter_map(spot).collect()
}
