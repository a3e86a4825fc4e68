//! `gongbao fonts`: lists the font of each role and the characters it lacks.

use clap::Args;

use super::{Failure, Outcome, config::Settings, print, print_json};
use crate::{
    output::save,
    typeset::fonts::{FontsReport, INDEX_FILE, build_index, find_official_on_system},
};
use gongbao_core::paths::PathExt;

/// Arguments of `gongbao fonts`.
#[derive(Debug, Args)]
pub(super) struct Fonts {
    /// 看看这些字用哪个字体
    #[arg(long, value_name = "文字")]
    probe: Option<String>,
    /// 结果写成 JSON
    #[arg(long)]
    json: bool,
    /// Writes the index of the default fonts; needed after a change in `fonts/`.
    #[arg(long, hide = true)]
    index: bool,
}

impl Fonts {
    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let default_dir = Settings::default_fonts()?;
        if self.index {
            save(&default_dir.join(INDEX_FILE), build_index(&default_dir)?.as_bytes())?;
            return Ok(Outcome::Done);
        }
        let report = FontsReport::new(&settings.fonts()?, &default_dir, self.probe.as_deref());
        let official = find_official_on_system()?;
        if self.json {
            let mut json = serde_json::to_value(&report)?;
            json["on_system"] = serde_json::to_value(&official)?;
            print_json(&json)?;
            return Ok(Outcome::Done);
        }
        print(&report.to_string());
        if settings.font_dirs.is_empty() {
            for folder in official {
                let roles: Vec<&str> = folder.roles.iter().map(|role| role.name()).collect();
                print(&format!(
                    "\n本机的“{}”里有{}的官方字体。要用它们，在 gongbao.toml 里写：\n  {}\n",
                    folder.dir.to_text(),
                    roles.join("、"),
                    folder.line()
                ));
            }
        }
        Ok(Outcome::Done)
    }
}
