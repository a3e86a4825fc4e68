//! Markup as a tree of elements, written in one place. What is text stays text.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

/// An element with its attributes and what stands in it.
#[derive(Debug, Clone)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
    text: String,
}

/// An element of this name, empty so far.
pub(super) fn element(name: &'static str) -> Element {
    Element { name, attributes: Vec::new(), children: Vec::new(), text: String::new() }
}

/// An element that says one thing: `<w:sz w:val="32"/>`.
pub(super) fn val(name: &'static str, value: impl ToString) -> Element {
    element(name).with("w:val", value)
}

/// An element that switches something off which is on by default.
pub(super) fn off(name: &'static str) -> Element {
    val(name, 0)
}

impl Element {
    /// With one more attribute.
    pub(super) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, legal(&value.to_string())));
        self
    }

    /// With one more element in it.
    pub(super) fn holding(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// With more elements in it.
    pub(super) fn holding_all(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// With words in it.
    pub(super) fn saying(mut self, text: &str) -> Self {
        self.text.push_str(&legal(text));
        self
    }

    /// With its elements in the order of the schema: an office program takes a file for damaged whose properties stand in
    /// another one.
    pub(super) fn in_order_of(mut self, schema: &[&str]) -> Self {
        self.children.sort_by_key(|child| schema.iter().position(|name| *name == child.name));
        self
    }

    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        self.children.is_empty() && self.text.is_empty()
    }

    fn write(&self, writer: &mut Writer<Vec<u8>>) -> io::Result<()> {
        let mut start = BytesStart::new(self.name);
        for (name, value) in &self.attributes {
            start.push_attribute((*name, value.as_str()));
        }
        if self.is_empty() {
            return writer.write_event(Event::Empty(start));
        }
        writer.write_event(Event::Start(start))?;
        if !self.text.is_empty() {
            writer.write_event(Event::Text(BytesText::new(&self.text)))?;
        }
        for child in &self.children {
            child.write(writer)?;
        }
        writer.write_event(Event::End(BytesEnd::new(self.name)))
    }
}

/// A whole file with this root.
///
/// # Errors
/// None that memory does not cause.
pub(super) fn file(root: &Element) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    root.write(&mut writer)?;
    Ok(writer.into_inner())
}

/// The text without what XML cannot hold (XML 1.0, 2.2). Reading refuses such characters; a file that does not open would
/// be a high price for a way around it.
fn legal(text: &str) -> String {
    text.chars()
        .filter(|c| match c {
            '\t' | '\n' | '\r' => true,
            '\u{FFFE}' | '\u{FFFF}' => false,
            c => *c >= ' ',
        })
        .collect()
}
