//! Texts that have a meaning in TOML, JSON or YAML survive being written and read in each of them.

use gongbao_core::{
    report::{Scope, to_text},
    syntax::Format,
};
use gongbao_test_support::{
    made::{FORM_2019, FORM_2021},
    random::Random,
};

use crate::reading::files::{file, read_as, report as report_of, toml};

/// Characters that have a meaning in one of the notations, or that reading normalises.
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

/// Returns up to nine pieces in random order.
fn text(random: &mut Random) -> String {
    (0..1 + random.below(9)).map(|_| PIECES[random.below(PIECES.len())]).collect()
}

/// Returns a report in JSON with such texts in every field that holds text.
fn hostile(random: &mut Random, whole: &serde_json::Value) -> serde_json::Value {
    let mut value = whole.clone();
    for key in ["title", "preface", "overview", "problems", "other"] {
        if random.below(4) > 0 {
            value[key] = text(random).into();
        }
    }
    for key in ["address", "phone", "region"] {
        value["agency"][key] = text(random).into();
    }
    for key in ["disclosure", "applications", "appeals"] {
        value[key]["note"] = text(random).into();
    }
    value["disclosure"]["rules"][0] = serde_json::json!({ "value": random.below(99), "note": text(random) });
    value["disclosure"]["extra"] = serde_json::json!([
        { "after": "rules", "label": text(random), "figures": [1, { "value": "/", "note": text(random) }, ""] }
    ]);
    value["filing"] = serde_json::json!({ "recipient": text(random), "roles": [text(random), "审核人"] });
    value["accepted"] = serde_json::json!([{ "rule": "S6", "reason": text(random), "by": text(random) }]);
    value["published"] =
        serde_json::json!({ "date": "2025-01-26", "digest": format!("sha256:{}", "a".repeat(64)) });
    value["corrections"] = serde_json::json!([{ "date": "2025-03-02", "reason": text(random), "changes": [
        { "path": "overview[1]", "old": text(random), "new": text(random), "redact": true },
        { "path": "disclosure.rules.issued", "old": { "value": 1, "note": text(random) }, "new": "999999999999.999999" },
    ] }]);
    value
}

#[test]
#[cfg_attr(debug_assertions, ignore = "slow without optimisation")]
fn any_text_is_the_same_in_all_three_notations() {
    let mut random = Random::new(3);
    let mut compared = 0;
    for text in [FORM_2021.to_owned(), FORM_2019.to_owned()] {
        let file = file(toml(&text));
        let whole = to_text(&file.report, &file.form, Scope::Office, Format::Json);
        let whole: serde_json::Value = serde_json::from_str(&whole).expect("JSON");
        for _ in 0..150 {
            let given = hostile(&mut random, &whole).to_string();
            // A report with findings is compared too: its texts are kept to the letter.
            let report = report_of(read_as(&given, Format::Json));
            for format in [Format::Toml, Format::Json, Format::Yaml] {
                let written = to_text(&report, &file.form, Scope::Office, format);
                let again = report_of(read_as(&written, format));
                assert_eq!(again, report, "{}:\n{written}", format.name());
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 900);
}
