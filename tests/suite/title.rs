//! Titles of real bodies, measured on finished PDFs (GB/T 9704-2012, 7.3.1): words stay whole, lines form a trapezoid or a
//! lozenge.

use gongbao_test_support::{judges, made::FORM_2021};
use serde_json::Value;

use crate::{
    layout::{list, number},
    program::new_office,
};

/// Names of 2 to 37 characters, made from the administrative divisions (民政部) and the usual names of departments, each
/// with strokes where the name may be broken.
const NAMES: [&str; 25] = [
    "某局",
    "彭阳县|机关事务服务|中心",
    "淮安市|人民政府",
    "上海市|松江区|人民政府|（区政府办公室）",
    "平潭综合实验区|财政|金融局",
    "济宁市|市中区|城市管理|综合行政执法局",
    "湖南省|常德市|津市市|市场监督管理局",
    "江西省|景德镇市|浮梁县|人民政府",
    "大同市|城区|应急管理局",
    "天津市|和平区|体育馆街道|办事处",
    "黑龙江省|大兴安岭地区|行政|公署|办公室",
    "内蒙古自治区|呼伦贝尔市|莫力达瓦达斡尔族自治旗|人民政府",
    "内蒙古自治区|锡林郭勒盟|东乌珠穆沁旗|自然资源局",
    "广西壮族自治区|河池市|环江毛南族自治县|人民政府|办公室",
    "宁夏回族自治区|固原市|彭阳县|住房和城乡建设局",
    "新疆维吾尔自治区|伊犁哈萨克自治州|财政局",
    "新疆维吾尔自治区|伊犁哈萨克自治州|察布查尔锡伯自治县|人民政府",
    "新疆维吾尔自治区|克孜勒苏柯尔克孜自治州|阿图什市|市场监督管理局",
    "甘肃省|临夏回族自治州|积石山保安族东乡族撒拉族自治县|人民政府",
    "云南省|临沧市|双江拉祜族佤族布朗族傣族自治县|交通运输局",
    "甘肃省|临夏回族自治州|积石山保安族东乡族撒拉族自治县|供销合作社|联合社",
    "贵州省|黔西南布依族苗族自治州|望谟县|人力资源和社会保障局",
    "海南省|琼中黎族苗族自治县|退役军人事务局",
    "国家税务总局|新疆维吾尔自治区|税务局",
    "某县|政府信息公开|和|政务服务数据管理局",
];

#[test]
fn titles_of_real_bodies_are_broken_by_meaning() {
    let office = new_office();
    for (index, name) in NAMES.iter().enumerate() {
        let name = name.replace('|', "");
        let report = FORM_2021
            .replacen("title = \"淮安市人民政府\\n2024年政府信息公开工作年度报告\"\n", "", 1)
            .replacen("kind = \"government\"\n", "", 1)
            .replacen("name = \"淮安市人民政府\"", &format!("name = \"{name}\""), 1);
        assert!(report.contains(&name) && !report.contains("title ="), "{name}");
        office.file(&format!("in/{index:02}.toml"), report);
    }
    let run = office.run(["build", "in", "--only", "web"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let pdfs: Vec<_> =
        (0..NAMES.len()).map(|index| office.path(&format!("out/{index:02}/public/{index:02}.pdf"))).collect();
    let Some(read) = judges::read_pdf(&pdfs) else { return };
    for (name, pdf) in NAMES.iter().zip(&read) {
        let title: Vec<&Value> =
            list(&pdf["pages"][0]["lines"]).iter().filter(|line| number(&line["size_pt"]) > 21.0).collect();
        let lines: Vec<&str> = title.iter().filter_map(|line| line["text"].as_str()).collect();
        check(name, &lines);
        let widths: Vec<f64> =
            title.iter().map(|line| number(&line["x1_mm"]) - number(&line["x0_mm"])).collect();
        for line in &title {
            let (left, right) = (number(&line["x0_mm"]) - 28.0, 28.0 + 156.0 - number(&line["x1_mm"]));
            assert!(left > -0.5 && right > -0.5, "{lines:?} is wider than the type area");
            // A bracket at an end may be set half as wide as measured.
            assert!((left - right).abs() < 4.0, "{lines:?} is not centred");
        }
        assert!(!widths.windows(3).any(|three| three[1] < three[0] && three[1] < three[2]), "{lines:?}");
    }
}

/// Checks the words of a title: it is whole, no word is broken, and the year is not alone.
fn check(name: &str, lines: &[&str]) {
    let mut title = name.to_owned() + "|2024年|政府信息公开工作年度报告";
    assert_eq!(lines.concat(), title.replace('|', ""));
    for line in lines {
        assert!(*line != "2024年", "{lines:?}");
        // Each line is a sequence of whole words.
        let words: Vec<&str> = title.split('|').collect();
        let count = (1..=words.len()).find(|count| words[..*count].concat() == *line);
        let count = count.unwrap_or_else(|| panic!("{line} breaks a word: {lines:?}"));
        title = words[count..].join("|");
    }
}
