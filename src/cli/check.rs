//! `gongbao check`: findings only.

use std::{io::IsTerminal, path::PathBuf};

use clap::Args;

use super::{Failure, Outcome, batch::judge_all, config::Settings, input, print, tell};
use crate::{
    check::{Corpus, register},
    finding::{Finding, Severity, render_all, summary},
};

/// Arguments of `gongbao check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// 报告文件（.toml、.json、.yaml）、文件夹，或 - （从标准输入读）
    #[arg(required_unless_present = "explain", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 说明一条规则：要求什么、依据是什么、怎么改
    #[arg(long, value_name = "规则", conflicts_with = "files")]
    explain: Option<String>,
    /// 提醒也算错误
    #[arg(long)]
    strict: bool,
    /// 结果写成 JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        if let Some(code) = &self.explain {
            let told = register::explain(code).ok_or_else(|| {
                let known: Vec<&str> = register::all().map(|rule| rule.code).collect();
                Failure(format!("没有“{code}”这条规则。有的是：{}", known.join("、")))
            })?;
            print(&told);
            return Ok(Outcome::Done);
        }
        let inputs = input::inputs(&self.files, &settings.out)?;
        let fonts = settings.fonts()?;
        let mut judgements = Vec::new();
        let mut corpus = Corpus::default();
        for (input, judged) in inputs.iter().zip(judge_all(&inputs, &fonts)?) {
            if judged.passed_over {
                tell(&format!("略过“{}”：开头没有 year，不是报告\n", input.name()));
                continue;
            }
            if let Some(file) = &judged.file {
                corpus.add(file);
            }
            judgements.push(judged);
        }
        let read = judgements.len();
        let mut findings: Vec<Finding> = Vec::new();
        for judged in judgements {
            findings.extend(judged.findings);
            // Who copied from whom shows only when all have been read.
            findings.extend(judged.file.iter().flat_map(|file| corpus.copied(file)));
        }
        if self.strict {
            strict(&mut findings);
        }
        if self.json {
            print(&format!("{}\n", serde_json::to_string_pretty(&findings)?));
        } else {
            print(&render_all(&findings, std::io::stdout().is_terminal()));
            print(&format!("共检查{read}份报告：{}\n", summary(&findings)));
        }
        Ok(if read == 0 { Outcome::Failed } else { outcome(&findings) })
    }
}

/// Turns warnings into errors.
pub(super) fn strict(findings: &mut [Finding]) {
    for finding in findings.iter_mut().filter(|finding| finding.severity == Severity::Warning) {
        finding.severity = Severity::Error;
    }
}

/// How a command ends that found these.
pub(super) fn outcome(findings: &[Finding]) -> Outcome {
    if findings.iter().any(|finding| finding.rule == "unreadable") {
        Outcome::Failed
    } else if findings.iter().any(Finding::blocks) {
        Outcome::Errors
    } else {
        Outcome::Done
    }
}
