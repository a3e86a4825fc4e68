//! `gongbao audit`: examines reports that others published.

mod json;
mod markdown;
mod terminal;

use gongbao_core::paths::PathExt;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{
    Failure, Outcome, check_options::CheckArguments, config::Settings, print, print_json,
    status::read_roster, tell,
};
use crate::{
    batch::{AuditState, Audited, ReportInput, audit, may_be_published},
    output::save,
};
use gongbao_core::{finding::Severity, folder, roster::Roster};
use gongbao_formats::workbook::{AuditRow, audit_workbook};

/// Text at the end of `gongbao audit --help`.
const NOTES: &str = "\
读网上公布的报告（PDF、网页、Word文档、表格），逐份检查数和文字，PDF还看版面：表格断开、字太小、没有标签、没有嵌入字体、
没有文字。读不准的数不猜，列在结果里。同一文件夹里有一个单位两年报告的，互相核对。

退出码：
  0         没有错误
  1         有错误，或者有的文件读不出来
  2         一份也读不出来，或者命令不能执行

例：
  gongbao audit 已公布的年报 --roster 名册.toml -o 评估结果.xlsx
  gongbao audit 某某局2024年报.pdf --format markdown
";

/// Arguments of `gongbao audit`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Audit {
    /// 已公布的报告：文件，或者文件夹
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 名册：应当公布的单位
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// 另存一份评估结果（.xlsx）
    #[arg(short, long = "out", value_name = "FILE.xlsx")]
    out: Option<PathBuf>,
    /// 用LibreOffice读 .doc、.wps、.rtf、.et（文件来历不明的不要用）
    #[arg(long)]
    office: bool,
    /// 结果写成 text 或 markdown；默认 text
    #[arg(long, value_name = "格式", hide_possible_values = true, default_value = "text")]
    #[arg(hide_default_value = true, conflicts_with = "json")]
    format: Format,
    /// 结果写成 JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    check: CheckArguments,
}

/// Output format of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Markdown,
}

/// The results of all files, compared with the roster.
struct Results {
    files: Vec<Audited>,
    /// Bodies of the roster of which no report was given.
    missing: Vec<String>,
    /// Bodies that are not in the roster.
    unlisted: Vec<String>,
}

impl Audit {
    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        if let Some(out) = self.out.as_deref().filter(|out| !folder::is_workbook_name(&out.to_string_lossy()))
        {
            return Err(Failure(format!("“{}”：评估结果存为 .xlsx 文件", out.to_text())));
        }
        let roster_file = self.roster.as_deref().or(settings.roster.as_deref());
        let roster = roster_file.map(read_roster).transpose()?;
        let inputs = self.inputs(settings, roster_file)?;
        let fonts = settings.fonts()?;
        let mut setup = self.check.setup(settings)?;
        let files = audit(&inputs, &fonts, &mut setup, self.office)?;
        let results = Results::new(files, roster.as_ref());
        if let Some(out) = &self.out {
            save(out, &audit_workbook(&results.rows(), &results.missing, &results.summary())?)?;
        }
        match (self.json, self.format) {
            (true, _) => print_json(&json::json(&results))?,
            (_, Format::Markdown) => print(&markdown::text(&results)),
            (_, Format::Text) => print(&terminal::text(&results)),
        }
        if let Some(out) = &self.out {
            tell(&format!("评估结果已存为 {}\n", out.to_text()));
        }
        Ok(results.outcome())
    }

    /// Returns the files and folders that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        self.files.iter().map(PathBuf::as_path).collect()
    }

    /// Returns the files to be examined. A folder stands for all files below it that may be published reports.
    fn inputs(&self, settings: &Settings, roster: Option<&Path>) -> Result<Vec<ReportInput>, Failure> {
        let out = settings.out.canonical().ok();
        let ours =
            [self.out.as_deref(), roster].into_iter().flatten().filter_map(|path| path.canonical().ok());
        let ours: Vec<PathBuf> = ours.collect();
        let mut inputs = Vec::new();
        for path in &self.files {
            if !path.is_dir() {
                inputs.push(ReportInput::named(path));
                continue;
            }
            let found = folder::files_below(path, out.as_deref(), &|file| {
                let name = file.file_name().unwrap_or_default().to_string_lossy();
                folder::may_be_report(&name) || may_be_published(file, self.office)
            });
            let found = found.map_err(|(folder, error)| {
                Failure(format!("文件夹“{}”读不出来：{error}", folder.to_text()))
            })?;
            for file in found.unreadable {
                inputs.push(ReportInput::named(&file));
            }
            for file in found.files {
                let input = ReportInput { found: true, ..ReportInput::named(&file) };
                if !ours.iter().any(|own| input.is_file(own)) {
                    inputs.push(input);
                }
            }
        }
        if inputs.is_empty() {
            let message =
                "没有找到可以评估的文件（.pdf、.html、.docx、.xls、.xlsx、.toml、.json、.yaml）。请检查路径";
            return Err(Failure(message.to_owned()));
        }
        Ok(inputs)
    }
}

impl Results {
    fn new(files: Vec<Audited>, roster: Option<&Roster>) -> Self {
        let found: Vec<usize> = roster
            .iter()
            .flat_map(|roster| {
                files.iter().filter_map(|file| {
                    roster.find(&file.agency).or_else(|| roster.of_file(Path::new(&file.file)))
                })
            })
            .collect();
        let missing = roster.iter().flat_map(|roster| roster.members.iter().enumerate());
        let missing =
            missing.filter(|(index, _)| !found.contains(index)).map(|(_, member)| member.name.clone());
        let is_listed = |file: &Audited| {
            roster.is_none_or(|roster| {
                roster.find(&file.agency).or_else(|| roster.of_file(Path::new(&file.file))).is_some()
            })
        };
        let unlisted = files.iter().filter(|file| file.state != AuditState::Unreadable && !is_listed(file));
        let unlisted = unlisted.map(|file| file.title().to_owned()).collect();
        let missing = missing.collect();
        Self { missing, unlisted, files }
    }

    fn count(&self, state: AuditState) -> usize {
        self.files.iter().filter(|file| file.state == state).count()
    }

    /// One sentence about all files.
    fn summary(&self) -> String {
        let with_errors = self.files.iter().filter(|file| file.count(Severity::Error) > 0);
        let with_errors = with_errors.filter(|file| file.state != AuditState::Unreadable).count();
        let mut text = format!(
            "共{}份：全部读出{}份，部分读出{}份，读不出{}份；读出的里面有错误的{with_errors}份",
            self.files.len(),
            self.count(AuditState::Read),
            self.count(AuditState::Partial),
            self.count(AuditState::Unreadable),
        );
        if !self.missing.is_empty() {
            text += &format!("；名册上没有找到报告的{}个单位", self.missing.len());
        }
        text
    }

    /// Rows of the workbook.
    fn rows(&self) -> Vec<AuditRow<'_>> {
        fn row(file: &Audited) -> AuditRow<'_> {
            AuditRow {
                file: &file.file,
                agency: &file.agency,
                year: file.year,
                state: file.state.name(),
                is_unreadable: file.state == AuditState::Unreadable,
                unplaced: file.unplaced,
                errors: file.count(Severity::Error),
                warnings: file.count(Severity::Warning),
                findings: &file.findings,
            }
        }
        self.files.iter().map(row).collect()
    }

    fn outcome(&self) -> Outcome {
        let unreadable = self.count(AuditState::Unreadable);
        if self.files.is_empty() || unreadable == self.files.len() {
            Outcome::Failed
        } else if unreadable > 0 || self.files.iter().any(|file| file.count(Severity::Error) > 0) {
            Outcome::Errors
        } else {
            Outcome::Done
        }
    }
}
