//! Styles of the parts of the article: classes of the style sheet on the page, inline styles in the fragment, because
//! editors drop everything else.

use gongbao_core::{
    document::{CellContent, CellData},
    form::{Align, Face},
};

/// Variant of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variant {
    /// The page.
    Page,
    /// The fragment for a page of the portal.
    Fragment,
}

/// A part of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The title.
    Title,
    /// A line of the title.
    TitleLine,
    /// A part of a line of the title that is not broken.
    Unbroken,
    /// The line of a correction.
    Correction,
    /// Heading of a chapter: 一、.
    Chapter,
    /// Heading of the second level in a paragraph of its own: （一）.
    Second,
    /// Run-in heading with its text.
    RunIn,
    /// The heading or the text within [`Part::RunIn`].
    WithinRunIn,
    /// Heading of the third level: `1.`.
    Third,
    /// A paragraph.
    Body,
    /// Scrolling box of a wide table.
    Scroll,
    /// A table.
    Table,
    /// Caption of a table for screen readers.
    Caption,
    /// A note under a table.
    Note,
    /// The signature.
    Signature,
}

impl Variant {
    /// Element name of a heading; the title has level 1. In the fragment it is one level lower, below the portal's own `h1`.
    pub(super) fn heading(self, level: usize) -> &'static str {
        const TAGS: [&str; 5] = ["h1", "h2", "h3", "h4", "h5"];
        let below = usize::from(self == Self::Fragment);
        TAGS.get((level + below).saturating_sub(1)).copied().unwrap_or("h5")
    }

    /// Name and value of the attribute that styles a part.
    pub(super) fn attribute(self, part: Part) -> (&'static str, &'static str) {
        match self {
            Self::Page => ("class", class(part)),
            Self::Fragment => ("style", style(part)),
        }
    }

    /// Name and value of the attribute that styles a cell; `width` is its share of the table in percent.
    pub(super) fn cell_attribute(
        self,
        cell: &CellData,
        stub: usize,
        width: Option<f64>,
    ) -> (&'static str, String) {
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
        Part::Unbroken => "unit",
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
        Part::Unbroken => "display:inline-block",
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
        // Hidden visually, but available to screen readers.
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
    if has_wanted_lines(cell) || cell.parts.len() > 1 {
        classes.push("wanted".to_owned());
    }
    // Row labels stay in place while figures scroll.
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
    if has_wanted_lines(cell) || cell.parts.len() > 1 {
        style += ";word-break:keep-all";
    }
    if let Some(width) = width {
        style += &format!(";width:{width}%");
    }
    style
}

/// Whether a label is broken only where the form breaks it.
fn has_wanted_lines(cell: &CellData) -> bool {
    matches!(&cell.content, CellContent::Column { lines, .. } | CellContent::Row { lines, .. } if lines.len() > 1)
}
