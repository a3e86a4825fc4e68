//! P5: what is said to be made up of parts is their sum: 共14条，其中：甲2条，乙10条，丙2条.

use std::ops::Range;

use super::{
    scope::Scope,
    token::{Bound, Count, Kind, Mark, Token},
    vocabulary::{Class, Vocabulary, bit},
};
use crate::{finding::Severity, report::Number};

/// An enumeration that does not add up.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sum {
    pub(super) whole: Number,
    pub(super) parts: Vec<Number>,
    pub(super) severity: Severity,
    /// The bytes of the whole.
    pub(super) at: Range<usize>,
    /// The bytes from the whole to the last part.
    pub(super) range: Range<usize>,
}

impl Sum {
    /// What the parts come to.
    pub(super) fn sum(&self) -> Number {
        self.parts.iter().copied().sum()
    }
}

/// The enumerations of a paragraph that do not add up.
pub(super) fn sums(tokens: &[Token], scopes: &[Scope], vocabulary: &Vocabulary) -> Vec<Sum> {
    let signals = &vocabulary.signals;
    (0..tokens.len())
        .filter(|index| matches!(tokens[*index].kind, Kind::Word(class) if class == signals.part))
        .filter_map(|index| {
            let (whole, count) = whole(tokens, index, vocabulary)?;
            let list = List::read(tokens, index + 1, count, vocabulary)?;
            let value = count.numeral.value(0)?;
            let severity = list.severity(value)?;
            // Parts of a comparison or of a plan are stated loosely.
            let severity = if scopes[whole].aside { Severity::Unsure } else { severity };
            let at = tokens[whole].range.clone();
            let range = at.start..list.end;
            Some(Sum { whole: value, parts: list.parts, severity, at, range })
        })
        .collect()
}

/// The number right before 其中, the only one of its clause.
fn whole<'t>(tokens: &'t [Token], part: usize, vocabulary: &Vocabulary) -> Option<(usize, &'t Count)> {
    let mut at = part;
    let oldest = part.saturating_sub(6);
    let mut behind = false;
    loop {
        at = at.checked_sub(1).filter(|at| *at >= oldest)?;
        match &tokens[at].kind {
            Kind::Count(count) => {
                let exact = count.bound == Bound::Exact && count.money.is_none() && !count.unit.is_empty();
                let before = tokens[..at].iter().rev().take(64);
                // In the sentence after, 其中 may be of all that was stated: 新收317件，上年结转3件。其中，….
                let mut clause = before.take_while(|token| match token.kind {
                    Kind::Mark(Mark::Stop) => false,
                    Kind::Mark(Mark::Comma | Mark::Semicolon | Mark::Open) => behind,
                    _ => true,
                });
                let alone = clause.all(|token| token.count().is_none());
                return (exact && alone).then_some((at, count));
            }
            Kind::Mark(Mark::Comma | Mark::Open | Mark::Colon) => {}
            Kind::Mark(Mark::Stop) => behind = true,
            // 175件（8.81%，含…）
            Kind::Percent(_) => {}
            _ if tokens[at].classes(vocabulary) & vocabulary.transparent != 0 => {}
            _ => return None,
        }
    }
}

/// No enumeration goes on longer, in tokens: it keeps a text without marks cheap.
const LONGEST: usize = 400;

/// The parts behind 其中.
struct List {
    parts: Vec<Number>,
    /// Whether it goes on to the end of the sentence or bracket.
    is_whole: bool,
    /// Whether it says that it leaves some out, or mixes other things in.
    is_loose: bool,
    is_hedged: bool,
    /// Whether one part takes in whatever is left: 其他.
    has_rest: bool,
    /// Whether the parts are places of publication, which may have the same thing twice.
    overlaps: bool,
    end: usize,
}

impl List {
    fn read(tokens: &[Token], from: usize, whole: &Count, vocabulary: &Vocabulary) -> Option<Self> {
        let mut list = Self {
            parts: Vec::new(),
            is_whole: false,
            is_loose: false,
            is_hedged: false,
            has_rest: false,
            overlaps: false,
            end: 0,
        };
        let mut depth = 0_usize;
        let mut part: Option<Number> = None;
        let mut words = 0;
        let mut text = false;
        let mut before = Mark::Comma;
        for token in tokens[from..].iter().take(LONGEST) {
            match &token.kind {
                Kind::Mark(Mark::Open) => depth += 1,
                Kind::Mark(Mark::Close) if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                Kind::Count(count)
                    if count.unit == whole.unit && count.bound == Bound::Exact && part.is_none() =>
                {
                    part = Some(count.numeral.value(0)?);
                    list.end = token.range.end;
                }
                Kind::Count(_) => {
                    list.is_loose = true;
                    list.ended_at(before);
                    return list.finished();
                }
                Kind::Mark(Mark::List) if part.is_none() => {}
                Kind::Mark(mark) if *mark != Mark::Colon => {
                    if !list.clause(part.take(), words, text, vocabulary) {
                        list.ended_at(before);
                        return list.finished();
                    }
                    before = *mark;
                    if matches!(mark, Mark::Stop | Mark::Close) {
                        list.is_whole = true;
                        return list.finished();
                    }
                    (words, text) = (0, false);
                }
                Kind::Percent(_) => {}
                _ => {
                    words |= token.classes(vocabulary);
                    text |= token.kind == Kind::Text;
                }
            }
        }
        if list.clause(part.take(), words, text, vocabulary) {
            list.is_whole = tokens.len() - from <= LONGEST;
        }
        list.finished()
    }

    /// The clause behind this mark is no part any more. A semicolon ends a list as well as a full stop.
    fn ended_at(&mut self, mark: Mark) {
        if mark == Mark::Semicolon {
            self.is_whole = true;
            self.is_loose = self.is_hedged;
        }
    }

    /// Takes in a clause; `false` where the list ended before it.
    fn clause(&mut self, part: Option<Number>, words: u128, text: bool, vocabulary: &Vocabulary) -> bool {
        let signals = &vocabulary.signals;
        let says = |class: Class| words & bit(class) != 0;
        let Some(part) = part else {
            // 占72%, or nothing at all, between two parts.
            return !text && words & !vocabulary.transparent == 0;
        };
        // 比上年增加400件 is no part.
        if says(signals.compare) {
            return true;
        }
        if words & vocabulary.stops != 0
            || says(signals.part)
            || says(signals.loose_part)
            || says(signals.total)
        {
            self.is_loose = true;
            return false;
        }
        self.has_rest |= says(signals.rest);
        self.overlaps |= says(signals.media);
        self.is_hedged |= says(signals.hedge) && !text;
        self.is_loose |= self.is_hedged;
        self.parts.push(part);
        true
    }

    fn finished(self) -> Option<Self> {
        (!self.parts.is_empty()).then_some(self)
    }

    /// How grave it is that the parts do not come to the whole; `None` where they do, or need not.
    fn severity(&self, whole: Number) -> Option<Severity> {
        if let [only] = self.parts.as_slice() {
            // What is called a part cannot be more than the whole; a smaller one says nothing.
            return (*only > whole).then_some(Severity::Warning);
        }
        let mut sum = Number::ZERO;
        for (index, part) in self.parts.iter().enumerate() {
            sum = sum + *part;
            // What follows may not belong to the list any more.
            if sum == whole && index > 0 {
                return None;
            }
        }
        if self.parts.contains(&whole) {
            return None;
        }
        if sum > whole {
            let sure = self.is_whole && !self.is_loose && !self.overlaps;
            return Some(if sure { Severity::Warning } else { Severity::Unsure });
        }
        let complete = self.is_whole && !self.is_loose;
        let four_fifths = [sum; 5].into_iter().sum::<Number>() >= [whole; 4].into_iter().sum::<Number>();
        match (complete, self.has_rest) {
            (true, true) => Some(Severity::Warning),
            (true, false) if four_fifths || is_typed_too_long(whole, sum) => Some(Severity::Unsure),
            _ => None,
        }
    }
}

/// Whether a number is another one with a digit too many: 2942 for 294.
fn is_typed_too_long(long: Number, short: Number) -> bool {
    let (long, short) = (long.to_string(), short.to_string());
    short.len() > 1
        && long.len() == short.len() + 1
        && long.char_indices().any(|(at, c)| {
            let (before, behind) = (&long[..at], &long[at + c.len_utf8()..]);
            short.strip_prefix(before) == Some(behind)
        })
}
