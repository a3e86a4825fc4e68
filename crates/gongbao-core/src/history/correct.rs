//! Creation of a correction from two versions of a report.

use std::fmt;

use jiff::civil::Date;
use serde_json::Value;

use super::{Visible, diff::plain_differences, states};
use crate::report::{Correction, CorrectionChange, Published, ReportFile, day, printed_value};

/// What the user states about a correction.
#[derive(Debug, Clone)]
pub struct CorrectionRequest {
    /// The reason.
    pub reason: String,
    /// The day.
    pub date: Date,
    /// Paths whose old values are withdrawn.
    pub redact: Vec<String>,
}

/// A correction with the new publication record.
#[derive(Debug, Clone)]
pub struct NewCorrection {
    /// The correction.
    pub correction: Correction,
    /// The unchanged date of publication with the digest of the new version.
    pub published: Published,
    /// Short withdrawn words that still occur in the report. Whether they are the same, only a person can tell.
    pub notices: Vec<WithdrawnWords>,
}

/// Withdrawn words that still occur in the report or in the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawnWords {
    /// Path of the withdrawn value.
    pub path: String,
    /// The words.
    pub words: String,
    /// Path of the text in which they occur; `--reason` for the reason.
    pub place: String,
}

impl fmt::Display for WithdrawnWords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”撤下的“{}”在“{}”里还有", self.path, self.words, self.place)
    }
}

/// Error from creating a correction.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CorrectionError {
    /// Withdrawn words still occur.
    Withdrawn(WithdrawnWords),
    /// Another reason, in Chinese.
    Other(String),
}

impl fmt::Display for CorrectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Withdrawn(words) => write!(f, "{words}。请一并删去或改写，再写更正"),
            Self::Other(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for CorrectionError {}

impl From<String> for CorrectionError {
    fn from(message: String) -> Self {
        Self::Other(message)
    }
}

/// Creates the correction that leads from a published report to a new version.
///
/// # Errors
/// In Chinese: the old report was not published or differs from what was published, the two are different reports,
/// nothing changed, or the request does not fit the changes.
pub fn correction(
    old: &ReportFile,
    new: &ReportFile,
    wanted: &CorrectionRequest,
) -> Result<NewCorrection, CorrectionError> {
    let published = same_report(old, new)?;
    same_corrections(old, new)?;
    let earliest = old.report.corrections.last().map_or(published.date, |last| last.date);
    if wanted.date < earliest {
        let what =
            if old.report.corrections.is_empty() { "公布日期" } else { "前一次更正的日期" };
        return Err(format!(
            "更正日期（{}）早于{what}（{}）。请核对 --date",
            day(wanted.date),
            day(earliest)
        )
        .into());
    }
    let reason = wanted.reason.trim();
    if reason.is_empty() || reason.contains('\n') {
        return Err("更正原因要写成一行文字。请写明 --reason".to_owned().into());
    }
    let (before, after) = (Visible::of(old), Visible::of(new));
    let mut changes: Vec<CorrectionChange> = plain_differences(old, &before, new, &after)
        .into_iter()
        .map(|difference| CorrectionChange {
            redact: wanted.redact.contains(&difference.path),
            path: difference.path,
            old: difference.old,
            new: difference.new,
        })
        .collect();
    if changes.is_empty() {
        return Err("两份报告没有不同，没有可以更正的内容".to_owned().into());
    }
    for path in &wanted.redact {
        match changes.iter().find(|change| change.path == *path) {
            None => {
                let known: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
                return Err(format!(
                    "“{path}”没有改动，不能撤下（--redact）。这次改动的有：{}",
                    known.join("、")
                )
                .into());
            }
            Some(change) if change.old == "" => {
                return Err(format!("“{path}”是新增的，没有可以撤下的内容（--redact）").into());
            }
            Some(_) => {}
        }
    }
    // Null would mean a withdrawn value.
    changes.iter_mut().for_each(|change| plain(&mut change.old));
    let correction =
        Correction { date: wanted.date, reason: reason.to_owned(), replaces: Some(before.digest()), changes };
    let mut corrected = new.report.clone();
    corrected.corrections.push(correction.clone());
    let notices = withdrawn_words_left(&corrected, &after, reason)?;
    let published = Published { date: published.date, digest: after.digest() };
    Ok(NewCorrection { correction, published, notices })
}

/// Replaces null, which stands for a withdrawn value, by an empty text.
fn plain(value: &mut Value) {
    if value.is_null() {
        *value = "".into();
    }
}

/// The publication record, if both are versions of the same report and the old one is the published version.
fn same_report<'r>(old: &'r ReportFile, new: &ReportFile) -> Result<&'r Published, String> {
    let name = &old.source.name;
    let Some(published) = &old.report.published else {
        return Err(format!(
            "“{name}”还没有公布，不用写更正：改好直接生成就行。已经公布的，请先用 gongbao publish 记下公布日期，或者给出公布时的PDF"
        ));
    };
    if Visible::of(old).digest() != published.digest {
        return Err(format!(
            "“{name}”与公布时的内容不同（摘要不符），不能作为更正前的报告。请给出公布时的文件，或者公布的PDF"
        ));
    }
    if old.report.year != new.report.year || old.form.id != new.form.id {
        return Err(format!("“{name}”和“{}”的年度或格式不同，不是同一份报告", new.source.name));
    }
    if let Some(other) = &new.report.published
        && other.date != published.date
    {
        return Err(format!(
            "“{name}”记的公布日期是{}，“{}”记的是{}，不是同一份报告",
            day(published.date),
            new.source.name,
            day(other.date)
        ));
    }
    Ok(published)
}

/// Verifies that the new report records the same corrections as the old one.
fn same_corrections(old: &ReportFile, new: &ReportFile) -> Result<(), String> {
    // Compares public values: a PDF does not contain withdrawn values, the agency's own file does.
    let public = |file: &ReportFile| file.report.public_corrections();
    let (before, after) = (public(old), public(new));
    let same = |a: &Value, b: &Value| a == b || a.is_null() || b.is_null();
    let alike = |a: &Correction, b: &Correction| {
        let mut pairs = a.changes.iter().zip(&b.changes);
        let changes = a.changes.len() == b.changes.len()
            && pairs.all(|(a, b)| a.path == b.path && same(&a.old, &b.old) && same(&a.new, &b.new));
        (a.date, &a.reason) == (b.date, &b.reason) && changes
    };
    let count = before.iter().zip(&after).take_while(|(a, b)| alike(a, b)).count();
    if count < before.len() {
        return Err(format!(
            "“{}”已经更正过{}次，“{}”里却没有其中第{}次的记录，或者记录被改过。请在记有全部更正的文件上修改，不要动 corrections",
            old.source.name,
            before.len(),
            new.source.name,
            count + 1
        ));
    }
    if after.len() == before.len() {
        return Ok(());
    }
    // The correction was written by hand, or the command was run before.
    let added = after.len() - before.len();
    let leads_back = states(new).ok().and_then(|states| states.get(added).map(Visible::digest))
        == Some(Visible::of(old).digest());
    Err(if leads_back {
        format!("“{}”里已经写有这次更正，不用再写一次", new.source.name)
    } else {
        format!(
            "“{}”里的第{}次更正与两份报告的差别不符。请删去手写的更正记录，由本命令写入",
            new.source.name,
            before.len() + 1
        )
    })
}

/// Withdrawn words of at least this many characters are certain to be the same.
const CERTAIN_LENGTH: usize = 4;

/// Verifies that withdrawn words do not occur elsewhere in the report or in the reason. Returns remarks for words too
/// short to be certain.
fn withdrawn_words_left(
    corrected: &crate::report::Report,
    after: &Visible,
    reason: &str,
) -> Result<Vec<WithdrawnWords>, CorrectionError> {
    let paragraphs = after.texts.iter().flat_map(|(key, paragraphs)| {
        paragraphs.iter().enumerate().map(move |(at, text)| (format!("{key}[{}]", at + 1), text.clone()))
    });
    let entries = after.entries.iter().map(|(path, value)| (path.clone(), printed_value(value)));
    let all: Vec<(String, String)> =
        paragraphs.chain(entries).chain([("--reason".to_owned(), reason.to_owned())]).collect();
    let mut notices = Vec::new();
    for (path, words) in corrected.withdrawn_words() {
        for words in words.iter().filter(|words| words.chars().count() > 1) {
            let Some((place, _)) = all.iter().find(|(_, text)| text.contains(words.as_str())) else {
                continue;
            };
            let left = WithdrawnWords { path: path.clone(), words: words.clone(), place: place.clone() };
            if words.chars().count() >= CERTAIN_LENGTH {
                return Err(CorrectionError::Withdrawn(left));
            }
            notices.push(left);
        }
    }
    Ok(notices)
}
