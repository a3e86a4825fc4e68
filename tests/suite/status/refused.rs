//! Wrong rosters, missing folders, and other input that ends the command.

use super::county::{County, report};

#[test]
fn mistakes_in_a_roster_are_reported_with_their_lines() {
    let county = County::new();
    county.file("a.toml", report("涟水县民政局", 1));
    county.file(
        "名册/名册.toml",
        "year = 2025\n\n[[agency]]\nname = \"民政局\"\nphnoe = \"1\"\n[[agency]]\nname = \"民政局 \"\n",
    );
    let run = county.run([".", "--roster", "名册/名册.toml"]);
    let told = "\
错误[unknown-key]: 名册里没有“phnoe”这个键
 --> 名册/名册.toml:5:1
  |
5 | phnoe = \"1\"
  | ^^^^^
  |
  = 位置: agency[1].phnoe
  = 办法: 是不是 phone？

错误[roster]: “民政局”在名册里有两次：第4行已经有了
 --> 名册/名册.toml:7:8
  |
7 | name = \"民政局 \"
  |        ^^^^^^^^^
  |
  = 办法: 请删去其中一个
无法执行：名册“名册/名册.toml”有错（错误 2 处，提醒 0 处，待确认 0 处）。请先改正名册
";
    assert_eq!(run.stderr, told);
    assert_eq!(run.stdout, "");
    assert_eq!(run.code, 2);
}

#[test]
fn missing_folders_and_files_are_reported() {
    let county = County::new();
    county.file("空/.gitkeep", "");
    let told = |arguments: [&str; 3]| {
        let run = county.run(arguments);
        assert_eq!(run.code, 2);
        run.stderr
    };
    assert_eq!(told(["没有", "--roster", "x"]), "无法执行：“没有”不是文件夹。请检查路径\n");
    let no_roster = told(["空", "--roster", "没有.txt"]);
    assert!(no_roster.starts_with("无法执行：名册“没有.txt”读不出来："), "{no_roster}");
    let nothing = "无法执行：在“空”里没有找到报告文件（.toml、.json、.yaml、.xlsx、.pdf）。请检查路径\n";
    assert_eq!(told(["空", "-o", "表.xlsx"]), nothing);
    assert!(!county.path("表.xlsx").exists());
}

#[test]
fn the_workbook_does_not_overwrite_a_report() {
    let county = County::new();
    let text = report("涟水县民政局", 1);
    county.file("报告/a.toml", &text);
    let run = county.run(["报告", "-o", "报告/a.toml"]);
    let told = "无法执行：“报告/a.toml”是一份报告，不能用作报送情况表。请换一个文件名（-o）\n";
    assert_eq!(run.stderr, told);
    assert_eq!(run.code, 2);
    assert_eq!(std::fs::read_to_string(county.path("报告/a.toml")).expect("the report"), text);
}
