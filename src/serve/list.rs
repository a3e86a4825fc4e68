//! The reports of the folder and how far each has come.

use serde_json::{Value, json};

use super::{
    answer::{Answer, Json, Refusal},
    desk::{Desk, Opened},
};
use crate::output::{Folder, digest, manifest};
use gongbao_core::{
    finding::{Finding, Rule, Severity},
    folder::{is_workbook_name, reports_below},
    form,
    report::ReportFile,
    syntax::Format,
};

/// What the list says of a report that does not change while its file does not.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// The entry, without what depends on other files.
    entry: Value,
    /// What the outputs say they were made from.
    data: String,
}

/// Where a report stands.
fn state_name(state: &str) -> &'static str {
    match state {
        "draft" => "填报中",
        "ready" => "检查通过",
        "built" => "已生成",
        "published" => "已公布",
        _ => "读不出",
    }
}

impl Desk {
    /// All reports of the folder.
    pub(super) fn list(&mut self) -> Answer {
        let out = self.place.out().canonicalize().ok();
        let found = reports_below(self.place.folder(), out.as_deref()).map_err(|(folder, error)| {
            Refusal::failed(format!("文件夹“{}”读不出来：{error}", folder.display()))
        })?;
        let names: Vec<String> = found.iter().filter_map(|path| self.place.relative(path)).collect();
        self.rows.retain(|name, _| names.contains(name));
        let reports: Vec<Value> = names.iter().filter_map(|name| self.entry(name)).collect();
        let forms = form::all().map_err(Refusal::failed)?;
        let forms: Vec<Value> = forms
            .iter()
            .map(|form| {
                json!({"id": form.id, "name": form.name, "source": form.source, "years": {"from": form.years.from, "to": form.years.to}})
            })
            .collect();
        let folder = self.place.folder().display().to_string();
        Ok(Json(json!({"folder": folder, "forms": forms, "reports": reports})))
    }

    /// A file's entry; none for what is no report at all.
    fn entry(&mut self, name: &str) -> Option<Value> {
        let opened = match self.open(name) {
            Ok(opened) => opened,
            Err(_) => return Some(unreadable(name, "文件读不出来，请检查是否被别的程序占用")),
        };
        let version = opened.version.clone();
        let known = self.rows.get(name).filter(|(known, _)| *known == version).map(|(_, row)| row.clone());
        let row = match known {
            Some(row) => row,
            None => {
                let row = self.row(opened)?;
                self.rows.insert(name.to_owned(), (version, row.clone()));
                row
            }
        };
        let mut entry = row.entry;
        if entry["state"] == "ready" && self.is_built(name, &row.data) {
            entry["state"] = "built".into();
        }
        let state = entry["state"].as_str().unwrap_or_default().to_owned();
        entry["state_name"] = state_name(&state).into();
        Some(entry)
    }

    fn row(&mut self, opened: Opened) -> Option<Row> {
        let name = opened.relative.clone();
        // A file that only happens to end like a report says no year.
        let is_other = |finding: &Finding| finding.rule == Rule::Missing && finding.path == "year";
        if opened.judged.passed_over
            || (opened.judged.file.is_none() && opened.judged.findings.iter().all(is_other))
        {
            return None;
        }
        let (judged, _) = self.check(opened);
        let Some(file) = &judged.file else {
            let why = judged.findings.first().map_or("", |finding| finding.message.as_str());
            return Some(Row { entry: unreadable(&name, why), data: String::new() });
        };
        let count = |severity| {
            judged.findings.iter().filter(|f| f.severity == severity && f.accepted.is_none()).count()
        };
        let errors = count(Severity::Error);
        let state = match (errors, &file.report.published) {
            (_, Some(_)) => "published",
            (0, None) => "ready",
            (_, None) => "draft",
        };
        let entry = json!({
            "file": name, "agency": file.report.agency.name, "year": file.report.year, "form": file.form.id,
            "state": state, "errors": errors, "warnings": count(Severity::Warning), "kind": kind(&name),
            "editable": kind(&name) == "toml" && file.report.published.is_none(),
        });
        Some(Row { entry, data: data(file) })
    }

    /// Whether what is made of it stands there, from the data of now.
    pub(super) fn is_built(&self, name: &str, data: &str) -> bool {
        let folder = Folder::new(self.place.out(), stem(name));
        let made = manifest::read(&folder.manifest());
        made.is_some_and(|made| {
            !made.outputs.is_empty()
                && made
                    .outputs
                    .iter()
                    .all(|output| output.data == data && folder.path(&output.path).is_file())
        })
    }
}

/// What a report's outputs are named after.
pub(super) fn stem(name: &str) -> &str {
    let file = name.rsplit('/').next().unwrap_or(name);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The digest by which outputs name the data they were made from.
pub(super) fn data(file: &ReportFile) -> String {
    digest([file.source.text.as_bytes()])
}

fn kind(name: &str) -> &'static str {
    match Format::of_name(name) {
        _ if is_workbook_name(name) => "xlsx",
        Some(Format::Json) => "json",
        Some(Format::Yaml) => "yaml",
        _ => "toml",
    }
}

fn unreadable(name: &str, why: &str) -> Value {
    json!({
        "file": name, "agency": "", "year": null, "form": null, "state": "unreadable", "errors": 1, "warnings": 0,
        "kind": kind(name), "editable": false, "message": why, "state_name": state_name("unreadable"),
    })
}
