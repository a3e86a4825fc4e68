//! Reads the values of a file into a report, with all findings of reading.

mod bounds;
mod cell;
mod extras;
mod figures;
mod passages;
mod reader;
mod row;
mod scopes;
mod spot;
mod table;
mod texts;
mod tree;
mod value;

use std::{path::Path, sync::Arc};

pub use self::value::parse_date;
use self::{reader::Reader, spot::Spot};
use super::{Reading, ReportFile, fields};
use crate::{
    finding::{Finding, MediumWords, Message, Rule, Severity},
    form::{self, Form, FormError},
    syntax::{Entries, Node, StrictReader, Value},
    text::Source,
};

/// First year for which an older form is an error: 国办公开办函〔2021〕30号 replaced it.
const BINDING_SINCE: u16 = 2021;

/// Reads a report file.
///
/// `base` is the folder of the file; the path of a user's own form is relative to it. All findings are returned
/// together, in the order of the file.
///
/// # Errors
/// Returns an error if the form that the file names is unknown, or if its form file is not valid.
pub fn read(source: &Arc<Source>, root: &Node, base: &Path) -> Result<Reading, FormError> {
    let mut reader = Reader::new(source);
    let Value::Table(entries) = &root.value else {
        let message = MediumWords::new("这份文件不是报告：最外层应当是一组“键 = 值”", "这份文件不是报告");
        let finding = reader.shape(&Spot::root(), message, "");
        reader.add(finding, Some(root.span.clone()));
        return Ok(Reading { file: None, findings: reader.finish().findings });
    };
    if bounds::are_exceeded(&mut reader, entries) {
        return Ok(Reading { file: None, findings: reader.finish().findings });
    }
    let entries = Entries::new(entries);
    let head = table::fill(&mut reader, &fields::HEAD, entries, &Spot::root(), None);
    let mut report = head.value;
    let year = head.complete.then_some(report.year);
    let form = find_form(&mut reader, entries, report.form.as_deref(), year, base)?;
    let keys = head_keys(form.as_ref())?;
    let known: Vec<&str> = keys.iter().map(String::as_str).collect();
    reader.unknown_keys(entries, &Spot::root(), &known);
    reader.know_head(keys);

    report.agency = table::agency(&mut reader, entries);
    report.filing = table::filing(&mut reader, entries);
    report.accepted = table::list(&mut reader, &fields::ACCEPTED, entries);
    report.members = table::list(&mut reader, &fields::MEMBERS, entries);
    report.published = table::published(&mut reader, entries);
    report.corrections = table::list(&mut reader, &fields::CORRECTIONS, entries);
    let Some(form) = form else {
        return Ok(Reading { file: None, findings: reader.finish().findings });
    };
    if let Some(year) = year {
        form_fits(&mut reader, &form, year, report.published.is_some(), entries);
    }
    texts::read(&mut reader, entries, &form, &mut report);
    scopes::read(&mut reader, entries, &mut report);
    let left_out = figures::read(&mut reader, entries, &form, &mut report);
    report.fill_totals(&form, &left_out);
    figures::computed_too_large(&mut reader, &report, &form);
    texts::placeholders(&mut reader, &report, &form, &left_out);

    let read = reader.finish();
    let file = year.map(|_| ReportFile {
        report,
        form,
        source: Arc::clone(source),
        origins: read.origins,
        maps: read.maps,
        changes: read.changes,
    });
    Ok(Reading { file, findings: read.findings })
}

/// Whether a file is a report: it has the key `year` at its top.
pub fn is_report(root: &Node) -> bool {
    match &root.value {
        Value::Table(entries) => entries.iter().any(|(key, _)| key.name == "year"),
        _ => false,
    }
}

/// Returns the keys at the top of a file on this form; the keys of all forms if the form is unknown.
fn head_keys(form: Option<&Arc<Form>>) -> Result<Vec<String>, FormError> {
    let forms = match form {
        Some(form) => std::slice::from_ref(form),
        None => form::all()?,
    };
    let mut keys: Vec<String> = fields::head_keys().map(str::to_owned).collect();
    for form in forms {
        keys.extend(form.texts().map(str::to_owned));
        keys.extend(form.tables().map(|(key, _)| key.to_owned()));
    }
    Ok(keys)
}

/// Returns the form that the file names, otherwise the form for the year.
fn find_form(
    reader: &mut Reader<'_>,
    head: Entries<'_>,
    named: Option<&str>,
    year: Option<u16>,
    base: &Path,
) -> Result<Option<Arc<Form>>, FormError> {
    if let Some(name) = named {
        if let Some(form) = form::by_id(name)? {
            return Ok(Some(Arc::clone(form)));
        }
        if name.to_ascii_lowercase().ends_with(".toml") {
            return form::from_report(base, name).map(|form| Some(Arc::new(form)));
        }
        let known: Vec<&str> = form::all()?.iter().map(|form| form.id.as_str()).collect();
        let problem =
            format!("没有这种格式；可以写 {}，或者自备格式文件的路径（以 .toml 结尾）", known.join("、"));
        return Err(FormError { form: name.to_owned(), problems: vec![problem] });
    }
    let Some(year) = year else { return Ok(None) };
    let form = form::by_year(year)?;
    if form.is_none() && !reader.has_complained_of("form") {
        let message = Message::from(format!("{year}年没有通行的格式，须写明用哪一种")).path("form");
        let finding = reader.missing(&Spot::head("form"), message).hint(MediumWords::new(
            "例如 form = \"2019\"，或者自备格式文件的路径",
            "请核对报告年度，或者填写报告格式",
        ));
        reader.add(finding, head.get("year").map(|node| node.span.clone()));
    }
    Ok(form.cloned())
}

/// Reports a form that is not the one for the year.
fn form_fits(reader: &mut Reader<'_>, form: &Form, year: u16, published: bool, head: Entries<'_>) {
    if form.years.contains(year) {
        return;
    }
    let replaced = form.years.to.is_some_and(|to| to < year);
    let severity =
        if replaced && year >= BINDING_SINCE && !published { Severity::Error } else { Severity::Warning };
    let years = match form.years.to {
        Some(to) => format!("{}年至{to}年", form.years.from),
        None => format!("{}年及以后", form.years.from),
    };
    let spot = Spot::head("form");
    let mut finding = Finding::new(
        Rule::FormYear,
        severity,
        spot.path(),
        format!("{year}年的报告用了《{}》（{}），它用于{years}的数据", form.name, form.source),
    )
    .place(spot.place());
    if let Ok(Some(right)) = form::by_year(year) {
        let form = format!("《{}》（{}）", right.name, right.source);
        finding = finding.hint(MediumWords {
            file: format!("请改用{form}：form = \"{}\"", right.id).into(),
            workbook: format!("请按这一年的格式{form}另建一份工作簿，把内容转过去").into(),
            browser: format!("请按这一年的格式{form}另建一份报告，把内容转过去").into(),
        });
    }
    let at = head.get("form").or(head.get("year")).map(|node| node.span.clone());
    reader.add(finding, at);
}
