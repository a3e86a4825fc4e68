//! `gongbao check`: findings only.

use std::{io::IsTerminal, path::PathBuf};

use clap::Args;

use super::{Failure, Outcome, config::Settings, input, print, tell};
use crate::{
    finding::{Finding, Severity, render_all, summary},
    judge,
};

/// Arguments of `gongbao check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// 报告文件（.toml、.json、.yaml）、文件夹，或 - （从标准输入读）
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 提醒也算错误
    #[arg(long)]
    strict: bool,
    /// 结果写成 JSON
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let inputs = input::inputs(&self.files, &settings.out)?;
        let fonts = settings.fonts()?;
        let mut findings = Vec::new();
        let mut read = 0_usize;
        for input in &inputs {
            let judged = judge(&input.name(), input.bytes(), input.base(), input.found, &fonts);
            if judged.passed_over {
                tell(&format!("略过“{}”：开头没有 year，不是报告\n", input.name()));
                continue;
            }
            read += 1;
            findings.extend(judged.findings);
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
