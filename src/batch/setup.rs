//! What the reports of a run are compared with, beside their form.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use super::input::{InputError, reports_below};
use crate::typeset::fonts::FontSet;
use gongbao_core::{
    check::{CheckContext, Corpus, LastYears, LocalError, LocalRules},
    digest::sha256,
    file::{self, LARGEST_REPORT},
    finding::{Finding, Severity},
    load::Loaded,
    paths::PathExt,
    report::ReportFile,
};
use gongbao_formats::load::load;

/// Options for checking reports.
#[derive(Debug, Clone, Default)]
pub struct CheckOptions {
    /// The report of the year before, or a folder of such reports. Without one, reports are looked for beside each
    /// report.
    pub last_year: Option<PathBuf>,
    /// File with local rules.
    pub rules: Option<PathBuf>,
    /// Whether warnings count as errors.
    pub strict: bool,
    /// The output folder, in which no reports are looked for.
    pub out: PathBuf,
    /// Data files that are used instead of the embedded ones; they are part of the digest of the build cache.
    pub data_files: Vec<PathBuf>,
}

/// Error from reading the files that check options name.
#[derive(Debug)]
#[non_exhaustive]
pub enum SetupError {
    /// The folder of last year's reports cannot be read.
    Input(InputError),
    /// The local rules cannot be used.
    Rules(LocalError),
    /// Last year's report at this path cannot be read, with the findings of reading it.
    LastYear(PathBuf, Vec<Finding>),
}

impl fmt::Display for SetupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Rules(error) => error.fmt(f),
            Self::LastYear(path, _) => {
                write!(f, "上年报告“{}”不能使用。请检查 --last-year", path.to_text())
            }
        }
    }
}

impl std::error::Error for SetupError {}

/// What all reports of a run are compared with.
#[derive(Debug)]
pub struct CheckSetup {
    rules: Option<LocalRules>,
    last_years: LastYears,
    corpus: Corpus,
    strict: bool,
}

impl CheckOptions {
    /// Reads the files that the options name.
    ///
    /// # Errors
    /// A file or folder cannot be read or used.
    pub fn load(&self) -> Result<CheckSetup, SetupError> {
        let rules =
            self.rules.as_deref().map(LocalRules::from_path).transpose().map_err(SetupError::Rules)?;
        let last_years = match &self.last_year {
            Some(path) => self.last_years(path)?,
            None => LastYears::new(load),
        };
        Ok(CheckSetup { rules, last_years, corpus: Corpus::default(), strict: self.strict })
    }

    /// Returns digests of all files that the options name. Equal digests mean equal setups.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub(super) fn digests(&self) -> Result<Vec<String>, InputError> {
        let of = |path: &Path| {
            format!("{}={:?}", path.to_text(), file::read(path, LARGEST_REPORT).ok().map(|b| sha256(&b)))
        };
        let mut digests = vec![format!("strict={}", self.strict)];
        digests.extend(self.rules.as_deref().map(of));
        digests.extend(self.data_files.iter().map(|file| of(file)));
        match &self.last_year {
            Some(path) if path.is_dir() => {
                let files = reports_below(path, &self.out)?;
                digests.extend(files.iter().filter_map(|input| input.path.as_deref()).map(of));
            }
            Some(path) => digests.push(of(path)),
            None => {}
        }
        Ok(digests)
    }

    fn last_years(&self, path: &Path) -> Result<LastYears, SetupError> {
        if path.is_dir() {
            let files = reports_below(path, &self.out).map_err(SetupError::Input)?;
            let files = files.into_iter().filter_map(|input| input.path).collect();
            return Ok(LastYears::in_folder(load, path, files));
        }
        LastYears::in_file(load, path).map_err(|findings| SetupError::LastYear(path.to_owned(), findings))
    }
}

impl CheckSetup {
    /// Registers a report for cross-report checks: as the possible original of copied text and as last year's
    /// report of its body. All reports of a run are registered before the first is checked.
    pub fn register(&mut self, file: &ReportFile, path: Option<&Path>) {
        self.corpus.add(file);
        if let Some(path) = path {
            self.last_years.register(file, path);
        }
    }

    /// Returns the context in which one report is checked.
    pub fn context<'a>(&'a self, fonts: &'a FontSet) -> CheckContext<'a> {
        CheckContext {
            coverage: fonts,
            loader: load,
            rules: self.rules.as_ref(),
            last_years: Some(&self.last_years),
            others: Some(&self.corpus),
        }
    }

    /// Turns warnings into errors if the options are strict.
    pub fn apply_strictness(&self, mut loaded: Loaded) -> Loaded {
        let is_warning = |finding: &&mut Finding| finding.severity == Severity::Warning;
        for finding in loaded.findings.iter_mut().filter(|_| self.strict).filter(is_warning) {
            finding.severity = Severity::Error;
        }
        loaded
    }
}
