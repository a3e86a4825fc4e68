//! The command line. Arguments and `gongbao.toml` become settings, a command calls the library and shows the result.
//! Each command is one file.

mod about;
mod audit;
mod build;
mod check;
mod check_options;
mod colour;
mod config;
mod correct;
mod development;
mod diff;
mod extract;
mod fonts;
mod import;
mod libreoffice;
mod new;
mod pdf_process;
mod publish;
mod reach;
mod rollup;
mod serve;
mod site;
mod status;
mod terminal;
mod usage;
mod values;
mod watch;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, CommandFactory, Parser, Subcommand};

use crate::batch::CheckResult;
use config::Settings;
use gongbao_core::file;
pub(crate) use terminal::{print, print_data, print_json, print_styled, tell, tell_styled};

/// Exit status of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Success.
    Done,
    /// The reports have errors.
    Errors,
    /// The command could not be executed.
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

impl From<CheckResult> for Outcome {
    fn from(result: CheckResult) -> Self {
        match result {
            CheckResult::Passed => Self::Done,
            CheckResult::Errors => Self::Errors,
            CheckResult::Unreadable => Self::Failed,
        }
    }
}

/// Error that ends a command, as a message in Chinese.
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

/// Options of all commands.
#[derive(Debug, Clone, Args)]
struct Shared {
    /// 另有官方字体的文件夹，可以给多次；其中的字体按名称取代默认字体
    #[arg(long, global = true, value_name = "文件夹", help_heading = "通用选项")]
    font_dir: Vec<PathBuf>,
    /// 用自己的模板：一个含有 report.typ 的文件夹
    #[arg(long, global = true, value_name = "文件夹", help_heading = "通用选项")]
    template: Option<PathBuf>,
    /// Uses the template, the page and the data of a repository instead of the embedded ones; for development.
    #[arg(long, global = true, hide = true, value_name = "ROOT")]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = ".")]
    dev: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 检查报告，然后生成网站用PDF、网页和纸质件
    Build(build::Build),
    /// 只检查，列出发现的问题
    Check(check::Check),
    /// 把PDF、Word文档、网页、Excel表格里的报告读成数据文件；也在各种数据文件之间转换
    Import(import::Import),
    /// 各单位谁没有报、谁被退回（为什么）、谁已通过、谁已公布
    Status(status::Status),
    /// 评估已公布的报告：PDF、网页、Word文档逐份读出、检查，看PDF的版面
    Audit(audit::Audit),
    /// 取出本程序生成的PDF所附的数据，并说明它有没有被改动
    Extract(extract::Extract),
    /// 两份报告有什么不同：逐个数据、逐段文字；可以另存花脸稿
    Diff(diff::Diff),
    /// 把报告记为已公布：公布日期和内容摘要写进文件，以后只能通过更正改动
    Publish(publish::Publish),
    /// 公布后的更正：把改了什么、为什么、哪天改的写进报告文件
    Correct(correct::Correct),
    /// 把各单位的报告汇总成一份：逐格相加，记住来源
    Rollup(rollup::Rollup),
    /// 新建一份报告来填，空白的或者从上一年的报告开始
    New(new::New),
    /// 把可以公开的成品集中到一个文件夹，带索引，可以直接放上网站
    Site(site::Site),
    /// 在浏览器里填报、检查、看版面：只在本机上
    Serve(serve::Serve),
    /// 报告、模板或字体一有改动就重新检查、生成
    Watch(watch::Watch),
    /// 各种文字用哪个字体，缺哪些字
    Fonts(fonts::Fonts),
    /// 报告文件的 JSON Schema，供编辑器核对
    Schema(about::Schema),
    /// 命令补全脚本
    Completions(about::Completions),
    /// 联机手册（man page）
    Man(about::Man),
}

impl Command {
    /// Returns the files and folders of reports that the user named, and the file to be written if it is a report.
    fn paths(&self) -> Vec<&Path> {
        match self {
            Self::Build(build) => build.paths(),
            Self::Check(check) => check.paths(),
            Self::Import(import) => import.paths(),
            Self::Status(status) => status.paths(),
            Self::Audit(audit) => audit.paths(),
            Self::Extract(extract) => extract.paths(),
            Self::Diff(diff) => diff.paths(),
            Self::Publish(publish) => publish.paths(),
            Self::Correct(correct) => correct.paths(),
            Self::Rollup(rollup) => rollup.paths(),
            Self::New(new) => new.paths(),
            Self::Serve(serve) => serve.paths(),
            Self::Watch(watch) => watch.paths(),
            Self::Site(_) | Self::Fonts(_) | Self::Schema(_) | Self::Completions(_) | Self::Man(_) => {
                Vec::new()
            }
        }
    }
}

/// Runs the program. The first argument is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(outcome) = pdf_process::answer(&arguments) {
        return outcome;
    }
    pdf_process::install();
    libreoffice::install();
    gongbao_core::isolate::report_panics(|place| tell(&format!("程序内部出错（{place}）\n")));
    let outcome = gongbao_core::isolate::caught(|| dispatch(arguments)).unwrap_or_else(|| {
        tell("程序没有做完就停了，原有的文件没有改动。请把上面的话和所用的文件交给程序的维护者\n");
        Outcome::Failed
    });
    terminal::concluded(outcome)
}

fn dispatch(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let command = usage::localised(Cli::command());
    let matches = match command.try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return usage::report(&error),
    };
    let cli = match <Cli as clap::FromArgMatches>::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return usage::report(&error),
    };
    file::set_root(reach::root(&cli.command.paths()));
    let done = Settings::settle(&cli.shared).and_then(|settings| match cli.command {
        Command::Build(build) => build.run(&settings),
        Command::Check(check) => check.run(&settings),
        Command::Import(import) => import.run(&settings),
        Command::Status(status) => status.run(&settings),
        Command::Audit(audit) => audit.run(&settings),
        Command::Extract(extract) => extract.run(&settings),
        Command::Diff(diff) => diff.run(&settings),
        Command::Publish(publish) => publish.run(&settings),
        Command::Correct(correct) => correct.run(&settings),
        Command::Rollup(rollup) => rollup.run(&settings),
        Command::New(new) => new.run(),
        Command::Site(site) => site.run(),
        Command::Serve(serve) => serve.run(&settings),
        Command::Watch(watch) => watch.run(&settings),
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
