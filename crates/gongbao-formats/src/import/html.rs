//! Web pages of any encoding, with the markup that portal editors and WPS leave in them.

mod decode;
mod table;

use scraper::{ElementRef, Html, Node};

use super::{
    ImportError,
    neutral::{Block, Document, Paragraph},
    words::compact,
};
use gongbao_core::report::opens_like_a_chapter;

pub(super) use decode::peek;

/// Maximum nesting of elements.
const DEEPEST: usize = 400;
/// Largest accepted page in bytes.
const LARGEST: usize = 12 << 20;

/// Reads a web page.
///
/// # Errors
/// Its encoding is unknown, or it is hostile.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    if bytes.len() > LARGEST {
        return Err(ImportError::new("网页太大，不像一份年度报告", "请检查是否选错了文件"));
    }
    let text = decode::decode(bytes)?;
    if decode::depth(&text) > DEEPEST {
        return Err(ImportError::new(
            "网页的结构异常：层次太深",
            "请在浏览器里打开，复制到Word，另存为 .docx 再导入",
        ));
    }
    let html = Html::parse_document(&text);
    let root = html.root_element();
    let main = main_part(root);
    let mut reader = Reader {
        document: Document { page: true, ..Document::default() },
        main,
        is_main: false,
        text: String::new(),
        run_in: false,
        depth: 0,
        area: 0,
    };
    reader.document.title = root
        .descendent_elements()
        .find(|element| element.value().name() == "title")
        .map(|title| title.text().collect());
    reader.children(root);
    reader.end_paragraph();
    Ok(reader.document)
}

/// Innermost element that contains all chapter headings and tables: the report without the surrounding page.
fn main_part(root: ElementRef<'_>) -> ElementRef<'_> {
    let mut common: Option<Vec<ElementRef<'_>>> = None;
    for element in root.descendent_elements() {
        if is_beside(element) {
            continue;
        }
        let is_table = element.value().name() == "table" && !is_nested(element);
        let is_heading = || {
            let holds_text = matches!(
                element.value().name(),
                "p" | "h1" | "h2" | "h3" | "h4" | "strong" | "b" | "span" | "div"
            );
            holds_text && {
                let text: String = element.text().take(20).collect();
                let text = compact(&text);
                text.chars().count() <= 40 && opens_like_a_chapter(&text)
            }
        };
        if !is_table && !is_heading() {
            continue;
        }
        let mut path: Vec<ElementRef<'_>> = element.ancestors().filter_map(ElementRef::wrap).collect();
        path.reverse();
        common = Some(match common {
            None => path,
            Some(common) => {
                common.into_iter().zip(path).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
            }
        });
    }
    common.and_then(|path| path.last().copied()).unwrap_or(root)
}

/// Whether an element is within navigation or a form.
fn is_beside(element: ElementRef<'_>) -> bool {
    leads_elsewhere(element) || element.ancestors().filter_map(ElementRef::wrap).any(leads_elsewhere)
}

fn leads_elsewhere(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "nav" | "form" | "aside" | "footer")
}

/// Whether a table is within another table.
fn is_nested(table: ElementRef<'_>) -> bool {
    table.ancestors().filter_map(ElementRef::wrap).any(|above| above.value().name() == "table")
}

struct Reader<'a> {
    document: Document,
    main: ElementRef<'a>,
    is_main: bool,
    /// Current paragraph.
    text: String,
    /// Whether blocks are joined into one paragraph: a run-in heading and its text.
    run_in: bool,
    depth: usize,
    /// Grid positions of all tables.
    area: usize,
}

impl Reader<'_> {
    fn children(&mut self, element: ElementRef<'_>) {
        if self.depth > DEEPEST {
            return;
        }
        self.depth += 1;
        let was_main = self.is_main;
        if element == self.main {
            self.end_paragraph();
            self.is_main = true;
        }
        if leads_elsewhere(element) {
            self.end_paragraph();
            self.is_main = false;
        }
        let mut number = list_start(element);
        for child in element.children() {
            match child.value() {
                Node::Text(text) => self.words(text),
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child) else { continue };
                    if child.value().name() == "li"
                        && let Some(next) = &mut number
                    {
                        self.end_paragraph();
                        self.text = format!("{next}.");
                        *next = next.saturating_add(1);
                    }
                    self.element(child);
                }
                _ => {}
            }
        }
        if element == self.main || leads_elsewhere(element) {
            self.end_paragraph();
        }
        self.is_main = was_main;
        self.depth -= 1;
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        if is_hidden(element) {
            return;
        }
        // A block displayed inline is part of its line.
        if shown_inline(element) {
            return self.children(element);
        }
        match name {
            "script" | "style" | "template" | "noscript" | "head" | "select" | "button" | "textarea"
            | "iframe" | "object" | "svg" | "math" => {}
            "br" => self.text.push('\n'),
            "table" => {
                self.end_paragraph();
                self.table(element);
            }
            // Inline elements.
            "a" | "b" | "i" | "u" | "em" | "strong" | "span" | "font" | "sup" | "sub" | "small" | "big"
            | "mark" | "ins" | "label" | "code" | "abbr" | "bdi" | "bdo" | "cite" | "q" | "s" | "strike"
            | "time" | "tt" | "wbr" | "o:p" | "ruby" => self.children(element),
            "del" | "rt" | "rp" => {}
            // The program's own pages mark run-in headings with a class.
            "div" if element.value().classes().any(|class| class == "run-in") => {
                self.end_paragraph();
                self.run_in = true;
                self.children(element);
                self.run_in = false;
                self.end_paragraph();
            }
            "li" => {
                self.children(element);
                self.end_paragraph();
            }
            _ => {
                self.end_paragraph();
                self.children(element);
                self.end_paragraph();
            }
        }
    }

    /// Adds text as browsers display it, with white space collapsed.
    fn words(&mut self, text: &str) {
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}');
            if !is_space {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }

    fn end_paragraph(&mut self) {
        if self.run_in {
            return;
        }
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.document.blocks.push(Block::Paragraph(Paragraph { text, aside: !self.is_main }));
        }
    }
}

/// Number of the first item of a list with visible numbers.
fn list_start(element: ElementRef<'_>) -> Option<u32> {
    if element.value().name() != "ol"
        || element.attr("style").is_some_and(|style| compact(style).contains("list-style:none"))
    {
        return None;
    }
    Some(element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1))
}

/// Whether a block is displayed inline.
fn shown_inline(element: ElementRef<'_>) -> bool {
    let is_block = matches!(element.value().name(), "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
    is_block
        && element.attr("style").is_some_and(|style| {
            let style = compact(style).to_ascii_lowercase();
            style.split(';').any(|rule| rule == "display:inline")
        })
}

/// Whether the element is visible.
fn is_hidden(element: ElementRef<'_>) -> bool {
    let style = element.attr("style").map(|style| compact(style).to_ascii_lowercase()).unwrap_or_default();
    element.attr("hidden").is_some() || style.contains("display:none") || style.contains("mso-hide:all")
}
