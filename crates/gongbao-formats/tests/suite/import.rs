//! Tables in the ways offices draw them: what can be placed with certainty is read, everything else is listed and stays
//! missing in the report.

use gongbao_core::report::{Figure, Report};
use gongbao_formats::import::{self, Hints, Imported};
use gongbao_test_support::page::{html, page, table_four, table_three, table_two, whole};

/// Imports a page that is imported at least in part.
#[track_caller]
fn import(page: &str) -> Imported {
    import::read("来件.html", page.as_bytes(), &Hints::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// Returns the figure at a path as it is printed; `-` where it is missing, `blank` where it was left blank.
fn cell(report: &Report, path: &str) -> String {
    match report.figures.get(path).filter(|cell| !cell.computed).map(|cell| cell.figure) {
        Some(Figure::Number(number)) => number.to_string(),
        Some(Figure::NotApplicable) => "/".to_owned(),
        Some(Figure::Blank) => "blank".to_owned(),
        None => "-".to_owned(),
    }
}

fn row(report: &Report, path: &str) -> String {
    let columns = ["natural", "business", "research", "welfare", "legal", "other", "total"];
    columns.map(|column| cell(report, &format!("{path}.{column}"))).join(" ")
}

/// Place and text of everything that could not be placed.
fn unplaced(imported: &Imported) -> Vec<(&str, &str)> {
    imported.unplaced.iter().map(|entry| (entry.place.as_str(), entry.text.as_str())).collect()
}

/// Number of figures found in each table.
fn found(imported: &Imported) -> Vec<usize> {
    imported.counted.iter().map(|table| table.found).collect()
}

#[test]
fn headers_in_one_row_and_labels_in_one_column_are_understood() {
    let imported = import(&whole());
    let report = &imported.report;
    assert_eq!(found(&imported), [10, 175, 15], "{imported:#?}");
    assert_eq!(unplaced(&imported), []);
    assert_eq!(row(report, "applications.new"), "100 101 102 103 104 105 106");
    assert_eq!(row(report, "applications.handled.other.other"), "2300 2301 2302 2303 2304 2305 2306");
    assert_eq!(row(report, "applications.handled.total"), "2400 2401 2402 2403 2404 2405 2406");
    assert_eq!(cell(report, "disclosure.compulsory_measures.decisions"), "9");
    assert_eq!(cell(report, "appeals.litigation.after_review.total"), "15");
    assert_eq!((report.year, report.agency.name.as_str()), (2024, "某镇人民政府"));
    assert_eq!((&report.title, report.form.as_deref()), (&None, Some("2021")));
    assert_eq!(report.texts["problems"], ["解读不够及时，已经改进。"]);
}

#[test]
fn labels_are_recognised_in_the_variants_that_offices_write() {
    let text = [
        ("规章|", "规 章|"),
        ("行政规范性文件", "规范性文件"),
        ("本年制发件数", "本年发件数"),
        ("现行有效件数", "现行有效件数(历史累计)"),
        ("本年收费金额（单位：万元）", "本年收费金额(元)"),
        ("5.属于三类内部事务信息", "5、属于三类内容事务信息"),
        ("6.属于四类过程性信息", "⑥属于四类过程性性信息"),
        ("（二）部分公开", "(二)部分公开(区分处理的，只计这一情况，不计其他情形)"),
        ("4.无正当理由大量反复申请", "4．无正当理由大量反复申报"),
        ("科研机构", "科研<br/>机构"),
    ]
    .iter()
    .fold(whole(), |page, (old, new)| page.replace(old, new));
    let imported = import(&text);
    let report = &imported.report;
    assert_eq!(unplaced(&imported), [], "{imported:#?}");
    assert_eq!(found(&imported), [10, 175, 15]);
    assert_eq!(row(report, "applications.handled.refused.internal_affairs"), "900 901 902 903 904 905 906");
    // The table counts in 元, the form in 万元.
    assert_eq!(cell(report, "disclosure.fees.amount"), "0.001");
}

#[test]
fn blank_columns_are_skipped_and_unknown_columns_are_listed() {
    let mut three = table_three();
    for (index, row) in three.iter_mut().enumerate() {
        row.insert(3, String::new());
        row.insert(0, String::new());
        row.push(if index == 0 { "备用列".to_owned() } else { String::new() });
    }
    three[2][10] = "77".to_owned();
    let imported = import(&page(&html(&table_two()), &html(&three), &html(&table_four())));
    let report = &imported.report;
    assert_eq!(found(&imported), [10, 175, 15], "{imported:#?}");
    assert_eq!(row(report, "applications.carried_in"), "200 201 202 203 204 205 206");
    assert_eq!(unplaced(&imported), [("第2个表格第3行第11列", "77")]);
}

#[test]
fn a_shifted_row_is_read_only_if_the_number_of_its_cells_fits() {
    let mut three = table_three();
    // An additional cell before the label: seven figures still follow it.
    three[1].insert(0, String::new());
    // One figure is lost: it cannot be known which one.
    three[2].remove(3);
    let page = page(
        &html(&table_two()),
        &html(&three).replace("colspan=2", "").replace("colspan=3", ""),
        &html(&table_four()),
    );
    let imported = import(&page);
    let report = &imported.report;
    assert_eq!(row(report, "applications.new"), "100 101 102 103 104 105 106", "{imported:#?}");
    assert_eq!(row(report, "applications.carried_in"), "- - - - - - -");
    assert_eq!(row(report, "applications.handled.granted"), "300 301 302 303 304 305 306");
    assert_eq!(unplaced(&imported), [("第2个表格第3行", "200｜201｜203｜204｜205｜206")]);
    assert_eq!(imported.unplaced[0].row, "二、上年结转政府信息公开申请数量");
}

#[test]
fn a_cell_that_is_no_figure_is_listed_and_stays_missing() {
    let text = whole()
        .replace(">101<", ">1 01<")
        .replace(">102<", ">约102<")
        .replace(">103<", "><")
        .replace(">104<", ">—<")
        .replace(">105<", ">105件（其中涉外1件）<");
    let imported = import(&text);
    let report = &imported.report;
    assert_eq!(row(report, "applications.new"), "100 - - blank / 105 106", "{imported:#?}");
    assert_eq!(report.figures["applications.new.other"].note.as_deref(), Some("其中涉外1件"));
    let expected = [("第2个表格第2行第3列", "1 01"), ("第2个表格第2行第4列", "约102")];
    assert_eq!(unplaced(&imported), expected);
    assert_eq!(imported.unplaced[0].column, "商业企业");
}

#[test]
fn a_table_with_unknown_labels_is_listed_and_gives_no_figures() {
    let three = table_three()
        .iter()
        .enumerate()
        .map(|(index, row)| {
            row.iter()
                .enumerate()
                .map(|(column, cell)| {
                    if index == 0 || column == 0 {
                        format!("甲乙丙{index}丁{column}")
                    } else {
                        cell.clone()
                    }
                })
                .collect()
        })
        .collect::<Vec<Vec<String>>>();
    let imported = import(&page(&html(&table_two()), &html(&three), &html(&table_four())));
    let report = &imported.report;
    assert_eq!(found(&imported), [10, 0, 15]);
    assert!(!report.figures.keys().any(|path| path.starts_with("applications")), "{imported:#?}");
    let listed = unplaced(&imported);
    assert_eq!(listed.len(), 26);
    assert_eq!(listed[1], ("第2个表格第2行", "100｜101｜102｜103｜104｜105｜106"));
    assert_eq!(imported.unplaced[1].row, "甲乙丙1丁0");
    // The other tables are read.
    assert_eq!(cell(report, "disclosure.rules.in_force"), "3");
    assert_eq!(report.texts["other"], ["没有收取信息处理费。"]);
}

#[test]
fn an_unknown_row_is_listed_in_table_three_and_becomes_an_extra_row_in_table_two() {
    let mut three = table_three();
    three.insert(4, "（二之一）其他情形|1|1|1|1|1|1|1".split('|').map(str::to_owned).collect());
    let mut two = table_two();
    two.insert(4, "其他文件|84|0|84".split('|').map(str::to_owned).collect());
    let imported = import(&page(&html(&two), &html(&three), &html(&table_four())));
    let report = &imported.report;
    assert_eq!(found(&imported), [10, 175, 15], "{imported:#?}");
    assert_eq!(unplaced(&imported), [("第2个表格第5行", "1｜1｜1｜1｜1｜1｜1")]);
    assert_eq!(report.extras["disclosure"][0].label, "其他文件");
    assert_eq!(cell(report, "disclosure.extra[1].in_force"), "84");
}

#[test]
fn a_cell_with_two_different_figures_stays_missing() {
    let three = html(&table_three());
    let again = html(&table_three()[..2]).replace(">101<", ">999<");
    let imported = import(&page(&html(&table_two()), &(three + &again), &html(&table_four())));
    let report = &imported.report;
    assert_eq!(row(report, "applications.new"), "100 - 102 103 104 105 106", "{imported:#?}");
    let said: Vec<&str> = unplaced(&imported).into_iter().map(|(_, text)| text).collect();
    assert_eq!(said, ["101", "999"]);
}

#[test]
fn a_figure_in_merged_cells_is_not_read_but_a_blank_or_slash_is() {
    let three = html(&table_three())
        .replace("<td colspan=1>101</td><td colspan=1>102</td>", "<td colspan=2>7</td>")
        .replace("<td colspan=1>201</td><td colspan=1>202</td>", "<td colspan=2>&nbsp;</td>")
        .replace("<td colspan=1>301</td><td colspan=1>302</td>", "<td colspan=2>/</td>");
    let imported = import(&page(&html(&table_two()), &three, &html(&table_four())));
    let report = &imported.report;
    assert_eq!(row(report, "applications.new"), "100 - - 103 104 105 106", "{imported:#?}");
    assert_eq!(row(report, "applications.carried_in"), "200 blank blank 203 204 205 206");
    assert_eq!(row(report, "applications.handled.granted"), "300 / / 303 304 305 306");
}

#[test]
fn text_beside_a_table_is_kept_before_and_after_it_or_as_its_note() {
    let note = "<p>注：1.含联合发文。</p><p>2.含转发。</p>";
    let two = format!(
        "<p>（一）概况。</p><p>本年制发情况如下：</p>{}{note}<p>（二）其他。</p>",
        html(&table_two())
    );
    let three = format!("{}<p>以上数据含上年度。</p>", html(&table_three()));
    let imported = import(&page(&two, &three, &html(&table_four())));
    let report = &imported.report;
    assert_eq!(report.texts["disclosure.before"], ["（一）概况。", "本年制发情况如下："]);
    assert_eq!(report.notes["disclosure"], "注：1.含联合发文。\n2.含转发。");
    assert_eq!(report.texts["disclosure.after"], ["（二）其他。"]);
    assert_eq!(report.texts["applications.after"], ["以上数据含上年度。"]);
    assert_eq!(found(&imported), [10, 175, 15]);
    assert_eq!(unplaced(&imported), []);
}

#[test]
fn text_between_the_pieces_of_a_table_is_kept_where_the_table_can_be_divided() {
    let rows = table_two();
    let piece = |from: usize, to: usize| html(&rows[from..to]);
    let two = format!(
        "<p>（一）规章。</p>{}<p>（二）许可。</p>{}<p>（三）处罚。</p>{}<p>（四）收费。</p>{}",
        piece(0, 4),
        piece(4, 7),
        piece(7, 11),
        piece(11, 14)
    );
    let imported = import(&page(&two, &html(&table_three()), &html(&table_four())));
    let texts = &imported.report.texts;
    assert_eq!(found(&imported), [10, 175, 15]);
    assert_eq!(texts["disclosure.before"], ["（一）规章。"]);
    assert_eq!(texts["disclosure.between.licences"], ["（二）许可。"]);
    assert_eq!(texts["disclosure.between.penalties"], ["（三）处罚。"]);
    assert_eq!(texts["disclosure.between.fees"], ["（四）收费。"]);
    assert_eq!(unplaced(&imported), []);

    // Within a block no text can stand.
    let two = format!("{}<p>接上表</p>{}", piece(0, 10), piece(10, 14));
    let imported = import(&page(&two, &html(&table_three()), &html(&table_four())));
    assert_eq!(unplaced(&imported), [("二、主动公开政府信息情况", "接上表")]);
    assert!(!imported.report.texts.keys().any(|key| key.starts_with("disclosure.")));
}

#[test]
fn a_table_of_contents_is_no_chapter_and_the_date_of_the_page_not_the_date_of_the_report() {
    let contents = "<p>一、总体情况</p><p>二、主动公开政府信息情况</p><p>六、其他需要报告的事项</p>";
    let text = whole().replace(
        "<p>根据条例编制。</p>",
        &format!("<p>发布日期：2025-01-26</p>{contents}<p>根据条例编制。</p>"),
    );
    let imported = import(&text);
    let report = &imported.report;
    assert_eq!(report.texts["overview"], ["（一）主动公开。公开信息一批。"]);
    assert_eq!(report.texts["other"], ["没有收取信息处理费。"]);
    assert_eq!(report.date, None);
    let signed = text.replace("没有收取信息处理费。</p>", "没有收取信息处理费。</p><p>某镇人民政府</p><p>2025 年 1 月 24 日</p><p>打印本页</p><p>发布日期：2025-01-26</p>");
    let imported = import(&signed);
    let report = &imported.report;
    assert_eq!(report.texts["other"], ["没有收取信息处理费。"]);
    assert_eq!(report.date.map(|date| date.to_string()).as_deref(), Some("2025-01-24"));
}

#[test]
fn a_heading_in_other_words_opens_the_chapter_of_its_number_and_is_said() {
    let own = whole().replace("五、政府信息公开工作存在的主要问题及改进情况", "五、工作中的不足和下一步打算");
    assert_ne!(own, whole());
    let imported = import(&own);
    assert_eq!(imported.report.texts["problems"], ["解读不够及时，已经改进。"]);
    assert!(imported.remarks.iter().any(|remark| remark.contains("工作中的不足")), "{imported:#?}");
    assert!(imported.report.notes.is_empty(), "{imported:#?}");
}

#[test]
fn what_follows_an_unknown_heading_is_listed_and_never_a_note() {
    let strange = whole().replace("五、政府信息公开工作存在的主要问题及改进情况", "五、有关情况的说明");
    let imported = import(&strange);
    assert!(imported.report.notes.is_empty(), "{imported:#?}");
    let listed = unplaced(&imported);
    assert!(listed.iter().any(|(_, text)| *text == "五、有关情况的说明"), "{imported:#?}");
    assert!(listed.iter().any(|(_, text)| *text == "解读不够及时，已经改进。"), "{imported:#?}");
}

#[test]
fn a_report_that_numbers_its_topics_and_starts_again_is_read() {
    let twice = whole().replace(
        "<h2>一、总体情况</h2><p>（一）主动公开。公开信息一批。</p>",
        "<p>一、主动公开</p><p>公开信息一批。</p><p>二、依申请公开</p><p>收到申请。</p><p>三、平台建设</p><p>网站改版。</p>",
    );
    assert_ne!(twice, whole());
    let imported = import(&twice);
    assert_eq!(found(&imported), [10, 175, 15], "{imported:#?}");
    let overview = &imported.report.texts["overview"];
    assert_eq!(overview.first().map(String::as_str), Some("一、主动公开"), "{imported:#?}");
    assert_eq!(overview.len(), 6, "{imported:#?}");
    assert!(imported.remarks.iter().any(|remark| remark.contains("总体情况")), "{imported:#?}");
}

#[test]
fn a_figure_that_spans_rows_is_listed() {
    let mut rows = table_two();
    let licences = rows.iter().position(|row| row[0] == "行政处罚").expect("the row");
    rows[licences].pop();
    let tall =
        html(&rows).replace("<td colspan=4>行政处罚</td>", "<td>行政处罚</td><td colspan=3 rowspan=2>8</td>");
    let tall = tall.replace("<tr><td>行政强制</td><td colspan=3>9</td></tr>", "<tr><td>行政强制</td></tr>");
    assert!(tall.contains("rowspan"), "{tall}");
    let imported = import(&page(&tall, &html(&table_three()), &html(&table_four())));
    assert_eq!(cell(&imported.report, "disclosure.penalties.decisions"), "-", "{imported:#?}");
}
