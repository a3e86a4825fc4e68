//! The head of the file, and who reports.

use std::sync::Arc;

use jiff::civil::Date;

use super::{
    fields::Fields,
    reader::{Lines, Reader},
    spot::Spot,
};
use crate::{
    form::{self, Form, FormError},
    report::{Agency, AgencyKind, Number},
    syntax::{Node, Value},
};

/// The keys of the head that every form has.
const KEYS: [&str; 12] = [
    "form",
    "year",
    "title",
    "date",
    "blanks",
    "preface",
    "agency",
    "filing",
    "accepted",
    "members",
    "published",
    "corrections",
];

/// Years that a report can be on: from the year in which 条例 came into force.
const YEARS: std::ops::RangeInclusive<i64> = 2008..=2099;

/// The keys at the top of a file on this form; where the form is unknown, those of all forms.
pub(super) fn known_keys(form: Option<&Arc<Form>>) -> Result<Vec<String>, FormError> {
    let forms = match form {
        Some(form) => std::slice::from_ref(form),
        None => form::all()?,
    };
    let mut keys: Vec<String> = KEYS.iter().map(|key| (*key).to_owned()).collect();
    for form in forms {
        keys.extend(form.texts().map(str::to_owned));
        keys.extend(form.tables().map(|(key, _)| key.to_owned()));
    }
    Ok(keys)
}

/// The year reported on.
pub(super) fn year(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<u16> {
    let spot = Spot::head("year");
    let Some(node) = fields.get("year") else {
        let finding = reader.missing(&spot, "缺少报告年度（year）").hint("例如 year = 2024");
        reader.add(finding, fields.key_span("year"));
        return None;
    };
    reader.origins.insert("year".to_owned(), node.span.clone());
    let written = match &node.value {
        Value::Number(text) | Value::Text(text) => Some(text),
        _ => None,
    };
    let number = written.and_then(|text| Number::parse(text).ok()).filter(|number| number.is_whole());
    let year = number
        .filter(|number| !number.is_negative())
        .and_then(|number| i64::try_from(number.whole_part()).ok())
        .filter(|year| YEARS.contains(year))
        .and_then(|year| u16::try_from(year).ok());
    if year.is_none() || !matches!(node.value, Value::Number(_)) {
        reader.wrong_kind(node, &spot, "四位数的年份", "例如 year = 2024，不加引号");
    }
    year
}

/// The form as the file names it.
pub(super) fn form_name(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<String> {
    let spot = Spot::head("form");
    let node = fields.get("form")?;
    reader.origins.insert("form".to_owned(), node.span.clone());
    match &node.value {
        Value::Text(name) => Some(name.trim().to_owned()),
        Value::Number(name) => {
            reader.wrong_kind(node, &spot, "文字", "请用引号括起来，例如 form = \"2021\"");
            // What is meant is clear enough to go on with.
            matches!(form::by_id(name), Ok(Some(_))).then(|| name.clone())
        }
        _ => {
            reader.wrong_kind(node, &spot, "文字", "例如 form = \"2021\"");
            None
        }
    }
}

/// The title, with its wanted line breaks.
pub(super) fn title(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<String> {
    reader.optional(fields, &Spot::root(), "title", Lines::Many)
}

/// A date, as TOML writes it or as a text of that form.
pub(super) fn date(reader: &mut Reader<'_>, fields: &Fields<'_>, spot: &Spot) -> Option<Date> {
    let node = fields.get(spot.path().rsplit('.').next().unwrap_or_default())?;
    reader.origins.insert(spot.path().to_owned(), node.span.clone());
    let date = match &node.value {
        Value::Date(text) | Value::Text(text) => parse_date(text.trim()),
        _ => None,
    };
    if date.is_none() {
        reader.wrong_kind(
            node,
            spot,
            "日期",
            "请写成“2025-01-24”的样子：四位年、两位月、两位日，并且确有这一天",
        );
    }
    date
}

/// Reads `2025-01-24` and nothing else.
pub fn parse_date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return None };
    let fits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    if !fits(year, 4) || !fits(month, 2) || !fits(day, 2) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Whether what is blank counts as zero.
pub(super) fn blanks(reader: &mut Reader<'_>, fields: &Fields<'_>) -> bool {
    let Some(node) = fields.get("blanks") else { return false };
    let is_zero = matches!(&node.value, Value::Text(text) if text == "zero");
    reader.origins.insert("blanks".to_owned(), node.span.clone());
    if !is_zero {
        reader.wrong_kind(
            node,
            &Spot::head("blanks"),
            "“zero”",
            "空格都算作 0 时写 blanks = \"zero\"，否则不写这个键",
        );
    }
    is_zero
}

/// Who reports; as far as it was given.
pub(super) fn agency(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Agency {
    let spot = Spot::head("agency");
    let Some(node) = fields.get("agency") else {
        let finding = reader
            .missing(&spot, "缺少报告单位（agency）")
            .hint("请写 [agency]，下一行写 name = \"单位全称\"");
        reader.add(finding, fields.key_span("agency"));
        return Agency::default();
    };
    let owner = fields.key_span("agency");
    reader.origins.insert("agency".to_owned(), owner.clone().unwrap_or(node.span.clone()));
    let known: Vec<&str> = ["name", "kind"].into_iter().chain(Agency::DETAILS).collect();
    let Some(entries) = reader.table(node, &spot, &known) else { return Agency::default() };
    let name = reader.required(&entries, &spot, "name", owner).unwrap_or_default();
    one_line(reader, &entries, &spot, &name);
    let kind = entries.get("kind").and_then(|node| agency_kind(reader, node, &spot.key("kind")));
    let mut agency = Agency { name, kind, ..Agency::default() };
    for key in Agency::DETAILS {
        if let Some(words) = reader.optional(&entries, &spot, key, Lines::One) {
            agency.details.insert(key.to_owned(), words);
        }
    }
    agency
}

fn one_line(reader: &mut Reader<'_>, entries: &Fields<'_>, spot: &Spot, name: &str) {
    if name.contains('\n') {
        let finding = reader.shape(&spot.key("name"), "单位名称不能换行", "标题要换行的，请用 title");
        reader.add(finding, entries.get("name").map(|node| node.span.clone()));
    }
}

fn agency_kind(reader: &mut Reader<'_>, node: &Node, spot: &Spot) -> Option<AgencyKind> {
    reader.origins.insert(spot.path().to_owned(), node.span.clone());
    let kind = match &node.value {
        Value::Text(text) => AgencyKind::ALL.into_iter().find(|kind| kind.key() == text.trim()),
        _ => None,
    };
    if kind.is_none() {
        let keys = AgencyKind::ALL.map(AgencyKind::key).join("、");
        reader.wrong_kind(node, spot, "单位类别", &format!("可以写的有：{keys}"));
    }
    kind
}
