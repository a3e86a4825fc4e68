//! From the words around a number to the cells of the form that it speaks of.

use std::ops::Range;

use super::{
    denial,
    scope::{Scope, Time, names_another},
    token::{Count, Kind, Mark, Token},
    vocabulary::{Class, Classes, Denial, Saying, Vocabulary, bit},
    window::{Window, left, right},
};

/// A figure that the text tells.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mention {
    /// The cell it speaks of, and others that it may add to it: 规章和规范性文件3件.
    pub(super) cells: Vec<usize>,
    pub(super) told: Told,
    /// Whether each of the cells is said to have it.
    pub(super) each: bool,
    /// Whether it may be about something else.
    pub(super) unsure: bool,
    /// The bytes of the number, or of the words that deny.
    pub(super) at: Range<usize>,
    /// Where the sentence begins.
    pub(super) sentence: usize,
    /// The clause to quote.
    pub(super) clause: Range<usize>,
}

/// What is told.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Told {
    Count(Count),
    /// A percentage of what `[share]` in the vocabulary says, right after the number it belongs to
    /// or on its own.
    Share {
        percent: super::numeral::Numeral,
        alone: bool,
    },
    /// Nothing: 未收到.
    Nothing,
}

/// What a paragraph hands on to the one below its heading.
#[derive(Debug, Clone, Default)]
pub(super) struct Carried {
    /// What is spoken of.
    pub(super) topic: Option<Class>,
    /// All that has been spoken of.
    pub(super) context: Classes,
}

/// All figures that a paragraph tells.
pub(super) fn mentions(
    text: &str,
    tokens: &[Token],
    scopes: &[Scope],
    agency: &str,
    vocabulary: &Vocabulary,
    carried: &mut Carried,
) -> Vec<Mention> {
    let mut reader = Reader {
        text,
        tokens,
        scopes,
        agency,
        vocabulary,
        topic: carried.topic,
        paragraph: carried.context,
        sentence: 0,
        begins: 0,
        verb: 0,
        foreign: false,
        elsewhen: false,
        names_the_year: tokens.iter().any(|t| t.class(vocabulary) == Some(vocabulary.signals.this_year)),
    };
    let mut found = Vec::new();
    for index in 0..tokens.len() {
        reader.step(index, &mut found);
    }
    *carried = Carried { topic: reader.topic, context: reader.paragraph | reader.sentence };
    found
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) scopes: &'a [Scope],
    agency: &'a str,
    pub(super) vocabulary: &'a Vocabulary,
    /// What was last spoken of.
    pub(super) topic: Option<Class>,
    /// All that was spoken of in the sentences before, and in this one.
    paragraph: Classes,
    sentence: Classes,
    /// Where this sentence begins.
    begins: usize,
    /// The verbs of the number before: 制定规章2件、规范性文件3件.
    verb: Classes,
    /// Whether figures of other bodies, or of other years, were told last.
    foreign: bool,
    elsewhen: bool,
    /// Whether the year reported on is named anywhere.
    names_the_year: bool,
}

impl Reader<'_> {
    fn step(&mut self, index: usize, found: &mut Vec<Mention>) {
        let token = &self.tokens[index];
        match &token.kind {
            Kind::Mark(Mark::Stop) => {
                self.paragraph |= self.sentence;
                self.sentence = 0;
                self.verb = 0;
                self.topic = self.topic.filter(|topic| self.vocabulary.lasting & bit(*topic) != 0);
                self.begins = token.range.end;
            }
            Kind::Mark(Mark::Semicolon) => self.verb = 0,
            Kind::Word(class) if *class == self.vocabulary.signals.negation => {
                found.extend(denial::denied(self, index));
            }
            Kind::Word(class) => {
                self.sentence |= bit(*class);
                if self.vocabulary.topics & bit(*class) != 0 {
                    self.topic = Some(*class);
                }
            }
            Kind::Count(count) => {
                found.extend(self.counted(index, Told::Count(count.clone())));
            }
            Kind::Percent(percent) => {
                let told = |alone| Told::Share { percent: percent.clone(), alone };
                if let Some(last) = found.last().filter(|last| self.belongs(last, index)) {
                    let at = token.range.clone();
                    found.push(Mention { told: told(false), at, ..last.clone() });
                } else {
                    found.extend(self.counted(index, told(true)));
                }
            }
            _ => {}
        }
    }

    /// Whether a percentage belongs to the number told last: 208件（17.46%）, 42件，占42.86%.
    fn belongs(&self, last: &Mention, index: usize) -> bool {
        let before = self.tokens[..index].iter().rev().take(8);
        let mut between = before.take_while(|token| token.range.start >= last.at.end);
        last.at.end <= self.tokens[index].range.start
            && matches!(last.told, Told::Count(_))
            && between.all(|token| {
                matches!(token.kind, Kind::Mark(Mark::Open | Mark::Comma))
                    || token.classes(self.vocabulary) & self.vocabulary.transparent != 0
            })
            && self.tokens[..index].iter().rev().take(8).any(|token| token.range.end == last.at.end)
    }

    /// What the number at `index` tells.
    fn counted(&mut self, index: usize, told: Told) -> Option<Mention> {
        let vocabulary = self.vocabulary;
        let left = left(self.tokens, index, vocabulary);
        let right = right(self.tokens, index, vocabulary);
        let (nearest, have, by_left) = self.words(&left, &right)?;
        // 制定规章2件、规范性文件3件: the second goes on with the verb of the first.
        let goes_on = left.matter != 0 && left.matter & !vocabulary.topics == 0 && !left.has_text;
        let carried_verb = if goes_on { self.verb } else { 0 };
        let fits = |cell: &Saying| {
            cell.none != Denial::Only
                && cell.needs.iter().all(|need| need & (have | carried_verb) != 0)
                && match &told {
                    Told::Count(count) => fits_unit(cell, count),
                    _ => cell.share,
                }
        };
        let near = self.best(nearest, &fits)?;
        let cell = &vocabulary.cells[near];
        let used = cell.all | cell.with | cell.within | vocabulary.neutral;
        let mut cells = vec![near];
        for class in classes((if by_left { left.matter } else { right.matter }) & !used) {
            // A word that says something else: 受理行政许可, 审查规范性文件.
            let other = self.best(class, &fits).filter(|other| vocabulary.cells[*other].rule == cell.rule)?;
            if !cells.contains(&other) {
                cells.push(other);
            }
        }
        if (left.has_text && cell.needs.len() == 1 && cell.within == 0)
            || self.is_partial(&left, &right, cell)
        {
            return None;
        }
        self.verb = (have | carried_verb) & cell.all & !vocabulary.topics & !vocabulary.neutral;
        let mut unsure = self.scope(index, cell, &left)?;
        unsure |= left.hedged && cell.within == 0 && cells.len() == 1 && !cell.part;
        Some(Mention {
            cells,
            told,
            each: left.each,
            unsure,
            at: self.tokens[index].range.clone(),
            sentence: self.begins,
            clause: left.start..right.end,
        })
    }

    /// The word next to the number, all words that go with it, and whether they stand before it.
    fn words(&self, left: &Window, right: &Window) -> Option<(Class, Classes, bool)> {
        let topics = self.vocabulary.topics;
        let carried = self.topic.map_or(0, bit);
        if left.barred || right.barred {
            return None;
        }
        if let Some(nearest) = left.nearest {
            let topic = match (left.words & topics, right.words & topics) {
                (0, 0) => carried,
                (0, right) => right,
                _ => 0,
            };
            return Some((nearest, left.words | topic, true));
        }
        // 80件已办结: the words come after, and nothing before.
        let nearest = right.nearest.filter(|_| left.is_empty)?;
        let topic = if right.words & topics == 0 { carried } else { 0 };
        Some((nearest, right.words | topic, false))
    }

    /// The cell that needs the most words, the first of several.
    fn best(&self, class: Class, fits: &dyn Fn(&Saying) -> bool) -> Option<usize> {
        let cells = &self.vocabulary.cells;
        let fitting =
            self.vocabulary.by_class[usize::from(class)].iter().copied().filter(|i| fits(&cells[*i]));
        fitting.rev().max_by_key(|index| cells[*index].needs.len())
    }

    /// Whether only some of the applications are meant: those by letter, those of companies.
    pub(super) fn is_partial(&self, left: &Window, right: &Window, cell: &Saying) -> bool {
        let signals = &self.vocabulary.signals;
        let signal = |class: Class| (left.all | right.all) & bit(class) != 0;
        !cell.part
            && ((signal(signals.channel) && !signal(signals.hedge))
                || signal(signals.natural) != signal(signals.legal)
                || (signal(signals.topical) && !signal(signals.home)))
    }

    /// `None` where it is not about this body and this year; else whether that is unsure.
    pub(super) fn scope(&mut self, index: usize, cell: &Saying, left: &Window) -> Option<bool> {
        let scope = self.scopes[index];
        let clause = self.text.get(left.start..self.tokens[index].range.start).unwrap_or_default();
        let foreign = scope.foreign || (!scope.home && names_another(clause, self.agency, self.vocabulary));
        let elsewhen = matches!(scope.time, Time::Named | Time::Other);
        // What follows figures of others goes on with them, until the text comes home.
        self.foreign = foreign || (self.foreign && !scope.home);
        self.elsewhen = elsewhen || (self.elsewhen && scope.time != Time::This);
        // 2022年，…现行有效20件, and no word of 2023: more likely a year that nobody changed.
        let slip = cell.now && scope.time == Time::Named && !self.names_the_year;
        let stale = self.elsewhen && !slip;
        if self.foreign || stale || scope.aside || (scope.part && !cell.part) {
            return None;
        }
        let within = cell.within == 0 || (self.sentence | left.all) & cell.within != 0;
        if !within && self.paragraph & cell.within == 0 {
            return None;
        }
        Some(!within || self.elsewhen)
    }

    /// Where the sentence begins that is being read.
    pub(super) fn sentence_start(&self) -> usize {
        self.begins
    }
}

/// The classes of a set.
pub(super) fn classes(set: Classes) -> impl Iterator<Item = Class> {
    (0..128).filter(move |class| set >> class & 1 == 1)
}

fn fits_unit(cell: &Saying, count: &Count) -> bool {
    match count.money {
        Some(_) => !cell.money.is_empty(),
        None if count.unit.is_empty() => true,
        None => cell.units.contains(&count.unit),
    }
}
