//! `gongbao check`: findings only.

mod changes;
mod markdown;

use std::{io::IsTerminal, path::PathBuf};

use clap::{Args, ValueEnum};

use super::{
    Failure, Outcome,
    batch::{judge_all, read_all},
    config::Settings,
    input::{self, Input},
    print, tell, yardsticks,
};
use gongbao_core::{
    finding::{Finding, Rule, render_all, summary},
    load::Loaded,
};

/// Arguments of `gongbao check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// 报告文件（.toml、.json、.yaml、.xlsx）、文件夹，或 - （从标准输入读）
    #[arg(required_unless_present = "explain", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 说明一条规则：要求什么、依据是什么、怎么改
    #[arg(long, value_name = "规则", conflicts_with = "files")]
    explain: Option<String>,
    /// 不检查，只列出读入时改正了哪些字（多余的空格、半角括号、直引号等）
    #[arg(long)]
    changes: bool,
    #[command(flatten)]
    yardsticks: yardsticks::Given,
    /// 结果写成 text、json 或 markdown（退回单位用的检查意见）；默认 text
    #[arg(long, value_name = "格式", hide_possible_values = true, default_value = "text")]
    #[arg(hide_default_value = true, conflicts_with = "json")]
    format: Format,
    /// 同 --format json
    #[arg(long)]
    json: bool,
}

/// What findings are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    Markdown,
}

impl Check {
    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        if let Some(code) = &self.explain {
            return explain(code);
        }
        let format = if self.json { Format::Json } else { self.format };
        let inputs = input::inputs(&self.files, &settings.out)?;
        if self.changes {
            let read = without_others(&inputs, read_all(&inputs)?);
            return changes::list(&read, format);
        }
        let mut yardsticks = self.yardsticks.settle(settings)?;
        let fonts = settings.fonts()?;
        let judged = without_others(&inputs, judge_all(&inputs, &fonts, &mut yardsticks)?);
        let findings: Vec<&Finding> = judged.iter().flat_map(|(_, judged)| &judged.findings).collect();
        match format {
            Format::Json => print(&format!("{}\n", serde_json::to_string_pretty(&findings)?)),
            Format::Markdown => print(&markdown::opinion(&judged)),
            Format::Text => {
                let findings: Vec<Finding> = findings.iter().map(|finding| (*finding).clone()).collect();
                print(&render_all(&findings, std::io::stdout().is_terminal()));
                print(&format!("共检查{}份报告：{}\n", judged.len(), summary(&findings)));
            }
        }
        let worst = judged.iter().map(|(_, judged)| outcome(&judged.findings)).max();
        Ok(worst.unwrap_or(Outcome::Failed))
    }
}

fn explain(code: &str) -> Result<Outcome, Failure> {
    let rule = Rule::find(code).ok_or_else(|| {
        let known: Vec<&str> = Rule::ALL.iter().map(Rule::code).collect();
        Failure(format!("没有“{code}”这条规则。有的是：{}", known.join("、")))
    })?;
    print(&rule.explain());
    Ok(Outcome::Done)
}

/// The reports among what was read; files that are none are named.
fn without_others(inputs: &[Input], read: Vec<Loaded>) -> Vec<(&Input, Loaded)> {
    let is_report = |(input, judged): &(&Input, Loaded)| {
        if judged.passed_over {
            tell(&input.told_passed_over());
        }
        !judged.passed_over
    };
    inputs.iter().zip(read).filter(is_report).collect()
}

/// How a command ends that found these.
pub(super) fn outcome(findings: &[Finding]) -> Outcome {
    if findings.iter().any(|finding| finding.rule == Rule::Unreadable) {
        Outcome::Failed
    } else if findings.iter().any(Finding::blocks) {
        Outcome::Errors
    } else {
        Outcome::Done
    }
}
