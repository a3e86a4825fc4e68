//! Whose figures a sentence speaks of, and of which year.

use super::{
    token::{Kind, Mark, Token},
    vocabulary::{Vocabulary, bit},
};

/// What holds where a token stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Scope {
    /// 全县, 各部门: more bodies than the one that reports, or others.
    pub(super) foreign: bool,
    /// Another year than the one reported on.
    pub(super) time: Time,
    /// The clause compares, plans, or speaks of part of the year.
    pub(super) aside: bool,
    /// Behind 其中 or 含: parts of what was said before.
    pub(super) part: bool,
    /// Whether the sentence has named the body that reports.
    pub(super) home: bool,
}

/// Which year is spoken of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Time {
    /// Nothing was said.
    #[default]
    Unsaid,
    /// The year reported on.
    This,
    /// Another, named as the time of what is told: 2022年，….
    Named,
    /// Another, or several.
    Other,
}

/// The scope at each token, in one pass.
pub(super) fn scopes(text: &str, tokens: &[Token], agency: &str, vocabulary: &Vocabulary) -> Vec<Scope> {
    let mut names = text.match_indices(agency).map(|(at, name)| at + name.len()).peekable();
    let mut now = Scope::default();
    let mut outer: Vec<Scope> = Vec::new();
    let mut scopes = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        while !agency.is_empty() && names.next_if(|end| *end <= token.range.start).is_some() {
            now.foreign = false;
            now.home = true;
        }
        match token.kind {
            Kind::Mark(Mark::Stop) => {
                now = Scope::default();
                outer.clear();
            }
            Kind::Mark(Mark::Comma | Mark::Semicolon) => now.aside = false,
            Kind::Mark(Mark::Open) => outer.push(now),
            Kind::Mark(Mark::Close) => now = outer.pop().unwrap_or(now),
            _ => word(text, tokens, index, vocabulary, &mut now),
        }
        scopes.push(now);
    }
    scopes
}

fn word(text: &str, tokens: &[Token], index: usize, vocabulary: &Vocabulary, now: &mut Scope) {
    let signals = &vocabulary.signals;
    let token = &tokens[index];
    let Some(class) = token.class(vocabulary) else { return };
    if class == signals.home {
        now.foreign = false;
        now.home = true;
    } else if class == signals.foreign {
        now.foreign = true;
        now.home = false;
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
