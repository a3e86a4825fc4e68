//! Help texts in Chinese, and messages about wrong arguments.

use clap::{
    Command,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::{Outcome, print, tell};

/// Layout of `--help`.
pub(super) const TEMPLATE: &str = "{about-section}\n用法：{usage}\n\n{all-args}{after-help}";

/// Text at the end of `gongbao --help`.
pub(super) const EXAMPLES: &str = "\
例：
  gongbao new --agency 某某县民政局 --year 2025 -o 民政局-2025.xlsx   建一个工作簿来填
  gongbao build 民政局-2025.toml             检查并生成 out/民政局-2025/ 下的网站用PDF和纸质件
  gongbao build 各部门 -o 成品                把文件夹里的报告全部生成到“成品”
  gongbao build 民政局-2025.toml --draft      还没填完，先看样子
  gongbao check 民政局-2025.toml              只检查
  gongbao fonts --probe 李玥                  看看这些字用哪个字体
";

/// Translates the texts of clap into Chinese.
pub(super) fn localised(command: Command) -> Command {
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    let command = translated(command);
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, translated))
}

/// Translates one command without its subcommands.
fn translated(command: Command) -> Command {
    let is_root = command.has_subcommands();
    // `render_usage` completes the definition of a command, so it is called on a copy.
    let name = if is_root { "gongbao".to_owned() } else { format!("gongbao {}", command.get_name()) };
    let usage = command.clone().bin_name(name).render_usage().to_string();
    let usage = usage.trim_start_matches("Usage: ").replace("[OPTIONS]", "[选项]");
    let command = command
        .override_usage(usage)
        .help_template(TEMPLATE)
        .next_help_heading("选项")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(
            clap::Arg::new("help")
                .short('h')
                .long("help")
                .action(clap::ArgAction::Help)
                .help("显示这份说明")
                .help_heading("通用选项"),
        );
    let command = if is_root {
        command.arg(
            clap::Arg::new("version")
                .short('V')
                .long("version")
                .action(clap::ArgAction::Version)
                .help("显示版本")
                .help_heading("通用选项"),
        )
    } else {
        command
    };
    command.mut_args(|arg| {
        let positional = arg.is_positional();
        match arg.get_help_heading() {
            None => arg.help_heading(if positional { "参数" } else { "选项" }),
            Some(_) => arg,
        }
    })
}

/// Prints help, the version, or a message about wrong arguments.
pub(super) fn report(error: &clap::Error) -> Outcome {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        print(&error.to_string());
        return Outcome::Done;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        tell(&error.to_string());
        return Outcome::Failed;
    }
    tell(&format!("命令写得不对：{}\n详细用法请看 gongbao --help\n", explain(error)));
    Outcome::Failed
}

fn explain(error: &clap::Error) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let mut said = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有“{argument}”这个选项"),
        ErrorKind::InvalidSubcommand => format!("没有“{}”这个命令", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("还缺 {argument}"),
        ErrorKind::MissingSubcommand => "没有说要执行哪个命令".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("“{argument}”后面还缺一个值"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("“{argument}”不能是“{value}”")
        }
        ErrorKind::NoEquals => format!("“{argument}”和它的值之间要用等号"),
        ErrorKind::ArgumentConflict => {
            format!("“{argument}”不能和“{}”一起用", context(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("“{argument}”的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数里有不能识别的字符".to_owned(),
        _ => error.to_string(),
    };
    let valid = context(ContextKind::ValidValue);
    if !valid.is_empty() {
        said += &format!("，可以是 {valid}");
    }
    for kind in [ContextKind::SuggestedArg, ContextKind::SuggestedValue, ContextKind::SuggestedSubcommand] {
        let near = context(kind);
        if !near.is_empty() {
            said += &format!("。是不是“{near}”？");
        }
    }
    said
}
