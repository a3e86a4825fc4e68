//! Comparison of a PDF's pages with the data attached to it.

use std::collections::BTreeMap;

use gongbao_core::{
    finding::{Finding, Rule, Severity},
    history::{Difference, DifferenceKind, differences},
    report::{ReportFile, printed_value},
};

/// Lists where the pages say something else than the attached data. What could not be read from the pages is not compared.
pub(super) fn compare(data: &ReportFile, pages: &ReportFile, name: &str) -> Vec<Finding> {
    let all = differences(data, pages);
    let mut findings: Vec<Finding> = all.iter().filter_map(figure).collect();
    findings.extend(texts(data, &all));
    findings.iter_mut().for_each(|finding| name.clone_into(&mut finding.file));
    findings
}

fn error(message: String) -> Finding {
    let hint = "页面或附件被改过：请从报告文件重新生成PDF";
    Finding::new(Rule::Attachment, Severity::Error, "", message).hint(hint)
}

fn figure(difference: &Difference) -> Option<Finding> {
    let (data, page) = (printed_value(&difference.old), printed_value(&difference.new));
    if difference.kind != DifferenceKind::Figure || page.is_empty() {
        return None;
    }
    let shown = if data.is_empty() { "空" } else { &data };
    let message = format!("页面上是{page}，所附的数据是{shown}");
    let mut finding = error(message).place(difference.place.clone());
    finding.path.clone_from(&difference.path);
    Some(finding)
}

/// One finding for each text whose words differ; paragraphs may be divided in another way.
fn texts(data: &ReportFile, all: &[Difference]) -> Vec<Finding> {
    let mut words: BTreeMap<&str, (String, String)> = BTreeMap::new();
    for difference in all.iter().filter(|difference| difference.kind == DifferenceKind::Text) {
        let Some((key, _)) = difference.path.split_once('[') else { continue };
        let (before, after) = words.entry(key).or_default();
        let squeezed =
            |value| printed_value(value).chars().filter(|c| !c.is_whitespace()).collect::<String>();
        before.push_str(&squeezed(&difference.old));
        after.push_str(&squeezed(&difference.new));
    }
    let differing = words.into_iter().filter(|(_, (before, after))| before != after);
    differing
        .map(|(key, _)| {
            let mut finding = error("页面上的文字与所附的数据不同".to_owned()).place(data.place(key));
            key.clone_into(&mut finding.path);
            finding
        })
        .collect()
}
