//! Full-width punctuation where the file wants half-width: what a Chinese input method types unasked.

use std::ops::Range;

/// The mark that each full-width one was meant to be.
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

/// A full-width mark in the text of a file.
pub(super) struct FullWidth {
    /// The mark.
    pub(super) mark: char,
    /// The half-width one that was meant.
    pub(super) meant: &'static str,
    /// The mark's bytes in the text.
    pub(super) span: Range<usize>,
}

impl FullWidth {
    /// The first one in the line of byte `at` that stands outside of half-width quotes.
    ///
    /// Only of use for a line that is wrong: within a text that runs over several lines they are right.
    pub(super) fn in_line(text: &str, at: usize) -> Option<Self> {
        let at = text.floor_char_boundary(at.min(text.len()));
        let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        let line = text.get(start..)?.split('\n').next()?;
        let mut quote = None;
        let mut escaped = false;
        for (offset, c) in line.char_indices() {
            match quote {
                Some(_) if escaped => escaped = false,
                Some('"') if c == '\\' => escaped = true,
                Some(open) if c == open => quote = None,
                Some(_) => {}
                None if c == '"' || c == '\'' => quote = Some(c),
                None if c == '#' => return None,
                None => {
                    if let Some((mark, meant)) = MEANT.iter().find(|(mark, _)| *mark == c) {
                        let span = start + offset..start + offset + c.len_utf8();
                        return Some(Self { mark: *mark, meant, span });
                    }
                }
            }
        }
        None
    }

    /// What is wrong.
    pub(super) fn message(&self) -> String {
        match self.mark {
            '\u{3000}' => "这里输入了全角空格".to_owned(),
            mark => format!("这里用了全角（中文）符号“{mark}”，应为半角（英文）符号 {}", self.meant),
        }
    }

    /// What to do.
    pub(super) fn hint(&self) -> String {
        match self.mark {
            '\u{3000}' => "请删去，或者改为半角空格".to_owned(),
            '“' | '”' | '‘' | '’' | '＂' => {
                "请切换到英文输入法，把内容前后的引号改为半角引号；引号以内的正文照旧用中文标点".to_owned()
            }
            _ => format!("请切换到英文输入法，把它改为 {}", self.meant),
        }
    }
}
