//! The grids of the official forms, compared with 国办公开办函〔2021〕30号 and 〔2019〕60号 cell by cell, and a
//! form of a user's own.

use gongbao_core::{
    check::CheckContext,
    finding::{Rule, Severity},
    form::{self, Cell, CellKind, Extra, Form, Grid},
    load::load_text,
    typeface::AllGlyphs,
};
use gongbao_test_support::Office;

/// Returns a line for each row of a grid: `label`, `label*COLSPANxROWSPAN`, `_` for a figure.
fn drawn(grid: &Grid) -> Vec<String> {
    let mut rows: Vec<Vec<&Cell>> = Vec::new();
    for cell in grid.cells() {
        rows.resize(rows.len().max(cell.y + 1), Vec::new());
        rows[cell.y].push(cell);
    }
    rows.iter().map(|row| row.iter().map(|cell| words(cell)).collect::<Vec<_>>().join(" | ")).collect()
}

fn words(cell: &Cell) -> String {
    let text = match &cell.kind {
        CellKind::Band(label) | CellKind::Note(label) => label.clone(),
        CellKind::Column { label, remark, .. } | CellKind::Row { label, remark, .. } => {
            label.replace('\n', "") + remark
        }
        CellKind::Figure { .. } => "_".to_owned(),
    };
    match (cell.colspan, cell.rowspan) {
        (1, 1) => text,
        (columns, rows) => format!("{text}*{columns}x{rows}"),
    }
}

fn grid(form: &str, table: &str) -> Vec<String> {
    drawn(&carried(form).tables[table].grid(&[]).expect("a full grid"))
}

fn carried(id: &str) -> &'static Form {
    form::by_id(id).expect("forms").expect("this form")
}

const SEVEN: &str = " | _ | _ | _ | _ | _ | _ | _";

#[test]
fn disclosure_2021_has_the_official_grid() {
    assert_eq!(
        grid("2021", "disclosure"),
        [
            "第二十条第（一）项*4x1",
            "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数",
            "规章 | _ | _ | _",
            "行政规范性文件 | _ | _ | _",
            "第二十条第（五）项*4x1",
            "信息内容 | 本年处理决定数量*3x1",
            "行政许可 | _*3x1",
            "第二十条第（六）项*4x1",
            "信息内容 | 本年处理决定数量*3x1",
            "行政处罚 | _*3x1",
            "行政强制 | _*3x1",
            "第二十条第（八）项*4x1",
            "信息内容 | 本年收费金额（单位：万元）*3x1",
            "行政事业性收费 | _*3x1",
        ]
    );
}

#[test]
fn disclosure_2019_has_the_official_grid() {
    assert_eq!(
        grid("2019", "disclosure"),
        [
            "第二十条第（一）项*4x1",
            "信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量",
            "规章 | _ | _ | _",
            "规范性文件 | _ | _ | _",
            "第二十条第（五）项*4x1",
            "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量",
            "行政许可 | _ | _ | _",
            "其他对外管理服务事项 | _ | _ | _",
            "第二十条第（六）项*4x1",
            "信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量",
            "行政处罚 | _ | _ | _",
            "行政强制 | _ | _ | _",
            "第二十条第（八）项*4x1",
            "信息内容 | 上一年项目数量 | 本年增/减*2x1",
            "行政事业性收费 | _ | _*2x1",
            "第二十条第（九）项*4x1",
            "信息内容 | 采购项目数量 | 采购总金额*2x1",
            "政府集中采购 | _ | _*2x1",
        ]
    );
}

#[test]
fn applications_have_the_official_grid() {
    let head = [
        "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）*3x3 | 申请人情况*7x1",
        "自然人*1x2 | 法人或其他组织*5x1 | 总计*1x2",
        "商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他",
    ];
    let first = ["一、本年新收政府信息公开申请数量*3x1", "二、上年结转政府信息公开申请数量*3x1"];
    let granted = ["（一）予以公开*2x1", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）*2x1"];
    let middle = [
        "（三）不予公开*1x8 | 1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
        "（四）无法提供*1x3 | 1.本机关不掌握相关政府信息",
        "2.没有现成信息需要另行制作",
        "3.补正后申请内容仍不明确",
        "（五）不予处理*1x5 | 1.信访举报投诉类申请",
        "2.重复申请",
        "3.要求提供公开出版物",
        "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
    ];
    let other_2021 = [
        "（六）其他处理*1x3 | 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
    ];
    let last = ["（七）总计*2x1", "四、结转下年度继续办理*3x1"];
    let expected = |results: &str, other: &[&str]| -> Vec<String> {
        let mut rows: Vec<String> = first
            .iter()
            .chain(&granted)
            .chain(&middle)
            .chain(other)
            .chain(&last)
            .map(|r| format!("{r}{SEVEN}"))
            .collect();
        rows[2] = format!("{results} | {}", rows[2]);
        head.iter().map(|&row| row.to_owned()).chain(rows).collect()
    };
    assert_eq!(grid("2021", "applications"), expected("三、本年度办理结果*1x22", &other_2021));
    assert_eq!(grid("2019", "applications"), expected("三、本年度办理结果*1x20", &["（六）其他处理*2x1"]));
}

#[test]
fn appeals_have_the_official_grid_in_both_forms() {
    let four = "结果维持*1x2 | 结果纠正*1x2 | 其他结果*1x2 | 尚未审结*1x2 | 总计*1x2";
    let five = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计";
    let expected = [
        "行政复议*5x1 | 行政诉讼*10x1".to_owned(),
        format!("{four} | 未经复议直接起诉*5x1 | 复议后起诉*5x1"),
        format!("{five} | {five}"),
        vec!["_"; 15].join(" | "),
    ];
    assert_eq!(grid("2021", "appeals"), expected);
    assert_eq!(grid("2019", "appeals"), expected);
}

#[test]
fn chapters_have_the_official_headings() {
    let headings = [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ];
    for id in ["2019", "2021"] {
        let form = carried(id);
        assert_eq!(form.chapters.iter().map(|chapter| &chapter.heading).collect::<Vec<_>>(), headings);
        assert_eq!(form.texts().collect::<Vec<_>>(), ["overview", "problems", "other"]);
    }
}

#[test]
fn the_form_follows_from_the_year_alone() {
    let id = |year| form::by_year(year).expect("forms").map(|form| form.id.as_str());
    assert_eq!(
        [id(2018), id(2019), id(2020), id(2021), id(2035)],
        [None, Some("2019"), Some("2019"), Some("2021"), Some("2021")]
    );
}

#[test]
fn figures_have_the_paths_of_the_data_format() {
    let paths = |id| -> Vec<String> {
        carried(id).records().iter().flat_map(|r| &r.figures).map(|f| f.path.clone()).collect()
    };
    let new = paths("2021");
    assert_eq!(new.len(), 6 + 1 + 2 + 1 + 25 * 7 + 15);
    let old = paths("2019");
    assert_eq!(old.len(), 6 + 6 + 6 + 2 + 2 + 23 * 7 + 15);
    for path in [
        "disclosure.normative_documents.in_force",
        "disclosure.fees.amount",
        "applications.handled.refused.state_secret.natural",
        "applications.handled.other.fee_unpaid.total",
        "applications.handled.total.legal",
        "appeals.review.upheld",
        "appeals.litigation.after_review.pending",
    ] {
        assert!(new.iter().any(|known| known == path), "{path}");
    }
    for path in
        ["disclosure.procurement.amount", "disclosure.fees.change", "applications.handled.other.total"]
    {
        assert!(old.iter().any(|known| known == path), "{path}");
    }
}

#[test]
fn places_are_named_by_the_labels_of_the_form() {
    let records = carried("2021").records();
    let place = |path: &str| {
        records.iter().flat_map(|r| &r.figures).find(|f| f.path == path).expect("path").place.to_string()
    };
    assert_eq!(place("applications.new.total"), "表三 › 一、本年新收政府信息公开申请数量 › 总计");
    assert_eq!(
        place("applications.handled.refused.state_secret.business"),
        "表三 › 三、本年度办理结果 › （三）不予公开 › 1.属于国家秘密 › 商业企业"
    );
    assert_eq!(place("appeals.litigation.direct.upheld"), "表四 › 行政诉讼 › 未经复议直接起诉 › 结果维持");
}

#[test]
fn extra_rows_are_inserted_after_the_row_they_name() {
    let table = &carried("2021").tables["disclosure"];
    let extra = |after: &str, label: &str| Extra { after: after.to_owned(), label: label.to_owned() };
    let grid =
        table.grid(&[extra("rules", "甲"), extra("penalties", "乙"), extra("rules", "丙")]).expect("grid");
    let rows = drawn(&grid);
    assert_eq!(
        rows[2..6],
        ["规章 | _ | _ | _", "甲 | _ | _ | _", "丙 | _ | _ | _", "行政规范性文件 | _ | _ | _"]
    );
    assert_eq!(rows[11..13], ["行政处罚 | _*3x1", "乙 | _*3x1"]);
    assert!(table.grid(&[extra("no_such_row", "丁")]).is_err());
}

/// A made-up form: three levels of columns beside one, two levels of rows beside one, two blocks.
const MADE_UP: &str = r#"
id = "2035"
name = "试拟格式"
source = "无"
years = { from = 2035 }
chapters = [{ heading = "一、数据", table = "made_up" }, { heading = "二、文字", text = "words" }]

[tables.made_up]
name = "表一"
summary = "试拟。"
size = 10.5
widths = [40, 40, 19, 19, 19, 19]
digits = 5

[[tables.made_up.blocks]]
corner = { label = "角" }
columns = [
  { label = "甲", children = [{ label = "乙", children = [{ key = "c1", label = "丙" }, { key = "c2", label = "丁" }] }] },
  { key = "c3", label = "戊", width = 2 },
]
rows = [{ key = "r1", label = "一", children = [{ key = "a", label = "a" }, { key = "b", label = "b" }] }, { key = "r2", label = "二" }]

[[tables.made_up.blocks]]
band = "带"
columns = [{ key = "sum", label = "合", width = 6 }]
"#;

#[test]
fn a_form_of_a_users_own_works_without_new_code() {
    let form = form::from_text("made-up.toml", MADE_UP).expect("a form");
    assert_eq!(
        drawn(&form.tables["made_up"].grid(&[]).expect("grid")),
        [
            "角*2x3 | 甲*2x1 | 戊*2x3",
            "乙*2x1",
            "丙 | 丁",
            "一*1x2 | a | _ | _ | _*2x1",
            "b | _ | _ | _*2x1",
            "二*2x1 | _ | _ | _*2x1",
            "带*6x1",
            "合*6x1",
            "_*6x1",
        ]
    );
    let paths: Vec<String> =
        form.records().iter().flat_map(|r| &r.figures).map(|figure| figure.path.clone()).collect();
    assert_eq!(paths[..4], ["made_up.r1.a.c1", "made_up.r1.a.c2", "made_up.r1.a.c3", "made_up.r1.b.c1"]);
    assert_eq!(paths.last().map(String::as_str), Some("made_up.sum"));
}

#[test]
fn an_inconsistent_form_is_refused_with_all_its_mistakes() {
    let broken = MADE_UP
        .replace("width = 2", "width = 1")
        .replace("widths = [40,", "widths = [41,")
        .replace("text = \"words\"", "table = \"other\"");
    let error = form::from_text("made-up.toml", &broken).expect_err("refused");
    assert_eq!(error.problems.len(), 3, "{error}");
    let told = error.to_string();
    for part in ["表头拼不成完整的表格", "157.0 毫米", "“二、文字”要用的表格 other 没有定义"]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
}

#[test]
fn a_rule_of_a_form_that_names_an_unknown_row_is_refused() {
    let rule = "\n[[rules]]\ncode = \"S1\"\ntable = \"made_up\"\neach = \"column\"\nleft = [\"r9\"]\nright = [\"r2\"]\n";
    let error = form::from_text("made-up.toml", &format!("{MADE_UP}{rule}")).expect_err("refused");
    assert!(error.to_string().contains("“r9”"), "{error}");
}

/// Severities of the arithmetic rules: without and with a binding report of the year before.
#[test]
fn forms_give_each_of_their_sums_a_severity() {
    for form in form::all().expect("the program's forms") {
        for rule in &form.rules {
            let (usual, binding) = match rule.code.code() {
                "S1" | "S2" | "S3" | "S4" => (Severity::Error, None),
                "S5" => (Severity::Warning, Some(Severity::Error)),
                "S6" | "S7" => (Severity::Warning, None),
                "S8" if rule.right[0].key == "made" => (Severity::Unsure, None),
                "S8" => (Severity::Warning, None),
                other => panic!("{other}: no such sum"),
            };
            assert_eq!((rule.severity, rule.severity_if_binding), (Some(usual), binding), "{}", rule.code);
        }
    }
}

#[test]
fn a_binding_severity_is_for_comparisons_with_the_year_before() {
    let text = include_str!("../../../../data/forms/2021.toml");
    let broken = text.replacen("severity = \"error\"", "severity_if_binding = \"error\"", 1);
    let error = form::from_text("made-up.toml", &broken).expect_err("refused");
    assert_eq!(error.problems, ["规则 S1 有 severity_if_binding，却不与上年比较"]);
}

#[test]
fn a_form_decides_how_grave_a_wrong_sum_is() {
    let text = include_str!("../../../../data/forms/2021.toml");
    let rule = "code = \"S4\"\ntable = \"appeals\"\neach = \"row\"";
    let severity_of = |line: &str| {
        let (before, rest) = text.split_once(rule).expect("S4");
        let changed = format!("{before}{rule}{}", rest.replacen("severity = \"error\"\n", line, 1));
        let office = Office::new("");
        office.file("own.toml", changed);
        let report = include_str!("../fixtures/catalogue/bases/department.toml")
            .replace("form = \"2021\"", "form = \"own.toml\"")
            .replace("review = [2, 1, 0, 0, 3]", "review = [2, 1, 0, 0, 4]");
        let base = office.path("");
        let loaded = load_text("报告.toml", Ok(report.into_bytes()), &base, false);
        let findings = loaded.check(&base, CheckContext::new(&AllGlyphs, load_text)).findings;
        findings.into_iter().find(|finding| finding.rule == Rule::S4).map(|finding| finding.severity)
    };
    assert_eq!(severity_of("severity = \"unsure\"\n"), Some(Severity::Unsure));
    // A form that says nothing leaves the severity to the rule.
    assert_eq!(severity_of(""), Some(Severity::Error));
}
