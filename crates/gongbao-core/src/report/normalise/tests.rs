use std::time::Duration;

use gongbao_test_support::time::within;

use super::*;

/// Returns the normalised paragraphs of a text.
fn normalised_paragraphs(text: &str) -> Vec<String> {
    paragraphs(text).into_iter().map(|line| line.text).collect()
}

#[track_caller]
fn becomes(old: &str, new: &str) {
    assert_eq!(normalised_paragraphs(old), [new], "{old:?}");
    assert_eq!(normalised_paragraphs(new), [new], "again: {new:?}");
}

#[track_caller]
fn stays(text: &str) {
    let lines = paragraphs(text);
    assert_eq!(lines.len(), 1, "{text:?}");
    assert_eq!(lines[0].text, text);
    assert_eq!(lines[0].corrected, [], "{text:?}");
    assert_eq!(lines[0].forbidden, [], "{text:?}");
}

#[test]
fn lines_and_blank_lines_separate_paragraphs() {
    assert_eq!(
        normalised_paragraphs("\n甲\n\n乙\r\n丙\r丁\u{2028}戊\n \u{3000}\t\n"),
        ["甲", "乙", "丙", "丁", "戊"]
    );
    assert_eq!(normalised_paragraphs("\u{3000}\u{3000}甲。 \n\t乙 "), ["甲。", "乙"]);
    assert_eq!(normalised_paragraphs(" \n\u{200B}\n"), [""; 0]);
}

#[test]
fn half_width_brackets_round_an_ordinal() {
    becomes("(一) 加大主动公开力度。按照", "（一）加大主动公开力度。按照");
    becomes("（一)加大", "（一）加大");
    becomes("( 十二 )加大", "（十二）加大");
    becomes("(1)信访", "（1）信访");
    becomes("包括：(1) 信访；(2) 重复", "包括：（1）信访；（2）重复");
    becomes("第二十条第(五)项", "第二十条第（五）项");
    stays("f(1)=2，电话021-5321(8)，(略)，(2024)，(hello)");
}

#[test]
fn straight_quotes_become_curly() {
    becomes("按照\"公开为常态\"和\"先审批\"原则", "按照“公开为常态”和“先审批”原则");
    becomes("“甲\"乙\"丙\"", "“甲”乙“丙”");
    becomes("'甲'和\"'乙'\"", "‘甲’和“‘乙’”");
    becomes("他说：\"好", "他说：“好");
    becomes("他说好\"。", "他说好”。");
    becomes("it's a 'test' of 5' and o'clock", "it's a ‘test’ of 5' and o'clock");
}

#[test]
fn tabs_soft_hyphens_and_zero_width_characters_go() {
    becomes("政\u{AD}府\u{200B}信\u{FEFF}息\u{2060}公\u{200D}开\u{200C}", "政府信息公开");
    becomes("甲\t乙\tABC\tDEF", "甲乙 ABC DEF");
}

#[test]
fn spaces_in_real_reports_are_removed() {
    becomes("2025 年上海市人民政府办公厅政府信息公开", "2025年上海市人民政府办公厅政府信息公开");
    becomes("（国办公开办函〔2021〕30 号）的要求", "（国办公开办函〔2021〕30号）的要求");
    becomes(
        "予以公开及部分公开 208 件（17.46%），不予公开 20 件",
        "予以公开及部分公开208件（17.46%），不予公开20件",
    );
    becomes("同比显著增长 82%，其中 47%来自海外；47% 来自", "同比显著增长82%，其中47%来自海外；47%来自");
    becomes(
        "统计期限为 2020 年 1 月 1 日至 2020 年 12 月 31 日。",
        "统计期限为2020年1月1日至2020年12月31日。",
    );
    becomes("提升 “互联网+” 能力 ，《 条例 》 的…… 要求", "提升“互联网+”能力，《条例》的……要求");
    becomes("张\u{3000}三\u{A0}李 \u{2003}四", "张三李四");
    becomes("葛\u{E0100} 城 5 件", "葛\u{E0100}城5件");
}

#[test]
fn spaces_beside_latin_letters_stay() {
    stays("使用 DeepSeek 模型和 OA 系统，Hello World，ABC 12 3 cd");
    stays("A  B");
    stays("12 34");
}

#[test]
fn a_placeholder_counts_as_a_digit_and_stays_as_it_is() {
    becomes("共 {{ applications.new.total }} 件", "共{{ applications.new.total }}件");
    stays("共{{ \"a\" 汉 字 }}件，{{{{ a");
    becomes("未完{{甲 乙", "未完{{甲乙");
}

#[test]
fn the_opening_ordinal_is_normalised() {
    becomes("1、加强领导", "1.加强领导");
    becomes("1．加强领导", "1.加强领导");
    becomes("１２、 加强领导", "12.加强领导");
    becomes("1. 加强领导", "1.加强领导");
    becomes("1 、加强领导", "1.加强领导");
    stays("1. 2024年");
    stays("1、2024年");
    stays("1.5万件");
    stays("1．５万件");
    stays("0、加强");
    stays("123、加强");
    stays("见1、加强");
}

#[test]
fn addresses_are_not_changed() {
    stays(
        "网址：http://www.pengyang.gov.cn/a(1)/b.html?x=\u{5B}1]&y=%20#(1)，邮箱zwgk-x_1@shanghai.gov.cn。",
    );
    becomes("邮箱： 123456@qq.com", "邮箱： 123456@qq.com");
    becomes("（ www.shanghai.gov.cn ）", "（ www.shanghai.gov.cn ）");
}

#[test]
fn markup_is_not_changed() {
    stays("#panic() $x$ // @ref *a* _b_ \\c <d> `e` [f] ~ -- ... = /* g */ #let x = 1");
}

#[test]
fn forbidden_characters_are_reported_once_for_each_kind_with_their_place() {
    let text = "好\u{E000}了\u{E000}，\u{202E}坏\u{7}";
    let [line] = &paragraphs(text)[..] else { panic!("one paragraph") };
    let told: Vec<_> = line.forbidden.iter().map(|f| (f.character, f.range.clone(), f.count)).collect();
    assert_eq!(told, [('\u{E000}', 3..6, 2), ('\u{202E}', 15..18, 1), ('\u{7}', 21..22, 1)]);
    assert_eq!(line.text, text);
}

#[test]
fn changes_are_recorded_and_mapped_to_the_original() {
    let text = "  (一) 2025 年\u{200B}\"好\"";
    let [line] = &paragraphs(text)[..] else { panic!("one paragraph") };
    assert_eq!(line.text, "（一）2025年“好”");
    let told: Vec<_> = line.corrected.iter().map(|c| (c.old.as_str(), c.new.as_str(), c.why)).collect();
    assert_eq!(
        told,
        [
            ("(一)", "（一）", "序号两旁的半角括号"),
            ("） 2", "）2", "汉字与数字之间的空格"),
            ("5 年", "5年", "汉字与数字之间的空格"),
            ("年\u{200B}\"", "年\"", "零宽字符"),
            ("\"", "“", "直引号"),
            ("\"", "”", "直引号"),
        ]
    );
    let year = line.text.find("2025年").expect("the year");
    assert_eq!(&text[line.map.range(year..year + 7)], "2025 年");
    assert_eq!(&text[line.map.range(0..9)], "(一)");
    assert_eq!(&text[line.range.clone()], "(一) 2025 年\u{200B}\"好\"");
}

#[test]
fn names_are_only_trimmed() {
    let text = " 淮安市 \"2024\" 年\u{200B}\n\n\u{3000}报告\t";
    let lines: Vec<_> = lines(text).into_iter().map(|line| line.text).collect();
    assert_eq!(lines, ["淮安市 \"2024\" 年", "报告"]);
}

/// Tries sequences of difficult characters: normalising a second time must not change them.
#[test]
fn normalising_twice_equals_normalising_once() {
    let parts = [
        "汉",
        "一",
        "十",
        " ",
        " ",
        "\u{3000}",
        "\t",
        "\u{200B}",
        "(",
        ")",
        "（",
        "）",
        "1",
        "２",
        "%",
        ".",
        "．",
        "、",
        "\"",
        "'",
        "“",
        "”",
        "‘",
        "’",
        "a",
        "www.x.cn",
        "http://a/(1)",
        "b@c.cn",
        "{{",
        "}}",
        "{{a.b}}",
        "\u{FE00}",
        "，",
        "。",
        "\u{E000}",
        "é",
    ];
    let mut state = 1_u64;
    for _ in 0..200_000 {
        let mut text = String::new();
        for _ in 0..12 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts[(state >> 33) as usize % parts.len()]);
        }
        let once = normalised_paragraphs(&text);
        assert_eq!(normalised_paragraphs(&once.join("\n")), once, "{text:?}");
    }
}

#[test]
fn a_paragraph_of_a_megabyte_takes_less_than_a_second() {
    for part in [
        "2025 年", "(", "( ", "{{", "{", "\"", "'", "a", "a@", "1", " ", "(1", "\u{200B}", "汉", "{{a}}", ":",
    ] {
        let text = format!("汉{}", part.repeat(1_000_000 / part.len()));
        within(Duration::from_secs(1), part, || paragraphs(&text));
    }
}
