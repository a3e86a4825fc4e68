//! Findings for syntax errors.

use std::{ops::Range, sync::Arc};

use super::fullwidth::FullWidth;
use crate::finding::{Finding, Rule, Severity};
use crate::text::Source;

/// Maximum number of errors reported: most further errors follow from the first.
const MOST: usize = 20;

/// Finding for a syntax error at `span`.
pub(super) fn unreadable(source: &Arc<Source>, span: Range<usize>, message: impl Into<String>) -> Finding {
    let span = within(&source.text, span);
    Finding::new(Rule::Unreadable, Severity::Error, "", message).at(source, span)
}

/// Finding for a file that cannot be read at all.
pub(super) fn unreadable_file(name: &str, message: impl Into<String>) -> Finding {
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
