//! `gongbao check`: checks reports and lists the findings.

mod changes;
mod markdown;

pub(super) use markdown::escaped;

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{
    Failure, Outcome, check_options::CheckArguments, colour, config::Settings, print, print_json,
    print_styled, tell,
};
use crate::batch::{CheckResult, ReportInput, check_all, inputs, read_all};
use gongbao_core::{
    finding::{Finding, Rule, render_all, summary},
    load::Loaded,
};

/// Arguments of `gongbao check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// 报告文件（.toml、.json、.yaml、.xlsx、.pdf）、文件夹，或 - （从标准输入读）
    #[arg(required_unless_present = "explain", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 说明一条规则：要求什么、依据是什么、怎么改
    #[arg(long, value_name = "规则", conflicts_with = "files")]
    explain: Option<String>,
    /// 不检查，只列出读入时改正了哪些字（多余的空格、半角括号、直引号等）
    #[arg(long)]
    changes: bool,
    #[command(flatten)]
    check: CheckArguments,
    /// 结果写成 text、json 或 markdown（退回单位用的检查意见）；默认 text
    #[arg(long, value_name = "格式", hide_possible_values = true, default_value = "text")]
    #[arg(hide_default_value = true, conflicts_with = "json")]
    format: Format,
    /// 同 --format json
    #[arg(long)]
    json: bool,
}

/// Output format of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

impl Check {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        self.files.iter().map(PathBuf::as_path).collect()
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        if let Some(code) = &self.explain {
            return explain(code);
        }
        let format = if self.json { Format::Json } else { self.format };
        let inputs = inputs(&self.files, &settings.out)?;
        if self.changes {
            let read = reports_only(&inputs, read_all(&inputs)?);
            return changes::list(&read, format);
        }
        let mut setup = self.check.setup(settings)?;
        let fonts = settings.fonts()?;
        let checked = reports_only(&inputs, check_all(&inputs, &fonts, &mut setup)?);
        let findings: Vec<&Finding> = checked.iter().flat_map(|(_, loaded)| &loaded.findings).collect();
        match format {
            Format::Json => print_json(&findings)?,
            Format::Markdown => print(&markdown::opinion(&checked)),
            Format::Text => {
                let findings: Vec<Finding> = findings.iter().map(|finding| (*finding).clone()).collect();
                print_styled(&render_all(&findings, colour::on_stdout()));
                print(&format!("共检查{}份报告：{}\n", checked.len(), summary(&findings)));
            }
        }
        let worst = checked.iter().map(|(_, loaded)| CheckResult::of(&loaded.findings)).max();
        Ok(worst.map_or(Outcome::Failed, Outcome::from))
    }
}

/// Prints the documentation of a rule.
fn explain(code: &str) -> Result<Outcome, Failure> {
    let rule = Rule::find(code).ok_or_else(|| {
        let known: Vec<&str> = Rule::ALL.iter().map(Rule::code).collect();
        Failure(format!("没有“{code}”这条规则。有的是：{}", known.join("、")))
    })?;
    print(&rule.explain());
    Ok(Outcome::Done)
}

/// Returns the reports; names files found in folders that are not reports.
fn reports_only(inputs: &[ReportInput], read: Vec<Loaded>) -> Vec<(&ReportInput, Loaded)> {
    let is_report = |(input, loaded): &(&ReportInput, Loaded)| {
        if loaded.passed_over {
            tell(&input.skipped_message());
        }
        !loaded.passed_over
    };
    inputs.iter().zip(read).filter(is_report).collect()
}
