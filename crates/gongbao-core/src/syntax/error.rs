//! What is wrong with the writing of a file, put into findings.

use std::{ops::Range, sync::Arc};

use super::fullwidth::FullWidth;
use crate::finding::{Finding, Severity};
use crate::text::Source;

/// The rule of a file that is not what it claims to be.
const RULE: &str = "unreadable";

/// More errors than this help nobody: most of them follow from the first.
const MOST: usize = 20;

/// A finding that the file cannot be read, at `span`.
pub(super) fn unreadable(source: &Arc<Source>, span: Range<usize>, message: impl Into<String>) -> Finding {
    let span = within(&source.text, span);
    Finding::new(RULE, Severity::Error, "", message).at(source, span)
}

/// A finding that the file as a whole cannot be read.
pub(super) fn unreadable_file(name: &str, message: impl Into<String>) -> Finding {
    let mut finding = Finding::new(RULE, Severity::Error, "", message);
    name.clone_into(&mut finding.file);
    finding
}

/// Findings for errors that begin at the bytes `at` gives: in the order of the file, one a line, and not
/// without end.
pub(super) fn settle<E>(
    source: &Arc<Source>,
    mut errors: Vec<E>,
    at: impl Fn(&E) -> usize,
    finding: impl Fn(E) -> Finding,
) -> Vec<Finding> {
    errors.sort_by_key(&at);
    // What a parser reports further on in a line mostly follows from the first error in it.
    errors.dedup_by_key(|error| source.line_number(at(error)));
    let left = errors.len().saturating_sub(MOST);
    let mut findings: Vec<Finding> = errors.into_iter().take(MOST).map(finding).collect();
    if left > 0 {
        let message = format!("另有{left}处书写错误未列出");
        findings.push(unreadable_file(&source.name, message).hint("请先改正以上各处，再重新检查"));
    }
    findings
}

/// `span`, moved to where characters begin and end.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    start..end
}

/// What is wrong with a place and what to do, in plain words.
pub(super) struct Wording {
    /// What is wrong.
    pub(super) message: String,
    /// What to do.
    pub(super) hint: String,
    /// A better place than the parser's.
    pub(super) span: Option<Range<usize>>,
}

impl Wording {
    /// Plain words.
    pub(super) fn new(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { message: message.into(), hint: hint.into(), span: None }
    }

    /// For a full-width mark in place of a half-width one.
    pub(super) fn of_full_width(mark: FullWidth) -> Self {
        Self { message: mark.message(), hint: mark.hint(), span: Some(mark.span) }
    }

    /// For what the parser of `format` says that nobody foresaw.
    pub(super) fn unknown(format: &str, words: &str) -> Self {
        Self::new(format!("此处不符合{format}的书写规则（{words}）"), "请对照数据格式说明改正此处")
    }
}
