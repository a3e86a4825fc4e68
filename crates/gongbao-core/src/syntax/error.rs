//! Findings for syntax errors.

use std::{ops::Range, sync::Arc};

use super::fullwidth::FullWidth;
use crate::finding::{Finding, MediumWords, Message, Rule, Severity};
use crate::text::Source;

/// Maximum number of errors reported: most further errors follow from the first.
const MOST: usize = 20;

/// Finding for a syntax error at `span`.
pub(super) fn unreadable(source: &Arc<Source>, span: Range<usize>, message: impl Into<Message>) -> Finding {
    let span = within(&source.text, span);
    Finding::new(Rule::Unreadable, Severity::Error, "", message).at(source, span)
}

/// Finding for a file that cannot be read at all.
pub(super) fn unreadable_file(name: &str, message: impl Into<Message>) -> Finding {
    let mut finding = Finding::new(Rule::Unreadable, Severity::Error, "", message);
    name.clone_into(&mut finding.file);
    finding
}

/// Turns errors into findings: in the order of their bytes (`at`), at most one for each line, at most [`MOST`].
pub(super) fn ordered<E>(
    source: &Arc<Source>,
    mut errors: Vec<E>,
    at: impl Fn(&E) -> usize,
    finding: impl Fn(E) -> Finding,
) -> Vec<Finding> {
    errors.sort_by_key(&at);
    // Further errors in the same line mostly follow from the first.
    errors.dedup_by_key(|error| source.line_number(at(error)));
    let left = errors.len().saturating_sub(MOST);
    let mut findings: Vec<Finding> = errors.into_iter().take(MOST).map(finding).collect();
    if left > 0 {
        let message = format!("另有{left}处书写错误未列出");
        findings.push(unreadable_file(&source.name, message).hint("请先改正以上各处，再重新检查"));
    }
    findings
}

/// Gives the findings of a parser words for those who do not write the file: only where it is wrong, not its syntax.
pub(super) fn with_plain_words(findings: Vec<Finding>) -> Vec<Finding> {
    let plain = |mut finding: Finding| {
        let message = match &finding.at {
            Some(at) => format!("文件第{}行的写法不对，读不出来", at.source.line_number(at.span.start)),
            None => "文件的写法不对，读不出来".to_owned(),
        };
        finding.message = MediumWords::new(finding.text(), message).into();
        let hint = finding.advice().unwrap_or_default();
        finding.hint(MediumWords::new(hint, "请用写这个文件的软件改正，或者请填写的人改正"))
    };
    findings.into_iter().map(plain).collect()
}

/// Extends `span` to character boundaries.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    start..end
}

/// Message and hint for a syntax error, in Chinese.
pub(super) struct Wording {
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) hint: String,
    /// A more precise place than the parser's.
    pub(super) span: Option<Range<usize>>,
}

impl Wording {
    /// Creates a wording without a place of its own.
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), span: None }
    }

    /// Wording for a full-width mark in place of a half-width one.
    pub(super) fn of_full_width(mark: FullWidth) -> Self {
        Self { message: mark.message(), hint: mark.hint(), span: Some(mark.span) }
    }

    /// Wording for a message of the parser that has no translation.
    pub(super) fn unknown(format: &str, words: &str) -> Self {
        Self::new(format!("此处不符合{format}的书写规则（{words}）"), "请对照数据格式说明改正此处")
    }
}
