//! A small report on the form of 2021 as a web page, in parts that tests of the import change.

/// Returns the rows of 表二; its figures count from 1 to 10.
pub fn table_two() -> Vec<Vec<String>> {
    let rows = [
        "第二十条第（一）项",
        "信息内容|本年制发件数|本年废止件数|现行有效件数",
        "规章|1|2|3",
        "行政规范性文件|4|5|6",
        "第二十条第（五）项",
        "信息内容|本年处理决定数量",
        "行政许可|7",
        "第二十条第（六）项",
        "信息内容|本年处理决定数量",
        "行政处罚|8",
        "行政强制|9",
        "第二十条第（八）项",
        "信息内容|本年收费金额（单位：万元）",
        "行政事业性收费|10",
    ];
    rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect()
}

/// Returns the rows of 表三 with all labels in one column: row 1 holds the figures 100 to 106, row 2 200 to 206.
pub fn table_three() -> Vec<Vec<String>> {
    let labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（二）部分公开",
        "1.属于国家秘密",
        "2.其他法律行政法规禁止公开",
        "3.危及“三安全一稳定”",
        "4.保护第三方合法权益",
        "5.属于三类内部事务信息",
        "6.属于四类过程性信息",
        "7.属于行政执法案卷",
        "8.属于行政查询事项",
        "1.本机关不掌握相关政府信息",
        "2.没有现成信息需要另行制作",
        "3.补正后申请内容仍不明确",
        "1.信访举报投诉类申请",
        "2.重复申请",
        "3.要求提供公开出版物",
        "4.无正当理由大量反复申请",
        "5.要求行政机关确认或重新出具已获取信息",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.其他",
        "（七）总计",
        "四、结转下年度继续办理",
    ];
    let mut rows = vec![
        "项目|自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计"
            .split('|')
            .map(str::to_owned)
            .collect(),
    ];
    for (index, label) in labels.iter().enumerate() {
        let figures = (0..7).map(|column| (100 * (index + 1) + column).to_string());
        rows.push(std::iter::once((*label).to_owned()).chain(figures).collect());
    }
    rows
}

/// Returns the rows of 表四 with one row of headers, whose three groups differ by their order alone.
pub fn table_four() -> Vec<Vec<String>> {
    let header = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    vec![
        header.iter().cycle().take(15).map(|label| (*label).to_owned()).collect(),
        (1..=15).map(|figure| figure.to_string()).collect(),
    ]
}

/// Returns rows of cells as an HTML table.
pub fn html(rows: &[Vec<String>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(1);
    let row = |cells: &Vec<String>| {
        let last = cells.len() - 1;
        let cells = cells.iter().enumerate().map(|(index, cell)| {
            // The last cell of a short row spans the remaining columns, as in the official table.
            let span = if index == last && cells.len() < width { width - last } else { 1 };
            format!("<td colspan={span}>{cell}</td>")
        });
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    format!("<table>{}</table>", rows.iter().map(row).collect::<String>())
}

/// Returns a page with these three tables.
pub fn page(two: &str, three: &str, four: &str) -> String {
    format!(
        "<html><head><meta charset=utf-8></head><body><h1>某镇人民政府2024年政府信息公开工作年度报告</h1><p>根据条例编制。</p>\
         <h2>一、总体情况</h2><p>（一）主动公开。公开信息一批。</p><h2>二、主动公开政府信息情况</h2>{two}\
         <h2>三、收到和处理政府信息公开申请情况</h2>{three}<h2>四、因政府信息公开工作被申请行政复议、提起行政诉讼情况</h2>{four}\
         <h2>五、政府信息公开工作存在的主要问题及改进情况</h2><p>解读不够及时，已经改进。</p><h2>六、其他需要报告的事项</h2>\
         <p>没有收取信息处理费。</p></body></html>"
    )
}

/// Returns the page with all three tables unchanged.
pub fn whole() -> String {
    page(&html(&table_two()), &html(&table_three()), &html(&table_four()))
}
