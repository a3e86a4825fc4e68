//! What is registered for each rule: its documentation, its properties and its check.

use std::{cell::OnceCell, fmt, path::Path};

use super::{CheckContext, LastYear, PreviousReport, texts::Texts};
use crate::{
    finding::{Finding, Severity},
    report::ReportFile,
};

/// Documentation and properties of a rule.
#[derive(Debug)]
#[non_exhaustive]
pub struct RuleInfo {
    /// The severity that findings of the rule usually have.
    pub severity: Severity,
    /// In which cases the severity is another one; empty if it never is.
    pub varies: &'static str,
    /// What the rule is about, in one line.
    pub title: &'static str,
    /// What the rule demands.
    pub demands: &'static str,
    /// The source of the demand: a clause, a document number, common practice.
    pub source: &'static str,
    /// How to correct a report that breaks the rule.
    pub mend: &'static str,
    /// What a finding of the rule is about.
    pub concern: Concern,
    /// How the arithmetic of a form treats the rule; `None` for rules that a form does not state.
    pub(super) arithmetic: Option<Arithmetic>,
    /// The check that finds violations; `None` where another step of the program, or the check of another
    /// rule, finds them.
    pub(super) check: Option<Check>,
}

impl RuleInfo {
    /// The values that most rules have; the texts have to be given.
    pub(super) const DEFAULT: Self = Self {
        severity: Severity::Warning,
        varies: "",
        title: "",
        demands: "",
        source: "",
        mend: "",
        concern: Concern::Statement,
        arithmetic: None,
        check: None,
    };

    /// The usual severity in Chinese, with the cases in which it is another one.
    pub fn severity_text(&self) -> String {
        match self.varies {
            "" => self.severity.name().to_owned(),
            varies => format!("{}；{varies}", self.severity.name()),
        }
    }
}

/// What a finding is about, which decides what can be done in spite of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Concern {
    /// A statement of the report: its figures, its texts, its dates.
    Statement,
    /// Content of the file that could not be read, and would be lost if the file were written anew.
    Content,
    /// A character that cannot be printed.
    Printing,
    /// Required content that is not there.
    Completeness,
    /// A difference from the report as it was published.
    Publication,
    /// How a report was handed in, not what it says.
    Submission,
}

impl Concern {
    /// Whether the file has content that reading dropped.
    pub fn loses_content(self) -> bool {
        self == Self::Content
    }

    /// Whether not even a draft can be built.
    pub fn stops_draft(self) -> bool {
        matches!(self, Self::Content | Self::Printing)
    }

    /// Whether a reviewer can accept the finding (`[[accepted]]`).
    pub fn can_be_accepted(self) -> bool {
        !matches!(self, Self::Content | Self::Printing | Self::Publication)
    }

    /// Whether local rules can give the rule a lower severity.
    pub fn can_be_lowered(self) -> bool {
        matches!(self, Self::Statement | Self::Submission)
    }
}

/// How the arithmetic of a form treats a rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arithmetic {
    /// Position among the rules when one mistake breaks several: the lowest one is reported.
    pub(super) rank: u8,
    /// Whether the rule also applies if last year's report follows another form.
    pub(super) compares_forms: bool,
    /// The severity if last year's report is binding (see [`LastYear::binding`]).
    pub(super) if_binding: Option<Severity>,
}

impl Arithmetic {
    /// A rule within one report.
    pub(super) const fn ranked(rank: u8) -> Self {
        Self { rank, compares_forms: false, if_binding: None }
    }

    /// A rule that is reported after all ranked ones.
    pub(super) const UNRANKED: Self = Self::ranked(u8::MAX);
}

/// A check, and when it runs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Check {
    /// Position among the checks, which is the order of the findings. Every check has a number of its own.
    pub(super) turn: u16,
    /// The function.
    pub(super) run: CheckFn,
}

/// The function of a check.
#[derive(Clone, Copy)]
pub(super) enum CheckFn {
    /// A check of the report alone.
    Report(fn(&Texts<'_>) -> Vec<Finding>),
    /// A check that needs other reports, local rules or typefaces.
    Context(fn(&CheckInput<'_>) -> Vec<Finding>),
}

impl fmt::Debug for CheckFn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Report(_) => "Report",
            Self::Context(_) => "Context",
        })
    }
}

/// A report and what its checks compare it with.
pub(super) struct CheckInput<'a> {
    /// The report.
    pub(super) file: &'a ReportFile,
    /// The folder of its file.
    pub(super) base: &'a Path,
    /// What reports are compared with.
    pub(super) context: CheckContext<'a>,
    /// The same body's report on the year before.
    pub(super) before: Option<PreviousReport>,
    /// Findings about the choice of that report.
    pub(super) choice_of_before: Vec<Finding>,
    texts: OnceCell<Texts<'a>>,
}

impl<'a> CheckInput<'a> {
    /// Looks up last year's report.
    pub(super) fn new(file: &'a ReportFile, base: &'a Path, context: CheckContext<'a>) -> Self {
        let (before, choice_of_before) = match context.last_years {
            Some(last_years) => last_years.of(file, base),
            None => (None, Vec::new()),
        };
        Self { file, base, context, before, choice_of_before, texts: OnceCell::new() }
    }

    /// The texts as they are printed.
    pub(super) fn texts(&self) -> &Texts<'a> {
        self.texts.get_or_init(|| Texts::new(self.file))
    }

    /// The figures of last year's report.
    pub(super) fn last_year(&self) -> Option<LastYear<'_>> {
        self.before.as_ref().map(|before| LastYear {
            report: &before.file.report,
            form: &before.file.form,
            name: &before.file.source.name,
            binding: before.named || before.file.report.published.is_some(),
        })
    }
}
