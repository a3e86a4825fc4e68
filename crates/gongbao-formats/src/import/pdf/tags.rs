//! Paragraphs and tables of a tagged PDF by its structure tree (ISO 32000-1, 14.7 and 14.8).

use std::collections::BTreeMap;

use hayro_syntax::{
    Pdf,
    object::{Array, Dict, Name, ObjRef, Object, ObjectIdentifier},
};

use super::{
    glyph::Glyph,
    lines::{Line, lines},
    prose,
};
use crate::import::neutral::{Block, Document, Paragraph, Table};

/// Glyphs of each marked content, by index of the page and identifier.
pub(super) type Marked = BTreeMap<(usize, i32), Vec<Glyph>>;

/// Maximum nesting of structure elements.
const DEEPEST: usize = 60;
/// Maximum number of structure elements and marked contents.
const MOST: usize = 200_000;
/// Part of the text that may be outside of the structure tree.
const OUTSIDE: f64 = 0.02;

/// Reads a file by its tags. `loose` is the number of visible glyphs without marked content that are no artifacts. `None` if
/// the tags do not hold: they leave out a part of the text, or a table has rows of different widths.
pub(super) fn document(pdf: &Pdf, marked: Marked, loose: usize) -> Option<Document> {
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
    let tree: Dict<'_> = root.get("StructTreeRoot")?;
    let pages = pdf.pages().iter().enumerate();
    let pages = pages.filter_map(|(index, page)| Some((page.raw().obj_id()?, index))).collect();
    let all: usize = marked.values().map(Vec::len).sum();
    let mut reader = Reader {
        roles: tree.get("RoleMap").unwrap_or_default(),
        pages,
        marked,
        left: MOST,
        holds: true,
        document: Document { page: true, ..Document::default() },
    };
    reader.kids(&tree, None, DEEPEST, &mut Place::Body);
    let unread: usize = reader.marked.values().map(Vec::len).sum();
    #[allow(clippy::cast_precision_loss)]
    let outside = (unread + loose) as f64 / (all + loose).max(1) as f64;
    (reader.holds && outside <= OUTSIDE).then_some(reader.document)
}

struct Reader<'a> {
    roles: Dict<'a>,
    pages: Vec<(ObjectIdentifier, usize)>,
    marked: Marked,
    left: usize,
    holds: bool,
    document: Document,
}

/// What the content of an element belongs to.
enum Place<'t> {
    /// The body: a paragraph of its own.
    Body,
    /// A paragraph or a cell.
    Text(&'t mut Vec<Glyph>),
    /// A table: the next row.
    Table(&'t mut Rows),
}

/// A table that is being read.
#[derive(Default)]
struct Rows {
    table: Table,
    /// Number of rows begun.
    count: usize,
}

impl<'a> Reader<'a> {
    /// Reads the kids of an element whose content is on the page with this index.
    fn kids(&mut self, element: &Dict<'a>, page: Option<usize>, depth: usize, place: &mut Place<'_>) {
        let Some(depth) = depth.checked_sub(1) else {
            self.holds = false;
            return;
        };
        match element.get::<Object<'_>>("K") {
            Some(Object::Array(kids)) => {
                for kid in kids.iter::<Object<'_>>() {
                    self.kid(kid, page, depth, place);
                }
            }
            Some(kid) => self.kid(kid, page, depth, place),
            None => {}
        }
    }

    fn kid(&mut self, kid: Object<'a>, page: Option<usize>, depth: usize, place: &mut Place<'_>) {
        let Some(left) = self.left.checked_sub(1) else {
            self.holds = false;
            return;
        };
        self.left = left;
        match kid {
            Object::Number(number) => self.content(page, i32::try_from(number.as_i64()).ok(), place),
            Object::Dict(dict) => {
                let page = dict.get_ref("Pg").and_then(|page| self.page(page)).or(page);
                match dict.get::<Name<'_>>("Type").as_ref().map(|name| name.as_str()) {
                    Some("MCR") => self.content(page, dict.get::<i32>("MCID"), place),
                    Some("OBJR") => {}
                    _ => self.element(&dict, page, depth, place),
                }
            }
            _ => {}
        }
    }

    fn page(&self, page: ObjRef) -> Option<usize> {
        let id = ObjectIdentifier::new(page.obj_number, page.gen_number);
        self.pages.iter().find(|(other, _)| *other == id).map(|(_, index)| *index)
    }

    fn content(&mut self, page: Option<usize>, mark: Option<i32>, place: &mut Place<'_>) {
        let Some(glyphs) = page.zip(mark).and_then(|key| self.marked.remove(&key)) else { return };
        match place {
            Place::Text(text) => text.extend(glyphs),
            Place::Body => self.paragraph(&glyphs),
            // Text of a table outside of its cells.
            Place::Table(_) => self.holds &= glyphs.iter().all(Glyph::is_space),
        }
    }

    fn element(&mut self, element: &Dict<'a>, page: Option<usize>, depth: usize, place: &mut Place<'_>) {
        let kind = self.kind(element);
        match (kind.as_str(), &mut *place) {
            ("Table", Place::Body) => {
                let mut rows = Rows::default();
                self.kids(element, page, depth, &mut Place::Table(&mut rows));
                self.holds &= is_regular(&rows.table);
                self.document.blocks.push(Block::Table(rows.table));
            }
            ("TR", Place::Table(rows)) => {
                let row = rows.count;
                rows.count += 1;
                rows.table.reach(row);
                self.kids(element, page, depth, place);
            }
            ("TH" | "TD", Place::Table(rows)) => {
                let mut glyphs = Vec::new();
                self.kids(element, page, depth, &mut Place::Text(&mut glyphs));
                let Some(row) = rows.count.checked_sub(1) else {
                    self.holds = false;
                    return;
                };
                let (high, wide) = spans(element);
                let column = rows.table.free(row, 0);
                let read = lines(&glyphs);
                let text: Vec<&str> = read.iter().map(|line| line.text.as_str()).collect();
                let doubt = read.iter().find_map(doubt);
                rows.table.put_doubtful(row, column, high, wide, text.join("\n"), doubt);
            }
            ("Caption", Place::Table(_)) => {
                let mut caption = Vec::new();
                self.kids(element, page, depth, &mut Place::Text(&mut caption));
            }
            (
                "P" | "H" | "H1" | "H2" | "H3" | "H4" | "H5" | "H6" | "Title" | "LI" | "BlockQuote",
                Place::Body,
            ) => {
                let mut glyphs = Vec::new();
                self.kids(element, page, depth, &mut Place::Text(&mut glyphs));
                self.paragraph(&glyphs);
            }
            _ => self.kids(element, page, depth, place),
        }
    }

    fn paragraph(&mut self, glyphs: &[Glyph]) {
        let mut text = String::new();
        for line in lines(glyphs) {
            prose::append(&mut text, &line.text);
        }
        if !text.is_empty() {
            self.document.blocks.push(Block::Paragraph(Paragraph { text, aside: false }));
        }
    }

    /// Standard type of an element.
    fn kind(&self, element: &Dict<'a>) -> String {
        /// Maximum number of steps through the role map.
        const STEPS: usize = 8;
        let mut kind = element.get::<Name<'_>>("S").map(|name| name.as_str().to_owned()).unwrap_or_default();
        for _ in 0..STEPS {
            match self.roles.get::<Name<'_>>(kind.as_str()) {
                Some(next) if next.as_str() != kind => kind = next.as_str().to_owned(),
                _ => break,
            }
        }
        kind
    }
}

fn doubt(line: &Line) -> Option<&'static str> {
    (line.unknown > 0).then_some("有的字没有编码，读不出来")
}

/// Rows and columns that a cell spans (ISO 32000-1, 14.8.5.7).
fn spans(cell: &Dict<'_>) -> (usize, usize) {
    let attributes: Vec<Dict<'_>> = match cell.get::<Object<'_>>("A") {
        Some(Object::Dict(dict)) => vec![dict],
        Some(Object::Array(array)) => Array::iter::<Dict<'_>>(&array).collect(),
        _ => Vec::new(),
    };
    let span = |key: &str| {
        let value = attributes.iter().find_map(|dict| dict.get::<i32>(key));
        value.and_then(|value| usize::try_from(value).ok()).unwrap_or(1).max(1)
    };
    (span("RowSpan"), span("ColSpan"))
}

/// Whether the cells fill all rows to the same width.
fn is_regular(table: &Table) -> bool {
    let width = table.columns();
    !table.is_cut && (0..table.rows()).all(|row| (0..width).all(|column| table.at(row, column).is_some()))
}
