//! `gongbao correct`: writes a record of a correction into the file of the corrected report.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::{
    Failure, Outcome,
    check_options::CheckArguments,
    colour,
    config::Settings,
    diff::read_report,
    print,
    publish::{base, date, writable},
    tell, tell_styled,
};
use crate::{batch::CheckResult, output::save};
use gongbao_core::{
    finding::{Rule, render_all},
    history::{CorrectionRequest, PublicationRecord, correction, excerpt, joined},
    report::{WITHDRAWN, day, pieces, printed_value},
};

/// Arguments of `gongbao correct`.
#[derive(Debug, Args)]
pub(super) struct Correct {
    /// 公布的报告：当时的报告文件，或者公布的PDF
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// 改好的报告文件；更正记录写在这里面
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// 更正的原因，写进更正说明
    #[arg(long, value_name = "原因")]
    reason: String,
    /// 更正日期，如 2026-03-02
    #[arg(long, value_name = "日期", value_parser = date)]
    date: Date,
    /// 原来的内容须撤下、不再公布的地方（diff 列出的路径），可以给多个
    #[arg(long, value_name = "路径", num_args = 1.., value_delimiter = ',')]
    redact: Vec<String>,
    #[command(flatten)]
    check: CheckArguments,
}

impl Correct {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        vec![&self.old, &self.new]
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let shown = gongbao_core::text::visible_path(&self.new);
        let old = read_report(&self.old)?;
        let (bytes, mut checked) = writable(&self.new, &self.check, settings)?;
        // The rule reports that the file differs from the published one; this command records the difference.
        checked.findings.retain(|finding| finding.rule != Rule::Uncorrected);
        tell_styled(&render_all(&checked.findings, colour::on_stderr()));
        let outcome = Outcome::from(CheckResult::of(&checked.findings));
        let Some(new) = checked.file.filter(|_| outcome == Outcome::Done) else {
            tell(&format!("“{shown}”有错误，没有写入更正，文件没有改动。请改正后再试\n"));
            return Ok(outcome.max(Outcome::Errors));
        };
        let wanted = CorrectionRequest { reason: self.reason, date: self.date, redact: self.redact };
        let made = correction(&old, &new, &wanted).map_err(|error| Failure(error.to_string()))?;
        let recorded = PublicationRecord { published: made.published, correction: Some(&made.correction) };
        let written = gongbao_formats::record::record(&bytes, &new, base(&self.new), &recorded)
            .map_err(|error| Failure(format!("“{shown}”：{error}")))?;
        save(&self.new, &written)?;
        for notice in &made.notices {
            tell(&format!("提醒：{notice}；如果也须撤下，请改写后再写更正\n"));
        }
        let number = new.report.corrections.len() + 1;
        let mut message = format!("已把第{number}次更正（{}）写入 {shown}\n", day(self.date));
        for change in &made.correction.changes {
            let [old, new] = excerpt(&pieces(&printed_value(&change.old), &printed_value(&change.new)));
            let blank = |text: String| if text.is_empty() { "（空）".to_owned() } else { text };
            let old = if change.redact { format!("（{WITHDRAWN}）") } else { blank(joined(&old)) };
            message += &format!("  {} {old} → {}\n", change.path, blank(joined(&new)));
        }
        message += "请重新生成：更正后的报告和更正说明会一起生成，原来的文件移到 history\n";
        print(&message);
        Ok(Outcome::Done)
    }
}
