//! Six bodies and the whole output for them.

use super::county::{County, cut_off, of_year, published, report, without_row, wrong_sum};

const ROSTER: &str = "\
# 涟水县，2025年度
单位,联系人,电话
涟水县民政局,,
涟水县财政局,,
涟水县卫生健康委员会,张三,0517-82320000
涟水县司法局,,
涟水县朱码镇人民政府,,
涟水县教育局,,
涟水县档案局,,
";

fn county() -> County {
    let county = County::new();
    county.file("报告/民政局.toml", report("涟水县民政局", 1));
    county.file("报告/财政局.toml", wrong_sum(&report("涟水县财政局", 2)));
    county.file("报告/卫健委.toml", report("涟水县卫健委", 3));
    county.file("报告/司法局.toml", cut_off(&report("涟水县司法局", 4)));
    county.file("报告/朱码镇.toml", published(&report("涟水县朱码镇人民政府", 5), "2026-01-20"));
    county.file("报告/教育局.toml", without_row(&report("涟水县教育局", 6)));
    county.file("名册.csv", ROSTER);
    county
}

const TOLD: &str = "\
应报7家，已报5家：已过1，退回3，已公布1；未报2；不在名册1

状态      单位                  错误  提醒  报送文件
退回      涟水县财政局             1     0  财政局.toml
          S4 表四 › 行政诉讼 › 未经复议直接起诉 › 总计：“结果维持”2＋“结果纠正”0＋“其他结果”4＋“尚未审结”6＝12，与“总计”13不等，相差 1
退回      涟水县司法局             1     0  司法局.toml
          unreadable 第8行：文字缺少结尾的半角双引号
退回      涟水县教育局             1     0  教育局.toml
          missing 表二 › 行政处罚：缺少“行政处罚”（disclosure.penalties）
未报      涟水县卫生健康委员会              联系：张三 0517-82320000
未报      涟水县档案局
不在名册  涟水县卫健委             0     1  卫健委.toml
          名册里是“涟水县卫生健康委员会”，报告里是“涟水县卫健委”，是不是同一单位？
已过      涟水县民政局             0     0  民政局.toml
已公布    涟水县朱码镇人民政府     0     0  朱码镇.toml（2026-01-20公布）
";

#[test]
fn the_terminal_lists_states_and_reasons() {
    let run = county().run(["报告", "--roster", "名册.csv"]);
    assert_eq!(run.stdout, TOLD);
    assert_eq!(run.stderr, "");
    assert_eq!(run.code, 2);
}

#[test]
fn a_passed_report_shows_its_reminders() {
    let county = County::new();
    let text = report("涟水县民政局", 1);
    county.file("a.toml", text.replace("都在法定期限内答复", "已全部办结"));
    county.file(
        "b.toml",
        text.replace("涟水县民政局", "涟水县财政局").replace("都在法定期限内答复", "都按期答复"),
    );
    let run = county.run(["."]);
    assert!(run.stdout.contains("\n已过（有提醒1处）  涟水县民政局     0     1  a.toml\n"), "{run:#?}");
    assert!(run.stdout.contains("\n已过（待确认1处）  涟水县财政局     0     0  b.toml\n"), "{run:#?}");
    assert_eq!(run.code, 0);
    // The states of the JSON output are what they were.
    let agencies = county.run([".", "--json"]).json()["agencies"].clone();
    assert!(
        agencies.as_array().expect("agencies").iter().all(|agency| agency["state"] == "passed"),
        "{agencies:#}"
    );
}

#[test]
fn the_roster_may_be_in_gb18030_and_set_in_gongbao_toml() {
    let county = county();
    let (bytes, _, _) = encoding_rs::GB18030.encode(ROSTER);
    county.file("名单/名册.csv", bytes);
    county.file("gongbao.toml", "roster = \"名单/名册.csv\"\n");
    let run = county.run(["报告"]);
    assert_eq!(run.stdout, TOLD);
}

#[test]
fn a_roster_inside_the_folder_is_no_report() {
    let county = County::new();
    county.file("报告/民政局.toml", report("涟水县民政局", 1));
    county.file("报告/名册.toml", "year = 2025\n[[agency]]\nname = \"涟水县民政局\"\n");
    let run = county.run(["报告", "--roster", "报告/名册.toml"]);
    let told = "\
应报1家，已报1家：已过1，退回0，已公布0；未报0

状态      单位          错误  提醒  报送文件
已过      涟水县民政局     0     0  民政局.toml
";
    assert_eq!(run.stdout, told);
    assert_eq!(run.stderr, "");
    assert_eq!(run.code, 0);
}

#[test]
fn without_a_roster_the_year_is_that_of_most_reports() {
    let county = County::new();
    county.file("a.toml", report("涟水县民政局", 1));
    county.file("b.toml", report("涟水县财政局", 2));
    county.file("c.toml", of_year(&report("涟水县司法局", 3), 2023));
    county.file("2024/a.toml", of_year(&report("涟水县民政局", 4), 2024));
    let run = county.run(["."]);
    let shown: Vec<&str> = run.stdout.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(
        shown[..3],
        [
            "已报3家：已过3，退回0，已公布0",
            "没有给出名册（--roster），不知道谁没有报",
            "按2025年统计，其他年份的1份报告没有列入",
        ]
    );
    assert!(run.stdout.contains("报的是2023年的报告，多数单位报的是2025年\n"), "{run:#?}");
    assert_eq!(run.code, 0);
}

#[test]
fn in_an_empty_folder_all_bodies_are_missing() {
    let county = County::new();
    county.file("报告/.gitkeep", "");
    county.file("名册.txt", "涟水县民政局\n");
    let run = county.run(["报告", "--roster", "名册.txt"]);
    assert!(run.stdout.starts_with("应报1家，已报0家：已过0，退回0，已公布0；未报1\n"), "{run:#?}");
    assert_eq!(run.code, 1);
}
