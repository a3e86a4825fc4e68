//! Changes a report: compares versions, applies the changes, saves the file atomically, and checks it.

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use axum::http::StatusCode;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{
    answer::{Answer, Json, Refusal},
    apply::apply,
    change::Change,
    head,
    request::EditRequest,
    trouble, values, view,
    workspace::{Opened, Workspace},
};
use gongbao_core::{
    digest::sha256,
    finding::{Finding, Medium},
    load::Loaded,
    report::{Figure, ReportFile},
};
use gongbao_formats::load::load;

use crate::output::save;

impl Workspace {
    /// Returns a report with everything that the page shows.
    pub(super) fn report(&mut self, relative: &str) -> Answer {
        let opened = self.open(relative)?;
        opened.file()?;
        let saves = self.saves(relative);
        let mut view = self.view(opened)?;
        view.insert("saves".to_owned(), json!(saves));
        Ok(Json(view.into()))
    }

    /// Returns the view of an opened report, without its list of saved versions.
    fn view(&mut self, opened: Opened) -> Result<Map<String, Value>, Refusal> {
        let may_edit = self.may_edit(&opened);
        self.keep_bytes(&opened.relative, &opened.version, &opened.bytes);
        let (relative, version) = (opened.relative.clone(), opened.version.clone());
        let file = Arc::new(opened.file()?.clone());
        self.send_to_renderer(&relative, &version, &file);
        let (checked, before) = self.check(opened);
        let mut view = Map::from_iter([
            ("file".to_owned(), relative.clone().into()),
            ("version".to_owned(), version.into()),
            ("editable".to_owned(), may_edit.is_ok().into()),
            ("published".to_owned(), json!(file.report.published.as_ref().map(|p| p.date.to_string()))),
            ("last_year".to_owned(), view::last_year(before.as_ref())),
            ("built".to_owned(), self.is_built(&relative, &super::list::data(&file)).into()),
        ]);
        if let Err(why) = may_edit {
            view.insert("why_not".to_owned(), why.sentence().into());
            view.insert("reason".to_owned(), why.reason().into());
        }
        if let Some(original) = self.original(&relative) {
            view.insert("corrects".to_owned(), original.relative.into());
        }
        view.extend(object(view::layout(&file)));
        view.extend(object(view::contents(&file)));
        view.extend(object(view::findings(&file, &checked.findings)));
        Ok(view)
    }

    /// Changes a report.
    pub(super) fn edit(&mut self, request: EditRequest) -> Answer {
        let started = Instant::now();
        let relative = request.file.as_str();
        let opened = self.open(relative)?;
        let file = opened.file()?;
        self.may_edit(&opened)?;
        let changes = Change::all(request.edits, file)?;
        let is_year = |change: &Change| change.path() == "year";
        if file.report.published.is_some() && changes.iter().any(is_year) {
            return Err(Refusal::unfit("更正不能改年度").with("path", "year"));
        }
        if opened.version != request.base {
            return Err(self.conflict(opened, &changes));
        }
        let bytes = apply(&opened.bytes, file, &changes)?;
        self.write(opened, bytes, &changes, request.seq.as_ref(), started)
    }

    /// Opens a report that the page wants to change.
    ///
    /// # Errors
    /// It may not be changed, or is not the version that the page shows.
    pub(super) fn open_for_change(&mut self, relative: &str, base: &str) -> Result<Opened, Refusal> {
        let opened = self.open(relative)?;
        opened.file()?;
        self.may_edit(&opened)?;
        if opened.version != base {
            return Err(self.conflict(opened, &[]));
        }
        Ok(opened)
    }

    /// Writes the changed bytes of a report, after reading them, and returns the answer.
    ///
    /// # Errors
    /// The bytes do not read as the changes demand, or the file cannot be written.
    pub(super) fn write(
        &mut self,
        opened: Opened,
        bytes: Vec<u8>,
        changes: &[Change],
        seq: Option<&Value>,
        started: Instant,
    ) -> Answer {
        let loaded = load(&opened.relative, Ok(bytes.clone()), opened.base(), false);
        verify(&loaded, &opened.loaded, changes)?;
        let saved = Opened {
            version: sha256(&bytes),
            bytes,
            loaded,
            path: opened.path.clone(),
            relative: opened.relative.clone(),
        };
        if saved.bytes != opened.bytes {
            self.replace(&opened, &saved.bytes)?;
        }
        let save_ms = started.elapsed();
        self.after(seq, &opened, saved, save_ms.as_millis())
    }

    /// Returns the answer for a report that was just saved: what has changed, and all findings.
    pub(super) fn after(&mut self, seq: Option<&Value>, old: &Opened, new: Opened, save_ms: u128) -> Answer {
        let started = Instant::now();
        let version = new.version.clone();
        self.keep_bytes(&new.relative, &new.version, &new.bytes);
        let file = Arc::new(new.file()?.clone());
        // The preview is typeset while the report is checked.
        self.send_to_renderer(&new.relative, &version, &file);
        let (checked, _) = self.check(new);
        let mut told = Map::from_iter([
            ("seq".to_owned(), json!(seq)),
            ("version".to_owned(), version.into()),
            ("placeholders".to_owned(), view::placeholders(&file)),
            ("words".to_owned(), json!(view::words(&file))),
        ]);
        told.extend(object(view::findings(&file, &checked.findings)));
        let before = old.file()?;
        told.insert("values".to_owned(), changed(&values::values(before), values::values(&file)));
        // Another year may lead to another form: the page then loads the report again.
        let is_other = before.form.id != file.form.id || before.report.year != file.report.year;
        told.insert("fields_changed".to_owned(), is_other.into());
        let texts = (view::texts(before), view::texts(&file));
        if texts.0 != texts.1 {
            told.insert("texts".to_owned(), texts.1);
        }
        let heads = (head::head(before), head::head(&file));
        if heads.0 != heads.1 {
            told.insert("head".to_owned(), heads.1);
        }
        if before.report.notes != file.report.notes {
            told.insert("notes".to_owned(), json!(file.report.notes));
        }
        let check = started.elapsed().as_millis();
        told.insert("ms".to_owned(), json!({"save": save_ms as u64, "check": check as u64}));
        Ok(Json(told.into()))
    }

    /// Replaces the bytes of a report's file, and keeps the old version.
    pub(super) fn replace(&mut self, old: &Opened, bytes: &[u8]) -> Result<(), Refusal> {
        self.save_version(old)?;
        save(&old.path, bytes).map_err(|error| trouble::not_written(&error))?;
        self.written.insert(old.relative.clone(), sha256(bytes));
        Ok(())
    }

    /// Returns the refusal for a file that was changed elsewhere, with both versions of each change.
    fn conflict(&mut self, opened: Opened, changes: &[Change]) -> Refusal {
        let file = match opened.file() {
            Ok(file) => file,
            Err(refusal) => return refusal,
        };
        let differences: Vec<Value> = changes.iter().filter_map(|change| difference(file, change)).collect();
        let version = opened.version.clone();
        let error = "这份报告已经在别处改过，这一次的改动没有保存。请比较两边，选择要保留的";
        let refusal = Refusal::new(StatusCode::CONFLICT, error)
            .with("reason", trouble::CHANGED)
            .with("version", version)
            .with("differences", differences);
        match self.view(opened) {
            Ok(theirs) => refusal.with("theirs", theirs),
            Err(other) => other,
        }
    }
}

/// Returns a requested change beside the present value in the file; `None` if they are equal.
fn difference(file: &ReportFile, change: &Change) -> Option<Value> {
    let path = change.path();
    let figure = file.report.figures.get(&path).filter(|cell| !cell.computed);
    let (theirs, yours) = match change {
        Change::Figure { value, .. } => (json!(figure.map(values::raw)), json!(value)),
        Change::Note { note, .. } => (json!(figure.and_then(|cell| cell.note.as_ref())), json!(note)),
        Change::TableNote { table, note } => (json!(file.report.notes.get(table)), json!(note)),
        Change::Text { key, paragraphs } => {
            (json!(file.report.texts.get(key).cloned().unwrap_or_default()), json!(paragraphs))
        }
        Change::Head { value, .. } => {
            let head = head::head(file);
            let fields = head.as_array()?;
            (fields.iter().find(|field| field["path"] == path)?["value"].clone(), json!(value))
        }
    };
    (theirs != yours)
        .then(|| json!({"path": path, "place": file.place(&path).text(Medium::Browser), "theirs": theirs, "yours": yours}))
}

/// Checks that the changed file reads as requested; values that the reader rejects are not saved.
fn verify(new: &Loaded, old: &Loaded, changes: &[Change]) -> Result<(), Refusal> {
    let refused = |finding: &&Finding| {
        finding.concern().loses_content()
            && !old.findings.iter().any(|known| {
                known.rule == finding.rule && known.path == finding.path && known.message == finding.message
            })
    };
    if let Some(finding) = new.findings.iter().find(refused) {
        return Err(Refusal::unfit(finding.message.text(Medium::Browser)).with("path", finding.path.clone()));
    }
    let file = new.file.as_ref().ok_or_else(|| Refusal::unfit("改动以后文件读不出来，没有保存"))?;
    let last: BTreeMap<&str, &Option<String>> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Figure { path, value } => Some((path.as_str(), value)),
            _ => None,
        })
        .collect();
    for (path, value) in last {
        let stands = file.report.figures.get(path).filter(|cell| !cell.computed);
        let fits = match (value.as_deref().map(str::trim), stands.map(|cell| cell.figure)) {
            (None, None)
            | (Some(""), Some(Figure::Blank))
            | (Some("/" | "／"), Some(Figure::NotApplicable)) => true,
            (Some(_), Some(Figure::Number(_))) => true,
            (Some(_), None) => {
                let why = new.findings.iter().find(|finding| finding.path == path);
                let why = why.map_or_else(
                    || "这里填不了这个数，没有保存".to_owned(),
                    |finding| finding.message.text(Medium::Browser),
                );
                return Err(Refusal::unfit(why).with("path", path));
            }
            _ => false,
        };
        if !fits {
            return Err(Refusal::unfit("这一格在文件里的写法读不懂，没有保存").with("path", path));
        }
    }
    Ok(())
}

/// Returns the values that have changed.
fn changed(old: &BTreeMap<String, Value>, new: BTreeMap<String, Value>) -> Value {
    let changed: Map<String, Value> =
        new.into_iter().filter(|(path, value)| old.get(path) != Some(value)).collect();
    changed.into()
}

/// Returns the entries of a part of the view.
fn object(part: impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(part) {
        Ok(Value::Object(entries)) => entries,
        _ => Map::new(),
    }
}
