//! What is drawn on a page, without its tags and on the black plate alone.

use std::collections::BTreeMap;

use super::{PaperCopy, number};
use crate::output::objects::{Kind, Object, Objects, Token, Tokens, entries};

/// How many components the colour spaces of a page have.
pub(super) struct Inks(BTreeMap<String, usize>);

impl Inks {
    /// Those of a page; nothing where it draws more than words, rules and grounds.
    pub(super) fn of(objects: &Objects<'_>, page: &Object) -> Option<Self> {
        let resources = match page.reference("Resources") {
            Some(number) => objects.get(number)?,
            None => {
                Object::plain(page.entries().into_iter().find(|(key, _)| *key == "Resources")?.1.to_vec())
            }
        };
        let mut inks = BTreeMap::new();
        for (key, value) in resources.entries() {
            match key {
                "ColorSpace" => {
                    for (name, _) in entries(value) {
                        let space = objects.get(Object::plain(value.to_vec()).reference(name)?)?;
                        if !space.is_calibrated() {
                            return None;
                        }
                        let profile = objects.get(space.first_reference()?)?;
                        inks.insert(name.to_owned(), profile.number("N")?);
                    }
                }
                "Font" | "ProcSet" => {}
                // Pictures, patterns and the like have colours and tags of their own.
                _ => return None,
            }
        }
        Some(Self(inks))
    }
}

/// The marks of a page.
pub(super) fn marks(content: &[u8], inks: &Inks, copy: &PaperCopy) -> Option<Vec<u8>> {
    let mut made = Vec::with_capacity(content.len());
    let mut operands: Vec<Token<'_>> = Vec::new();
    // The components of the colours with which areas are filled and lines are drawn.
    let (mut filled, mut drawn) = (1, 1);
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
            // A picture in the midst of the marks.
            b"BI" | b"Do" | b"sh" => return None,
            b"scn" | b"SCN" if (if token.text == b"scn" { filled } else { drawn }) == 3 => {
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
                    let components = *inks.0.get(name)?;
                    *(if operator == b"cs" { &mut filled } else { &mut drawn }) = components;
                }
                match operator {
                    b"q" => saved.push((filled, drawn)),
                    b"Q" => (filled, drawn) = saved.pop()?,
                    _ => {}
                }
                let start = operands.first().map_or(token.start, |first| first.start);
                made.extend(content.get(start..token.end)?);
                made.push(b'\n');
            }
        }
        operands.clear();
    }
    // All of it was understood.
    content.get(read..)?.trim_ascii().is_empty().then_some(made)
}

fn is_number(word: &[u8]) -> bool {
    word.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'))
}

fn value(token: &Token<'_>) -> Option<f64> {
    std::str::from_utf8(token.text).ok()?.parse().ok()
}
