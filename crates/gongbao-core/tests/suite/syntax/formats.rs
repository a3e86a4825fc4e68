//! The three formats give the same tree of values.

use gongbao_core::{
    finding::render_all,
    syntax::{Format, Node, Value},
};

use super::{Result, at, message, read};

/// Returns a value as text, without positions and without the notation of dates.
fn bare(node: &Node) -> String {
    match &node.value {
        Value::Table(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|(key, value)| format!("{:?}:{}", key.name, bare(value))).collect();
            format!("{{{}}}", entries.join(","))
        }
        Value::List(items) => format!("[{}]", items.iter().map(bare).collect::<Vec<_>>().join(",")),
        Value::Date(text) | Value::Text(text) => format!("{text:?}"),
        Value::Number(number) => number.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Null => "null".to_owned(),
    }
}

const TOML: &str = r#"form = "2021"
year = 2024
date = 2025-01-24
overview = """
第一段“引文”。

第二段。"""

[agency]
name = '淮安市人民政府'
postcode = "223001"

[disclosure]
fees = { amount = 12.50 }
rules.issued = 0
rules.repealed = "/"

[applications.handled]
granted = [1, 2,
  { value = 22, note = "其中" }]
total = 2.2e1

[filing]
seal = true

[[accepted]]
rule = "S6"

[[accepted]]
rule = "S7"
"#;

pub(crate) const JSON: &str = r#"{
  "form": "2021", "year": 2024, "date": "2025-01-24",
  "overview": "第一段“引文”。\n\n第二段。",
  "agency": {"name": "淮安市人民政府", "postcode": "223001"},
  "disclosure": {"fees": {"amount": 12.50}, "rules": {"issued": 0, "repealed": "/"}},
  "applications": {"handled": {"granted": [1, 2, {"value": 22, "note": "其中"}], "total": 2.2e1}},
  "filing": {"seal": true},
  "accepted": [{"rule": "S6"}, {"rule": "S7"}]
}
"#;

const YAML: &str = r#"# 年度报告
form: "2021"
year: 2024
date: 2025-01-24
overview: |-
  第一段“引文”。

  第二段。
agency:
  name: 淮安市人民政府
  postcode: '223001'   # 邮编
disclosure:
  fees: {amount: 12.50}
  rules:
    issued: 0
    repealed: /
applications:
  handled:
    granted:
    - 1
    - 2
    - value: 22
      note: 其中
    total: 2.2e1
filing: {seal: true}
accepted:
  - rule: S6
  - {rule: S7}
"#;

#[test]
fn three_formats_give_the_same_tree() -> Result {
    let [toml, json, yaml] = [(Format::Toml, TOML), (Format::Json, JSON), (Format::Yaml, YAML)]
        .map(|(format, text)| read(format, text).map_err(|findings| render_all(&findings, false)));
    let toml = bare(&toml?);
    assert_eq!(toml, bare(&json?));
    assert_eq!(toml, bare(&yaml?));
    Ok(())
}

#[test]
fn spans_point_at_the_text_as_written() -> Result {
    let expected = [
        ("date", ["2025-01-24", "\"2025-01-24\"", "2025-01-24"]),
        ("agency.name", ["'淮安市人民政府'", "\"淮安市人民政府\"", "淮安市人民政府"]),
        ("agency.postcode", ["\"223001\"", "\"223001\"", "'223001'"]),
        ("disclosure.fees", ["{ amount = 12.50 }", "{\"amount\": 12.50}", "{amount: 12.50}"]),
        ("disclosure.fees.amount", ["12.50", "12.50", "12.50"]),
        ("disclosure.rules.repealed", ["\"/\"", "\"/\"", "/"]),
        ("applications.handled.granted.2.note", ["\"其中\"", "\"其中\"", "其中"]),
        ("applications.handled.total", ["2.2e1", "2.2e1", "2.2e1"]),
        ("accepted.1.rule", ["\"S7\"", "\"S7\"", "S7"]),
        ("accepted.1", ["[[accepted]]", "{\"rule\": \"S7\"}", "{rule: S7}"]),
        (
            "applications.handled.granted",
            [
                "[1, 2,\n  { value = 22, note = \"其中\" }]",
                "[1, 2, {\"value\": 22, \"note\": \"其中\"}]",
                "- 1\n    - 2\n    - value: 22\n      note: 其中",
            ],
        ),
    ];
    for (n, (format, text)) in
        [(Format::Toml, TOML), (Format::Json, JSON), (Format::Yaml, YAML)].into_iter().enumerate()
    {
        let root = read(format, text).map_err(|findings| render_all(&findings, false))?;
        for (path, expected) in &expected {
            let node = at(&root, path).ok_or_else(|| format!("no {path}"))?;
            let found = text.get(node.span.clone()).unwrap_or("?");
            // The span of a list in YAML begins with the dash of its first entry or with the entry.
            let wanted = expected.get(n).copied().unwrap_or_default();
            assert!(
                found == wanted || wanted.strip_prefix("- ") == Some(found),
                "{path} in {}: {found}",
                format.name()
            );
        }
        if let Value::Table(entries) = &root.value {
            for (key, _) in entries {
                let written = text.get(key.span.clone()).unwrap_or_default();
                assert_eq!(written.trim_matches('"'), key.name);
            }
        }
    }
    Ok(())
}

#[test]
fn the_format_follows_from_name_or_first_characters() {
    assert_eq!(Format::of_name("某县/报告.2024.TOML"), Some(Format::Toml));
    assert_eq!(Format::of_name("a.yml"), Some(Format::Yaml));
    assert_eq!(Format::of_name("a.Yaml"), Some(Format::Yaml));
    assert_eq!(Format::of_name("a.json"), Some(Format::Json));
    assert_eq!(Format::of_name("json"), None);
    assert_eq!(Format::of_name("a.xlsx"), None);
    assert_eq!(Format::sniff("\n {\"year\": 2024}"), Format::Json);
    assert_eq!(Format::sniff("year = 2024"), Format::Toml);
}

#[test]
fn numbers_stay_as_written() -> Result {
    let cases = [
        (Format::Toml, "123456789012345678901234567890"),
        (Format::Toml, "1_000"),
        (Format::Toml, "nan"),
        (Format::Toml, "-inf"),
        (Format::Json, "123456789012345678901234567890"),
        (Format::Json, "1E400"),
        (Format::Yaml, "123456789012345678901234567890"),
        (Format::Yaml, ".nan"),
        (Format::Yaml, "-.INF"),
        (Format::Yaml, "007"),
    ];
    for (format, number) in cases {
        let text = match format {
            Format::Toml => format!("a = {number}"),
            Format::Json => format!("{{\"a\": {number}}}"),
            Format::Yaml => format!("a: {number}"),
        };
        let root = read(format, &text).map_err(|findings| render_all(&findings, false))?;
        assert_eq!(at(&root, "a").map(|node| &node.value), Some(&Value::Number(number.to_owned())));
    }
    assert!(message(Format::Json, "{\"a\": NaN}").contains("文字没有用"));
    Ok(())
}
