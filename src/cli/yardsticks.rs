//! What reports are held against beside their form: arguments, settled before any work.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, config::Settings, input, tell};
use crate::typeset::fonts::FontSet;
use gongbao_core::{
    check::{CheckContext, Corpus, LastYears, LocalRules},
    digest::sha256,
    finding::{Finding, Severity, render_all},
    load::Loaded,
    report::ReportFile,
};
use gongbao_formats::load::load;

/// The arguments.
#[derive(Debug, Default, Args)]
pub(super) struct Given {
    /// 同哪一份上年报告对照：文件，或者上年报告所在的文件夹；不写时在报告旁边找
    #[arg(long, value_name = "FILE")]
    last_year: Option<PathBuf>,
    /// 本地规则文件（.toml）
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// 提醒也算错误
    #[arg(long)]
    strict: bool,
}

/// What all reports of a run are held against.
#[derive(Debug)]
pub(super) struct Yardsticks {
    rules: Option<LocalRules>,
    last_years: LastYears,
    others: Corpus,
    strict: bool,
}

impl Given {
    /// Settles them, with what `gongbao.toml` says.
    ///
    /// # Errors
    /// A file that is named cannot be used.
    pub(super) fn settle(&self, settings: &Settings) -> Result<Yardsticks, Failure> {
        let rules = self.rules.as_deref().or(settings.rules.as_deref());
        let rules = rules.map(LocalRules::from_path).transpose()?;
        let last_years = match &self.last_year {
            Some(path) => last_years(path, settings)?,
            None => LastYears::new(load),
        };
        Ok(Yardsticks { rules, last_years, others: Corpus::default(), strict: self.strict })
    }
}

impl Given {
    /// Digests of all that is read for them: while these are the same, so are the yardsticks.
    ///
    /// # Errors
    /// A folder cannot be read.
    pub(super) fn digests(&self, settings: &Settings) -> Result<Vec<String>, Failure> {
        let of =
            |path: &Path| format!("{}={:?}", path.display(), std::fs::read(path).ok().map(|b| sha256(&b)));
        let mut digests = vec![format!("strict={}", self.strict)];
        digests.extend(self.rules.as_deref().or(settings.rules.as_deref()).map(of));
        match &self.last_year {
            Some(path) if path.is_dir() => {
                let files = input::below(path, settings.out.canonicalize().ok().as_deref())?;
                digests.extend(files.iter().filter_map(|input| input.path.as_deref()).map(of));
            }
            Some(path) => digests.push(of(path)),
            None => {}
        }
        Ok(digests)
    }
}

fn last_years(path: &Path, settings: &Settings) -> Result<LastYears, Failure> {
    if path.is_dir() {
        let files = input::below(path, settings.out.canonicalize().ok().as_deref())?;
        return Ok(LastYears::in_folder(
            load,
            path,
            files.into_iter().filter_map(|input| input.path).collect(),
        ));
    }
    LastYears::in_file(load, path).map_err(|findings| {
        use std::io::IsTerminal;
        tell(&render_all(&findings, std::io::stderr().is_terminal()));
        Failure(format!("上年报告“{}”不能使用。请检查 --last-year", path.display()))
    })
}

impl Yardsticks {
    /// Takes up what is to be known of each report of the run before any is held against the others.
    pub(super) fn know(&mut self, file: &ReportFile, path: Option<&Path>) {
        self.others.add(file);
        if let Some(path) = path {
            self.last_years.know(file, path);
        }
    }

    /// All of them.
    pub(super) fn against<'a>(&'a self, fonts: &'a FontSet) -> CheckContext<'a> {
        CheckContext {
            coverage: fonts,
            loader: load,
            rules: self.rules.as_ref(),
            last_years: Some(&self.last_years),
            others: Some(&self.others),
        }
    }

    /// Turns warnings into errors where that was asked for.
    pub(super) fn strict(&self, mut judged: Loaded) -> Loaded {
        let is_warning = |finding: &&mut Finding| finding.severity == Severity::Warning;
        for finding in judged.findings.iter_mut().filter(|_| self.strict).filter(is_warning) {
            finding.severity = Severity::Error;
        }
        judged
    }
}
