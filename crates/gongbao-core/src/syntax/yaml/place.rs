//! Where values stand, in bytes: the parser counts characters, and counts in what follows a value.

use std::ops::Range;

use saphyr_parser::{Marker, ScalarStyle, Span};

/// Turns the parser's marks into bytes of a text.
pub(super) struct Places<'a> {
    text: &'a str,
    /// The last place asked for, as characters and bytes: marks come nearly in order.
    chars: usize,
    bytes: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, chars: 0, bytes: 0 }
    }

    /// The byte of a mark.
    pub(super) fn byte(&mut self, mark: Marker) -> usize {
        let wanted = mark.index();
        if wanted >= self.chars {
            let rest = self.text.get(self.bytes..).unwrap_or_default();
            let step = rest.char_indices().nth(wanted - self.chars);
            match step {
                Some((bytes, _)) => {
                    self.bytes += bytes;
                    self.chars = wanted;
                }
                // Beyond the end; the next mark is not, so the place last known stays.
                None => return self.text.len(),
            }
        } else {
            let before = self.text.get(..self.bytes).unwrap_or_default();
            let step = before.char_indices().rev().nth(self.chars - wanted - 1);
            self.bytes = step.map_or(0, |(bytes, _)| bytes);
            self.chars = wanted;
        }
        self.bytes
    }

    /// Where a value begins, after its anchor and tag.
    pub(super) fn value_start(&mut self, span: Span) -> usize {
        let mut at = self.byte(span.start);
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            if !rest.starts_with(['&', '!']) {
                return at;
            }
            let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let gap = rest.get(word..).unwrap_or_default();
            at += word + gap.len() - gap.trim_start().len();
        }
    }

    /// The bytes of a single value.
    pub(super) fn scalar(&mut self, span: Span, style: ScalarStyle) -> Range<usize> {
        let start = self.value_start(span);
        let end = self.byte(span.end).max(start);
        let part = self.text.get(start..end).unwrap_or_default();
        let length = match style {
            ScalarStyle::SingleQuoted => quoted(part, '\''),
            ScalarStyle::DoubleQuoted => quoted(part, '"'),
            ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => part.trim_end().len(),
        };
        start..start + length
    }

    /// Where a list or table ends: at its bracket, or with the last value in it.
    pub(super) fn collection_end(&mut self, span: Span, start: usize, last: Option<usize>) -> usize {
        let open = self.text.get(start..).and_then(|rest| rest.chars().next());
        let at = self.byte(span.start);
        let close = self.text.get(at..).and_then(|rest| rest.chars().next());
        match (open, close) {
            (Some('['), Some(']')) | (Some('{'), Some('}')) => at + 1,
            _ => last.unwrap_or(start).max(start),
        }
    }
}

/// The length of the quoted text at the start of `part`.
fn quoted(part: &str, quote: char) -> usize {
    let mut chars = part.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '\\' && quote == '"' {
            chars.next();
        } else if c == quote {
            if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                chars.next();
            } else {
                return at + 1;
            }
        }
    }
    part.trim_end().len()
}
