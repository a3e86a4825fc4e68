//! Files as people bring them: three formats, any encoding, and everything that can be wrong with them.

mod encodings;
mod formats;
mod hostile;
mod mistakes;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use gongbao_core::{
    finding::Finding,
    syntax::{Format, Node, Value, parse},
    text::Source,
};

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

pub(crate) fn read(format: Format, text: &str) -> std::result::Result<Node, Vec<Finding>> {
    let started = Instant::now();
    let result = parse(&Arc::new(Source::new("报告", text, "UTF-8")), format);
    assert!(started.elapsed() < Duration::from_secs(1), "took {:?}", started.elapsed());
    result
}

/// The messages of a text that must not be readable.
pub(crate) fn messages(format: Format, text: &str) -> Vec<String> {
    let findings = match read(format, text) {
        Ok(node) => unreachable!("{} read as {node:?}", format.name()),
        Err(findings) => findings,
    };
    assert!(!findings.is_empty());
    for finding in &findings {
        assert_eq!(finding.rule.code(), "unreadable");
        assert!(finding.hint.is_some(), "no hint: {}", finding.message);
        assert!(!finding.message.contains("书写规则"), "not in plain words: {}", finding.message);
    }
    findings.into_iter().map(|finding| finding.message).collect()
}

pub(crate) fn message(format: Format, text: &str) -> String {
    messages(format, text).into_iter().next().unwrap_or_default()
}

/// The node at a path of keys and numbers.
pub(crate) fn at<'a>(node: &'a Node, path: &str) -> Option<&'a Node> {
    path.split('.').try_fold(node, |node, step| match &node.value {
        Value::Table(entries) => entries.iter().find(|(key, _)| key.name == step).map(|(_, value)| value),
        Value::List(items) => items.get(step.parse::<usize>().ok()?),
        _ => None,
    })
}
