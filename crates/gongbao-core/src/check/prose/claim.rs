//! What a text says without a number: 全部办结, 均为自然人提交, 1件，结果维持.

use super::{
    mention::{Mention, Reader, Told},
    token::{Kind, Mark, Token},
    vocabulary::{Class, Denial, Vocabulary, bit},
    window::Window,
};

/// The claim that begins at the token at `index`, if any: something else that it says there is none of.
pub(super) fn claimed(reader: &mut Reader<'_>, index: usize, last: Option<&Mention>) -> Option<Mention> {
    let vocabulary = reader.vocabulary;
    let token = &reader.tokens[index];
    let start = token.range.start;
    let (class, end, sure) = match &token.kind {
        Kind::Percent(percent) => {
            let is_all = percent.digits() == "100" && vocabulary.is_answer_rate(reader.text.get(..start)?);
            (is_all.then_some(vocabulary.all_done)?, token.range.end, true)
        }
        Kind::Word(class) if *class == vocabulary.all_natural || *class == vocabulary.all_upheld => {
            (*class, token.range.end, true)
        }
        Kind::Word(class) if *class == vocabulary.upheld => {
            (is_result(reader, index, last).then_some(vocabulary.all_upheld)?, token.range.end, true)
        }
        Kind::Word(_) | Kind::Text if start >= reader.claimed => {
            let (length, sure) = vocabulary.all_done(reader.text, start)?;
            (vocabulary.all_done, start + length, sure)
        }
        _ => return None,
    };
    let topic = bit(reader.topic?);
    let is_cell = |cell: &usize| {
        let cell = &vocabulary.cells[*cell];
        cell.none == Denial::Only && cell.needs.iter().all(|need| need & (topic | bit(class)) != 0)
    };
    let at = vocabulary.by_class[usize::from(class)].iter().copied().find(is_cell)?;
    reader.claimed = end;
    let cell = &vocabulary.cells[at];
    let (reach, unsure) = reader.scope(index, cell, &Window::default())?;
    let beside = class == vocabulary.all_done && reader.tells_carry();
    Some(Mention {
        cells: vec![at],
        told: Told::Nothing,
        each: false,
        unsure: unsure || beside || !sure,
        hedged: false,
        reach,
        at: start..end,
        sentence: reader.sentence_start(),
        clause: start..end,
    })
}

/// Whether the paragraph states what was carried over, so that 全部 may mean all that were due.
pub(super) fn tells_carry(tokens: &[Token], vocabulary: &Vocabulary) -> bool {
    let carry = |token: &Token| token.class(vocabulary) == Some(vocabulary.carry);
    tokens.iter().enumerate().any(|(index, token)| {
        let near = index.saturating_sub(6)..(index + 6).min(tokens.len());
        let next = |token: &Token| token.class(vocabulary) == Some(vocabulary.signals.next_year);
        carry(token) && tokens[near].iter().any(next)
    })
}

/// Whether 维持 is all that its clause says, right behind a number of reviews or lawsuits.
fn is_result(reader: &Reader<'_>, index: usize, last: Option<&Mention>) -> bool {
    let (vocabulary, tokens) = (reader.vocabulary, reader.tokens);
    let Some(last) = last.filter(|last| last.sentence == reader.sentence_start()) else { return false };
    let is_number_of_topic = matches!(&last.told, Told::Count(count) if !last.each && count.numeral.digits() != "0")
        && last.cells.first().and_then(|cell| vocabulary.cells.get(*cell)).is_some_and(|cell| {
            reader.topic.is_some_and(|topic| cell.needs.first() == Some(&bit(topic))) && cell.needs.len() != 2
        });
    let ends = |token: &&Token| !matches!(token.kind, Kind::Mark(mark) if mark != Mark::List);
    let says_nothing_else = |token: &Token| {
        let passes = |class: Class| (vocabulary.transparent | bit(vocabulary.answer)) & bit(class) != 0;
        token.class(vocabulary).is_some_and(passes)
    };
    let before = tokens[..index].iter().rev().take_while(ends);
    let behind = tokens[index + 1..].iter().take_while(ends);
    is_number_of_topic && before.chain(behind).all(says_nothing_else)
}
