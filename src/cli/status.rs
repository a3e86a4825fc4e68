//! `gongbao status`: which bodies have submitted a report, which reports have errors, which are published.

mod json;
mod terminal;

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    Failure, Outcome, check_options::CheckArguments, colour, config::Settings, print, print_json, tell,
    tell_styled,
};
use crate::{
    batch::{CheckResult, ReportInput, check_all, submissions_below},
    output::save,
};
use gongbao_core::{
    file::{self, LARGEST_SETTINGS},
    finding::{render_all, summary},
    paths::PathExt,
    roster::Roster,
    status::{Board, Submission},
};
use gongbao_formats::workbook::status_workbook;

/// Text at the end of `gongbao status --help`.
const NOTES: &str = "\
状态：
  退回      报告有错误（另列原因），或者同一单位报了两份
  读不出    文件打不开，也看不出是哪个单位的
  未报      名册上有，没有报告文件
  不在名册  有报告，名册上没有这个单位；名称相近的会问是不是同一单位
  已过      没有错误；正文与表格不一致一类的提醒有几处，写在后面的括号里
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
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        vec![&self.folder]
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        if !self.folder.is_dir() {
            return Err(Failure(format!("“{}”不是文件夹。请检查路径", self.folder.to_text())));
        }
        let roster_file = self.roster.as_deref().or(settings.roster.as_deref());
        let roster = roster_file.map(read_roster).transpose()?;
        let inputs = self.inputs(settings, roster_file)?;
        // With a roster an empty folder is valid: no body has submitted a report.
        if inputs.is_empty() && roster.is_none() {
            let folder = self.folder.to_text();
            return Err(Failure(format!(
                "在“{folder}”里没有找到报告文件（.toml、.json、.yaml、.xlsx、.pdf）。请检查路径"
            )));
        }
        let board = Board::new(roster.as_ref(), self.submissions(&inputs, settings)?);
        if let Some(out) = &self.out {
            save(out, &status_workbook(&board)?)?;
        }
        if self.json {
            print_json(&json::json(&board))?;
        } else {
            print(&terminal::table(&board));
            if let Some(out) = &self.out {
                print(&format!("\n报送情况表：{}\n", out.to_text()));
            }
        }
        let worst = board.bodies.iter().map(|body| CheckResult::of(&body.findings)).max();
        Ok(worst.map_or(Outcome::Done, Outcome::from))
    }

    /// Lists the files that may be reports, without the roster.
    fn inputs(&self, settings: &Settings, roster: Option<&Path>) -> Result<Vec<ReportInput>, Failure> {
        let mut inputs = submissions_below(&self.folder, &settings.out)?;
        if let Some(roster) = roster.and_then(|roster| roster.canonical().ok()) {
            inputs.retain(|input| !input.is_file(&roster));
        }
        Ok(inputs)
    }

    /// Reads and checks the submitted files. The workbook of an earlier run (`--out`) is left out.
    fn submissions(&self, inputs: &[ReportInput], settings: &Settings) -> Result<Vec<Submission>, Failure> {
        let fonts = settings.fonts()?;
        let out = self.out.as_ref().and_then(|out| out.canonical().ok());
        let mut submissions = Vec::new();
        let mut setup = CheckArguments::default().setup(settings)?;
        for (input, loaded) in inputs.iter().zip(check_all(inputs, &fonts, &mut setup)?) {
            if out.as_ref().is_some_and(|out| input.is_file(out)) {
                if loaded.file.is_some() {
                    let file = input.name();
                    return Err(Failure(format!(
                        "“{file}”是一份报告，不能用作报送情况表。请换一个文件名（-o）"
                    )));
                }
            } else if loaded.passed_over {
                tell(&input.skipped_message());
            } else {
                let path = input.path.as_deref().unwrap_or(Path::new("-"));
                submissions.push(Submission::new(path, &self.folder, loaded, || input.bytes().ok()));
            }
        }
        Ok(submissions)
    }
}

/// Reads the roster; shows the findings if it cannot be used.
///
/// # Errors
/// The roster cannot be read or has errors.
pub(super) fn read_roster(file: &Path) -> Result<Roster, Failure> {
    let shown = file.to_text();
    let bytes = file::read(file, LARGEST_SETTINGS)
        .map_err(|error| Failure(format!("名册“{shown}”读不出来：{error}")))?;
    Roster::read(&shown.to_string(), &bytes).map_err(|findings| {
        tell_styled(&render_all(&findings, colour::on_stderr()));
        Failure(format!("名册“{shown}”有错（{}）。请先改正名册", summary(&findings)))
    })
}
