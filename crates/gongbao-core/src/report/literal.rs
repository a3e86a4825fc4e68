//! Maps the characters of a text to the literal in the file that wrote them.

use super::textmap::TextMap;

/// Maps the bytes of a text to the bytes of its literal in TOML, JSON or YAML.
///
/// Follows escapes, line continuations, indentation and folded lines without knowing which of the three notations the
/// literal is in. Returns `None` if text and literal do not match; a finding then points at the whole literal.
pub(super) fn align(literal: &str, value: &str) -> Option<TextMap> {
    let notation = Notation::of(literal);
    let mut map = TextMap::default();
    let mut at = notation.opening;
    for (offset, c) in value.char_indices() {
        let (skip, length) = notation.step(literal.get(at..)?, c)?;
        at += skip;
        map.push(offset..offset + c.len_utf8(), at..at + length);
        at += length;
    }
    Some(map)
}

struct Notation {
    /// First byte of the text.
    opening: usize,
    /// Whether a backslash begins an escape.
    escapes: bool,
    /// Whether two `'` stand for one.
    doubled_quotes: bool,
}

impl Notation {
    fn of(literal: &str) -> Self {
        let multiline = literal.starts_with("\"\"\"") || literal.starts_with("'''");
        let opening = if multiline {
            // TOML drops a line end that follows the opening quotes.
            let rest = &literal[3..];
            3 + rest.len() - rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')).unwrap_or(rest).len()
        } else if literal.starts_with(['"', '\'']) {
            1
        } else if literal.starts_with(['|', '>']) {
            literal.find('\n').map_or(literal.len(), |end| end + 1)
        } else {
            0
        };
        let doubled_quotes = !multiline && literal.starts_with('\'');
        Self { opening, escapes: literal.starts_with('"'), doubled_quotes }
    }

    /// Returns the number of bytes of `here` to skip, and the number of bytes after them that write `c`.
    fn step(&self, here: &str, c: char) -> Option<(usize, usize)> {
        let mut skip = 0;
        loop {
            let rest = here.get(skip..)?;
            let first = rest.chars().next()?;
            if self.escapes && first == '\\' {
                match escape(rest)? {
                    Escape::Character(length) => return Some((skip, length)),
                    Escape::Nothing(length) => skip += length,
                }
            } else if c == '\'' && self.doubled_quotes && rest.starts_with("''") {
                return Some((skip, 2));
            } else if first == c && !(c == '\n' && rest.starts_with("\r\n")) {
                return Some((skip, c.len_utf8()));
            } else if c == '\n' && first == '\r' {
                return Some((skip, if rest.starts_with("\r\n") { 2 } else { 1 }));
            } else if c == ' ' && matches!(first, '\n' | '\r') {
                // A folded line of YAML.
                return Some((skip, 1));
            } else if first.is_ascii_whitespace() {
                // The indentation of YAML.
                skip += 1;
            } else {
                return None;
            }
        }
    }
}

enum Escape {
    /// An escape for a character.
    Character(usize),
    /// A continuation that joins two lines.
    Nothing(usize),
}

fn escape(rest: &str) -> Option<Escape> {
    let length = match rest[1..].chars().next()? {
        'x' => 4,
        'U' => 10,
        // JSON writes characters beyond U+FFFF as two escapes.
        'u' if is_high_surrogate(rest.get(2..6)?) && rest.get(6..8) == Some("\\u") => 12,
        'u' => 6,
        c if c.is_ascii_whitespace() => {
            let after = rest[1..].trim_start_matches(|c: char| c.is_ascii_whitespace());
            return Some(Escape::Nothing(rest.len() - after.len()));
        }
        c => 1 + c.len_utf8(),
    };
    rest.get(..length).map(|_| Escape::Character(length))
}

fn is_high_surrogate(digits: &str) -> bool {
    u32::from_str_radix(digits, 16).is_ok_and(|code| (0xD800..0xDC00).contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the part of the literal that writes the first occurrence of `part`.
    fn origin<'l>(literal: &'l str, value: &str, part: &str) -> &'l str {
        let map = align(literal, value).expect("should go together");
        let start = value.find(part).expect("part of the value");
        &literal[map.range(start..start + part.len())]
    }

    #[test]
    fn follows_toml() {
        assert_eq!(origin("\"\"\"\n甲\n乙\"\"\"", "甲\n乙", "乙"), "乙");
        assert_eq!(origin("\"\"\"\r\n甲\r\n乙\"\"\"", "甲\n乙", "\n乙"), "\r\n乙");
        assert_eq!(origin("\"\"\"甲\\\n   乙\\u4E01\"\"\"", "甲乙丁", "丁"), "\\u4E01");
        assert_eq!(origin("'a\\b'", "a\\b", "\\b"), "\\b");
        assert_eq!(origin("\"a\\\\b\\\"\"", "a\\b\"", "\""), "\\\"");
    }

    #[test]
    fn follows_json_and_yaml() {
        assert_eq!(origin(r#""甲\n\ud83d\ude00乙""#, "甲\n😀乙", "😀"), r"\ud83d\ude00");
        assert_eq!(origin("|\n  甲\n  乙\n", "甲\n乙\n", "乙"), "乙");
        assert_eq!(origin(">-\n  ab\n  cd\n\n  ef", "ab cd\nef", "ef"), "ef");
        assert_eq!(origin("'it''s'", "it's", "'"), "''");
        assert_eq!(origin("甲乙", "甲乙", "乙"), "乙");
        assert!(align("\"甲\"", "乙").is_none());
        assert!(align("", "乙").is_none());
    }
}
