//! Hostile files: deep nesting, aliases, very long texts.

use gongbao_core::{finding::render_all, syntax::Format};

use super::{Result, message, read};

#[test]
fn ten_thousand_levels_are_refused_with_a_message() {
    let many = |part: &str| part.repeat(10_000);
    let cases = [
        (Format::Toml, format!("a = {}", many("["))),
        (Format::Toml, format!("a = {}{}", many("["), many("]"))),
        (Format::Toml, format!("a = {}1{}", many("{a="), many("}"))),
        (Format::Toml, format!("{}a = 1", many("a."))),
        (Format::Toml, format!("[{}a]\nb = 1", many("a."))),
        (Format::Toml, format!("[[x]]\n{}a = 1\n[x]", many("a."))),
        (Format::Toml, format!("[[x]]\n{}'b' = 1\n[x]", many("\"a\" . "))),
        (Format::Toml, format!("a = {{{}a = 1}}", many("a."))),
        (Format::Json, many("[")),
        (Format::Json, format!("{}{}", many("["), many("]"))),
        (Format::Json, format!("{}1{}", many("{\"a\":"), many("}"))),
        (Format::Yaml, many("[")),
        (Format::Yaml, format!("{}{}", many("["), many("]"))),
        (Format::Yaml, many("{a: ")),
        (Format::Yaml, many("- ")),
        (Format::Yaml, many("? ")),
        (Format::Yaml, (0..10_000).map(|n| format!("{}a:\n", " ".repeat(n.min(300)))).collect()),
    ];
    for (format, text) in cases {
        let message = message(format, &text);
        let head: String = text.chars().take(12).collect();
        // A key that is itself a table is refused before its nesting is.
        assert!(message.contains("嵌套超过64层") || head.starts_with("? ? "), "{head}: {message}");
    }
}

#[test]
fn sixty_four_levels_are_read_and_one_more_is_not() {
    for levels in [64, 65] {
        let (open, close) = ("[".repeat(levels - 1), "]".repeat(levels - 1));
        let texts = [
            (Format::Toml, format!("a={open}{close}")),
            (Format::Json, format!("{{\"a\":{open}{close}}}")),
            (Format::Yaml, format!("a: {open}{close}")),
        ];
        for (format, text) in texts {
            assert_eq!(read(format, &text).is_ok(), levels == 64, "{} {levels}", format.name());
        }
    }
}

#[test]
fn yaml_beyond_plain_values_is_refused() {
    let bomb = "a0: &a0 x\n".to_owned()
        + &(1..30).map(|n| format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1)).collect::<String>();
    let cases = [
        (bomb.as_str(), "引用写法"),
        ("a: &a [*a]", "引用写法"),
        ("a: *重要*", "引用写法"),
        ("<<: {a: 1}", "合并写法"),
        ("a: 1\n---\nb: 2\n", "不止一份"),
        ("a: !secret x", "类型标签"),
        ("a: !!binary eA==", "类型标签"),
        ("2024: 1", "必须是文字"),
        ("[a]: 1", "必须是文字"),
        ("a:\n\tb: 1", "制表符"),
        ("这不是报告", "一段文字"),
        ("a:1", "一段文字"),
        ("\"a\":1", "冒号后面没有空格"),
    ];
    for (text, expected) in cases {
        let message = message(Format::Yaml, text);
        assert!(message.contains(expected), "{text}: {message}");
    }
}

#[test]
fn a_megabyte_of_text_is_read_and_shortened_in_messages() -> Result {
    let long = "政".repeat(350_000);
    let cases = [
        (Format::Toml, format!("a = \"{long}\"\n"), format!("a = \"{long}\" x\n")),
        (Format::Json, format!("{{\"a\": \"{long}\"}}"), format!("{{\"a\": \"{long}\" x}}")),
        (Format::Yaml, format!("a: \"{long}\"\n"), format!("a: \"{long}\" x\n")),
    ];
    for (format, good, bad) in cases {
        assert!(read(format, &good).is_ok());
        let rendered = render_all(&read(format, &bad).err().ok_or("read")?, false);
        assert!(rendered.len() < 2_000, "{}", rendered.len());
        assert!(rendered.contains("…政"), "{rendered}");
    }
    Ok(())
}

#[test]
fn nonsense_is_refused_within_a_second() {
    let cases = [
        (Format::Toml, "=\n".repeat(1 << 19)),
        (Format::Toml, "=\n".repeat(1 << 20)),
        (Format::Toml, "a=1\n".repeat(50_000)),
        (Format::Json, ",".repeat(1 << 20)),
        (Format::Yaml, "\"a\": 1\n".repeat(50_000)),
        (Format::Yaml, "[a, ".repeat(200)),
        (Format::Yaml, "&a ".repeat(100_000)),
        (Format::Yaml, "!!".repeat(100_000)),
    ];
    for (format, text) in cases {
        let findings = read(format, &text).err().unwrap_or_default();
        assert!(!findings.is_empty() && findings.len() <= 21);
    }
}
