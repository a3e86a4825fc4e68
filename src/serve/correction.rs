//! Corrections of published reports. A correction is edited in a working copy beside the report; the report itself changes
//! only when the correction is complete, as `gongbao correct` would write it.

use axum::http::StatusCode;
use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    differences::Differences,
    list::stem,
    publish::wanted_date,
    request::{CorrectionRequest, ReportRequest},
    trouble,
    workspace::{Opened, Workspace},
};
use crate::output::{marked_pdf, remove, save};
use gongbao_core::{
    finding::{Finding, Rule},
    history::{self, CorrectionError, PublicationRecord, Visible, WithdrawnWords, correction, marked},
    report::{ReportFile, day},
    syntax::Format,
};
use gongbao_formats::record::record;

/// Ending of the name of a working copy.
pub(super) const COPY: &str = "-更正稿.toml";

/// The answer of `GET /api/correction`.
#[derive(Debug, Serialize)]
pub(super) struct CorrectionView {
    /// The published report.
    original: String,
    /// Date of publication, in words.
    published: String,
    #[serde(flatten)]
    differences: Differences,
}

/// The answer of `POST /api/correction`.
#[derive(Debug, Serialize)]
pub(super) struct Corrected {
    file: String,
    notices: Vec<String>,
}

/// Returns the path of the marked pages of a correction, from the folder of the report's outputs. They stay beside `filing`,
/// whose files move to `history` at the next build.
pub(super) fn marked_path(relative: &str, number: usize) -> String {
    format!("{}-花脸稿-{number}.pdf", stem(relative))
}

/// Returns the path of the report that a working copy belongs to.
pub(super) fn original_of(relative: &str) -> Option<String> {
    relative.strip_suffix(COPY).map(|stem| format!("{stem}.toml"))
}

impl Workspace {
    /// Opens the report that a working copy belongs to; `None` if the file is not a working copy.
    pub(super) fn original(&self, relative: &str) -> Option<Opened> {
        let opened = self.open(&original_of(relative)?).ok()?;
        let is_published = opened.file().ok()?.report.published.is_some();
        is_published.then_some(opened)
    }

    /// Creates the working copy of a published report, or returns the one that exists.
    pub(super) fn begin_correction(&mut self, relative: &str) -> Answer<ReportRequest> {
        let opened = self.open(relative)?;
        let file = opened.file()?;
        if Format::of_name(relative) != Some(Format::Toml) {
            return Err(Refusal::unfit("这种文件的更正在这里做不了，请在原来的文件里改"));
        }
        let published = file.report.published.as_ref();
        let published = published.ok_or_else(|| Refusal::unfit("这份报告还没有公布，直接改就行"))?;
        if Visible::of(file).digest() != published.digest {
            return Err(Refusal::unfit(
                "文件里的内容和公布时的不一样（校验值不符），不能从它开始更正。请先从“历史”恢复公布时的样子",
            ));
        }
        let copy = format!("{}{COPY}", relative.trim_end_matches(".toml"));
        let path = self.place.new_report(&copy)?;
        if path.symlink_metadata().is_err() {
            save(&path, &opened.bytes).map_err(|error| trouble::not_written(&error))?;
        }
        Ok(Json(ReportRequest { file: copy }))
    }

    /// Returns what a working copy changes.
    pub(super) fn correction_view(&mut self, relative: &str) -> Answer<CorrectionView> {
        let original = self.original(relative).ok_or_else(|| Refusal::missing("这份文件不是更正稿"))?;
        let copy = self.open(relative)?;
        let old = original.file()?;
        let published = old.report.published.as_ref().map(|published| day(published.date));
        Ok(Json(CorrectionView {
            differences: Differences::between(old, copy.file()?),
            published: published.unwrap_or_default(),
            original: original.relative,
        }))
    }

    /// Removes a working copy.
    pub(super) fn cancel_correction(&mut self, relative: &str) -> Answer<ReportRequest> {
        let original = self.original(relative).ok_or_else(|| Refusal::missing("这份文件不是更正稿"))?;
        let copy = self.open(relative)?;
        self.put_into_bin(&copy)?;
        Ok(Json(ReportRequest { file: original.relative }))
    }

    /// Completes a correction: writes it into the report, makes the outputs and the marked pages, removes the copy.
    pub(super) fn correct(&mut self, request: &CorrectionRequest) -> Answer<Corrected> {
        let relative = request.file.as_str();
        let original = self.original(relative).ok_or_else(|| Refusal::missing("这份文件不是更正稿"))?;
        trouble::is_writable(&original.path)?;
        let copy = self.open(relative)?;
        if copy.version != request.base {
            return Err(Refusal::new(StatusCode::CONFLICT, "更正稿在别处改过，没有写入。请看过以后再试")
                .with("reason", trouble::CHANGED));
        }
        let (mut checked, _) = self.check(self.open(relative)?);
        checked.findings.retain(|finding| finding.rule != Rule::Uncorrected);
        if checked.findings.iter().any(Finding::blocks) {
            return Err(Refusal::unfit("更正稿还有错误，没有写入。请改正后再试"));
        }
        let (old, new) = (original.file()?, copy.file()?);
        let wanted = wanted(request, old, new)?;
        let in_words = |left: &WithdrawnWords| {
            let place = if left.place.starts_with("--") {
                "更正原因".to_owned()
            } else {
                new.place(&left.place).to_string()
            };
            format!("{}撤下的“{}”在{place}里还有", new.place(&left.path), left.words)
        };
        let made = correction(old, new, &wanted).map_err(|error| match error {
            CorrectionError::Withdrawn(left) => {
                Refusal::unfit(format!("{}。请一并删去或改写，再写更正", in_words(&left)))
            }
            error => Refusal::unfit(error.to_string()),
        })?;
        let notices: Vec<String> = made
            .notices
            .iter()
            .map(|left| format!("{}；如果也须撤下，请再更正一次", in_words(left)))
            .collect();
        let recorded = PublicationRecord { published: made.published, correction: Some(&made.correction) };
        let bytes = record(&copy.bytes, new, original.base(), &recorded)
            .map_err(|error| Refusal::unfit(error.to_string()))?;
        let pages = self.marked(old, new)?;
        self.replace(&original, &bytes)?;
        let number = new.report.corrections.len() + 1;
        let folder = self.output_folder(&original.relative);
        let name = marked_path(&original.relative, number);
        save(&folder.path(&name), &pages).map_err(|error| trouble::not_written(&error))?;
        remove(&copy.path).map_err(|error| trouble::not_written(&error))?;
        Ok(Json(Corrected { file: original.relative, notices }))
    }

    /// Typesets the marked pages, as `gongbao diff --marked` does.
    fn marked(&self, old: &ReportFile, new: &ReportFile) -> Result<Vec<u8>, Refusal> {
        let fonts = &self.setup.fonts;
        let data = marked(old, new, fonts, fonts.families_json())
            .map_err(|error| Refusal::failed(format!("表格排不出来：{error}")))?;
        let data = serde_json::to_string(&data).map_err(Refusal::failed)?;
        let template = self.setup.template.get().map_err(Refusal::failed)?;
        Ok(marked_pdf(&template, fonts, &data).map_err(Refusal::failed)?.bytes)
    }
}

/// Reads what the user states; refusals are in the words of the page.
fn wanted(
    request: &CorrectionRequest,
    old: &ReportFile,
    new: &ReportFile,
) -> Result<history::CorrectionRequest, Refusal> {
    let date = wanted_date(&request.date)?;
    let published = old.report.published.as_ref().map(|published| published.date);
    let earliest = old.report.corrections.last().map(|last| last.date).or(published);
    if let Some(earliest) = earliest.filter(|earliest| date < *earliest) {
        let message = format!("更正日期（{}）早于上一次公布的日期（{}），请核对", day(date), day(earliest));
        return Err(Refusal::unfit(message).with("path", "date"));
    }
    let reason = request.reason.trim();
    if reason.is_empty() || reason.contains('\n') {
        return Err(Refusal::unfit("请用一行文字写明更正的原因").with("path", "reason"));
    }
    if Differences::between(old, new).changes.is_empty() {
        return Err(Refusal::unfit("还没有改动，没有可以更正的内容"));
    }
    Ok(history::CorrectionRequest { reason: reason.to_owned(), date, redact: request.redact.clone() })
}
