//! From the values in a file to the report they mean, and to all that is wrong with them.

mod cell;
mod extras;
mod fields;
mod figures;
mod head;
mod history;
mod office;
mod reader;
mod row;
mod spot;
mod texts;
mod tree;

use std::{collections::BTreeMap, path::Path, sync::Arc};

pub use self::head::parse_date;
use self::{fields::Fields, reader::Reader, spot::Spot};
use super::{Reading, Report, ReportFile};
use crate::{
    finding::{Finding, Rule, Severity},
    form::{self, Form, FormError},
    syntax::{Node, Value},
    text::Source,
};

/// From this year on nobody may report on an older form: 国办公开办函〔2021〕30号 replaced it.
const BINDING_SINCE: u16 = 2021;

/// Reads a report file.
///
/// `base` is the folder of the file, which a form of the user's own is relative to. All complaints
/// come at once, in the order of the file, each with its place in it.
///
/// # Errors
/// The form that the file names is unknown, or its file cannot be used.
pub fn read(source: &Arc<Source>, root: &Node, base: &Path) -> Result<Reading, FormError> {
    let mut reader = Reader::new(source);
    let Value::Table(entries) = &root.value else {
        let finding = reader.shape(&Spot::root(), "这份文件不是报告：最外层应当是一组“键 = 值”", "");
        reader.add(finding, Some(root.span.clone()));
        return Ok(Reading { file: None, findings: reader.finish().findings });
    };
    let fields = Fields::new(entries);
    let year = head::year(&mut reader, &fields);
    let named = head::form_name(&mut reader, &fields);
    let form = find_form(&mut reader, &fields, named.as_deref(), year, base)?;
    reader.know_head(head::known_keys(form.as_ref())?);
    reader.unknown_keys(&fields, &Spot::root(), None);

    let title = head::title(&mut reader, &fields);
    let date = head::date(&mut reader, &fields, &Spot::head("date"));
    let blanks_are_zero = head::blanks(&mut reader, &fields);
    let agency = head::agency(&mut reader, &fields);
    let filing = office::filing(&mut reader, &fields);
    let accepted = office::accepted(&mut reader, &fields);
    let members = office::members(&mut reader, &fields);
    let published = history::published(&mut reader, &fields);
    let corrections = history::corrections(&mut reader, &fields);
    let mut report = Report {
        form: named,
        year: year.unwrap_or_default(),
        title,
        date,
        blanks_are_zero,
        agency,
        texts: BTreeMap::new(),
        figures: BTreeMap::new(),
        notes: BTreeMap::new(),
        extras: BTreeMap::new(),
        filing,
        accepted,
        members,
        published,
        corrections,
    };
    let Some(form) = form else {
        return Ok(Reading { file: None, findings: reader.finish().findings });
    };
    if let Some(year) = year {
        form_fits(&mut reader, &form, year, report.published.is_some(), &fields);
    }
    texts::read(&mut reader, &fields, &form, &mut report);
    let left_out = figures::read(&mut reader, &fields, &form, &mut report);
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

/// Whether a file is a report at all: one without a `year` at its top is passed over.
pub fn is_report(root: &Node) -> bool {
    match &root.value {
        Value::Table(entries) => entries.iter().any(|(key, _)| key.name == "year"),
        _ => false,
    }
}

/// The form that the file names, else the one that follows from the year.
fn find_form(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    named: Option<&str>,
    year: Option<u16>,
    base: &Path,
) -> Result<Option<Arc<Form>>, FormError> {
    if let Some(name) = named {
        if let Some(form) = form::by_id(name)? {
            return Ok(Some(Arc::clone(form)));
        }
        if name.to_ascii_lowercase().ends_with(".toml") {
            return form::from_path(&base.join(name)).map(|form| Some(Arc::new(form)));
        }
        let known: Vec<&str> = form::all()?.iter().map(|form| form.id.as_str()).collect();
        let problem =
            format!("没有这种格式；可以写 {}，或者自备格式文件的路径（以 .toml 结尾）", known.join("、"));
        return Err(FormError { form: name.to_owned(), problems: vec![problem] });
    }
    let Some(year) = year else { return Ok(None) };
    let form = form::by_year(year)?;
    if form.is_none() && !reader.has_complained_of("form") {
        let finding = reader
            .missing(&Spot::head("form"), format!("{year}年没有通行的格式，须写明用哪一种（form）"))
            .hint("例如 form = \"2019\"，或者自备格式文件的路径");
        reader.add(finding, fields.get("year").map(|node| node.span.clone()));
    }
    Ok(form.cloned())
}

/// Complains of a form that is not the one for the year.
fn form_fits(reader: &mut Reader<'_>, form: &Form, year: u16, published: bool, fields: &Fields<'_>) {
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
        finding =
            finding.hint(format!("请改用《{}》（{}）：form = \"{}\"", right.name, right.source, right.id));
    }
    let at = fields.get("form").or(fields.get("year")).map(|node| node.span.clone());
    reader.add(finding, at);
}
