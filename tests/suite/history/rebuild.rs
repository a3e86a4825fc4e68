//! Building after a correction: the report, the notice, the kept earlier state, and the absence of withdrawn words.

use std::path::Path;

use gongbao_test_support::{Office, Run, judges};

use super::town::{done, town};

/// Builds `report.toml`.
fn build(office: &Office, more: &[&str]) -> Run {
    let arguments: Vec<&str> =
        ["build", "report.toml", "--only", "web,print"].iter().chain(more).copied().collect();
    done(office, &arguments)
}

/// Changes the published report and writes the correction into it.
fn correct(office: &Office, changes: &[(&str, &str)], more: &[&str]) {
    office.file("before.toml", office.read("report.toml"));
    let mut text = office.text("report.toml");
    for (old, new) in changes {
        assert!(text.contains(old), "{old}");
        text = text.replacen(old, new, 1);
    }
    office.file("report.toml", text);
    let arguments = ["correct", "before.toml", "report.toml"].iter().chain(more);
    done(office, &arguments.copied().collect::<Vec<_>>());
}

fn published() -> Office {
    let office = town();
    std::fs::rename(office.path("2024.toml"), office.path("report.toml")).expect("a name");
    done(&office, &["publish", "report.toml", "--date", "2025-01-26"]);
    build(&office, &[]);
    office
}

const PENALTIES: (&str, &str) = ("penalties = 4", "penalties = 5");
const PUBLIC: &str = "out/report/public/";
const FILING: &str = "out/report/filing/";

/// The text of a file without its line breaks.
fn words(path: &Path) -> Option<String> {
    judges::pdftotext(path).map(|text| text.replace(['\n', ' ', '\u{c}'], ""))
}

#[test]
fn a_corrected_report_is_built_with_a_notice_and_the_earlier_state_is_kept() {
    let office = published();
    let (web, print) =
        (office.read(&format!("{PUBLIC}report.pdf")), office.read(&format!("{FILING}report-print.pdf")));
    let web_copy = office.path(&format!("{PUBLIC}report.pdf"));
    let before = judges::page_pictures(&web_copy, 40);
    correct(&office, &[PENALTIES], &["--reason", "行政处罚台账漏记1件", "--date", "2025-03-02"]);
    let run = build(&office, &[]);
    assert!(run.stdout.contains("report-correction-1.pdf（1页）"), "{run:#?}");
    let outputs: Vec<String> = office.files().into_iter().filter(|file| file.starts_with("out/")).collect();
    assert_eq!(
        outputs,
        [
            "out/report/filing/report-correction-1-print.pdf",
            "out/report/filing/report-print.pdf",
            "out/report/history/1/filing/report-print.pdf",
            "out/report/history/1/public/report.pdf",
            "out/report/manifest.json",
            "out/report/public/report-correction-1.pdf",
            "out/report/public/report.pdf",
        ]
    );
    assert_eq!(office.read("out/report/history/1/public/report.pdf"), web);
    assert_eq!(office.read("out/report/history/1/filing/report-print.pdf"), print);

    // The report itself: one figure is new, and a line under the title says that it was corrected.
    if let (Some(before), Some(after)) = (before, judges::page_pictures(&web_copy, 40)) {
        assert_eq!(before.len(), after.len());
        let changed: Vec<usize> = (0..before.len()).filter(|page| before[*page] != after[*page]).collect();
        assert!(changed.starts_with(&[0, 1]), "pages that changed, from 0: {changed:?}");
    }
    let notice = office.path(&format!("{PUBLIC}report-correction-1.pdf"));
    let paper = office.path(&format!("{FILING}report-correction-1-print.pdf"));
    for file in [&notice, &paper] {
        let Some(words) = words(file) else { break };
        for wanted in [
            "关于《青禾镇人民政府2024年政府信息公开工作年度报告》的更正说明",
            "已于2025年1月26日公布",
            "序号位置更正前更正后原因",
            "表二“行政处罚”本年处理决定数量栏",
            "行政处罚台账漏记1件",
            "2025年3月2日",
        ] {
            assert!(words.contains(wanted), "{wanted}: {words}");
        }
    }
    if let Some(words) = words(&office.path(&format!("{PUBLIC}report.pdf"))) {
        let title = "青禾镇人民政府2024年政府信息公开工作年度报告（2025年3月2日更正）";
        assert!(words.contains(title), "{words}");
        assert_eq!(words.matches("更正").count(), 1, "{words}");
    }
    let files = [&notice, &office.path(&format!("{PUBLIC}report.pdf"))];
    if let Some(complaints) = judges::verapdf("3a,ua1", &files) {
        assert_eq!(complaints, Vec::<String>::new());
    }
    if let Some(plates) = judges::covered_plates(&paper) {
        assert!(plates.iter().all(|[c, m, y, k]| c + m + y == 0.0 && *k > 0.0), "{plates:?}");
    }
    if let Some(read) = judges::read_pdf(&[&notice]) {
        let table = &read[0]["tables"][0];
        assert_eq!(table["problems"], serde_json::json!([]), "{table}");
        let cells = table["cells"].as_array().expect("cells");
        let heads = cells.iter().filter(|cell| cell["kind"] == "TH").count();
        assert_eq!(heads, 5, "{table}");
    }
    // A second build changes nothing, and the earlier state can still be compared.
    let run = build(&office, &[]);
    assert!(run.stdout.contains("没有变化"), "{run:#?}");
    let run = office.run(["diff", "out/report/history/1/public/report.pdf", "report.toml"]);
    assert!(run.stdout.contains("4 → 5"), "{run:#?}");
    // The PDF carries the correction and is recognised as unaltered.
    let run = done(&office, &["extract", &format!("{PUBLIC}report.pdf")]);
    assert_eq!(run.json()["corrections"][0]["changes"][0]["new"], 5);
    assert!(run.stderr.contains("逐字节相同"), "{run:#?}");
}

#[test]
fn a_second_correction_keeps_the_first_and_the_record_may_be_inside_the_report() {
    let office = published();
    correct(&office, &[PENALTIES], &["--reason", "台账漏记", "--date", "2025-03-02"]);
    build(&office, &[]);
    correct(
        &office,
        &[("镇纪委全程监督。", "镇纪委全程监督。\n（六）考核评议。全年考核一次。"), ("416条", "417条")],
        &["--reason", "文字遗漏", "--date", "2025-04-02"],
    );
    build(&office, &["--inline-corrections"]);
    for file in [
        "public/report-correction-1.pdf",
        "public/report-correction-2.pdf",
        "history/1/public/report.pdf",
        "history/2/public/report.pdf",
        "history/2/public/report-correction-1.pdf",
    ] {
        assert!(office.path(&format!("out/report/{file}")).is_file(), "{file}: {:#?}", office.files());
    }
    if let Some(words) = words(&office.path(&format!("{PUBLIC}report-correction-2.pdf"))) {
        for wanted in ["更正说明（第2次）", "（无）", "（六）考核评议。全年考核一次。", "417条"]
        {
            assert!(words.contains(wanted), "{wanted}: {words}");
        }
    }
    let web = office.path(&format!("{PUBLIC}report.pdf"));
    if let Some(words) = words(&web) {
        for wanted in ["附：更正记录", "第1次更正，2025年3月2日", "台账漏记", "第2次更正，2025年4月2日"]
        {
            assert!(words.contains(wanted), "{wanted}: {words}");
        }
    }
    if let Some(complaints) = judges::verapdf("3a,ua1", &[&web]) {
        assert_eq!(complaints, Vec::<String>::new());
    }
    let run = done(&office, &["extract", &format!("{PUBLIC}report.pdf")]);
    assert!(run.stderr.contains("逐字节相同"), "{run:#?}");
}

#[test]
fn a_notice_of_several_pages_has_the_reason_on_each_and_marks_what_goes_on() {
    let office = published();
    let long = "组织政务公开业务培训，".repeat(90);
    correct(
        &office,
        &[
            PENALTIES,
            ("416条", "417条"),
            ("镇纪委全程监督。", &format!("镇纪委全程监督。\n{long}有成效。")),
            ("natural = 5, business = 1 }", "natural = 6, business = 1 }"),
            ("granted = { natural = 4 }", "granted = { natural = 5 }"),
        ],
        &["--reason", "录入有误", "--date", "2025-03-02"],
    );
    build(&office, &[]);
    let notice = office.path(&format!("{PUBLIC}report-correction-1.pdf"));
    if let Some(complaints) = judges::verapdf("3a,ua1", &[&notice]) {
        assert_eq!(complaints, Vec::<String>::new());
    }
    let Some(read) = judges::read_pdf(&[&notice]) else { return };
    let tables = read[0]["tables"].as_array().expect("tables");
    assert!(tables.len() > 1, "the notice has several pages");
    let mut continued = 0;
    for (index, table) in tables.iter().enumerate() {
        assert_eq!(table["problems"], serde_json::json!([]), "{table}");
        let texts: Vec<&str> = table["cells"]
            .as_array()
            .expect("cells")
            .iter()
            .filter_map(|cell| cell["text"].as_str())
            .collect();
        let reason = if index == 0 { "录入有误" } else { "录入有误（续）" };
        for wanted in ["序号", "位置", "更正前", "更正后", "原因", reason] {
            assert!(texts.contains(&wanted), "{wanted}: {texts:?}");
        }
        // A row that goes on is marked in each of its cells.
        let goes_on = texts.iter().any(|text| text.starts_with("（续）"));
        assert_eq!(goes_on, texts.iter().any(|text| text.ends_with("段（续）")), "{texts:?}");
        continued += usize::from(goes_on);
    }
    let whole: String = tables
        .iter()
        .flat_map(|table| table["cells"].as_array().expect("cells"))
        .filter_map(|cell| cell["text"].as_str())
        .collect();
    assert!(continued > 0);
    // Words that are divided between two pages are not counted.
    assert!(whole.matches("业务培训").count() >= 90 - tables.len(), "{whole}");
    assert!(whole.contains("有成效。"), "{whole}");
}

/// Checks that no file in the public folder, and none of `besides`, contains one of these words in any form.
fn assert_absent(office: &Office, secrets: &[&str], besides: &[&str]) {
    let mut files: Vec<String> = office.files().into_iter().filter(|file| file.starts_with(PUBLIC)).collect();
    assert!(files.len() >= 2, "{files:?}");
    files.extend(besides.iter().map(|file| (*file).to_owned()));
    for file in files {
        let path = office.path(&file);
        let mut texts = vec![String::from_utf8_lossy(&office.read(&file)).into_owned()];
        if let Some(unpacked) = judges::unpacked(&path) {
            texts.push(String::from_utf8_lossy(&unpacked).into_owned());
        }
        texts.extend(words(&path));
        texts.extend(judges::read_pdf(&[&path]).map(|read| read[0].to_string()));
        for secret in secrets {
            for text in &texts {
                assert!(!text.contains(secret), "{secret} in {file}");
            }
        }
    }
}

#[test]
fn withdrawn_words_are_in_no_public_file() {
    let office = published();
    // The first correction moves the paragraph and leaves the phone number.
    correct(
        &office,
        &[
            ("（一）主动公开。通过", "另作一点说明，与正文无关。\n（一）主动公开。通过"),
            ("0555-6120001", "0555-6120003"),
        ],
        &["--reason", "电话有误", "--date", "2025-03-02"],
    );
    build(&office, &[]);
    correct(
        &office,
        &[("联系人李四，电话0555-6120003。", "")],
        &["--reason", "不应公布个人信息", "--date", "2025-03-05", "--redact", "overview[3]"],
    );
    // The second correction concerns the same paragraph.
    build(&office, &[]);
    correct(&office, &[("开放日活动3次", "开放日活动4次")], &["--reason", "漏计", "--date", "2025-04-02"]);
    build(&office, &["--inline-corrections"]);
    done(&office, &["check", "report.toml"]);
    let run = office.run([
        "diff",
        "out/report/history/1/public/report.pdf",
        "report.toml",
        "--marked",
        "花脸稿.pdf",
    ]);
    assert_eq!(run.code, 1, "{run:#?}");
    let secrets = ["李四", "6120001", "6120003", "联系人"];
    assert_absent(&office, &secrets, &["花脸稿.pdf"]);
    for secret in secrets {
        assert!(!run.stdout.contains(secret), "{run:#?}");
    }
    for number in [1, 2] {
        let notice = office.path(&format!("{PUBLIC}report-correction-{number}.pdf"));
        let Some(words) = words(&notice) else { break };
        assert!(words.contains("内容已撤下") && words.contains("一、总体情况"), "{words}");
    }
    // The office's own file keeps the withdrawn words; the earlier files are in history/.
    assert!(office.text("report.toml").contains("6120003"));
    assert!(office.path("out/report/history/2/public/report.pdf").is_file());
    // The report extracted from the public PDF passes the checks.
    done(&office, &["check", &format!("{PUBLIC}report.pdf")]);
    let run = done(&office, &["extract", &format!("{PUBLIC}report.pdf")]);
    assert!(run.stderr.contains("逐字节相同"), "{run:#?}");
    done(
        &office,
        &["build", &format!("{PUBLIC}report.pdf"), "--only", "web", "--inline-corrections", "-o", "again"],
    );
    assert_eq!(office.read("again/report/public/report.pdf"), office.read(&format!("{PUBLIC}report.pdf")));
}

#[test]
fn a_withdrawn_figure_is_not_in_the_text_that_quoted_it() {
    let office = published();
    correct(
        &office,
        &[
            ("natural = 5, business = 1 }", "natural = 973186425, business = 1 }"),
            ("granted = { natural = 4 }", "granted = { natural = 973186424 }"),
        ],
        &["--reason", "统计口径", "--date", "2025-03-02"],
    );
    build(&office, &[]);
    correct(
        &office,
        &[("natural = 973186425,", "natural = 5,"), ("natural = 973186424 }", "natural = 4 }")],
        &[
            "--reason",
            "误用内部数据",
            "--date",
            "2025-03-05",
            "--redact",
            "applications.new.natural,applications.new.total,applications.handled.granted.natural,applications.handled.granted.total,applications.handled.total.natural,applications.handled.total.total",
        ],
    );
    build(&office, &[]);
    assert_absent(&office, &["973186424", "973186425", "973186426"], &[]);
    done(&office, &["check", "report.toml"]);
}

#[test]
fn words_withdrawn_in_one_place_cannot_stay_in_another() {
    let office = published();
    let text = office.text("report.toml").replacen(
        "存在的问题：",
        "如有疑问请找联系人李四，电话0555-6120001。存在的问题：",
        1,
    );
    // Published with the number in two places.
    let text: String =
        text.lines().filter(|line| !line.starts_with("published")).map(|line| format!("{line}\n")).collect();
    office.file("report.toml", text);
    done(&office, &["publish", "report.toml", "--date", "2025-01-26"]);
    office.file("before.toml", office.read("report.toml"));
    let cut = office.text("report.toml").replacen("，联系人李四，电话0555-6120001。", "。", 1);
    office.file("report.toml", &cut);
    let arguments = [
        "correct",
        "before.toml",
        "report.toml",
        "--reason",
        "撤下",
        "--date",
        "2025-03-05",
        "--redact",
        "overview[2]",
    ];
    let run = office.run(arguments);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("problems[1]"), "{run:#?}");
    assert_eq!(office.text("report.toml"), cut);
}
