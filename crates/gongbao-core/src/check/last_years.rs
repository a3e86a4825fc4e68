//! Last year's report of the same body: the one that was named, or a sibling found by name and year.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use crate::{
    file::{self, LARGEST_REPORT},
    finding::{Finding, MediumWords, Rule, Severity},
    folder,
    load::Loader,
    paths::PathExt,
    report::ReportFile,
    roster::plain,
    syntax,
};

/// Where the reports of the year before are found.
#[derive(Debug)]
pub struct LastYears {
    loader: Loader,
    named: Option<Named>,
    /// The reports of the run, which need not lie in one folder.
    run: Index,
    /// The reports of one year that lie in a folder, each folder looked through once.
    folders: Mutex<Folders>,
}

type Folders = HashMap<(PathBuf, u16), Arc<OnceLock<Index>>>;

/// What `--last-year` names.
#[derive(Debug)]
enum Named {
    File(Arc<ReportFile>),
    Folder { name: PathBuf, files: Vec<PathBuf>, years: Mutex<HashMap<u16, Arc<Index>>> },
}

/// Reports by the plain name of the body and the year.
#[derive(Debug, Default)]
struct Index(BTreeMap<(String, u16), ReportLocation>);

/// Where a report lies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ReportLocation {
    /// Of two reports the published one is meant.
    is_unpublished: bool,
    path: PathBuf,
}

/// A report of the year before.
#[derive(Debug, Clone)]
pub struct PreviousReport {
    /// The report.
    pub file: Arc<ReportFile>,
    /// Whether it was named by the user, not merely found.
    pub named: bool,
}

impl LastYears {
    /// No named report: last year's reports are found beside each report, or among those registered with
    /// [`LastYears::register`].
    pub fn new(loader: Loader) -> Self {
        Self { loader, named: None, run: Index::default(), folders: Mutex::default() }
    }

    /// Holds every report against this one.
    ///
    /// # Errors
    /// What keeps it from being read.
    pub fn in_file(loader: Loader, path: &Path) -> Result<Self, Vec<Finding>> {
        let judged = loader(&path.to_text(), file::read(path, LARGEST_REPORT), folder_of(path), false);
        let file = judged.file.ok_or(judged.findings)?;
        Ok(Self { named: Some(Named::File(Arc::new(file))), ..Self::new(loader) })
    }

    /// Looks for last year's reports among these files, which lie below the folder that was named.
    pub fn in_folder(loader: Loader, name: &Path, files: Vec<PathBuf>) -> Self {
        let named = Named::Folder { name: name.to_owned(), files, years: Mutex::default() };
        Self { named: Some(named), ..Self::new(loader) }
    }

    /// Registers a report of the run, so that it is found wherever it lies.
    pub fn register(&mut self, file: &ReportFile, path: &Path) {
        self.run.add(file, path);
    }

    /// The report of the year before, if one is found.
    pub fn beside(&self, file: &ReportFile, base: &Path) -> Option<PreviousReport> {
        self.of(file, base).0
    }

    /// The report of the year before, and what is wrong with the choice.
    pub fn of(&self, file: &ReportFile, base: &Path) -> (Option<PreviousReport>, Vec<Finding>) {
        let Some(year) = file.report.year.checked_sub(1) else { return (None, Vec::new()) };
        let name = plain(&file.report.agency.name);
        match &self.named {
            Some(Named::File(last)) => named_file(file, last, year),
            Some(Named::Folder { name: folder, files, years }) => {
                let mut years = years.lock().unwrap_or_else(PoisonError::into_inner);
                let index = Arc::clone(
                    years.entry(year).or_insert_with(|| Arc::new(Index::of(self.loader, files, year))),
                );
                drop(years);
                match index.get(self.loader, &name, year) {
                    Some(last) => (Some(PreviousReport { file: last, named: true }), Vec::new()),
                    None => {
                        let message =
                            format!("“{}”里没有找到本单位{year}年的报告，没有同上年比较", folder.to_text());
                        let hint = MediumWords::new(
                            "单位改了名称的，请用 --last-year 直接指定上年的报告文件",
                            "单位改了名称的，请直接指定上年的报告文件",
                        );
                        let finding =
                            Finding::new(Rule::LastYear, Severity::Unsure, "agency.name", message).hint(hint);
                        (None, vec![file.locate(finding, None)])
                    }
                }
            }
            None => {
                let last =
                    self.run.get(self.loader, &name, year).or_else(|| self.sibling(file, &name, year, base));
                (last.map(|file| PreviousReport { file, named: false }), Vec::new())
            }
        }
    }

    /// A report that lies in the same folder.
    fn sibling(&self, file: &ReportFile, name: &str, year: u16, base: &Path) -> Option<Arc<ReportFile>> {
        // Standard input lies nowhere.
        if file.source.name == "-" {
            return None;
        }
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let index = Arc::clone(folders.entry((base.to_owned(), year)).or_default());
        // Other folders need not wait while this one is looked through.
        drop(folders);
        index.get_or_init(|| Index::of(self.loader, &folder::reports_in(base), year)).get(
            self.loader,
            name,
            year,
        )
    }
}

/// Holds the report that was named against the one that is being checked.
fn named_file(
    file: &ReportFile,
    last: &Arc<ReportFile>,
    year: u16,
) -> (Option<PreviousReport>, Vec<Finding>) {
    let name = &last.source.name;
    if last.report.year != year {
        let message =
            format!("“{name}”是{}年的报告，不是上一年（{year}年）的，没有同上年比较", last.report.year);
        let finding = Finding::new(Rule::LastYear, Severity::Error, "year", message).hint(MediumWords::new(
            format!("请用 --last-year 指定本单位{year}年的报告"),
            format!("请指定本单位{year}年的报告"),
        ));
        return (None, vec![file.locate(finding, None)]);
    }
    let mut findings = Vec::new();
    if plain(&last.report.agency.name) != plain(&file.report.agency.name) {
        let message = format!("“{name}”是“{}”的报告，与本报告的单位名称不同", last.report.agency.name);
        let finding = Finding::new(Rule::LastYear, Severity::Warning, "agency.name", message)
            .hint("单位改名、合并的可以不管；否则请换成本单位上一年的报告");
        findings.push(file.locate(finding, None));
    }
    (Some(PreviousReport { file: Arc::clone(last), named: true }), findings)
}

impl Index {
    /// The reports of a year among files.
    fn of(loader: Loader, files: &[PathBuf], year: u16) -> Self {
        let mut index = Self::default();
        for path in files {
            if let Some(file) = report_of_year(loader, path, year) {
                index.add(&file, path);
            }
        }
        index
    }

    fn add(&mut self, file: &ReportFile, path: &Path) {
        let name = plain(&file.report.agency.name);
        if name.is_empty() {
            return;
        }
        let place = ReportLocation { is_unpublished: file.report.published.is_none(), path: path.to_owned() };
        let known = self.0.entry((name, file.report.year)).or_insert_with(|| place.clone());
        if place < *known {
            *known = place;
        }
    }

    fn get(&self, loader: Loader, name: &str, year: u16) -> Option<Arc<ReportFile>> {
        // Read again rather than kept: a folder may hold thousands.
        let place = self.0.get(&(name.to_owned(), year))?;
        report_of_year(loader, &place.path, year).map(Arc::new)
    }
}

/// The report in a file, if it is of this year.
fn report_of_year(loader: Loader, path: &Path, year: u16) -> Option<ReportFile> {
    let bytes = file::read(path, LARGEST_REPORT).ok()?;
    let name = path.to_text();
    // Most files of a folder are of this year, and their text alone tells.
    if syntax::open(&name, &bytes).is_ok_and(|source| !may_be_of_year(&source.text, year)) {
        return None;
    }
    let file = loader(&name, Ok(bytes), folder_of(path), true).file?;
    (file.report.year == year).then_some(file)
}

/// Whether a report file says of itself that it is of this year, as far as a glance can tell.
fn may_be_of_year(text: &str, year: u16) -> bool {
    let mut told = years_told(text).peekable();
    told.peek().is_none() || told.any(|told| told == year)
}

/// The years that stand after a key `year`.
fn years_told(text: &str) -> impl Iterator<Item = u16> {
    text.match_indices("year").filter_map(|(at, key)| {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')) {
            return None;
        }
        let value = text.get(at + key.len()..)?.trim_start_matches(['"', '\'', ' ', '\t']);
        let value = value.strip_prefix(['=', ':'])?.trim_start();
        value.get(..4)?.parse().ok()
    })
}

fn folder_of(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glance_tells_the_year_in_every_kind_of_file() {
        for text in ["year = 2023\n", "{\"form\": \"2021\", \"year\": 2023}", "year: 2023", "'year' = 2023"] {
            assert!(may_be_of_year(text, 2023) && !may_be_of_year(text, 2024), "{text}");
        }
        // The key of a figure is not the year's, and a file that does not say is read.
        assert!(may_be_of_year("last_year = 2022\nyear = 2024", 2024));
        assert!(!may_be_of_year("last_year = 2022\nyear = 2024", 2022));
        assert!(may_be_of_year("", 2022));
    }
}
