//! `gongbao extract`: extracts the data attached to a PDF, and checks whether the file was altered.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;

use super::{Failure, Outcome, config::Settings, print, print_data, tell};
use crate::output::{Verdict, save, verify};
use gongbao_core::{
    file::{self, LARGEST_REPORT},
    finding::render_all,
    paths::PathExt,
    report,
    syntax::{self, Format},
};
use gongbao_formats::{
    load::load,
    pdf::{Attached, EmbedError, attached},
};

/// Arguments of `gongbao extract`.
#[derive(Debug, Args)]
pub(super) struct Extract {
    /// 本程序生成的网站用PDF
    #[arg(value_name = "FILE.pdf")]
    file: PathBuf,
    /// 数据存为哪个文件（.json）；不写时打印出来
    #[arg(short, long = "out", value_name = "FILE")]
    out: Option<PathBuf>,
}

impl Extract {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        vec![&self.file]
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let shown = gongbao_core::text::visible_path(&self.file);
        if let Some(out) = &self.out
            && Format::of_name(&out.to_string_lossy()) != Some(Format::Json)
        {
            return Err(Failure(format!(
                "PDF里的数据是 JSON，请存为 .json 文件；要转换成别的格式，用 gongbao import {shown} -o {}",
                out.to_text()
            )));
        }
        let bytes = file::read(&self.file, LARGEST_REPORT)
            .map_err(|error| Failure(format!("“{shown}”读不出来：{error}。请检查路径")))?;
        let found = attached(bytes.clone())
            .map_err(|error| Failure(format!("“{shown}”：{error}。{}", error.hint())))?;
        let (told, outcome) = match self.verdict(&bytes, &found, settings)? {
            Verdict::Unaltered => {
                ("未改动：用所附数据重新生成的文件与它逐字节相同".to_owned(), Outcome::Done)
            }
            Verdict::Appended => (
                "原文未改动，但文件末尾追加过内容（电子签章、批注，或者改动）：显示出来的页面以原文为准"
                    .to_owned(),
                Outcome::Errors,
            ),
            Verdict::Altered(contradictions) => {
                (format!("不能认定未改动：{}", contradictions.join("；")), Outcome::Errors)
            }
            Verdict::Unconfirmed(why) => (format!("没有发现矛盾，但不能确认未改动：{why}"), Outcome::Done),
        };
        match &self.out {
            Some(out) => {
                save(out, &found.data)?;
                print(&format!("已取出 {}\n", out.to_text()));
            }
            None => print_data(&String::from_utf8_lossy(&found.data)),
        }
        tell(&format!("“{shown}”{told}\n"));
        Ok(outcome)
    }

    fn verdict(&self, bytes: &[u8], found: &Attached, settings: &Settings) -> Result<Verdict, Failure> {
        // The data is read under a name of its own, so that the checks of the PDF around it are not run again.
        let name = format!("{}:report.json", self.file.to_text());
        let is_report = syntax::open(&name, &found.data)
            .and_then(|source| {
                syntax::parse(&Arc::new(source), Format::Json).map_err(|mut all| all.remove(0))
            })
            .is_ok_and(|root| report::is_report(&root));
        if !is_report {
            return Err(Failure(format!(
                "“{}”所附的 report.json 不是年度报告的数据。{}",
                self.file.to_text(),
                EmbedError::NotOurs.hint()
            )));
        }
        let base = self.file.parent().unwrap_or(Path::new(""));
        let loaded = load(&name, Ok(found.data.clone()), base, false);
        let Some(file) = loaded.file else {
            tell(&render_all(&loaded.findings, false));
            return Ok(Verdict::Unconfirmed("所附数据读不成一份报告".to_owned()));
        };
        Ok(verify(bytes, found, &file, &settings.fonts()?, &settings.template()?)?)
    }
}
