//! `gongbao import`: reads reports from other programs, and converts report files between formats.

mod report;

use std::path::{Path, PathBuf};

use clap::Args;

use super::{
    Failure, Outcome, check_options::CheckArguments, config::Settings, print, print_json, tell,
    values::report_year,
};
use crate::batch::{ImportJob, ImportOutcome, ImportState, parallel_map};
use gongbao_core::paths::PathExt;
use gongbao_formats::{import::Hints, report_format::ReportFormat};

/// Text at the end of `gongbao import --help`.
const NOTES: &str = "\
能读的：PDF（.pdf）、Word文档（.docx）、网页（.html）、Excel工作簿（.xlsx、.xls）；本程序的各种数据文件（.toml、.json、
.yaml）之间也可以互相转换。.doc、.wps、.rtf、.et 要装有LibreOffice才能读，没有的请先另存为 .docx、.xlsx。

读不准的数不猜：留作缺失，并列出它在原文里的位置。读完自动检查一遍。

退出码：
  0         全部读出，没有错误
  1         有的内容没有地方放，或者检查出了错误；其余的已经写进文件
  2         一点也没有读出来，或者命令不能执行

例：
  gongbao import 民政局2024年报.docx -o 民政局-2024.toml
  gongbao import --all 往年报告 -o 数据

读什么、不读什么，见 docs/import.md。
";

/// Arguments of `gongbao import`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Import {
    /// 要读的文件
    #[arg(value_name = "FILE", required_unless_present = "all")]
    file: Option<PathBuf>,
    /// 读整个文件夹里的报告
    #[arg(long, value_name = "DIR", conflicts_with = "file")]
    all: Option<PathBuf>,
    /// 写到哪个文件（.toml、.json、.yaml、.xlsx）；有 --all 时写到哪个文件夹
    #[arg(short, long = "out", value_name = "FILE", required = true)]
    out: PathBuf,
    /// 有 --all 时写成哪种文件：toml（不写就是它）、json、yaml、xlsx
    #[arg(long, value_name = "种类", default_value = "toml", hide_default_value = true, requires = "all")]
    to: String,
    /// 哪一年的报告；文件里看不出来时写明
    #[arg(long, value_name = "年度", value_parser = report_year())]
    year: Option<u16>,
    /// 单位全称；文件里看不出来或者不对时写明
    #[arg(long, value_name = "单位", conflicts_with = "all")]
    agency: Option<String>,
    /// 文件已经有了也换掉
    #[arg(long)]
    force: bool,
    /// 结果写成 JSON
    #[arg(long)]
    json: bool,
}

impl Import {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        [self.file.as_deref(), self.all.as_deref(), Some(self.out.as_path())].into_iter().flatten().collect()
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let fonts = settings.fonts()?;
        let setup = CheckArguments::default().setup(settings)?;
        let hints = Hints { year: self.year, agency: self.agency.clone() };
        let jobs = self.jobs()?;
        let context = setup.context(&fonts);
        let done: Vec<ImportOutcome> = parallel_map(jobs, None, |job| job.run(&hints, context))?;
        if self.json {
            let entries: Vec<serde_json::Value> = done.iter().map(report::json).collect();
            print_json(&entries)?;
        } else {
            for import in &done {
                report::show(import);
            }
            if self.all.is_some() {
                print(&report::summary(&done));
            }
        }
        for import in &done {
            if let ImportState::Failed(message) = &import.state {
                tell(&format!(
                    "“{}”没有导入：{message}\n",
                    gongbao_core::text::visible_path(&import.job.file)
                ));
            }
        }
        let worst = done.iter().map(|import| import.state.result()).max();
        Ok(worst.map_or(Outcome::Failed, Outcome::from))
    }

    /// Returns the files to be read, each with the file to be written.
    fn jobs(&self) -> Result<Vec<ImportJob>, Failure> {
        let job = |file: PathBuf, out: PathBuf, format| ImportJob {
            file,
            out,
            format,
            force: self.force,
            clash: None,
        };
        if let Some(file) = &self.file {
            return Ok(vec![job(file.clone(), self.out.clone(), ReportFormat::of(&self.out)?)]);
        }
        let folder = self.all.as_deref().unwrap_or(Path::new("."));
        if !folder.is_dir() {
            return Err(Failure(format!("“{}”不是文件夹。请检查路径", folder.to_text())));
        }
        if self.out.is_file() {
            return Err(Failure(format!("“{}”是一个文件。有 --all 时，-o 要写文件夹", self.out.to_text())));
        }
        let format = ReportFormat::of_name(&format!("x.{}", self.to)).ok_or_else(|| {
            Failure(format!("不知道“{}”是什么。--to 可以写 toml、json、yaml、xlsx", self.to))
        })?;
        let mut files = Vec::new();
        collect(folder, self.out.canonical().ok().as_deref(), &mut files)?;
        files.sort();
        if files.is_empty() {
            let folder = folder.to_text();
            return Err(Failure(format!("在“{folder}”里没有找到可以导入的文件。{}", report::READABLE)));
        }
        let mut jobs: Vec<ImportJob> = Vec::new();
        for file in files {
            let below = file.strip_prefix(folder).unwrap_or(&file);
            let out = self.out.join(below).with_extension(&self.to);
            let mut next = job(file, out, format);
            // File names on Windows and macOS are case-insensitive.
            let same = |job: &&ImportJob| {
                job.out.to_text().to_lowercase() == next.out.to_text().to_string().to_lowercase()
            };
            next.clash = jobs.iter().find(same).map(|job| job.file.clone());
            jobs.push(next);
        }
        Ok(jobs)
    }
}

/// Collects the files below a folder that may contain a report, by their extensions.
fn collect(folder: &Path, out: Option<&Path>, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    const ENDINGS: [&str; 17] = [
        "pdf", "docx", "docm", "doc", "wps", "rtf", "html", "htm", "shtml", "xlsx", "xlsm", "xls", "et",
        "toml", "yaml", "yml", "json",
    ];
    let fail = |error: std::io::Error| Failure(format!("文件夹“{}”读不出来：{error}", folder.to_text()));
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let path = entry.map_err(fail)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Hidden files, and lock files of Word and Excel.
        if name.starts_with('.')
            || name.starts_with("~$")
            || ["gongbao.toml", "manifest.json"].contains(&name.to_lowercase().as_str())
        {
            continue;
        }
        let is_link = path.symlink_metadata().is_ok_and(|meta| meta.is_symlink());
        if path.is_dir() {
            let is_out = out.is_some_and(|out| path.canonical().is_ok_and(|path| path == out));
            if !is_out && !is_link {
                collect(&path, out, files)?;
            }
            continue;
        }
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if ENDINGS.contains(&ending.as_str()) {
            files.push(path);
        }
    }
    Ok(())
}
