//! Syntax errors and their messages.

use gongbao_core::syntax::Format;

use super::{message, messages, read};

#[test]
fn a_duplicate_key_names_the_line_of_the_first() {
    let cases = [
        (Format::Toml, "[a]\nx = 1\n[b]\nx = 1\n\nx = 2", "“x”重复：第4行已经写过"),
        (Format::Toml, "[applications]\nnew = 1\n[b]\n[applications]", "“applications”重复：第1行已经写过"),
        (Format::Toml, "a.b = 1\na.b = 2", "“b”重复：第1行已经写过"),
        (Format::Toml, "x = {a = 1, b = 2, a = 3}", "“a”重复：第1行已经写过"),
        (Format::Json, "{\"a\": 1,\n\"b\": {\"a\": 1},\n\"\\u0061\": 2}", "“a”重复：第1行已经写过"),
        (Format::Yaml, "a: 1\nb: {a: 1}\n\"a\": 2", "“a”重复：第1行已经写过"),
    ];
    for (format, text, expected) in cases {
        assert_eq!(messages(format, text), [expected], "{text}");
    }
}

#[test]
fn all_errors_are_reported_at_once() {
    let text = "form = 01\nyear = 2024\ntitle = “某市”\nyear = 2025\n[agency]\nname = 某市\n[x\n";
    assert_eq!(
        messages(Format::Toml, text),
        [
            "数字前面多了 0",
            "这里用了全角（中文）符号 “ ，应为半角（英文）符号 \"",
            "“year”重复：第2行已经写过",
            "文字没有加引号，或者数字里夹了别的字符",
            "标题行缺少右方括号 ]",
        ]
    );
}

#[test]
fn full_width_punctuation_in_syntax_gets_a_hint() {
    let cases = [
        (Format::Toml, "year＝2024", '＝'),
        (Format::Toml, "name = ‘某市’", '‘'),
        (Format::Toml, "a = [1，2]", '，'),
        (Format::Toml, "【agency】", '【'),
        (Format::Json, "{“year”: 2024}", '“'),
        (Format::Json, "{\"year\"：2024}", '：'),
        (Format::Json, "{\"year\": 2024，\"a\": 1}", '，'),
        (Format::Yaml, "form: 1\nyear：2024\n", '：'),
        (Format::Yaml, "agency:\n  kind：town\n  name: 某镇\n", '：'),
        (Format::Yaml, "year：2024\n", '：'),
    ];
    for (format, text, mark) in cases {
        let findings = read(format, text).err().unwrap_or_default();
        let at = findings.first().and_then(|finding| finding.at.as_ref());
        let found = at.and_then(|at| at.source.text.get(at.span.clone()));
        assert_eq!(found, Some(mark.to_string().as_str()), "{text}");
    }
}

#[test]
fn chinese_punctuation_in_a_text_gets_no_hint() {
    let text = "a = \"\"\"\n他说：“好”，【完】。\n\"\"\" x\nb = '，'\n";
    assert!(message(Format::Toml, text).starts_with("引号结束以后"));
    assert!(message(Format::Toml, "a = \"他说\"你好\"，我说：“好”\"").starts_with("引号结束以后"));
    assert!(message(Format::Toml, "a = 淮安市，江苏").starts_with("文字没有加引号"));
    assert!(message(Format::Json, "{\"a\": \"他说\"你好\"，再见\"}").starts_with("引号结束以后"));
}

#[test]
fn json_is_read_strictly() {
    for text in [
        "{\"a\": 1,}",
        "{a: 1}",
        "{'a': 1}",
        "{\"a\": 01}",
        "{\"a\": .5}",
        "{\"a\": +1}",
        "{\"a\": 0x1}",
        "{\"a\": 1} {}",
        "{\"a\": 1 \"b\": 2}",
        "// x\n{}",
        "{\"a\": \"1\n2\"}",
        "{\"a\": \"\u{1}\"}",
        "{\"a\":\u{3000}1}",
        "{\"a\":\u{a0}1}",
        "{\"a\": \"\\x41\"}",
        "{\"a\": \"\\ud800\"}",
        "[1:2]",
    ] {
        let _ = messages(Format::Json, text);
    }
}

#[test]
fn a_truncated_file_is_unreadable() {
    for (format, whole) in [
        (Format::Toml, "a = { b = [1, \"二\"], c = '''三''' }"),
        (Format::Json, super::formats::JSON.trim_end()),
    ] {
        let ends = whole.char_indices().map(|(at, _)| at).filter(|at| *at > 2);
        for end in ends {
            let _ = messages(format, whole.get(..end).unwrap_or_default());
        }
    }
    for text in ["a: \"二", "a: '二", "a: [1, 2", "a: {b: 1", "a: [\"二", "a: 1\nappl"] {
        let _ = messages(Format::Yaml, text);
    }
}
