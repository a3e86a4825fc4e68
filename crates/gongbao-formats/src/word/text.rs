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
use gongbao_core::document::{Para, Run, Signature};

/// Characters on a line.
const LINE: f64 = 28.0;
/// 右空二字.
const RIGHT: f64 = 2.0;

/// Words as a run; a line break in them is one on the page.
pub(super) fn run(words: &str, properties: Vec<Element>) -> Element {
    // Quotes, dashes and dots that Chinese shares with other scripts are Chinese here.
    let hint = element("w:rFonts").with("w:hint", "eastAsia");
    let mut made = element("w:r").holding(run_properties([hint].into_iter().chain(properties)));
    for (number, line) in words.split('\n').enumerate() {
        if number > 0 {
            made = made.holding(element("w:br"));
        }
        if !line.is_empty() {
            made = made.holding(element("w:t").with("xml:space", "preserve").saying(line));
        }
    }
    made
}

/// A paragraph in a style, with properties of its own.
pub(super) fn paragraph(style: Style, own: Vec<Element>, runs: Vec<Element>) -> Element {
    let properties = [val("w:pStyle", style.id())].into_iter().chain(own);
    element("w:p").holding(paragraph_properties(properties)).holding_all(runs)
}

/// Where the links of the text lead; each place is noted once, however often it is named.
#[derive(Debug, Default)]
pub(super) struct Links {
    pub(super) targets: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Links {
    /// A paragraph of the report; with `keep` it does not part from what follows.
    pub(super) fn paragraph(&mut self, para: &Para, keep: bool) -> Vec<Element> {
        let keep = || if keep { vec![element("w:keepNext")] } else { Vec::new() };
        let mut made = Vec::new();
        if let Some(heading) = &para.heading {
            let runs = self.runs(heading);
            // A heading that the text runs on from is a paragraph of its own whose end is hidden, the style separator of
            // Word: on the page it is the beginning of a line, in the navigation pane and for a screen reader a heading.
            let own = if para.runs.is_empty() {
                Vec::new()
            } else {
                vec![element("w:rPr").holding(element("w:vanish")).holding(element("w:specVanish"))]
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
            .with("r:id", link_id(number))
            .with("w:history", 1)
            .holding(run(words, vec![val("w:rStyle", HYPERLINK)]))
    }
}

/// An address as a URI (RFC 3986): what may not stand in one is percent-encoded, lest Word take the file for damaged.
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

/// Name and date of an unsealed report (GB/T 9704-2012, 7.3.5.2): the name two characters from the right; the date beginning two
/// characters further in than the name; a date longer than the name keeps two characters from the right and moves the name.
pub(super) fn signature(signature: &Signature) -> Vec<Element> {
    let (name, date) = (ems(&signature.name), ems(&signature.date));
    let most = LINE - 2.0 * RIGHT;
    let (name_at, date_at) = if name > most {
        // Lines of a long name are as long as each other, and begin where the date is reckoned from.
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
    let indent = element("w:ind").with("w:rightChars", hundredths(RIGHT)).with("w:right", characters(RIGHT));
    vec![indent, val("w:jc", "right")]
}

fn from_left(start: f64) -> Vec<Element> {
    let indent = element("w:ind").with("w:leftChars", hundredths(start)).with("w:left", characters(start));
    vec![indent, val("w:jc", "left")]
}

/// From here to two characters from the right.
fn between(start: f64) -> Vec<Element> {
    let indent = element("w:ind")
        .with("w:leftChars", hundredths(start))
        .with("w:left", characters(start))
        .with("w:rightChars", hundredths(RIGHT))
        .with("w:right", characters(RIGHT));
    vec![indent, val("w:jc", "left")]
}

fn hundredths(characters: f64) -> i64 {
    (characters * 100.0).round() as i64
}
