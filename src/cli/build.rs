//! `gongbao build`: check, then make the outputs of each report.

mod entry;
mod gauge;
mod interrupt;
mod memory;
mod shard;
mod summary;

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

use clap::Args;

use super::values;
use super::{
    Failure, Outcome,
    batch::{in_order, read_all, threads},
    config::Settings,
    input::{self, Input},
    print, tell,
    yardsticks::{self, Yardsticks},
};
use crate::{
    output::{Claim, Folder, Kind, Made, Maker, Plan, Share, sweep},
    typeset::fonts::FontSet,
};
use gongbao_core::finding::render_all;
use gongbao_formats::load::load_and_check;

use entry::{Entry, State};
use gauge::Gauge;
use interrupt::Interrupt;
use memory::{Known, Memory, Notebook};
use shard::{Part, Shard};

/// What stands under `gongbao build --help`.
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
    yardsticks: yardsticks::Given,
    /// 全部报告分成 N 份，只做第 I 份（从 0 算起）；写 auto/N 时，I 由作业调度系统给出
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// 结果另存为表格（.csv），每份报告一行
    #[arg(long, value_name = "FILE.csv")]
    csv: Option<PathBuf>,
    /// 结果写成 JSON
    #[arg(long)]
    json: bool,
}

/// How many reports are held at once while the run is surveyed.
const SURVEYED_AT_ONCE: usize = 64;

/// How one input ended.
enum End {
    Report(Box<Entry>),
    /// It is no report.
    PassedOver,
    /// Nobody got to it before the interruption.
    Left,
}

impl Build {
    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let out = self.out.clone().unwrap_or_else(|| settings.out.clone());
        let all = input::inputs(&self.files, &out)?;
        input::distinct(&all)?;
        let shard = self.shard.as_ref().map(Shard::settle).transpose()?;
        let inputs: Vec<&Input> = match shard {
            Some(shard) => shard.of(&all),
            None => all.iter().collect(),
        };
        let fonts = settings.fonts()?;
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let ahead = || fonts.read_ahead(&stop);
            if self.draft.is_some() || self.kinds().iter().any(|kind| matches!(kind, Kind::Web | Kind::Print))
            {
                // Without this thread all is done as well, only later.
                let _ = std::thread::Builder::new().spawn_scoped(scope, ahead);
            }
            let outcome = self.make_all(settings, &fonts, &out, &all, &inputs, shard);
            stop.store(true, Ordering::Relaxed);
            outcome
        })
    }

    fn kinds(&self) -> Vec<Kind> {
        if self.only.is_empty() {
            Kind::DEFAULT.into()
        } else {
            self.only.iter().copied().map(Kind::from).collect()
        }
    }

    /// Judges and makes `inputs`; `all` are what they are held against.
    fn make_all(
        &self,
        settings: &Settings,
        fonts: &FontSet,
        out: &Path,
        all: &[Input],
        inputs: &[&Input],
        shard: Option<Part>,
    ) -> Result<Outcome, Failure> {
        let mut yardsticks = self.yardsticks.settle(settings)?;
        let template = settings.template()?;
        let plan = Plan {
            kinds: self.kinds().to_vec(),
            draft: self.draft.clone(),
            attach: !self.no_attach,
            portal: settings.portal.clone(),
            word_margins: self.word_margins.map_or(settings.word_margins, Into::into),
            force: self.force,
            inline_corrections: self.inline_corrections,
        };
        let maker = Maker::new(fonts, &template, plan)?;
        let share = shard.map_or(Share::Whole, |shard| shard.share());
        let claim = Claim::take(out, share)?;
        if claim.is_resumed() {
            inputs.iter().for_each(|input| sweep(&Folder::new(out, &input.stem)));
        }
        // A single report is judged sooner than remembered; standard input cannot be looked at twice.
        let remembers =
            inputs.len() > 1 && self.draft.is_none() && all.iter().all(|input| input.path.is_some());
        let digest = if remembers {
            memory::digest_of(all, &self.yardsticks.digests(settings)?, &maker.digest())?
        } else {
            String::new()
        };
        let memory = Memory::open(out, share, &digest).filter(|_| remembers && !self.force);
        let recalled = in_order(inputs.to_vec(), None, |input| {
            memory.as_ref()?.recall(input, &Folder::new(out, &input.stem))
        })?;
        let is_known = recalled.iter().all(Option::is_some);
        if !is_known {
            survey(all, &mut yardsticks)?;
        }
        let notebook = Notebook::new(out, share, remembers && !is_known);
        let interrupt = Interrupt::listen();
        let gauge = Gauge::new(inputs.len());
        let jobs = self.jobs.map(usize::from);
        let remembered = threads(jobs) + 1;
        let work = |(input, recalled): (&Input, Option<Known>)| {
            if interrupt.is_set() {
                return End::Left;
            }
            let folder = Folder::new(out, &input.stem);
            match recalled {
                Some(known) if is_known => self.recall(known, input, &folder, &gauge),
                _ => {
                    let end = self.one(input, &folder, &maker, &yardsticks, &gauge, &notebook);
                    // Every report of a form has the same labels, headings and template: what served one of the last
                    // reports, on whichever thread, stays remembered; the rest would only grow.
                    typst::comemo::evict(remembered);
                    end
                }
            }
        };
        let ends = in_order(inputs.iter().copied().zip(recalled).collect(), jobs, work)?;
        gauge.finish();
        let left = ends.iter().filter(|end| matches!(end, End::Left)).count();
        let entries: Vec<Entry> = ends
            .into_iter()
            .filter_map(|end| match end {
                End::Report(entry) => Some(*entry),
                End::PassedOver | End::Left => None,
            })
            .collect();
        let stands = |entry: &Entry| matches!(entry.state, State::Built | State::Unchanged);
        // A run that wrote nothing leaves nothing.
        if remembers && !is_known && left == 0 && entries.iter().any(stands) {
            notebook.keep(out, share, &digest);
        }
        self.conclude(&entries, left)
    }

    /// Reads, checks and makes one report.
    fn one(
        &self,
        input: &Input,
        folder: &Folder,
        maker: &Maker<'_>,
        yardsticks: &Yardsticks,
        gauge: &Gauge,
        notebook: &Notebook,
    ) -> End {
        let start = Instant::now();
        let against = yardsticks.against(maker.fonts());
        let judged = load_and_check(&input.name(), input.bytes(), input.base(), input.found, against);
        if judged.passed_over {
            notebook.note(Some(&Known::passed_over(input)));
            gauge.step(|| tell(&input.told_passed_over()));
            return End::PassedOver;
        }
        let mut made = Vec::new();
        let judged = yardsticks.strict(judged);
        let mut entry = Entry::new(input, &judged);
        let refused = judged
            .findings
            .iter()
            .any(|finding| finding.blocks() && (self.draft.is_none() || finding.concern().stops_draft()));
        if let (Some(file), false) = (&judged.file, refused) {
            match maker.make(file, folder) {
                Ok(Made { unchanged, outputs }) => {
                    entry.state = if unchanged { State::Unchanged } else { State::Built };
                    entry.pages = outputs.iter().map(|output| output.pages).collect();
                    entry.outputs =
                        outputs.iter().map(|o| folder.path(&o.path).display().to_string()).collect();
                    made = outputs;
                }
                Err(error) => {
                    entry.state = State::Failed;
                    entry.failure = Some(error.to_string());
                }
            }
        }
        entry.seconds = (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
        let found = render_all(&judged.findings, true);
        gauge.step(|| entry.show(&found, self.json));
        notebook.note(Known::of(&entry, &judged, &made, found).as_ref());
        if self.json {
            entry.keep(&judged.findings);
        }
        End::Report(Box::new(entry))
    }

    /// A report that needs neither be judged nor made again.
    fn recall(&self, known: Known, input: &Input, folder: &Folder, gauge: &Gauge) -> End {
        if known.is_passed_over() {
            gauge.step(|| tell(&input.told_passed_over()));
            return End::PassedOver;
        }
        let (mut entry, found) = known.entry(input, folder);
        gauge.step(|| entry.show(&found, self.json));
        if !self.json {
            entry.findings = Vec::new();
        }
        End::Report(Box::new(entry))
    }

    fn conclude(&self, entries: &[Entry], left: usize) -> Result<Outcome, Failure> {
        if let Some(csv) = &self.csv {
            summary::save_csv(csv, entries)?;
        }
        if self.json {
            print(&summary::json(entries)?);
        } else if entries.len() > 1 {
            print(&summary::line(entries));
        }
        if left > 0 {
            return Err(Failure(format!(
                "已中断：做完{}份，还有{left}份没有处理。再运行一次同样的命令就接着做",
                entries.len()
            )));
        }
        Ok(entries.iter().map(Entry::outcome).max().unwrap_or(Outcome::Done))
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
