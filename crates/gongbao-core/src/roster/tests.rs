use std::path::Path;

use super::{Roster, plain};
use crate::report::AgencyKind;

fn read(name: &str, text: &str) -> Roster {
    Roster::read(name, text.as_bytes()).unwrap_or_else(|findings| panic!("{findings:#?}"))
}

/// What is wrong, each as line, column and message.
fn wrong(name: &str, text: &str) -> Vec<(usize, usize, String)> {
    let findings = Roster::read(name, text.as_bytes()).expect_err("mistakes");
    let told = findings.into_iter().map(|finding| {
        let at = finding.at.as_ref().map_or((0, 0), |at| at.source.line_column(at.span.start));
        (at.0, at.1, finding.text())
    });
    told.collect()
}

fn names(roster: &Roster) -> Vec<&str> {
    roster.members.iter().map(|member| member.name.as_str()).collect()
}

#[test]
fn a_table_tells_all_there_is_to_say() {
    let roster = read(
        "名册.toml",
        "year = 2025\n[[agency]]\nname = \"涟水县民政局\"\nkind = \"department\"\nfile = \"民政局.toml\"\n\
         contact = \"张三\"\nphone = \"0517-1\"\n[[agency]]\nname = \"朱码街道办事处\"\nkind = \"街道\"\n",
    );
    assert_eq!(roster.year, Some(2025));
    assert_eq!(names(&roster), ["涟水县民政局", "朱码街道办事处"]);
    assert_eq!(roster.members[0].kind, Some(AgencyKind::Department));
    assert_eq!(roster.members[0].phone.as_deref(), Some("0517-1"));
    assert_eq!(roster.members[1].kind, Some(AgencyKind::Town));
}

#[test]
fn a_list_is_one_name_a_line() {
    let roster = read("名册.txt", "# 2025年\r\n涟水县民政局\r\n\r\n  涟水县财政局　\n#完");
    assert_eq!(names(&roster), ["涟水县民政局", "涟水县财政局"]);
    let member = &roster.members[1];
    assert_eq!(&roster.source.text[member.span.clone()], "涟水县财政局");
}

#[test]
fn a_list_has_columns_under_headings() {
    let text = "序号,单位名称,类别,联系电话,备注\n1,\"涟水县民政局\",部门,0517-1,\n2,朱码镇人民政府,乡镇,,新设\n,,,,\n";
    let roster = read("名册.csv", text);
    assert_eq!(names(&roster), ["涟水县民政局", "朱码镇人民政府"]);
    assert_eq!(roster.members[0].phone.as_deref(), Some("0517-1"));
    assert_eq!(roster.members[1].phone, None);
    assert_eq!(roster.members[1].kind, Some(AgencyKind::Town));
    let tabs = read("名册.tsv", "单位\t电话\n民政局\t\"1,\"\"2\"\"\"\n");
    assert_eq!(tabs.members[0].phone.as_deref(), Some("1,\"2\""));
}

#[test]
fn all_mistakes_are_told_at_once_with_their_lines() {
    let table = "years = 2025\n[[agency]]\nname = \"民政局\"\nphone = 12\n[[agency]]\nkind = \"局\"\n[[agency]]\nname = \" 民 政局\"\n";
    assert_eq!(
        wrong("名册.toml", table),
        [
            (1, 1, "名册里没有“years”这个键".to_owned()),
            (4, 9, "“phone”应当是文字".to_owned()),
            (5, 1, "第2个单位没有名称（name）".to_owned()),
            (6, 8, "没有“局”这种单位类别".to_owned()),
            (8, 8, "“民 政局”在名册里有两次：第3行已经有了".to_owned()),
        ]
    );
    let list = "单位,电活,联系人,联系人\n民政局,1,\"张三\n财政局,1,李四,,多\n,1\n民政局,2\n民政局\n";
    assert_eq!(
        wrong("名册.csv", list),
        [
            (1, 4, "不认得“电活”这一列".to_owned()),
            (1, 11, "“联系人”这一列有两个".to_owned()),
            (2, 7, "引号没有闭合".to_owned()),
            (3, 11, "这一行的列比第一行多，“多”不知道属于哪一列".to_owned()),
            (4, 1, "这一行没有单位名称".to_owned()),
            (6, 1, "“民政局”在名册里有两次：第5行已经有了".to_owned()),
        ]
    );
    assert_eq!(wrong("名册.txt", "民政局,1\n")[0].2, "这一行有好几列，看不出哪一列是单位名称");
    assert_eq!(wrong("名册.txt", "# 还没写\n")[0].2, "名册里一个单位也没有");
    assert_eq!(wrong("名册.toml", "year = 2025\n")[0].2, "名册里没有单位（agency）");
    assert_eq!(wrong("名册.toml", "year = 25\nagency = 1\n").len(), 2);
}

#[test]
fn spaces_and_width_make_no_other_name() {
    assert_eq!(plain("上海市 （本级）\u{3000}Ａ1"), "上海市(本级)A1");
    let roster = read("名册.txt", "涟水县发展和改革委员会（粮食局）\n");
    assert_eq!(roster.find("涟水县 发展和改革委员会(粮食局)"), Some(0));
    assert_eq!(roster.find("涟水县发展和改革委员会"), None);
}

#[test]
fn a_near_name_is_offered_and_a_far_one_is_not() {
    let roster =
        read("名册.txt", "涟水县卫生健康委员会\n涟水县市场监督管理局\n涟水县朱码镇人民政府\n涟水县司法局\n");
    let near = |name| roster.near(name, 0..4);
    assert_eq!(near("涟水县卫健委"), Some(0));
    assert_eq!(near("涟水县市场监管局"), Some(1));
    assert_eq!(near("朱码镇人民政府"), Some(2));
    assert_eq!(near("涟水县司法厅"), Some(3));
    assert_eq!(near("江苏省司法厅"), None);
    assert_eq!(near("局"), None);
    assert_eq!(roster.near("涟水县卫健委", [1, 2]), None);
}

#[test]
fn a_file_is_named_by_the_end_of_its_path() {
    let roster = read("名册.csv", "单位,文件\n民政局,民政局\n财政局,财政/2025.toml\n");
    assert_eq!(roster.of_file(Path::new("报告/民政局.toml")), Some(0));
    assert_eq!(roster.of_file(Path::new("报告/县民政局.toml")), None);
    assert_eq!(roster.of_file(Path::new("报告/财政/2025.TOML")), Some(1));
    assert_eq!(roster.of_file(Path::new("报告/2025.toml")), None);
}
