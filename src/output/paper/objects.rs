//! The objects of a file as Typst writes it, and a new file made of some of them.

use std::{
    collections::{BTreeMap, VecDeque},
    io::{Read, Write},
};

use flate2::{Compression, read::ZlibDecoder, write::ZlibEncoder};

use super::token::{Kind, Token, Tokens};
use crate::digest::sha256;

/// No page of a report is larger, unpacked.
const MOST: u64 = 64 << 20;

/// The objects of a file with a plain cross-reference table.
pub(super) struct Objects<'a> {
    pdf: &'a [u8],
    /// Where each object begins and ends.
    spans: BTreeMap<u32, (usize, usize)>,
    table: usize,
}

/// An object: a dictionary or another value, and the stream that follows it.
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
        // The stream follows a dictionary, and the word is none of its own.
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

    /// The trailer's dictionary.
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

    /// A stream of these bytes.
    pub(super) fn deflated(bytes: &[u8]) -> Option<Self> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
        encoder.write_all(bytes).ok()?;
        let stream = encoder.finish().ok()?;
        let value = format!("<</Length {}/Filter/FlateDecode>>", stream.len()).into_bytes();
        Some(Self { value, stream: Some(stream) })
    }

    /// The bytes of its stream.
    pub(super) fn inflated(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        ZlibDecoder::new(self.stream.as_deref()?).take(MOST).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Whether it is a colour space with a profile.
    pub(super) fn is_calibrated(&self) -> bool {
        self.value.starts_with(b"[/ICCBased ")
    }

    /// The values of its dictionary, in order.
    pub(super) fn entries(&self) -> Vec<(&str, &[u8])> {
        entries(&self.value)
    }

    /// Its dictionary with these keys alone.
    pub(super) fn only(&self, keys: &[&str]) -> Self {
        let mut value = b"<<".to_vec();
        for (key, own) in self.entries().into_iter().filter(|(key, _)| keys.contains(key)) {
            value.extend(format!("/{key} ").bytes());
            value.extend(own);
        }
        value.extend(b">>");
        Self::plain(value)
    }

    /// The object that a key refers to.
    pub(super) fn reference(&self, key: &str) -> Option<u32> {
        self.references(key).first().copied()
    }

    /// The first object that it refers to anywhere.
    pub(super) fn first_reference(&self) -> Option<u32> {
        references(&self.value).next().map(|(number, ..)| number)
    }

    /// The objects that a key refers to.
    pub(super) fn references(&self, key: &str) -> Vec<u32> {
        let value = self.entries().into_iter().find(|(name, _)| *name == key);
        value.map(|(_, value)| references(value).map(|(number, ..)| number).collect()).unwrap_or_default()
    }

    /// A number that a key gives.
    pub(super) fn number(&self, key: &str) -> Option<usize> {
        number_of(&self.value, key)
    }
}

/// The keys and values of a dictionary.
pub(super) fn entries(dictionary: &[u8]) -> Vec<(&str, &[u8])> {
    let mut found: Vec<(&str, usize, usize)> = Vec::new();
    let mut depth = 0_usize;
    // A key stands where the value before it has ended.
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
            // After a first word more may follow (`12 0 R`), but a name is then a key.
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

/// Each `N 0 R`: N, where it begins and ends.
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

/// A file in the making: objects are numbered as they are come upon.
#[derive(Default)]
pub(super) struct Writer {
    /// The new number of each old one.
    numbers: BTreeMap<u32, u32>,
    waiting: VecDeque<u32>,
    /// The finished objects by their new number.
    made: BTreeMap<u32, Vec<u8>>,
    last: u32,
}

impl Writer {
    /// The new number of an old object, which will be asked for.
    pub(super) fn refer(&mut self, old: u32) -> u32 {
        if let Some(number) = self.numbers.get(&old) {
            return *number;
        }
        self.last += 1;
        self.numbers.insert(old, self.last);
        self.waiting.push_back(old);
        self.last
    }

    /// The next object that something refers to and that is not made yet.
    pub(super) fn next(&mut self) -> Option<u32> {
        self.waiting.pop_front()
    }

    /// Puts what an old object has become.
    pub(super) fn put(&mut self, old: u32, object: &Object) -> Option<()> {
        let number = *self.numbers.get(&old)?;
        let text = self.text(number, object);
        self.made.insert(number, text);
        Some(())
    }

    /// Adds an object that was not there before.
    pub(super) fn add(&mut self, object: Object) -> u32 {
        self.last += 1;
        let number = self.last;
        let text = self.text(number, &object);
        self.made.insert(number, text);
        number
    }

    fn text(&mut self, number: u32, object: &Object) -> Vec<u8> {
        let mut text = format!("{number} 0 obj\n").into_bytes();
        let mut at = 0;
        for (old, start, end) in references(&object.value) {
            text.extend(object.value.get(at..start).unwrap_or_default());
            text.extend(format!("{} 0 R", self.refer(old)).bytes());
            at = end;
        }
        text.extend(object.value.get(at..).unwrap_or_default());
        if let Some(stream) = &object.stream {
            text.extend(b"\nstream\n");
            text.extend(stream);
            text.extend(b"\nendstream");
        }
        text.extend(b"\nendobj\n");
        text
    }

    /// The file.
    pub(super) fn finish(self, root: u32, info: u32) -> Vec<u8> {
        // As ISO 32000-1, 7.5.2 has it: four bytes that no text has say that the file is none.
        let mut pdf = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.made.len() + 1);
        for object in self.made.values() {
            table += &format!("{:010} 00000 n \n", pdf.len());
            pdf.extend(object);
        }
        let id = sha256(&pdf);
        let id = id.trim_start_matches("sha256:").get(..32).unwrap_or_default().to_owned();
        let start = pdf.len();
        pdf.extend(table.bytes());
        let size = self.made.len() + 1;
        pdf.extend(
            format!(
                "trailer\n<</Size {size}/Root {root} 0 R/Info {info} 0 R/ID[<{id}><{id}>]>>\nstartxref\n{start}\n%%EOF\n"
            )
            .bytes(),
        );
        pdf
    }
}
