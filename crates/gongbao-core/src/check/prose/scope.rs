//! Whose figures a sentence speaks of, and of which year.

use super::{
    super::texts::place_names::{Rank, places},
    token::{Kind, Mark, Token},
    vocabulary::{Class, Vocabulary, bit},
};
use crate::report::{Agency, AgencyKind};

/// What holds where a token stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Scope {
    /// Whose figures are stated.
    pub(super) reach: Reach,
    /// Another year than the one reported on.
    pub(super) time: Time,
    /// The clause compares, plans, or speaks of part of the year.
    pub(super) aside: bool,
    /// Behind 其中 or 含: parts of what was said before.
    pub(super) part: bool,
}

/// Whose figures a sentence states, compared with those of the tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Reach {
    /// Nothing was said: those of the tables; of a government perhaps those of its office alone.
    #[default]
    Unsaid,
    /// Those of the tables, in so many words: 我局 for a department, 全市 for a government.
    Whole,
    /// Those of a government's office, or of one that is left open: 我办, 本机关.
    Office,
    /// Those of some of a government's bodies: 市级, 各乡镇.
    Division,
    /// Those of others.
    Foreign,
}

/// The body that reports, as far as its name tells whose figures its tables hold.
#[derive(Debug, Clone)]
pub(super) struct Body<'a> {
    pub(super) name: &'a str,
    /// The place that a government governs: 青溪县.
    place: Option<&'a str>,
    /// What kind of place: 县.
    unit: Option<char>,
    /// Whether the tables hold the figures of all bodies of a place.
    pub(super) is_whole: bool,
}

/// What the names of governments and of zones end with.
const GOVERNMENTS: [&str; 3] = ["人民政府", "管理委员会", "管委会"];

impl<'a> Body<'a> {
    /// The body that makes a report.
    pub(super) fn of(agency: &'a Agency) -> Self {
        let name = agency.name.as_str();
        let ending = GOVERNMENTS.iter().find(|ending| name.ends_with(*ending));
        let place = ending.map_or(name, |ending| name.strip_suffix(ending).unwrap_or(name));
        let all = places(name);
        let last = all.last().filter(|last| last.range.end == place.len());
        let is_town = last.is_some_and(|last| last.rank == Rank::Town);
        let names_place = (ending.is_some() || last.is_some()) && !is_town;
        let is_whole = match agency.kind {
            Some(AgencyKind::Government) => true,
            None | Some(AgencyKind::Department) => names_place,
            Some(_) => false,
        };
        let last = last.and_then(|last| name.get(last.range.clone()));
        let unit = place.chars().next_back().filter(|c| "省市县区州旗盟镇乡".contains(*c));
        Self { name, place: last.or(Some(place)).filter(|_| is_whole), unit, is_whole }
    }

    /// What a word that names bodies says of a body like this one.
    fn reach(&self, word: &str, class: Class, vocabulary: &Vocabulary) -> Option<Reach> {
        let signals = &vocabulary.signals;
        let of_whole = |reach| if self.is_whole { reach } else { Reach::Foreign };
        Some(match class {
            _ if class == signals.home && !self.is_whole => Reach::Whole,
            _ if class == signals.home => Reach::Office,
            _ if class == signals.office && self.is_whole => Reach::Office,
            _ if class == signals.region && self.unit.is_some_and(|unit| word.ends_with(unit)) => {
                of_whole(Reach::Whole)
            }
            _ if class == signals.region => Reach::Foreign,
            _ if class == signals.whole => of_whole(Reach::Whole),
            _ if class == signals.division => of_whole(Reach::Division),
            _ if class == signals.foreign => Reach::Foreign,
            _ => return None,
        })
    }

    /// Where the text names the body, or the place that it governs.
    fn names(&self, text: &str) -> Vec<(usize, Reach)> {
        let own = if self.is_whole { Reach::Unsaid } else { Reach::Whole };
        let mut names: Vec<(usize, Reach)> = matches(text, self.name).map(|end| (end, own)).collect();
        if let Some(place) = self.place {
            // 青溪县人民政府 and 青溪县财政局 are bodies, 青溪县 is all of them.
            let is_place = |end: &usize| {
                text[*end..].starts_with(['共', '全', '各', '收', '新', '受', '制', '办', '作', '，'])
            };
            names.extend(matches(text, place).filter(is_place).map(|end| (end, Reach::Whole)));
            names.sort_by_key(|(end, _)| *end);
        }
        names
    }
}

/// Where each occurrence of a name ends.
fn matches<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = usize> + 't {
    let found = (!name.is_empty()).then(|| text.match_indices(name));
    found.into_iter().flatten().map(|(at, name)| at + name.len())
}

/// Which year is spoken of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Time {
    /// Nothing was said.
    #[default]
    Unsaid,
    /// The year reported on.
    This,
    /// Another, named as the time of what is stated: 2022年，….
    Named,
    /// Another, or several.
    Other,
}

/// The scope at each token, in one pass.
pub(super) fn scopes(text: &str, tokens: &[Token], body: &Body<'_>, vocabulary: &Vocabulary) -> Vec<Scope> {
    let mut names = body.names(text).into_iter().peekable();
    let mut now = Scope::default();
    let mut outer: Vec<Scope> = Vec::new();
    let mut scopes = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        while let Some((_, reach)) = names.next_if(|(end, _)| *end <= token.range.start) {
            now.reach = reach;
        }
        match token.kind {
            Kind::Mark(Mark::Stop) => {
                now = Scope::default();
                outer.clear();
            }
            Kind::Mark(Mark::Comma) => now.aside = false,
            Kind::Mark(Mark::Semicolon) => {
                now.aside = false;
                // A government goes on with its own figures.
                if body.is_whole && matches!(now.reach, Reach::Division | Reach::Foreign) {
                    now.reach = Reach::Unsaid;
                }
            }
            Kind::Mark(Mark::Open) => outer.push(now),
            Kind::Mark(Mark::Close) => now = outer.pop().unwrap_or(now),
            _ => word(text, tokens, index, body, vocabulary, &mut now),
        }
        scopes.push(now);
    }
    scopes
}

fn word(
    text: &str,
    tokens: &[Token],
    index: usize,
    body: &Body<'_>,
    vocabulary: &Vocabulary,
    now: &mut Scope,
) {
    let signals = &vocabulary.signals;
    let token = &tokens[index];
    let Some(class) = token.class(vocabulary) else { return };
    if let Some(reach) = body.reach(&text[token.range.clone()], class, vocabulary) {
        now.reach = reach;
    } else if class == signals.compare || class == signals.part_of_year {
        now.aside = true;
    } else if class == signals.part || class == signals.loose_part {
        now.part = true;
    } else if class == signals.this_year {
        now.time = Time::This;
    } else if [signals.last_year, signals.next_year, signals.other_time].contains(&class) {
        // 上年结转 and 较上年 date a figure, not the sentence.
        if now.aside || near(tokens, index, vocabulary) {
            return;
        }
        let named = matches!(token.kind, Kind::Year(_))
            && !text[..token.range.start].ends_with(['至', '止', '到', '于'])
            && !text[token.range.end..].starts_with(['底', '末', '1']);
        now.time = if named { Time::Named } else { Time::Other };
    }
}

/// Whether 结转 stands in the same clause, close by.
fn near(tokens: &[Token], index: usize, vocabulary: &Vocabulary) -> bool {
    let carry = |token: &&Token| token.classes(vocabulary) & bit(vocabulary.carry) != 0;
    let within = |token: &&Token| !matches!(token.kind, Kind::Mark(_)) && !token.is_number();
    tokens[index + 1..].iter().take(6).take_while(within).any(|token| carry(&token))
        || tokens[..index].iter().rev().take(6).take_while(within).any(|token| carry(&token))
}

/// Whether a clause names another body than the one that reports: 区住建局受理30件.
pub(super) fn names_another(clause: &str, agency: &str, vocabulary: &Vocabulary) -> bool {
    let bodies = &vocabulary.file.bodies;
    bodies.endings.iter().any(|ending| {
        clause.match_indices(ending.as_str()).any(|(at, _)| {
            let end = at + ending.len();
            let is_word = |word: &String| {
                word.match_indices(ending.as_str()).any(|(inner, _)| {
                    let start = at.checked_sub(inner);
                    start.and_then(|start| clause.get(start..start + word.len())) == Some(word)
                })
            };
            if bodies.not.iter().any(is_word) {
                return false;
            }
            // 退役军人局 is 退役军人事务局 for short.
            let start = clause[..at].char_indices().rev().nth(1).map_or(0, |(start, _)| start);
            let mut name = agency.chars().take(64);
            !clause[start..end].chars().all(|c| name.any(|known| known == c))
        })
    })
}
