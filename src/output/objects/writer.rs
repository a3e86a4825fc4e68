//! A new file made of some of the objects of another.

use std::collections::{BTreeMap, VecDeque};

use super::{Object, references};
use gongbao_core::digest::sha256;

/// A file in the making: objects are numbered as they are come upon.
#[derive(Default)]
pub(in crate::output) struct Writer {
    /// The new number of each old one.
    numbers: BTreeMap<u32, u32>,
    waiting: VecDeque<u32>,
    /// The finished objects by their new number.
    made: BTreeMap<u32, Vec<u8>>,
    last: u32,
}

impl Writer {
    /// The new number of an old object, which will be asked for.
    pub(in crate::output) fn refer(&mut self, old: u32) -> u32 {
        if let Some(number) = self.numbers.get(&old) {
            return *number;
        }
        self.last += 1;
        self.numbers.insert(old, self.last);
        self.waiting.push_back(old);
        self.last
    }

    /// The next object that something refers to and that is not made yet.
    pub(in crate::output) fn next(&mut self) -> Option<u32> {
        self.waiting.pop_front()
    }

    /// Puts what an old object has become.
    pub(in crate::output) fn put(&mut self, old: u32, object: Object) -> Option<()> {
        let number = *self.numbers.get(&old)?;
        let text = self.text(number, object);
        self.made.insert(number, text);
        Some(())
    }

    /// Adds an object that was not there before.
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

    /// The file.
    pub(in crate::output) fn finish(self, root: u32, info: u32) -> Vec<u8> {
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
