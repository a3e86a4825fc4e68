//! Recognition of a report in paragraphs and tables: chapters by their headings, figures by row and column labels, agency
//! and year by the title.

mod axis;
mod breaks;
mod chapters;
mod date;
mod figure;
mod gaps;
mod grid;
mod head;
mod header;
mod headings;
mod place;
mod rows;
mod sheet;
mod target;

use std::{collections::BTreeMap, fmt};

use super::{
    ImportError,
    layout::{Layout, TableLayout},
    neutral::{Block, Document, Table},
};
use chapters::Chapters;
use gongbao_core::{
    form::{self, Form, PREFACE},
    report::{Report, fresh},
};
use grid::Placement;

/// Facts about a report that the user supplies.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// The year reported on.
    pub year: Option<u16>,
    /// The reporting agency.
    pub agency: Option<String>,
}

/// An imported report.
#[derive(Debug)]
pub struct Imported {
    /// The report; figures that could not be placed are missing.
    pub report: Report,
    /// The form it follows.
    pub form: Form,
    /// Texts and figures that could not be placed, in the order of the file.
    pub unplaced: Vec<Unplaced>,
    /// Number of figures found in each table.
    pub counted: Vec<Counted>,
    /// Remarks on conversions and assumptions, in Chinese.
    pub remarks: Vec<String>,
    /// Facts about the layout of a PDF.
    pub layout: Option<Layout>,
}

/// A text or figure of the file that could not be placed in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// Place in the file: 第2个表格第5行第3列, 工作表“表三”F12.
    pub place: String,
    /// Row label.
    pub row: String,
    /// Column label.
    pub column: String,
    /// The text.
    pub text: String,
    /// Reason, in Chinese.
    pub why: String,
}

impl fmt::Display for Unplaced {
    /// Place, labels, text and reason in one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels = [&self.row, &self.column].into_iter().filter(|words| !words.is_empty());
        let labels: Vec<String> = labels.map(|words| format!("“{words}”")).collect();
        let text = self.text.replace('\n', " ");
        write!(f, "{}{}：{text}（{}）", self.place, labels.join("、"), self.why)
    }
}

/// Number of figures found in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// Name of the table.
    pub table: String,
    /// Number of figures found.
    pub found: usize,
    /// Number of figures in the form.
    pub of: usize,
}

/// Recognises a report.
///
/// # Errors
/// The file contains neither a chapter nor a table of any form, or the year is unknown.
pub(super) fn understand(
    document: &Document,
    layout: Option<Layout>,
    hints: &Hints,
) -> Result<Imported, ImportError> {
    let forms = form::all().map_err(|error| ImportError::new(error.to_string(), "请检查程序是否完整"))?;
    let blocks = sheet::blocks(document, forms);
    let mut best: Option<(&Form, Placement)> = None;
    let year = hints.year.or_else(|| head::year(&blocks, document));
    for form in forms {
        let placement = Placement::of(form, &blocks);
        let is_usual = |form: &Form| year.is_some_and(|year| form.years.contains(year));
        // The best form is that with the highest score; among equals, the one that applies to the year.
        let rank = |form: &Form, placement: &Placement| (placement.score(), is_usual(form));
        if best.as_ref().is_none_or(|(other, placed)| rank(form, &placement) > rank(other, placed)) {
            best = Some((form, placement));
        }
    }
    let Some((form, placement)) = best else { return Err(nothing()) };
    let chapters = Chapters::of(form, &blocks, &placement, document.page);
    if placement.figures.is_empty() && chapters.found == 0 {
        return Err(nothing());
    }
    let head = head::Head::of(&blocks, document, &chapters, hints);
    let Some(year) = year.or(head.year) else {
        return Err(ImportError::new("看不出是哪一年的报告", "请用 --year 写明，例如 --year 2024"));
    };
    let counted = count(form, &placement);
    let layout = layout.map(|layout| Layout { tables: layouts(form, &blocks, &placement), ..layout });
    let mut remarks = placement.remarks;
    let mut unplaced = placement.unplaced;
    let mut notes = placement.notes;
    for (key, lines) in chapters.notes {
        let note: &mut String = notes.entry(key).or_default();
        for line in lines {
            if !note.is_empty() {
                note.push('\n');
            }
            note.push_str(&line);
        }
    }
    remarks.extend(chapters.remarks);
    unplaced.extend(chapters.unplaced);
    unplaced.extend(document.lost.iter().map(|lost| Unplaced {
        place: lost.place.clone(),
        row: String::new(),
        column: String::new(),
        text: lost.text.clone(),
        why: lost.why.clone(),
    }));
    if head.agency.is_empty() {
        remarks.push("没有看出报告单位，请在文件里补上（agency.name），或者用 --agency 写明".to_owned());
    }
    let mut texts = chapters.texts;
    if !head.preface.is_empty() {
        texts.insert(PREFACE.to_owned(), head.preface);
    }
    unplaced.extend(gaps::displaced(form, &texts, &notes));
    // Braces in an imported text are no placeholders.
    texts.values_mut().flatten().for_each(|text| *text = text.replace("{{", "{{{{"));
    let report = Report {
        title: head.title,
        date: head.date,
        texts,
        figures: placement.figures,
        notes,
        extras: placement.extras,
        ..fresh(&head.agency, year, Some(form.id.clone()))
    };
    let report = without_usual_title(report);
    Ok(Imported { report, form: Form::clone(form), unplaced, counted, remarks, layout })
}

/// Layout of the tables of a file.
fn layouts(form: &Form, blocks: &[Block], placement: &Placement) -> Vec<TableLayout> {
    let of = |(number, table): (usize, &Table)| {
        let keys = placement.sections.get(&number).into_iter().flatten();
        let names = keys.filter_map(|key| form.tables().find(|(other, _)| *other == key.as_str()));
        let name = names.map(|(_, table)| table.name.as_str()).collect::<Vec<_>>().join("、");
        let page_before = |at: &usize| at.checked_sub(1).and_then(|row| table.pages.get(row)).copied();
        TableLayout {
            name,
            page: table.pages.first().copied().unwrap_or_default(),
            size: table.size,
            torn: table.torn.iter().filter_map(page_before).collect(),
        }
    };
    tables(blocks).map(of).collect()
}

/// Removes a title that equals the default title.
fn without_usual_title(mut report: Report) -> Report {
    let title = report.title.take();
    let usual = report.title();
    report.title = title.filter(|title| *title != usual);
    report
}

fn count(form: &Form, placement: &Placement) -> Vec<Counted> {
    let mut counted: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let records = form.records();
    for address in records.iter().flat_map(|record| &record.figures) {
        let key = address.path.split('.').next().unwrap_or_default();
        let entry = counted.entry(key).or_default();
        entry.0 += usize::from(placement.figures.contains_key(&address.path));
        entry.1 += 1;
    }
    let of = |(key, table): (&str, &form::Table)| {
        let (found, of) = counted.get(key).copied().unwrap_or_default();
        Counted { table: table.name.clone(), found, of }
    };
    form.tables().map(of).collect()
}

fn nothing() -> ImportError {
    ImportError::new(
        "没有认出政府信息公开工作年度报告的各个部分和表格",
        "请检查是否选错了文件；表格是图片的，须用 gongbao new 新建一份照着填",
    )
}

/// Tables of a file with their numbers, from 1.
fn tables(blocks: &[Block]) -> impl Iterator<Item = (usize, &super::neutral::Table)> {
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    tables.enumerate().map(|(index, table)| (index + 1, table))
}
