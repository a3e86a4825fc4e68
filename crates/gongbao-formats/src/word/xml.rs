//! XML as a tree of elements; texts are escaped when written.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

/// An element with attributes, children and text.
#[derive(Debug, Clone)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    children: Vec<Element>,
    text: String,
}

/// Creates an empty element.
pub(super) fn element(name: &'static str) -> Element {
    Element { name, attributes: Vec::new(), children: Vec::new(), text: String::new() }
}

/// Creates an element with a value: `<w:sz w:val="32"/>`.
pub(super) fn val(name: &'static str, value: impl ToString) -> Element {
    element(name).attribute("w:val", value)
}

/// Creates an element that switches off a default.
pub(super) fn off(name: &'static str) -> Element {
    val(name, 0)
}

impl Element {
    /// Adds an attribute.
    pub(super) fn attribute(mut self, name: &'static str, value: impl ToString) -> Self {
        self.attributes.push((name, legal(&value.to_string())));
        self
    }

    /// Adds a child element.
    pub(super) fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// Adds child elements.
    pub(super) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// Sets the text.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.text.push_str(&legal(text));
        self
    }

    /// Sorts the child elements into the order of the schema. Office programs regard a file with another order as damaged.
    pub(super) fn in_order_of(mut self, schema: &[&str]) -> Self {
        self.children.sort_by_key(|child| schema.iter().position(|name| *name == child.name));
        self
    }

    /// Whether the element has no children.
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

/// Writes a document with this root element.
///
/// # Errors
/// Writing to memory fails.
pub(super) fn document(root: &Element) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
    root.write(&mut writer)?;
    Ok(writer.into_inner())
}

/// Removes characters that XML does not allow (XML 1.0, 2.2). Reading refuses such characters too; a Word file that does
/// not open would be worse than a missing character.
fn legal(text: &str) -> String {
    text.chars()
        .filter(|c| match c {
            '\t' | '\n' | '\r' => true,
            '\u{FFFE}' | '\u{FFFF}' => false,
            c => *c >= ' ',
        })
        .collect()
}
