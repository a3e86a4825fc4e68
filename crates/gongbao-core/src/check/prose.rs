//! P1–P5, P9 and P11: compares figures in the text with the tables, with last year's tables, and with each other.
//!
//! A paragraph is taken apart into words, numbers and marks ([`token`]); which words there are and which cell
//! each way of speaking means stands in `data/vocabulary.toml`. A number is one of a cell if the words next
//! to it say so ([`mention`]) and the sentence is about this body and this year ([`scope`]); otherwise nothing
//! is said about it. P6 is no rule of its own: where 收到 may or may not take in what was carried over, both
//! readings stand in the vocabulary.

mod claim;
mod compare;
mod denial;
mod fee;
mod ledger;
mod mention;
mod numeral;
mod parts;
mod scope;
mod token;
mod verdict;
mod vocabulary;
mod window;

use std::{cell::OnceCell, collections::BTreeSet, ops::Range};

use compare::Years;
use ledger::{Lack, Ledger};
use mention::{Carried, Mention};
use scope::{Body, Scope, scopes};
use token::{Token, tokens};
pub use vocabulary::install_vocabulary;
use vocabulary::{Vocabulary, vocabulary};

use super::arithmetic::LastYear;
use crate::{
    finding::{Finding, Place, Rule, Severity},
    report::{self, ReportFile},
};

/// Holds the texts against the tables, against those of the year before where they are given, and against themselves.
///
/// What a placeholder has put in is right by definition and never complained of; so is what may be about
/// another body, another year, or something that no table counts.
pub fn prose(file: &ReportFile, last: Option<LastYear<'_>>) -> Vec<Finding> {
    // A vocabulary that cannot be read fails its own test; a report is not to blame for it.
    let Ok(vocabulary) = vocabulary() else { return Vec::new() };
    let report = &file.report;
    let ledger = Ledger::new(report, &file.form, vocabulary);
    let before = last.map(|last| Ledger::new(last.report, last.form, vocabulary));
    let years = Years { now: &ledger, last: before.as_ref() };
    let body = Body::of(&report.agency);
    let paragraphs = report.paragraphs(&file.form);
    let fee = &vocabulary.file.processing_fee;
    let mut findings = Vec::new();
    for key in file.form.all_text_keys().filter(|key| report.texts.contains_key(*key)) {
        let mut carried = Carried::default();
        let mut fee_told = false;
        for printed in paragraphs.of(key) {
            let paragraph = Paragraph::new(file, &body, printed, vocabulary);
            findings.extend(paragraph.findings(&years, vocabulary, &mut carried));
            if key == fee.text {
                let said = fee::said(&paragraph, vocabulary);
                fee_told |= said.anything;
                findings.extend(fee::unbooked(&said, &paragraph, &ledger, vocabulary));
            }
            // A subject named by a heading applies to the paragraph below it.
            if !paragraph.printed.is_heading() {
                carried = Carried::default();
            }
        }
        if key == fee.text && !fee_told && ledger.entry(&fee.cell) != Err(Lack::Unknown) {
            findings.push(untold(file, key));
        }
    }
    findings
}

/// The chapter that should say whether 信息处理费 was taken, and does not.
fn untold(file: &ReportFile, key: &str) -> Finding {
    let message = "没有说明是否收取信息处理费";
    let finding = Finding::new(Rule::P9, Severity::Warning, format!("{key}[1]"), message)
        .hint("格式要求在这一部分报告收取信息处理费情况；没有收的也写明，如“本年度未收取信息处理费”");
    file.locate(finding, None)
}

/// A paragraph as it is printed, divided into tokens.
struct Paragraph<'a> {
    file: &'a ReportFile,
    body: &'a Body<'a>,
    printed: report::Paragraph<'a>,
    path: String,
    /// The path in words.
    place: OnceCell<Place>,
    tokens: Vec<Token>,
    scopes: Vec<Scope>,
}

impl<'a> Paragraph<'a> {
    fn new(
        file: &'a ReportFile,
        body: &'a Body<'a>,
        printed: report::Paragraph<'a>,
        vocabulary: &Vocabulary,
    ) -> Self {
        let tokens = tokens(&printed.text, file.report.year, vocabulary);
        let scopes = scopes(&printed.text, &tokens, body, vocabulary);
        Self { file, body, path: printed.path(), printed, place: OnceCell::new(), tokens, scopes }
    }

    fn findings(&self, years: &Years<'_>, vocabulary: &Vocabulary, carried: &mut Carried) -> Vec<Finding> {
        let ledger = years.now;
        let told_by = self.file.report.scopes.get(&self.path).copied();
        let mentions = mention::mentions(
            &self.printed.text,
            &self.tokens,
            &self.scopes,
            self.body,
            told_by,
            vocabulary,
            carried,
        );
        let mut known = verdict::Known::of(&mentions, self, ledger, vocabulary);
        let mut findings = Vec::new();
        let mut wrong = BTreeSet::new();
        for mention in mentions.iter().filter(|mention| !self.printed.is_from_placeholder(mention.at.clone()))
        {
            let told = verdict::verdict(mention, self, ledger, vocabulary, &mut known);
            wrong.extend((!told.is_empty()).then_some(mention.at.start));
            findings.extend(told);
        }
        findings.extend(compare::compared(self, &mentions, years, vocabulary));
        for sum in parts::sums(&self.tokens, &self.scopes, vocabulary) {
            // One wrong number in a list has been reported already.
            if wrong.range(sum.range.clone()).next().is_some() {
                continue;
            }
            findings.push(self.sum(&sum));
        }
        findings
    }

    fn sum(&self, sum: &parts::Sum) -> Finding {
        let parts: Vec<String> = sum.parts.iter().map(ToString::to_string).collect();
        let quoted = shortened(self.printed.part(sum.range.clone()), 60);
        let message = match parts.as_slice() {
            [part] => format!("正文“{quoted}”的一部分（{part}）比总数（{}）还多", sum.whole),
            _ => {
                let parts = parts.join("＋");
                format!("正文“{quoted}”各项之和不等于总数：{parts}＝{}，不是 {}", sum.sum(), sum.whole)
            }
        };
        let mut finding = self
            .finding(Rule::P5, sum.severity, message, &sum.at)
            .hint("请核对总数和各项；没有列全的，写明“主要包括”或补上“其他”一项");
        finding.left = Some(sum.whole.to_json());
        finding.right = Some(sum.sum().to_json());
        finding
    }

    /// A finding about a part of the paragraph.
    fn finding(&self, rule: Rule, severity: Severity, message: String, at: &Range<usize>) -> Finding {
        let place = self.place.get_or_init(|| self.file.place(&self.path));
        let mut finding = Finding::new(rule, severity, &self.path, message).place(place);
        finding.file.clone_from(&self.file.source.name);
        match self.file.span_in_paragraph(&self.printed, at.clone()) {
            Some(span) => finding.at(&self.file.source, span),
            None => finding,
        }
    }

    /// The clause that a mention stands in, shortened.
    fn quote(&self, mention: &Mention) -> String {
        let clause = mention.clause.start.min(mention.at.start)..mention.clause.end.max(mention.at.end);
        let text = self.printed.part(clause);
        let text = text.trim_start_matches(['，', '。', '；', '：', '、', '（', '）', ',', ' ']);
        let open = text.matches('（').count() > text.matches('）').count();
        shortened(text, 40) + if open { "）" } else { "" }
    }
}

/// The end of a text that is too long to quote; what counts stands at its end.
fn shortened(text: &str, most: usize) -> String {
    let length = text.chars().count();
    if length <= most {
        return text.to_owned();
    }
    let rest: String = text.chars().skip(length - most).collect();
    format!("…{rest}")
}
