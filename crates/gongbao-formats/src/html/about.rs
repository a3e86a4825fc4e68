//! What the page says beside the report itself: who published it where and when, what lies beside it.

use jiff::civil::Date;
use serde::Serialize;

use super::portal::Portal;
use gongbao_core::report::{Report, day};

/// What the page is made from beside the [`Document`](gongbao_core::document::Document): with the same
/// document and the same of these, the page is the same byte for byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct About {
    /// What the files are named after.
    pub stem: String,
    /// The region that the body gives.
    pub region: Option<String>,
    /// When it was published, where that is known.
    pub published: Option<Day>,
    /// What was corrected since, oldest first.
    pub corrections: Vec<CorrectionLine>,
    /// The site's own labels.
    pub portal: Portal,
    /// The files beside the page that it leads to.
    pub beside: Vec<Beside>,
    /// The report in the data format, if it is to travel with the page.
    pub data: Option<String>,
}

/// One correction, in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionLine {
    /// The day.
    pub date: Day,
    /// Why; empty where the reason itself says what had to be withdrawn.
    pub reason: String,
    /// Whether something was withdrawn.
    pub withdrawn: bool,
    /// Its 更正说明, if that stands beside the page.
    pub note: Option<Beside>,
}

/// A file that lies beside the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Beside {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub bytes: usize,
    /// How many pages it has, if it has pages.
    pub pages: Option<usize>,
}

impl About {
    /// What is known of a report and of the files that stand in its `public` folder; only these are led to.
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
            // A reason may quote what was wrong; what had to be withdrawn is quoted by nobody.
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

/// A day, as machines and as people write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Day {
    /// 2025-01-24.
    pub iso: String,
    /// 2025年1月24日.
    pub words: String,
}

impl Day {
    /// The day in both ways.
    pub fn of(date: Date) -> Self {
        Self { iso: date.to_string(), words: day(date) }
    }
}
