//! Word file: the editable copy of the report, from the same document as the PDF.
//!
//! WordprocessingML (ECMA-376, transitional) is written directly, because libraries lack the elements that official
//! documents need: document grid, header rows, descriptions of tables, style separators.

mod faces;
mod fit;
mod page;
mod parts;
mod schema;
mod styles;
mod table;
mod text;
mod theme;
mod xml;

use std::{fmt, io};

use zip::result::ZipError;

pub use page::WordMargins;

use faces::Faces;
use styles::Style;
use text::Links;
use xml::{Element, element};

use crate::package::pack;
use gongbao_core::document::Document;
use gongbao_core::typeface::RoleTableError;

/// Error from writing a Word file.
#[derive(Debug)]
#[non_exhaustive]
pub enum WordError {
    /// The table of typefaces is invalid.
    Faces(RoleTableError),
    /// A part could not be written.
    Markup(io::Error),
    /// The parts could not be packed.
    Package(ZipError),
}

impl fmt::Display for WordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Word 文件写不出来：")?;
        match self {
            Self::Faces(error) => error.fmt(f),
            Self::Markup(error) => error.fmt(f),
            Self::Package(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for WordError {}

/// Writes a report as a Word file.
///
/// # Errors
/// The table of typefaces is invalid, or writing to memory fails.
pub fn word(document: &Document, margins: WordMargins) -> Result<Vec<u8>, WordError> {
    let faces = Faces::official().map_err(WordError::Faces)?;
    let mut links = Links::default();
    let body = body(document, margins, &mut links);
    let files = [
        ("[Content_Types].xml", parts::content_types()),
        ("_rels/.rels", parts::package_relationships()),
        ("docProps/core.xml", parts::core_properties(&document.document)),
        ("docProps/app.xml", parts::app_properties(&document.document)),
        ("word/document.xml", root("w:document").child(body)),
        ("word/_rels/document.xml.rels", parts::document_relationships(&links.targets)),
        ("word/styles.xml", styles::styles(&faces, margins, document.title.len())),
        ("word/settings.xml", parts::settings()),
        ("word/fontTable.xml", faces.table()),
        ("word/theme1.xml", theme::theme(&faces)),
        ("word/footer1.xml", page::footer(true)),
        ("word/footer2.xml", page::footer(false)),
    ];
    let parts: Vec<_> = files
        .iter()
        .map(|(name, root)| Ok((*name, xml::document(root)?)))
        .collect::<io::Result<_>>()
        .map_err(WordError::Markup)?;
    pack(parts).map_err(WordError::Package)
}

/// Root element of a part with the two namespaces in use.
fn root(name: &'static str) -> Element {
    element(name)
        .attribute("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main")
        .attribute("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
}

/// The report in the order of print.
fn body(document: &Document, margins: WordMargins, links: &mut Links) -> Element {
    let points = |twips: i32| f64::from(twips) / 20.0;
    // The 题注 stands directly under the title; the space below the title is below it.
    let close = element("w:spacing").attribute("w:after", 0);
    let mut made = element("w:body").child(text::paragraph(
        Style::Title,
        document.caption.iter().map(|_| close.clone()).collect(),
        vec![text::run(&document.title.join("\n"), Vec::new())],
    ));
    if let Some(caption) = &document.caption {
        let runs = vec![text::run(caption, Vec::new())];
        made = made.child(text::paragraph(Style::Caption, Vec::new(), runs));
    }
    for para in &document.preface {
        made = made.children(links.paragraph(para, false));
    }
    let mut ends_in_table = false;
    for (number, chapter) in document.chapters.iter().enumerate() {
        let heading = vec![text::run(&chapter.heading, Vec::new())];
        made = made.child(text::paragraph(Style::Chapter, Vec::new(), heading));
        ends_in_table = chapter.table.is_some() && chapter.notes.is_empty();
        for para in &chapter.before {
            made = made.children(links.paragraph(para, false));
        }
        if let Some(table) = &chapter.table {
            let area = points(margins.area_height());
            made = made.children(table::table(chapter, table, area, points(margins.line_pitch()), links));
        }
        let paragraphs = chapter.paragraphs.as_deref().unwrap_or(&chapter.after);
        for (at, para) in paragraphs.iter().enumerate() {
            // The signature is never alone on a page.
            let closing = number + 1 == document.chapters.len() && at + 1 == paragraphs.len();
            made = made.children(links.paragraph(para, closing && document.signature.is_some()));
            ends_in_table = false;
        }
    }
    if let Some(signature) = &document.signature {
        made = made.children(text::signature(signature));
    } else if ends_in_table {
        // Word requires a paragraph after the last table.
        made = made.child(text::paragraph(Style::Note, Vec::new(), Vec::new()));
    }
    made.child(page::section(margins))
}
