//! Writes a new file from some of the objects of another file.

use std::collections::{BTreeMap, VecDeque};

use super::{Object, references};
use gongbao_core::digest::sha256;

/// The new file. Objects are numbered in the order in which they are first referred to.
#[derive(Default)]
pub(in crate::output) struct Writer {
    /// New numbers by old numbers.
    numbers: BTreeMap<u32, u32>,
    waiting: VecDeque<u32>,
    /// The written objects, by new number.
    made: BTreeMap<u32, Vec<u8>>,
    last: u32,
}

impl Writer {
    /// Returns the new number of an object and queues the object if it is new.
    pub(in crate::output) fn refer(&mut self, old: u32) -> u32 {
        if let Some(number) = self.numbers.get(&old) {
            return *number;
        }
        self.last += 1;
        self.numbers.insert(old, self.last);
        self.waiting.push_back(old);
        self.last
    }

    /// Returns the old number of the next queued object.
    pub(in crate::output) fn next(&mut self) -> Option<u32> {
        self.waiting.pop_front()
    }

    /// Adds the new version of an old object.
    pub(in crate::output) fn put(&mut self, old: u32, object: Object) -> Option<()> {
        let number = *self.numbers.get(&old)?;
        let text = self.text(number, object);
        self.made.insert(number, text);
        Some(())
    }

    /// Adds a new object and returns its number.
    pub(in crate::output) fn add(&mut self, object: Object) -> u32 {
        self.last += 1;
        let number = self.last;
        let text = self.text(number, object);
        self.made.insert(number, text);
        number
    }

    fn text(&mut self, number: u32, object: Object) -> Vec<u8> {
        let mut value = Vec::with_capacity(object.value.len());
        let mut at = 0;
        for (old, start, end) in references(&object.value) {
            value.extend(object.value.get(at..start).unwrap_or_default());
            value.extend(format!("{} 0 R", self.refer(old)).bytes());
            at = end;
        }
        value.extend(object.value.get(at..).unwrap_or_default());
        Object { value, stream: object.stream }.written(number)
    }

    /// Returns the bytes of the file. Its identifier is made of `origin`, which must differ if the contents do.
    pub(in crate::output) fn finish(self, root: u32, info: u32, origin: &[u8]) -> Vec<u8> {
        // Four bytes above 127 in a comment mark the file as binary (ISO 32000-1, 7.5.2).
        let mut pdf = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.made.len() + 1);
        for object in self.made.values() {
            table += &format!("{:010} 00000 n \n", pdf.len());
            pdf.extend(object);
        }
        let id = sha256(origin);
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
