//! The texts of a consolidated report, as a draft: the figures stand in it as placeholders, the rest is for people to write.

use std::collections::BTreeMap;

use super::Contribution;
use crate::{
    form::{Form, Record},
    report::{DRAFT_MARK, Report},
};

/// The texts by key.
pub(super) fn texts(
    report: &Report,
    form: &Form,
    contributions: &[Contribution],
) -> BTreeMap<String, Vec<String>> {
    let mark = || format!("{DRAFT_MARK}这一部分由汇总生成，请改写，改好后删去这一段。");
    let texts = form.texts().filter_map(|key| {
        let paragraphs = match key {
            "overview" => overview(report, form),
            "problems" => problems(),
            "other" => other(contributions),
            _ => return None,
        };
        Some((key.to_owned(), std::iter::once(mark()).chain(paragraphs).collect()))
    });
    texts.collect()
}

fn overview(report: &Report, form: &Form) -> Vec<String> {
    let records = report.records(form);
    vec![
        format!("（一）主动公开。{}。", disclosed(&records)),
        format!("（二）依申请公开。{}。", applied(&records)),
        "（三）政府信息管理。（请综合各单位的报告写规章、行政规范性文件的公开和管理，信息审查和更新。）"
            .to_owned(),
        "（四）政府信息公开平台建设。（请写政府网站、政务新媒体、公报和专区的情况。）".to_owned(),
        "（五）监督保障。（请写机构和人员、培训、工作考核、社会评议和责任追究结果。）".to_owned(),
    ]
}

/// A phrase for each row of the tables in which nothing is a sum: its name and its columns.
fn disclosed(records: &[Record]) -> String {
    let rows = records.iter().filter(|record| record.path.starts_with("disclosure."));
    let rows = rows.filter(|record| !record.path.contains(".extra["));
    let phrase = |record: &Record| {
        let name = last(&record.place);
        let columns: Vec<String> = record
            .figures
            .iter()
            .map(|address| format!("{}{{{{{}}}}}", last(&address.place), address.path))
            .collect();
        format!("{name}：{}", columns.join("，"))
    };
    rows.map(phrase).collect::<Vec<_>>().join("；")
}

/// The course of the applications, as far as the form has these rows.
fn applied(records: &[Record]) -> String {
    let known = |path: &str| records.iter().any(|record| record.path.starts_with(path));
    let phrases = [
        ("applications.new", "本年新收政府信息公开申请", "件"),
        ("applications.carried_in", "上年结转", "件"),
        ("applications.handled.total", "本年办理", "件"),
        ("applications.handled.granted", "其中予以公开", "件"),
        ("applications.handled.partly_granted", "部分公开", "件"),
        ("applications.handled.refused", "不予公开", "件"),
        ("applications.handled.unavailable", "无法提供", "件"),
        ("applications.handled.not_processed", "不予处理", "件"),
        ("applications.handled.other", "其他处理", "件"),
        ("applications.carried_out", "结转下年度继续办理", "件"),
    ];
    let phrases = phrases.into_iter().filter(|(path, ..)| known(path));
    phrases.map(|(path, words, unit)| format!("{words}{{{{{path}}}}}{unit}")).collect::<Vec<_>>().join("，")
}

fn problems() -> Vec<String> {
    vec![
        "存在的问题：（请综合各单位的报告写。）".to_owned(),
        "改进措施：（请针对上述问题写下一年怎么做。）".to_owned(),
    ]
}

fn other(contributions: &[Contribution]) -> Vec<String> {
    let names: Vec<&str> = contributions.iter().map(|one| one.file.report.agency.name.as_str()).collect();
    vec![
        format!("本报告汇总了{}家单位的数据：{}。", names.len(), names.join("、")),
        "（请写是否收取信息处理费，以及其他需要报告的事项。）".to_owned(),
    ]
}

fn last(place: &str) -> &str {
    place.rsplit(" › ").next().unwrap_or(place)
}
