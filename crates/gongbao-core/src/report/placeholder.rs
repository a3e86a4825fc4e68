//! Placeholders in texts: `{{applications.new.total}}`.

use std::{borrow::Cow, cell::Cell, collections::BTreeSet, ops::Range};

use super::{Figure, Number, Report, TextMap};
use crate::{
    finding::{FieldName, MediumWords, Message},
    form::{Address, Form, Record, is_within},
    syntax::nearest,
};

/// A text with its placeholders replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expansion {
    /// The text; placeholders without a value are left as typed.
    pub text: String,
    /// Placeholders without a value.
    pub problems: Vec<Problem>,
    /// Maps bytes of this text to those of the text with placeholders.
    pub map: TextMap,
}

/// A placeholder without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its bytes in the text with placeholders.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: Message,
    /// What to do; may be empty.
    pub hint: Message,
    /// Path of the cell without a number, if that is the cause.
    pub cell: Option<String>,
}

/// Replaces the placeholders of a text by the figures of a report.
///
/// For several texts of one report use [`Placeholders`], which prepares the form only once.
pub fn expand(report: &Report, form: &Form, text: &str) -> Expansion {
    Placeholders::new(report, form).expand(text)
}

/// Values of placeholders in a report.
#[derive(Debug)]
pub struct Placeholders<'a> {
    report: &'a Report,
    form: &'a Form,
    records: Cow<'a, [Record]>,
    /// Suggestions left to make: each compares a path with all known paths.
    suggestions: Cell<u32>,
}

/// What to do about a placeholder in the browser, which inserts them by name.
const INSERT: &str = "请从列表里重新插入";

/// Maximum number of suggestions.
const SUGGESTIONS: u32 = 100;

/// Reason why a path has no value.
#[derive(Debug)]
struct Failure {
    message: Message,
    hint: Message,
    cell: Option<String>,
}

impl Failure {
    fn new(message: impl Into<Message>, hint: impl Into<Message>) -> Self {
        Self { message: message.into(), hint: hint.into(), cell: None }
    }
}

impl<'a> Placeholders<'a> {
    /// Prepares the figures of a report on this form.
    pub fn new(report: &'a Report, form: &'a Form) -> Self {
        Self { report, form, records: report.records(form), suggestions: Cell::new(SUGGESTIONS) }
    }

    /// Replaces the placeholders of a text.
    pub fn expand(&self, text: &str) -> Expansion {
        let mut out = Expansion {
            text: String::with_capacity(text.len()),
            problems: Vec::new(),
            map: TextMap::default(),
        };
        let mut at = 0;
        while let Some(open) = text[at..].find("{{").map(|offset| at + offset) {
            out.push(&text[at..open], at..open);
            let rest = &text[open + 2..];
            if rest.starts_with("{{") {
                out.push("{{", open..open + 4);
                at = open + 4;
                continue;
            }
            let Some(length) = path_length(rest) else {
                let hint = "占位写成 {{路径}}；正文里要印出 {{ 的，写 {{{{";
                out.problems.push(Problem {
                    range: open..open + 2,
                    message: "“{{”没有对应的“}}”".into(),
                    hint: hint.into(),
                    cell: None,
                });
                out.push("{{", open..open + 2);
                at = open + 2;
                continue;
            };
            at = open + length + 4;
            let path: String = rest[..length].chars().filter(|c| !c.is_whitespace()).collect();
            match self.value(&path) {
                Ok(number) => out.push(&number.to_string(), open..at),
                Err(Failure { message, hint, cell }) => {
                    out.problems.push(Problem { range: open..at, message, hint, cell });
                    out.push(&text[open..at], open..at);
                }
            }
        }
        out.push(&text[at..], at..text.len());
        out
    }

    /// Value of a path: a figure, the total of a row, or the sum of a group's rows.
    fn value(&self, path: &str) -> Result<Number, Failure> {
        for record in self.records.iter() {
            if record.figures.iter().any(|address| address.path == path) {
                return self.figure(path);
            }
            if record.path == path {
                return self.figure(&self.total(record)?.path);
            }
        }
        // A whole section is no group: the sum of 新收 and 办结 has no meaning.
        if !path.contains('.') || !self.records.iter().any(|record| is_within(&record.path, path)) {
            return Err(self.unknown(path));
        }
        let mut numbers = Vec::new();
        for record in self.form.items(&self.records, path) {
            let total = self.total(record)?;
            match self.report.figure_or_sum(self.form, record, &total.column) {
                Some(Figure::Number(number)) => numbers.push(number),
                Some(Figure::NotApplicable | Figure::Blank) => {}
                None => return self.figure(&total.path),
            }
        }
        if numbers.is_empty() {
            return Err(Failure::new(format!("“{path}”各行都没有数"), ""));
        }
        Ok(numbers.into_iter().sum())
    }

    /// The figure that a whole row stands for.
    fn total<'r>(&self, record: &'r Record) -> Result<&'r Address, Failure> {
        self.form.row_total(record).ok_or_else(|| {
            let columns: Vec<&str> = record.figures.iter().map(|address| address.path.as_str()).collect();
            let hint = format!("可以写：{}", columns.join("、"));
            let hint =
                MediumWords { workbook: hint.clone().into(), file: hint.into(), browser: INSERT.into() };
            let message = Message::from("“").field(self.name(&record.path));
            Failure::new(message.then("”这一行有几列，须写明是哪一列"), hint)
        })
    }

    fn figure(&self, path: &str) -> Result<Number, Failure> {
        let what = match self.report.figures.get(path).map(|cell| cell.figure) {
            Some(Figure::Number(number)) => return Ok(number),
            Some(Figure::Blank) => "留空",
            Some(Figure::NotApplicable) => "写的是“/”",
            None => "没有填写",
        };
        Err(Failure {
            message: Message::from("“").field(self.name(path)).then(format!("”这一格{what}，没有数可以引用")),
            hint: "请填上这一格，或者把数直接写进文字".into(),
            cell: Some(path.to_owned()),
        })
    }

    fn unknown(&self, path: &str) -> Failure {
        let message = format!("没有“{path}”这个数据");
        let Some(left) = self.suggestions.get().checked_sub(1) else { return Failure::new(message, "") };
        self.suggestions.set(left);
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for record in self.records.iter() {
            known.extend(record.figures.iter().map(|address| address.path.as_str()));
            let groups = record.path.match_indices('.').skip(1).map(|(dot, _)| &record.path[..dot]);
            known.extend(groups.chain([record.path.as_str()]));
        }
        let hint = nearest(&path.to_lowercase(), known).map(|near| format!("是不是“{near}”？"));
        let hint = hint.unwrap_or_default();
        let hint = MediumWords { workbook: hint.clone().into(), file: hint.into(), browser: INSERT.into() };
        Failure::new(message, hint)
    }

    /// The name of a row or figure: its path, and its words.
    fn name(&self, path: &str) -> FieldName {
        let figures = |record: &Record| record.figures.iter().find(|figure| figure.path == path).cloned();
        let place = self.records.iter().find_map(|record| match record.path == path {
            true => Some(record.place.to_string()),
            false => figures(record).map(|figure| figure.place.to_string()),
        });
        FieldName::new(path.to_owned(), place.unwrap_or_else(|| path.to_owned()))
    }
}

impl Expansion {
    fn push(&mut self, text: &str, old: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        self.map.push(start..self.text.len(), old);
    }
}

/// Length of the path after opening braces; `None` where other braces open before they close.
fn path_length(rest: &str) -> Option<usize> {
    let pair = rest.as_bytes().windows(2).position(|pair| pair == b"}}" || pair == b"{{")?;
    rest[pair..].starts_with('}').then_some(pair)
}
