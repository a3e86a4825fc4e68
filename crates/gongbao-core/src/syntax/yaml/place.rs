//! Byte ranges of YAML values: the parser gives characters, and includes what follows a value.

use std::ops::Range;

use saphyr_parser::{Marker, ScalarStyle, Span};

/// Converts the parser's marks into byte offsets.
pub(super) struct Places<'a> {
    text: &'a str,
    /// The last position, in characters and in bytes: marks come nearly in order.
    chars: usize,
    bytes: usize,
}

impl<'a> Places<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, chars: 0, bytes: 0 }
    }

    /// Byte offset of a mark.
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
                // The mark is beyond the end. Later marks need not be, so the last position is kept.
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

    /// Start of a value, after its anchor and tag.
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

    /// Bytes of a scalar.
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

    /// End of a list or table: its closing bracket, or the end of its last value.
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

/// Length of the quoted string at the start of `part`.
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
