//! Paragraphs and runs: titles, headings, body, links, signature.

use std::collections::HashMap;

use super::{
    fit::ems,
    page::characters,
    parts::link_id,
    schema::{paragraph_properties, run_properties},
    styles::{HYPERLINK, Style},
    xml::{Element, element, val},
};
use gongbao_core::document::{ParagraphData, Run, Signature};

/// Characters on a line.
const LINE: f64 = 28.0;
/// 右空二字.
const RIGHT: f64 = 2.0;

/// A run; line breaks in its words are printed.
pub(super) fn run(words: &str, properties: Vec<Element>) -> Element {
    // Quotation marks, dashes and dots that are common to Chinese and other scripts are set as Chinese.
    let hint = element("w:rFonts").attribute("w:hint", "eastAsia");
    let mut made = element("w:r").child(run_properties([hint].into_iter().chain(properties)));
    for (number, line) in words.split('\n').enumerate() {
        if number > 0 {
            made = made.child(element("w:br"));
        }
        if !line.is_empty() {
            made = made.child(element("w:t").attribute("xml:space", "preserve").text(line));
        }
    }
    made
}

/// A paragraph with a style and further properties.
pub(super) fn paragraph(style: Style, own: Vec<Element>, runs: Vec<Element>) -> Element {
    let properties = [val("w:pStyle", style.id())].into_iter().chain(own);
    element("w:p").child(paragraph_properties(properties)).children(runs)
}

/// Distinct targets of the text's links.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) targets: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Links {
    /// A paragraph of the report; with `keep` it stays on the page of the next paragraph.
    pub(super) fn paragraph(&mut self, para: &ParagraphData, keep: bool) -> Vec<Element> {
        let keep = || if keep { vec![element("w:keepNext")] } else { Vec::new() };
        let mut made = Vec::new();
        if let Some(heading) = &para.heading {
            let runs = self.runs(heading);
            // A run-in heading is a paragraph with a hidden paragraph mark (Word's style separator). It is printed at the beginning
            // of a line, and is a heading in the navigation pane and for screen readers.
            let own = if para.runs.is_empty() {
                Vec::new()
            } else {
                vec![element("w:rPr").child(element("w:vanish")).child(element("w:specVanish"))]
            };
            made.push(paragraph(Style::Heading, own, runs));
        }
        if !para.runs.is_empty() {
            let runs = self.runs(&para.runs);
            made.push(paragraph(Style::Body, keep(), runs));
        }
        made
    }

    fn runs(&mut self, runs: &[Run]) -> Vec<Element> {
        runs.iter()
            .map(|item| match item {
                Run::Text { text } => run(text, Vec::new()),
                Run::Word { pieces } => run(&pieces.concat(), Vec::new()),
                Run::Link { link, pieces } => self.link(link, &pieces.concat()),
            })
            .collect()
    }

    fn link(&mut self, target: &str, words: &str) -> Element {
        let safe = ["http://", "https://", "mailto:"];
        let lower = target.to_ascii_lowercase();
        if !safe.iter().any(|scheme| lower.starts_with(scheme)) {
            return run(words, Vec::new());
        }
        let next = self.targets.len();
        let number = *self.numbers.entry(target.to_owned()).or_insert(next);
        if number == next {
            self.targets.push(uri(target));
        }
        element("w:hyperlink")
            .attribute("r:id", link_id(number))
            .attribute("w:history", 1)
            .child(run(words, vec![val("w:rStyle", HYPERLINK)]))
    }
}

/// An address as a URI (RFC 3986). Invalid characters are percent-encoded, because Word regards a file with invalid URIs as
/// damaged.
fn uri(target: &str) -> String {
    let mut made = String::with_capacity(target.len());
    let bytes = target.as_bytes();
    let mut fragment = false;
    for (at, byte) in target.bytes().enumerate() {
        let escape = byte == b'%'
            && bytes.get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let once = byte == b'#' && !std::mem::replace(&mut fragment, true);
        if byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte) || escape || once {
            made.push(char::from(byte));
        } else {
            made.push_str(&format!("%{byte:02X}"));
        }
    }
    made
}

/// Signature of an unsealed report (GB/T 9704-2012, 7.3.5.2): the name ends two characters from the right, and the date
/// begins two characters to the right of the name's start. A date longer than the name ends two characters from the right
/// and the name is moved.
pub(super) fn signature(signature: &Signature) -> Vec<Element> {
    let (name, date) = (ems(&signature.name), ems(&signature.date));
    let most = LINE - 2.0 * RIGHT;
    let (name_at, date_at) = if name > most {
        // Lines of a long name have equal length and a common left edge, from which the date is indented.
        let width = (name / (name / most).ceil() + 1.0).min(most);
        let start = LINE - RIGHT - width;
        (between(start), from_left((start + 2.0).min((LINE - date).max(start))))
    } else if date > name {
        (from_left((LINE - RIGHT - date - 2.0).max(0.0)), from_right())
    } else {
        (from_right(), from_left(LINE - name))
    };
    vec![
        paragraph(Style::Signature, name_at, vec![run(&signature.name, Vec::new())]),
        paragraph(Style::Date, date_at, vec![run(&signature.date, Vec::new())]),
    ]
}

fn from_right() -> Vec<Element> {
    let indent =
        element("w:ind").attribute("w:rightChars", hundredths(RIGHT)).attribute("w:right", characters(RIGHT));
    vec![indent, val("w:jc", "right")]
}

fn from_left(start: f64) -> Vec<Element> {
    let indent =
        element("w:ind").attribute("w:leftChars", hundredths(start)).attribute("w:left", characters(start));
    vec![indent, val("w:jc", "left")]
}

/// Indents of a paragraph from `start` to two characters from the right.
fn between(start: f64) -> Vec<Element> {
    let indent = element("w:ind")
        .attribute("w:leftChars", hundredths(start))
        .attribute("w:left", characters(start))
        .attribute("w:rightChars", hundredths(RIGHT))
        .attribute("w:right", characters(RIGHT));
    vec![indent, val("w:jc", "left")]
}

fn hundredths(characters: f64) -> i64 {
    (characters * 100.0).round() as i64
}
