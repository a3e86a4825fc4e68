//! What is wrong with the writing of a file, put into findings.

use std::{ops::Range, sync::Arc};

use super::Source;
use crate::finding::{Finding, Severity};

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

/// The findings in the order of the file, one a line, and not without end.
pub(super) fn settle(mut findings: Vec<Finding>) -> Vec<Finding> {
    let line = |finding: &Finding| finding.at.as_ref().map(|at| at.source.line_column(at.span.start).0);
    findings.sort_by_key(|finding| finding.at.as_ref().map_or(0, |at| at.span.start));
    // What a parser reports further on in a line mostly follows from the first error in it.
    findings.dedup_by(|next, kept| line(next).is_some() && line(next) == line(kept));
    let left = findings.len().saturating_sub(MOST);
    if left > 0 {
        findings.truncate(MOST);
        let file = findings.first().map(|first| first.file.clone()).unwrap_or_default();
        findings.push(unreadable_file(&file, format!("另有{left}处书写错误未列出，请先改正以上各处")));
    }
    findings
}

/// `span`, moved to where characters begin and end.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let start = text.floor_char_boundary(span.start.min(text.len()));
    let end = text.ceil_char_boundary(span.end.clamp(start, text.len()));
    start..end
}
