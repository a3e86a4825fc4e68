//! Creates a report for a new year: empty, or from last year's report.

use std::collections::BTreeMap;

use super::{Agency, Cell, Figure, Number, Report, ReportFile};
use crate::form::{Address, Equation, Form, Part, Relation, Rule, Term, parts};

/// Mark at the beginning of a text that was copied from last year and is not revised yet. `check` reports it as an
/// error.
pub const DRAFT_MARK: &str = "【草稿】";

/// A report created from last year's, with messages about it.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The new report.
    pub report: Report,
    /// What was copied and what was not, one sentence each, in Chinese.
    pub told: Vec<String>,
}

/// Creates an empty report. `form` is the form as the file names it; `None` if it follows from the year.
pub fn fresh(name: &str, year: u16, form: Option<String>) -> Report {
    Report {
        form,
        year,
        title: None,
        date: None,
        blanks_are_zero: false,
        scopes: BTreeMap::new(),
        agency: Agency { name: name.to_owned(), ..Agency::default() },
        texts: BTreeMap::new(),
        figures: BTreeMap::new(),
        notes: BTreeMap::new(),
        extras: BTreeMap::new(),
        filing: None,
        accepted: Vec::new(),
        members: Vec::new(),
        published: None,
        corrections: Vec::new(),
    }
}

/// Creates the report that follows `last`: agency, title, sign-off sheet and extra rows are copied, texts are copied as
/// drafts, and figures that the form's rules carry over from the year before are filled in. All other figures are
/// missing.
pub fn begun(last: &ReportFile, year: u16, name: Option<String>, form: &Form) -> Begun {
    let before = &last.report;
    let mut told = Vec::new();
    let mut report = Report {
        agency: before.agency.clone(),
        filing: before.filing.clone(),
        blanks_are_zero: before.blanks_are_zero,
        title: next_title(before, year, &mut told),
        ..fresh(&before.agency.name, year, name)
    };
    take_over_texts(last, form, &mut report, &mut told);
    take_over_rows(before, form, &mut report, &mut told);
    if before.year.checked_add(1) == Some(year) {
        carry_over(last, form, &mut report, &mut told);
    } else {
        told.push(format!(
            "所给的是{}年的报告，不是上一年（{}年）的：结转的数没有带过来",
            before.year,
            year.saturating_sub(1)
        ));
    }
    if last.form.id != form.id {
        told.extend(without_counterpart(&last.form, form));
    }
    Begun { report, told }
}

/// Returns last year's title with the new year in it.
fn next_title(before: &Report, year: u16, told: &mut Vec<String>) -> Option<String> {
    let title = before.title.as_deref()?;
    let old = before.year.to_string();
    if title.contains(&old) {
        return Some(title.replace(&old, &year.to_string()));
    }
    told.push(format!("上年的标题“{}”里没有年度，没有带过来", title.replace('\n', "")));
    None
}

fn take_over_texts(last: &ReportFile, form: &Form, report: &mut Report, told: &mut Vec<String>) {
    for key in form.all_text_keys() {
        let Some(paragraphs) = last.report.texts.get(key) else { continue };
        let mark = format!(
            "{DRAFT_MARK}以下是{}年报告的文字。请按{}年的实际情况逐段改写，改完删去这一段",
            last.report.year, report.year
        );
        let draft = std::iter::once(mark).chain(paragraphs.iter().cloned());
        report.texts.insert(key.to_owned(), draft.collect());
    }
    if !report.texts.is_empty() {
        told.push(format!(
            "各部分的文字作为草稿带了过来，都以“{DRAFT_MARK}”一段开头：改写后删去这一段，检查才能通过"
        ));
    }
    for key in last.report.texts.keys().filter(|key| !form.all_text_keys().any(|known| known == *key)) {
        let place = last.place(key);
        told.push(format!("“{place}”在新的格式里没有，没有带过来"));
    }
}

/// Copies the labels of a locality's rows, without figures.
fn take_over_rows(before: &Report, form: &Form, report: &mut Report, told: &mut Vec<String>) {
    for (section, extras) in &before.extras {
        for extra in extras {
            let probe = std::slice::from_ref(extra);
            let fits =
                form.tables.get(section).is_some_and(|table| table.extra_rows && table.grid(probe).is_ok());
            if fits {
                report.extras.entry(section.clone()).or_default().push(extra.clone());
            } else {
                told.push(format!("本地增加的行“{}”在新的格式里没有地方放，没有带过来", extra.label));
            }
        }
    }
}

/// Fills in the figures that the form's rules carry over from last year.
fn carry_over(last: &ReportFile, form: &Form, report: &mut Report, told: &mut Vec<String>) {
    let mut carried = Vec::new();
    for rule in form.rules.iter().filter(|rule| carries(rule)) {
        for equation in rule.equations(form.records_of(&rule.table)) {
            let Some(own) = carried_figure(&equation) else { continue };
            if let Some(figure) = carried_value(&last.report, &parts(&equation.right)) {
                let cell = Cell { figure, note: None, unit: None, computed: false };
                report.figures.insert(own.path.clone(), cell);
                carried.push((own.path.clone(), own.place.clone()));
            }
        }
    }
    // A total of carried-over figures is computed and need not be given.
    let records = form.records();
    for (path, _) in &carried {
        let parts = form.parts_of(records, path);
        let is_computed =
            !parts.is_empty() && report.sum(&parts) == report.figures.get(path).map(|c| c.figure);
        if let (true, Some(cell)) = (is_computed, report.figures.get_mut(path)) {
            cell.computed = true;
        }
    }
    let mut rows: Vec<String> = Vec::new();
    for (path, place) in &carried {
        let row = records.iter().find(|record| record.figures.iter().any(|figure| figure.path == *path));
        let words = row.map_or(place, |record| &record.place).to_string();
        if !rows.contains(&words) {
            rows.push(words);
        }
    }
    if !rows.is_empty() {
        told.push(format!("从上年的报告结转了：{}", rows.join("；")));
    }
}

/// Whether a rule computes a figure of this year from figures of last year alone.
fn carries(rule: &Rule) -> bool {
    let is_own = |term: &Term| !term.last_year && !term.negative;
    rule.relation == Relation::Equal
        && matches!(rule.left.as_slice(), [own] if is_own(own))
        && !rule.right.is_empty()
        && rule.right.iter().all(|term| term.last_year)
}

/// Returns the figure of this year's report that an equation carries over, if its left side is a single figure.
fn carried_figure<'f>(equation: &Equation<'f>) -> Option<&'f Address> {
    match equation.left.as_slice() {
        [own] => match own.figures.as_slice() {
            [figure] => Some(figure),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the sum of the parts in last year's report; `None` if a part is missing or its row is blank.
fn carried_value(last: &Report, parts: &[Part]) -> Option<Figure> {
    let figure = |path: &str| last.figures.get(path).map(|cell| cell.figure);
    if let [Part { negative: false, path }] = parts
        && figure(path) == Some(Figure::NotApplicable)
    {
        return Some(Figure::NotApplicable);
    }
    let mut sum = Number::ZERO;
    for Part { negative, path } in parts {
        let figure = figure(path)?;
        // A blank cell counts as zero if its row has numbers; a row that is blank throughout gives no value.
        if figure == Figure::Blank && !has_figures(last, path) {
            return None;
        }
        sum = sum + if *negative { -figure.amount() } else { figure.amount() };
    }
    Some(Figure::Number(sum))
}

/// Whether the row of a cell has a number.
fn has_figures(last: &Report, path: &str) -> bool {
    let row = path.rsplit_once('.').map_or("", |(row, _)| row);
    let is_of_row = |path: &str| path.rsplit_once('.').is_some_and(|(other, _)| other == row);
    last.figures.iter().any(|(path, cell)| is_of_row(path) && matches!(cell.figure, Figure::Number(_)))
}

/// Returns messages about rows and columns that only one of the two forms has.
fn without_counterpart(last: &Form, form: &Form) -> Vec<String> {
    let only = |one: &Form, other: &Form| -> Vec<String> {
        let known: Vec<String> = other
            .records()
            .iter()
            .flat_map(|record| &record.figures)
            .map(|figure| figure.path.clone())
            .collect();
        let mut places = Vec::new();
        for record in one.records() {
            let lacking: Vec<_> =
                record.figures.iter().filter(|figure| !known.contains(&figure.path)).collect();
            if lacking.is_empty() {
                continue;
            }
            if other.records().iter().any(|r| r.path == record.path) {
                let column = |figure: &&crate::form::Address| figure.label().to_owned();
                let columns: Vec<String> = lacking.iter().map(column).collect();
                places.push(format!("{}（{}）", record.place, columns.join("、")));
            } else {
                places.push(record.place.to_string());
            }
        }
        places
    };
    let mut told = vec![format!(
        "格式变了：上年用《{}》（{}），今年用《{}》（{}）",
        last.name, last.source, form.name, form.source
    )];
    for (words, places) in [("上年有、今年没有的", only(last, form)), ("今年新有的", only(form, last))]
    {
        if !places.is_empty() {
            told.push(format!("{words}：{}", places.join("；")));
        }
    }
    told
}
