//! The findings of a report as a document for those who must correct it (退回意见).

use gongbao_core::{
    document::{ChapterData, Document, Metadata, ParagraphData, runs},
    finding::{Finding, Medium, Severity},
    report::{Report, ReportFile},
};
use gongbao_formats::word::{WordError, WordMargins, word};

/// The findings of one report, in words.
#[derive(Debug, Clone)]
pub(super) struct Opinion {
    title: String,
    verdict: &'static str,
    sections: Vec<(String, Vec<String>)>,
}

impl Opinion {
    /// Collects the findings of a report. `name` is used for a file that is not a report.
    pub(super) fn new(name: &str, file: Option<&ReportFile>, findings: &[Finding]) -> Self {
        let title = file.map_or_else(|| name.to_owned(), |file| title(&file.report));
        let open: Vec<&Finding> = findings.iter().filter(|finding| finding.accepted.is_none()).collect();
        let verdict = match (open.iter().any(|finding| finding.blocks()), open.is_empty()) {
            (true, _) => "结论：退回修改。请改正下列错误后重新报送。",
            (false, false) => "结论：没有错误。下列各处请核对。",
            (false, true) => "结论：没有发现问题。",
        };
        let named = [
            (Severity::Error, "必须改正"),
            (Severity::Warning, "请核对"),
            (Severity::Unsure, "拿不准，请确认"),
        ];
        let mut sections = Vec::new();
        for (severity, heading) in named {
            let lines: Vec<String> =
                open.iter().filter(|finding| finding.severity == severity).map(|one| line(one)).collect();
            if !lines.is_empty() {
                sections.push((format!("{heading}（{}处）", lines.len()), lines));
            }
        }
        let accepted: Vec<String> = findings
            .iter()
            .filter_map(|one| {
                Some(format!("{}。理由：{}", line(one).trim_end_matches('。'), one.accepted.as_ref()?))
            })
            .collect();
        if !accepted.is_empty() {
            sections.push((format!("已认可，不用改（{}处）", accepted.len()), accepted));
        }
        Self { title, verdict, sections }
    }

    /// Returns the opinion as text, for copying.
    pub(super) fn text(&self) -> String {
        let mut text = format!("{}\n{}\n", self.title, self.verdict);
        for (heading, lines) in &self.sections {
            text += &format!("\n{heading}\n");
            for (index, line) in lines.iter().enumerate() {
                text += &format!("{}.{line}\n", index + 1);
            }
        }
        text
    }

    fn chapters(&self) -> Vec<ChapterData> {
        let paragraph =
            |text: &str| ParagraphData { level: 0, heading: None, bookmark: None, runs: runs(text) };
        let chapter = |heading: String, paragraphs| ChapterData {
            heading,
            before: Vec::new(),
            paragraphs: Some(paragraphs),
            table: None,
            notes: Vec::new(),
            after: Vec::new(),
        };
        let mut chapters = vec![chapter(self.title.clone(), vec![paragraph(self.verdict)])];
        for (heading, lines) in &self.sections {
            let lines = lines.iter().enumerate().map(|(index, line)| format!("{}.{line}", index + 1));
            chapters.push(chapter(heading.clone(), lines.map(|line| paragraph(&line)).collect()));
        }
        chapters
    }
}

/// Writes opinions as one Word file.
///
/// # Errors
/// As [`word`].
pub(super) fn as_word(opinions: &[Opinion], margins: WordMargins) -> Result<Vec<u8>, WordError> {
    let title = "政府信息公开工作年度报告退回意见";
    let document = Document {
        template_api: 1,
        document: Metadata {
            title: title.to_owned(),
            author: String::new(),
            description: String::new(),
            keywords: Vec::new(),
            date: [2000, 1, 1],
        },
        fonts: serde_json::Value::Null,
        title: vec![title.to_owned()],
        title_parts: vec![vec![title.to_owned()]],
        caption: None,
        preface: Vec::new(),
        chapters: opinions.iter().flat_map(Opinion::chapters).collect(),
        signature: None,
    };
    word(&document, margins)
}

/// Returns the title of a report on one line.
fn title(report: &Report) -> String {
    report.title().replace('\n', "")
}

/// Returns a finding on one line: place, message, advice.
fn line(finding: &Finding) -> String {
    let finding = finding.clone().shown_in(Medium::Browser);
    let place = finding.place_text();
    let place = if place.is_empty() { String::new() } else { format!("{place}：") };
    let hint = finding.advice().map(|hint| format!("。{hint}")).unwrap_or_default();
    format!("{place}{}{hint}", finding.text())
}
