//! Comparison of labels without spaces, punctuation, ordinals and brackets, with alternative spellings from
//! `data/import.toml`.

use std::{collections::BTreeMap, path::Path, sync::OnceLock};

use serde::Deserialize;

use gongbao_core::{
    file::{self, LARGEST_SETTINGS},
    paths::PathExt,
    report::ordinal,
};

/// `data/import.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    /// Alternative spellings of official labels.
    labels: BTreeMap<String, Vec<String>>,
    /// Alternative spellings of chapter headings.
    headings: BTreeMap<String, Vec<String>>,
    /// Words of which a heading in an office's own words has at least one, by official heading.
    heading_words: BTreeMap<String, Vec<String>>,
    /// Words that open a note under a table.
    pub(super) notes: Vec<String>,
    /// Measure words that may follow a count.
    pub(super) counters: Vec<String>,
    /// Marks for 不适用.
    pub(super) not_applicable: Vec<String>,
    /// Units of money, as powers of ten of the smallest unit.
    pub(super) money: BTreeMap<String, u32>,
    /// Beginnings of lines of a web page or template that are not part of a report.
    pub(super) furniture: Vec<String>,
    /// Paragraphs of the template that have to be replaced.
    pub(super) placeholders: Vec<String>,
}

static WORDS: OnceLock<Words> = OnceLock::new();

/// The table of words, parsed at first use.
pub(super) fn words() -> &'static Words {
    // The file is built in; a test verifies that it is valid.
    WORDS.get_or_init(|| toml::from_str(include_str!("../../../../data/import.toml")).unwrap_or_default())
}

/// Replaces the built-in table of words by that of a file. For development: a changed table is used without compiling
/// the program.
///
/// # Errors
/// Returns a message in Chinese if the file cannot be read or the table is in use already.
pub fn install_words(path: &Path) -> Result<(), String> {
    let shown = path.to_text();
    let text =
        file::read_text(path, LARGEST_SETTINGS).map_err(|error| format!("“{shown}”读不出来：{error}"))?;
    let words = toml::from_str(&text).map_err(|error| format!("“{shown}”有错：\n{error}"))?;
    WORDS.set(words).map_err(|_| "导入用的词表已经在使用".to_owned())
}

impl Words {
    /// An official label and its alternative spellings.
    pub(super) fn of_label<'w>(&'w self, official: &'w str) -> impl Iterator<Item = &'w str> {
        spellings(&self.labels, official)
    }

    /// An official heading and its alternative spellings.
    pub(super) fn of_heading<'w>(&'w self, official: &'w str) -> impl Iterator<Item = &'w str> {
        spellings(&self.headings, official)
    }
}

impl Words {
    /// Whether a heading has one of the words that headings of a chapter have.
    pub(super) fn has_heading_word(&self, official: &str, text: &str) -> bool {
        let (plain, text) = (normal(official), compact(text));
        let known = self.heading_words.iter().filter(|(key, _)| normal(key) == plain);
        known.flat_map(|(_, words)| words).any(|word| text.contains(word.as_str()))
    }
}

fn spellings<'w>(
    known: &'w BTreeMap<String, Vec<String>>,
    official: &'w str,
) -> impl Iterator<Item = &'w str> {
    let plain = normal(official);
    let others = known.iter().filter(move |(key, _)| normal(key) == plain);
    std::iter::once(official).chain(others.flat_map(|(_, others)| others.iter().map(String::as_str)))
}

/// Whether a text opens like a note under a table: 注：, 说明1.
pub(super) fn is_note(text: &str) -> bool {
    let text = compact(text);
    words().notes.iter().any(|word| {
        text.strip_prefix(word.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '.', '1', '、', '(']))
    })
}

/// A label without ordinal, spaces and punctuation.
pub(super) fn normal(text: &str) -> String {
    let compact = compact(text);
    without_ordinal(&compact).1.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// As [`normal`], also without words in brackets, unless nothing remains.
pub(super) fn bare(text: &str) -> String {
    let compact = compact(text);
    let rest = without_ordinal(&compact).1;
    let mut depth = 0_usize;
    let outside: String = rest
        .chars()
        .filter(|c| match c {
            '(' | '[' | '〔' | '【' => {
                depth += 1;
                false
            }
            ')' | ']' | '〕' | '】' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0 && c.is_alphanumeric(),
        })
        .collect();
    if outside.is_empty() { normal(text) } else { outside }
}

/// A text without white space and invisible characters, with full-width Latin as half-width.
pub(super) fn compact(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !is_invisible(*c))
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{202A}'..='\u{202E}')
}

/// Removes white space and invisible characters at both leaves.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Level of an opening ordinal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ordinal {
    None,
    /// Number of a chapter: `三、`, `第三部分`.
    Chapter(u8),
    /// Number below a chapter: `（三）`, `3.`, `③`.
    Lower,
}

/// Opening ordinal of a compact text, and the rest.
pub(super) fn without_ordinal(text: &str) -> (Ordinal, &str) {
    let rest_after = |rest: &'_ str| rest.len();
    let cut = |length: usize| text.get(text.len() - length..).unwrap_or_default();
    if let Some((inner, rest)) = text.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        && (ordinal::chinese(inner).is_some() || ordinal::arabic(inner).is_some())
    {
        return (Ordinal::Lower, cut(rest_after(rest.trim_start_matches(['、', '.', ',']))));
    }
    if let Some((inner, rest)) = text.strip_prefix('第').and_then(|rest| rest.split_once("部分"))
        && let Some(number) = ordinal::chinese(inner).or_else(|| ordinal::arabic(inner))
    {
        return (Ordinal::Chapter(number), cut(rest_after(rest.trim_start_matches(['、', ':', '.', ',']))));
    }
    for mark in ['、', '.', '．', ','] {
        let Some((inner, rest)) = text.split_once(mark) else { continue };
        if let Some(number) = ordinal::chinese(inner) {
            return (Ordinal::Chapter(number), cut(rest_after(rest)));
        }
        if ordinal::arabic(inner).is_some() && !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return (Ordinal::Lower, cut(rest_after(rest)));
        }
    }
    let first = text.chars().next();
    // Enclosed numbers: ①, ⑴, ㈠.
    if let Some(c) = first
        && matches!(c, '\u{2460}'..='\u{249B}' | '\u{24EA}'..='\u{24FF}' | '\u{2776}'..='\u{2793}' | '\u{3220}'..='\u{3229}' | '\u{3280}'..='\u{3289}')
    {
        return (Ordinal::Lower, cut(text.len() - c.len_utf8()));
    }
    // A single digit right before hanzi is an ordinal; several digits, as in a year, are not.
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let next = text.chars().nth(digits);
    if digits == 1 && next.is_some_and(|c| c.is_alphabetic() && !"年月日件万元个条宗项".contains(c))
    {
        return (Ordinal::Lower, cut(text.len() - digits));
    }
    (Ordinal::None, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_words_is_valid() {
        toml::from_str::<Words>(include_str!("../../../../data/import.toml")).expect("data/import.toml");
    }

    #[test]
    fn labels_are_equal_without_ordinals_and_punctuation() {
        for (one, other) in [
            ("（三）\n不予\n公开", "(三)不予公开"),
            ("1.属于国家秘密", "1、属于 国家秘密"),
            ("1.属于国家秘密", "属于国家秘密"),
            ("3.危及“三安全一稳定”", "3．危及\"三安全一稳定\""),
            ("一、总体情况", "第一部分 总体情况"),
            ("本年增/减", "本年增／减"),
            ("5.属于三类内部事务信息", "⑤属于三类内部事务信息"),
            ("商业\n企业", "商\u{a0}业\u{3000}企 业"),
        ] {
            assert_eq!(normal(one), normal(other), "{one} {other}");
        }
        assert_eq!(bare("现行有效件数(历史累计)"), "现行有效件数");
        assert_eq!(bare("本年收费金额（单位：万元）"), "本年收费金额");
        assert_eq!(bare("（三）不予公开"), "不予公开");
        assert_ne!(normal("第二十条第（一）项"), normal("第二十条第（五）项"));
        assert_eq!(normal("2024年收到"), "2024年收到");
    }

    #[test]
    fn distinguishes_chapters_from_lower_levels() {
        let ordinal = |text: &str| without_ordinal(&compact(text)).0;
        assert_eq!(ordinal("三、收到"), Ordinal::Chapter(3));
        assert_eq!(ordinal("第 3 部分：收到"), Ordinal::Chapter(3));
        assert_eq!(ordinal("（三）收到"), Ordinal::Lower);
        assert_eq!(ordinal("3.收到"), Ordinal::Lower);
        assert_eq!(ordinal("3.5万件"), Ordinal::None);
        assert_eq!(ordinal("一是收到"), Ordinal::None);
    }
}
