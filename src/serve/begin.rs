//! New reports: empty ones, those begun from last year's, those read from another file.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{
    answer::{self, Answer, Json, Refusal},
    desk::Desk,
    list::stem,
};
use crate::output::save;
use gongbao_core::{
    finding::{Finding, render_all},
    folder::is_workbook_name,
    form::{self, Form},
    report::{self, Begun, Report, Scope, fields::YEARS},
    syntax::Format,
};
use gongbao_formats::{
    import::{self, Hints},
    load::load,
};

impl Desk {
    /// A report to be filled in, empty or begun from another.
    pub(super) fn begin(&mut self, body: &Value) -> Answer {
        let last = body.get("from").and_then(Value::as_str).filter(|from| !from.is_empty());
        let last = last.map(|from| self.open(from)).transpose()?;
        let last = last.as_ref().map(|last| last.file()).transpose()?;
        let year = match body.get("year") {
            Some(Value::String(text)) => text.trim().parse().ok(),
            Some(Value::Number(number)) => number.as_u64().and_then(|year| u16::try_from(year).ok()),
            _ => last.and_then(|last| last.report.year.checked_add(1)),
        };
        let year = year.filter(|year| YEARS.contains(year));
        let year = year.ok_or_else(|| Refusal::unfit("年度是四位数，例如 2025").with("path", "year"))?;
        let (form, name) = chosen(year, body.get("form").and_then(Value::as_str))?;
        let agency =
            body.get("agency").and_then(Value::as_str).map(str::trim).filter(|name| !name.is_empty());
        let Begun { mut report, told } = match last {
            Some(last) => report::begun(last, year, name, form),
            None => Begun { report: report::fresh(agency.unwrap_or_default(), year, name), told: Vec::new() },
        };
        if let Some(agency) = agency {
            agency.clone_into(&mut report.agency.name);
        }
        if report.agency.name.is_empty() {
            return Err(Refusal::unfit("请填单位全称").with("path", "agency"));
        }
        let wanted = body.get("file").and_then(Value::as_str).filter(|name| !name.is_empty());
        let file = self.write_new(wanted, &report, form)?;
        Ok(Json(json!({"file": file, "messages": told})))
    }

    /// A report read from a file that somebody dropped on the page.
    pub(super) fn bring(&mut self, name: &str, bytes: Vec<u8>) -> Answer {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(Refusal::bad("文件没有名字"));
        }
        let is_own = Format::of_name(name).is_some()
            || (gongbao_formats::pdf::is_pdf(name, &bytes)
                && gongbao_formats::pdf::attached(bytes.clone()).is_ok());
        if is_own || is_workbook_name(name) {
            let folder = self.place.folder().to_owned();
            let judged = load(name, Ok(bytes.clone()), &folder, is_workbook_name(name));
            if !judged.passed_over {
                let (report, form) = whole(judged)?;
                let file = self.write_new(None, &report, &form)?;
                return Ok(Json(json!({"file": file, "unplaced": [], "messages": []})));
            }
        }
        let understood = import::read(name, &bytes, &Hints { year: None, agency: None })
            .map_err(|error| Refusal::unfit(format!("“{name}”没有导入：{error}")))?;
        let file = self.write_new(None, &understood.report, &understood.form)?;
        let unplaced: Vec<Value> = understood
            .unplaced
            .iter()
            .map(|left| json!({"place": left.place, "row": left.row, "column": left.column, "text": left.text, "why": left.why}))
            .collect();
        let counted = understood
            .counted
            .iter()
            .map(|table| format!("{}：{}格，读出{}格", table.table, table.of, table.found));
        let messages: Vec<String> = counted.chain(understood.remarks.iter().cloned()).collect();
        Ok(Json(json!({"file": file, "unplaced": unplaced, "messages": messages})))
    }

    /// A report of another notation as TOML beside it, which can be changed here.
    pub(super) fn convert(&mut self, body: &Value) -> Answer {
        let relative = answer::text(body, "file")?;
        let opened = self.open(relative)?;
        opened.file()?;
        let (report, form) = whole(opened.judged)?;
        let folder = relative.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let wanted = self.free(&format!("{folder}{}", stem(relative)))?;
        let file = self.write_new(Some(&wanted), &report, &form)?;
        Ok(answer::one("file", file))
    }

    /// Writes a report where nothing stands yet.
    fn write_new(&self, wanted: Option<&str>, report: &Report, form: &Form) -> Result<String, Refusal> {
        let name = match wanted {
            Some(name) if name.to_ascii_lowercase().ends_with(".toml") => name.to_owned(),
            Some(name) => format!("{name}.toml"),
            None => {
                let odd = |c: char| c.is_control() || c.is_whitespace() || "/\\:*?\"<>|.".contains(c);
                let agency: String = report.agency.name.chars().filter(|c| !odd(*c)).take(60).collect();
                let agency = if agency.is_empty() { "报告" } else { &agency };
                self.free(&format!("{agency}-{}", report.year))?
            }
        };
        let path: PathBuf = self.place.new_report(&name)?;
        if path.symlink_metadata().is_ok() {
            return Err(
                Refusal::unfit(format!("“{name}”已经有了，没有改动。请换一个文件名")).with("path", "file")
            );
        }
        let is_empty = report.figures.is_empty() || report.texts.is_empty();
        let text =
            if is_empty || report.texts.values().flatten().any(|text| text.starts_with(report::DRAFT_MARK)) {
                report::to_outline(report, form, Format::Toml)
            } else {
                report::to_text(report, form, Scope::Office, Format::Toml)
            };
        save(&path, text.as_bytes()).map_err(Refusal::failed)?;
        Ok(name)
    }

    /// A name that no file has.
    fn free(&self, stem: &str) -> Result<String, Refusal> {
        let names =
            std::iter::once(format!("{stem}.toml")).chain((2..1000).map(|n| format!("{stem}-{n}.toml")));
        let is_free =
            |name: &String| self.place.new_report(name).is_ok_and(|path| path.symlink_metadata().is_err());
        names.into_iter().find(is_free).ok_or_else(|| Refusal::unfit("文件夹里同名的报告太多，请先整理"))
    }
}

/// The form by its name, else by the year; and what the file is to call it.
fn chosen(year: u16, id: Option<&str>) -> Result<(&'static Form, Option<String>), Refusal> {
    let usual = form::by_year(year).map_err(Refusal::failed)?;
    let Some(id) = id.filter(|id| !id.is_empty()) else {
        let form = usual.ok_or_else(|| Refusal::unfit(format!("{year}年没有通行的格式，请选一种格式")))?;
        return Ok((form, None));
    };
    let form = form::by_id(id)
        .map_err(Refusal::failed)?
        .ok_or_else(|| Refusal::unfit(format!("没有“{id}”这种格式")))?;
    Ok((form, usual.is_none_or(|usual| usual.id != form.id).then(|| id.to_owned())))
}

/// A report of which nothing would be lost.
fn whole(judged: gongbao_core::load::Loaded) -> Result<(Report, std::sync::Arc<Form>), Refusal> {
    let refused: Vec<Finding> =
        judged.findings.into_iter().filter(|finding| finding.concern().loses_content()).collect();
    match judged.file {
        Some(file) if refused.is_empty() => Ok((file.report, file.form)),
        _ => Err(Refusal::unfit(format!(
            "文件里有读不成的内容，转换会丢掉它们。请先改正：\n{}",
            render_all(&refused, false)
        ))),
    }
}
