//! Creating reports: empty ones, those based on last year's, those imported from another file.

use std::path::PathBuf;

use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    list::stem,
    request::{NewRequest, ReportRequest, Year},
    trouble,
    workspace::Workspace,
};
use crate::output::save;
use gongbao_core::{
    finding::{Finding, Medium},
    folder::{is_workbook_name, reports_below},
    form::{self, Form},
    load::Loaded,
    paths::PathExt,
    report::{self, Begun, Report, Scope, fields::YEARS},
    roster::plain,
    syntax::Format,
};
use gongbao_formats::{
    import::{self, Hints},
    load::load,
    pdf,
};

/// The answer of `POST /api/new`.
#[derive(Debug, Serialize)]
pub(super) struct Created {
    file: String,
    messages: Vec<String>,
}

/// The answer of `POST /api/import`.
#[derive(Debug, Serialize)]
pub(super) struct Imported {
    file: String,
    agency: String,
    year: u16,
    /// Another report of the same body and year.
    #[serde(skip_serializing_if = "Option::is_none")]
    double: Option<String>,
    /// Whether there is a roster that does not have the body.
    unlisted: bool,
    unplaced: Vec<UnplacedText>,
    messages: Vec<String>,
}

/// A text of the imported file that has no place in the report.
#[derive(Debug, Serialize)]
struct UnplacedText {
    place: String,
    row: String,
    column: String,
    text: String,
    why: String,
}

impl Workspace {
    /// Creates a report, empty or based on another.
    pub(super) fn create(&mut self, request: &NewRequest) -> Answer<Created> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let last = given(&request.from).map(|from| self.open(&from)).transpose()?;
        let last = last.as_ref().map(|last| last.file()).transpose()?;
        let year = match &request.year {
            Some(year) => Year::number(year),
            None => last.and_then(|last| last.report.year.checked_add(1)),
        };
        let year = year.filter(|year| YEARS.contains(year));
        let year = year.ok_or_else(|| Refusal::unfit("年度是四位数，例如 2025").with("path", "year"))?;
        let (form, name) = chosen_form(year, request.form.as_deref())?;
        let agency = request.agency.as_deref().map(str::trim).filter(|name| !name.is_empty());
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
        let file = self.write_new(given(&request.file).as_deref(), &report, form)?;
        Ok(Json(Created { file, messages: told }))
    }

    /// Imports a file that the user dropped on the page.
    pub(super) fn import(&mut self, name: &str, bytes: Vec<u8>) -> Answer<Imported> {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        if name.is_empty() || name.chars().any(char::is_control) {
            return Err(Refusal::bad("文件没有名字"));
        }
        let has_data = pdf::is_pdf(name, &bytes) && pdf::attached(bytes.clone()).is_ok();
        if Format::of_name(name).is_some() || has_data || is_workbook_name(name) {
            let folder = self.place.folder().to_owned();
            let loaded = load(name, Ok(bytes.clone()), &folder, is_workbook_name(name));
            if !loaded.passed_over {
                let (report, form) = complete(loaded)?;
                return self.imported(&report, &form, Vec::new(), Vec::new());
            }
        }
        let understood = import::read(name, &bytes, &Hints { year: None, agency: None })
            .map_err(|error| Refusal::unfit(format!("“{name}”没有导入：{error}")))?;
        let counted = understood
            .counted
            .iter()
            .map(|table| format!("{}：{}格，读出{}格", table.table, table.of, table.found));
        let messages: Vec<String> = counted.chain(understood.remarks.iter().cloned()).collect();
        let unplaced = understood.unplaced.into_iter().map(|unplaced| UnplacedText {
            place: unplaced.place,
            row: unplaced.row,
            column: unplaced.column,
            text: unplaced.text,
            why: unplaced.why,
        });
        self.imported(&understood.report, &understood.form, unplaced.collect(), messages)
    }

    /// Writes an imported report and says how it fits to those that are there.
    fn imported(
        &mut self,
        report: &Report,
        form: &Form,
        unplaced: Vec<UnplacedText>,
        messages: Vec<String>,
    ) -> Answer<Imported> {
        let agency = report.agency.name.clone();
        let double = self.report_of(&agency, report.year);
        let roster = self.roster().ok().flatten();
        let unlisted = roster.is_some_and(|roster| roster.find(&agency).is_none());
        let file = self.write_new(None, report, form)?;
        Ok(Json(Imported { file, year: report.year, agency, double, unlisted, unplaced, messages }))
    }

    /// Returns the file of a body's report on a year.
    fn report_of(&self, agency: &str, year: u16) -> Option<String> {
        let out = self.place.out().canonical().ok();
        let found = reports_below(self.place.folder(), out.as_deref()).ok()?;
        found.files.iter().filter_map(|path| self.place.relative(path)).find(|name| {
            let file = self.open(name).ok().and_then(|opened| opened.loaded.file);
            file.is_some_and(|file| {
                plain(&file.report.agency.name) == plain(agency) && file.report.year == year
            })
        })
    }

    /// Converts a report to TOML, the format that the page can edit. The new file lies beside the old one.
    pub(super) fn convert(&mut self, relative: &str) -> Answer<ReportRequest> {
        let opened = self.open(relative)?;
        opened.file()?;
        let (report, form) = complete(opened.loaded)?;
        let folder = relative.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let wanted = self.free_name(&format!("{folder}{}", stem(relative)))?;
        let file = self.write_new(Some(&wanted), &report, &form)?;
        Ok(Json(ReportRequest { file }))
    }

    /// Writes a report to a new file and returns its path. The name defaults to one made of the body and the year.
    fn write_new(&self, wanted: Option<&str>, report: &Report, form: &Form) -> Result<String, Refusal> {
        let name = match wanted {
            Some(name) if name.to_ascii_lowercase().ends_with(".toml") => name.to_owned(),
            Some(name) => format!("{name}.toml"),
            None => {
                let odd = |c: char| c.is_control() || c.is_whitespace() || "/\\:*?\"<>|.".contains(c);
                let agency: String = report.agency.name.chars().filter(|c| !odd(*c)).take(60).collect();
                let agency = if agency.is_empty() { "报告" } else { &agency };
                self.free_name(&format!("{agency}-{}", report.year))?
            }
        };
        let path: PathBuf = self.place.new_report(&name)?;
        if path.symlink_metadata().is_ok() {
            return Err(Refusal::unfit(format!(
                "“{}”已经有了，没有改动。请换一个文件名",
                trouble::shown(&name)
            ))
            .with("path", "file"));
        }
        let is_empty = report.figures.is_empty() || report.texts.is_empty();
        let text =
            if is_empty || report.texts.values().flatten().any(|text| text.starts_with(report::DRAFT_MARK)) {
                report::to_outline(report, form, Format::Toml)
            } else {
                report::to_text(report, form, Scope::Office, Format::Toml)
            };
        save(&path, text.as_bytes()).map_err(|error| trouble::not_written(&error))?;
        Ok(name)
    }

    /// Returns a name for a file that does not exist: `stem.toml`, otherwise with a number.
    pub(super) fn free_name(&self, stem: &str) -> Result<String, Refusal> {
        let names =
            std::iter::once(format!("{stem}.toml")).chain((2..1000).map(|n| format!("{stem}-{n}.toml")));
        let is_free =
            |name: &String| self.place.new_report(name).is_ok_and(|path| path.symlink_metadata().is_err());
        names.into_iter().find(is_free).ok_or_else(|| Refusal::unfit("文件夹里同名的报告太多，请先整理"))
    }
}

/// Returns the form by its id, otherwise by the year, and the value of `form` in the file.
fn chosen_form(year: u16, id: Option<&str>) -> Result<(&'static Form, Option<String>), Refusal> {
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

/// Returns a report that was read completely.
///
/// # Errors
/// Part of the file could not be read and would be lost.
fn complete(loaded: Loaded) -> Result<(Report, std::sync::Arc<Form>), Refusal> {
    let refused: Vec<Finding> =
        loaded.findings.into_iter().filter(|finding| finding.concern().loses_content()).collect();
    match loaded.file {
        Some(file) if refused.is_empty() => Ok((file.report, file.form)),
        _ => Err(Refusal::unfit(format!(
            "文件里有读不成的内容，转换会丢掉它们。请先改正：\n{}",
            refused.iter().map(line).collect::<Vec<_>>().join("\n")
        ))),
    }
}

/// Returns a finding as one line for the page: place and message.
fn line(finding: &Finding) -> String {
    let message = finding.message.text(Medium::Browser);
    match finding.place.text(Medium::Browser) {
        place if place.is_empty() => message,
        place => format!("{place}：{message}"),
    }
}
