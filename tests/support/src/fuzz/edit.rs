//! Changes of a text or of bytes.

use proptest::{
    prelude::{Strategy, any},
    strategy::BoxedStrategy,
};

/// One change; what its numbers mean depends on the input that it is applied to.
#[derive(Debug, Clone, Copy)]
pub struct Edit {
    /// Kind of change.
    kind: u8,
    /// Place of the change.
    at: u32,
    /// What is put there, or how much is taken.
    what: u32,
}

/// Numbers at which readers err.
const NUMBERS: [&str; 16] = [
    "0",
    "-1",
    "1",
    "9",
    "255",
    "65536",
    "999999999999",
    "4294967295",
    "4294967296",
    "18446744073709551615",
    "1e999",
    "0.1",
    "1.0",
    "-0",
    "00",
    "１２",
];

/// Characters with a meaning in some format, and those that readers normalise or refuse.
const PIECES: [&str; 40] = [
    "\"",
    "'",
    "\\",
    "{",
    "}",
    "[",
    "]",
    "<",
    ">",
    "(",
    ")",
    "&",
    ";",
    ":",
    "=",
    ",",
    "#",
    "/",
    "\n",
    "\r\n",
    "\t",
    "\0",
    "\u{1b}",
    "\u{feff}",
    "\u{202e}",
    "\u{e000}",
    "\u{10ffff}",
    "\u{3000}",
    "{{",
    "}}",
    "\"\"\"",
    "'''",
    "---",
    "&a ",
    "*a",
    "<!--",
    "]]>",
    "（一）",
    "。",
    "𠮷",
];

/// Bytes at which readers of binary formats err.
const BYTES: [u8; 8] = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF, b'<', b'0'];

impl Edit {
    /// Any edit; simpler ones have smaller numbers.
    pub fn any() -> BoxedStrategy<Self> {
        (any::<u8>(), any::<u32>(), any::<u32>()).prop_map(|(kind, at, what)| Self { kind, at, what }).boxed()
    }

    /// A number below `limit` by the place of the change.
    fn place(self, limit: usize) -> usize {
        index(self.at, limit)
    }

    /// A number below `limit` by what is put there.
    fn choice(self, limit: usize) -> usize {
        index(self.what, limit)
    }

    /// The edit with another place: for the parts of a package.
    pub(super) fn part(self, parts: usize) -> (usize, Self) {
        let part = index(self.at, parts);
        (part, Self { at: self.at.rotate_left(16).wrapping_mul(0x9E37_79B9), ..self })
    }
}

fn index(number: u32, limit: usize) -> usize {
    if limit == 0 { 0 } else { usize::try_from(number).unwrap_or(0) % limit }
}

/// Applies edits to an input. `other` is another sample, from which pieces are taken; `words` are words of the format.
pub fn edited(input: &[u8], other: &[u8], edits: &[Edit], words: &[&str], is_binary: bool) -> Vec<u8> {
    let mut bytes = input.to_vec();
    for edit in edits {
        if is_binary && edit.kind % 8 < 7 {
            binary(&mut bytes, other, *edit);
        } else if edit.kind % 32 == 31 {
            // Now and then a text is broken as bytes, too.
            binary(&mut bytes, other, *edit);
        } else {
            text(&mut bytes, other, *edit, words);
        }
    }
    bytes
}

/// Changes a text by a token.
fn text(bytes: &mut Vec<u8>, other: &[u8], edit: Edit, words: &[&str]) {
    let mut tokens = tokens(bytes);
    // Most changes are made to words and numbers: a text with a broken bracket does not get past its parser.
    if edit.kind & 0xC0 != 0 {
        let is_value = |range: &std::ops::Range<usize>| {
            bytes.get(range.start).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80)
        };
        let values: Vec<_> = tokens.iter().filter(|range| is_value(range)).cloned().collect();
        if !values.is_empty() {
            tokens = values;
        }
    }
    let Some(chosen) = tokens.get(edit.place(tokens.len())).cloned() else {
        bytes.extend_from_slice(PIECES[edit.choice(PIECES.len())].as_bytes());
        return;
    };
    let replacement: Vec<u8> = match edit.kind % 13 {
        // A token is left out.
        0 => Vec::new(),
        // It stands there twice.
        1 => bytes[chosen.clone()].repeat(2),
        // Another token of the same text stands there.
        2 => bytes[tokens[edit.choice(tokens.len())].clone()].to_vec(),
        // A token of another sample stands there.
        3 | 4 => {
            let theirs = self::tokens(other);
            // Of the same kind, so that a word stands for a word.
            let like =
                |range: &&std::ops::Range<usize>| class(other[range.start]) == class(bytes[chosen.start]);
            let theirs: Vec<_> = theirs.iter().filter(like).collect();
            theirs
                .get(edit.choice(theirs.len()))
                .map(|range| other[(*range).clone()].to_vec())
                .unwrap_or_default()
        }
        // A number.
        5 | 6 => NUMBERS[edit.choice(NUMBERS.len())].as_bytes().to_vec(),
        // A character with a meaning, in its place or before it.
        7 => PIECES[edit.choice(PIECES.len())].as_bytes().to_vec(),
        8 => [PIECES[edit.choice(PIECES.len())].as_bytes(), &bytes[chosen.clone()]].concat(),
        // A word of the format, in its place or before it.
        9 if !words.is_empty() => words[edit.choice(words.len())].as_bytes().to_vec(),
        10 if !words.is_empty() => {
            [words[edit.choice(words.len())].as_bytes(), &bytes[chosen.clone()]].concat()
        }
        // Many of it.
        11 => bytes[chosen.clone()].repeat(1 + edit.choice(300)),
        // The rest of the line is left out, or a run of tokens moves.
        _ => {
            let end = bytes[chosen.start..]
                .iter()
                .position(|byte| *byte == b'\n')
                .map_or(bytes.len(), |at| chosen.start + at + 1);
            let line = bytes[chosen.start..end].to_vec();
            bytes.drain(chosen.start..end);
            if edit.what.is_multiple_of(2) {
                let to = edit.choice(bytes.len() + 1);
                bytes.splice(to..to, line);
            }
            return;
        }
    };
    bytes.splice(chosen, replacement);
}

/// Changes bytes.
fn binary(bytes: &mut Vec<u8>, other: &[u8], edit: Edit) {
    let at = edit.place(bytes.len().max(1));
    let Some(byte) = bytes.get_mut(at) else {
        bytes.push(BYTES[edit.choice(BYTES.len())]);
        return;
    };
    match edit.kind % 9 {
        0 => *byte ^= 1 << (edit.what % 8),
        1 => *byte = BYTES[edit.choice(BYTES.len())],
        // A number of two or four bytes, as lengths and places are.
        2 | 3 => put(
            bytes,
            at & !1,
            &u16::to_le_bytes([0, 1, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF][edit.choice(8)]),
        ),
        4 => put(
            bytes,
            at & !3,
            &[0_u32, 1, 0xFF_FFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x1000]
                [edit.choice(8)]
            .to_le_bytes(),
        ),
        5 => {
            bytes.truncate(at);
        }
        6 => {
            let end = (at + 1 + edit.choice(64)).min(bytes.len());
            bytes.drain(at..end);
        }
        7 => {
            let end = (at + 1 + edit.choice(64)).min(bytes.len());
            let piece = bytes[at..end].to_vec();
            bytes.splice(at..at, piece);
        }
        _ => {
            let from = edit.choice(other.len().max(1));
            let piece: Vec<u8> = other.iter().skip(from).take(64).copied().collect();
            let end = (at + piece.len()).min(bytes.len());
            bytes.splice(at..end, piece);
        }
    }
}

fn put(bytes: &mut [u8], at: usize, number: &[u8]) {
    for (byte, new) in bytes.iter_mut().skip(at).zip(number) {
        *byte = *new;
    }
}

/// The kind of token that a byte belongs to; 0 for a mark, which is a token of its own.
fn class(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => 1,
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => 2,
        b' ' | b'\t' => 3,
        0x80.. => 4,
        _ => 0,
    }
}

/// The tokens of a text: words, numbers, runs of spaces, single marks. Invalid UTF-8 is a token of one byte.
fn tokens(bytes: &[u8]) -> Vec<std::ops::Range<usize>> {
    let mut tokens = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let kind = class(bytes[start]);
        let mut end = start + 1;
        // Runs of hanzi are cut, so that a paragraph is not one token.
        while end < bytes.len() && kind != 0 && class(bytes[end]) == kind && (kind != 4 || end - start < 12) {
            end += 1;
        }
        tokens.push(start..end);
        start = end;
    }
    tokens
}
