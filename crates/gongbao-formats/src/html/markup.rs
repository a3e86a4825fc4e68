//! Writes HTML: every word and every attribute goes through one escaping function, every element is closed.

use std::borrow::Cow;

/// Attributes of an element, each a name and a value that is still to be escaped.
pub type Attributes<'a> = [(&'a str, &'a str)];

/// HTML as it is being written.
#[derive(Debug, Default)]
pub struct Markup {
    text: String,
    open: Vec<&'static str>,
}

/// Words as HTML has them: whatever they look like, they stay words.
fn escaped(words: &str) -> Cow<'_, str> {
    quick_xml::escape::partial_escape(words)
}

/// An attribute's value as HTML has it between double quotes.
fn quoted(value: &str) -> String {
    escaped(value).replace('"', "&quot;")
}

impl Markup {
    /// Opens an element.
    pub fn open(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        self.start(tag, attributes);
        self.open.push(tag);
    }

    /// Closes the element that was opened last.
    pub fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.text += "</";
            self.text += tag;
            self.text.push('>');
        }
    }

    /// An element that has no content: `meta`, `link`, `col`, `br`, `wbr`.
    pub fn void(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        self.start(tag, attributes);
    }

    /// An element that holds words alone.
    pub fn element(&mut self, tag: &'static str, attributes: &Attributes<'_>, words: &str) {
        self.open(tag, attributes);
        self.words(words);
        self.close();
    }

    /// Words.
    pub fn words(&mut self, words: &str) {
        self.text += &escaped(words);
    }

    /// A line end between blocks, for whoever reads the source.
    pub fn line(&mut self) {
        self.text.push('\n');
    }

    /// A style sheet. Of all that is written here this alone is not escaped, since HTML reads `style` as raw
    /// text; it is made of the program's own words and of numbers.
    pub fn style(&mut self, css: &str) {
        self.open("style", &[]);
        self.text += css;
        self.close();
    }

    /// The finished HTML, with what is still open closed.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.line();
        self.text
    }

    /// HTML that begins with the document type.
    pub fn document() -> Self {
        Self { text: "<!DOCTYPE html>\n".to_owned(), open: Vec::new() }
    }

    fn start(&mut self, tag: &str, attributes: &Attributes<'_>) {
        self.text.push('<');
        self.text += tag;
        for (name, value) in attributes {
            self.text.push(' ');
            self.text += name;
            self.text += "=\"";
            self.text += &quoted(value);
            self.text.push('"');
        }
        self.text.push('>');
    }
}

/// A file's name as a relative address: everything that an address could read otherwise (`:`, `#`, `?`, `%`,
/// spaces, hanzi) in its bytes.
pub fn relative_address(name: &str) -> String {
    let mut address = String::with_capacity(name.len());
    for byte in name.bytes() {
        push(&mut address, byte, byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    }
    address
}

/// An address that stands in a text, with what an address must not hold in its bytes.
pub fn legal_address(address: &str) -> String {
    let bytes = address.as_bytes();
    let is_hex = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_hexdigit);
    let mut fragment = false;
    let mut legal = String::with_capacity(address.len());
    for (at, &byte) in bytes.iter().enumerate() {
        let allowed = match byte {
            b'%' => is_hex(at + 1) && is_hex(at + 2),
            b'#' => !std::mem::replace(&mut fragment, true),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
        };
        push(&mut legal, byte, allowed);
    }
    legal
}

fn push(address: &mut String, byte: u8, as_it_is: bool) {
    use std::fmt::Write;
    if as_it_is {
        address.push(char::from(byte));
    } else {
        // Writing into a string cannot fail.
        let _ = write!(address, "%{byte:02X}");
    }
}

/// A file's size as people say it: 213 KB, 1.4 MB.
pub fn size(bytes: usize) -> String {
    let tenths = (bytes * 10).div_ceil(1 << 20);
    if bytes < 1 << 20 {
        format!("{} KB", bytes.div_ceil(1 << 10).max(1))
    } else {
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use super::{legal_address, relative_address, size};

    #[test]
    fn sizes_are_said_as_people_say_them() {
        assert_eq!([0, 1, 1024, 1025, 218_000].map(size), ["1 KB", "1 KB", "1 KB", "2 KB", "213 KB"]);
        assert_eq!([1 << 20, 1_468_006].map(size), ["1.0 MB", "1.4 MB"]);
    }

    #[test]
    fn an_address_of_a_text_is_made_legal_and_no_other_one() {
        assert_eq!(legal_address("http://a.cn/<x>?b=c%20d%#e#f"), "http://a.cn/%3Cx%3E?b=c%20d%25#e%23f");
        assert_eq!(legal_address("mailto:a@b.cn"), "mailto:a@b.cn");
    }

    #[test]
    fn a_name_is_never_read_as_an_address_of_another_kind() {
        assert_eq!(relative_address("a:b#c?d%.pdf"), "a%3Ab%23c%3Fd%25.pdf");
        assert_eq!(relative_address("民政局 1.pdf"), "%E6%B0%91%E6%94%BF%E5%B1%80%201.pdf");
    }
}
