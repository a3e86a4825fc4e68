//! P11: what a text says about the year before: 比上年增加232件，增长13.15%; 与上年持平.
//!
//! A comparison belongs to the number stated last in its sentence, at the same depth of brackets. The change is computed
//! from the tables of both years; without last year's report, number, change and percentage are compared with each
//! other.

use std::{collections::HashMap, ops::Range};

use super::{
    Paragraph,
    ledger::{Entry, Ledger},
    mention::{Mention, Told},
    numeral::Numeral,
    token::{Bound, Count, Kind, Mark, Token},
    verdict::{agrees, float},
    vocabulary::{Saying, Vocabulary},
};
use crate::{
    finding::{Finding, Rule, Severity},
    report::Number,
};

/// The tables of both years.
pub(super) struct Years<'a> {
    pub(super) now: &'a Ledger<'a>,
    pub(super) last: Option<&'a Ledger<'a>>,
}

/// Words between a direction and its number that change nothing.
const ABOUT: [&str; 8] = ["约为", "大约", "约", "近", "为", "达", "超", "逾"];

/// The findings on all comparisons of a paragraph.
pub(super) fn compared(
    paragraph: &Paragraph<'_>,
    mentions: &[Mention],
    years: &Years<'_>,
    vocabulary: &Vocabulary,
) -> Vec<Finding> {
    let mut reader = Reader { paragraph, years, vocabulary, now: Chain::default(), outer: Vec::new() };
    // Of a number and a denial at one place the number is meant.
    let numbers = mentions.iter().filter(|mention| !matches!(mention.told, Told::Nothing));
    let numbers: HashMap<usize, &Mention> = numbers.map(|mention| (mention.at.start, mention)).collect();
    let mut findings = Vec::new();
    for (index, token) in paragraph.tokens.iter().enumerate() {
        findings.extend(reader.step(index, token, numbers.get(&token.range.start).copied()));
    }
    findings
}

/// A number that was stated, and what the text has said about it since.
#[derive(Clone, Default)]
struct Chain<'m> {
    /// The number, and the ways to read it.
    anchor: Option<(&'m Mention, &'m Count)>,
    /// Whether the year before was named.
    last_year: bool,
    /// Whether another year was.
    other_year: bool,
    /// The change that was stated, positive or negative.
    change: Option<Number>,
}

struct Reader<'a> {
    paragraph: &'a Paragraph<'a>,
    years: &'a Years<'a>,
    vocabulary: &'a Vocabulary,
    now: Chain<'a>,
    outer: Vec<Chain<'a>>,
}

impl<'a> Reader<'a> {
    fn step(&mut self, index: usize, token: &'a Token, mention: Option<&'a Mention>) -> Option<Finding> {
        match &token.kind {
            Kind::Mark(Mark::Stop) => {
                self.outer.clear();
                self.now = Chain::default();
            }
            Kind::Mark(Mark::Semicolon) => self.now = Chain::default(),
            Kind::Mark(Mark::List) => (self.now.last_year, self.now.other_year) = (false, false),
            Kind::Mark(Mark::Open) => self.outer.push(self.now.clone()),
            Kind::Mark(Mark::Close) => self.now = self.outer.pop().unwrap_or_default(),
            Kind::Count(count) => match mention.filter(|mention| mention.cells.len() == 1) {
                Some(mention) => self.now = Chain { anchor: Some((mention, count)), ..Chain::default() },
                None => return self.change(index, Change::Count(count)),
            },
            Kind::Percent(percent) if mention.is_none() => {
                return self.change(index, Change::Percent(percent));
            }
            Kind::Percent(_) => {}
            Kind::Year(-1) => self.now.last_year = true,
            Kind::Year(0) => {}
            Kind::Year(_) => self.now.other_year = true,
            Kind::Word(_) | Kind::Text => return self.words(token),
            Kind::Mark(_) => {}
        }
        None
    }

    /// 同比, 上年, 持平.
    fn words(&mut self, token: &Token) -> Option<Finding> {
        let comparison = &self.vocabulary.file.comparison;
        let words = self.paragraph.printed.part(token.range.clone());
        let signals = &self.vocabulary.signals;
        let class = token.class(self.vocabulary);
        self.now.last_year |=
            class == Some(signals.last_year) || comparison.period.iter().any(|word| word == words);
        self.now.other_year |= class == Some(signals.other_time) || class == Some(signals.part_of_year);
        let same = comparison.same.iter().find(|word| words.contains(word.as_str()))?;
        let end = token.range.start + words.find(same.as_str())?;
        let before = self.paragraph.printed.part(0..end);
        let is_nearly = comparison.nearly.iter().any(|word| before.ends_with(word.as_str()));
        if is_nearly || !self.now.last_year || self.now.other_year {
            return None;
        }
        let (mention, _) = self.now.anchor?;
        let (this, last, entry) = self.of_both_years(mention)?;
        (this != last).then(|| {
            let message = format!(
                "正文说“{}”与上年{same}，而上年是 {last}，本年是 {this}",
                self.paragraph.quote(mention)
            );
            self.finding(message, &token.range, Number::ZERO, this - last, entry, Severity::Warning)
        })
    }

    /// A number behind a direction.
    fn change(&mut self, index: usize, change: Change<'_>) -> Option<Finding> {
        let token = &self.paragraph.tokens[index];
        let Some(is_down) = self.direction(token) else {
            // Another number, of something that no table counts: what follows may be about that.
            if matches!(change, Change::Count(_)) {
                self.now.anchor = None;
            }
            return None;
        };
        let (mention, told) = self.now.anchor.filter(|_| self.now.last_year && !self.now.other_year)?;
        let cell = self.vocabulary.cells.get(*mention.cells.first()?)?;
        match change {
            Change::Count(count) => {
                let is_of_same = count.money.is_some() == told.money.is_some()
                    && (count.money.is_some() || cell.units.contains(&count.unit));
                if !is_of_same || count.bound == Bound::About {
                    return None;
                }
                let value = count.numeral.value(shift(count, cell))?;
                self.now.change = Some(if is_down { -value } else { value });
                let (this, last, entry) = self.of_both_years(mention)?;
                let right = this - last;
                let distance = if is_down { -right } else { right };
                if agrees(count, shift(count, cell), distance) {
                    return None;
                }
                let message = format!(
                    "正文说“{}”比上年{}，而上年是 {last}，本年是 {this}，{}",
                    self.paragraph.quote(mention),
                    self.said(&token.range),
                    in_words(right),
                );
                let left = if is_down { -value } else { value };
                Some(self.finding(message, &token.range, left, right, entry, Severity::Warning))
            }
            Change::Percent(percent) => self.percentage(mention, told, percent, is_down, &token.range),
        }
    }

    fn percentage(
        &self,
        mention: &Mention,
        told: &Count,
        percent: &Numeral,
        is_down: bool,
        at: &Range<usize>,
    ) -> Option<Finding> {
        let cell = self.vocabulary.cells.get(*mention.cells.first()?)?;
        let printed: f64 = percent.digits().parse().ok()?;
        let unit = 0.1_f64.powi(i32::try_from(percent.decimals()).ok()?);
        // Rounded up or down, or cut off: less than one step of the last digit.
        let holds = |right: f64| {
            let signed = if is_down { -printed } else { printed };
            (signed - right).abs() < unit * 0.999
        };
        let by_tables = self.of_both_years(mention).and_then(|(this, last, entry)| {
            let (this, last) = (float(this)?, float(last)?);
            (last > 0.0).then(|| ((this - last) * 100.0 / last, entry))
        });
        let by_text = || {
            let now = float(told.numeral.value(shift(told, cell))?)?;
            let change = float(self.now.change?)?;
            let last = now - change;
            (told.bound == Bound::Exact && last > 0.0).then(|| change * 100.0 / last)
        };
        let left = Number::parse(percent.digits()).ok()?;
        let rounded = |right: f64| Number::parse(&format!("{right:.*}", percent.decimals().max(2))).ok();
        if let Some((right, entry)) = by_tables {
            if holds(right) {
                return None;
            }
            let message = format!(
                "正文说“{}”比上年{}，按两年的表计算{}",
                self.paragraph.quote(mention),
                self.said(at),
                in_percent(rounded(right)?),
            );
            return Some(self.finding(message, at, left, rounded(right)?, entry, Severity::Warning));
        }
        let right = by_text().filter(|right| !holds(*right))?;
        let entry = self.entry(cell)?;
        let message = format!(
            "正文说“{}”比上年{}，而按所写的件数和增减数计算{}",
            self.paragraph.quote(mention),
            self.said(at),
            in_percent(rounded(right)?),
        );
        Some(self.finding(message, at, left, rounded(right)?, entry, Severity::Unsure))
    }

    /// Whether the words right before a number say that it went down; `None` where they say neither.
    fn direction(&self, token: &Token) -> Option<bool> {
        let comparison = &self.vocabulary.file.comparison;
        let mut before = self.paragraph.printed.part(0..token.range.start).trim_end();
        let ends = |before: &str, words: &[String]| words.iter().any(|word| before.ends_with(word.as_str()));
        for _ in 0..2 {
            if ends(before, &comparison.down) {
                return Some(true);
            }
            if ends(before, &comparison.up) {
                return Some(false);
            }
            before = ABOUT.iter().find_map(|word| before.strip_suffix(word))?;
        }
        None
    }

    /// What was stated in both years, where the number agrees with this year's table.
    fn of_both_years(&self, mention: &Mention) -> Option<(Number, Number, &'a Entry)> {
        let cell = self.vocabulary.cells.get(*mention.cells.first()?)?;
        let Told::Count(count) = &mention.told else { return None };
        let last = self.years.last?;
        cell.means.iter().find_map(|paths| {
            let this = sum(self.years.now, paths)?;
            let last = sum(last, paths)?;
            let entry = self.years.now.entry(paths.first()?.trim_start_matches('-')).ok()?;
            agrees(count, shift(count, cell), this).then_some((this, last, entry))
        })
    }

    fn entry(&self, cell: &Saying) -> Option<&'a Entry> {
        cell.means.iter().find_map(|paths| self.years.now.entry(paths.first()?.trim_start_matches('-')).ok())
    }

    /// The direction and its number, as they are written.
    fn said(&self, at: &Range<usize>) -> String {
        let before = self.paragraph.printed.part(0..at.start);
        let start =
            before.char_indices().rev().take_while(|(_, c)| !"，、（；。上去年比".contains(*c)).last();
        let start = start.map_or(at.start, |(start, _)| start);
        let said = self.paragraph.printed.part(start..at.end);
        // 较2023年多232件 is quoted from its direction on.
        said.rsplit_once('年').map_or(said, |(_, said)| said).to_owned()
    }

    fn finding(
        &self,
        message: String,
        at: &Range<usize>,
        left: Number,
        right: Number,
        entry: &Entry,
        severity: Severity,
    ) -> Finding {
        let hint = "请对照上年的报告重新计算；上年的数更正过、口径调整过的，在正文里说明";
        let mut finding = self.paragraph.finding(Rule::P11, severity, message, at).hint(hint);
        finding.figure = Some(entry.figure.clone());
        finding.left = Some(left.to_json());
        finding.right = Some(right.to_json());
        finding
    }
}

/// What is said to have changed.
enum Change<'t> {
    Count(&'t Count),
    Percent(&'t Numeral),
}

/// The sum of paths; `None` where the form or the report has not all of them.
fn sum(ledger: &Ledger<'_>, paths: &[String]) -> Option<Number> {
    paths.iter().try_fold(Number::ZERO, |sum, path| {
        let amount = ledger.entry(path.trim_start_matches('-')).ok()?.amount;
        Some(if path.starts_with('-') { sum - amount } else { sum + amount })
    })
}

/// By which power of ten a sum of money is one in the cell.
fn shift(count: &Count, cell: &Saying) -> i32 {
    super::verdict::shift(count, cell.money.first().copied())
}

fn in_words(change: Number) -> String {
    match change {
        Number::ZERO => "没有增减".to_owned(),
        change if change.is_negative() => format!("减少 {}", -change),
        change => format!("增加 {change}"),
    }
}

fn in_percent(change: Number) -> String {
    if change.is_negative() { format!("下降 {}%", -change) } else { format!("增长 {change}%") }
}
