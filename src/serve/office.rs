//! The collecting office: the roster, and the state of all bodies' reports.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    correction::COPY,
    opinion::{Opinion, as_word},
    trouble,
    workspace::Workspace,
};
use crate::{
    batch::{ReportInput, SetupError, check_all, reports_below},
    output::save,
};
use gongbao_core::{
    digest::sha256,
    finding::{Finding, Medium, Rule, Severity},
    load::Loaded,
    paths::PathExt,
    roster::Roster,
    status::{Board, Body, BodyState, Submission},
};
use gongbao_formats::{roster::list_in_workbook, workbook::status_workbook};

/// Stem of the roster's file in the folder.
const ROSTER: &str = "名册";
/// Endings that it can have.
const ENDINGS: [&str; 5] = ["toml", "csv", "txt", "json", "yaml"];

/// The answer of `GET /api/board`.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BoardView {
    year: Option<u16>,
    /// Number of bodies on the roster, `None` without one.
    expected: Option<usize>,
    /// Why the roster cannot be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    roster_errors: Vec<String>,
    summary: String,
    bodies: Vec<BodyView>,
    other_years: Vec<String>,
}

/// A body.
#[derive(Debug, Clone, Serialize)]
struct BodyView {
    /// Position on the roster; bodies that are not on it follow.
    order: usize,
    name: String,
    /// Stable key of the state, as the page shows it.
    state: &'static str,
    state_name: &'static str,
    files: Vec<String>,
    year: Option<u16>,
    errors: usize,
    warnings: usize,
    published: Option<String>,
    contact: String,
    /// Codes of the warnings about last year's figures.
    last_year: Vec<String>,
    /// Bodies that parts of the texts were copied from, in the words of the finding.
    copied: Vec<String>,
    /// What is said about the submission itself.
    about: Vec<String>,
    /// Time of the last change, in seconds since 1970.
    at: Option<u64>,
    editable: bool,
}

/// The checked reports of the folder, kept until a file changes.
pub(super) struct CheckedOffice {
    digest: String,
    view: BoardView,
    workbook: Vec<u8>,
    /// The opinion on each file, by its path.
    opinions: BTreeMap<String, Opinion>,
}

impl Workspace {
    /// Returns the path of the roster, if there is one.
    pub(super) fn roster_path(&self) -> Option<PathBuf> {
        let own = ENDINGS.map(|ending| self.place.folder().join(format!("{ROSTER}.{ending}")));
        own.into_iter().find(|path| path.is_file()).or_else(|| self.setup.roster.clone())
    }

    /// Reads the roster.
    pub(super) fn roster(&self) -> Result<Option<Roster>, Vec<Finding>> {
        let Some(path) = self.roster_path() else { return Ok(None) };
        let bytes = gongbao_core::file::read(&path, gongbao_core::file::LARGEST_REPORT).map_err(|error| {
            vec![Finding::new(Rule::Unreadable, Severity::Error, "", format!("名册读不出来：{error}"))]
        })?;
        Roster::read(&path.to_text(), &bytes).map(Some)
    }

    /// Puts a roster into the folder: a list or a table as text, or the first sheet of a workbook.
    pub(super) fn put_roster(&mut self, name: &str, bytes: &[u8]) -> Answer<BoardView> {
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        let (ending, bytes) = match ending.as_str() {
            "xlsx" | "xls" => {
                let list = list_in_workbook(bytes)
                    .ok_or_else(|| Refusal::unfit(format!("“{name}”读不出来，或者第一张表是空的")))?;
                ("csv".to_owned(), list.into_bytes())
            }
            ending if ENDINGS.contains(&ending) => (ending.to_owned(), bytes.to_owned()),
            _ => return Err(Refusal::unfit("名册用 Excel 表格，或者一行一个单位的文本文件")),
        };
        let file = format!("{ROSTER}.{ending}");
        Roster::read(&file, &bytes).map_err(|findings| {
            let words: Vec<String> =
                findings.iter().take(5).map(|one| one.message.text(Medium::Browser)).collect();
            Refusal::unfit(format!("名册不能用：{}", words.join("；")))
        })?;
        for other in ENDINGS.iter().filter(|other| **other != ending) {
            let other = self.place.folder().join(format!("{ROSTER}.{other}"));
            crate::output::remove(&other).map_err(|error| trouble::not_written(&error))?;
        }
        save(&self.place.folder().join(&file), &bytes).map_err(|error| trouble::not_written(&error))?;
        self.board()
    }

    /// Lists the files that may be reports of bodies: neither the roster nor working copies of corrections.
    pub(super) fn office_inputs(&self) -> Result<Vec<ReportInput>, Refusal> {
        let roster = self.roster_path().and_then(|path| path.canonical().ok());
        let mut inputs = reports_below(self.place.folder(), self.place.out()).map_err(Refusal::failed)?;
        inputs.retain(|input| {
            let is_roster = roster.as_ref().is_some_and(|roster| input.is_file(roster));
            !is_roster && !input.name().ends_with(COPY)
        });
        // As the command line calls them when it is run in this folder: findings go to other bodies, and where the folder
        // lies concerns nobody.
        for input in &mut inputs {
            let relative = input.path.as_ref().and_then(|path| self.place.relative(path));
            input.shown = relative.map(|relative| format!("./{relative}"));
        }
        Ok(inputs)
    }

    /// Checks all reports of the folder together, unless nothing has changed since the last time.
    fn checked_office(&mut self) -> Result<&CheckedOffice, Refusal> {
        let inputs = self.office_inputs()?;
        let files = inputs.iter().filter_map(|input| input.path.clone()).chain(self.roster_path());
        let digests: Vec<String> = files
            .map(|path| {
                format!(
                    "{} {:?}",
                    path.to_text(),
                    gongbao_core::file::read(&path, gongbao_core::file::LARGEST_REPORT)
                        .ok()
                        .map(|b| sha256(&b))
                )
            })
            .collect();
        let digest = sha256(digests.join("\n").as_bytes());
        if self.office.as_ref().is_none_or(|known| known.digest != digest) {
            self.office = Some(self.check_office(&inputs, digest)?);
        }
        self.office.as_ref().ok_or_else(Refusal::broken)
    }

    fn check_office(&mut self, inputs: &[ReportInput], digest: String) -> Result<CheckedOffice, Refusal> {
        let (roster, roster_errors) = match self.roster() {
            Ok(roster) => (roster, Vec::new()),
            Err(findings) => {
                (None, findings.iter().map(|finding| finding.message.text(Medium::Browser)).collect())
            }
        };
        let mut setup = self.setup.check.load().map_err(|error: SetupError| Refusal::failed(error))?;
        let checked = check_all(inputs, &self.setup.fonts, &mut setup).map_err(Refusal::failed)?;
        let mut submissions = Vec::new();
        let mut opinions = BTreeMap::new();
        let mut corrected = Vec::new();
        for (input, loaded) in inputs.iter().zip(checked) {
            // A consolidated report is made of the others.
            let is_rollup = loaded.file.as_ref().is_some_and(|file| !file.report.members.is_empty());
            if loaded.passed_over || is_rollup {
                continue;
            }
            let path = input.path.as_deref().unwrap_or(Path::new("-"));
            let relative = self.place.relative(path).unwrap_or_default();
            if loaded.file.as_ref().is_some_and(|file| !file.report.corrections.is_empty()) {
                corrected.push(relative.clone());
            }
            opinions.insert(relative.clone(), opinion(&relative, &loaded));
            let name = input.name();
            submissions
                .push(Submission::new(Path::new(&name), Path::new("."), loaded, || input.bytes().ok()));
        }
        let board = Board::new(roster.as_ref(), submissions);
        let workbook = status_workbook(&board).map_err(Refusal::failed)?;
        let order = |body: &Body| {
            let at = roster.as_ref().zip(body.name.as_ref()).and_then(|(roster, name)| roster.find(name));
            at.unwrap_or(usize::MAX)
        };
        let view = BoardView {
            year: board.year,
            expected: board.expected,
            roster_errors,
            summary: board.summary(),
            bodies: board.bodies.iter().map(|body| self.body(body, order(body), &corrected)).collect(),
            other_years: board.other_years.clone(),
        };
        Ok(CheckedOffice { digest, view, workbook, opinions })
    }

    /// Returns the state of all bodies.
    pub(super) fn board(&mut self) -> Answer<BoardView> {
        Ok(Json(self.checked_office()?.view.clone()))
    }

    /// Returns the workbook with the state of all bodies, as `gongbao status -o` writes it.
    pub(super) fn status_file(&mut self) -> Result<Vec<u8>, Refusal> {
        Ok(self.checked_office()?.workbook.clone())
    }

    /// Returns the opinion on some reports as text.
    pub(super) fn opinion_text(&mut self, files: &[String]) -> Result<String, Refusal> {
        let office = self.checked_office()?;
        let chosen = office.opinions.iter().filter(|(file, _)| files.contains(file));
        Ok(chosen.map(|(_, opinion)| opinion.text()).collect::<Vec<_>>().join("\n\n"))
    }

    /// Returns the opinions on some reports as one Word file.
    pub(super) fn opinion_word(&mut self, files: &[String]) -> Result<Vec<u8>, Refusal> {
        let margins = self.setup.word_margins;
        let office = self.checked_office()?;
        let chosen = office.opinions.iter().filter(|(file, _)| files.contains(file));
        let chosen: Vec<Opinion> = chosen.map(|(_, opinion)| opinion.clone()).collect();
        as_word(&chosen, margins).map_err(Refusal::failed)
    }

    fn body(&self, body: &Body, order: usize, corrected: &[String]) -> BodyView {
        let open = |rule: &Rule| {
            let own = body.findings.iter().filter(move |one| one.accepted.is_none());
            own.filter(|one| one.rule == *rule).collect::<Vec<_>>()
        };
        let blocking: Vec<&Finding> = body.findings.iter().filter(|one| one.blocks()).collect();
        let is_unfinished = !blocking.is_empty() && blocking.iter().all(|one| one.rule == Rule::Missing);
        let files: Vec<String> = body.files.iter().map(|file| file.shown.clone()).collect();
        let is_corrected = files.iter().any(|file| corrected.contains(file));
        let (state, state_name) = match body.state {
            BodyState::Missing => ("missing", "未报"),
            BodyState::Unreadable => ("unreadable", "读不出"),
            BodyState::Unlisted => ("unlisted", "不在名册"),
            BodyState::Returned if is_unfinished => ("unfinished", "填写中"),
            BodyState::Returned => ("errors", "有错误"),
            BodyState::Published if is_corrected => ("corrected", "已更正"),
            BodyState::Published => ("published", "已公布"),
            BodyState::Passed if body.warnings() > 0 => ("warnings", "有提醒"),
            BodyState::Passed => ("passed", "已过"),
        };
        let modified = |file: &String| {
            let meta = self.place.report(file).ok()?.metadata().ok()?;
            Some(meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs())
        };
        let words = |list: Vec<&Finding>| {
            list.iter().map(|one| one.message.text(Medium::Browser)).collect::<Vec<_>>()
        };
        let about = [Rule::Roster, Rule::Member].iter().flat_map(|rule| words(open(rule))).collect();
        BodyView {
            order,
            name: body.title(),
            state,
            state_name,
            year: body.year,
            errors: body.errors(),
            warnings: body.warnings(),
            published: body.published.map(|date| date.to_string()),
            contact: body.contact_line(),
            last_year: [Rule::S5, Rule::S6, Rule::S7]
                .iter()
                .filter(|rule| !open(rule).is_empty())
                .map(|rule| rule.code().to_owned())
                .collect(),
            copied: words(open(&Rule::Copied)),
            about: if body.state == BodyState::Missing { Vec::new() } else { about },
            at: files.iter().filter_map(modified).max(),
            editable: files.len() == 1 && files[0].ends_with(".toml"),
            files,
        }
    }
}

/// Returns the opinion on a report.
fn opinion(relative: &str, loaded: &Loaded) -> Opinion {
    Opinion::new(relative, loaded.file.as_ref(), &loaded.findings)
}
