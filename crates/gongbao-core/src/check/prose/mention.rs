//! From the words around a number to the cells of the form that it speaks of.

use std::ops::Range;

use super::{
    claim, denial,
    scope::{Body, Reach, Scope, Time, names_another},
    token::{Count, Kind, Mark, Token},
    vocabulary::{Class, Classes, Denial, Saying, Vocabulary, bit},
    window::{Window, left, right},
};
use crate::report::TextScope;

/// A figure that the text states.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mention {
    /// The cell it speaks of, and others that it may add to it: 规章和规范性文件3件.
    pub(super) cells: Vec<usize>,
    pub(super) told: Told,
    /// Whether each of the cells is said to have it.
    pub(super) each: bool,
    /// Whether it may be about something else.
    pub(super) unsure: bool,
    /// Whether 等 says that what stands beside the number is not all of it.
    pub(super) hedged: bool,
    /// Whose figure it is.
    pub(super) reach: Reach,
    /// The bytes of the number, or of the words that deny.
    pub(super) at: Range<usize>,
    /// Where the sentence begins.
    pub(super) sentence: usize,
    /// The clause to quote.
    pub(super) clause: Range<usize>,
}

/// What is stated.
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

/// The path of all applications received.
const RECEIVED: &str = "applications.new";

/// All figures that a paragraph states.
pub(super) fn mentions(
    text: &str,
    tokens: &[Token],
    scopes: &[Scope],
    body: &Body<'_>,
    told_by: Option<TextScope>,
    vocabulary: &Vocabulary,
    carried: &mut Carried,
) -> Vec<Mention> {
    let mut reader = Reader {
        text,
        tokens,
        scopes,
        body,
        told_by,
        vocabulary,
        topic: carried.topic,
        paragraph: carried.context,
        sentence: 0,
        begins: 0,
        verb: 0,
        foreign: false,
        elsewhen: false,
        is_printed: false,
        claimed: 0,
        carries: None,
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
    body: &'a Body<'a>,
    /// Whose figures the report says the paragraph states.
    told_by: Option<TextScope>,
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
    /// Whether figures of other bodies, or of other years, were stated last.
    foreign: bool,
    elsewhen: bool,
    /// Whether the clause speaks of what a gazette printed: its numbers are no figures.
    is_printed: bool,
    /// Where the last claim about all applications ends.
    pub(super) claimed: usize,
    /// Whether the paragraph states what was carried over, once that was asked.
    carries: Option<bool>,
    /// Whether the year reported on is named anywhere.
    names_the_year: bool,
}

impl Reader<'_> {
    fn step(&mut self, index: usize, found: &mut Vec<Mention>) {
        let token = &self.tokens[index];
        found.extend(claim::claimed(self, index, found.last()));
        match &token.kind {
            Kind::Mark(Mark::Stop) => {
                self.paragraph |= self.sentence;
                self.sentence = 0;
                self.verb = 0;
                self.topic = self.topic.filter(|topic| self.vocabulary.lasting & bit(*topic) != 0);
                self.begins = token.range.end;
                self.is_printed = false;
                if self.body.is_whole {
                    self.foreign = false;
                }
            }
            Kind::Mark(Mark::Semicolon) => {
                self.verb = 0;
                self.is_printed = false;
                if self.body.is_whole {
                    self.foreign = false;
                }
            }
            Kind::Mark(Mark::Comma) => self.is_printed = false,
            Kind::Word(class) if *class == self.vocabulary.signals.negation => {
                found.extend(denial::denied(self, index));
            }
            Kind::Word(class) => {
                self.sentence |= bit(*class);
                self.is_printed |= *class == self.vocabulary.signals.printed;
                if self.vocabulary.topics & bit(*class) != 0 {
                    self.topic = Some(*class);
                }
            }
            Kind::Count(count) => {
                let told = Told::Count(count.clone());
                let mention =
                    self.applicants(index, &told, found.last()).or_else(|| self.counted(index, told));
                found.extend(mention);
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

    /// Whether a percentage belongs to the number stated last: 208件（17.46%）, 42件，占42.86%.
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

    /// What the number at `index` states.
    fn counted(&mut self, index: usize, told: Told) -> Option<Mention> {
        if self.is_printed {
            return None;
        }
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
        // 231件涉及政府信息公开工作的行政复议 says behind the number what it is about.
        self.sentence |= if by_left { 0 } else { right.all & cell.within };
        let (reach, mut unsure) = self.scope(index, cell, &left)?;
        unsure |= left.hedged && cell.within == 0 && cells.len() == 1 && !cell.part;
        Some(Mention {
            cells,
            told,
            each: left.each,
            unsure,
            hedged: left.hedged,
            reach,
            at: self.tokens[index].range.clone(),
            sentence: self.begins,
            clause: left.start..right.end,
        })
    }

    /// The applications of one kind of applicant, where the number before states all applications received:
    /// 收到申请34件（自然人33件、商业企业1件）.
    fn applicants(&mut self, index: usize, told: &Told, last: Option<&Mention>) -> Option<Mention> {
        let vocabulary = self.vocabulary;
        let last = last.filter(|last| last.sentence == self.begins)?;
        let cell = vocabulary.cells.get(*last.cells.first()?)?;
        let is_of_received = cell.applicant || cell.means.first().is_some_and(|paths| paths == &[RECEIVED]);
        let Told::Count(count) = told else { return None };
        if !is_of_received || self.topic != Some(vocabulary.application) {
            return None;
        }
        let (left, right) = (left(self.tokens, index, vocabulary), right(self.tokens, index, vocabulary));
        let signals = &vocabulary.signals;
        let barring = bit(signals.channel) | bit(signals.topical) | bit(signals.compare);
        if left.matter | right.matter != 0 || left.has_text || left.barred || left.all & barring != 0 {
            return None;
        }
        let mut kinds = classes(left.all & (vocabulary.organisations | bit(signals.natural)));
        let (kind, None) = (kinds.next()?, kinds.next()) else { return None };
        let at = vocabulary.by_class[usize::from(kind)]
            .iter()
            .copied()
            .find(|cell| vocabulary.cells[*cell].applicant)?;
        let cell = vocabulary.cells.get(at).filter(|cell| fits_unit(cell, count))?;
        let (reach, unsure) = self.scope(index, cell, &left)?;
        Some(Mention {
            cells: vec![at],
            told: told.clone(),
            each: false,
            unsure,
            hedged: false,
            reach,
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
                || signal(signals.natural) != ((left.all | right.all) & self.vocabulary.organisations != 0)
                || (signal(signals.topical) && !signal(signals.home)))
    }

    /// `None` where it is not about this body and this year; else whose figure it is, and whether that is unsure.
    pub(super) fn scope(&mut self, index: usize, cell: &Saying, left: &Window) -> Option<(Reach, bool)> {
        let scope = self.scopes[index];
        let signals = &self.vocabulary.signals;
        let clause = self.text.get(left.start..self.tokens[index].range.start).unwrap_or_default();
        let own =
            [signals.home, signals.region, signals.whole].map(bit).into_iter().fold(0, |all, set| all | set);
        let is_home = scope.reach == Reach::Whole && (!self.body.is_whole || left.all & own != 0);
        let another = !is_home && names_another(clause, self.body.name, self.vocabulary);
        let foreign = another || (scope.reach == Reach::Foreign && self.told_by != Some(TextScope::Whole));
        let elsewhen = matches!(scope.time, Time::Named | Time::Other);
        // What follows figures of others goes on with them, until the text comes home.
        self.foreign = foreign || (self.foreign && scope.reach != Reach::Whole);
        self.elsewhen = elsewhen || (self.elsewhen && scope.time != Time::This);
        // 2022年，…现行有效20件, and no word of 2023: more likely a year that nobody changed.
        let slip = cell.now && scope.time == Time::Named && !self.names_the_year;
        let stale = self.elsewhen && !slip;
        if self.foreign || stale || scope.aside || (scope.part && !cell.part && !cell.applicant) {
            return None;
        }
        let within = cell.within == 0 || (self.sentence | left.all) & cell.within != 0;
        if !within && self.paragraph & cell.within == 0 {
            return None;
        }
        Some((self.reach(scope.reach)?, !within || self.elsewhen))
    }

    /// Whose figure it is, where the report says so of the whole paragraph, or where nothing was said.
    fn reach(&self, reach: Reach) -> Option<Reach> {
        match (self.told_by, reach) {
            (Some(TextScope::Other), _) => None,
            (Some(TextScope::Whole), _) => Some(Reach::Whole),
            (Some(TextScope::Office), _) => Some(Reach::Division),
            (None, Reach::Unsaid) if !self.body.is_whole => Some(Reach::Whole),
            (None, reach) => Some(reach),
        }
    }

    /// Whether the paragraph states what was carried over.
    pub(super) fn tells_carry(&mut self) -> bool {
        let (tokens, vocabulary) = (self.tokens, self.vocabulary);
        *self.carries.get_or_insert_with(|| claim::tells_carry(tokens, vocabulary))
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
