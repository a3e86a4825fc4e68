//! `gongbao build`: check, then make the outputs of each report.

use std::{io::IsTerminal, path::PathBuf, time::Instant};

use clap::Args;
use serde::Serialize;

use super::{
    Failure, Outcome,
    batch::{in_order, read_all},
    check::outcome,
    config::Settings,
    input::{self, Input},
    print, tell,
    yardsticks::{self, Yardsticks},
};
use crate::{
    finding::{Finding, render_all, summary},
    judge,
    output::{Folder, Kind, Made, Maker, Plan, WordMargins},
};

/// Arguments of `gongbao build`.
#[derive(Debug, Args)]
pub(super) struct Build {
    /// 报告文件（.toml、.json、.yaml）、文件夹，或 - （从标准输入读）
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 成品放到哪个文件夹，默认 out
    #[arg(short, long = "out", value_name = "文件夹")]
    out: Option<PathBuf>,
    /// 只生成其中几种（web、print、docx、data），用逗号分开；默认 web,print
    #[arg(long, value_name = "种类", value_delimiter = ',', hide_possible_values = true)]
    only: Vec<Kind>,
    /// 同时处理几份
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    jobs: Option<u16>,
    /// 有错也先出样稿：每页印上“草稿”二字（或给出的字样），另存为 STEM-draft.pdf
    #[arg(long, value_name = "字样", num_args = 0..=1, require_equals = true, default_missing_value = "草稿")]
    draft: Option<String>,
    /// 没有变化的也重新生成
    #[arg(long)]
    force: bool,
    /// 网站用PDF里不附数据
    #[arg(long)]
    no_attach: bool,
    /// Word 文件的页边距：setup 按页面设置里的数（3.7、3.5厘米，默认），letters 按文字的边缘
    #[arg(long, value_name = "算法", hide_possible_values = true)]
    word_margins: Option<WordMargins>,
    #[command(flatten)]
    yardsticks: yardsticks::Given,
    /// 结果写成 JSON
    #[arg(long)]
    json: bool,
}

/// How many reports are held at once while the run is surveyed.
const SURVEYED_AT_ONCE: usize = 64;

/// What became of one report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum State {
    Built,
    Unchanged,
    Refused,
    Failed,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Built => "已生成",
            Self::Unchanged => "没有变化",
            Self::Refused => "退回",
            Self::Failed => "失败",
        }
    }
}

/// One report of the summary.
#[derive(Debug, Serialize)]
struct Entry {
    file: String,
    stem: String,
    state: State,
    outputs: Vec<String>,
    seconds: f64,
    #[serde(skip)]
    findings: Vec<Finding>,
    #[serde(skip)]
    failure: Option<String>,
    #[serde(skip)]
    pages: Vec<Option<usize>>,
}

impl Build {
    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let out = self.out.clone().unwrap_or_else(|| settings.out.clone());
        let inputs = input::inputs(&self.files, &out)?;
        input::distinct(&inputs)?;
        let mut yardsticks = self.yardsticks.settle(settings)?;
        survey(&inputs, &mut yardsticks)?;
        let fonts = settings.fonts()?;
        let template = settings.template()?;
        let plan = Plan {
            kinds: if self.only.is_empty() { Kind::DEFAULT.to_vec() } else { self.only.clone() },
            draft: self.draft.clone(),
            attach: !self.no_attach,
            word_margins: self.word_margins.unwrap_or(settings.word_margins),
            force: self.force,
        };
        let maker = Maker::new(&fonts, &template, plan)?;

        let made = in_order(inputs.iter().collect(), self.jobs.map(usize::from), |input| {
            let entry = self.one(input, &Folder::new(&out, &input.stem), &maker, &yardsticks);
            entry.iter().for_each(|entry| self.show(entry));
            // What Typst remembers of this report serves no other; kept, it would only grow.
            typst::comemo::evict(0);
            entry
        })?;
        let entries: Vec<Entry> = made.into_iter().flatten().collect();
        self.conclude(&entries)
    }

    /// Reads, checks and makes one report; `None` where the file is none.
    fn one(
        &self,
        input: &Input,
        folder: &Folder,
        maker: &Maker<'_>,
        yardsticks: &Yardsticks,
    ) -> Option<Entry> {
        let start = Instant::now();
        let against = yardsticks.against(maker.fonts());
        let judged = judge(&input.name(), input.bytes(), input.base(), input.found, against);
        if judged.passed_over {
            tell(&format!("略过“{}”：开头没有 year，不是报告\n", input.name()));
            return None;
        }
        let judged = yardsticks.strict(judged);
        let mut entry = Entry {
            file: input.name(),
            stem: input.stem.clone(),
            state: State::Refused,
            outputs: Vec::new(),
            seconds: 0.0,
            findings: judged.findings,
            failure: None,
            pages: Vec::new(),
        };
        let refused = entry.findings.iter().any(|finding| {
            finding.blocks() && (self.draft.is_none() || !finding.is_let_through_in_a_draft())
        });
        if let (Some(file), false) = (&judged.file, refused) {
            match maker.make(file, folder) {
                Ok(Made { unchanged, outputs }) => {
                    entry.state = if unchanged { State::Unchanged } else { State::Built };
                    entry.pages = outputs.iter().map(|output| output.pages).collect();
                    entry.outputs =
                        outputs.into_iter().map(|o| folder.path(&o.path).display().to_string()).collect();
                }
                Err(error) => {
                    entry.state = State::Failed;
                    entry.failure = Some(error.to_string());
                }
            }
        }
        entry.seconds = (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
        Some(entry)
    }

    /// Tells people what became of a report as soon as it is known.
    fn show(&self, entry: &Entry) {
        let mut told = render_all(&entry.findings, std::io::stderr().is_terminal());
        if let Some(failure) = &entry.failure {
            told += &format!("“{}”没有生成：{failure}\n", entry.file);
        }
        tell(&told);
        if self.json {
            return;
        }
        let mut shown = format!("{} {}", entry.state.name(), entry.file);
        match entry.state {
            State::Refused => shown += &format!("（{}），原有文件没有改动", summary(&entry.findings)),
            State::Failed => shown += "，原有文件没有改动",
            State::Built | State::Unchanged => {}
        }
        shown.push('\n');
        for (output, pages) in entry.outputs.iter().zip(&entry.pages) {
            let pages = pages.map_or_else(String::new, |pages| format!("（{pages}页）"));
            shown += &format!("  {output}{pages}\n");
        }
        print(&shown);
    }

    fn conclude(&self, entries: &[Entry]) -> Result<Outcome, Failure> {
        let findings: Vec<&Finding> = entries.iter().flat_map(|entry| &entry.findings).collect();
        if self.json {
            let json = serde_json::json!({ "reports": entries, "findings": findings });
            print(&format!("{}\n", serde_json::to_string_pretty(&json)?));
        } else if entries.len() > 1 {
            let count = |state| entries.iter().filter(|entry| entry.state == state).count();
            print(&format!(
                "共{}份：已生成{}份，没有变化{}份，退回{}份，失败{}份\n",
                entries.len(),
                count(State::Built),
                count(State::Unchanged),
                count(State::Refused),
                count(State::Failed)
            ));
        }
        let worst = entries.iter().map(|entry| match entry.state {
            State::Failed => Outcome::Failed,
            _ => outcome(&entry.findings),
        });
        Ok(worst.max().unwrap_or(Outcome::Failed))
    }
}

/// Gets to know all reports of the run before the first is made: who copied from whom, and which is whose
/// of the year before. They are read again when their turn comes, so that thousands need not be held at once.
fn survey(inputs: &[Input], yardsticks: &mut Yardsticks) -> Result<(), Failure> {
    // One alone has nobody to copy from, and standard input can be read only once.
    let files: Vec<Input> = inputs.iter().filter(|input| input.path.is_some()).cloned().collect();
    if files.len() < 2 {
        return Ok(());
    }
    for some in files.chunks(SURVEYED_AT_ONCE) {
        for (input, judged) in some.iter().zip(read_all(some)?) {
            judged.file.iter().for_each(|file| yardsticks.know(file, input.path.as_deref()));
        }
    }
    Ok(())
}
