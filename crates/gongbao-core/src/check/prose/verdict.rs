//! A figure that the text states, compared with the cells it speaks of.

use std::collections::BTreeSet;

use super::{
    Paragraph,
    ledger::{Entry, Lack, Ledger},
    mention::{Mention, Told},
    numeral::Numeral,
    scope::Reach,
    token::{Bound, Count},
    vocabulary::{Saying, Vocabulary},
};
use crate::{
    finding::{Finding, MediumWords, Message, Remedy, Severity},
    report::Number,
};

/// One way to read what is stated.
struct Reading<'a> {
    amount: Number,
    /// The figures that are added up, the first of them the one to name.
    entries: Vec<&'a Entry>,
}

impl Reading<'_> {
    fn told(&self) -> String {
        let places: Vec<String> = self.entries.iter().map(|entry| format!("“{}”", entry.place)).collect();
        match places.as_slice() {
            [only] => format!("{only}是 {}", self.amount),
            _ => format!("{}合计 {}", places.join("与"), self.amount),
        }
    }
}

/// What has been found out about a paragraph.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Sentences and figures that have been complained of: a number and its percentage that are both wrong are one
    /// mistake.
    told: BTreeSet<(usize, String)>,
    /// Sentences with a number that agrees with the table: they state the figures of the table, not of an office alone.
    confirmed: BTreeSet<usize>,
}

/// A number below this agrees with a table by chance.
const BY_CHANCE: f64 = 10.0;

impl Known {
    /// What the numbers of a paragraph say about whose figures they are.
    pub(super) fn of(
        mentions: &[Mention],
        paragraph: &Paragraph<'_>,
        ledger: &Ledger<'_>,
        vocabulary: &Vocabulary,
    ) -> Self {
        let mut known = Self::default();
        for mention in mentions.iter().filter(|mention| mention.reach == Reach::Unsaid) {
            let Told::Count(count) = &mention.told else { continue };
            let judge = Judge { mention, paragraph, ledger, vocabulary, known: &mut Self::default() };
            let [cell] = mention.cells.as_slice() else { continue };
            let cell = &vocabulary.cells[*cell];
            let value = count.numeral.value(0).and_then(float).unwrap_or_default();
            let readings = judge.readings(&cell.means).unwrap_or_default();
            if value >= BY_CHANCE && readings.iter().any(|reading| judge.holds(cell, reading.amount)) {
                known.confirmed.insert(mention.sentence);
            }
        }
        known
    }
}

/// The findings on one mention: none where any reading of it holds.
pub(super) fn verdict(
    mention: &Mention,
    paragraph: &Paragraph<'_>,
    ledger: &Ledger<'_>,
    vocabulary: &Vocabulary,
    known: &mut Known,
) -> Vec<Finding> {
    let mut judge = Judge { mention, paragraph, ledger, vocabulary, known };
    let is_nought = match &mention.told {
        Told::Count(count) => count.numeral.value(0) == Some(Number::ZERO),
        Told::Nothing => true,
        Told::Share { percent, alone } => return judge.share(percent, *alone).into_iter().collect(),
    };
    // Of several that have nothing together none has anything.
    if mention.each || is_nought {
        return mention.cells.iter().filter_map(|cell| judge.count(&[*cell])).collect();
    }
    judge.count(&mention.cells).into_iter().collect()
}

struct Judge<'a> {
    known: &'a mut Known,
    mention: &'a Mention,
    paragraph: &'a Paragraph<'a>,
    ledger: &'a Ledger<'a>,
    vocabulary: &'a Vocabulary,
}

impl<'a> Judge<'a> {
    /// Holds a count against the cells: the first, or all together, or one of the others.
    fn count(&mut self, cells: &[usize]) -> Option<Finding> {
        let (first, others) = cells.split_first()?;
        let cell = &self.vocabulary.cells[*first];
        let mut readings = self.readings(&cell.means)?;
        if self.mention.told == Told::Nothing && cell.loose {
            readings.truncate(1);
        }
        let mut total =
            Reading { amount: readings.first()?.amount, entries: readings.first()?.entries.clone() };
        let mut apart = false;
        let mut beside = false;
        for other in others {
            let other = self.readings(&self.vocabulary.cells[*other].means)?.into_iter().next()?;
            // 因本机关不掌握等原因无法提供: the reason lies within what it is a reason for, and is one of several.
            let within = is_within(&other, readings.first()?);
            if within && self.mention.hedged {
                continue;
            }
            apart |= !within;
            beside = true;
            total.amount = total.amount + other.amount;
            total.entries.extend(&other.entries);
            readings.push(other);
        }
        if beside {
            readings.push(total);
        }
        if readings.iter().any(|reading| self.holds(cell, reading.amount)) {
            return None;
        }
        let number = match &self.mention.told {
            Told::Count(count) => count.numeral.value(shift(count, cell.money.first().copied()))?,
            _ => Number::ZERO,
        };
        let is_part = readings.iter().all(|reading| number < reading.amount);
        let of_some = match self.mention.reach {
            // Figures of some of its bodies are rightly smaller than those of all.
            Reach::Division | Reach::Foreign if is_part => return None,
            Reach::Division | Reach::Foreign => true,
            Reach::Office => is_part,
            Reach::Unsaid => is_part && !self.known.confirmed.contains(&self.mention.sentence),
            Reach::Whole => false,
        };
        if self.is_told(&readings) {
            return None;
        }
        let noted = readings.iter().flat_map(|reading| &reading.entries).any(|entry| entry.noted);
        let loose = cell.loose
            || apart
            || noted
            || matches!(&self.mention.told, Told::Count(c) if c.bound == Bound::About);
        let severity =
            if loose || of_some || self.mention.unsure { Severity::Unsure } else { Severity::Warning };
        // One reading more than enough would bury the cell.
        let told: Vec<String> = readings.iter().take(2).map(Reading::told).collect();
        let message = format!("正文“{}”与表不一致：{}", self.paragraph.quote(self.mention), told.join("，"));
        let first = readings.into_iter().next()?;
        // Only what one placeholder stands for can be put in by the program.
        let path = match (cell.means.first()?.as_slice(), &self.mention.told) {
            ([path], Told::Count(_)) => Some(path.as_str()),
            _ => None,
        };
        let hint = hint(severity, path, of_some, unit_slip(number, first.amount, !cell.money.is_empty()));
        Some(self.finding(cell, severity, message, number, &first, hint))
    }

    /// Holds a percentage against what the cells make of the total.
    fn share(&mut self, percent: &Numeral, alone: bool) -> Option<Finding> {
        let (cell, others) = self.mention.cells.split_first()?;
        let cell = &self.vocabulary.cells[*cell];
        if !cell.share || self.mention.reach == Reach::Division {
            return None;
        }
        let parts = self.readings(&cell.means)?;
        for other in others {
            // Only the reasons for an outcome can stand beside it.
            let other = self.readings(&self.vocabulary.cells[*other].means)?.into_iter().next()?;
            if !self.mention.hedged || !is_within(&other, parts.first()?) {
                return None;
            }
        }
        let wholes = self.readings(&self.vocabulary.file.share.of)?;
        let printed: f64 = percent.digits().parse().ok()?;
        let decimals = percent.decimals();
        let unit = 0.1_f64.powi(i32::try_from(decimals).ok()?);
        let of = |part: &Reading<'_>, whole: &Reading<'_>| {
            let (part, whole) = (float(part.amount)?, float(whole.amount)?);
            (whole > 0.0).then_some(part * 100.0 / whole)
        };
        let shares: Vec<f64> =
            parts.iter().flat_map(|part| wholes.iter().filter_map(move |whole| of(part, whole))).collect();
        // Offices let the last digit make up for rounding elsewhere.
        if shares.iter().any(|share| (share - printed).abs() < unit * 1.001) {
            return None;
        }
        if self.is_told(&parts) {
            return None;
        }
        let share = Number::parse(&format!("{:.decimals$}", shares.first()?)).ok()?;
        let unsure = alone || self.mention.unsure || self.mention.reach == Reach::Office;
        let severity = if unsure { Severity::Unsure } else { Severity::Warning };
        let message = format!(
            "正文“{}”的百分比与表不一致：{}，{}，应为 {share}%",
            self.paragraph.quote(self.mention),
            parts.first()?.told(),
            wholes.first()?.told(),
        );
        let number = percent.value(0)?;
        let part = Reading { amount: share, ..parts.into_iter().next()? };
        Some(self.finding(
            cell,
            severity,
            message,
            number,
            &part,
            "请按表三重新计算百分比，并核对以什么为总数",
        ))
    }

    fn finding(
        &self,
        cell: &Saying,
        severity: Severity,
        message: String,
        left: Number,
        right: &Reading<'_>,
        hint: impl Into<Message>,
    ) -> Finding {
        let mut finding =
            self.paragraph.finding(cell.rule.clone(), severity, message, &self.mention.at).hint(hint);
        finding.figure = right.entries.first().map(|entry| entry.figure.clone());
        finding.left = Some(left.to_json());
        finding.right = Some(right.amount.to_json());
        finding
    }

    /// Whether the sentence has been reported as contradicting this cell; from now on it has.
    fn is_told(&mut self, readings: &[Reading<'_>]) -> bool {
        let Some(entry) = readings.first().and_then(|reading| reading.entries.first()) else { return true };
        !self.known.told.insert((self.mention.sentence, entry.figure.clone()))
    }

    /// The readings that the form has; `None` where the report lacks a figure, or there is none.
    fn readings(&self, means: &[Vec<String>]) -> Option<Vec<Reading<'a>>> {
        let mut readings = Vec::new();
        for paths in means {
            let mut reading = Reading { amount: Number::ZERO, entries: Vec::new() };
            let mut known = true;
            for path in paths {
                let (negative, path) =
                    path.strip_prefix('-').map_or((false, path.as_str()), |path| (true, path));
                match self.ledger.entry(path) {
                    Ok(entry) => {
                        let amount = if negative { -entry.amount } else { entry.amount };
                        reading.amount = reading.amount + amount;
                        reading.entries.push(entry);
                    }
                    Err(Lack::Unknown) => known = false,
                    Err(Lack::Missing) => return None,
                }
            }
            if known {
                readings.push(reading);
            }
        }
        (!readings.is_empty()).then_some(readings)
    }

    fn holds(&self, cell: &Saying, amount: Number) -> bool {
        let Told::Count(count) = &self.mention.told else { return amount == Number::ZERO };
        let units: Vec<Option<u32>> =
            if cell.money.is_empty() { vec![None] } else { cell.money.iter().copied().map(Some).collect() };
        units.into_iter().any(|unit| agrees(count, shift(count, unit), amount))
    }
}

/// By which power of ten a sum of money in the text is one in the cell.
pub(super) fn shift(count: &Count, unit: Option<u32>) -> i32 {
    let power = |unit: Option<u32>| unit.and_then(|unit| i32::try_from(unit).ok()).unwrap_or(0);
    if count.money.is_none() { 0 } else { power(count.money) - power(unit) }
}

/// Whether a number as it is written can be said of an amount.
pub(super) fn agrees(count: &Count, shift: i32, amount: Number) -> bool {
    // What cannot be a figure cannot contradict one.
    let Some(number) = count.numeral.value(shift) else { return true };
    let distance = if number < amount { amount - number } else { number - amount };
    let grain = count.numeral.grain(shift, count.money.is_some_and(|power| power > 0));
    let near = distance == Number::ZERO || distance < grain;
    match count.bound {
        Bound::Exact => near,
        Bound::AtLeast => near || amount > number,
        Bound::AtMost => near || amount < number,
        // A tenth is what 约 allows.
        Bound::About => near || float(distance).zip(float(number)).is_some_and(|(d, n)| d <= n / 10.0),
    }
}

pub(super) fn float(number: Number) -> Option<f64> {
    number.to_json().as_f64()
}

/// Whether the figures of one reading are among those of another.
fn is_within(part: &Reading<'_>, whole: &Reading<'_>) -> bool {
    let within = |entry: &&Entry| whole.entries.iter().any(|other| entry.place.is_within(&other.place));
    part.entries.iter().all(within)
}

/// How far a sum of money is off where it was entered in 元 instead of 万元, or the other way round.
const TEN_THOUSAND: f64 = 10_000.0;

/// Whether two sums of money differ by the step from 元 to 万元.
fn unit_slip(told: Number, amount: Number, is_money: bool) -> bool {
    let (Some(told), Some(amount)) = (float(told), float(amount)) else { return false };
    let ratio = told.max(amount) / told.min(amount);
    is_money && told > 0.0 && amount > 0.0 && (ratio / TEN_THOUSAND - 1.0).abs() < 0.01
}

fn hint(severity: Severity, path: Option<&str>, of_some: bool, unit: bool) -> Message {
    if unit {
        return "两个数正好差一万倍：多半是把以元计的数填进了以万元计的格，请核对单位".into();
    }
    if of_some {
        let of_office = "请核对这句话说的是全部单位还是一个单位的数";
        return Message::from(of_office).words(MediumWords {
            file: "：说的是办公厅（室）一家的，可在报告文件里用 scopes 注明".into(),
            workbook: "：说的是办公厅（室）一家的，可以在“审核”表写明认可的理由".into(),
            browser: "：说的是办公厅（室）一家的，可以接受这处提醒并写明理由".into(),
        });
    }
    if severity == Severity::Unsure {
        return Message::from("请核对两处说的是不是同一个数；口径确实不同的，")
            .remedy(Remedy::Accept { names_file: true });
    }
    let hint = Message::from("请核对台账：表填对了就改正文");
    let hint = match path {
        Some(path) => {
            let put_in = format!("（数写成 {{{{{path}}}}}，以后总与表一致）");
            let browser = "（插入表里的数，以后总与表一致）".into();
            hint.words(MediumWords { workbook: put_in.clone().into(), file: put_in.into(), browser })
        }
        None => hint,
    };
    hint.then("，正文写对了就改表，并核对表里的合计")
}
