//! `gongbao new`: creates a report to be filled in, empty or based on last year's.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;

use super::{Failure, Outcome, colour, print, tell, tell_styled, values::report_year};
use crate::output::{may_write, save};
use gongbao_core::{
    file::{self, LARGEST_REPORT},
    finding::{render_all, summary},
    form::{self, Form},
    paths::PathExt,
    report::{self, Begun, ReportFile},
};
use gongbao_formats::{load::load, report_format::ReportFormat};

/// Text at the end of `gongbao new --help`.
const NOTES: &str = "\
例：
  gongbao new --agency 某某县民政局 --year 2025 -o 民政局-2025.xlsx
  gongbao new --from 民政局-2024.xlsx --year 2025 -o 民政局-2025.xlsx

文件名的后缀决定写成什么：.xlsx 工作簿（用 Excel、WPS 填），.toml、.yaml、.json 文本（用文本编辑器填）。
--from 带过来的：单位和联系方式、标题、审签单、本地增加的行、上年结转的数；各部分的文字作为草稿，改写后才能通过检查。
工作簿怎么填，见 docs/workbook.md。
";

/// Arguments of `gongbao new`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct New {
    /// 单位全称；有 --from 时可以不写
    #[arg(long, value_name = "单位", required_unless_present = "from")]
    agency: Option<String>,
    /// 报告哪一年的工作；有 --from 时可以不写，就是下一年
    #[arg(long, value_name = "年度", required_unless_present = "from", value_parser = report_year())]
    year: Option<u16>,
    /// 用哪种格式（2019、2021，或自己的格式文件）；不写就按年度
    #[arg(long, value_name = "格式")]
    form: Option<String>,
    /// 从上一年的报告开始
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,
    /// 写到哪个文件（.xlsx、.toml、.yaml、.json）
    #[arg(short, long = "out", value_name = "FILE")]
    out: PathBuf,
    /// 文件已经有了也换掉
    #[arg(long)]
    force: bool,
}

impl New {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        self.from.iter().chain([&self.out]).map(PathBuf::as_path).collect()
    }

    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let shown = self.out.to_text();
        let format = ReportFormat::of(&self.out)?;
        let last = self.from.as_deref().map(read_last).transpose()?;
        let year = self
            .year
            .or_else(|| last.as_ref().and_then(|last| last.report.year.checked_add(1)))
            .ok_or_else(|| Failure("不知道是哪一年的报告。请用 --year 指定".to_owned()))?;
        let (form, name) = self.form(year)?;
        let Begun { mut report, told } = match &last {
            Some(last) => report::begun(last, year, name, &form),
            None => {
                let agency = self.agency.as_deref().unwrap_or_default();
                Begun { report: report::fresh(agency, year, name), told: Vec::new() }
            }
        };
        if let Some(agency) = &self.agency {
            agency.trim().clone_into(&mut report.agency.name);
        }
        if report.agency.name.is_empty() {
            return Err(Failure("单位名称是空的。请用 --agency 写单位全称".to_owned()));
        }
        may_write(&self.out, self.force)?;
        let bytes = match format {
            // The outline contains every key that is to be filled in, with comments.
            ReportFormat::Text(format) => report::to_outline(&report, &form, format).into_bytes(),
            ReportFormat::Workbook => format.encode(&report, &form)?,
        };
        save(&self.out, &bytes)?;
        print(&format!("已建立 {shown}：{}，《{}》\n", report.title().replace('\n', ""), form.name));
        for line in told {
            print(&format!("  {line}\n"));
        }
        print(&format!("填好以后运行 gongbao check {shown}\n"));
        Ok(Outcome::Done)
    }

    /// Returns the form, and the value of `form` in the file; `None` if the form follows from the year.
    fn form(&self, year: u16) -> Result<(Arc<Form>, Option<String>), Failure> {
        let Some(name) = &self.form else {
            let form = form::by_year(year)?.ok_or_else(|| {
                let known = known_forms();
                Failure(format!("{year}年没有通行的格式。请用 --form 指定（{known}，或自己的格式文件）"))
            })?;
            return Ok((Arc::clone(form), None));
        };
        if name.to_ascii_lowercase().ends_with(".toml") {
            let path = Path::new(name);
            return Ok((Arc::new(form::from_path(path)?), Some(self.beside_out(path)?)));
        }
        let form = form::by_id(name)?.ok_or_else(|| {
            Failure(format!("没有“{name}”这种格式。可以写 {}，或自己的格式文件", known_forms()))
        })?;
        let is_usual = form::by_year(year)?.is_some_and(|usual| usual.id == form.id);
        Ok((Arc::clone(form), (!is_usual).then(|| name.clone())))
    }

    /// Returns the path of a user's own form as the report refers to it, relative to the report.
    ///
    /// # Errors
    /// A report in this place may not refer to the form.
    fn beside_out(&self, form: &Path) -> Result<String, Failure> {
        let folder = self.out.parent().unwrap_or(Path::new(""));
        let written = file::relative(form, folder);
        written.filter(|written| file::reachable(folder, written).is_ok()).ok_or_else(|| {
            let form = form.to_text();
            Failure(format!(
                "报告引用不到格式文件“{form}”。请把它放到报告所在的文件夹里，或者在两者共同所在的文件夹里运行"
            ))
        })
    }
}

fn known_forms() -> String {
    let ids = form::all().map(|forms| forms.iter().map(|form| form.id.as_str()).collect::<Vec<_>>());
    ids.unwrap_or_default().join("、")
}

/// Reads last year's report. Its errors are shown; the content that could be read is used.
///
/// # Errors
/// The file cannot be read as a report.
fn read_last(path: &Path) -> Result<ReportFile, Failure> {
    let shown = path.to_text();
    let base = path.parent().unwrap_or(Path::new(""));
    let loaded = load(&shown.to_string(), file::read(path, LARGEST_REPORT), base, false);
    match loaded.file {
        Some(file) => {
            if loaded.findings.iter().any(gongbao_core::finding::Finding::blocks) {
                tell(&format!(
                    "提醒：上年的报告“{shown}”有错（{}），能读出来的照样带过来\n",
                    summary(&loaded.findings)
                ));
            }
            Ok(file)
        }
        None => {
            tell_styled(&render_all(&loaded.findings, colour::on_stderr()));
            Err(Failure(format!("上年的报告“{shown}”读不出来")))
        }
    }
}
