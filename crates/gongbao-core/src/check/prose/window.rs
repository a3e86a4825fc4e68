//! The words on one side of a number, as far as they go with it.

use super::{
    token::{Kind, Mark, Token},
    vocabulary::{Class, Classes, Vocabulary, bit},
};

/// What stands on one side of a number.
#[derive(Debug, Clone, Default)]
pub(super) struct Window {
    /// All classes of words in it.
    pub(super) all: Classes,
    /// Those that cells are made of, times included.
    pub(super) words: Classes,
    /// Those that say what is counted.
    pub(super) matter: Classes,
    /// The word that stands next to the number, with nothing of its own between them.
    pub(super) nearest: Option<Class>,
    /// Whether nothing stands in it that says anything.
    pub(super) is_empty: bool,
    /// Whether it holds words that the vocabulary does not know.
    pub(super) has_text: bool,
    /// Whether it denies what it names, or tells several numbers apart: nothing that one number says.
    pub(super) barred: bool,
    /// Whether 含 or 其中 stands between its words.
    pub(super) parted: bool,
    pub(super) each: bool,
    pub(super) hedged: bool,
    /// Its bytes.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// No clause is longer: it keeps a text without marks cheap.
const LONGEST: usize = 64;

/// The words before the number at `index`.
pub(super) fn left(tokens: &[Token], index: usize, vocabulary: &Vocabulary) -> Window {
    let mut window = Window::around(tokens, index);
    let mut at = index;
    let mut open = true;
    let oldest = index.saturating_sub(LONGEST);
    while at > oldest {
        at -= 1;
        let token = &tokens[at];
        match token.kind {
            Kind::Mark(Mark::Close) => match bracket(tokens, at) {
                Some(start) => at = start,
                None => break,
            },
            Kind::Mark(Mark::List) => open &= window.nearest.is_some(),
            // 现行有效：20件
            Kind::Mark(Mark::Colon) if open && window.is_empty => {}
            // 收到申请，共5件
            Kind::Mark(Mark::Comma)
                if open && window.is_empty && window.all & bit(vocabulary.signals.total) != 0 => {}
            Kind::Mark(_) | Kind::Count(_) | Kind::Percent(_) => break,
            _ => window.take(token, vocabulary, &mut open),
        }
        window.start = tokens[at].range.start;
    }
    window
}

/// The words after the number at `index`, unless they belong to the next one.
pub(super) fn right(tokens: &[Token], index: usize, vocabulary: &Vocabulary) -> Window {
    let mut window = Window::around(tokens, index);
    let mut open = true;
    for token in tokens[index + 1..].iter().take(LONGEST) {
        match token.kind {
            Kind::Mark(_) => break,
            Kind::Count(_) | Kind::Percent(_) => {
                let end = tokens[index].range.end;
                return Window { start: end, end, ..Window::around(tokens, index) };
            }
            _ => window.take(token, vocabulary, &mut open),
        }
        window.end = token.range.end;
    }
    window
}

impl Window {
    fn around(tokens: &[Token], index: usize) -> Self {
        let range = &tokens[index].range;
        Self { is_empty: true, start: range.start, end: range.end, ..Self::default() }
    }

    /// Takes in the next token; `open` is whether nothing of its own has stood between it and the number.
    fn take(&mut self, token: &Token, vocabulary: &Vocabulary, open: &mut bool) {
        let signals = &vocabulary.signals;
        let Some(class) = token.class(vocabulary) else {
            self.has_text = true;
            self.is_empty = false;
            *open = false;
            return;
        };
        let set = bit(class);
        self.all |= set;
        self.barred |= class == signals.negation || class == signals.separately;
        self.each |= class == signals.each;
        self.hedged |= class == signals.hedge;
        // 办结含上年结转的申请5件 may be the one or the other.
        self.barred |= self.parted && vocabulary.matters & !vocabulary.neutral & set != 0;
        self.parted |= class == signals.part || class == signals.loose_part;
        let is_time = vocabulary.neutral & set != 0;
        if is_time || vocabulary.matters & set != 0 {
            self.words |= set;
        }
        if vocabulary.transparent & set != 0 {
            return;
        }
        self.is_empty = false;
        self.has_text |= class == signals.ignore;
        if vocabulary.matters & set != 0 && !is_time {
            self.matter |= set;
            if *open {
                self.nearest = Some(class);
            }
        }
        *open = false;
    }
}

/// Where the bracket that ends at `close` opens, if it holds no number.
fn bracket(tokens: &[Token], close: usize) -> Option<usize> {
    for (back, token) in tokens[..close].iter().rev().take(24).enumerate() {
        match token.kind {
            Kind::Mark(Mark::Open) => return Some(close - 1 - back),
            Kind::Mark(Mark::Close | Mark::Stop) | Kind::Count(_) | Kind::Percent(_) => return None,
            _ => {}
        }
    }
    None
}
