//! Splits PDF syntax into tokens (ISO 32000-1, 7.2 and 7.3).

/// A token and its position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::output) struct Token<'a> {
    pub(in crate::output) kind: Kind,
    pub(in crate::output) text: &'a [u8],
    pub(in crate::output) start: usize,
    pub(in crate::output) end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::output) enum Kind {
    /// `<<` or `[`.
    Opens,
    /// `>>` or `]`.
    Closes,
    /// A name, without the slash.
    Name,
    /// A string in parentheses or in hexadecimal.
    Text,
    /// A number, a keyword, an operator.
    Word,
}

/// Iterator over the tokens; ends at invalid syntax.
#[derive(Debug, Clone)]
pub(in crate::output) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(in crate::output) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Returns the end of a string in parentheses.
    fn literal(&self) -> Option<usize> {
        let mut depth = 0_usize;
        let mut at = self.at;
        loop {
            match self.bytes.get(at)? {
                b'\\' => at += 1,
                b'(' => depth += 1,
                b')' if depth == 1 => return Some(at + 1),
                b')' => depth -= 1,
                _ => {}
            }
            at += 1;
        }
    }

    fn until(&self, from: usize, ends: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| ends(*byte)).unwrap_or(rest.len())
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        self.at = self.until(self.at, |byte| !is_space(byte));
        let start = self.at;
        let (kind, end) = match (self.peek(0)?, self.peek(1)) {
            (b'<', Some(b'<')) => (Kind::Opens, start + 2),
            (b'>', Some(b'>')) => (Kind::Closes, start + 2),
            (b'[', _) => (Kind::Opens, start + 1),
            (b']', _) => (Kind::Closes, start + 1),
            (b'<', _) => (Kind::Text, self.until(start, |byte| byte == b'>') + 1),
            (b'(', _) => (Kind::Text, self.literal()?),
            (b'/', _) => (Kind::Name, self.until(start + 1, |byte| is_space(byte) || is_delimiter(byte))),
            (byte, _) if is_delimiter(byte) => return None,
            _ => (Kind::Word, self.until(start, |byte| is_space(byte) || is_delimiter(byte))),
        };
        let text = self.bytes.get(start + usize::from(kind == Kind::Name)..end)?;
        self.at = end;
        Some(Token { kind, text, start, end })
    }
}

#[inline]
fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

#[inline]
fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}
