//! Tests of the lines of titles.

use super::lines;
use crate::typeface::AllGlyphs;

const REST: &str = "2024年政府信息公开工作年度报告";

/// The lines of the usual title of a body, joined by strokes.
fn broken(name: &str) -> String {
    joined(&format!("{name}{REST}"), name)
}

fn joined(title: &str, name: &str) -> String {
    let lines: Vec<String> = lines(title, name, &AllGlyphs).iter().map(|parts| parts.concat()).collect();
    assert_eq!(lines.concat(), title.replace('\n', ""));
    lines.join("|")
}

#[test]
fn titles_are_broken_after_the_name_of_the_body() {
    assert_eq!(broken("彭阳县机关事务服务中心"), format!("彭阳县机关事务服务中心|{REST}"));
    assert_eq!(
        joined("2025年上海市人民政府办公厅政府信息公开工作年度报告", "上海市人民政府办公厅"),
        "2025年上海市人民政府办公厅|政府信息公开工作年度报告"
    );
    // The name holds the words of the fixed part.
    assert_eq!(
        broken("某县政府信息公开和政务服务数据管理局"),
        format!("某县政府信息公开和政务服务数据管理局|{REST}")
    );
}

#[test]
fn short_titles_and_wanted_line_breaks_are_kept() {
    assert_eq!(broken("民政局"), format!("民政局{REST}"));
    assert_eq!(joined(&format!("甲局\n{REST}"), "甲局"), format!("甲局|{REST}"));
    assert_eq!(joined(&format!("甲\n局{REST}"), "甲局"), format!("甲|局{REST}"));
}

#[test]
fn long_names_are_broken_between_words_in_a_trapezoid_or_lozenge() {
    for (name, expected) in [
        (
            "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人民政府",
            "新疆维吾尔自治区|伊犁哈萨克自治州|察布查尔锡伯自治县人民政府|",
        ),
        ("新疆维吾尔自治区伊犁哈萨克自治州财政局", "新疆维吾尔自治区伊犁哈萨克自治州财政局|"),
        (
            "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗市场监督管理局",
            "内蒙古自治区呼伦贝尔市|莫力达瓦达斡尔族自治旗市场监督管理局|",
        ),
    ] {
        let found = broken(name);
        if expected.matches('|').count() < 3 {
            assert_eq!(found, format!("{expected}{REST}"));
        }
        let widths: Vec<usize> = found.split('|').map(|line| line.chars().count()).collect();
        assert!(!widths.windows(3).any(|three| three[1] < three[0] && three[1] < three[2]), "{found}");
    }
}

#[test]
fn parts_for_narrow_screens_keep_the_year_with_its_neighbour() {
    let parts = lines("2025年淮安市人民政府政府信息公开工作年度报告", "淮安市人民政府", &AllGlyphs);
    assert_eq!(parts, [vec!["2025年淮安市", "人民政府"], vec!["政府信息公开工作年度报告"]]);
    let title = format!("彭阳县机关事务服务中心{REST}");
    let parts = lines(&title, "彭阳县机关事务服务中心", &AllGlyphs);
    assert_eq!(parts, [vec!["彭阳县", "机关事务服务", "中心"], vec![REST]]);
}

#[test]
fn fixed_words_years_and_brackets_are_never_broken() {
    for name in [
        "黑龙江省大兴安岭地区行政公署政府信息公开和政务服务数据管理局驻加格达奇区联络办公室",
        "某某",
        "国家税务总局新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县税务局（国家税务总局察布查尔锡伯自治县税务局）",
        &"公".repeat(300),
    ] {
        for title in [format!("{name}{REST}"), format!("2024年度{name}政府信息公开工作年度报告")]
        {
            let found = joined(&title, name);
            for word in ["政府信息公开工作年度报告", "2024年"] {
                assert_eq!(found.matches(word).count(), 1, "{word} in {found}");
            }
            for line in found.split('|') {
                assert!(line.chars().count() <= 21, "{found}");
                assert!(!["2024年", "2024年度"].contains(&line), "{found}");
                assert!(!line.starts_with('）') && !line.ends_with('（'), "{found}");
            }
        }
    }
}

#[test]
fn any_title_has_lines() {
    for title in ["公".repeat(500), "x".repeat(300), "（".repeat(90), "年".repeat(70), "2024年".repeat(30)]
    {
        for agency in ["", "年", "公公"] {
            assert_eq!(joined(&title, agency).replace('|', ""), title);
        }
    }
}
