//! YAML parser: one document, plain values, no anchors.

mod place;
mod scalar;
mod wording;

use std::{mem, ops::Range, sync::Arc};

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use self::place::Places;
use super::{Key, Node, Source, Value, depth, duplicate::Duplicate, error::unreadable};
use crate::finding::Finding;

/// Parses a YAML stream of one document.
///
/// # Errors
/// The first syntax error, or all duplicate keys.
pub(super) fn parse(source: &Arc<Source>) -> Result<Node, Vec<Finding>> {
    let mut reader = Reader {
        source,
        places: Places::new(&source.text),
        open: Vec::new(),
        root: None,
        documents: 0,
        duplicates: Vec::new(),
    };
    let mut parser = Parser::new_from_str(&source.text);
    while let Some(event) = parser.next_event() {
        let read = match event {
            Ok((event, span)) => reader.event(event, span),
            Err(error) => Err(Box::new(wording::finding(source, &error, &mut reader.places))),
        };
        read.map_err(|finding| vec![*finding])?;
    }
    let Some(root) = reader.root else {
        return Err(vec![unreadable(source, 0..0, "文件里没有内容").hint("请检查文件是否保存成功")]);
    };
    if let Value::Text(_) = root.value {
        return Err(vec![wording::no_keys(source, root.span)]);
    }
    if reader.duplicates.is_empty() { Ok(root) } else { Err(Duplicate::findings(source, reader.duplicates)) }
}

struct Reader<'a> {
    source: &'a Arc<Source>,
    places: Places<'a>,
    /// Lists and tables that are still open, outermost first.
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    duplicates: Vec<Duplicate>,
}

/// An open list or table.
struct Open {
    start: usize,
    collection: Collection,
}

enum Collection {
    List(Vec<Node>),
    Table(Vec<(Key, Node)>, Option<Key>),
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Box<Finding>> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    let finding = self.refuse(span, "文件里有不止一份YAML文档（由 --- 分开）");
                    return Err(Box::new(
                        finding.hint("一个文件只写一份报告，请拆成几个文件，或者删去多余的 --- 行"),
                    ));
                }
            }
            Event::Alias(_) => {
                let finding = self.refuse(span, "这里用了YAML的引用写法（*名称），本程序不接受");
                let hint = "请把被引用的内容照写一遍；如果星号是正文的一部分，请把整段文字用引号括起来";
                return Err(Box::new(finding.hint(hint)));
            }
            Event::Scalar(text, style, _, tag) => {
                let start = self.places.byte(span.start);
                let span = self.places.scalar(span, style);
                let kind = self.kind(tag.as_deref(), &(start..span.end))?;
                self.scalar(&text, style, kind, span)?;
            }
            Event::SequenceStart(_, tag) => {
                self.open(span, tag.as_deref(), Collection::List(Vec::new()), "seq")?
            }
            Event::MappingStart(_, tag) => {
                self.open(span, tag.as_deref(), Collection::Table(Vec::new(), None), "map")?
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | Event::Nothing => {}
        }
        Ok(())
    }

    /// Handles a scalar: a value or a key.
    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        kind: Option<&str>,
        span: Range<usize>,
    ) -> Result<(), Box<Finding>> {
        let plain = style == ScalarStyle::Plain;
        if let Some(Open { collection: Collection::Table(_, key @ None), .. }) = self.open.last_mut() {
            if plain && text == "<<" {
                let finding = unreadable(self.source, span, "这里用了YAML的合并写法（<<），本程序不接受");
                return Err(Box::new(finding.hint("请把要合并的内容照写一遍")));
            }
            let is_text = !plain || kind == Some("str") || matches!(scalar::resolve(text), Value::Text(_));
            if !is_text {
                let message = match text {
                    "" => "冒号前面缺少名称".to_owned(),
                    text => format!("冒号前面的名称必须是文字，不能是“{text}”"),
                };
                let finding = unreadable(self.source, span, message);
                return Err(Box::new(
                    finding.hint("请对照数据格式说明改正名称；名称确是数字的，请用引号括起来"),
                ));
            }
            *key = Some(Key { name: text.to_owned(), span });
            return Ok(());
        }
        let value = match kind {
            None if plain => scalar::resolve(text),
            None | Some("str") => Value::Text(text.to_owned()),
            Some(kind) => match scalar::resolve_as(text, kind) {
                Some(value) => value,
                None => {
                    let finding =
                        unreadable(self.source, span, format!("内容与前面的类型标签 !!{kind} 不符"));
                    return Err(Box::new(finding.hint("请删去类型标签")));
                }
            },
        };
        self.put(Node { value, span });
        Ok(())
    }

    /// Type that a tag names, one of the core schema's.
    fn kind<'t>(&self, tag: Option<&'t Tag>, span: &Range<usize>) -> Result<Option<&'t str>, Box<Finding>> {
        match tag {
            None => Ok(None),
            Some(tag) if tag.is_yaml_core_schema() && scalar::KINDS.contains(&tag.suffix.as_str()) => {
                Ok(Some(tag.suffix.as_str()))
            }
            Some(_) => {
                let finding =
                    unreadable(self.source, span.clone(), "这里用了YAML的类型标签（!），本程序不接受");
                Err(Box::new(finding.hint("请删去标签；如果感叹号是正文的一部分，请把整段文字用引号括起来")))
            }
        }
    }

    /// Opens a list or a table.
    fn open(
        &mut self,
        span: Span,
        tag: Option<&Tag>,
        collection: Collection,
        kind: &str,
    ) -> Result<(), Box<Finding>> {
        let start = self.places.value_start(span);
        let place = start..start + 1;
        if self.open.len() >= depth::LIMIT {
            return Err(Box::new(depth::too_deep(self.source, place)));
        }
        if self.kind(tag, &place)?.is_some_and(|tag| tag != kind) {
            let finding = unreadable(self.source, place, "内容与前面的类型标签不符");
            return Err(Box::new(finding.hint("请删去类型标签")));
        }
        if matches!(self.open.last(), Some(Open { collection: Collection::Table(_, None), .. })) {
            let finding = unreadable(self.source, place, "冒号前面的名称必须是文字，不能是列表或表");
            return Err(Box::new(finding.hint("请检查括号和缩进；以 { 或 [ 开头的文字请用引号括起来")));
        }
        self.open.push(Open { start, collection });
        Ok(())
    }

    /// Closes the innermost list or table.
    fn close(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        let last = match &open.collection {
            Collection::List(items) => items.last().map(|item| item.span.end),
            Collection::Table(entries, _) => entries.last().map(|(_, value)| value.span.end),
        };
        let end = self.places.collection_end(span, open.start, last);
        let value = match open.collection {
            Collection::List(items) => Value::List(items),
            Collection::Table(entries, _) => {
                self.duplicates.extend(Duplicate::among(&entries));
                Value::Table(entries)
            }
        };
        self.put(Node { value, span: open.start..end });
    }

    /// Adds a complete value to the innermost list or table.
    fn put(&mut self, node: Node) {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open { collection: Collection::List(items), .. }) => items.push(node),
            Some(Open { collection: Collection::Table(entries, key), .. }) => {
                if let Some(key) = mem::take(key) {
                    entries.push((key, node));
                }
            }
        }
    }

    fn refuse(&mut self, span: Span, message: &str) -> Finding {
        let span = self.places.byte(span.start)..self.places.byte(span.end);
        unreadable(self.source, span, message)
    }
}
