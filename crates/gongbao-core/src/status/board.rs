//! The status of all bodies: submissions compared with the roster.

use super::{
    body::{Body, BodyState, SubmittedFile},
    submission::{Owner, Submission, grouped, majority_year},
};
use crate::{
    finding::{Finding, Message, Rule, Severity},
    report::fields,
    roster::{Member, Roster},
};

/// The status of all bodies.
#[derive(Debug)]
pub struct Board {
    /// The year of the reports: from the roster, otherwise the year of most reports.
    pub year: Option<u16>,
    /// The number of bodies on the roster; `None` without a roster.
    pub expected: Option<usize>,
    /// The bodies, sorted by state, then in the order of the roster, then of the files.
    pub bodies: Vec<Body>,
    /// Paths of reports of other years, whose bodies have also submitted a report of this year.
    pub other_years: Vec<String>,
}

impl Board {
    /// Compares submissions with the roster.
    pub fn new(roster: Option<&Roster>, submissions: Vec<Submission>) -> Self {
        let asked = roster.and_then(|roster| roster.year);
        let mut board = Self {
            year: asked.or_else(|| majority_year(&submissions)),
            expected: roster.map(|roster| roster.members.len()),
            bodies: Vec::new(),
            other_years: Vec::new(),
        };
        let mut groups = grouped(submissions, roster);
        for (_, reports) in &mut groups {
            board.settle_year(reports, asked.is_some());
        }
        for (index, member) in roster.iter().flat_map(|roster| roster.members.iter().enumerate()) {
            let at = groups.iter().position(|(owner, _)| *owner == Owner::Member(index));
            let body = match (at, roster) {
                (Some(at), _) => body(groups.remove(at).1, Some(member)),
                (None, roster) => missing(roster, member),
            };
            board.bodies.push(body);
        }
        let others: Vec<Body> = groups
            .into_iter()
            .map(|(owner, reports)| match (owner, roster) {
                (Owner::Unknown(_), _) => Body { state: BodyState::Unreadable, ..body(reports, None) },
                (_, Some(roster)) => board.unlisted(roster, reports),
                (_, None) => body(reports, None),
            })
            .collect();
        board.bodies.extend(others);
        board.bodies.sort_by_key(|body| body.state);
        board
    }

    /// Returns the number of bodies in a state.
    pub fn count(&self, state: BodyState) -> usize {
        self.bodies.iter().filter(|body| body.state == state).count()
    }

    /// Returns the number of bodies on the roster that have submitted a report.
    pub fn submitted(&self) -> usize {
        let states = [BodyState::Returned, BodyState::Passed, BodyState::Published];
        states.map(|state| self.count(state)).iter().sum()
    }

    /// Returns one line that counts the bodies: `应报80家，已报76家：已过61，退回12，已公布3；未报4`.
    pub fn summary(&self) -> String {
        let count = |state| self.count(state);
        let submitted = format!(
            "已报{}家：已过{}，退回{}，已公布{}",
            self.submitted(),
            count(BodyState::Passed),
            count(BodyState::Returned),
            count(BodyState::Published)
        );
        let mut summary = match self.expected {
            Some(expected) => format!("应报{expected}家，{submitted}；未报{}", count(BodyState::Missing)),
            None => submitted,
        };
        for state in [BodyState::Unlisted, BodyState::Unreadable] {
            if count(state) > 0 {
                summary += &format!("；{}{}", state.name(), count(state));
            }
        }
        summary
    }

    /// Keeps the reports of this year and moves those of other years to `other_years`. If there are none of this
    /// year, keeps the latest ones and adds a finding: an error if the roster gives the year (`is_asked`).
    fn settle_year(&mut self, reports: &mut Vec<Submission>, is_asked: bool) {
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
            let hint = Message::from(format!("请该单位报送{year}年的报告；年份写错的，改正"));
            report.findings.push(finding.hint(hint.field(fields::name("year"))));
        }
    }

    /// Returns the status of a body that is not on the roster. The finding suggests a member without a report whose
    /// name is similar.
    fn unlisted(&self, roster: &Roster, mut reports: Vec<Submission>) -> Body {
        let is_missing =
            |index: &usize| self.bodies.get(*index).is_some_and(|body| body.state == BodyState::Missing);
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
        Body { state: BodyState::Unlisted, ..body(reports, None) }
    }
}

/// Returns the status of a member without a file.
fn missing(roster: Option<&Roster>, member: &Member) -> Body {
    let message = format!("“{}”没有报送报告", member.name);
    let finding = roster.map(|roster| {
        roster.finding(member, Severity::Error, message).hint("请催报；已报的，看文件是不是放错了地方")
    });
    Body {
        name: Some(member.name.clone()),
        state: BodyState::Missing,
        files: Vec::new(),
        year: None,
        published: None,
        contact: member.contact.clone(),
        phone: member.phone.clone(),
        findings: finding.into_iter().collect(),
    }
}

/// Returns the status of a body with at least one report.
fn body(reports: Vec<Submission>, member: Option<&Member>) -> Body {
    let name = member.map(|member| member.name.clone());
    let name = name.or_else(|| reports.first().and_then(|report| report.name.clone()));
    let duplicate = duplicate(&reports, name.as_deref());
    let mut body = Body {
        name,
        state: BodyState::Passed,
        year: reports.iter().find_map(|report| report.year),
        published: reports.iter().find_map(|report| report.published),
        contact: member.and_then(|member| member.contact.clone()),
        phone: member
            .and_then(|member| member.phone.clone())
            .or_else(|| reports.iter().find_map(|report| report.phone.clone())),
        files: Vec::new(),
        findings: duplicate.into_iter().collect(),
    };
    for report in reports {
        body.files.push(SubmittedFile { given: report.file, shown: report.shown });
        body.findings.extend(report.findings);
    }
    if body.errors() > 0 {
        body.state = BodyState::Returned;
    } else if body.published.is_some() {
        body.state = BodyState::Published;
    }
    body
}

/// Returns a finding if a body has submitted more than one report.
fn duplicate(reports: &[Submission], name: Option<&str>) -> Option<Finding> {
    let [_, second, ..] = reports else { return None };
    let files: Vec<&str> = reports.iter().map(|report| report.shown.as_str()).collect();
    let who = name.unwrap_or_default();
    let message = format!("“{who}”报了{}份：{}", reports.len(), files.join("、"));
    let finding = second.finding(Rule::Roster, Severity::Error, "agency.name", message);
    Some(finding.hint("请问清以哪一份为准，其余的移出文件夹；是别的单位的，改正单位名称"))
}
