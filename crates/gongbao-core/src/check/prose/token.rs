//! A paragraph taken apart into words, numbers and marks, in one pass.

mod number;

use std::ops::Range;

use super::{
    numeral::{Numeral, is_chinese_digit, is_digit},
    vocabulary::{Class, Classes, Vocabulary, bit},
};

/// A part of a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Its bytes in the paragraph.
    pub(super) range: Range<usize>,
}

/// What a part of a paragraph is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Mark(Mark),
    Word(Class),
    /// A calendar year, by how far it is from the year reported on.
    Year(i32),
    Count(Count),
    Percent(Numeral),
    /// Anything else.
    Text,
}

/// Marks that part sentences, clauses and lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Stop,
    Semicolon,
    Colon,
    Comma,
    /// 、
    List,
    Open,
    Close,
}

/// A number of things.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Count {
    pub(super) numeral: Numeral,
    pub(super) bound: Bound,
    /// What is counted in: 件, 万元; empty for a bare number.
    pub(super) unit: String,
    /// The power of ten of a yuan, for money.
    pub(super) money: Option<u32>,
}

/// How exact a number claims to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Exact,
    AtLeast,
    AtMost,
    About,
}

impl Token {
    /// The class of a word; a year is one of the words for years.
    pub(super) fn class(&self, vocabulary: &Vocabulary) -> Option<Class> {
        let signals = &vocabulary.signals;
        match self.kind {
            Kind::Word(class) => Some(class),
            Kind::Year(-1) => Some(signals.last_year),
            Kind::Year(0) => Some(signals.this_year),
            Kind::Year(1) => Some(signals.next_year),
            Kind::Year(_) => Some(signals.other_time),
            _ => None,
        }
    }

    /// Its class as a set; nothing for what is no word.
    pub(super) fn classes(&self, vocabulary: &Vocabulary) -> Classes {
        self.class(vocabulary).map_or(0, bit)
    }

    pub(super) fn is(&self, mark: Mark) -> bool {
        self.kind == Kind::Mark(mark)
    }

    pub(super) fn count(&self) -> Option<&Count> {
        match &self.kind {
            Kind::Count(count) => Some(count),
            _ => None,
        }
    }

    /// Whether it is a number of any kind.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Count(_) | Kind::Percent(_))
    }
}

/// Takes a paragraph apart.
pub(super) fn tokens(text: &str, year: u16, vocabulary: &Vocabulary) -> Vec<Token> {
    let mut lexer = Lexer { text, year: i32::from(year), vocabulary, at: 0, tokens: Vec::new() };
    while lexer.step() {}
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    year: i32,
    vocabulary: &'a Vocabulary,
    at: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn step(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(c) = rest.chars().next() else { return false };
        if c.is_whitespace() {
            self.at += c.len_utf8();
        } else if let Some(mark) = mark(c) {
            self.push(Kind::Mark(mark), c.len_utf8());
        } else if is_digit(c) {
            self.arabic(rest);
        } else if let Some((length, class)) = self.vocabulary.word(rest) {
            self.push(Kind::Word(class), length);
        } else if is_chinese_digit(c) {
            self.chinese(rest);
        } else {
            self.push(Kind::Text, c.len_utf8());
        }
        true
    }

    /// A run of unknown characters is one token.
    fn push(&mut self, kind: Kind, length: usize) {
        let range = self.at..self.at + length;
        self.at = range.end;
        match self.tokens.last_mut() {
            Some(last) if kind == Kind::Text && last.kind == Kind::Text => last.range.end = range.end,
            _ => self.tokens.push(Token { kind, range }),
        }
    }
}

/// What a character parts.
fn mark(c: char) -> Option<Mark> {
    match c {
        '。' | '！' | '？' | '!' | '?' | '\n' => Some(Mark::Stop),
        '；' | ';' => Some(Mark::Semicolon),
        '：' | ':' => Some(Mark::Colon),
        '，' | ',' => Some(Mark::Comma),
        '、' => Some(Mark::List),
        '（' | '(' | '【' | '[' => Some(Mark::Open),
        '）' | ')' | '】' | ']' => Some(Mark::Close),
        _ => None,
    }
}
