//! Local rules: `--rules FILE`.

use std::path::Path;

use gongbao_core::{
    check::{LocalRules, check_texts},
    finding::{Finding, Severity},
};
use gongbao_test_support::SHANGHAI;

use super::{Draft, file, overview};

const NAME: &str = "name = \"某市要求\"\nsource = \"某政办发〔2025〕1号\"\n";

fn rules(text: &str) -> LocalRules {
    LocalRules::from_text("本地.toml", &format!("{NAME}{text}")).unwrap_or_else(|error| panic!("{error}"))
}

fn found(text: &str, draft: &Draft) -> Vec<Finding> {
    rules(text).check(&draft.file())
}

#[track_caller]
fn one(text: &str, draft: &Draft, path: &str, message: &str) {
    let found = found(text, draft);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].rule.code(), found[0].path.as_str()), ("local", path));
    assert!(found[0].text().contains(message), "{}", found[0].text());
    assert_eq!(found[0].advice().as_deref(), Some("依据：某市要求（某政办发〔2025〕1号）"));
    assert_eq!(found[0].severity, Severity::Warning);
}

fn published(date: &str) -> Draft {
    let head = format!("published = {{ date = {date}, digest = \"sha256:{}\" }}", "0".repeat(64));
    Draft { head, ..Draft::default() }
}

#[test]
fn the_list_of_set_phrases_is_dated() {
    let path = gongbao_test_support::repository().join("data/rules/phrases.toml");
    let rules = LocalRules::from_path(&path).unwrap_or_else(|error| panic!("{error}"));
    let found = |year: u16, text: &str| {
        let draft = super::Draft { year, ..super::other(text) };
        rules
            .check(&draft.file())
            .into_iter()
            .map(|finding| (finding.text(), finding.advice()))
            .collect::<Vec<_>>()
    };
    let outdated = found(2024, "深入学习贯彻党的十九大和十九届历次全会精神。");
    assert_eq!(outdated.len(), 1, "{outdated:?}");
    assert!(outdated[0].1.as_ref().is_some_and(|hint| hint.contains("2022年10月29日")), "{outdated:?}");
    assert_eq!(found(2024, "坚持以新时代中国特色社会主义思想为指导。").len(), 1);
    assert_eq!(found(2024, "银保监分局参加培训。").len(), 1);
    for (year, text) in [
        (2021, "深入学习贯彻党的十九大和十九届历次全会精神。"),
        (2024, "学习贯彻党的十九大、二十大精神。"),
        (2024, "坚持以习近平新时代中国特色社会主义思想为指导，贯彻党的二十大精神。"),
        (2022, "银保监分局参加培训。"),
    ] {
        assert_eq!(found(year, text), [], "{text}");
    }
}

#[test]
fn demands_are_checked() {
    let limit = "[[limit]]\ntext = \"overview\"\nmost = 10\n";
    one(limit, &overview("主动公开、依申请公开。"), "overview", "“一、总体情况”有11字，超过10字");
    assert_eq!(found(limit, &overview("主动公开，公开14条。")), []);
    one(
        "[[limit]]\ntext = \"overview\"\nleast = 10",
        &overview("主动公开。"),
        "overview",
        "只有5字，不足10字",
    );
    let deadline = "[[deadline]]\nby = \"01-20\"\n";
    one(deadline, &published("2025-01-21"), "published.date", "2025-01-20");
    assert_eq!(found(deadline, &published("2025-01-20")), []);
    assert_eq!(found(deadline, &Draft::default()), []);
    let date = Draft { head: "date = 2025-03-01".to_owned(), ..Draft::default() };
    one("[[deadline]]\nby = \"02-29\"\nof = \"date\"", &date, "date", "成文日期");
    let require = "[[require]]\ntext = \"other\"\nany = [\"未收取信息 处理费\", \"收取了信息处理费\"]\n";
    assert_eq!(found(require, &Draft::default()), []);
    one(require, &super::other("没有。"), "other", "没有写“未收取信息 处理费”或“收取了信息处理费”");
    one("[[require]]\nany = [\"数字政府\"]", &Draft::default(), "", "各部分文字里没有写“数字政府”");
    one(
        "[[forbid]]\nany = [\"领导高度重视\"]",
        &overview("主动公开。\n领导高度重视。"),
        "overview[2]",
        "不应写“领导高度重视”",
    );
    let row = "[[row]]\ntable = \"disclosure\"\nlabel = \"其他主动公开文件\"\n";
    one(row, &Draft::default(), "disclosure", "没有本地要求的“其他主动公开文件”一行");
    let with = "[disclosure]\n[[disclosure.extra]]\nafter = \"normative_documents\"\nlabel = \"其他主动公开文件\"\nfigures = [1, 0, 1]";
    assert_eq!(found(row, &Draft { tables: with.to_owned(), ..Draft::default() }), []);
}

#[test]
fn demands_can_be_for_some_kinds_of_bodies_and_have_their_own_message() {
    let text = "[[limit]]\ntext = \"overview\"\nmost = 5\nkinds = [\"town\"]\n";
    assert_eq!(found(text, &Draft::default()), []);
    let text = "[[limit]]\ntext = \"overview\"\nmost = 5\nkinds = [\"department\"]\nseverity = \"error\"\nmessage = \"太长\"\n";
    let found = found(text, &Draft::default());
    assert_eq!((found[0].severity, found[0].text().as_str()), (Severity::Error, "太长"));
}

#[test]
fn severities_can_be_changed() {
    let rules = rules("[severity]\naspects = \"error\"\np8 = \"unsure\"\nlocal = \"unsure\"");
    let mut findings = check_texts(&overview("2024年，我局公开信息。").file());
    assert_eq!(findings[0].severity, Severity::Warning);
    rules.adjust(&mut findings);
    assert_eq!((findings[0].rule.code(), findings[0].severity), ("aspects", Severity::Error));
}

#[test]
fn mistakes_in_a_rules_file_are_reported_with_their_lines() {
    let problems = |text: &str| {
        LocalRules::from_text("本地.toml", text).map_or_else(|error| error.problems, |_| Vec::new())
    };
    assert_eq!(problems("source = \"x\""), ["第1行：缺少“name”"]);
    let text = "name = \"某市\"\nnaem = 1\n[severity]\naspekts = \"error\"\naspects = \"严重\"\nshape = \"warning\"\n[[limit]]\ntext = \"overveiw\"\nmost = \"千\"\n\
                [[limit]]\ntext = \"other\"\n[[deadline]]\nby = \"13-01\"\n[[require]]\nany = []\n[[row]]\ntable = \"disclosure\"\n\
                [[forbid]]\nany = [\"x\"]\nkinds = [\"village\"]\n";
    assert_eq!(
        problems(text),
        [
            "第2行：没有“naem”这个键；是不是“name”？",
            "第4行：没有“aspekts”这条规则；是不是“aspects”？",
            "第5行：轻重写 \"error\"（错误）、\"warning\"（提醒）或 \"unsure\"（待确认）",
            "第6行：“shape”是报告读不全、印不全，不能降低轻重",
            "第8行：没有“overveiw”这个文字；是不是“overview”？",
            "第9行：这里应当是大于零的整数，不加引号",
            "第10行：[[limit]] 要写 most（最多多少字）或 least（最少多少字）",
            "第13行：“by”写次年的月和日，例如 \"01-20\"",
            "第15行：“any”写一列不空的话，例如 [\"信息处理费\"]",
            "第16行：缺少“label”",
            "第20行：没有“village”这种单位类别；可以写：government、office、department、town、vertical",
        ]
    );
    assert!(problems("name = \n")[0].starts_with("第1行："));
    let error = LocalRules::from_path(Path::new("没有.toml")).err();
    assert!(
        error.is_some_and(|error| error
            .to_string()
            .starts_with("本地规则文件“没有.toml”不能使用：\n  读不出来"))
    );
}

#[test]
fn the_example_file_and_the_documentation_are_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let wuwei = LocalRules::from_path(&root.join("../../data/rules/wuwei.toml"))
        .unwrap_or_else(|error| panic!("{error}"));
    let found: Vec<String> = wuwei.check(&file(SHANGHAI)).into_iter().map(|finding| finding.text()).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].contains("超过1000字"), "{found:?}");
    let page = std::fs::read_to_string(root.join("../../docs/local-rules.md")).unwrap();
    let example = page.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    LocalRules::from_text("docs/local-rules.md", example).unwrap_or_else(|error| panic!("{error}"));
}
