//! Reads and writes the objects of a PDF as written by Typst.

mod pack;
mod token;
mod writer;

use std::{
    collections::BTreeMap,
    io::{Read, Write},
};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};

pub(super) use pack::packed;
pub(super) use token::{Kind, Token, Tokens};
pub(super) use writer::Writer;

/// Maximum size of a decompressed stream.
const MOST: u64 = 64 << 20;

/// The objects of a file with a plain cross-reference table.
pub(super) struct Objects<'a> {
    pdf: &'a [u8],
    /// Start and end of each object, by number.
    spans: BTreeMap<u32, (usize, usize)>,
    table: usize,
}

/// An object: a dictionary or another value, and its stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Object {
    value: Vec<u8>,
    stream: Option<Vec<u8>>,
}

impl<'a> Objects<'a> {
    pub(super) fn read(pdf: &'a [u8]) -> Option<Self> {
        let tail = pdf.len().checked_sub(64)?;
        let at = tail + find(pdf.get(tail..)?, b"startxref")? + b"startxref".len();
        let table: usize = text(Tokens::new(pdf.get(at..)?).next()?)?.parse().ok()?;
        let mut words = Tokens::new(pdf.get(table..)?).map_while(text);
        if words.next()? != "xref" || words.next()? != "0" {
            return None;
        }
        let count: u32 = words.next()?.parse().ok()?;
        let mut starts = BTreeMap::new();
        for number in 0..count {
            let start: usize = words.next()?.parse().ok()?;
            words.next()?;
            if words.next()? == "n" {
                starts.insert(start, number);
            }
        }
        let ends = starts.keys().skip(1).copied().chain([table]);
        let spans = starts.iter().zip(ends).map(|((start, number), end)| (*number, (*start, end))).collect();
        Some(Self { pdf, spans, table })
    }

    pub(super) fn get(&self, number: u32) -> Option<Object> {
        let (start, end) = *self.spans.get(&number)?;
        let all = self.pdf.get(start..end)?;
        let body = all.get(find(all, b" obj\n")? + b" obj\n".len()..)?;
        let last = body.windows(6).rposition(|window| window == b"endobj")?;
        let body = body.get(..last)?.trim_ascii_end();
        // A stream follows the dictionary; the keyword does not occur within the dictionary.
        let stream = Tokens::new(body).find(|token| token.kind == Kind::Word && token.text == b"stream");
        let (value, stream) = match stream {
            None => (body, None),
            Some(token) => {
                let value = body.get(..token.start)?.trim_ascii_end();
                let length: usize = number_of(value, "Length")?;
                let from = token.end + 1;
                (value, Some(body.get(from..from + length)?.to_vec()))
            }
        };
        Some(Object { value: value.to_vec(), stream })
    }

    /// Returns the trailer dictionary.
    pub(super) fn trailer(&self) -> Option<Object> {
        let rest = self.pdf.get(self.table..)?;
        let start = find(rest, b"trailer")? + b"trailer".len();
        let end = find(rest, b"startxref")?;
        Some(Object::plain(rest.get(start..end)?.trim_ascii().to_vec()))
    }
}

impl Object {
    pub(super) fn plain(value: Vec<u8>) -> Self {
        Self { value, stream: None }
    }

    /// Creates a compressed stream with these entries in its dictionary.
    pub(super) fn deflated(entries: &str, bytes: &[u8]) -> Option<Self> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(bytes).ok()?;
        let stream = encoder.finish().ok()?;
        let value = format!("<<{entries}/Length {}/Filter/FlateDecode>>", stream.len()).into_bytes();
        Some(Self { value, stream: Some(stream) })
    }

    /// Returns the bytes of the object with this number.
    fn written(&self, number: u32) -> Vec<u8> {
        let mut text = format!("{number} 0 obj\n").into_bytes();
        text.extend(&self.value);
        if let Some(stream) = &self.stream {
            text.extend(b"\nstream\n");
            text.extend(stream);
            text.extend(b"\nendstream");
        }
        text.extend(b"\nendobj\n");
        text
    }

    /// Returns the decompressed stream.
    pub(super) fn inflated(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        ZlibDecoder::new(self.stream.as_deref()?).take(MOST).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Whether the object is a colour space with an ICC profile.
    pub(super) fn is_calibrated(&self) -> bool {
        self.value.starts_with(b"[/ICCBased ")
    }

    /// Returns the entries of the dictionary, in order.
    pub(super) fn entries(&self) -> Vec<(&str, &[u8])> {
        entries(&self.value)
    }

    /// Returns the dictionary with these keys only.
    pub(super) fn only(&self, keys: &[&str]) -> Self {
        let mut value = b"<<".to_vec();
        for (key, own) in self.entries().into_iter().filter(|(key, _)| keys.contains(key)) {
            value.extend(format!("/{key} ").bytes());
            value.extend(own);
        }
        value.extend(b">>");
        Self::plain(value)
    }

    /// Returns the number of the object that a key refers to.
    pub(super) fn reference(&self, key: &str) -> Option<u32> {
        self.references(key).first().copied()
    }

    /// Returns the number of the first object that the value refers to.
    pub(super) fn first_reference(&self) -> Option<u32> {
        references(&self.value).next().map(|(number, ..)| number)
    }

    /// Returns the numbers of the objects that a key refers to.
    pub(super) fn references(&self, key: &str) -> Vec<u32> {
        let value = self.entries().into_iter().find(|(name, _)| *name == key);
        value.map(|(_, value)| references(value).map(|(number, ..)| number).collect()).unwrap_or_default()
    }

    /// Returns the number under a key.
    pub(super) fn number(&self, key: &str) -> Option<usize> {
        number_of(&self.value, key)
    }
}

/// Returns the keys and values of a dictionary.
pub(super) fn entries(dictionary: &[u8]) -> Vec<(&str, &[u8])> {
    let mut found: Vec<(&str, usize, usize)> = Vec::new();
    let mut depth = 0_usize;
    // A name is a key if the previous value is complete.
    let mut wants_key = true;
    for token in Tokens::new(dictionary) {
        match token.kind {
            Kind::Opens => {
                depth += 1;
                if depth == 1 {
                    continue;
                }
            }
            Kind::Closes => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
        let is_key = token.kind == Kind::Name && depth == 1 && wants_key;
        if is_key {
            let Ok(name) = std::str::from_utf8(token.text) else { return Vec::new() };
            found.push((name, token.end, token.end));
            wants_key = false;
        } else if let Some((.., end)) = found.last_mut() {
            *end = token.end;
            // A value may have several words (`12 0 R`); a name after a word is a key.
            wants_key = depth == 1;
        }
    }
    let value = |(key, start, end)| Some((key, dictionary.get(start..end)?.trim_ascii()));
    found.into_iter().filter_map(value).collect()
}

fn number_of(dictionary: &[u8], key: &str) -> Option<usize> {
    let (_, value) = entries(dictionary).into_iter().find(|(name, _)| *name == key)?;
    std::str::from_utf8(value).ok()?.parse().ok()
}

/// Finds each reference `N 0 R`: N, start, end.
fn references(value: &[u8]) -> impl Iterator<Item = (u32, usize, usize)> {
    let mut before: [Option<Token<'_>>; 2] = [None, None];
    Tokens::new(value).filter_map(move |token| {
        let [first, second] = before;
        before = [second, Some(token)];
        let is_mark = token.kind == Kind::Word && token.text == b"R";
        let number = text(first.filter(|_| is_mark)?)?.parse().ok()?;
        Some((number, first?.start, token.end))
    })
}

fn text(token: Token<'_>) -> Option<&str> {
    std::str::from_utf8(token.text).ok()
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
