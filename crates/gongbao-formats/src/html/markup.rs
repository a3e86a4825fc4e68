//! HTML writer: all texts and attributes are escaped, all elements are closed.

use std::borrow::Cow;

/// Attributes of an element: names and unescaped values.
pub type Attributes<'a> = [(&'a str, &'a str)];

/// An HTML writer.
#[derive(Debug, Default)]
pub struct Markup {
    text: String,
    open: Vec<&'static str>,
}

/// Escapes a text.
fn escaped(words: &str) -> Cow<'_, str> {
    quick_xml::escape::partial_escape(words)
}

/// Escapes an attribute's value for double quotes.
fn quoted(value: &str) -> String {
    escaped(value).replace('"', "&quot;")
}

impl Markup {
    /// Opens an element.
    pub fn open(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        self.start(tag, attributes);
        self.open.push(tag);
    }

    /// Closes the innermost open element.
    pub fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.text += "</";
            self.text += tag;
            self.text.push('>');
        }
    }

    /// Writes an element without content: `meta`, `link`, `col`, `br`, `wbr`.
    pub fn void(&mut self, tag: &'static str, attributes: &Attributes<'_>) {
        self.start(tag, attributes);
    }

    /// Writes an element that contains text only.
    pub fn element(&mut self, tag: &'static str, attributes: &Attributes<'_>, words: &str) {
        self.open(tag, attributes);
        self.words(words);
        self.close();
    }

    /// Writes text.
    pub fn words(&mut self, words: &str) {
        self.text += &escaped(words);
    }

    /// Writes a line end between blocks, for readability of the source.
    pub fn line(&mut self) {
        self.text.push('\n');
    }

    /// Writes a style sheet, unescaped, since HTML reads `style` as raw text. It consists of the program's own words and
    /// numbers.
    pub fn style(&mut self, css: &str) {
        self.open("style", &[]);
        self.text += css;
        self.close();
    }

    /// Closes all open elements and returns the HTML.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.line();
        self.text
    }

    /// Starts a document with its document type.
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

/// A file name as a relative URL; characters with a meaning in URLs (`:`, `#`, `?`, `%`), spaces and non-ASCII characters
/// are percent-encoded.
pub fn relative_address(name: &str) -> String {
    let mut address = String::with_capacity(name.len());
    for byte in name.bytes() {
        push(&mut address, byte, byte.is_ascii_alphanumeric() || b"-._~".contains(&byte));
    }
    address
}

/// A URL from a text; characters that are not allowed in URLs are percent-encoded.
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
        // Writing to a string cannot fail.
        let _ = write!(address, "%{byte:02X}");
    }
}

/// Size of a file in words: 213 KB, 1.4 MB.
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
    fn sizes_have_common_units() {
        assert_eq!([0, 1, 1024, 1025, 218_000].map(size), ["1 KB", "1 KB", "1 KB", "2 KB", "213 KB"]);
        assert_eq!([1 << 20, 1_468_006].map(size), ["1.0 MB", "1.4 MB"]);
    }

    #[test]
    fn invalid_characters_of_an_address_are_encoded() {
        assert_eq!(legal_address("http://a.cn/<x>?b=c%20d%#e#f"), "http://a.cn/%3Cx%3E?b=c%20d%25#e%23f");
        assert_eq!(legal_address("mailto:a@b.cn"), "mailto:a@b.cn");
    }

    #[test]
    fn file_names_become_relative_addresses() {
        assert_eq!(relative_address("a:b#c?d%.pdf"), "a%3Ab%23c%3Fd%25.pdf");
        assert_eq!(relative_address("民政局 1.pdf"), "%E6%B0%91%E6%94%BF%E5%B1%80%201.pdf");
    }
}
