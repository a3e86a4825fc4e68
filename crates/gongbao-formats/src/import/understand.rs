//! From paragraphs and tables to a report: chapters by their headings, figures by the labels of their rows and
//! columns, who reports and on which year by the title.

mod axis;
mod chapters;
mod date;
mod figure;
mod grid;
mod head;
mod header;
mod place;
mod rows;
mod sheet;
mod target;

use std::collections::BTreeMap;

use super::{
    ImportError,
    neutral::{Block, Document},
};
use chapters::Chapters;
use gongbao_core::{
    form::{self, Form},
    report::{Report, fresh},
};
use grid::Placing;

/// What is known of a report besides what it says.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// The year reported on.
    pub year: Option<u16>,
    /// Who reports.
    pub agency: Option<String>,
}

/// A report as far as it was understood.
#[derive(Debug)]
pub struct Understood {
    /// The report; a figure that could not be placed is missing in it.
    pub report: Report,
    /// The form it follows.
    pub form: Form,
    /// What could not be placed, in the order of the file.
    pub unplaced: Vec<Unplaced>,
    /// How many figures of each table were found.
    pub counted: Vec<Counted>,
    /// What was understood in a way that somebody may want to know of, in Chinese.
    pub told: Vec<String>,
}

/// Something that stood in the file and has no place in the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unplaced {
    /// Where it stood: 第2个表格第5行第3列, 工作表“表三”F12.
    pub place: String,
    /// The words at the head of its row.
    pub row: String,
    /// The words at the head of its column.
    pub column: String,
    /// What it says.
    pub text: String,
    /// Why it has no place, in Chinese.
    pub why: String,
}

/// How many figures of a table were found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// What people call the table.
    pub table: String,
    /// How many were found.
    pub found: usize,
    /// How many the form has.
    pub of: usize,
}

/// Understands a file.
///
/// # Errors
/// Neither a chapter nor a table of any form is found in it, or nothing tells the year.
pub(super) fn understand(document: &Document, hints: &Hints) -> Result<Understood, ImportError> {
    let forms = form::all().map_err(|error| ImportError::new(error.to_string(), "请检查程序是否完整"))?;
    let blocks = sheet::blocks(document, forms);
    let mut best: Option<(&Form, Placing)> = None;
    let year = hints.year.or_else(|| head::year(&blocks, document));
    for form in forms {
        let placing = Placing::of(form, &blocks);
        let is_usual = |form: &Form| year.is_some_and(|year| form.years.contains(year));
        // The form that leaves least unsaid; where both say the same, the one of the year.
        let rank = |form: &Form, placing: &Placing| (placing.score(), is_usual(form));
        if best.as_ref().is_none_or(|(other, placed)| rank(form, &placing) > rank(other, placed)) {
            best = Some((form, placing));
        }
    }
    let Some((form, placing)) = best else { return Err(nothing()) };
    let chapters = Chapters::of(form, &blocks, document.page);
    if placing.figures.is_empty() && chapters.found == 0 {
        return Err(nothing());
    }
    let head = head::Head::of(&blocks, document, &chapters, hints);
    let Some(year) = year.or(head.year) else {
        return Err(ImportError::new("看不出是哪一年的报告", "请用 --year 写明，例如 --year 2024"));
    };
    let counted = count(form, &placing);
    let mut told = placing.told;
    let mut unplaced = placing.unplaced;
    let mut notes = placing.notes;
    for (key, lines) in chapters.notes {
        let note: &mut String = notes.entry(key).or_default();
        for line in lines {
            if !note.is_empty() {
                note.push('\n');
            }
            note.push_str(&line);
        }
    }
    unplaced.extend(chapters.unplaced);
    if head.agency.is_empty() {
        told.push("没有看出报告单位，请在文件里补上（agency.name），或者用 --agency 写明".to_owned());
    }
    let mut texts = chapters.texts;
    if !head.preface.is_empty() {
        texts.insert("preface".to_owned(), head.preface);
    }
    // What stands in braces in somebody else's text is no placeholder of ours.
    texts.values_mut().flatten().for_each(|text| *text = text.replace("{{", "{{{{"));
    let report = Report {
        title: head.title,
        date: head.date,
        texts,
        figures: placing.figures,
        notes,
        extras: placing.extras,
        ..fresh(&head.agency, year, Some(form.id.clone()))
    };
    let report = without_usual_title(report);
    Ok(Understood { report, form: Form::clone(form), unplaced, counted, told })
}

/// A title that says nothing of its own is left to be made.
fn without_usual_title(mut report: Report) -> Report {
    let title = report.title.take();
    let usual = report.title();
    report.title = title.filter(|title| *title != usual);
    report
}

fn count(form: &Form, placing: &Placing) -> Vec<Counted> {
    let mut counted: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let records = form.records();
    for address in records.iter().flat_map(|record| &record.figures) {
        let key = address.path.split('.').next().unwrap_or_default();
        let entry = counted.entry(key).or_default();
        entry.0 += usize::from(placing.figures.contains_key(&address.path));
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

/// The tables of a file with their numbers, from 1.
fn tables(blocks: &[Block]) -> impl Iterator<Item = (usize, &super::neutral::Table)> {
    let tables = blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        Block::Paragraph(_) => None,
    });
    tables.enumerate().map(|(index, table)| (index + 1, table))
}
