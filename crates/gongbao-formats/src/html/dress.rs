//! How the parts of the article are dressed: on the page by classes that its style sheet knows, in the fragment by
//! a style on each element, since nothing else comes through an editor.

use gongbao_core::{
    document::{CellContent, CellData},
    form::{Align, Face},
};

/// Where the article stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// On the page of its own.
    Page,
    /// In a page of the portal's.
    Fragment,
}

/// A part of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The title.
    Title,
    /// One of its lines.
    TitleLine,
    /// One line on a correction.
    Correction,
    /// 一、: a chapter's heading.
    Chapter,
    /// （一）: a heading that stands alone.
    Second,
    /// A heading and the text that goes on after it.
    RunIn,
    /// The heading of these, and the text.
    WithinRunIn,
    /// `1.` where it is a heading of what follows.
    Third,
    /// A paragraph.
    Body,
    /// What a wide table scrolls within.
    Scroll,
    /// A table.
    Table,
    /// A table's caption, for those who hear it.
    Caption,
    /// A note under a table.
    Note,
    /// Who signs, and when.
    Signature,
}

impl Look {
    /// The element of a heading; the title's level is 1. The portal's own page has an `h1` above the fragment.
    pub(super) fn heading(self, level: usize) -> &'static str {
        const TAGS: [&str; 5] = ["h1", "h2", "h3", "h4", "h5"];
        let below = usize::from(self == Self::Fragment);
        TAGS.get((level + below).saturating_sub(1)).copied().unwrap_or("h5")
    }

    /// The attribute that dresses a part.
    pub(super) fn of(self, part: Part) -> (&'static str, &'static str) {
        match self {
            Self::Page => ("class", class(part)),
            Self::Fragment => ("style", style(part)),
        }
    }

    /// The attribute that dresses a cell, and its value; `width` is its share of the table in percent.
    pub(super) fn of_cell(self, cell: &CellData, stub: usize, width: Option<f64>) -> (&'static str, String) {
        match self {
            Self::Page => ("class", cell_class(cell, stub)),
            Self::Fragment => ("style", cell_style(cell, width)),
        }
    }
}

fn class(part: Part) -> &'static str {
    match part {
        Part::Title => "title",
        Part::TitleLine => "line",
        Part::Correction => "correction",
        Part::Chapter => "chapter",
        Part::Second => "second",
        Part::RunIn => "run-in",
        Part::WithinRunIn => "part",
        Part::Third => "third",
        Part::Body => "body",
        Part::Scroll => "scroll",
        Part::Table => "form",
        Part::Caption => "unseen",
        Part::Note => "note",
        Part::Signature => "signature",
    }
}

fn style(part: Part) -> &'static str {
    match part {
        Part::Title => "margin:0 0 1em;text-align:center;font-size:1.5em;line-height:1.4;font-weight:bold",
        Part::TitleLine => "display:block",
        Part::Correction => "margin:0 0 1em;line-height:1.8",
        Part::Chapter => {
            "margin:1.2em 0 .5em;font-size:1.15em;line-height:1.8;font-weight:bold;text-indent:2em"
        }
        Part::Second | Part::Third => {
            "margin:.6em 0;font-size:1em;line-height:1.8;font-weight:bold;text-indent:2em"
        }
        Part::RunIn => "margin:.6em 0;line-height:1.8;text-indent:2em",
        Part::WithinRunIn => "display:inline;margin:0;padding:0;font-size:1em;line-height:1.8",
        Part::Body => "margin:.6em 0;line-height:1.8;text-indent:2em",
        Part::Scroll => "overflow-x:auto;margin:.6em 0",
        Part::Table => "width:100%;border-collapse:collapse;font-size:.9em;line-height:1.4",
        // Taken out of sight, not out of the page: read aloud it says what table this is.
        Part::Caption => {
            "display:block;position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"
        }
        Part::Note => "margin:.4em 0;font-size:.9em;line-height:1.6",
        Part::Signature => "margin:1.5em 2em .6em;line-height:1.8;text-align:right",
    }
}

fn cell_class(cell: &CellData, stub: usize) -> String {
    let mut classes = Vec::new();
    let banded = matches!(cell.content, CellContent::Band { .. });
    if cell.align == Align::Left {
        classes.push("left".to_owned());
    }
    if matches!(cell.content, CellContent::Note { .. }) {
        classes.push("words".to_owned());
    }
    if cell.face == Face::Kaiti {
        classes.push("kaiti".to_owned());
    }
    if cell.shade {
        classes.push("shade".to_owned());
    }
    if has_wanted_lines(cell) {
        classes.push("wanted".to_owned());
    }
    // What stands left of the figures stays in place while they scroll.
    if cell.x < stub && !banded {
        classes.push(format!("stub x{}", cell.x));
    }
    classes.join(" ")
}

fn cell_style(cell: &CellData, width: Option<f64>) -> String {
    let mut style = format!(
        "border:1px solid #000;padding:4px 2px;text-align:{};vertical-align:middle;font-weight:normal",
        match cell.align {
            Align::Left => "left",
            Align::Center => "center",
        }
    );
    if matches!(&cell.content, CellContent::Figure { note, .. } if note.is_empty()) {
        style += ";white-space:nowrap";
    }
    if cell.shade {
        style += ";background:#dbe7f5";
    }
    if has_wanted_lines(cell) {
        style += ";word-break:keep-all";
    }
    if let Some(width) = width {
        style += &format!(";width:{width}%");
    }
    style
}

/// Whether a label is to be broken where the form breaks it and nowhere else.
fn has_wanted_lines(cell: &CellData) -> bool {
    matches!(&cell.content, CellContent::Column { lines, .. } | CellContent::Row { lines, .. } if lines.len() > 1)
}
