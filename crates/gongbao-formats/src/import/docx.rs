//! Word files (ECMA-376 Part 1): paragraphs with automatic numbers, tables with spans.

mod numbering;
mod table;

use self::numbering::Numbering;
use super::{
    ImportError, LIMITS, damaged,
    neutral::{Block, Document, Paragraph},
    xml::{self, Element, Node},
};
use crate::archive::Archive;

/// Maximum nesting of tables.
const DEEPEST: usize = 12;

/// Reads a Word file. Deleted revisions, hidden text, headers, footnotes and macros are ignored.
///
/// # Errors
/// It is damaged or too large.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ImportError> {
    let mut archive = Archive::open(bytes, LIMITS)?;
    let main = main_part(&mut archive)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let beside = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let root = archive.part(&main)?.ok_or_else(damaged)?;
    let root = xml::parse(&root)?;
    let mut other = |name: &str| -> Result<Element, ImportError> {
        archive.part(&beside(name))?.map_or_else(|| Ok(Element::default()), |part| xml::parse(&part))
    };
    let numbering = Numbering::of(&other("numbering.xml")?, &other("styles.xml")?);
    let body = root
        .child("document")
        .and_then(|document| document.child("body"))
        .ok_or_else(|| ImportError::new("Word文档里没有正文", "请用Word、WPS打开，另存为 .docx 再试"))?;
    let mut reader = Reader { numbering, depth: 0, area: 0, run_in: String::new() };
    let mut document = Document::default();
    reader.blocks(body, &mut document.blocks);
    Ok(document)
}

/// Name of the document's part, from the relationships of the package.
fn main_part(archive: &mut Archive<'_>) -> Result<String, ImportError> {
    const USUAL: &str = "word/document.xml";
    let Some(links) = archive.part("_rels/.rels")? else { return Ok(USUAL.to_owned()) };
    let links = xml::parse(&links)?;
    let target = links.child("Relationships").and_then(|links| {
        let is_main =
            |link: &&Element| link.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"));
        links
            .elements()
            .find(is_main)?
            .attribute("Target")
            .map(|target| target.trim_start_matches('/').to_owned())
    });
    Ok(target.filter(|target| archive.has(target)).unwrap_or_else(|| USUAL.to_owned()))
}

struct Reader {
    numbering: Numbering,
    depth: usize,
    /// Grid positions of all tables.
    area: usize,
    /// A run-in heading that the next paragraph continues.
    run_in: String,
}

impl Reader {
    /// Reads paragraphs and tables of an element in order.
    fn blocks(&mut self, parent: &Element, blocks: &mut Vec<Block>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element, blocks),
                "tbl" if self.depth < DEEPEST => {
                    self.depth += 1;
                    self.table(element, blocks);
                    self.depth -= 1;
                }
                // Moved or deleted content.
                "del" | "moveFrom" => {}
                "ins" | "moveTo" | "sdt" | "sdtContent" | "customXml" | "smartTag" => {
                    self.blocks(element, blocks)
                }
                "AlternateContent" => {
                    if let Some(choice) = element.child("Choice").or(element.child("Fallback")) {
                        self.blocks(choice, blocks);
                    }
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let mut text = String::new();
        let mut boxes = Vec::new();
        runs(element, &mut text, &mut boxes);
        let settings = element.child("pPr");
        let number = if text.trim().is_empty() { None } else { self.numbering.next(settings) };
        let text = std::mem::take(&mut self.run_in) + &number.unwrap_or_default() + &text;
        // A paragraph with a hidden paragraph mark continues in the next one; Word marks run-in headings in this way.
        let mark = settings.and_then(|settings| settings.child("rPr"));
        if mark.is_some_and(|mark| mark.is_on("specVanish")) {
            self.run_in = text;
            return;
        }
        blocks.push(Block::Paragraph(Paragraph { text, aside: false }));
        if self.depth < DEEPEST {
            self.depth += 1;
            for text_box in boxes {
                self.blocks(text_box, blocks);
            }
            self.depth -= 1;
        }
    }
}

/// Visible text of a paragraph, and its text boxes.
fn runs<'e>(parent: &'e Element, text: &mut String, boxes: &mut Vec<&'e Element>) {
    for node in &parent.children {
        let Node::Element(element) = node else { continue };
        match element.name.as_str() {
            "r" if element.child("rPr").is_some_and(|settings| settings.is_on("vanish")) => {}
            "t" => element.children.iter().for_each(|node| {
                if let Node::Text(part) = node {
                    text.push_str(part);
                }
            }),
            "tab" | "ptab" if parent.name == "r" => text.push('\t'),
            "br" | "cr" => text.push('\n'),
            "noBreakHyphen" => text.push('-'),
            "sym" => text.extend(symbol(element)),
            "txbxContent" => boxes.push(element),
            "del" | "moveFrom" | "instrText" | "delText" | "rPr" | "pPr" | "footnoteReference"
            | "Fallback" => {}
            _ => runs(element, text, boxes),
        }
    }
}

/// Character by its code; `None` in the private range of symbol fonts, whose codes have no fixed meaning.
fn symbol(element: &Element) -> Option<char> {
    let code = u32::from_str_radix(element.attribute("char")?, 16).ok()?;
    char::from_u32(code).filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c))
}
