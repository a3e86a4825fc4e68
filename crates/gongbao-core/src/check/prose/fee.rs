//! P9: the last chapter says whether 信息处理费 was taken (国办公开办函〔2021〕30号:
//! 收取信息处理费情况在此处报告).

use super::{
    Paragraph,
    ledger::Ledger,
    scope::Time,
    token::{Kind, Mark, Token},
    vocabulary::{Class, Vocabulary, bit},
};
use crate::{
    finding::{Finding, Rule, Severity},
    report::Number,
};

/// What a paragraph says about the fee.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    /// Whether it says anything.
    pub(super) anything: bool,
    /// Where it says that some was taken: the tokens of the sentence, and how much in yuan.
    taken: Option<(usize, Option<Number>)>,
}

/// Reads what a paragraph says about the fee.
pub(super) fn said(paragraph: &Paragraph<'_>, vocabulary: &Vocabulary) -> Said {
    let signals = &vocabulary.signals;
    let tokens = &paragraph.tokens;
    let mut said = Said::default();
    for sentence in sentences(tokens) {
        let words = tokens[sentence.clone()].iter().fold(0, |words, token| words | token.classes(vocabulary));
        let says = |class: Class| words & bit(class) != 0;
        let about_fee = says(vocabulary.processing_fee);
        said.anything |= about_fee || says(signals.charge) || says(signals.charged);
        let this_year = |at: usize| !matches!(paragraph.scopes[at].time, Time::Named | Time::Other);
        if !about_fee || says(signals.negation) {
            continue;
        }
        let sum = sentence.clone().find_map(|at| {
            let count = tokens[at].count()?;
            let power = i32::try_from(count.money?).ok()?;
            Some((at, count.numeral.value(power)?))
        });
        said.taken = said.taken.or(match sum {
            Some((at, sum)) if sum != Number::ZERO && this_year(at) => Some((at, Some(sum))),
            Some(_) => None,
            None => sentence
                .clone()
                .find(|at| tokens[*at].class(vocabulary) == Some(signals.charged) && this_year(*at))
                .map(|at| (at, None)),
        });
    }
    said
}

/// Fees that were taken while the table has none.
pub(super) fn unbooked(
    said: &Said,
    paragraph: &Paragraph<'_>,
    ledger: &Ledger<'_>,
    vocabulary: &Vocabulary,
) -> Option<Finding> {
    let (at, sum) = said.taken?;
    let entry = ledger.entry(&vocabulary.file.processing_fee.cell).ok()?;
    // In the unit of the table, 万元.
    let in_table = sum.and_then(|sum| Number::parse(&format!("{sum}e-4")).ok());
    let is_more = in_table.is_some_and(|sum| entry.amount < sum);
    let (severity, message) = if entry.amount == Number::ZERO {
        let message = format!("正文说收取了信息处理费，而“{}”是 0", entry.place);
        (Severity::Unsure, message)
    } else if is_more {
        let message = format!(
            "正文说收取的信息处理费（{}万元）比“{}”（{}万元）还多",
            in_table.unwrap_or(Number::ZERO),
            entry.place,
            entry.amount
        );
        (Severity::Warning, message)
    } else {
        return None;
    };
    let range = paragraph.tokens[at].range.clone();
    let mut finding = paragraph
        .finding(Rule::P9, severity, message, &range)
        .hint("信息处理费属于行政事业性收费；收了的，表二的收费金额里应当有");
    finding.figure = Some(entry.figure.clone());
    finding.left = sum.map(Number::to_json);
    finding.right = Some(entry.amount.to_json());
    Some(finding)
}

/// The sentences, as ranges of tokens.
fn sentences(tokens: &[Token]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let ends = tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::Mark(Mark::Stop));
    let mut start = 0;
    ends.map(|(at, _)| at).chain([tokens.len()]).map(move |end| {
        let range = start..end;
        start = (end + 1).min(tokens.len());
        range
    })
}
