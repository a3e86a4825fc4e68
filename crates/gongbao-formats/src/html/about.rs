//! Facts about a web page besides its report: publication, corrections, files beside it.

use jiff::civil::Date;
use serde::Serialize;

use super::portal::Portal;
use gongbao_core::report::{Report, day};

/// Input of the page besides the [`Document`](gongbao_core::document::Document). Equal inputs give equal bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// Stem of the file names.
    pub stem: String,
    /// Region of the agency.
    pub region: Option<String>,
    /// Date of publication, if known.
    pub published: Option<Day>,
    /// Corrections, oldest first.
    pub corrections: Vec<CorrectionLine>,
    /// Labels of the site.
    pub portal: Portal,
    /// Files beside the page that it links to.
    pub beside: Vec<Beside>,
    /// The report in JSON, if it is to be part of the page.
    pub data: Option<String>,
}

/// The line of a correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionLine {
    /// The day.
    pub date: Day,
    /// Reason; empty where the reason quotes withdrawn words.
    pub reason: String,
    /// Whether something was withdrawn.
    pub withdrawn: bool,
    /// Its 更正说明, if there is one beside the page.
    pub note: Option<Beside>,
}

/// A file beside the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// File name.
    pub name: String,
    /// Size in bytes.
    pub bytes: usize,
    /// Number of pages, if it has pages.
    pub pages: Option<usize>,
}

impl About {
    /// Collects the facts about a report. `standing` are the files in its `public` directory; the page links only to them.
    pub fn new(
        report: &Report,
        stem: &str,
        standing: &[Beside],
        portal: &Portal,
        data: Option<String>,
    ) -> Self {
        let beside = |name: String| standing.iter().find(|beside| beside.name == name).cloned();
        let withdrawn = report.withdrawn_words();
        let is_quoted = |reason: &str| {
            withdrawn.values().flatten().any(|words| !words.is_empty() && reason.contains(words.as_str()))
        };
        let public = report.public_corrections();
        let corrections = public.iter().enumerate().map(|(index, correction)| CorrectionLine {
            date: Day::of(correction.date),
            // A reason that quotes withdrawn words is not shown.
            reason: if is_quoted(&correction.reason) { String::new() } else { correction.reason.clone() },
            withdrawn: correction.changes.iter().any(|change| change.redact),
            note: beside(format!("{stem}-correction-{}.pdf", index + 1)),
        });
        Self {
            stem: stem.to_owned(),
            region: report.agency.details.get("region").cloned(),
            published: report.published.as_ref().map(|published| Day::of(published.date)),
            corrections: corrections.collect(),
            portal: portal.clone(),
            beside: ["pdf", "docx"].iter().filter_map(|ending| beside(format!("{stem}.{ending}"))).collect(),
            data,
        }
    }
}

/// A date in ISO form and in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// 2025-01-24.
    pub iso: String,
    /// 2025年1月24日.
    pub words: String,
}

impl Day {
    /// Formats a date.
    pub fn of(date: Date) -> Self {
        Self { iso: date.to_string(), words: day(date) }
    }
}
