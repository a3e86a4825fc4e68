//! XML parts of Office files as trees of elements.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{ImportError, damaged};

/// An element with its content.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Name without prefix.
    pub(super) name: String,
    /// Attributes by names without prefix.
    attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

/// Maximum nesting of elements.
const DEEPEST: usize = 200;
/// Maximum number of elements; a report of a hundred pages has some hundred thousand.
const MOST_NODES: usize = 1_000_000;

impl Element {
    /// Attribute by name without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Child elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// First child element with this name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.name == name)
    }

    /// Attribute `val` of a child element; most settings of Word are written like this.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Whether a setting is present and not switched off.
    pub(super) fn is_on(&self, name: &str) -> bool {
        self.child(name).is_some_and(|child| !matches!(child.attribute("val"), Some("0" | "false" | "off")))
    }
}

/// Parses a part. Entities other than XML's own are dropped, never expanded. A document type, which Office files do not
/// have, is refused.
///
/// # Errors
/// The part is not well-formed, or exceeds a limit.
pub(super) fn parse(bytes: &[u8]) -> Result<Element, ImportError> {
    let text = decode(bytes).ok_or_else(damaged)?;
    let mut reader = Reader::from_str(&text);
    let mut open = vec![Element::default()];
    let mut nodes = 0;
    loop {
        let event = reader.read_event().map_err(|_| damaged())?;
        nodes += 1;
        if nodes > MOST_NODES || open.len() > DEEPEST {
            return Err(ImportError::new(
                "文件的结构异常：层次太深或内容太多",
                "请用Word、WPS打开，另存一份再试",
            ));
        }
        let Some(parent) = open.last_mut() else { return Err(damaged()) };
        match event {
            Event::Start(tag) => open.push(element(&tag)?),
            Event::Empty(tag) => {
                let element = element(&tag)?;
                parent.children.push(Node::Element(element));
            }
            Event::End(_) => {
                let Some(done) = open.pop() else { return Err(damaged()) };
                let Some(parent) = open.last_mut() else { return Err(damaged()) };
                parent.children.push(Node::Element(done));
            }
            Event::Text(text) => put(parent, &text.xml10_content()),
            Event::CData(text) => put(parent, &text.xml10_content()),
            Event::GeneralRef(entity) => {
                let known = match &*entity {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => entity.resolve_char_ref().map_err(|_| damaged())?,
                };
                if let Some(c) = known {
                    put(parent, c.encode_utf8(&mut [0; 4]));
                }
            }
            Event::DocType(_) => {
                return Err(ImportError::new(
                    "文件里有Office文件不该有的文档类型声明",
                    "请用Word、WPS打开，另存一份再试",
                ));
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match (open.pop(), open.is_empty()) {
        (Some(root), true) => Ok(root),
        _ => Err(damaged()),
    }
}

fn element(tag: &BytesStart<'_>) -> Result<Element, ImportError> {
    let name = tag.local_name().as_ref().to_owned();
    let mut attributes = Vec::new();
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| damaged())?;
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|_| damaged())?;
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element { name, attributes, children: Vec::new() })
}

/// Adds text, joined to text before it.
fn put(parent: &mut Element, text: &str) {
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => parent.children.push(Node::Text(text.to_owned())),
    }
}

/// Decodes UTF-8, or UTF-16 with a byte order mark.
fn decode(bytes: &[u8]) -> Option<std::borrow::Cow<'_, str>> {
    let (encoding, mark) = encoding_rs::Encoding::for_bom(bytes).unwrap_or((encoding_rs::UTF_8, 0));
    encoding.decode_without_bom_handling_and_without_replacement(bytes.get(mark..)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_text_and_attributes() {
        let root = parse(
            "<?xml version='1.0'?><w:a w:val='x&lt;'><w:b/>甲&amp;&#x4E59;<![CDATA[<丙>]]></w:a>".as_bytes(),
        );
        let root = root.expect("well-formed");
        let a = root.child("a").expect("a");
        assert_eq!(a.attribute("val"), Some("x<"));
        assert!(a.is_on("b"));
        assert!(matches!(&a.children[1], Node::Text(text) if text == "甲&乙<丙>"));
    }

    #[test]
    fn refuses_document_types_and_deep_nesting() {
        let deep = "<a>".repeat(100_000);
        let lol = "<!DOCTYPE a [<!ENTITY b 'bbbb'>]><a>&b;</a>";
        for text in [deep.as_str(), lol, "<a>", "<a></b>", "a < b"] {
            assert!(parse(text.as_bytes()).is_err() || text == "a < b", "{}", &text[..5]);
        }
        assert!(
            parse(b"<a>&unknown;</a>").expect("dropped").child("a").is_some_and(|a| a.children.is_empty())
        );
    }
}
