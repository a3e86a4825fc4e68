//! PDFs of other origin: glyphs and rules of the pages become paragraphs and tables.
//!
//! The pages are read as a reader sees them (`draw`, `page`), without page numbers and running heads (`furniture`). Lines
//! become paragraphs (`prose`), rules become tables (`rules`), and tables are joined over page breaks (`stitch`). What is
//! not certain is marked, so that no figure is read from it.

mod draw;
mod fonts;
mod furniture;
mod glyph;
mod lines;
mod page;
mod prose;
mod rules;
mod source;
mod stitch;
mod tags;
mod unicode;

use self::{
    glyph::UNKNOWN,
    lines::Line,
    page::{Item, Page},
    prose::Measures,
    source::Source,
    stitch::Parts,
};
use super::{
    ImportError, PdfContent,
    neutral::{Block, Document, Lost, Paragraph},
};

/// Reads a PDF.
///
/// # Errors
/// It is encrypted, damaged, too large, or has no text.
pub(super) fn read(bytes: &[u8]) -> Result<PdfContent, ImportError> {
    let Source { mut pages, mut layout, tagged } = source::read(bytes)?;
    layout.scanned = pages.iter().filter(|page| page.is_scanned).map(|page| page.number).collect();
    let lost = lost(&pages)?;
    furniture::remove(&mut pages);
    let mut assembly =
        Assembly { measures: Measures::of(&pages), document: Document::default(), open: Open::Nothing };
    assembly.document.lost = lost;
    // It may be a printed web page.
    assembly.document.page = true;
    for (index, page) in pages.into_iter().enumerate() {
        let number = page.number;
        for item in page.items {
            match item {
                Item::Table(table) => match &mut assembly.open {
                    Open::Table(parts, last) if *last < index && parts.continues_in(&table) => {
                        parts.push(number, table);
                        *last = index;
                    }
                    _ => {
                        assembly.close();
                        assembly.open = Open::Table(Parts::new(number, table), index);
                    }
                },
                Item::Line(line) => assembly.line(index, number, line),
            }
        }
    }
    assembly.close();
    Ok(PdfContent { document: assembly.document, tagged, layout })
}

/// What the last items of the pages have begun.
enum Open {
    Nothing,
    /// A table, and the index of the page of its last part.
    Table(Parts, usize),
    /// A paragraph, its last line with the index of its page, and the number of the page on which it begins.
    Paragraph {
        text: String,
        last: Box<Line>,
        page: usize,
        number: usize,
    },
}

struct Assembly {
    measures: Measures,
    document: Document,
    open: Open,
}

impl Assembly {
    fn line(&mut self, index: usize, number: usize, line: Line) {
        if let Open::Paragraph { text, last, page, .. } = &mut self.open
            && self.measures.continues((index, &line), (*page, last))
        {
            prose::append(text, &line.text);
            (*page, **last) = (index, line);
            return;
        }
        self.close();
        self.open = Open::Paragraph { text: line.text.clone(), last: Box::new(line), page: index, number };
    }

    fn close(&mut self) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => {}
            Open::Table(parts, _) => self.document.blocks.push(Block::Table(parts.join())),
            Open::Paragraph { text, number, .. } => {
                let unknown = text.matches(UNKNOWN).count();
                if unknown > 0 {
                    self.document.lost.push(Lost {
                        place: format!("第{number}页"),
                        text: text.clone(),
                        why: format!("有{unknown}个字没有编码，读不出来（写成“{UNKNOWN}”）"),
                    });
                }
                self.document.blocks.push(Block::Paragraph(Paragraph { text, aside: false }));
            }
        }
    }
}

/// Pages that could not be read.
///
/// # Errors
/// No page has text that can be read.
fn lost(pages: &[Page]) -> Result<Vec<Lost>, ImportError> {
    let texts = pages.iter().flat_map(|page| &page.items).flat_map(|item| match item {
        Item::Line(line) => vec![line.text.as_str()],
        Item::Table(table) => table.cells.iter().map(|cell| cell.text.as_str()).collect(),
    });
    let (mut known, mut unknown) = (0, 0);
    for text in texts {
        let here = text.matches(UNKNOWN).count();
        unknown += here;
        known += text.chars().filter(|c| !c.is_whitespace()).count() - here;
    }
    let scanned = pages.iter().filter(|page| page.is_scanned).count();
    let without_text = |message: &str| {
        let hint =
            "请找它的Word文档、网页或者由Word、WPS直接导出的PDF；都没有的，用 gongbao new 新建一份照着填";
        ImportError { is_without_text: true, ..ImportError::new(message, hint) }
    };
    if scanned > 0 && scanned * 2 >= pages.len() {
        return Err(without_text("这份PDF是扫描件：页面是图片，没有可以读的文字"));
    }
    if unknown > known {
        return Err(ImportError::new(
            "这份PDF里的字没有编码，只能看，读不出来",
            "请找它的Word文档或网页；或者用Word、WPS重新导出PDF再试",
        ));
    }
    if known == 0 {
        return Err(without_text("这份PDF里没有文字"));
    }
    let lost = |page: &Page, why: &str| Lost {
        place: format!("第{}页", page.number),
        text: "整页".to_owned(),
        why: why.to_owned(),
    };
    let scanned =
        pages.iter().filter(|page| page.is_scanned).map(|page| lost(page, "这一页是图片，没有文字"));
    let cut = pages.iter().filter(|page| page.is_cut).map(|page| lost(page, "这一页内容太多，没有读完"));
    Ok(scanned.chain(cut).collect())
}
