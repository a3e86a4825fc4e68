//! Agreement of two readings of the same PDF: by its tags, and by what its pages show.

use super::understand::{Imported, Unplaced};
use gongbao_core::{
    finding::PlacePart,
    report::{Cell, Figure, fields::text_label},
};

/// Takes the reading by tags, completed by that of the pages. A figure that both read differently stays missing, and a text
/// that differs is said.
pub(super) fn agreed(mut tags: Imported, pages: Imported) -> Imported {
    tags.layout = pages.layout;
    if tags.form.id != pages.form.id {
        tags.remarks.push("按标签和按版面认出的格式不同，用的是标签的，请核对".to_owned());
        return tags;
    }
    let records = tags.form.records();
    for address in records.iter().flat_map(|record| &record.figures) {
        let path = &address.path;
        let shown = |cell: &Cell| match cell.figure {
            Figure::Number(number) => number.to_string(),
            Figure::NotApplicable => "/".to_owned(),
            Figure::Blank => "空".to_owned(),
        };
        match (tags.report.figures.get(path), pages.report.figures.get(path)) {
            (Some(one), Some(other)) if one.figure != other.figure => {
                let text = format!("{}，{}", shown(one), shown(other));
                let place: Vec<&str> = address.place.parts().iter().map(PlacePart::words).collect();
                tags.unplaced.push(Unplaced {
                    place: place.join(" › "),
                    row: String::new(),
                    column: String::new(),
                    text,
                    why: "标签里的数与页面上看到的不同".to_owned(),
                });
                tags.report.figures.remove(path);
            }
            (None, Some(other)) => {
                tags.report.figures.insert(path.clone(), other.clone());
            }
            _ => {}
        }
    }
    let squeezed = |texts: Option<&Vec<String>>| -> String {
        texts.into_iter().flatten().flat_map(|text| text.chars()).filter(|c| !c.is_whitespace()).collect()
    };
    for key in tags.form.text_keys() {
        if squeezed(tags.report.texts.get(key)) != squeezed(pages.report.texts.get(key)) {
            let label = text_label(&tags.form, key);
            tags.remarks.push(format!("“{label}”按标签和按版面读的不同，用的是标签的，请核对"));
        }
    }
    tags
}
