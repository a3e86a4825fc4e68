//! Converts the contents of a page: removes tags and replaces colours by grey.

use std::collections::BTreeMap;

use super::{PaperCopy, number};
use crate::output::objects::{Kind, Object, Objects, Token, Tokens, entries};

/// Number of components of each colour space of a page, by name.
pub(super) struct ColourSpaces(BTreeMap<String, usize>);

impl ColourSpaces {
    /// Reads the colour spaces of a page; `None` if the page contains more than text, lines and fill areas.
    pub(super) fn of(objects: &Objects<'_>, page: &Object) -> Option<Self> {
        let resources = match page.reference("Resources") {
            Some(number) => objects.get(number)?,
            None => {
                Object::plain(page.entries().into_iter().find(|(key, _)| *key == "Resources")?.1.to_vec())
            }
        };
        let mut spaces = BTreeMap::new();
        for (key, value) in resources.entries() {
            match key {
                "ColorSpace" => {
                    for (name, _) in entries(value) {
                        let space = objects.get(Object::plain(value.to_vec()).reference(name)?)?;
                        if !space.is_calibrated() {
                            return None;
                        }
                        let profile = objects.get(space.first_reference()?)?;
                        spaces.insert(name.to_owned(), profile.number("N")?);
                    }
                }
                "Font" | "ProcSet" => {}
                // Images, patterns and the like have their own colours and tags.
                _ => return None,
            }
        }
        Some(Self(spaces))
    }
}

/// Returns the contents of a page without tags, with grey colours; `None` for unexpected operators.
pub(super) fn convert(content: &[u8], spaces: &ColourSpaces, copy: &PaperCopy) -> Option<Vec<u8>> {
    let mut made = Vec::with_capacity(content.len());
    let mut operands: Vec<Token<'_>> = Vec::new();
    // Number of components of the current fill and stroke colours.
    let (mut fill, mut stroke) = (1, 1);
    let mut saved = Vec::new();
    let mut read = 0;
    for token in Tokens::new(content) {
        read = token.end;
        if token.kind != Kind::Word || is_number(token.text) {
            operands.push(token);
            continue;
        }
        match token.text {
            b"BMC" | b"BDC" | b"EMC" => {}
            // An inline image, a form or a shading.
            b"BI" | b"Do" | b"sh" => return None,
            b"scn" | b"SCN" if (if token.text == b"scn" { fill } else { stroke }) == 3 => {
                let web: Vec<f64> = operands.iter().filter_map(value).collect();
                let grey = copy.grey(web.try_into().ok()?)?;
                made.extend(number(grey).bytes());
                made.push(b' ');
                made.extend(token.text);
                made.push(b'\n');
            }
            operator => {
                if matches!(operator, b"cs" | b"CS") {
                    let name = std::str::from_utf8(operands.last()?.text).ok()?;
                    let components = *spaces.0.get(name)?;
                    *(if operator == b"cs" { &mut fill } else { &mut stroke }) = components;
                }
                match operator {
                    b"q" => saved.push((fill, stroke)),
                    b"Q" => (fill, stroke) = saved.pop()?,
                    _ => {}
                }
                let start = operands.first().map_or(token.start, |first| first.start);
                made.extend(content.get(start..token.end)?);
                made.push(b'\n');
            }
        }
        operands.clear();
    }
    // The tokens must reach the end of the contents.
    content.get(read..)?.trim_ascii().is_empty().then_some(made)
}

fn is_number(word: &[u8]) -> bool {
    word.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'))
}

fn value(token: &Token<'_>) -> Option<f64> {
    std::str::from_utf8(token.text).ok()?.parse().ok()
}
