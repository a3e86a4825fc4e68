//! Publication: the date and the digest go into the report's file, as `gongbao publish` writes them.

use axum::http::StatusCode;
use jiff::civil::Date;
use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    request::PublishRequest,
    trouble,
    workspace::Workspace,
};
use gongbao_core::{
    finding::Finding,
    history::{PublicationRecord, Visible},
    report::{Published, ReportFile, day, parse_date},
};
use gongbao_formats::record::record;

/// The answer of `POST /api/publish`, and of `GET /api/publication`: what is recorded, oldest first.
#[derive(Debug, Serialize)]
pub(super) struct Publication {
    file: String,
    /// Digest of what a reader can see now.
    digest: String,
    events: Vec<PublicationEvent>,
}

/// A publication or a correction.
#[derive(Debug, Serialize)]
struct PublicationEvent {
    date: String,
    what: String,
    /// Digest of the version that was published then, if the record has it.
    digest: Option<String>,
    changes: usize,
}

impl Publication {
    /// Returns the record of a report.
    pub(super) fn of(relative: &str, file: &ReportFile) -> Self {
        let report = &file.report;
        // A correction names the digest of the version that it replaces.
        let mut digests: Vec<Option<String>> =
            report.corrections.iter().map(|correction| correction.replaces.clone()).collect();
        digests.push(report.published.as_ref().map(|published| published.digest.clone()));
        let mut digests = digests.into_iter();
        let first = report.published.as_ref().map(|published| PublicationEvent {
            date: day(published.date),
            what: "公布".to_owned(),
            digest: digests.next().flatten(),
            changes: 0,
        });
        let corrections = report.corrections.iter().enumerate().map(|(index, correction)| PublicationEvent {
            date: day(correction.date),
            what: format!("第{}次更正：{}", index + 1, correction.reason),
            digest: digests.next().flatten(),
            changes: correction.changes.len(),
        });
        Self {
            file: relative.to_owned(),
            digest: Visible::of(file).digest(),
            events: first.into_iter().chain(corrections).collect(),
        }
    }
}

impl Workspace {
    /// Returns the publication record of a report.
    pub(super) fn publication(&mut self, relative: &str) -> Answer<Publication> {
        let opened = self.open(relative)?;
        Ok(Json(Publication::of(relative, opened.file()?)))
    }

    /// Records a report without errors as published.
    pub(super) fn publish(&mut self, request: &PublishRequest) -> Answer<Publication> {
        let relative = request.file.as_str();
        let opened = self.open(relative)?;
        trouble::is_writable(&opened.path)?;
        if opened.version != request.base {
            return Err(Refusal::new(StatusCode::CONFLICT, "这份报告在别处改过，没有登记。请看过以后再登记")
                .with("reason", trouble::CHANGED));
        }
        let date = wanted_date(&request.date)?;
        let (checked, _) = self.check(self.open(relative)?);
        if checked.findings.iter().any(Finding::blocks) {
            return Err(Refusal::unfit("报告还有错误，没有登记公布。请改正后再试").with("path", ""));
        }
        let file = opened.file()?;
        if let Some(published) = &file.report.published {
            return Err(Refusal::unfit(format!(
                "这份报告已于{}公布，不能再登记一次。公布后要改，请点“更正”",
                day(published.date)
            )));
        }
        if let Some(written) = file.report.date.filter(|written| *written > date) {
            return Err(Refusal::unfit(format!(
                "公布日期（{}）早于成文日期（{}），请核对",
                day(date),
                day(written)
            ))
            .with("path", "date"));
        }
        let published = Published { date, digest: Visible::of(file).digest() };
        let recorded = PublicationRecord { published, correction: None };
        let bytes = record(&opened.bytes, file, opened.base(), &recorded)
            .map_err(|error| Refusal::unfit(error.to_string()))?;
        self.replace(&opened, &bytes)?;
        self.publication(relative)
    }
}

/// Reads a date of a form, in any way of writing that offices use.
pub(super) fn wanted_date(text: &str) -> Result<Date, Refusal> {
    let written = super::dates::plain_date(text).unwrap_or_else(|| text.trim().to_owned());
    parse_date(&written).ok_or_else(|| {
        Refusal::unfit(format!("“{}”不是日期。写成 2026年1月20日 或 2026-1-20 都可以", text.trim()))
            .with("path", "date")
    })
}
