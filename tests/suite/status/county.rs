//! A folder with the reports of a made-up county.

use std::ops::Deref;

use gongbao_test_support::{Office, Run, sample};

use crate::program::new_office;

/// A folder with the reports that a county office has collected.
pub(crate) struct County(Office);

impl County {
    pub(crate) fn new() -> Self {
        Self(new_office())
    }

    /// Writes a submitted file.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) {
        self.0.file(name, bytes);
    }

    /// Runs a command in the folder.
    pub(crate) fn run_any(&self, arguments: &[&str]) -> Run {
        self.0.run(arguments)
    }

    /// Runs `gongbao status` in the folder.
    pub(crate) fn run<const N: usize>(&self, arguments: [&str; N]) -> Run {
        self.0.run(std::iter::once("status").chain(arguments))
    }
}

impl Deref for County {
    type Target = Office;

    fn deref(&self) -> &Office {
        &self.0
    }
}

/// Texts of the made-up reports: sentences too short for the rule `copied`.
const TEXTS: &str = r#"overview = """
（一）主动公开。公开的主要是政策文件、财政预决算和办事指南。
（二）依申请公开。本年新收政府信息公开申请{{applications.new.total}}件，都在法定期限内答复。
（三）政府信息管理。公开前逐件审查，失效的信息及时清理。
（四）平台建设。信息统一发布在县政府门户网站。
（五）监督保障。有专人负责，办了一期培训，参加了县里的考核评议。
"""
problems = """
存在的问题：政策解读的形式还比较单一。
改进措施：多用图解和问答，让群众看得懂。
"""
other = """
本年度没有收取信息处理费。
"""
"#;

/// Returns a report without errors: the tables of 上海市人民政府办公厅 with other figures.
pub(crate) fn report(name: &str, extra: u32) -> String {
    let sample = sample("shanghai-gov-office-2025.toml");
    let text = std::fs::read_to_string(sample).expect("the sample");
    let (head, rest) = text.split_once("overview = ").expect("texts");
    let (_, tables) = rest.split_once("\n[agency]").expect("an agency");
    let text = format!("{head}{TEXTS}\n[agency]{tables}")
        .replace("上海市人民政府办公厅", name)
        .replace("kind = \"office\"", "kind = \"department\"\nphone = \"0517-00000000\"")
        // A department of a county cannot make 规章.
        .replace("rules = [22, { value = 22, note = \"其中修订16件\" }, 235]", "rules = [0, 0, 0]");
    // More applications received and carried over; the sums still hold.
    let row = |text: String, key: &str, natural: u32, total: u32| {
        let start = text.find(&format!("\n{key} = [{natural}, ")).expect(key) + 1;
        let end = start + text[start..].find('\n').expect("a line end");
        let changed = text[start..end]
            .replace(&format!("[{natural}, "), &format!("[{}, ", natural + extra))
            .replace(&format!(", {total}]"), &format!(", {}]", total + extra));
        format!("{}{changed}{}", &text[..start], &text[end..])
    };
    let text = row(text, "new", 1259, 1295);
    row(text, "carried_out", 290, 293)
}

/// Returns the report for another year.
pub(crate) fn of_year(report: &str, year: u16) -> String {
    report.replace("2025", &year.to_string())
}

/// Returns the report with a paragraph long enough for the rule `copied`.
pub(crate) fn with_paragraph(report: &str, paragraph: &str) -> String {
    report.replace("problems = \"\"\"\n", &format!("problems = \"\"\"\n{paragraph}\n"))
}

/// Returns the report with a total that is wrong by 1.
pub(crate) fn wrong_sum(report: &str) -> String {
    report.replace("litigation]\ndirect = [2, 0, 4, 6, 12]", "litigation]\ndirect = [2, 0, 4, 6, 13]")
}

/// Returns the report without one row.
pub(crate) fn without_row(report: &str) -> String {
    report.replace("penalties = 0\n", "")
}

/// Returns the report cut off in the middle of a text.
pub(crate) fn cut_off(report: &str) -> String {
    // The name of the body is still in the file.
    let (_, rest) = report.split_once("\n[agency]").expect("an agency");
    let (agency, _) = rest.split_once("\n\n").expect("an end");
    format!("form = \"2021\"\n[agency]{agency}\n{}", "preface = \"没有写完")
}

/// Returns the report as published.
pub(crate) fn published(report: &str, date: &str) -> String {
    let desk = new_office();
    desk.file("report.toml", report);
    let run = desk.run(["publish", "report.toml", "--date", date]);
    assert_eq!(run.code, 0, "{run:#?}");
    desk.text("report.toml")
}
