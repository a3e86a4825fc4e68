//! A paragraph without what differs between two bodies that copied each other.

use std::borrow::Cow;

use crate::report::Agency;

/// Paragraphs with all of these words, group by group, say what every report must say.
const BOILERPLATE: [&[&str]; 6] = [
    // Where the report is to be had, and whom to ask.
    &["本报告", "下载"],
    &["疑问", "联系"],
    &["电话", "邮编"],
    // The period, and on what the report is based.
    &["统计期限"],
    &["第五十条", "编制"],
    // The form asks for this sentence: 收取信息处理费情况在此处报告.
    &["信息处理费"],
];

/// A paragraph of boilerplate that goes on for longer than this many characters says more than that.
const BOILERPLATE_LENGTH: usize = 200;

/// How a body speaks of itself, and of the place it is in.
const SELF: [char; 4] = ['我', '本', '全', '该'];
const UNITS: [char; 18] = [
    '省', '市', '县', '区', '旗', '镇', '乡', '街', '局', '委', '办', '厅', '院', '站', '所', '处', '队',
    '馆',
];

/// What is stripped from the paragraphs of one report.
pub(super) struct Stripper {
    names: Vec<String>,
}

impl Stripper {
    /// For the reports of a body.
    pub(super) fn new(agency: &Agency) -> Self {
        Self { names: names(agency) }
    }

    /// The characters that are compared; `None` for what every report must say.
    pub(super) fn plain(&self, text: &str) -> Option<Vec<char>> {
        let is_boilerplate = BOILERPLATE.iter().any(|words| words.iter().all(|word| text.contains(word)));
        if is_boilerplate && text.chars().count() < BOILERPLATE_LENGTH {
            return None;
        }
        let mut text = Cow::Borrowed(text);
        for name in &self.names {
            if text.contains(name.as_str()) {
                text = Cow::Owned(text.replace(name, ""));
            }
        }
        let mut plain = Vec::with_capacity(text.len() / 3);
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            if c.is_numeric() {
                // A figure of any length is one and the same.
                if plain.last() != Some(&'0') {
                    plain.push('0');
                }
            } else if SELF.contains(&c) && chars.peek().is_some_and(|next| UNITS.contains(next)) {
                chars.next();
            } else if c.is_alphanumeric() {
                plain.push(c);
            }
        }
        Some(plain)
    }
}

/// The body's name and those of the places above it, the longest first.
fn names(agency: &Agency) -> Vec<String> {
    let region = agency.details.get("region").map_or("", |region| region.as_str());
    let mut names = vec![agency.name.clone(), agency.name.replace("人民政府", "")];
    // 彭阳县 both by itself and without the region above it.
    for whole in [agency.name.as_str(), region] {
        let mut start = 0;
        for (at, c) in whole.char_indices() {
            let end = at + c.len_utf8();
            if matches!(c, '省' | '市' | '县' | '区' | '旗' | '州' | '镇' | '乡') && at > start {
                names.push(whole[start..end].to_owned());
                names.push(whole[end..].to_owned());
                start = end;
            }
        }
    }
    // A single character would tear other words apart.
    names.retain(|name| name.chars().nth(1).is_some());
    names.sort_by_key(|name| usize::MAX - name.len());
    names.dedup();
    names
}
