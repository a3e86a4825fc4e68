//! Where each body stands.

use super::{
    group::{Handed, Owner, grouped, majority},
    row::{File, Row, State},
};
use gongbao_core::{
    finding::{Finding, Rule, Severity},
    roster::{Member, Roster},
};

/// Where all bodies stand.
#[derive(Debug)]
pub(super) struct Board {
    /// The year reported on: the roster's, else that of most reports.
    pub(super) year: Option<u16>,
    /// How many must report; `None` without a roster.
    pub(super) expected: Option<usize>,
    /// The bodies: by state, then in the order of the roster, then of the files.
    pub(super) rows: Vec<Row>,
    /// Reports of other years whose bodies have also handed in this year's, as they were given.
    pub(super) other_years: Vec<String>,
}

impl Board {
    /// Holds what was handed in against the roster.
    pub(super) fn new(roster: Option<&Roster>, handed: Vec<Handed>) -> Self {
        let asked = roster.and_then(|roster| roster.year);
        let mut board = Self {
            year: asked.or_else(|| majority(&handed)),
            expected: roster.map(|roster| roster.members.len()),
            rows: Vec::new(),
            other_years: Vec::new(),
        };
        let mut groups = grouped(handed, roster);
        for (_, reports) in &mut groups {
            board.settle_year(reports, asked.is_some());
        }
        for (index, member) in roster.iter().flat_map(|roster| roster.members.iter().enumerate()) {
            let at = groups.iter().position(|(owner, _)| *owner == Owner::Member(index));
            let row = match (at, roster) {
                (Some(at), _) => row(groups.remove(at).1, Some(member)),
                (None, roster) => missing(roster, member),
            };
            board.rows.push(row);
        }
        let others: Vec<Row> = groups
            .into_iter()
            .map(|(owner, reports)| match (owner, roster) {
                (Owner::Unknown(_), _) => Row { state: State::Unreadable, ..row(reports, None) },
                (_, Some(roster)) => board.unlisted(roster, reports),
                (_, None) => row(reports, None),
            })
            .collect();
        board.rows.extend(others);
        board.rows.sort_by_key(|row| row.state);
        board
    }

    /// How many bodies stand there.
    pub(super) fn count(&self, state: State) -> usize {
        self.rows.iter().filter(|row| row.state == state).count()
    }

    /// How many bodies that must report have done so.
    pub(super) fn handed_in(&self) -> usize {
        [State::Returned, State::Passed, State::Published].map(|state| self.count(state)).iter().sum()
    }

    /// Leaves a body's reports of the year, and puts those of other years aside. Where there are none of the
    /// year, its latest ones stay, with a finding.
    fn settle_year(&mut self, reports: &mut Vec<Handed>, is_asked: bool) {
        let Some(year) = self.year else { return };
        let years = reports.iter().filter_map(|report| report.year);
        let Some(kept) = years.clone().find(|other| *other == year).or_else(|| years.max()) else { return };
        reports.retain(|report| {
            let stays = report.year.is_none_or(|year| year == kept);
            if !stays {
                self.other_years.push(report.file.clone());
            }
            stays
        });
        if kept == year {
            return;
        }
        for report in reports.iter_mut().filter(|report| report.year == Some(kept)) {
            let (severity, message) = if is_asked {
                (Severity::Error, format!("报的是{kept}年的报告，应报{year}年"))
            } else {
                (Severity::Warning, format!("报的是{kept}年的报告，多数单位报的是{year}年"))
            };
            let finding = report.finding(Rule::Member, severity, "year", message);
            report.findings.push(finding.hint(format!("请该单位报送{year}年的报告；年份写错的，改正 year")));
        }
    }

    /// A report of a body that is not on the roster. Whoever has not reported may have done so under this name.
    fn unlisted(&self, roster: &Roster, mut reports: Vec<Handed>) -> Row {
        let is_missing = |index: &usize| self.rows.get(*index).is_some_and(|row| row.state == State::Missing);
        for report in &mut reports {
            let name = report.name.as_deref().unwrap_or_default();
            let near = roster
                .of_file(report.file.as_ref())
                .filter(is_missing)
                .or_else(|| roster.near(name, (0..roster.members.len()).filter(is_missing)))
                .and_then(|index| roster.members.get(index));
            let (message, hint) = match near {
                Some(member) => (
                    format!("名册里是“{}”，报告里是“{name}”，是不是同一单位？", member.name),
                    "是同一单位的，请把名册或报告里的名称改成一致",
                ),
                None => (
                    format!("名册里没有“{name}”"),
                    "应当报送的，请补进名册；不应当报送的，请把文件移出文件夹",
                ),
            };
            let finding = report.finding(Rule::Roster, Severity::Warning, "agency.name", message).hint(hint);
            report.findings.insert(0, finding);
        }
        Row { state: State::Unlisted, ..row(reports, None) }
    }
}

/// A body that is on the roster and has no file.
fn missing(roster: Option<&Roster>, member: &Member) -> Row {
    let message = format!("“{}”没有报送报告", member.name);
    let finding = roster.map(|roster| {
        roster.finding(member, Severity::Error, message).hint("请催报；已报的，看文件是不是放错了地方")
    });
    Row {
        name: Some(member.name.clone()),
        state: State::Missing,
        files: Vec::new(),
        year: None,
        published: None,
        contact: member.contact.clone(),
        phone: member.phone.clone(),
        findings: finding.into_iter().collect(),
    }
}

/// A body that has handed in: there is at least one report.
fn row(reports: Vec<Handed>, member: Option<&Member>) -> Row {
    let name = member.map(|member| member.name.clone());
    let name = name.or_else(|| reports.first().and_then(|report| report.name.clone()));
    let twice = twice(&reports, name.as_deref());
    let mut row = Row {
        name,
        state: State::Passed,
        year: reports.iter().find_map(|report| report.year),
        published: reports.iter().find_map(|report| report.published),
        contact: member.and_then(|member| member.contact.clone()),
        phone: member
            .and_then(|member| member.phone.clone())
            .or_else(|| reports.iter().find_map(|report| report.phone.clone())),
        files: Vec::new(),
        findings: twice.into_iter().collect(),
    };
    for report in reports {
        row.files.push(File { given: report.file, shown: report.shown });
        row.findings.extend(report.findings);
    }
    if row.errors() > 0 {
        row.state = State::Returned;
    } else if row.published.is_some() {
        row.state = State::Published;
    }
    row
}

/// That a body has handed in more than one report.
fn twice(reports: &[Handed], name: Option<&str>) -> Option<Finding> {
    let [_, second, ..] = reports else { return None };
    let files: Vec<&str> = reports.iter().map(|report| report.shown.as_str()).collect();
    let who = name.unwrap_or_default();
    let message = format!("“{who}”报了{}份：{}", reports.len(), files.join("、"));
    let finding = second.finding(Rule::Roster, Severity::Error, "agency.name", message);
    Some(finding.hint("请问清以哪一份为准，其余的移出文件夹；是别的单位的，改正单位名称"))
}
