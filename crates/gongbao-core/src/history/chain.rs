//! From the present text back to what was first published: each correction undone in turn.

use serde_json::Value;

use super::Visible;
use crate::{
    finding::{FieldName, Finding, Medium, MediumWords, Message, Rule, Severity},
    report::{Correction, ReportFile, Step, day, paragraph, printed_value},
};

/// Stands where something was withdrawn and nobody can say what: no text can hold this character.
const UNKNOWN: &str = "\0";

/// A correction that does not fit what it is said to have led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainMismatch {
    /// The path within the file: `corrections[2].changes[1]`, `corrections[1]`.
    pub path: String,
    /// What is wrong.
    pub message: Message,
}

/// The states that a report was in, the present one first, the one first published last.
///
/// # Errors
/// A correction does not fit the state it is said to have led to.
pub fn states(file: &ReportFile) -> Result<Vec<Visible>, ChainMismatch> {
    let mut states = vec![Visible::of(file)];
    for (index, correction) in file.report.corrections.iter().enumerate().rev() {
        let Some(last) = states.last() else { break };
        let number = index + 1;
        let before = undone(file, last, correction).map_err(|(change, message)| ChainMismatch {
            path: format!("corrections[{number}].changes[{}]", change + 1),
            message: Message::from(format!("第{number}次更正的第{}处：", change + 1)).join(message),
        })?;
        let told = correction.replaces.as_ref().filter(|_| !before.is_partly_unknown());
        if told.is_some_and(|digest| *digest != before.digest()) {
            return Err(ChainMismatch {
                path: format!("corrections[{number}]"),
                message: Message::from(format!("第{number}次更正所记的更正前内容，与当时公布的摘要"))
                    .path("replaces")
                    .then("不符：记录被改过"),
            });
        }
        states.push(before);
    }
    Ok(states)
}

impl Visible {
    /// Whether something of it was withdrawn, so that it cannot be known whole.
    pub fn is_partly_unknown(&self) -> bool {
        let mut all = self.texts.values().flatten().map(String::as_str);
        all.any(|text| text == UNKNOWN) || self.entries.values().any(|value| value == UNKNOWN)
    }
}

/// What stood before a correction.
///
/// # Errors
/// The number of the change that does not fit, from 0, and why.
fn undone(file: &ReportFile, after: &Visible, correction: &Correction) -> Result<Visible, (usize, Message)> {
    let name = |path: &str| FieldName::new(path.to_owned(), file.place(path).text(Medium::Browser));
    let differs =
        |path: &str| Message::from("更正后").path("new").then("与报告里的“").field(name(path)).then("”不符");
    let mut before = after.clone();
    let known = |value: &Value| if value.is_null() { UNKNOWN.into() } else { value.clone() };
    for (index, change) in correction.changes.iter().enumerate() {
        if paragraph(&change.path).is_some() {
            continue;
        }
        if !fits(&printed_value(&after.get(&change.path)), &change.new) {
            return Err((index, differs(&change.path)));
        }
        before.set(&change.path, known(&change.old));
    }
    let mut keys: Vec<&str> =
        correction.changes.iter().filter_map(|change| paragraph(&change.path).map(|(key, _)| key)).collect();
    keys.sort_unstable();
    keys.dedup();
    for key in keys {
        let paragraphs = after.texts.get(key).map(Vec::as_slice).unwrap_or_default();
        let mut kept: Vec<Option<String>> = paragraphs.iter().cloned().map(Some).collect();
        let mut gone = Vec::new();
        for (index, change) in correction.changes.iter().enumerate() {
            let Some((_, number)) = paragraph(&change.path).filter(|(text, _)| *text == key) else {
                continue;
            };
            let old = known(&change.old).as_str().unwrap_or_default().to_owned();
            if change.step() == Step::Removed {
                gone.push((number, old, index));
                continue;
            }
            let stands = paragraphs.get(number - 1).map(String::as_str);
            let slot = kept.get_mut(number - 1);
            let (Some(stands), Some(slot)) = (stands, slot) else {
                return Err((index, Message::from("报告里没有“").field(name(&change.path)).then("”这一段")));
            };
            if !fits(stands, &change.new) {
                return Err((index, differs(&change.path)));
            }
            *slot = (change.step() == Step::Changed).then_some(old);
        }
        let mut paragraphs: Vec<String> = kept.into_iter().flatten().collect();
        gone.sort();
        for (number, old, index) in gone {
            if number > paragraphs.len() + 1 {
                return Err((index, "删去的一段原来不可能在这个位置".into()));
            }
            paragraphs.insert(number - 1, old);
        }
        before.texts.insert(key.to_owned(), paragraphs);
    }
    before.texts.retain(|_, paragraphs| !paragraphs.is_empty());
    Ok(before)
}

/// Whether what stands somewhere is what a correction says it put there.
fn fits(stands: &str, new: &Value) -> bool {
    new.is_null() || stands == UNKNOWN || stands == printed_value(new)
}

/// What does not fit about a report that was published: it differs from its digest, or its corrections do not
/// lead back to what was first published.
pub fn uncorrected(file: &ReportFile) -> Vec<Finding> {
    let report = &file.report;
    let finding = |path: &str, message: Message, hint: MediumWords| {
        let finding = Finding::new(Rule::Uncorrected, Severity::Error, path, message).hint(hint);
        file.locate(finding, None)
    };
    let Some(published) = &report.published else {
        return match report.corrections.is_empty() {
            true => Vec::new(),
            false => vec![finding(
                "corrections",
                Message::from("有更正记录").path("corrections").then("，却没有公布的记录").path("published"),
                MediumWords::fixed(
                    "更正只用于已经公布的报告；没有公布的，改好后删去 corrections",
                    "更正只用于已经公布的报告；没有公布的，改好后删去更正记录",
                    "更正只用于已经公布的报告；没有公布的，改好后删去更正记录",
                ),
            )],
        };
    };
    if Visible::of(file).digest() != published.digest {
        let message =
            format!("这份报告已于{}公布，现在的内容与公布的不同，却没有更正记录", day(published.date));
        return vec![finding(
            "published.digest",
            message.into(),
            MediumWords::fixed(
                "确要更正的，用 gongbao correct 公布的文件 这份文件 --reason 原因 --date 日期 写明；否则请改回原样（gongbao diff 可以列出改了什么）",
                "确要更正的，请按更正办理，写明原因和日期；否则请改回原样",
                "确要更正的，请按更正办理，写明原因和日期；否则请改回原样",
            ),
        )];
    }
    let mut findings = Vec::new();
    let mut earliest = published.date;
    for (index, correction) in report.corrections.iter().enumerate() {
        if correction.date < earliest {
            let number = index + 1;
            let message =
                format!("第{number}次更正的日期早于{}", if index == 0 { "公布日期" } else { "前一次更正" });
            let hint = MediumWords::same("请核对日期");
            findings.push(finding(&format!("corrections[{number}].date"), message.into(), hint));
        }
        earliest = earliest.max(correction.date);
    }
    if let Err(mismatch) = states(file) {
        findings.push(finding(
            &mismatch.path,
            mismatch.message,
            MediumWords::fixed(
                "更正记录由 gongbao correct 写入，请不要手改；请改回原样",
                "更正记录由程序写入，请不要手改；请改回原样",
                "更正记录由程序写入，请不要手改；请改回原样",
            ),
        ));
    }
    findings
}
