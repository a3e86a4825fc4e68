//! TOML, JSON and YAML in any encoding, and what can be wrong in them.

mod encodings;
mod formats;
mod hostile;
mod mistakes;

use std::{sync::Arc, time::Duration};

use gongbao_core::{
    finding::Finding,
    syntax::{Format, Node, Value, parse},
    text::Source,
};
use gongbao_test_support::time::within;

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

pub(crate) fn read(format: Format, text: &str) -> std::result::Result<Node, Vec<Finding>> {
    let source = Arc::new(Source::new("报告", text, "UTF-8"));
    // The limit is for optimised code.
    let limit = Duration::from_secs(if cfg!(debug_assertions) { 30 } else { 1 });
    within(limit, format.name(), || parse(&source, format)).0
}

/// Returns the messages of a text that must be refused.
pub(crate) fn messages(format: Format, text: &str) -> Vec<String> {
    let findings = match read(format, text) {
        Ok(node) => unreachable!("{} read as {node:?}", format.name()),
        Err(findings) => findings,
    };
    assert!(!findings.is_empty());
    for finding in &findings {
        assert_eq!(finding.rule.code(), "unreadable");
        assert!(finding.hint.is_some(), "no hint: {}", finding.text());
        assert!(!finding.text().contains("书写规则"), "not in plain words: {}", finding.text());
    }
    findings.into_iter().map(|finding| finding.text()).collect()
}

pub(crate) fn message(format: Format, text: &str) -> String {
    messages(format, text).into_iter().next().unwrap_or_default()
}

/// Returns the node at a path of keys and indices.
pub(crate) fn at<'a>(node: &'a Node, path: &str) -> Option<&'a Node> {
    path.split('.').try_fold(node, |node, step| match &node.value {
        Value::Table(entries) => entries.iter().find(|(key, _)| key.name == step).map(|(_, value)| value),
        Value::List(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}
