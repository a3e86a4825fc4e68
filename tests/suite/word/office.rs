//! The reports of these tests, built and opened in LibreOffice once.

use std::{collections::HashMap, path::PathBuf, sync::OnceLock};

use gongbao_test_support::{Office, SAMPLES, judges, made, sample};
use serde_json::Value;

use crate::program::new_office;

/// Both samples and three made-up reports, built as PDF, page, Word file and data.
pub(crate) struct Built {
    pub(crate) office: Office,
    /// What python-docx reads, by STEM; `None` where it is missing.
    pub(crate) read: Option<HashMap<String, Value>>,
    /// Whether LibreOffice made a PDF of each (see [`opened`]).
    opened: bool,
}

/// A report with a signature, and with texts that are markup elsewhere.
const SIGNED: &str = r#"
form = "2021"
year = 2024
date = 2025-01-24
blanks = "zero"
preface = "依据条例编制：“引号”——破折号……省略号·间隔号，<script>alert(1)</script> & ]]> <w:br/> &amp;。"
overview = """
（一）主动公开情况。全年公开信息，邮箱 gk@example.com，网址 https://www.example.gov.cn/zfxxgk/index.html?x=<b>&y=1 可查，另见 https://www.example.gov.cn/zfxxgk/index.html?x=<b>&y=1 和 http://[bad 。
1.第三级的内容由此开始。
（1）第四级的内容由此开始。
（二）平台建设
"""
problems = "对照要求，还有差距，下一步加以改进。"
other = "（一）信息处理费。本年度未收取信息处理费。"
[agency]
name = "清河县机关事务管理局"
[filing]
recipient = "密存县政务公开办"
roles = ["密签负责人"]
phone = "0000-7654321"
[[accepted]]
rule = "aspects"
reason = "密认可理由"
by = "密认可人"
[disclosure]
normative_documents = { issued = 22, repealed = { value = 3, note = "其中废止2件、宣布失效1件" }, in_force = 190 }
note = "注：有效件数含上年结转。"
[[disclosure.extra]]
after = "licences"
label = "其他对外管理服务事项"
figures = [12]
[applications]
new = [123456789, 0, 0, 0, 0, 0]
handled.granted = [123456780, 0, 0, 0, 0, 0]
handled.refused.third_party = [9, 0, 0, 0, 0, 0]
[appeals]
"#;

/// A report with more extra rows than a page holds.
fn tall() -> String {
    let mut report = SIGNED.replace("date = 2025-01-24\n", "");
    let rest = report.split_off(report.find("[applications]").expect("a section"));
    for number in 1..=60 {
        report += &format!(
            "[[disclosure.extra]]\nafter = \"rules\"\nlabel = \"增设事项{number}\"\nfigures = [{number}, 0, 7]\n"
        );
    }
    report + &rest
}

/// The STEMs of all reports.
pub(crate) const STEMS: [&str; 5] = [SAMPLES[0], SAMPLES[1], "signed", "tall", "own"];

pub(crate) fn built() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let office = new_office();
        for stem in SAMPLES {
            let name = format!("{stem}.toml");
            office.file(&format!("in/{name}"), std::fs::read(sample(&name)).expect("a sample"));
        }
        office.file("in/signed.toml", SIGNED);
        office.file("in/tall.toml", tall());
        // With a signature, since a Word file that ends with a table has an empty paragraph below it, which the PDF has not.
        office.file("in/own.toml", made::OWN.replace("year = 2024\n", "year = 2024\ndate = 2025-01-04\n"));
        office.file("in/own-form.toml", made::OWN_FORM);
        let run = office.run(["build", "in", "--only", "web,docx,data"]);
        assert_eq!(run.code, 0, "{run:#?}");
        // Copied to a folder of their own, in which LibreOffice writes its PDFs.
        let mut files = Vec::new();
        for (stem, folder) in STEMS.into_iter().map(|stem| (stem, "out")) {
            let word = office.read(&format!("{folder}/{stem}/public/{stem}.docx"));
            files.push(office.file(&format!("word/{stem}.docx"), word));
        }
        let letters = office.run([
            "build",
            "in/signed.toml",
            "--only",
            "docx",
            "-o",
            "letters",
            "--word-margins",
            "letters",
        ]);
        assert_eq!(letters.code, 0, "{letters:#?}");
        files.push(office.file("word/letters.docx", office.read("letters/signed/public/signed.docx")));
        let read = judges::read_docx(&files).map(|read| {
            let stems =
                files.iter().map(|file| file.file_stem().expect("a name").to_string_lossy().into_owned());
            stems.zip(read).collect()
        });
        let opened =
            judges::libreoffice(&files, "pdf", &office.path("word"), Some(&fonts(&office))).is_some();
        Built { office, read, opened }
    })
}

/// What python-docx reads from a file; `None` without the judge.
pub(crate) fn read(stem: &str) -> Option<&'static Value> {
    let read = built().read.as_ref();
    if read.is_none() {
        judges::missing("python");
    }
    read.map(|read| &read[stem])
}

/// The PDF that LibreOffice made of a file; `None` without the judge.
pub(crate) fn opened(stem: &str) -> Option<PathBuf> {
    let opened = built().opened;
    if !opened {
        judges::missing("libreoffice");
    }
    opened.then(|| built().office.path(&format!("word/{stem}.pdf")))
}

/// Returns the template's data of a report.
pub(crate) fn data(stem: &str) -> Value {
    serde_json::from_str(&built().office.text(&format!("out/{stem}/{stem}.json"))).expect("JSON")
}

/// Writes a Fontconfig file that gives the project's faces the names that the Word file uses: the official faces are on no
/// machine that runs tests.
fn fonts(office: &Office) -> PathBuf {
    let stand_in = |official: &str, own: &str| {
        format!(
            "<alias binding=\"same\"><family>{official}</family><prefer><family>{own}</family></prefer></alias>"
        )
    };
    let aliases = [
        ("方正小标宋简体", "Noto Serif SC"),
        ("仿宋_GB2312", "FandolFang R"),
        ("黑体", "Noto Sans SC"),
        ("楷体_GB2312", "FandolKai"),
        ("宋体", "FandolSong"),
        ("Times New Roman", "FandolFang R"),
    ]
    .map(|(official, own)| stand_in(official, own))
    .concat();
    office.file("fonts.conf", judges::fontconfig(&office.path("fontcache"), &aliases))
}
