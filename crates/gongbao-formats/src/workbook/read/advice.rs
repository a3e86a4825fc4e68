//! Findings of reading, with the cells of the workbook; missing cells of a row and missing sheets are reported as such.

use std::sync::Arc;

use super::{Form, Role, Sheet, draft::Positions};
use gongbao_core::{
    finding::{Finding, MediumWords, Rule},
    form::Record,
    text::Source,
};

/// Data for placing findings in a workbook.
pub(super) struct Advice<'a> {
    pub(super) form: &'a Form,
    pub(super) positions: &'a Positions,
    pub(super) source: &'a Arc<Source>,
    /// Sheets of the layout that the workbook lacks.
    pub(super) missing: &'a [&'a Sheet],
}

impl Advice<'_> {
    /// Returns the findings with their cells; missing cells of one row become one finding.
    pub(super) fn placed(&self, findings: Vec<Finding>) -> Vec<Finding> {
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
            finding.message =
                format!("“{words}”这一行有{}格没有填：{}", empty.len(), empty.join("、")).into();
            finding.path.clone_from(&record.path);
            finding.place.clone_from(&record.place);
        }
        finding
    }

    fn is_total(&self, record: &Record, column: &str) -> bool {
        self.form.total_column(record) == Some(column)
    }

    /// Returns the finding with its cell. A sheet that is not there is the reason why its contents are missing.
    fn of(&self, mut finding: Finding) -> Finding {
        if let Some(span) = self.positions.get(&finding.path) {
            finding = finding.at(self.source, span.clone());
        }
        if finding.rule == Rule::Missing
            && let Some(name) = self.sheet_that_is_not_there(&finding.path)
        {
            finding.cell = None;
            let lost = format!("工作簿里没有找到“{name}”这张表。请从原来的工作簿里复制回来，或者");
            finding = finding.hint(MediumWords::new(
                format!("{lost}用 gongbao new 重新建一份"),
                format!("{lost}重新建一份"),
            ));
        }
        finding
    }

    /// Returns the name of the missing sheet that should hold the value of a path.
    fn sheet_that_is_not_there(&self, path: &str) -> Option<String> {
        let section = path.split(['.', '[']).next().unwrap_or_default();
        let holds = |sheet: &&&Sheet| match &sheet.role {
            Role::Text(key) | Role::Table(key) => key == section,
            Role::Head => matches!(section, "year" | "agency"),
            Role::Passages | Role::Notes | Role::Review => false,
        };
        self.missing.iter().find(holds).map(|sheet| sheet.name.clone())
    }
}
