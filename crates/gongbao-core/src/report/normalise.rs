//! Normalises text that was copied from Word or web pages, and records each change.
//!
//! Each step passes over the paragraph once; normalising twice gives the same result as normalising once.

use std::ops::Range;

use super::{
    characters::{Class, class, dropped, ends_line, forbidden, is_space, is_variation_selector},
    ordinal,
    textmap::TextMap,
    verbatim,
};

/// A normalised paragraph or line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its text.
    pub(super) text: String,
    /// Maps its bytes to those of the original text.
    pub(super) map: TextMap,
    /// Its bytes in the original text, without surrounding white space.
    pub(super) range: Range<usize>,
    /// Changes, in the order of the text.
    pub(super) corrected: Vec<Corrected>,
    /// Characters that cannot be printed, one entry for each kind.
    pub(super) forbidden: Vec<Forbidden>,
}

/// A change by normalisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Corrected {
    /// The original characters with their neighbours.
    pub(super) old: String,
    /// The normalised characters with their neighbours.
    pub(super) new: String,
    /// The reason, in Chinese.
    pub(super) why: &'static str,
}

/// A character that cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Forbidden {
    /// The character.
    pub(super) character: char,
    /// Its kind, in Chinese: 私用区字符.
    pub what: &'static str,
    /// Bytes of its first occurrence in the original text.
    pub(super) range: Range<usize>,
    /// Number of occurrences in the line.
    pub(super) count: usize,
}

/// Returns the normalised paragraphs of a text; empty lines are left out.
pub(super) fn paragraphs(text: &str) -> Vec<Line> {
    split(text)
        .map(|(at, line)| Draft::new(line, at))
        .filter(|draft| !draft.units.is_empty())
        .map(|mut draft| {
            draft.protect();
            draft.brackets();
            draft.quotes();
            draft.spaces();
            draft.opening();
            draft.finish()
        })
        .collect()
}

/// Returns the normalised first paragraph of a text.
pub fn normalised(text: &str) -> String {
    paragraphs(text).into_iter().next().map(|line| line.text).unwrap_or_default()
}

/// Returns the lines of a name, label or note without invisible characters and surrounding white space.
pub(super) fn lines(text: &str) -> Vec<Line> {
    split(text)
        .map(|(at, line)| Draft::new(line, at))
        .filter(|draft| !draft.units.is_empty())
        .map(Draft::finish)
        .collect()
}

/// Returns the lines of a text, each with its first byte.
fn split(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split(ends_line).map(move |line| {
        let start = at;
        at += line.len();
        // Bytes of the line end itself.
        at += text[at..].chars().next().map_or(0, char::len_utf8);
        (start, line)
    })
}

/// A character that is being normalised.
#[derive(Debug, Clone, Copy)]
struct Unit {
    c: char,
    /// First byte of the original character.
    at: usize,
    /// Bytes of the original character.
    len: usize,
    /// Class of a protected character: part of a web address or a placeholder, which must not change.
    fixed: Option<Class>,
}

impl Unit {
    fn class(&self) -> Class {
        self.fixed.unwrap_or_else(|| class(self.c))
    }

    /// Whether it is this character and not protected.
    fn is(&self, c: char) -> bool {
        self.fixed.is_none() && self.c == c
    }

    fn is_digit(&self) -> bool {
        ordinal::half_width(self.c).is_ascii_digit()
    }
}

struct Draft {
    units: Vec<Unit>,
    range: Range<usize>,
    corrected: Vec<(usize, Corrected)>,
    forbidden: Vec<Forbidden>,
}

impl Draft {
    /// Removes invisible characters and surrounding white space, and replaces tabs by spaces.
    fn new(line: &str, start: usize) -> Self {
        let mut draft =
            Self { units: Vec::new(), range: start..start, corrected: Vec::new(), forbidden: Vec::new() };
        let indent = line.len() - line.trim_start_matches(|c| is_space(c) || dropped(c).is_some()).len();
        let line = line.trim_end_matches(|c| is_space(c) || dropped(c).is_some());
        let inner = line.get(indent..).unwrap_or_default();
        draft.range = start + indent..start + indent + inner.len();
        for (offset, c) in inner.char_indices() {
            let at = draft.range.start + offset;
            if let Some(why) = dropped(c) {
                let around = neighbours(inner, offset, c);
                draft.note(at, around.0, around.1, why);
                continue;
            }
            if let Some(what) = forbidden(c).filter(|_| c != '\t') {
                draft.forbid(c, what, at);
            }
            let set = if c == '\t' { ' ' } else { c };
            if c == '\t' {
                draft.note(at, c.into(), set.into(), "制表符");
            }
            draft.units.push(Unit { c: set, at, len: c.len_utf8(), fixed: None });
        }
        draft
    }

    fn note(&mut self, at: usize, old: String, new: String, why: &'static str) {
        self.corrected.push((at, Corrected { old, new, why }));
    }

    fn forbid(&mut self, character: char, what: &'static str, at: usize) {
        // One entry for each kind keeps the findings of a damaged file short.
        match self.forbidden.iter_mut().find(|known| known.character == character) {
            Some(known) => known.count += 1,
            None => {
                let range = at..at + character.len_utf8();
                self.forbidden.push(Forbidden { character, what, range, count: 1 });
            }
        }
    }

    /// Protects web addresses and placeholders. A placeholder stands for a figure and therefore counts as a digit.
    fn protect(&mut self) {
        let text: Vec<char> = self.units.iter().map(|unit| unit.c).collect();
        for (range, kind) in verbatim::find(&text) {
            let class = match kind {
                verbatim::Kind::Placeholder => Class::Digit,
                verbatim::Kind::Address | verbatim::Kind::Braces => Class::Other,
            };
            for unit in &mut self.units[range] {
                unit.fixed = Some(class);
            }
        }
    }

    /// Replaces half-width brackets round an ordinal by full-width ones.
    fn brackets(&mut self) {
        let mut before = None;
        let mut at = 0;
        while at < self.units.len() {
            let unit = self.units[at];
            if let Some(end) = self.bracketed_ordinal(at, before) {
                let old = self.text(at..end);
                let last = end - 1;
                self.units[at].c = '（';
                self.units[last].c = '）';
                let new = self.text(at..end);
                if old != new {
                    self.note(unit.at, old, new, "序号两旁的半角括号");
                }
                before = Some(Class::Chinese);
                at = end;
                continue;
            }
            if unit.class() != Class::Space {
                before = Some(if matches!(unit.c, '"' | '\'') { Class::Chinese } else { unit.class() });
            }
            at += 1;
        }
    }

    /// Returns the end of a bracketed ordinal that begins at `at`. Arabic digits in brackets also occur in formulas and
    /// addresses: they are an ordinal only at the start or after Chinese.
    fn bracketed_ordinal(&self, at: usize, before: Option<Class>) -> Option<usize> {
        if !self.units[at].is('(') && !self.units[at].is('（') {
            return None;
        }
        let skip =
            |from: usize| self.units[from..].iter().take_while(|unit| unit.class() == Class::Space).count();
        let first = at + 1 + skip(at + 1);
        let numeral: String = self.units[first..]
            .iter()
            .take(4)
            .take_while(|unit| {
                unit.fixed.is_none() && (unit.is_digit() || "一二三四五六七八九十".contains(unit.c))
            })
            .map(|unit| unit.c)
            .collect();
        let is_ordinal = ordinal::chinese(&numeral).is_some()
            || (ordinal::arabic(&numeral).is_some() && matches!(before, None | Some(Class::Chinese)));
        let after = first + numeral.chars().count();
        let close = after + skip(after);
        let closes = self.units.get(close).is_some_and(|unit| unit.is(')') || unit.is('）'));
        (is_ordinal && closes).then_some(close + 1)
    }

    /// Replaces straight quotes by curly ones, except for an apostrophe after a Latin letter or a digit.
    fn quotes(&mut self) {
        for (straight, open, close) in [('"', '“', '”'), ('\'', '‘', '’')] {
            let last = self.units.iter().rposition(|unit| unit.is(straight) || unit.is(close));
            let mut is_open = false;
            for at in 0..self.units.len() {
                let unit = self.units[at];
                if unit.is(open) || unit.is(close) {
                    is_open = unit.c == open;
                }
                if !unit.is(straight) {
                    continue;
                }
                let before = at.checked_sub(1).map(|before| self.units[before].c);
                let next = self.units.get(at + 1).map(|unit| unit.c);
                let in_word = before.is_some_and(|c| c.is_ascii_alphanumeric())
                    && (!is_open || next.is_some_and(|c| c.is_ascii_alphabetic()));
                if straight == '\'' && in_word {
                    continue;
                }
                // An unmatched quote opens only where an opening quote is possible.
                let lone = !is_open && last == Some(at);
                let opens = before.is_none_or(|c| is_space(c) || "，。；：、（《〈「『【〔“‘(".contains(c));
                is_open = !is_open && (!lone || opens);
                let curly = if is_open { open } else { close };
                self.units[at].c = curly;
                self.note(unit.at, straight.into(), curly.into(), "直引号");
            }
        }
    }

    /// Removes spaces between two Chinese characters and between a Chinese character and a digit or %.
    fn spaces(&mut self) {
        let mut kept: Vec<Unit> = Vec::with_capacity(self.units.len());
        let mut before = Class::Other;
        let mut at = 0;
        while at < self.units.len() {
            let unit = self.units[at];
            if unit.class() != Class::Space {
                // A variation selector is part of the character before it.
                if !is_variation_selector(unit.c) {
                    before = unit.class();
                }
                kept.push(unit);
                at += 1;
                continue;
            }
            let gap = self.units[at..].iter().take_while(|unit| unit.class() == Class::Space).count();
            let next = self.units.get(at + gap);
            let why = match (before, next.map_or(Class::Other, Unit::class)) {
                (Class::Chinese, Class::Chinese) => Some("汉字之间的空格"),
                (Class::Chinese, Class::Digit) | (Class::Digit, Class::Chinese) => {
                    Some("汉字与数字之间的空格")
                }
                _ => None,
            };
            match (why, kept.last(), next) {
                (Some(why), Some(last), Some(next)) => {
                    let new: String = [last.c, next.c].iter().collect();
                    let mut old = self.text(at..at + gap);
                    old.insert(0, last.c);
                    old.push(next.c);
                    self.note(unit.at, old, new, why);
                }
                _ => kept.extend_from_slice(&self.units[at..at + gap]),
            }
            at += gap;
        }
        self.units = kept;
    }

    /// Replaces `1、` and `1．` at the beginning of a paragraph by `1.`, without a space after it.
    fn opening(&mut self) {
        let digits =
            self.units.iter().take(3).take_while(|unit| unit.fixed.is_none() && unit.is_digit()).count();
        let numeral = self.text(0..digits);
        let Some(mark) = self.units.get(digits).copied() else { return };
        let is_mark = ['.', '．', '、'].iter().any(|c| mark.is(*c));
        let next_is_digit =
            self.units.get(digits + 1).is_some_and(|unit| unit.class() == Class::Digit || unit.is_digit());
        if ordinal::arabic(&numeral).is_none() || !is_mark || next_is_digit {
            return;
        }
        let old = self.text(0..digits + 1);
        for unit in &mut self.units[..digits] {
            unit.c = ordinal::half_width(unit.c);
        }
        self.units[digits].c = '.';
        let new = self.text(0..digits + 1);
        if old != new {
            self.note(self.range.start, old, new.clone(), "序号后的标点");
        }
        let gap = self.units[digits + 1..].iter().take_while(|unit| unit.class() == Class::Space).count();
        let next = self.units.get(digits + 1 + gap).map(Unit::class);
        if gap > 0 && next == Some(Class::Chinese) {
            let old = self.text(0..digits + 1 + gap);
            self.units.drain(digits + 1..digits + 1 + gap);
            self.note(mark.at, old, new, "序号后的空格");
        }
    }

    fn text(&self, range: Range<usize>) -> String {
        self.units[range].iter().map(|unit| unit.c).collect()
    }

    fn finish(mut self) -> Line {
        let mut text = String::with_capacity(self.range.len());
        let mut map = TextMap::default();
        for unit in &self.units {
            let start = text.len();
            text.push(unit.c);
            map.push(start..text.len(), unit.at..unit.at + unit.len);
        }
        self.corrected.sort_by_key(|(at, _)| *at);
        let corrected = self.corrected.into_iter().map(|(_, corrected)| corrected).collect();
        Line { text, map, range: self.range, corrected, forbidden: self.forbidden }
    }
}

/// Returns the character at `offset` with its neighbours, and the neighbours alone.
fn neighbours(line: &str, offset: usize, c: char) -> (String, String) {
    let before = line[..offset].chars().next_back();
    let after = line[offset + c.len_utf8()..].chars().next();
    (before.into_iter().chain([c]).chain(after).collect(), before.into_iter().chain(after).collect())
}

#[cfg(test)]
mod tests;
