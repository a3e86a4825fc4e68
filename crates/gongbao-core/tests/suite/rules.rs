//! The rules about a report as a whole: what each must report, in the words of real reports, and what it
//! must not report; the register of rules.

mod agency;
mod citation;
mod contact;
pub(crate) mod copied;
mod exchange;
mod fixtures;
mod local;
mod pasted;
mod period;
mod published;
mod punctuation;
mod register;
mod samples;
mod scale;
mod texts;
mod words;

use std::{path::Path, sync::Arc};

use gongbao_core::{
    check::check_texts,
    finding::{Finding, Severity},
    report::{ReportFile, read},
    syntax::{Format, parse},
    text::Source,
};

/// Reads a report in TOML.
pub(crate) fn file(text: &str) -> ReportFile {
    named("报告.toml", text)
}

pub(crate) fn named(name: &str, text: &str) -> ReportFile {
    let source = Arc::new(Source::new(name, text, "UTF-8"));
    let root = parse(&source, Format::Toml).unwrap_or_else(|findings| panic!("{findings:?}"));
    match read(&source, &root, Path::new("")) {
        Ok(reading) => reading.file.unwrap_or_else(|| panic!("{:?}", reading.findings)),
        Err(error) => panic!("{error}"),
    }
}

/// A report of 彭阳县财政局 for 2024 whose parts a test changes.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) head: String,
    pub(crate) year: u16,
    pub(crate) preface: String,
    pub(crate) overview: String,
    pub(crate) problems: String,
    pub(crate) other: String,
    pub(crate) name: String,
    pub(crate) agency: String,
    pub(crate) tables: String,
}

impl Default for Draft {
    fn default() -> Self {
        Self {
            head: String::new(),
            year: 2024,
            preface: "本报告根据《中华人民共和国政府信息公开条例》编制。".to_owned(),
            overview: "（一）主动公开情况。2024年发布信息14条。\n（二）依申请公开情况。未收到申请。\n（三）政府信息管理情况。\
                       定期清理。\n（四）政府信息公开平台建设情况。更新栏目。\n（五）监督保障情况。开展培训。"
                .to_owned(),
            problems: "一是公开的内容还不够丰富；二是业务水平有待提高。下一步，我局将加强培训，改进工作。".to_owned(),
            other: "本年度未收取信息处理费。".to_owned(),
            name: "彭阳县财政局".to_owned(),
            agency: "kind = \"department\"\nregion = \"宁夏回族自治区固原市彭阳县\"".to_owned(),
            tables: "[disclosure]\n".to_owned(),
        }
    }
}

impl Draft {
    pub(crate) fn text(&self) -> String {
        let Self { head, year, preface, overview, problems, other, name, agency, tables } = self;
        format!(
            "year = {year}\nblanks = \"zero\"\n{head}\npreface = '''{preface}'''\noverview = '''{overview}'''\n\
             problems = '''{problems}'''\nother = '''{other}'''\n[agency]\nname = \"{name}\"\n{agency}\n{tables}\n"
        )
    }

    pub(crate) fn file(&self) -> ReportFile {
        file(&self.text())
    }

    /// Returns the findings of one rule.
    pub(crate) fn found(&self, rule: &str) -> Vec<Finding> {
        check_texts(&self.file()).into_iter().filter(|finding| finding.rule.code() == rule).collect()
    }

    /// Returns the messages of one rule.
    pub(crate) fn messages(&self, rule: &str) -> Vec<String> {
        self.found(rule).into_iter().map(|finding| finding.text()).collect()
    }
}

pub(crate) fn preface(text: &str) -> Draft {
    Draft { preface: text.to_owned(), ..Draft::default() }
}

pub(crate) fn overview(text: &str) -> Draft {
    Draft { overview: text.to_owned(), ..Draft::default() }
}

pub(crate) fn problems(text: &str) -> Draft {
    Draft { problems: text.to_owned(), ..Draft::default() }
}

pub(crate) fn other(text: &str) -> Draft {
    Draft { other: text.to_owned(), ..Draft::default() }
}

/// Checks that a rule gives one finding on a report, with this severity and path and about these words.
#[track_caller]
pub(crate) fn caught(draft: &Draft, rule: &str, severity: Severity, path: &str, words: &str) {
    let found = draft.found(rule);
    assert_eq!(found.len(), 1, "{rule}: {found:#?}");
    let finding = &found[0];
    assert_eq!(finding.severity, severity, "{}", finding.text());
    assert_eq!(finding.path, path, "{}", finding.text());
    assert!(!finding.place.is_empty());
    assert!(finding.hint.is_some(), "no hint: {}", finding.text());
    let Some(at) = &finding.at else { panic!("no place in the file: {}", finding.text()) };
    let marked = at.source.text.get(at.span.clone()).unwrap_or_default();
    assert!(
        finding.text().contains(words) || marked.contains(words),
        "“{words}” neither in “{}” nor marked “{marked}”",
        finding.text()
    );
}

/// Checks that a rule gives no finding on a report.
#[track_caller]
pub(crate) fn clean(draft: &Draft, rule: &str) {
    assert_eq!(draft.messages(rule), Vec::<String>::new());
}
