//! Findings of reading, with the cells and the words of the workbook.

use std::sync::Arc;

use super::{Form, Role, Sheet, draft::Positions};
use crate::workbook::{BLANK, words};
use gongbao_core::{
    finding::{Finding, Rule},
    form::Record,
    report::AgencyKind,
    text::Source,
};

/// Data for rewording findings about a workbook.
pub(super) struct Advice<'a> {
    pub(super) form: &'a Form,
    pub(super) positions: &'a Positions,
    pub(super) source: &'a Arc<Source>,
    /// Sheets of the layout that the workbook lacks.
    pub(super) missing: &'a [&'a Sheet],
}

impl Advice<'_> {
    /// Returns the findings with their cells and with advice for a workbook; missing cells of one row become one finding.
    pub(super) fn reworded(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let records = self.form.records();
        let mut told: Vec<Finding> = Vec::new();
        let mut rows: Vec<String> = Vec::new();
        for finding in findings {
            let row = records.iter().find(|record| {
                finding.rule == Rule::Missing
                    && record.figures.iter().any(|figure| figure.path == finding.path)
            });
            match row {
                Some(record) if rows.contains(&record.path) => {}
                Some(record) => {
                    rows.push(record.path.clone());
                    told.push(self.of_row(finding, record));
                }
                None => told.push(self.of(finding)),
            }
        }
        told
    }

    /// Returns one finding for all missing cells of a row.
    fn of_row(&self, finding: Finding, record: &Record) -> Finding {
        let is_empty = |path: &str| self.positions.get(path).is_some_and(|span| span.is_empty());
        let empty: Vec<&str> = record
            .figures
            .iter()
            .filter(|figure| is_empty(&figure.path) && !self.is_total(record, &figure.column))
            .map(|figure| figure.label())
            .collect();
        let mut finding = self.of(finding);
        if empty.len() > 1 {
            let words = record.label();
            finding.message = format!("“{words}”这一行有{}格没有填：{}", empty.len(), empty.join("、"));
            finding.path.clone_from(&record.path);
            finding.place.clone_from(&record.place);
        }
        finding
    }

    fn is_total(&self, record: &Record, column: &str) -> bool {
        self.form.total_column(record) == Some(column)
    }

    fn of(&self, mut finding: Finding) -> Finding {
        if let Some(span) = self.positions.get(&finding.path) {
            finding = finding.at(self.source, span.clone());
        }
        let section = finding.path.split(['.', '[']).next().unwrap_or_default().to_owned();
        let is_figure = self.form.tables.contains_key(&section);
        let is_text = self.form.text_keys().any(|key| key == section);
        let sheet = self.sheet_that_is_not_there(&section);
        let hint = match finding.rule {
            Rule::Missing if sheet.is_some() => {
                let name = sheet.unwrap_or_default();
                finding.cell = None;
                Some(format!(
                    "工作簿里没有找到“{name}”这张表。请从原来的工作簿里复制回来，或者用 gongbao new 重新建一份"
                ))
            }
            Rule::Missing if is_figure => {
                Some("没有发生的填 0；没有填的格都算作 0 的，在“基本情况”表把“空白按0计”选为“是”".to_owned())
            }
            Rule::Missing if is_text => {
                Some("请在这张表里写，一行一段；确实没有要写的，也须写明情况".to_owned())
            }
            Rule::Missing => match finding.path.as_str() {
                "year" => Some("请在“基本情况”表填写报告年度，例如 2025".to_owned()),
                "agency" | "agency.name" => Some("请在“基本情况”表填写单位全称".to_owned()),
                _ => finding.hint.take(),
            },
            Rule::Blank => Some(format!(
                "没有发生的填 0，不适用的填 /；写着“{BLANK}”的格都算作 0 的，在“基本情况”表把“空白按0计”选为“是”"
            )),
            Rule::Shape => self.of_shape(&finding, is_figure),
            Rule::FormYear => Some(
                "请用 gongbao new --from 这个工作簿 --year 年度 -o 新文件，按这一年的格式另建一份".to_owned(),
            ),
            _ => finding.hint.take(),
        };
        finding.hint = hint;
        words::reword(&mut finding);
        finding
    }

    fn of_shape(&self, finding: &Finding, is_figure: bool) -> Option<String> {
        match finding.path.as_str() {
            "blanks" | "filing.seal" => Some("请从下拉框里选“是”或“否”".to_owned()),
            "agency.kind" => {
                Some(format!("请从下拉框里选：{}", AgencyKind::ALL.map(AgencyKind::name).join("、")))
            }
            "year" => Some("请填四位数的年份，例如 2025".to_owned()),
            "date" => Some("请写成 2025-1-24 的样子，并且确有这一天".to_owned()),
            path if path.ends_with(".after") => Some("请从下拉框里选".to_owned()),
            path if is_figure && !path.ends_with(".note") && finding.message.starts_with("这里应当填数") => {
                Some(format!("没有发生的填 0，不适用的填 /，有意留空的填 {BLANK}"))
            }
            _ => finding.hint.clone(),
        }
    }

    /// Returns the name of the missing sheet that should hold a section.
    fn sheet_that_is_not_there(&self, section: &str) -> Option<String> {
        let holds = |sheet: &&&Sheet| match &sheet.role {
            Role::Text(key) | Role::Table(key) => key == section,
            Role::Head => matches!(section, "year" | "agency"),
            Role::Passages | Role::Notes | Role::Review => false,
        };
        self.missing.iter().find(holds).map(|sheet| sheet.name.clone())
    }
}
