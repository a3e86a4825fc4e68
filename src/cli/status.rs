//! `gongbao status`: which bodies have handed in, been sent back (and why), passed, published.

mod board;
mod claim;
mod group;
mod json;
mod row;
mod terminal;
mod workbook;

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    Failure, Outcome, batch,
    check::outcome,
    config::Settings,
    input::{self, Input},
    print, tell, yardsticks,
};
use crate::output::save;
use gongbao_core::{
    finding::{render_all, summary},
    roster::Roster,
};

use board::Board;
use group::Handed;

/// What stands under `gongbao status --help`.
const NOTES: &str = "\
状态：
  退回      报告有错误（另列原因），或者同一单位报了两份
  读不出    文件打不开，也看不出是哪个单位的
  未报      名册上有，没有报告文件
  不在名册  有报告，名册上没有这个单位；名称相近的会问是不是同一单位
  已过      没有错误
  已公布    没有错误，已用 gongbao publish 标明公布

退出码：
  0         全部已过或已公布
  1         有退回、未报，或者不在名册的报告有错误
  2         有打不开的文件，或者命令不能执行

例：
  gongbao status 各部门 --roster 名册.toml
  gongbao status 各部门 --roster 名册.csv -o 报送情况.xlsx

名册怎么写，见 docs/roster.md；也可以在 gongbao.toml 里写 roster = \"名册.toml\"。
";

/// Arguments of `gongbao status`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Status {
    /// 收到的报告所在的文件夹
    #[arg(required = true, value_name = "DIR")]
    folder: PathBuf,
    /// 名册：应当报送的单位（.toml，或者一行一个的名单、CSV）
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// 另存一份报送情况表（.xlsx）
    #[arg(short, long = "out", value_name = "FILE.xlsx")]
    out: Option<PathBuf>,
    /// 结果写成 JSON
    #[arg(long)]
    json: bool,
}

impl Status {
    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        if !self.folder.is_dir() {
            return Err(Failure(format!("“{}”不是文件夹。请检查路径", self.folder.display())));
        }
        let roster_file = self.roster.as_deref().or(settings.roster.as_deref());
        let roster = roster_file.map(read_roster).transpose()?;
        let inputs = self.inputs(settings, roster_file)?;
        // With a roster an empty folder has an answer: nobody has reported yet.
        if inputs.is_empty() && roster.is_none() {
            let folder = self.folder.display();
            return Err(Failure(format!(
                "在“{folder}”里没有找到报告文件（.toml、.json、.yaml、.xlsx）。请检查路径"
            )));
        }
        let board = Board::new(roster.as_ref(), self.handed_in(&inputs, settings)?);
        if let Some(out) = &self.out {
            save(out, &workbook::workbook(&board)?)?;
        }
        if self.json {
            print(&format!("{}\n", serde_json::to_string_pretty(&json::json(&board))?));
        } else {
            print(&terminal::table(&board));
            if let Some(out) = &self.out {
                print(&format!("\n报送情况表：{}\n", out.display()));
            }
        }
        Ok(board.rows.iter().map(|row| outcome(&row.findings)).max().unwrap_or(Outcome::Done))
    }

    /// The files that may be reports: neither the roster nor the workbook of an earlier run.
    fn inputs(&self, settings: &Settings, roster: Option<&Path>) -> Result<Vec<Input>, Failure> {
        let mut inputs = input::below(&self.folder, settings.out.canonicalize().ok().as_deref())?;
        if let Some(roster) = roster.and_then(|roster| roster.canonicalize().ok()) {
            inputs.retain(|input| !is(input, &roster));
        }
        Ok(inputs)
    }

    /// Reads and checks what was handed in.
    fn handed_in(&self, inputs: &[Input], settings: &Settings) -> Result<Vec<Handed>, Failure> {
        let fonts = settings.fonts()?;
        let out = self.out.as_ref().and_then(|out| out.canonicalize().ok());
        let mut handed = Vec::new();
        // A report is sent back for the same reasons that its own office is told by `check`.
        let mut yardsticks = yardsticks::Given::default().settle(settings)?;
        for (input, judged) in inputs.iter().zip(batch::judge_all(inputs, &fonts, &mut yardsticks)?) {
            if out.as_ref().is_some_and(|out| is(input, out)) {
                if judged.file.is_some() {
                    let file = input.name();
                    return Err(Failure(format!(
                        "“{file}”是一份报告，不能用作报送情况表。请换一个文件名（-o）"
                    )));
                }
            } else if judged.passed_over {
                tell(&input.told_passed_over());
            } else {
                handed.push(Handed::new(input, &self.folder, judged));
            }
        }
        Ok(handed)
    }
}

/// Whether an input is this file.
fn is(input: &Input, file: &Path) -> bool {
    input.path.as_ref().and_then(|path| path.canonicalize().ok()).is_some_and(|path| path == file)
}

/// Reads the roster; what is wrong with it is told with its lines.
pub(super) fn read_roster(file: &Path) -> Result<Roster, Failure> {
    let shown = file.display();
    let bytes = std::fs::read(file).map_err(|error| Failure(format!("名册“{shown}”读不出来：{error}")))?;
    Roster::read(&shown.to_string(), &bytes).map_err(|findings| {
        use std::io::IsTerminal;
        tell(&render_all(&findings, std::io::stderr().is_terminal()));
        Failure(format!("名册“{shown}”有错（{}）。请先改正名册", summary(&findings)))
    })
}
