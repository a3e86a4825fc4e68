//! Arguments that select what reports are compared with, shared by several commands.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, colour, config::Settings, development::Development, tell_styled};
use crate::batch::{CheckOptions, CheckSetup, SetupError};
use gongbao_core::finding::render_all;

/// The arguments.
#[derive(Debug, Default, Args)]
pub(super) struct CheckArguments {
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

impl CheckArguments {
    /// Combines the arguments with `gongbao.toml`; arguments take precedence.
    pub(super) fn options(&self, settings: &Settings) -> CheckOptions {
        CheckOptions {
            last_year: self.last_year.clone(),
            rules: self.rules.clone().or_else(|| settings.rules.clone()),
            strict: self.strict,
            out: settings.out.clone(),
            data_files: settings.development.as_ref().map(Development::data_files).unwrap_or_default(),
        }
    }

    /// Reads the files that the options name.
    ///
    /// # Errors
    /// A file cannot be used.
    pub(super) fn setup(&self, settings: &Settings) -> Result<CheckSetup, Failure> {
        self.options(settings).load().map_err(setup_failure)
    }
}

/// Shows the findings in last year's report, if these are the reason, and returns the failure.
pub(super) fn setup_failure(error: SetupError) -> Failure {
    if let SetupError::LastYear(_, findings) = &error {
        tell_styled(&render_all(findings, colour::on_stderr()));
    }
    error.into()
}
