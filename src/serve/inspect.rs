//! A PDF that was dropped on the page: whose it is, whether it is unaltered, how it differs from the report here.

use gongbao_core::paths::PathExt;
use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    differences::Differences,
    workspace::Workspace,
};
use crate::output::{Verdict, verify};
use gongbao_core::{folder::reports_below, report::ReportFile};
use gongbao_formats::{load::load, pdf};

/// The answer of `POST /api/inspect`.
#[derive(Debug, Serialize)]
pub(super) struct Inspected {
    title: String,
    agency: String,
    year: u16,
    /// Whether the file is as it was made: `unaltered`, `appended`, `altered`, `unconfirmed`.
    verdict: &'static str,
    words: String,
    /// The report of the same body and year in the folder.
    file: Option<String>,
    /// How the PDF differs from it.
    differences: Option<Differences>,
}

impl Workspace {
    /// Inspects a PDF of this program.
    pub(super) fn inspect(&mut self, name: &str, bytes: &[u8]) -> Answer<Inspected> {
        let found = pdf::attached(bytes.to_owned())
            .map_err(|_| Refusal::unfit(format!("“{name}”不是本程序生成的网站用PDF，里面没有报告的数据")))?;
        let loaded = load("report.json", Ok(found.data.clone()), self.place.folder(), false);
        let file = loaded.file.ok_or_else(|| Refusal::unfit(format!("“{name}”所附的数据读不成一份报告")))?;
        let template = self.setup.template.get().map_err(Refusal::failed)?;
        let verdict = verify(bytes, &found, &file, &self.setup.fonts, &template).map_err(Refusal::failed)?;
        let (verdict, words) = match verdict {
            Verdict::Unaltered => ("unaltered", "未改动：用所附数据重新生成的文件与它逐字节相同".to_owned()),
            Verdict::Appended => (
                "appended",
                "原文未改动，但文件末尾追加过内容（电子签章、批注，或者改动）：显示出来的页面以原文为准"
                    .to_owned(),
            ),
            Verdict::Altered(all) => ("altered", format!("不能认定未改动：{}", all.join("；"))),
            Verdict::Unconfirmed(why) => ("unconfirmed", format!("没有发现矛盾，但不能确认未改动：{why}")),
        };
        let own = self.same_report(&file);
        Ok(Json(Inspected {
            title: file.report.title().replace('\n', ""),
            agency: file.report.agency.name.clone(),
            year: file.report.year,
            verdict,
            words,
            differences: own.as_ref().map(|(_, own)| Differences::between(&file, own)),
            file: own.map(|(name, _)| name),
        }))
    }

    /// Returns the report of the same body and year in the folder.
    fn same_report(&self, file: &ReportFile) -> Option<(String, ReportFile)> {
        let out = self.place.out().canonical().ok();
        let found = reports_below(self.place.folder(), out.as_deref()).ok()?;
        found.files.iter().find_map(|path| {
            let name = self.place.relative(path)?;
            let other = self.open(&name).ok()?.loaded.file?;
            let is_same = other.report.agency.name == file.report.agency.name
                && other.report.year == file.report.year
                && super::correction::original_of(&name).is_none();
            is_same.then_some((name, other))
        })
    }
}
