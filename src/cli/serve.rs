//! `gongbao serve`: serves a page for filling in reports, to the browser on the same machine.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, Outcome, config::Settings, development::Development, print, tell};
use crate::serve::{Setup, TemplateSource, serve};
use gongbao_core::check::LocalRules;

/// Text at the end of `gongbao serve --help`.
const NOTES: &str = "\
在浏览器里填报：打开一个文件夹，新建或打开里面的报告，边填边检查，边看排好的版面。
只在本机上能打开，不联网，也不把任何内容传出去。改动随时自动保存；按 Ctrl-C 或关掉窗口就结束。

例：
  gongbao serve
  gongbao serve 各部门 --port 8700 --no-open
";

/// Arguments of `gongbao serve`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Serve {
    /// 报告所在的文件夹，不写就是当前文件夹
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true)]
    folder: PathBuf,
    /// 用哪个端口，不写就用一个空闲的
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// 不打开浏览器，只显示网址
    #[arg(long)]
    no_open: bool,
}

impl Serve {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        vec![&self.folder]
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        if !self.folder.is_dir() {
            return Err(Failure(format!("“{}”不是文件夹。请检查路径", self.folder.display())));
        }
        let development = settings.development.as_ref();
        let reloaded = development.filter(|_| settings.template.is_none()).map(Development::template);
        let setup = Setup {
            out: settings.out.clone(),
            fonts: settings.fonts()?,
            template: TemplateSource::new(settings.template()?, reloaded),
            page: development.map(Development::page),
            rules: settings.rules.as_deref().map(LocalRules::from_path).transpose()?,
            portal: settings.portal.clone(),
            word_margins: settings.word_margins,
            folder: self.folder,
        };
        serve(setup, self.port, |address| {
            let address = format!("http://{address}/");
            print(&format!("{address}\n"));
            tell("在浏览器里打开上面的网址填报；按 Ctrl-C 结束\n");
            if !self.no_open && open::that_detached(&address).is_err() {
                tell("浏览器没有自动打开，请把网址复制到浏览器的地址栏里\n");
            }
        })?;
        Ok(Outcome::Done)
    }
}
