//! Reads and writes the objects of a PDF as written by Typst.

mod pack;
mod token;
mod writer;

use std::{borrow::Cow, collections::BTreeMap, io::Read};

use flate2::read::ZlibDecoder;
use libdeflater::{CompressionLvl, Compressor};

pub(super) use pack::packed;
pub(super) use token::{Kind, Token, Tokens};
pub(super) use writer::Writer;

/// Maximum size of a decompressed stream.
const MOST: u64 = 64 << 20;

/// The objects of a file with a plain cross-reference table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Objects<'a> {
    pdf: Cow<'a, [u8]>,
    /// Start and end of each object, by number.
    spans: BTreeMap<u32, (usize, usize)>,
    /// Where the first object starts.
    header: usize,
    trailer: Object,
    /// Objects in place of those of the file.
    replaced: BTreeMap<u32, Object>,
}

/// An object: a dictionary or another value, and its stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Object {
    value: Vec<u8>,
    stream: Option<Vec<u8>>,
}

impl<'a> Objects<'a> {
    pub(super) fn read(pdf: impl Into<Cow<'a, [u8]>>) -> Option<Self> {
        let pdf = pdf.into();
        let tail = pdf.len().checked_sub(64)?;
        let at = tail + find(pdf.get(tail..)?, b"startxref")? + b"startxref".len();
        let table: usize = text(Tokens::new(pdf.get(at..)?).next()?)?.parse().ok()?;
        let rest = pdf.get(table..)?.strip_prefix(b"xref\n0 ")?;
        let line = rest.iter().position(|byte| *byte == b'\n')?;
        let count: u32 = std::str::from_utf8(rest.get(..line)?).ok()?.trim_ascii().parse().ok()?;
        let mut starts = BTreeMap::new();
        // Each entry has 20 bytes: the offset of ten digits, the generation of five, the kind (ISO 32000-1, 7.5.4).
        for (number, entry) in (0..count).zip(rest.get(line + 1..)?.chunks_exact(20)) {
            if entry.get(17) == Some(&b'n') {
                let offset = std::str::from_utf8(entry.get(..10)?).ok()?;
                starts.insert(offset.parse::<usize>().ok()?, number);
            }
        }
        let ends = starts.keys().skip(1).copied().chain([table]);
        let spans = starts.iter().zip(ends).map(|((start, number), end)| (*number, (*start, end))).collect();
        let rest = pdf.get(table..)?;
        let start = find(rest, b"trailer")? + b"trailer".len();
        let end = find(rest, b"startxref")?;
        let trailer = Object::plain(rest.get(start..end)?.trim_ascii().to_vec());
        let header = *starts.keys().next()?;
        Some(Self { pdf, spans, header, trailer, replaced: BTreeMap::new() })
    }

    /// Returns the numbers of the objects whose dictionary starts with these entries, as Typst writes them.
    pub(super) fn of_type(&self, entries: &str) -> Vec<u32> {
        let starts = |(start, end): &(usize, usize)| {
            let body = self.pdf.get(*start..*end)?;
            let body = body.get(body.iter().position(|byte| *byte == b'\n')? + 1..)?;
            Some(body.strip_prefix(b"<<")?.starts_with(entries.as_bytes()))
        };
        let found = self.spans.iter().filter(|(_, span)| starts(span) == Some(true));
        found.map(|(number, _)| *number).collect()
    }

    /// Puts another object in place of one of the file.
    pub(super) fn replace(&mut self, number: u32, object: Object) {
        self.replaced.insert(number, object);
    }

    /// Returns the bytes of an object with its number.
    fn written(&self, number: u32) -> Option<Cow<'_, [u8]>> {
        if let Some(object) = self.replaced.get(&number) {
            return Some(object.written(number).into());
        }
        let (start, end) = *self.spans.get(&number)?;
        Some(self.pdf.get(start..end)?.into())
    }

    /// Returns the file with a plain cross-reference table and all objects under their numbers.
    pub(super) fn file(&self) -> Vec<u8> {
        let mut made = self.pdf.get(..self.header).unwrap_or_default().to_vec();
        let size = self.spans.keys().last().map_or(1, |last| last + 1);
        let mut table = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for number in 1..size {
            match self.written(number) {
                Some(object) => {
                    table += &format!("{:010} 00000 n \n", made.len());
                    made.extend_from_slice(&object);
                }
                // An unused number is a free entry.
                None => table += "0000000000 65535 f \n",
            }
        }
        let start = made.len();
        made.extend(table.bytes());
        made.extend(b"trailer\n");
        made.extend(&self.trailer.value);
        made.extend(format!("\nstartxref\n{start}\n%%EOF\n").bytes());
        made
    }

    pub(super) fn get(&self, number: u32) -> Option<Object> {
        if let Some(object) = self.replaced.get(&number) {
            return Some(object.clone());
        }
        let (start, end) = *self.spans.get(&number)?;
        let all = self.pdf.get(start..end)?;
        let body = all.get(find(all, b" obj\n")? + b" obj\n".len()..)?;
        let body = body.trim_ascii_end().strip_suffix(b"endobj")?.trim_ascii_end();
        let (value, stream) = match body.ends_with(b"endstream") {
            false => (body, None),
            true => {
                // A stream follows the dictionary; the keyword does not occur within the dictionary.
                let is_stream = |token: &Token<'_>| token.kind == Kind::Word && token.text == b"stream";
                let token = Tokens::new(body).find(is_stream)?;
                let value = body.get(..token.start)?.trim_ascii_end();
                let length: usize = number_of(value, "Length")?;
                let from = token.end + 1;
                (value, Some(body.get(from..from + length)?.to_vec()))
            }
        };
        Some(Object { value: value.to_vec(), stream })
    }

    /// Returns the trailer dictionary.
    pub(super) fn trailer(&self) -> &Object {
        &self.trailer
    }
}

impl Object {
    pub(super) fn plain(value: Vec<u8>) -> Self {
        Self { value, stream: None }
    }

    /// Creates a compressed stream with these entries in its dictionary.
    pub(super) fn deflated(entries: &str, bytes: &[u8], level: i32) -> Option<Self> {
        let stream = deflated(bytes, level)?;
        let value = format!("<<{entries}/Length {}/Filter/FlateDecode>>", stream.len()).into_bytes();
        Some(Self { value, stream: Some(stream) })
    }

    /// Returns a stream of outlines with other contents and otherwise the same dictionary.
    pub(super) fn refilled(&self, bytes: &[u8]) -> Option<Self> {
        let stream = deflated(bytes, FAST)?;
        let mut value = format!("<</Length {}", stream.len()).into_bytes();
        for (key, own) in self.entries().into_iter().filter(|(key, _)| *key != "Length") {
            value.extend(format!("/{key} ").bytes());
            value.extend(own);
        }
        value.extend(b">>");
        Some(Self { value, stream: Some(stream) })
    }

    /// Returns the dictionary with another value under a key.
    pub(super) fn with(&self, key: &str, value: &str) -> Self {
        let mut made = b"<<".to_vec();
        for (own, old) in self.entries() {
            made.extend(format!("/{own} ").bytes());
            made.extend(if own == key { value.as_bytes() } else { old });
        }
        made.extend(b">>");
        Self { value: made, stream: self.stream.clone() }
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

    /// Returns the value under a key.
    pub(super) fn entry(&self, key: &str) -> Option<&[u8]> {
        self.entries().into_iter().find(|(own, _)| *own == key).map(|(_, value)| value)
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

/// Level of compression of structure elements and tables.
pub(super) const SMALL: i32 = 6;

/// Level of compression of outlines, which it packs as small as level 6 of zlib in a quarter of the instructions
/// (docs/performance.md), and of what goes to a printer.
pub(super) const FAST: i32 = 1;

/// Compresses in the format of zlib.
fn deflated(bytes: &[u8], level: i32) -> Option<Vec<u8>> {
    let mut compressor = Compressor::new(CompressionLvl::new(level).ok()?);
    let mut made = vec![0; compressor.zlib_compress_bound(bytes.len())];
    let length = compressor.zlib_compress(bytes, &mut made).ok()?;
    made.truncate(length);
    Some(made)
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
