//! `gongbao diff`: in the terminal, as JSON, on marked pages.

use gongbao_test_support::{Office, judges};
use serde_json::{Value, json};

use super::town::{TOWN, done, town};

/// The report with a changed figure and total, changed words, one paragraph deleted and one added.
pub(crate) fn changed() -> String {
    TOWN.replace("new = { natural = 5,", "new = { natural = 4,")
        .replace("granted = { natural = 4 }", "granted = { natural = 3 }")
        .replace("信息416条", "信息418条")
        .replace("（四）平台建设。网站专栏每周更新。\n", "")
        .replace("图解等形式。", "图解等形式。\n另外建立意见收集制度。")
}

fn office() -> Office {
    let office = town();
    office.file("new.toml", changed());
    office
}

fn changes(office: &Office, old: &str, new: &str) -> Vec<Value> {
    let run = office.run(["diff", old, new, "--json"]);
    let changes = run.json()["changes"].as_array().expect("changes").clone();
    assert_eq!(run.code, i32::from(!changes.is_empty()), "{run:#?}");
    changes
}

#[test]
fn changed_figures_and_paragraphs_are_listed_with_place_and_both_values() {
    let office = office();
    let all = changes(&office, "2024.toml", "new.toml");
    let told: Vec<(&str, &Value, &Value)> = all
        .iter()
        .map(|change| (change["path"].as_str().expect("a path"), &change["old"], &change["new"]))
        .collect();
    let text = |words: &str| json!(words);
    assert_eq!(
        told,
        [
            (
                "overview[1]",
                &text("青禾镇人民政府2024年主动公开政府信息416条，其中政策文件12件。"),
                &text("青禾镇人民政府2024年主动公开政府信息418条，其中政策文件12件。")
            ),
            // A placeholder in the text prints the changed figure.
            (
                "overview[3]",
                &text("（二）依申请公开。全年新收申请6件，均按期答复。"),
                &text("（二）依申请公开。全年新收申请5件，均按期答复。")
            ),
            ("overview[5]", &text("（四）平台建设。网站专栏每周更新。"), &text("")),
            ("applications.new.natural", &json!(5), &json!(4)),
            ("applications.new.total", &json!(6), &json!(5)),
            ("applications.handled.granted.natural", &json!(4), &json!(3)),
            ("applications.handled.granted.total", &json!(4), &json!(3)),
            ("applications.handled.total.natural", &json!(5), &json!(4)),
            ("applications.handled.total.total", &json!(6), &json!(5)),
            ("problems[3]", &text(""), &text("另外建立意见收集制度。")),
        ]
    );
    // A changed number is shown whole.
    assert_eq!(
        all[0]["words"],
        json!([
            { "op": "kept", "text": "青禾镇人民政府2024年主动公开政府信息" },
            { "op": "deleted", "text": "416" },
            { "op": "inserted", "text": "418" },
            { "op": "kept", "text": "条，其中政策文件12件。" },
        ])
    );
    assert_eq!(all[4]["place"], "表三 › 一、本年新收政府信息公开申请数量 › 总计");

    let run = office.run(["diff", "2024.toml", "new.toml"]);
    assert_eq!(run.code, 1);
    for words in [
        "表三 › 一、本年新收政府信息公开申请数量 › 总计\n  6 → 5\n",
        "一、总体情况 › 原第5段\n  ［删：（四）平台建设。网站专栏每周更新。］\n",
        "信息［删：416］［增：418］条",
        "共10处不同：数据6处，文字4处\n",
    ] {
        assert!(run.stdout.contains(words), "{words}: {run:#?}");
    }
}

#[test]
fn files_and_pdfs_are_compared_in_any_mix() {
    let office = office();
    done(&office, &["build", "2024.toml", "new.toml", "--only", "web"]);
    let (old, new) = ("out/2024/public/2024.pdf", "out/new/public/new.pdf");
    let all = changes(&office, "2024.toml", "new.toml");
    for (a, b) in [(old, "new.toml"), ("2024.toml", new), (old, new)] {
        assert_eq!(changes(&office, a, b), all, "{a} {b}");
    }
    for (a, b) in [("2024.toml", old), (new, "new.toml"), ("2024.toml", "2024.toml")] {
        assert_eq!(changes(&office, a, b), [] as [Value; 0], "{a} {b}");
    }
    let run = office.run(["diff", "2024.toml", old]);
    assert_eq!((run.code, run.stdout.as_str()), (0, "没有不同\n"));
    // Writing out a total that was left out is no difference.
    office.file("written.toml", TOWN.replace("{ natural = 5, business = 1 }", "[5, 1, 0, 0, 0, 0, 6]"));
    assert_eq!(changes(&office, "2024.toml", "written.toml"), [] as [Value; 0]);
    for arguments in [["none.toml", "new.toml"], ["2024.toml", "none.pdf"]] {
        let run = office.run(["diff", arguments[0], arguments[1]]);
        assert_eq!(run.code, 2, "{run:#?}");
        assert!(!run.stderr.is_empty());
    }
}

#[test]
fn the_marked_pages_show_both_texts_and_a_line_for_a_signature() {
    let office = office();
    let run = office.run(["diff", "2024.toml", "new.toml", "--marked", "花脸稿.pdf"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let pdf = office.path("花脸稿.pdf");
    if let Some(complaint) = judges::qpdf(&pdf) {
        assert_eq!(complaint, "");
    }
    if let Some(text) = judges::pdftotext(&pdf) {
        let text = text.replace(['\n', ' '], "");
        for words in [
            "信息416418条",
            "（四）平台建设。网站专栏每周更新。",
            "另外建立意见收集制度。",
            "审核人签字",
            "修改10处",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }
    if let Some(read) = judges::read_pdf(&[&pdf]) {
        // Deleted text is in one colour, added text in another, everything else in black.
        let pages = read[0]["pages"].as_array().expect("pages");
        let lines = pages.iter().flat_map(|page| page["lines"].as_array().expect("lines"));
        let colours: std::collections::BTreeSet<String> =
            lines.map(|line| line["colour"].to_string()).collect();
        assert_eq!(colours.len(), 3, "{colours:?}");
    }
    // Without a difference, the pages are those of the report.
    let run = office.run(["diff", "2024.toml", "2024.toml", "--marked", "same.pdf"]);
    assert_eq!(run.code, 0, "{run:#?}");
}
