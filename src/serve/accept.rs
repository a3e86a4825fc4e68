//! Accepting findings: the entries of a report that say why a finding stands.

use std::time::Instant;

use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

use super::{
    answer::{Answer, Refusal},
    apply::{differing_stretch, parsed},
    request::AcceptRequest,
    workspace::{Opened, Workspace},
};
use gongbao_core::{finding::Severity, text::splice};

/// Key of the list of accepted findings.
const ACCEPTED: &str = "accepted";

impl Workspace {
    /// Accepts a finding with a reason, or takes that back.
    pub(super) fn accept(&mut self, request: &AcceptRequest) -> Answer {
        let started = Instant::now();
        let AcceptRequest { file: relative, base, rule, path, reason } = request;
        let opened = self.open_for_change(relative, base)?;
        let mut document = parsed(&opened.file()?.source.text)?;
        match reason.as_deref().map(str::trim) {
            Some("") => return Err(Refusal::unfit("请写明理由")),
            Some(reason) => {
                self.may_accept(relative, rule, path)?;
                add(&mut document, rule, path, &reason.replace(['\n', '\r'], " "))?;
            }
            None => remove(&mut document, rule, path),
        }
        let bytes = respliced(&opened, &document)?;
        self.write(opened, bytes, &[], None, started)
    }

    /// Checks that a finding exists and may be accepted: never an error.
    fn may_accept(&mut self, relative: &str, rule: &str, path: &str) -> Result<(), Refusal> {
        let opened = self.open(relative)?;
        let (checked, _) = self.check(opened);
        let found = checked.findings.iter().find(|one| one.rule.code() == rule && one.path == path);
        match found {
            Some(one) if one.severity == Severity::Error => Err(Refusal::unfit("错误要改正，不能认可")),
            Some(one) if !one.concern().can_be_accepted() => Err(Refusal::unfit("这一处要改正，不能认可")),
            Some(_) => Ok(()),
            None => Err(Refusal::unfit("这一处提醒已经没有了")),
        }
    }
}

/// Returns the file's bytes with a changed document; everything else stays as it is written.
pub(super) fn respliced(opened: &Opened, document: &DocumentMut) -> Result<Vec<u8>, Refusal> {
    let source = &opened.file()?.source;
    splice(&opened.bytes, source, &differing_stretch(&source.text, &document.to_string()))
        .map_err(Refusal::failed)
}

/// Adds an entry at the end of the list.
fn add(document: &mut DocumentMut, rule: &str, path: &str, reason: &str) -> Result<(), Refusal> {
    let entries = [("rule", rule), ("path", path), ("reason", reason)];
    let item = document.entry(ACCEPTED).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match item {
        Item::ArrayOfTables(list) => {
            let mut table = Table::new();
            entries.iter().for_each(|(key, value)| {
                table.insert(key, Item::Value(Value::from(*value)));
            });
            list.push(table);
        }
        Item::Value(Value::Array(list)) => {
            list.push(Value::InlineTable(entries.iter().map(|(key, value)| (*key, *value)).collect()));
        }
        _ => return Err(Refusal::unfit("文件里认可的记录读不懂，没有改动")),
    }
    Ok(())
}

/// Removes the entries of a finding.
fn remove(document: &mut DocumentMut, rule: &str, path: &str) {
    let is = |table: &dyn TableLike| {
        let value = |key: &str| table.get(key).and_then(Item::as_str);
        value("rule") == Some(rule) && value("path") == Some(path)
    };
    let is_empty = match document.get_mut(ACCEPTED) {
        Some(Item::ArrayOfTables(list)) => {
            list.retain(|table| !is(table));
            list.is_empty()
        }
        Some(Item::Value(Value::Array(list))) => {
            list.retain(|value| !value.as_inline_table().is_some_and(|table| is(table)));
            list.is_empty()
        }
        _ => false,
    };
    if is_empty {
        document.remove(ACCEPTED);
    }
}
