//! Settings: `gongbao.toml` combined with the options of all commands, before a command begins.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Failure, Shared, development::Development, tell};
use crate::typeset::{
    fonts::{FontError, FontSet, default_dir},
    world::Template,
};
use gongbao_core::{
    file::{self, LARGEST_SETTINGS},
    paths::PathExt,
    text::visible,
};
use gongbao_formats::{html::Portal, word::WordMargins};

/// Settings of all commands.
#[derive(Debug, Clone)]
pub(super) struct Settings {
    /// Folders with the user's own fonts.
    pub(super) font_dirs: Vec<PathBuf>,
    /// Folder of the user's own template.
    pub(super) template: Option<PathBuf>,
    /// The output folder.
    pub(super) out: PathBuf,
    /// File with local rules.
    pub(super) rules: Option<PathBuf>,
    /// How the margins of Word files are measured.
    pub(super) word_margins: WordMargins,
    /// File with the bodies that must report.
    pub(super) roster: Option<PathBuf>,
    /// Values for the metadata of the website.
    pub(super) portal: Portal,
    /// The repository of `--dev`.
    pub(super) development: Option<Development>,
}

/// `gongbao.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Config {
    #[serde(default)]
    font_dir: Option<OneOrMore>,
    #[serde(default)]
    template: Option<PathBuf>,
    #[serde(default)]
    rules: Option<PathBuf>,
    #[serde(default)]
    roster: Option<PathBuf>,
    #[serde(default)]
    out: Option<PathBuf>,
    #[serde(default)]
    portal: Portal,
    #[serde(default)]
    word_margins: WordMargins,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(PathBuf),
    More(Vec<PathBuf>),
}

impl Settings {
    /// Combines the options with the `gongbao.toml` in the working folder or the nearest folder above it. Options take
    /// precedence.
    ///
    /// # Errors
    /// The `gongbao.toml` cannot be read.
    pub(super) fn settle(shared: &Shared) -> Result<Self, Failure> {
        let here = std::env::current_dir().map_err(|error| Failure(format!("找不到当前文件夹：{error}")))?;
        let (config, base) = match own_config(&here) {
            Some(file) => (read(&file)?, file.parent().unwrap_or(&here).to_owned()),
            None => (Config::default(), here),
        };
        let from_config = match config.font_dir {
            Some(OneOrMore::One(dir)) => vec![base.join(dir)],
            Some(OneOrMore::More(dirs)) => dirs.iter().map(|dir| base.join(dir)).collect(),
            None => Vec::new(),
        };
        Ok(Self {
            font_dirs: if shared.font_dir.is_empty() { from_config } else { shared.font_dir.clone() },
            template: shared.template.clone().or(config.template.map(|dir| base.join(dir))),
            out: config.out.map_or_else(|| PathBuf::from("out"), |dir| base.join(dir)),
            word_margins: config.word_margins,
            rules: config.rules.map(|file| base.join(file)),
            roster: config.roster.map(|file| base.join(file)),
            portal: config.portal,
            development: shared.dev.as_deref().map(Development::install).transpose()?,
        })
    }

    /// Returns the folder of the default fonts.
    ///
    /// # Errors
    /// The folder is not found.
    #[allow(clippy::disallowed_methods, reason = "this is the command line")]
    pub(super) fn default_fonts() -> Result<PathBuf, Failure> {
        let given = std::env::var_os("GONGBAO_FONTS").map(PathBuf::from);
        let program = std::env::current_exe().ok();
        default_dir(given.as_deref(), program.as_deref()).map_err(font_failure)
    }

    /// Loads the fonts. Shows warnings about the user's own fonts.
    ///
    /// # Errors
    /// The default fonts are not found, or a folder of the user's own fonts cannot be used.
    pub(super) fn fonts(&self) -> Result<FontSet, Failure> {
        let fonts = FontSet::load(&Self::default_fonts()?, &self.font_dirs).map_err(font_failure)?;
        for warning in fonts.warnings() {
            tell(&format!("提醒：{warning}。{}\n", warning.hint()));
        }
        Ok(fonts)
    }

    /// Loads the template.
    ///
    /// # Errors
    /// The folder of the template cannot be read.
    pub(super) fn template(&self) -> Result<Template, Failure> {
        Ok(match self.template_folder() {
            Some(folder) => Template::in_folder(&folder)?,
            None => Template::embedded()?,
        })
    }

    /// Returns the folder of the template, `None` for the embedded one.
    pub(super) fn template_folder(&self) -> Option<PathBuf> {
        self.template.clone().or_else(|| self.development.as_ref().map(Development::template))
    }
}

/// Returns the `gongbao.toml` in the working folder or the nearest folder above it. A file of another user is ignored: it
/// could choose the template and the place of the outputs.
fn own_config(here: &Path) -> Option<PathBuf> {
    for folder in here.ancestors() {
        let file = folder.join("gongbao.toml");
        if !file.is_file() {
            continue;
        }
        if is_trusted(&file) {
            return Some(file);
        }
        tell(&format!(
            "提醒：没有使用“{}”：它是另一个用户的文件。要用里面的设置，请在当前文件夹里另存一份自己的\n",
            visible(&file.to_text())
        ));
    }
    None
}

/// Whether a file, and the link that leads to it, belong to the user.
#[cfg(unix)]
fn is_trusted(file: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    // The owner of a link chose its target.
    let owner = |path: &Path| path.symlink_metadata().map(|metadata| metadata.uid()).ok();
    let user = owner_of_process();
    [owner(file), file.metadata().map(|metadata| metadata.uid()).ok()]
        .into_iter()
        .all(|uid| uid.is_some() && uid == user)
}

/// Returns the user of this process.
#[cfg(unix)]
fn owner_of_process() -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    // An anonymous temporary file belongs to the effective user.
    tempfile::tempfile().and_then(|file| file.metadata()).map(|metadata| metadata.uid()).ok()
}

#[cfg(not(unix))]
fn is_trusted(_: &Path) -> bool {
    true
}

fn font_failure(error: FontError) -> Failure {
    Failure(format!("{error}。{}", error.hint()))
}

fn read(file: &Path) -> Result<Config, Failure> {
    let shown = file.to_text();
    let text = file::read_text(file, LARGEST_SETTINGS)
        .map_err(|error| Failure(format!("“{shown}”读不出来：{error}")))?;
    toml::from_str(&text).map_err(|error| {
        Failure(format!(
            "“{shown}”里有错：\n{error}可以写的只有 font-dir、template、rules、roster、out、word-margins 这几项，和 [portal] 一节里的 {}",
            Portal::KEYS.join("、")
        ))
    })
}
