//! A report written as TOML, JSON or YAML reads the same again, whatever its texts hold.

use gongbao_core::{
    finding::Severity,
    report::{Report, Scope, to_text},
    syntax::Format,
};

use crate::files::*;

const ALL: [Format; 3] = [Format::Toml, Format::Json, Format::Yaml];

/// What has a meaning in one of the notations, or is put right on reading.
const PIECES: &[&str] = &[
    "\"\"\"",
    "'''",
    "\"",
    "'",
    "\\",
    "\\\"",
    "\\n",
    "\\u4E2D",
    "{{",
    "}}",
    "{{{{",
    "{{applications.new.total}}",
    "#",
    " # ",
    ": ",
    "- ",
    "---",
    "...",
    "&a",
    "*a",
    "!t",
    "|",
    ">",
    "%",
    "@",
    "`",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "=",
    "<<",
    "~",
    "null",
    "true",
    "2024-01-01",
    "0",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "  ",
    "\u{3000}",
    "\u{a0}",
    "\u{200b}",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{ad}",
    "\u{7f}",
    "\u{9b}",
    "\u{e000}",
    "\u{ffff}",
    "\u{202e}",
    "𠮷",
    "\u{1f600}",
    "葛\u{e0100}",
    "（一）",
    "1.",
    "一、",
    "政府信息",
    "信息公开。",
    "，",
];

struct Random(u64);

impl Random {
    fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % below
    }

    fn text(&mut self) -> String {
        (0..1 + self.below(9)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}

/// A report in JSON with hostile words wherever words can stand.
fn hostile(random: &mut Random, whole: &serde_json::Value) -> serde_json::Value {
    let mut value = whole.clone();
    for key in ["title", "preface", "overview", "problems", "other"] {
        if random.below(4) > 0 {
            value[key] = random.text().into();
        }
    }
    for key in ["address", "phone", "region"] {
        value["agency"][key] = random.text().into();
    }
    for key in ["disclosure", "applications", "appeals"] {
        value[key]["note"] = random.text().into();
    }
    value["disclosure"]["rules"][0] = serde_json::json!({ "value": random.below(99), "note": random.text() });
    value["disclosure"]["extra"] = serde_json::json!([
        { "after": "rules", "label": random.text(), "figures": [1, { "value": "/", "note": random.text() }, ""] }
    ]);
    value["filing"] = serde_json::json!({ "recipient": random.text(), "roles": [random.text(), "审核人"] });
    value["accepted"] = serde_json::json!([{ "rule": "S6", "reason": random.text(), "by": random.text() }]);
    value["published"] =
        serde_json::json!({ "date": "2025-01-26", "digest": format!("sha256:{}", "a".repeat(64)) });
    value["corrections"] = serde_json::json!([{ "date": "2025-03-02", "reason": random.text(), "changes": [
        { "path": "overview[1]", "old": random.text(), "new": random.text(), "redact": true },
        { "path": "disclosure.rules.issued", "old": { "value": 1, "note": random.text() }, "new": "999999999999.999999" },
    ] }]);
    value
}

#[test]
fn whatever_the_texts_hold_the_three_notations_say_the_same() {
    let mut random = Random(3);
    let mut compared = 0;
    for text in [FORM_2021.to_owned(), FORM_2019.to_owned()] {
        let file = file(toml(&text));
        let whole = to_text(&file.report, &file.form, Scope::Office, Format::Json);
        let whole: serde_json::Value = serde_json::from_str(&whole).expect("JSON");
        for _ in 0..150 {
            let given = hostile(&mut random, &whole).to_string();
            // What a report holds that has findings is kept to the letter too: they are shown, not mended.
            let report = report(read_as(&given, Format::Json));
            for format in ALL {
                let written = to_text(&report, &file.form, Scope::Office, format);
                let again = self::report(read_as(&written, format));
                assert_eq!(again, report, "{}:\n{written}", format.name());
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 900);
}

#[test]
fn both_sample_reports_survive_the_way_through_all_notations() {
    for text in [
        include_str!("../../../../data/reports/shanghai-gov-office-2025.toml"),
        include_str!("../../../../data/reports/pengyang-jgsw-2020.toml"),
    ] {
        let first = file(toml(text));
        let mut report: Report = first.report.clone();
        for format in [Format::Toml, Format::Yaml, Format::Json, Format::Toml] {
            let written = to_text(&report, &first.form, Scope::Office, format);
            let reading = read_as(&written, format);
            let errors = reading.findings.iter().filter(|finding| finding.severity == Severity::Error);
            assert_eq!(errors.count(), 0, "{written}");
            report = self::report(reading);
            assert_eq!(report, first.report, "{written}");
        }
    }
}

#[test]
fn toml_is_laid_out_as_people_write_it() {
    let file = file(toml(&(FORM_2021.to_owned() + OFFICE)));
    let text = to_text(&file.report, &file.form, Scope::Office, Format::Toml);
    let (head, rest) = text.split_once("\n[").expect("sections");
    for key in ["form", "year", "title", "date", "published", "preface", "overview", "problems", "other"] {
        assert!(head.lines().any(|line| line.starts_with(&format!("{key} = "))), "{key}: {head}");
    }
    assert!(head.contains("\ndate = 2025-01-24\n"), "{head}");
    assert!(head.contains("published = { date = 2025-01-26, digest = \"sha256:"), "{head}");
    assert!(head.contains("\n# 一、总体情况\noverview = \"\"\"\n（一）主动公开方面\n全年"), "{head}");
    let sections: Vec<&str> =
        rest.lines().filter(|line| line.ends_with(']') && !line.contains(" = ")).collect();
    assert_eq!(
        sections,
        [
            "agency]",
            "[filing]",
            "[[accepted]]",
            "[[accepted]]",
            "[disclosure]",
            "[[disclosure.extra]]",
            "[applications]",
            "[appeals]",
            "[[corrections]]",
            "]"
        ]
    );
    // The rows stand in the order of the form, with its labels, their figures one under the other.
    let row = |key: &str| {
        let line = text.lines().find(|line| line.split(' ').next() == Some(key)).expect(key);
        (line.find('[').expect("figures"), line)
    };
    let (column, new) = row("new");
    assert!(new.contains("= [1259, 36, 0, 0, 0, 0, 1295]"), "{new}");
    assert!(new.ends_with("# 一、本年新收政府信息公开申请数量"), "{new}");
    let (other, carried_out) = row("carried_out");
    assert_eq!(column, other);
    assert!(carried_out.contains("= [ 290,  3, 0, 0, 0, 0]"), "{carried_out}");
    assert!(text.find("\nhandled.granted ").expect("granted") < text.find("\ncarried_out ").expect("last"));
    assert!(text.contains("# 本年制发件数、本年废止件数、现行有效件数\nrules "), "{text}");
}

#[test]
fn what_is_missing_is_offered_to_be_filled_in_and_stays_missing() {
    let text = changed(
        FORM_2021,
        &[
            ("licences = 2.2e1\n", ""),
            ("new = [1259, 36, 0, 0, 0, 0, 1295]", "new = { natural = 5, other = 1 }"),
        ],
    );
    let first = toml(&text);
    let told_first = told(&first).into_iter().map(|(what, _)| what).collect::<Vec<_>>();
    let first = file(first);
    for format in [Format::Toml, Format::Yaml] {
        let written = to_text(&first.report, &first.form, Scope::Office, format);
        let again = read_as(&written, format);
        assert_eq!(
            told(&again).into_iter().map(|(what, _)| what).collect::<Vec<_>>(),
            told_first,
            "{written}"
        );
        assert_eq!(report(again), first.report);
        let offered =
            written.lines().find(|line| line.trim_start().starts_with("licences")).expect("offered");
        assert!(offered.contains("[]") && offered.ends_with("# 行政许可"), "{offered}");
    }
}

#[test]
fn yaml_keeps_texts_as_blocks() {
    let file = file(toml(&(FORM_2021.to_owned() + OFFICE)));
    let text = to_text(&file.report, &file.form, Scope::Office, Format::Yaml);
    assert!(text.contains("\n# 一、总体情况\noverview: |\n  （一）主动公开方面\n  全年"), "{text}");
    assert!(
        text.contains("\n  # 本年制发件数、本年废止件数、现行有效件数\n  rules: [{ value: 22, note: "),
        "{text}"
    );
    assert!(text.contains("\n  handled:\n    granted: [201, 5, 0, 0, 0, 0]"), "{text}");
    assert!(
        text.contains("\n      - { path: \"applications.new.total\", old: 3119, new: 3120 }\n"),
        "{text}"
    );
}
