//! `gongbao rollup`: adds up many reports to one consolidated report.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;

use super::{
    Failure, Outcome, check_options::CheckArguments, colour, config::Settings, print, print_data, print_json,
    status::read_roster, tell, tell_styled,
};
use crate::{
    batch::{CheckResult, Contributions, SkipReason, contributions, inputs},
    output::{may_write, save},
};
use gongbao_core::{
    file,
    finding::{Finding, render_all, summary},
    paths::PathExt,
    report::{Member, ReportFile, Scope, to_toml},
    rollup::{Consolidated, Contribution, Share, Wanted, consolidate, shares},
    text::Source,
};
use gongbao_formats::report_format::ReportFormat;

/// Text at the end of `gongbao rollup --help`.
const NOTES: &str = "\
表二、表三、表四逐格相加；年度和格式必须相同，有错误的报告不汇总。规章只由政府制定：政府（办公室）的报告里有的，部门
填的不再计入。各单位的注连同单位名称写在表下。文字是草稿，改写之后才能通过检查。

汇总报告记着各单位报告当时的内容摘要（[[members]]，不公开）：以后检查时，哪个单位改动过、哪个数对不上，都会指出。

例：
  gongbao rollup 各部门 --agency 某县人民政府 --roster 名册.toml -o 某县-2025.toml
  gongbao rollup 各部门 --agency 某县人民政府 --explain applications.new.total
";

/// Arguments of `gongbao rollup`.
#[derive(Debug, Args)]
#[command(after_help = NOTES)]
pub(super) struct Rollup {
    /// 各单位的报告文件，或者文件夹
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// 汇总报告的单位名称
    #[arg(long, value_name = "NAME")]
    agency: String,
    /// 名册：必须汇总的单位
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// 汇总报告写到哪个文件；不写时印在屏幕上
    #[arg(short, long = "out", value_name = "FILE")]
    out: Option<PathBuf>,
    /// 不写报告，只列出某一格由哪些单位相加
    #[arg(long, value_name = "PATH", conflicts_with = "out")]
    explain: Option<String>,
    /// 文件已经有了也换掉
    #[arg(long)]
    force: bool,
    /// 检查结果写成 JSON；有 --explain 时写各单位的数
    #[arg(long)]
    json: bool,
}

impl Rollup {
    /// Returns the files and folders of reports that the user named.
    pub(super) fn paths(&self) -> Vec<&Path> {
        self.files.iter().chain(&self.out).map(PathBuf::as_path).collect()
    }

    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let out = self.out.as_deref();
        let format = out.map(ReportFormat::of).transpose()?;
        out.map(|out| may_write(out, self.force)).transpose()?;
        let roster_file = self.roster.as_deref().or(settings.roster.as_deref());
        let roster = roster_file.map(read_roster).transpose()?;
        let (contributions, mut findings) = self.contributions(settings, roster_file)?;
        let folder = out.and_then(Path::parent).unwrap_or(Path::new(""));
        let wanted = Wanted { agency: &self.agency, roster: roster.as_ref(), folder };
        let consolidated = match consolidate(&contributions, &wanted) {
            Ok(consolidated) if findings.is_empty() => consolidated,
            Ok(_) => return self.refuse(&findings),
            Err(errors) => {
                findings.extend(errors);
                return self.refuse(&findings);
            }
        };
        self.tell(&consolidated.findings)?;
        let Consolidated { report, form, .. } = &consolidated;
        if let Some(path) = &self.explain {
            let source = Arc::new(Source::new("-", "", "UTF-8"));
            let file = ReportFile {
                report: report.clone(),
                form: Arc::clone(form),
                source,
                origins: Default::default(),
                maps: Default::default(),
                changes: Vec::new(),
            };
            return self.explain(&file, &contributions, path);
        }
        match (out, format) {
            (Some(out), Some(format)) => {
                // As a later check of the written file will set it.
                file::set_root(super::reach::root(&[out]));
                let outside = |member: &&Member| file::reachable(folder, &member.file).is_err();
                if let Some(member) = report.members.iter().find(outside) {
                    return Err(Failure(format!(
                        "“{}”的报告在“{}”引用不到的地方，以后核对不了汇总的数，没有汇总。请在各单位的报告和汇总报告共同所在的文件夹里运行",
                        member.name,
                        out.to_text()
                    )));
                }
                save(out, &format.encode(report, form)?)?;
                let message = format!("已汇总{}份报告：{}\n", contributions.len(), out.to_text());
                if !self.json {
                    print(&message);
                }
            }
            _ => print_data(&to_toml(report, form, Scope::Office)),
        }
        Ok(Outcome::Done)
    }

    /// Returns the reports to be added up, and the findings of files that could not be read. Names skipped files.
    fn contributions(
        &self,
        settings: &Settings,
        roster: Option<&Path>,
    ) -> Result<(Vec<Contribution>, Vec<Finding>), Failure> {
        let inputs = inputs(&self.files, &settings.out)?;
        let others: Vec<&Path> = [roster, self.out.as_deref()].into_iter().flatten().collect();
        let fonts = settings.fonts()?;
        let mut setup = CheckArguments::default().setup(settings)?;
        let Contributions { reports, unreadable, skipped, .. } =
            contributions(inputs, &others, &fonts, &mut setup)?;
        for (name, reason) in skipped {
            let reason = match reason {
                SkipReason::NotAReport => "开头没有 year，不是报告",
                SkipReason::Consolidated => "它自己就是汇总报告",
            };
            tell(&format!("略过“{}”：{reason}\n", gongbao_core::text::visible(&name)));
        }
        if reports.is_empty() && unreadable.is_empty() {
            return Err(Failure("没有找到可以汇总的报告。请检查路径".to_owned()));
        }
        Ok((reports, unreadable))
    }

    /// Shows why nothing was added up.
    fn refuse(&self, findings: &[Finding]) -> Result<Outcome, Failure> {
        self.tell(findings)?;
        if !self.json {
            print(&format!("没有汇总：{}\n", summary(findings)));
        }
        Ok(Outcome::from(CheckResult::of(findings)).max(Outcome::Errors))
    }

    /// Shows findings, as JSON if requested.
    fn tell(&self, findings: &[Finding]) -> Result<(), Failure> {
        if self.json && self.explain.is_none() {
            print_json(findings)?;
        } else {
            tell_styled(&render_all(findings, colour::on_stderr()));
        }
        Ok(())
    }

    /// Lists the contributions to a cell, the largest first.
    fn explain(
        &self,
        file: &ReportFile,
        contributions: &[Contribution],
        path: &str,
    ) -> Result<Outcome, Failure> {
        let mut shares = shares(file, contributions, path);
        if shares.is_empty() {
            return Err(Failure(format!(
                "没有“{path}”这一格。写法如 applications.new.total，见 docs/data-format.md"
            )));
        }
        shares.sort_by_key(|share| std::cmp::Reverse(share.amount));
        let counted = shares.iter().filter_map(|share| share.amount);
        let total = counted.fold(gongbao_core::report::Number::ZERO, |sum, amount| sum + amount);
        let place = file.place(path);
        if self.json {
            let entry = |share: &Share| {
                let amount = share.amount.map(|amount| amount.to_json());
                serde_json::json!({ "agency": share.name, "path": share.path, "amount": amount })
            };
            let entries: Vec<_> = shares.iter().map(entry).collect();
            let json = serde_json::json!({ "path": path, "place": place, "sum": total.to_json(), "shares": entries });
            print_json(&json)?;
            return Ok(Outcome::Done);
        }
        let mut told = format!("{place}：{total}\n");
        for Share { name, amount, .. } in &shares {
            told += &match amount {
                Some(amount) => format!("  {amount:>12}  {name}\n"),
                None => format!("  {:>12}  {name}\n", "未计入"),
            };
        }
        print(&told);
        Ok(Outcome::Done)
    }
}
