//! Loading of forms: those built into the program, or a file of the user.

use std::{
    collections::BTreeSet,
    fmt,
    path::Path,
    sync::{Arc, OnceLock},
};

use super::{Each, Form, Node, Table, address::Record};
use crate::{
    digest::sha256,
    file::{self, LARGEST_SETTINGS},
    paths::PathExt,
};
use embedded::FORMS;

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/forms.rs"));
}

/// Error from loading a form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FormError {
    /// File or id of the form.
    pub form: String,
    /// All problems of the form, in Chinese.
    pub problems: Vec<String>,
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "格式文件“{}”不能使用：", self.form)?;
        self.problems.iter().try_for_each(|problem| write!(f, "\n  {problem}"))
    }
}

impl std::error::Error for FormError {}

/// The built-in forms, loaded at first use.
static BUILT_IN: OnceLock<Result<Vec<Arc<Form>>, FormError>> = OnceLock::new();

/// Replaces the built-in forms by the `.toml` files of a folder, sorted by name. For development: a changed form is used
/// without compiling the program.
///
/// # Errors
/// Returns an error if the folder or a form cannot be read, or if the built-in forms are in use already.
pub fn install(folder: &Path) -> Result<(), FormError> {
    let name = folder.to_text();
    let fail = |problem: String| FormError { form: name.clone(), problems: vec![problem] };
    let entries = std::fs::read_dir(folder).map_err(|error| fail(format!("读不出来：{error}")))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let forms: Result<Vec<_>, _> = paths.iter().map(|path| from_path(path).map(Arc::new)).collect();
    BUILT_IN.set(Ok(forms?)).map_err(|_| fail("内置的格式已经在使用".to_owned()))
}

/// The built-in forms, in order of their ids.
///
/// # Errors
/// A built-in form is invalid; that can only follow from an edit of `data/forms/`.
pub fn all() -> Result<&'static [Arc<Form>], FormError> {
    BUILT_IN
        .get_or_init(|| FORMS.iter().map(|(name, text)| from_text(name, text).map(Arc::new)).collect())
        .as_deref()
        .map_err(Clone::clone)
}

/// The built-in form with this id, if there is one.
///
/// # Errors
/// As [`all`].
pub fn by_id(id: &str) -> Result<Option<&'static Arc<Form>>, FormError> {
    Ok(all()?.iter().find(|form| form.id == id))
}

/// The built-in form for data of this year; `None` for years before the first form.
///
/// # Errors
/// As [`all`].
pub fn by_year(year: u16) -> Result<Option<&'static Arc<Form>>, FormError> {
    Ok(all()?.iter().find(|form| form.years.contains(year)))
}

/// Reads a form from a file.
///
/// # Errors
/// The file cannot be read, or is no valid form.
pub fn from_path(path: &Path) -> Result<Form, FormError> {
    let name = path.to_text();
    let text = file::read_text(path, LARGEST_SETTINGS)
        .map_err(|error| FormError {
            form: name.clone(), problems: vec![format!("读不出来：{error}")]
        })?;
    from_text(&name, &text)
}

/// Reads the form that a report names by a path; `base` is the folder of the report.
///
/// # Errors
/// As [`from_path`], or the path may not stand in a report ([`file::reachable`]).
pub fn from_report(base: &Path, written: &str) -> Result<Form, FormError> {
    let path = file::reachable(base, written).map_err(|error| FormError {
        form: written.to_owned(),
        problems: vec![format!("读不出来：{error}")],
    })?;
    from_path(&path).map_err(|error| FormError { form: written.to_owned(), ..error })
}

/// Reads a form from its text; `name` is used in messages.
///
/// # Errors
/// The text is no form, or parts of it contradict each other; all problems are reported.
pub fn from_text(name: &str, text: &str) -> Result<Form, FormError> {
    let fail = |problems| Err(FormError { form: name.to_owned(), problems });
    let mut form: Form = match toml::from_str(text) {
        Ok(form) => Form { digest: sha256(text.as_bytes()), ..form },
        Err(error) => return fail(vec![error.to_string().trim_end().replace('\n', "\n  ")]),
    };
    form.draw_records();
    form.draw_passages();
    let problems = problems(&form);
    if problems.is_empty() { Ok(form) } else { fail(problems) }
}

/// All problems that make the form unusable.
fn problems(form: &Form) -> Vec<String> {
    let mut problems = Vec::new();
    let mut printed = BTreeSet::new();
    for chapter in &form.chapters {
        match (&chapter.text, &chapter.table) {
            (Some(_), None) => {}
            (None, Some(table)) if form.tables.contains_key(table) => {
                if !printed.insert(table) {
                    problems.push(format!("表格 {table} 在不止一个部分里出现"));
                }
            }
            (None, Some(table)) => {
                problems.push(format!("“{}”要用的表格 {table} 没有定义", chapter.heading));
            }
            _ => problems.push(format!("“{}”须有且只有 text 或 table 之一", chapter.heading)),
        }
    }
    for (key, table) in &form.tables {
        if !printed.contains(key) {
            problems.push(format!("表格 {key} 没有放进任何部分（chapters）"));
        }
        table_problems(key, table, form.records_of(key), &mut problems);
    }
    let words: BTreeSet<String> = form.tables.values().flat_map(headers).collect();
    for meaning in form.meanings.keys().filter(|meaning| !words.contains(*meaning)) {
        problems.push(format!("meanings 里的“{meaning}”不是任何表头"));
    }
    for (header, broken) in &form.breaks {
        if !words.contains(header) || broken.replace('|', "") != *header {
            problems.push(format!("breaks 里的“{header}”不是任何表头，或者除“|”以外与表头不同"));
        }
    }
    for (key, paragraphs) in &form.drafts {
        if !form.text_keys().any(|text| text == key) {
            problems.push(format!("drafts 里的 {key} 不是任何部分的文字（text）"));
        }
        for path in paragraphs.iter().flat_map(|paragraph| placeholders(paragraph)) {
            let known = form.records().iter().any(|record| {
                is_within(&record.path, path) || record.figures.iter().any(|figure| figure.path == path)
            });
            if !known {
                problems.push(format!("drafts 的 {key} 里的“{path}”在各表格里找不到"));
            }
        }
    }
    for rule in &form.rules {
        if !form.tables.contains_key(&rule.table) {
            problems.push(format!("规则 {} 所指的表格 {} 没有定义", rule.code, rule.table));
            continue;
        }
        let records = form.records_of(&rule.table);
        for term in rule.left.iter().chain(&rule.right) {
            let known = match rule.each {
                Each::Row => records.iter().flat_map(|r| &r.figures).any(|f| f.column == term.key),
                Each::Column => {
                    let path = format!("{}.{}", rule.table, term.key);
                    records.iter().any(|r| is_within(&r.path, &path))
                }
            };
            if !known {
                problems.push(format!("规则 {} 里的“{term}”在表格 {} 里找不到", rule.code, rule.table));
            }
        }
        if rule.severity_if_binding.is_some() && !rule.needs_last_year() {
            problems.push(format!("规则 {} 有 severity_if_binding，却不与上年比较", rule.code));
        }
        if rule.fills && rule.right.len() != 1 {
            problems.push(format!("规则 {} 有 fills，右边就只能有一项", rule.code));
        }
    }
    problems
}

/// Words of all headers of a table.
fn headers(table: &Table) -> Vec<String> {
    fn all(nodes: &[Node], words: &mut Vec<String>) {
        for node in nodes {
            words.push(node.words());
            all(&node.children, words);
        }
    }
    let mut words = Vec::new();
    for block in &table.blocks {
        all(&block.columns, &mut words);
        all(&block.rows, &mut words);
    }
    words
}

/// Paths of the placeholders in a text.
fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split("{{").skip(1).filter_map(|rest| Some(rest.split_once("}}")?.0.trim()))
}

fn table_problems(key: &str, table: &Table, records: &[Record], problems: &mut Vec<String>) {
    let name = &table.name;
    let width: f64 = table.widths.iter().sum();
    if (width - 156.0).abs() > 0.05 {
        problems.push(format!("{name}（{key}）各列宽度之和是 {width:.1} 毫米，应为版心宽度 156 毫米"));
    }
    if !table.narrowest.is_empty() && table.narrowest.len() != table.widths.len() {
        problems.push(format!("{name}（{key}）的 narrowest 应与 widths 一样有 {} 列", table.widths.len()));
    }
    if let Err(error) = table.grid(&[]) {
        problems.push(format!("{name}（{key}）的表头拼不成完整的表格：{error}"));
    }
    let mut seen = BTreeSet::new();
    for figure in records.iter().flat_map(|record| &record.figures) {
        if !seen.insert(figure.path.clone()) {
            problems.push(format!("{name}（{key}）里有两个数据的路径都是 {}", figure.path));
        }
    }
    if seen.is_empty() {
        problems.push(format!("{name}（{key}）里没有一个有路径的数据（key）"));
    }
}

/// Whether `path` equals `group` or lies within it.
pub fn is_within(path: &str, group: &str) -> bool {
    path.strip_prefix(group).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
