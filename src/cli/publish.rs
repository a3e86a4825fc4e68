//! `gongbao publish`: marks a report as published.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use super::{
    Failure, Outcome, check_options::CheckArguments, colour, config::Settings, print, tell, tell_styled,
};
use crate::{batch::CheckResult, output::save};
use gongbao_core::{
    file::{self, LARGEST_REPORT},
    finding::render_all,
    history::{PublicationRecord, Visible},
    load::Loaded,
    paths::PathExt,
    report::{Published, ReportFile, day},
    text::visible_path,
};
use gongbao_formats::{
    load::{load, load_and_check},
    pdf::is_pdf,
};

/// Arguments of `gongbao publish`.
#[derive(Debug, Args)]
pub(super) struct Publish {
    /// 报告文件（.toml、.json、.yaml）
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// 公布日期，如 2026-01-26
    #[arg(long, value_name = "日期", value_parser = date)]
    date: Date,
    #[command(flatten)]
    check: CheckArguments,
}

impl Publish {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        vec![&self.file]
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let shown = visible_path(&self.file);
        let (bytes, checked) = writable(&self.file, &self.check, settings)?;
        tell_styled(&render_all(&checked.findings, colour::on_stderr()));
        if let Some(Published { date, .. }) =
            checked.file.as_ref().and_then(|file| file.report.published.as_ref())
        {
            return Err(Failure(format!(
                "“{shown}”已于{}公布，不能再公布一次。公布后要改数据或文字，用 gongbao correct",
                day(*date)
            )));
        }
        let outcome = Outcome::from(CheckResult::of(&checked.findings));
        let Some(file) = checked.file.filter(|_| outcome == Outcome::Done) else {
            tell(&format!("“{shown}”有错误，没有记为公布，文件没有改动。请改正后再试\n"));
            return Ok(outcome.max(Outcome::Errors));
        };
        if let Some(written) = file.report.date.filter(|written| *written > self.date) {
            return Err(Failure(format!(
                "公布日期（{}）早于报告的成文日期（{}）。请核对 --date，或改正文件里的 date",
                day(self.date),
                day(written)
            )));
        }
        let published = Published { date: self.date, digest: Visible::of(&file).digest() };
        let digest = published.digest.clone();
        let written = gongbao_formats::record::record(
            &bytes,
            &file,
            base(&self.file),
            &PublicationRecord { published, correction: None },
        )
        .map_err(|error| Failure(format!("“{shown}”：{error}")))?;
        save(&self.file, &written)?;
        print(&format!(
            "已公布 {shown}（{}）\n  摘要 {digest}\n  文件里写入了 published；请重新生成，让网站用PDF也带上公布的记录。以后改数据和文字，用 gongbao correct\n",
            day(self.date)
        ));
        Ok(Outcome::Done)
    }
}

/// Reads and checks a report file that a record is to be written into. Returns its bytes and the checked report.
///
/// # Errors
/// The file is standard input or a PDF, or it cannot be read.
pub(super) fn writable(
    path: &Path,
    check: &CheckArguments,
    settings: &Settings,
) -> Result<(Vec<u8>, Loaded), Failure> {
    let shown = visible_path(path);
    if path.as_os_str() == "-" {
        return Err(Failure("记录要写进报告文件，不能从标准输入读。请给出文件名".to_owned()));
    }
    let bytes = file::read(path, LARGEST_REPORT)
        .map_err(|error| Failure(format!("“{shown}”读不出来：{error}。请检查路径")))?;
    if is_pdf(&path.to_string_lossy(), &bytes) {
        return Err(Failure(format!(
            "“{shown}”是PDF，不能写入。请给出报告文件；没有的，用 gongbao extract {shown} -o 报告.json 取出"
        )));
    }
    let mut setup = check.setup(settings)?;
    let fonts = settings.fonts()?;
    let name = path.to_text();
    let read = load(&name, Ok(bytes.clone()), base(path), false);
    read.file.iter().for_each(|file: &ReportFile| setup.register(file, Some(path)));
    let checked = load_and_check(&name, Ok(bytes.clone()), base(path), false, setup.context(&fonts));
    Ok((bytes, setup.apply_strictness(checked)))
}

/// Returns the folder that relative paths in a report start from.
pub(super) fn base(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Parses a date in the form `2025-01-24`.
pub(super) fn date(text: &str) -> Result<Date, String> {
    gongbao_core::report::parse_date(text)
        .ok_or_else(|| "请写成 2025-01-24 的样子：四位年、两位月、两位日，并且确有这一天".to_owned())
}
