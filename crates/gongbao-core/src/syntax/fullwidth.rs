//! Full-width punctuation in place of half-width, as Chinese input methods type it.

use std::ops::Range;

/// Full-width marks and the half-width marks they stand for.
const MEANT: &[(char, &str)] = &[
    ('＝', "="),
    ('“', "\""),
    ('”', "\""),
    ('＂', "\""),
    ('‘', "'"),
    ('’', "'"),
    ('，', ","),
    ('、', ","),
    ('：', ":"),
    ('；', ","),
    ('｛', "{"),
    ('｝', "}"),
    ('［', "["),
    ('］', "]"),
    ('【', "["),
    ('】', "]"),
    ('＃', "#"),
    ('．', "."),
    ('。', "."),
    ('－', "-"),
    ('\u{3000}', "空格"),
];

/// A full-width mark in a file.
pub(super) struct FullWidth {
    /// The mark.
    pub(super) mark: char,
    /// The half-width mark.
    pub(super) meant: &'static str,
    /// Bytes of the mark in the text.
    pub(super) span: Range<usize>,
}

impl FullWidth {
    /// The first full-width mark within `span`.
    pub(super) fn within(text: &str, span: &Range<usize>) -> Option<Self> {
        let part = text.get(span.clone())?;
        part.char_indices().find_map(|(offset, c)| Self::of(c, span.start + offset))
    }

    /// The full-width mark at byte `at`, after optional spaces.
    pub(super) fn at(text: &str, at: usize) -> Option<Self> {
        let rest = text.get(at..)?;
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        Self::of(rest.chars().nth(spaces)?, at + spaces)
    }

    fn of(c: char, at: usize) -> Option<Self> {
        let (mark, meant) = MEANT.iter().find(|(mark, _)| *mark == c)?;
        Some(Self { mark: *mark, meant, span: at..at + c.len_utf8() })
    }

    /// Message, in Chinese.
    pub(super) fn message(&self) -> String {
        match self.mark {
            '\u{3000}' => "这里输入了全角空格".to_owned(),
            mark => format!("这里用了全角（中文）符号 {mark} ，应为半角（英文）符号 {}", self.meant),
        }
    }

    /// Hint, in Chinese.
    pub(super) fn hint(&self) -> String {
        match self.mark {
            '\u{3000}' => "请删去，或者改为半角空格".to_owned(),
            '“' | '”' | '‘' | '’' | '＂' => {
                "请切换到英文输入法，把内容前后的引号改为半角引号；引号以内的正文照旧用中文标点".to_owned()
            }
            '，' | '、' | '；' => {
                "请切换到英文输入法，把它改为半角逗号；在行末多写了的，请删去".to_owned()
            }
            _ => format!("请切换到英文输入法，把它改为 {}", self.meant),
        }
    }
}
