//! Replacement of parts of a file; all other bytes are unchanged.

use std::{borrow::Cow, fmt};

use encoding_rs::GB18030;

use super::Source;

/// A replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// Byte of [`Source::text`] at which the replaced part begins.
    pub at: usize,
    /// Length of the replaced part in bytes.
    pub removed: usize,
    /// The new text, with `\n` as line ends.
    pub text: String,
}

/// Error: the bytes are not those from which the source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpliceError;

impl fmt::Display for SpliceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("文件的内容与读入时不同，没有写入")
    }
}

impl std::error::Error for SpliceError {}

/// Applies replacements to a file's bytes, in the file's encoding and with its line ends.
///
/// # Errors
/// `bytes` is not what `source` was read from.
pub fn splice(bytes: &[u8], source: &Source, splices: &[Splice]) -> Result<Vec<u8>, SpliceError> {
    let mut splices: Vec<&Splice> = splices.iter().collect();
    splices.sort_by_key(|splice| splice.at);
    let mut wanted: Vec<usize> =
        splices.iter().flat_map(|splice| [splice.at, splice.at + splice.removed]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let found = offsets(bytes, source, &wanted)?;
    let place = |at: usize| wanted.binary_search(&at).ok().and_then(|index| found.get(index).copied());
    let mut out = Vec::with_capacity(bytes.len() + splices.iter().map(|s| s.text.len()).sum::<usize>());
    let mut done = 0;
    for splice in splices {
        let (start, end) = (place(splice.at), place(splice.at + splice.removed));
        let (Some(start), Some(end)) = (start, end) else { return Err(SpliceError) };
        out.extend_from_slice(bytes.get(done..start).ok_or(SpliceError)?);
        out.extend_from_slice(&encoded(bytes, source, &splice.text.replace('\n', source.line_end)));
        done = end;
    }
    out.extend_from_slice(bytes.get(done..).ok_or(SpliceError)?);
    Ok(out)
}

/// Maps byte offsets of the text to those of the file; both are in ascending order.
fn offsets(bytes: &[u8], source: &Source, wanted: &[usize]) -> Result<Vec<usize>, SpliceError> {
    let mut found = Vec::with_capacity(wanted.len());
    let mut characters = Characters::new(bytes, source).peekable();
    let (mut at, mut byte) = (0, characters.peek().map_or(bytes.len(), |(start, _)| *start));
    loop {
        while wanted.get(found.len()) == Some(&at) {
            found.push(byte);
        }
        let Some((start, c)) = characters.next() else { break };
        let c = c.ok_or(SpliceError)?;
        // A line end of two bytes is one byte of the text.
        if c == '\r' && characters.peek().is_some_and(|(_, next)| *next == Some('\n')) {
            characters.next();
        }
        let expected = source.text.get(at..).and_then(|rest| rest.chars().next());
        if expected != Some(if c == '\r' { '\n' } else { c }) {
            return Err(SpliceError);
        }
        at += if c == '\r' { 1 } else { c.len_utf8() };
        byte = characters.peek().map_or(bytes.len(), |(start, _)| *start);
        debug_assert!(byte > start);
    }
    if at == source.text.len() && found.len() == wanted.len() { Ok(found) } else { Err(SpliceError) }
}

/// Characters of a file after its byte order mark, each with its byte offset; `None` for invalid bytes.
struct Characters<'a> {
    bytes: &'a [u8],
    at: usize,
    unit: Unit,
}

#[derive(Clone, Copy)]
enum Unit {
    Utf8,
    Utf16 { little: bool },
    Gb18030,
}

impl<'a> Characters<'a> {
    fn new(bytes: &'a [u8], source: &Source) -> Self {
        let (unit, at) = match source.encoding {
            "UTF-16" => (Unit::Utf16 { little: bytes.starts_with(b"\xFF\xFE") }, 2),
            "GB 18030" => (Unit::Gb18030, 0),
            _ => (Unit::Utf8, if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 }),
        };
        Self { bytes, at, unit }
    }

    /// The next character and its length in bytes.
    fn read(&self) -> Option<(Option<char>, usize)> {
        let rest = self.bytes.get(self.at..).filter(|rest| !rest.is_empty())?;
        let first = *rest.first()?;
        Some(match self.unit {
            Unit::Utf8 => {
                let length = match first {
                    0..=0x7F => 1,
                    0x80..=0xDF => 2,
                    0xE0..=0xEF => 3,
                    0xF0..=0xFF => 4,
                };
                let text = rest.get(..length).and_then(|piece| std::str::from_utf8(piece).ok());
                (text.and_then(|text| text.chars().next()), length)
            }
            Unit::Utf16 { little } => {
                let unit = |pair: &[u8]| {
                    let pair = [pair[0], pair[1]];
                    if little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
                };
                let units: Vec<u16> = rest.chunks_exact(2).take(2).map(unit).collect();
                let c = char::decode_utf16(units).next().and_then(Result::ok);
                (c, 2 * c.map_or(1, char::len_utf16))
            }
            Unit::Gb18030 => {
                let length = match (first, rest.get(1)) {
                    (..0x81, _) => 1,
                    (_, Some(b'0'..=b'9')) => 4,
                    _ => 2,
                };
                let piece = rest.get(..length).unwrap_or(rest);
                let text = GB18030.decode_without_bom_handling_and_without_replacement(piece);
                let mut characters = text.as_deref().unwrap_or_default().chars();
                let c = characters.next().filter(|_| characters.next().is_none());
                (c, length)
            }
        })
    }
}

impl Iterator for Characters<'_> {
    type Item = (usize, Option<char>);

    fn next(&mut self) -> Option<Self::Item> {
        let (c, length) = self.read()?;
        let start = self.at;
        self.at += length;
        Some((start, c))
    }
}

/// Encodes a text like the file.
fn encoded<'t>(bytes: &[u8], source: &Source, text: &'t str) -> Cow<'t, [u8]> {
    match source.encoding {
        "UTF-16" => {
            let little = bytes.starts_with(b"\xFF\xFE");
            let unit = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            text.encode_utf16().flat_map(unit).collect::<Vec<u8>>().into()
        }
        // GB 18030 covers all of Unicode.
        "GB 18030" => GB18030.encode(text).0,
        _ => text.as_bytes().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::decode;

    /// Replaces the middle of a file in each encoding.
    #[test]
    fn replaces_one_part_and_keeps_all_other_bytes() {
        let text = "甲=\"€𠮷é\"\r\n# 注\r乙=1\n丙=2";
        let utf16 = |little: bool| {
            let unit = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect::<Vec<u8>>()
        };
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            GB18030.encode(text).0.into_owned(),
            utf16(true),
            utf16(false),
        ] {
            let source = decode("a.toml", &bytes).expect("a text");
            let at = source.text.find("乙").expect("a place");
            let end = source.text.len();
            let splices = [
                Splice { at: end, removed: 0, text: "\n尾".to_owned() },
                Splice { at, removed: "乙=1".len(), text: "乙=𠮷\n".to_owned() },
            ];
            let changed = splice(&bytes, &source, &splices).expect("the same file");
            let read = decode("a.toml", &changed).expect("a text");
            assert_eq!(read.text, "甲=\"€𠮷é\"\n# 注\n乙=𠮷\n\n丙=2\n尾");
            assert_eq!(read.encoding, source.encoding);
            let start = bytes.len() / 3;
            assert_eq!(changed[..start], bytes[..start]);
            assert_eq!(splice(&bytes, &source, &[]), Ok(bytes.clone()));
            assert_eq!(splice(b"other", &source, &splices), Err(SpliceError));
        }
    }
}
