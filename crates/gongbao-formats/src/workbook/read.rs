//! Reads a workbook that was filled in.
//!
//! The cells become one text, and a tree of values whose spans point into it, so that [`gongbao_core::report::read`] reads
//! a workbook as it reads a text file. The text records the cell of each of its parts.

mod advice;
mod cells;
mod draft;
mod figures;
mod find;
mod head;
mod lists;
mod texts;

use std::{collections::BTreeSet, path::Path, sync::Arc};

use super::{
    STATUS_TITLE, guard,
    layout::{self, GIVEN, HIDDEN, MARK, Pos, Role, Room, Sheet},
};
use cells::Page;
use draft::Draft;
use find::Place;
use gongbao_core::{
    finding::{Finding, Rule},
    form::{self, Form},
    report::{self, Reading},
    syntax::Value,
};

/// Result of opening a workbook.
#[derive(Debug)]
pub enum Opened {
    /// A report, with its findings.
    Report(Box<Reading>),
    /// Not a report of this program; the finding says why.
    Foreign(Box<Finding>),
    /// A file that cannot be read as a workbook.
    Unreadable(Vec<Finding>),
}

/// Reads a workbook.
///
/// `name` is the file as the user gave it; the path of a user's own form is relative to the folder `base`.
pub fn read(name: &str, bytes: &[u8], base: &Path) -> Opened {
    let read = guard::check(name, bytes).and_then(|()| cells::read(name, bytes));
    let pages = match read {
        Ok(pages) => pages,
        Err(finding) => return Opened::Unreadable(vec![finding]),
    };
    let head = layout::head_sheet();
    let head_place = find::place(&head, &pages);
    let hidden = pages.iter().find(|page| page.words(Pos::new(0, 0)) == Some(MARK));
    if head_place.is_none() && hidden.is_none() {
        return Opened::Foreign(Box::new(foreign(name, &pages)));
    }
    if let Some(page) = pages.iter().find(|page| page.is_cut) {
        let message = format!("“{}”表里的格太多，不像一份年度报告的工作簿", page.name);
        return Opened::Unreadable(vec![guard::unreadable(name, message, "请删去不是填报用的内容后再试")]);
    }
    let named = head_place.as_ref().and_then(|place| head::form_named(&head, place, &pages));
    let year = head_place.as_ref().and_then(|place| head::year(&head, place, &pages));
    let form = match form_of(named.as_deref(), year, base) {
        Ok(Some(form)) => form,
        Ok(None) => {
            let message = "工作簿里看不出报告年度和格式";
            let hint = "请在“基本情况”表填写报告年度；表格改动太大的，用 gongbao new 重新建一份";
            return Opened::Unreadable(vec![guard::unreadable(name, message, hint)]);
        }
        Err(message) => {
            let hint = "请把格式文件放回原处，或者用 gongbao new 重新建一份";
            return Opened::Unreadable(vec![guard::unreadable(name, message, hint)]);
        }
    };
    let sheets = match layout::sheets(&form, Room::default()) {
        Ok(sheets) => sheets,
        Err(error) => {
            let message = format!("表格排不出来：{error}");
            return Opened::Unreadable(vec![guard::unreadable(name, message, "请检查格式文件")]);
        }
    };
    let given = hidden.map(given).unwrap_or_default();
    let book = Book { pages: &pages, sheets: &sheets, form: &form, year };
    book.read(name, base, &given)
}

/// Returns the paths of totals that the file gave, which the workbook holds as formulas.
fn given(hidden: &Page) -> BTreeSet<String> {
    let column = hidden.cells.iter().filter(|(at, _)| at.column == GIVEN && at.row > 0);
    column.filter_map(|(_, cell)| cell.words().map(str::to_owned)).collect()
}

/// Returns the form that the head names, otherwise the one of the year.
fn form_of(named: Option<&str>, year: Option<u16>, base: &Path) -> Result<Option<Arc<Form>>, String> {
    let known = match named {
        Some(name) => form::by_id(name).map_err(|error| error.to_string())?,
        None => match year {
            Some(year) => form::by_year(year).map_err(|error| error.to_string())?,
            None => None,
        },
    };
    match (known, named) {
        (Some(form), _) => Ok(Some(Arc::clone(form))),
        (None, Some(name)) if name.to_ascii_lowercase().ends_with(".toml") => {
            form::from_path(&base.join(name))
                .map(|form| Some(Arc::new(form)))
                .map_err(|error| error.to_string())
        }
        (None, _) => Ok(None),
    }
}

/// Returns a finding for a workbook that is not a report of this program.
fn foreign(name: &str, pages: &[Page]) -> Finding {
    let is_status =
        |page: &Page| page.words(Pos::new(0, 0)).is_some_and(|title| title.ends_with(STATUS_TITLE));
    if pages.iter().any(is_status) {
        let message = "这是报送情况表，不是报告";
        return guard::unreadable(name, message, "请检查是否选错了文件");
    }
    let message = "这不是本程序的工作簿";
    let hint = "别处来的 Excel 报告，请先用 gongbao import 转换；新填一份，用 gongbao new 建立工作簿";
    guard::unreadable(name, message, hint)
}

/// A workbook of a known form.
struct Book<'a> {
    pages: &'a [Page],
    sheets: &'a [Sheet],
    form: &'a Form,
    year: Option<u16>,
}

/// A sheet of the layout that was found in the workbook.
#[derive(Clone, Copy)]
struct Found<'a> {
    sheet: &'a Sheet,
    page: &'a Page,
    place: &'a Place,
}

impl Found<'_> {
    /// Returns the present position of a cell of the layout.
    fn at(&self, at: Pos) -> Option<Pos> {
        self.place.at(at)
    }
}

impl Book<'_> {
    fn read(&self, name: &str, base: &Path, given: &BTreeSet<String>) -> Opened {
        let places = find::places(self.sheets, self.pages);
        let found: Vec<Found<'_>> = self
            .sheets
            .iter()
            .zip(&places)
            .filter_map(|(sheet, place)| {
                let place = place.as_ref()?;
                Some(Found { sheet, page: self.pages.get(place.page)?, place })
            })
            .collect();
        let mut draft = Draft::new();
        let notes = found.iter().find(|found| found.sheet.role == Role::Notes);
        let cell_notes = notes.map(|notes| lists::cell_notes(self.form, notes)).unwrap_or_default();
        for found in &found {
            match &found.sheet.role {
                Role::Head => head::read(&mut draft, found, self.form, self.year),
                Role::Text(key) => texts::read(&mut draft, found, key),
                Role::Table(key) => figures::read(&mut draft, found, key, self.form, &cell_notes),
                Role::Notes => lists::notes(&mut draft, found, self.form, &cell_notes),
                Role::Review => lists::review(&mut draft, found),
            }
        }
        for note in &cell_notes.unplaced {
            draft.complain(note.at.clone(), Rule::Shape, note.message.clone(), note.hint);
        }
        let (source, root, mut findings, positions) = draft.finish(name);
        let source = Arc::new(source);
        let mut reading = match report::read(&source, &root, base) {
            Ok(reading) => reading,
            Err(error) => {
                let hint = "请检查“基本情况”表里的报告格式";
                return Opened::Unreadable(vec![guard::unreadable(name, error.to_string(), hint)]);
            }
        };
        if let Some(file) = &mut reading.file {
            for (path, span) in &positions {
                file.origins.entry(path.clone()).or_insert(span.clone());
            }
            for path in given {
                if let Some(cell) = file.report.figures.get_mut(path) {
                    cell.computed = false;
                }
            }
        }
        let missing: Vec<&Sheet> = self
            .sheets
            .iter()
            .filter(|sheet| !found.iter().any(|found| found.sheet.name == sheet.name))
            .collect();
        let told =
            advice::Advice { form: self.form, positions: &positions, source: &source, missing: &missing };
        findings.extend(told.reworded(reading.findings));
        for finding in &mut findings {
            name.clone_into(&mut finding.file);
        }
        Opened::Report(Box::new(Reading { file: reading.file, findings }))
    }
}

/// Creates a text value.
fn text(words: impl Into<String>) -> Value {
    Value::Text(words.into())
}

/// Whether a page is the hidden sheet.
fn is_hidden(page: &Page) -> bool {
    page.name == HIDDEN || page.words(Pos::new(0, 0)) == Some(MARK)
}
