//! `gongbao site`: collects the public outputs of many reports in one folder for a web server.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, Outcome, print, tell};
use crate::output::{
    OutputLock,
    site::{NotPublic, gather, put},
};
use gongbao_core::paths::PathExt;

/// Arguments of `gongbao site`.
#[derive(Debug, Args)]
pub(super) struct Site {
    /// 成品文件夹，就是 build 的 -o
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// 放到哪个文件夹；原来是 gongbao site 放的就整个换掉，有别的东西就不动
    #[arg(short = 'o', long = "out", value_name = "文件夹")]
    to: PathBuf,
}

impl Site {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let shown = self.out.to_text();
        // The folder of one report lies in the folder that a build locks.
        let _locks = [self.out.as_path(), &self.out.join("..")].map(OutputLock::acquire_for_reading);
        let _locks = _locks.into_iter().collect::<Result<Vec<_>, _>>()?;
        let site =
            gather(&self.out).map_err(|error| Failure(format!("成品文件夹“{shown}”读不出来：{error}")))?;
        for left_out in &site.left_out {
            tell(&format!(
                "没有放“{}”：{}\n",
                gongbao_core::text::visible_path(&left_out.path),
                left_out.why
            ));
        }
        // A file that cannot be read now stands on the site still; without it the site would be poorer.
        if site.left_out.iter().any(|left_out| left_out.why == NotPublic::Unreadable) {
            return Err(Failure("有成品读不出来，什么都没有放，原来放好的没有改动".to_owned()));
        }
        if site.reports.is_empty() {
            return Err(Failure(format!(
                "“{shown}”里没有可以公开的成品。请先用 gongbao build 生成，再把 -o 的文件夹给这条命令"
            )));
        }
        put(&site, &self.to)?;
        let files: usize = site.reports.iter().map(|report| report.files.len()).sum();
        print(&format!(
            "已放好 {}：{}份报告，{files}个文件，另有索引 index.html 和 index.json\n",
            self.to.to_text(),
            site.reports.len()
        ));
        let missed = site.left_out.iter().any(|left_out| left_out.why.is_missed());
        Ok(if missed { Outcome::Errors } else { Outcome::Done })
    }
}
