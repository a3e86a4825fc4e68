//! `gongbao build`: checks reports and makes their outputs.

mod interrupt;
mod progress;
mod shard;
mod summary;

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    Failure, Outcome,
    check_options::{CheckArguments, setup_failure},
    config::Settings,
    print, print_json, values,
};
use crate::{
    batch::{BatchBuild, BatchError, BuildState, BuildSummary, ReportResult, distinct, inputs},
    output::{Kind, Plan, Shard},
};

use progress::Progress;
use shard::ShardArgument;

/// Text at the end of `gongbao build --help`.
const NOTES: &str = "\
成批生成：
  文件夹里的报告按处理器个数同时生成，每份完成时印一行，最后印一行合计；没有变化的不重新生成。
  按 Ctrl-C 写完手头的报告就停。断电、强行结束之后，再运行一次同样的命令就接着做。
  同一个成品文件夹，同一时间只能有一次运行（--shard 的各份除外）。
  上万份的，用 --shard 分给多台机器，见 docs/batch.md。

例：
  gongbao build 各部门 -o 成品 --csv 结果.csv
  gongbao build 全省 -o 成品 --shard 0/8
";

/// Arguments of `gongbao build`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Build {
    /// 报告文件（.toml、.json、.yaml、.xlsx）、文件夹，或 - （从标准输入读）
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 成品放到哪个文件夹，默认 out
    #[arg(short, long = "out", value_name = "文件夹")]
    out: Option<PathBuf>,
    /// 只生成其中几种（web、print、html、docx、data），用逗号分开；默认 web,print,html
    #[arg(long, value_name = "种类", value_delimiter = ',', hide_possible_values = true)]
    only: Vec<values::Only>,
    /// 同时处理几份
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// 有错也先出样稿：每页印上“草稿”二字（或给出的字样），另存为 STEM-draft.pdf
    #[arg(long, value_name = "字样", num_args = 0..=1, require_equals = true, default_missing_value = "草稿")]
    draft: Option<String>,
    /// 没有变化的也重新生成
    #[arg(long)]
    force: bool,
    /// 网站用PDF和网页里不附数据
    #[arg(long)]
    no_attach: bool,
    /// Word 文件的页边距：setup 按页面设置里的数（3.7、3.5厘米，默认），letters 按文字的边缘
    #[arg(long, value_name = "算法", hide_possible_values = true)]
    word_margins: Option<values::Margins>,
    /// 更正记录也印在报告末尾（不写时只另出更正说明）
    #[arg(long)]
    inline_corrections: bool,
    #[command(flatten)]
    check: CheckArguments,
    /// 全部报告分成 N 份，只做第 I 份（从 0 算起）；写 auto/N 时，I 由作业调度系统给出
    #[arg(long, value_name = "I/N")]
    shard: Option<ShardArgument>,
    /// 结果另存为表格（.csv），每份报告一行
    #[arg(long, value_name = "FILE.csv")]
    csv: Option<PathBuf>,
    /// 结果写成 JSON
    #[arg(long)]
    json: bool,
}

impl Build {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        self.files.iter().map(PathBuf::as_path).collect()
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let out = self.out.clone().unwrap_or_else(|| settings.out.clone());
        let all = inputs(&self.files, &out)?;
        distinct(&all)?;
        let shard = self.shard.as_ref().map(ShardArgument::settle).transpose()?.unwrap_or(Shard::Whole);
        let fonts = settings.fonts()?;
        let template = settings.template()?;
        let build = BatchBuild {
            inputs: &all,
            shard,
            out: &out,
            fonts: &fonts,
            template: &template,
            plan: self.plan(settings),
            check: self.check.options(settings),
            jobs: self.jobs.map(usize::from),
            keep_findings: self.json,
        };
        let progress = Progress::new(self.json);
        let summary = build.run(&progress);
        progress.finish();
        let summary = summary.map_err(|error| match error {
            BatchError::Setup(error) => setup_failure(error),
            error => error.into(),
        })?;
        self.conclude(&summary)
    }

    fn plan(&self, settings: &Settings) -> Plan {
        let kinds = if self.only.is_empty() {
            Kind::DEFAULT.to_vec()
        } else {
            self.only.iter().copied().map(Kind::from).collect()
        };
        Plan {
            draft: self.draft.clone(),
            attach: !self.no_attach,
            portal: settings.portal.clone(),
            word_margins: self.word_margins.map_or(settings.word_margins, Into::into),
            force: self.force,
            inline_corrections: self.inline_corrections,
            ..Plan::new(kinds)
        }
    }

    /// Writes the summary of the run and returns its exit status.
    fn conclude(&self, BuildSummary { results, left, .. }: &BuildSummary) -> Result<Outcome, Failure> {
        if let Some(csv) = &self.csv {
            summary::save_csv(csv, results)?;
        }
        if self.json {
            print_json(&summary::json(results))?;
        } else if results.len() > 1 {
            print(&summary::line(results));
        }
        if *left > 0 {
            return Err(Failure(format!(
                "已中断：做完{}份，还有{left}份没有处理。再运行一次同样的命令就接着做",
                results.len()
            )));
        }
        Ok(results.iter().map(outcome).max().unwrap_or(Outcome::Done))
    }
}

/// Returns the exit status of one report.
fn outcome(result: &ReportResult) -> Outcome {
    match result.state {
        BuildState::Failed => Outcome::Failed,
        _ => result.check.into(),
    }
}
