//! The roster (名册): which bodies must report, as the office that collects the reports writes it down.
//!
//! Either a table with all there is to say, in TOML (JSON and YAML alike):
//!
//! ```toml
//! year = 2025
//!
//! [[agency]]
//! name = "涟水县民政局"
//! kind = "department"
//! phone = "0517-82320000"
//! ```
//!
//! or a plain list: one name a line, or columns under a line of headings, as spreadsheets save them.
//! `docs/roster.md` tells offices about it.

mod list;
mod name;
mod table;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, ops::Range, path::Path, sync::Arc};

use crate::{
    finding::{Finding, MediumWords, Message, Rule, Severity},
    report::AgencyKind,
    syntax::{self, Format},
    text::Source,
};

pub use name::plain;

/// The bodies that must report, in the order of the file.
#[derive(Debug, Clone)]
pub struct Roster {
    /// The file it was read from.
    pub source: Arc<Source>,
    /// The year to be reported on, if the roster says so.
    pub year: Option<u16>,
    /// The bodies; no two have one name.
    pub members: Vec<Member>,
}

/// A body that must report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The full name, as the roster writes it.
    pub name: String,
    /// What kind of body it is.
    pub kind: Option<AgencyKind>,
    /// The file of its report: a name, or the end of a path, with or without the ending.
    pub file: Option<String>,
    /// Whom to ask.
    pub contact: Option<String>,
    /// The number to call.
    pub phone: Option<String>,
    /// Where its name stands in the roster's text.
    pub span: Range<usize>,
}

impl Roster {
    /// Reads a roster; the ending of `name` tells whether it is a table or a list.
    ///
    /// # Errors
    /// All that is wrong with it, in the order of the file: `unreadable`, `unknown-key`, `shape`, `missing`, and
    /// `roster` for a body that is named twice.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let source = Arc::new(syntax::open(name, bytes).map_err(|finding| vec![for_a_list(finding)])?);
        let mut findings = Vec::new();
        let roster = match Format::of_name(name) {
            Some(format) => table::read(&source, &syntax::parse(&source, format)?, &mut findings),
            None => list::read(&source, &mut findings),
        };
        roster.told_twice(&mut findings);
        if roster.members.is_empty() && findings.is_empty() {
            let mut finding = Finding::new(Rule::Missing, Severity::Error, "", "名册里一个单位也没有")
                .hint("请把应当报送的单位写进去，一行一个");
            name.clone_into(&mut finding.file);
            findings.push(finding);
        }
        if findings.is_empty() {
            return Ok(roster);
        }
        findings.sort_by_key(|finding| finding.at.as_ref().map_or(usize::MAX, |at| at.span.start));
        Err(findings)
    }

    /// The body of this name, spaces and full-width characters aside: its index among the members.
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = plain(name);
        self.members.iter().position(|member| plain(&member.name) == name)
    }

    /// The body whose report lies in this file, as far as the roster names files.
    pub fn of_file(&self, path: &Path) -> Option<usize> {
        self.members
            .iter()
            .position(|member| member.file.as_deref().is_some_and(|file| name::is_end_of_path(file, path)))
    }

    /// The body that somebody who wrote `name` most likely meant, among the members of these indexes; `None`
    /// where none is near. Only a person can tell whether it is the same.
    pub fn near(&self, name: &str, among: impl IntoIterator<Item = usize>) -> Option<usize> {
        let among = among.into_iter().filter_map(|index| Some((index, self.members.get(index)?)));
        name::nearest(name, among.map(|(index, member)| (index, member.name.as_str())))
    }

    /// A finding about a member, at its place in the roster.
    pub fn finding(&self, member: &Member, severity: Severity, message: impl Into<Message>) -> Finding {
        Finding::new(Rule::Roster, severity, "", message).at(&self.source, member.span.clone())
    }

    /// Complains of bodies that are named twice, and of files that are.
    fn told_twice(&self, findings: &mut Vec<Finding>) {
        let mut names: BTreeMap<String, &Member> = BTreeMap::new();
        let mut files: BTreeMap<&str, &Member> = BTreeMap::new();
        for member in &self.members {
            let line = |member: &Member| self.source.line_column(member.span.start).0;
            if let Some(first) = names.insert(plain(&member.name), member) {
                let message = format!("“{}”在名册里有两次：第{}行已经有了", member.name, line(first));
                findings.push(self.finding(member, Severity::Error, message).hint("请删去其中一个"));
                names.insert(plain(&member.name), first);
            }
            let Some(file) = member.file.as_deref() else { continue };
            if let Some(first) = files.insert(file, member) {
                let message =
                    format!("“{}”和第{}行的“{}”写了同一个文件", member.name, line(first), first.name);
                findings
                    .push(self.finding(member, Severity::Error, message).hint("一个单位一个文件，请改正"));
            }
        }
    }
}

/// What to do with a roster that is no text is not what to do with such a report.
fn for_a_list(finding: Finding) -> Finding {
    finding.hint("名册是文本文件：请在Excel或WPS表格里另存为CSV，或者把单位名称复制到记事本，一行一个")
}

/// The keys and headings a member may have, each with what people write above its column.
const KEYS: [(&str, &[&str]); 5] = [
    ("name", &["单位", "单位名称", "单位全称", "机关", "机关名称", "名称"]),
    ("kind", &["类别", "单位类别", "单位性质"]),
    ("file", &["文件", "报告文件", "文件名", "报送文件"]),
    ("contact", &["联系人", "联络员"]),
    ("phone", &["电话", "联系电话", "联系方式"]),
];

/// A kind of body by its key, or by what people call it.
fn kind(text: &str) -> Option<AgencyKind> {
    let by_words = match plain(text).as_str() {
        "政府" | "一级政府" => Some(AgencyKind::Government),
        "办公厅" | "办公室" | "政府办公厅" | "政府办公室" => Some(AgencyKind::Office),
        "部门" | "政府部门" | "工作部门" => Some(AgencyKind::Department),
        "乡镇" | "街道" | "镇" | "乡" | "乡镇街道" | "乡镇、街道" | "镇街" => {
            Some(AgencyKind::Town)
        }
        "垂管" | "垂直管理" | "垂直管理部门" | "垂管单位" => Some(AgencyKind::Vertical),
        _ => None,
    };
    by_words.or_else(|| AgencyKind::ALL.into_iter().find(|kind| kind.key() == text))
}

/// What a kind can be written as.
fn kinds() -> MediumWords {
    MediumWords::fixed(
        "可以写 government（政府）、office（办公室）、department（部门）、town（乡镇、街道）、vertical（垂管）",
        "可以写：政府、办公室、部门、乡镇、街道、垂管",
        "可以写：政府、办公室、部门、乡镇、街道、垂管",
    )
}
