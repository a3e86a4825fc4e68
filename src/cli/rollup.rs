//! `gongbao rollup`: one consolidated report out of many.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;

use super::{
    Failure, Outcome,
    batch::judge_all,
    config::Settings,
    input,
    kinds::{Kind, may_write},
    print,
    status::read_roster,
    tell, yardsticks,
};
use crate::output::save;
use gongbao_core::{
    finding::{Finding, Rule, render_all, summary},
    report::{ReportFile, Scope, to_toml},
    rollup::{Consolidated, Contribution, Share, Wanted, consolidate, shares},
    text::Source,
};

/// What stands under `gongbao rollup --help`.
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
    pub(super) fn run(self, settings: &Settings) -> Result<Outcome, Failure> {
        let out = self.out.as_deref();
        let kind = out.map(Kind::of).transpose()?;
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
        match (out, kind) {
            (Some(out), Some(kind)) => {
                save(out, &kind.bytes(report, form)?)?;
                let told = format!("已汇总{}份报告：{}\n", contributions.len(), out.display());
                if !self.json {
                    print(&told);
                }
            }
            _ => print(&to_toml(report, form, Scope::Office)),
        }
        Ok(Outcome::Done)
    }

    /// The reports that are to be added up, and those that cannot even be read.
    fn contributions(
        &self,
        settings: &Settings,
        roster: Option<&Path>,
    ) -> Result<(Vec<Contribution>, Vec<Finding>), Failure> {
        let mut inputs = input::inputs(&self.files, &settings.out)?;
        // Neither the roster nor the consolidated report of an earlier run.
        let others =
            [roster, self.out.as_deref()].into_iter().flatten().filter_map(|it| it.canonicalize().ok());
        let others: Vec<PathBuf> = others.collect();
        inputs.retain(|input| {
            let path = input.path.as_ref().and_then(|path| path.canonicalize().ok());
            !input.found || path.is_none_or(|path| !others.contains(&path))
        });
        let fonts = settings.fonts()?;
        let mut yardsticks = yardsticks::Given::default().settle(settings)?;
        let mut contributions = Vec::new();
        let mut unread = Vec::new();
        for (input, judged) in inputs.iter().zip(judge_all(&inputs, &fonts, &mut yardsticks)?) {
            if judged.passed_over {
                tell(&format!("略过“{}”：开头没有 year，不是报告\n", input.name()));
                continue;
            }
            let path = input.path.clone().unwrap_or_else(|| PathBuf::from("-"));
            match judged.file {
                // A consolidated report among its own members would count everything twice.
                Some(file) if input.found && !file.report.members.is_empty() => {
                    tell(&format!("略过“{}”：它自己就是汇总报告\n", input.name()));
                }
                Some(file) => contributions.push(Contribution { file, path, findings: judged.findings }),
                None => unread.extend(judged.findings),
            }
        }
        if contributions.is_empty() && unread.is_empty() {
            return Err(Failure("没有找到可以汇总的报告。请检查路径".to_owned()));
        }
        Ok((contributions, unread))
    }

    fn refuse(&self, findings: &[Finding]) -> Result<Outcome, Failure> {
        self.tell(findings)?;
        if !self.json {
            print(&format!("没有汇总：{}\n", summary(findings)));
        }
        let unread = findings.iter().any(|finding| finding.rule == Rule::Unreadable);
        Ok(if unread { Outcome::Failed } else { Outcome::Errors })
    }

    fn tell(&self, findings: &[Finding]) -> Result<(), Failure> {
        if self.json && self.explain.is_none() {
            print(&format!("{}\n", serde_json::to_string_pretty(findings)?));
        } else {
            tell(&render_all(findings, std::io::stderr().is_terminal()));
        }
        Ok(())
    }

    /// Whose figures a sum is made of, the largest first.
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
            print(&format!("{}\n", serde_json::to_string_pretty(&json)?));
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
