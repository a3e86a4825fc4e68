//! The command line: arguments become settled settings before any work; each command is one file.

mod about;
mod batch;
mod build;
mod check;
mod config;
mod fonts;
mod import;
mod input;
mod kinds;
mod status;
mod usage;
mod yardsticks;

use std::{ffi::OsString, path::PathBuf, process::ExitCode};

use clap::{Args, CommandFactory, Parser, Subcommand};

use config::Settings;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Done; no errors.
    Done,
    /// There are errors in what was read.
    Errors,
    /// The command could not be carried out.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::from(0),
            Outcome::Errors => Self::from(1),
            Outcome::Failed => Self::from(2),
        }
    }
}

/// A command that could not be carried out: what to tell people, in Chinese.
#[derive(Debug)]
pub struct Failure(pub String);

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// 把一个机关的数据和文字排成政府信息公开工作年度报告
#[derive(Debug, Parser)]
#[command(name = "gongbao", version, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = usage::EXAMPLES, help_template = usage::TEMPLATE)]
#[command(subcommand_value_name = "命令", subcommand_help_heading = "命令")]
struct Cli {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
struct Shared {
    /// 另有官方字体的文件夹，可以给多次；其中的字体按名称取代默认字体
    #[arg(long, global = true, value_name = "文件夹", help_heading = "通用选项")]
    font_dir: Vec<PathBuf>,
    /// 用自己的模板：一个含有 report.typ 的文件夹
    #[arg(long, global = true, value_name = "文件夹", help_heading = "通用选项")]
    template: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 检查报告，然后生成网站用PDF和纸质件
    Build(build::Build),
    /// 只检查，列出发现的问题
    Check(check::Check),
    /// 把Word文档、网页、Excel表格里的报告读成数据文件；也在各种数据文件之间转换
    Import(import::Import),
    /// 各单位谁没有报、谁被退回（为什么）、谁已通过、谁已公布
    Status(status::Status),
    /// 各种文字用哪个字体，缺哪些字
    Fonts(fonts::Fonts),
    /// 报告文件的 JSON Schema，供编辑器核对
    Schema(about::Schema),
    /// 命令补全脚本
    Completions(about::Completions),
    /// 联机手册（man page）
    Man(about::Man),
}

/// Runs the program with these arguments, the first being its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let command = usage::localised(Cli::command());
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::report(&error),
    };
    let cli = match <Cli as clap::FromArgMatches>::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return usage::report(&error),
    };
    let done = Settings::settle(&cli.shared).and_then(|settings| match cli.command {
        Command::Build(build) => build.run(&settings),
        Command::Check(check) => check.run(&settings),
        Command::Import(import) => import.run(&settings),
        Command::Status(status) => status.run(&settings),
        Command::Fonts(fonts) => fonts.run(&settings),
        Command::Schema(schema) => schema.run(),
        Command::Completions(completions) => completions.run(Cli::command()),
        Command::Man(man) => man.run(usage::localised(Cli::command())),
    });
    done.unwrap_or_else(|Failure(message)| {
        tell(&format!("无法执行：{message}\n"));
        Outcome::Failed
    })
}

/// Writes to standard output; a reader that went away ends nothing.
fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes to standard error.
fn tell(text: &str) {
    use std::io::Write;
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
