//! `gongbao schema`, `completions`, `man`: JSON Schema, shell completions, manual page.

use clap::{Args, Command};

use super::{Failure, Outcome, print_data, print_json};
use gongbao_core::{form, report};

/// Arguments of `gongbao schema`.
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// 只要某一格式的（2019、2021，或自己的格式文件）
    #[arg(long, value_name = "格式")]
    form: Option<String>,
}

impl Schema {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let schema = match self.form.as_deref() {
            None => report::json_schema(None)?,
            Some(path) if path.ends_with(".toml") => {
                report::json_schema(Some(&form::from_path(path.as_ref())?))?
            }
            Some(id) => {
                let form = form::by_id(id)?.ok_or_else(|| Failure(format!("没有“{id}”这个格式")))?;
                report::json_schema(Some(form))?
            }
        };
        print_json(&schema)?;
        Ok(Outcome::Done)
    }
}

/// Arguments of `gongbao completions`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// 哪种命令行
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

impl Completions {
    pub(super) fn run(self, mut command: Command) -> Result<Outcome, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "gongbao", &mut script);
        print_data(&String::from_utf8_lossy(&script));
        Ok(Outcome::Done)
    }
}

/// Arguments of `gongbao man`.
#[derive(Debug, Args)]
pub(super) struct Man {}

impl Man {
    pub(super) fn run(self, command: Command) -> Result<Outcome, Failure> {
        let mut page = Vec::new();
        clap_mangen::Man::new(command.clone()).render(&mut page)?;
        // One manual page contains all commands.
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            let man = clap_mangen::Man::new(sub.clone().display_name(format!("gongbao {}", sub.get_name())));
            man.render_name_section(&mut page)?;
            man.render_synopsis_section(&mut page)?;
            man.render_options_section(&mut page)?;
        }
        print_data(&String::from_utf8_lossy(&page));
        Ok(Outcome::Done)
    }
}
