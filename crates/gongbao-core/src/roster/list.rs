//! A roster as a plain list: one name a line, or columns under a line of headings.

use std::{ops::Range, sync::Arc};

use super::{
    KEYS, Member, Roster, kind, kinds,
    name::{nearest, plain},
};
use crate::{
    finding::{Finding, Message, Rule, Severity},
    text::Source,
};

/// Headings of columns that say nothing about a body.
const IGNORED: [&str; 4] = ["序号", "编号", "备注", "no"];

/// Reads a list. A line that is empty or begins with `#` says nothing.
pub(super) fn read(source: &Arc<Source>, findings: &mut Vec<Finding>) -> Roster {
    let mut reader = Reader { source, findings, headings: None };
    let mut members = Vec::new();
    let mut is_first = true;
    for span in (1..).map_while(|line| source.line(line)) {
        let text = source.text.get(span.clone()).unwrap_or_default();
        if text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '，')).is_empty()
            || text.trim_start().starts_with(['#', '＃'])
        {
            continue;
        }
        let cells = match cells(text, span.start) {
            Ok(cells) => cells,
            Err(at) => {
                let message = "引号没有闭合";
                reader.shape(at, message, "请补上后一个引号；单位名称不需要加引号");
                continue;
            }
        };
        let has_headings =
            std::mem::take(&mut is_first) && cells.iter().any(|cell| key_of(&cell.text) == Some("name"));
        if has_headings {
            reader.take_headings(&cells);
        } else {
            members.extend(reader.member(&cells, span));
        }
    }
    Roster { source: Arc::clone(source), year: None, members }
}

/// One cell of a line.
struct Cell {
    text: String,
    span: Range<usize>,
}

/// Collects complaints.
struct Reader<'r> {
    source: &'r Arc<Source>,
    findings: &'r mut Vec<Finding>,
    /// The key of each column; `None` for one that says nothing. None at all without a line of headings.
    headings: Option<Vec<Option<&'static str>>>,
}

impl Reader<'_> {
    fn shape(&mut self, span: Range<usize>, message: impl Into<Message>, hint: impl Into<Message>) {
        let finding = Finding::new(Rule::Shape, Severity::Error, "", message).hint(hint);
        self.findings.push(finding.at(self.source, span));
    }

    fn take_headings(&mut self, cells: &[Cell]) {
        let mut headings: Vec<Option<&'static str>> = Vec::new();
        for cell in cells {
            let key = key_of(&cell.text);
            let is_ignored =
                cell.text.is_empty() || IGNORED.contains(&plain(&cell.text).to_lowercase().as_str());
            if key.is_some() && headings.contains(&key) {
                self.shape(cell.span.clone(), format!("“{}”这一列有两个", cell.text), "请删去其中一列");
            } else if key.is_none() && !is_ignored {
                let known = KEYS.map(|(_, words)| words[0]);
                let hint = match nearest(&cell.text, known.into_iter().enumerate()).map(|near| known[near]) {
                    Some(near) => format!("是不是“{near}”？"),
                    None => format!("认得的列有 {}、序号、备注", known.join("、")),
                };
                let finding = Finding::new(
                    Rule::UnknownKey,
                    Severity::Error,
                    "",
                    format!("不认得“{}”这一列", cell.text),
                );
                self.findings.push(finding.hint(hint).at(self.source, cell.span.clone()));
            }
            headings.push(key);
        }
        self.headings = Some(headings);
    }

    /// The body of a line; `None` where it names none.
    fn member(&mut self, cells: &[Cell], line: Range<usize>) -> Option<Member> {
        let Some(headings) = self.headings.clone() else {
            let [cell] = cells else {
                let hint = "请在第一行写明各列是什么，例如“单位,联系人,联系电话”；只有单位名称的，一行写一个";
                self.shape(line, "这一行有好几列，看不出哪一列是单位名称", hint);
                return None;
            };
            let name = cell.text.clone();
            let span = cell.span.clone();
            if name.trim().is_empty() {
                self.shape(span, "单位名称是空的", "请写单位全称，或者删去这一行");
                return None;
            }
            return Some(Member { name, kind: None, file: None, contact: None, phone: None, span });
        };
        if let Some(cell) = cells.iter().skip(headings.len()).find(|cell| !cell.text.is_empty()) {
            let message = format!("这一行的列比第一行多，“{}”不知道属于哪一列", cell.text);
            self.shape(cell.span.clone(), message, "内容里有逗号的，请用半角双引号括起来");
            return None;
        }
        let cell = |key: &str| {
            let at = headings.iter().position(|heading| *heading == Some(key))?;
            cells.get(at).filter(|cell| !cell.text.is_empty())
        };
        let text = |key: &str| cell(key).map(|cell| cell.text.clone());
        let Some(name) = cell("name") else {
            self.shape(line, "这一行没有单位名称", "请补上名称，或者删去这一行");
            return None;
        };
        let kind_cell = cell("kind");
        let kind = kind_cell.and_then(|cell| kind(&cell.text));
        if let (Some(cell), None) = (kind_cell, kind) {
            let message = format!("没有“{}”这种单位类别", cell.text);
            self.shape(cell.span.clone(), message, kinds());
        }
        Some(Member {
            name: name.text.clone(),
            kind,
            file: text("file"),
            contact: text("contact"),
            phone: text("phone"),
            span: name.span.clone(),
        })
    }
}

/// The key that a heading stands for.
fn key_of(heading: &str) -> Option<&'static str> {
    let heading = plain(heading).to_lowercase();
    KEYS.iter().find(|(key, words)| *key == heading || words.contains(&heading.as_str())).map(|(key, _)| *key)
}

/// A line's cells: divided by commas or tabs, in double quotes where they hold such a mark themselves.
///
/// # Errors
/// The bytes of a quotation mark that is never closed.
fn cells(line: &str, start: usize) -> Result<Vec<Cell>, Range<usize>> {
    let is_mark = |c: char| matches!(c, ',' | '，' | '\t');
    let mut cells = Vec::new();
    let mut from = 0;
    loop {
        let rest = line.get(from..).unwrap_or_default();
        let indent = rest.len() - rest.trim_start_matches([' ', '\u{3000}']).len();
        let at = from + indent;
        let (text, end) = if let Some(quoted) = rest.get(indent..).and_then(|rest| rest.strip_prefix('"')) {
            let Some(length) = closing(quoted) else { return Err(start + at..start + at + 1) };
            let text = quoted.get(..length).unwrap_or_default().replace("\"\"", "\"");
            let after = at + 1 + length + 1;
            let tail = line.get(after..).unwrap_or_default();
            (text, after + tail.find(is_mark).unwrap_or(tail.len()))
        } else {
            let end = from + rest.find(is_mark).unwrap_or(rest.len());
            (line.get(at..end).unwrap_or_default().to_owned(), end)
        };
        let text = text.trim().to_owned();
        let until = at.max(line.get(..end).unwrap_or_default().trim_end().len());
        cells.push(Cell { text, span: start + at..start + until });
        match line.get(end..).and_then(|rest| rest.chars().next()) {
            Some(mark) => from = end + mark.len_utf8(),
            None => return Ok(cells),
        }
    }
}

/// How long the text before the closing quotation mark is; a doubled one closes nothing.
fn closing(quoted: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + quoted.get(from..)?.find('"')?;
        if !quoted.get(at + 1..)?.starts_with('"') {
            return Some(at);
        }
        from = at + 2;
    }
}
