//! Places where the name of a public body may be broken, by the words that it consists of (`data/names.toml`).

use std::sync::OnceLock;

use serde::Deserialize;

/// Cost of breaking a name between characters that are part of no known word.
const UNKNOWN: f64 = 60.0;
/// Cost of breaking a name within a word.
pub(super) const WITHIN_WORD: f64 = 300.0;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    divisions: Vec<Divisions>,
    words: Words,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Divisions {
    level: u8,
    endings: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    heads: Vec<String>,
    tails: Vec<String>,
    suffixes: String,
    subjects: Vec<String>,
    others: Vec<String>,
}

fn names() -> &'static Names {
    static NAMES: OnceLock<Names> = OnceLock::new();
    // An invalid file fails its own test; titles are then broken anywhere in a name.
    NAMES.get_or_init(|| toml::from_str(include_str!("../../../../../data/names.toml")).unwrap_or_default())
}

/// A part of a name that is not broken where that can be avoided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// 淮安市.
    Division,
    /// 人民政府.
    Head,
    /// 财政局.
    Word,
    /// 办公室.
    Tail,
    /// 和.
    Link,
    /// Words in brackets, brackets included.
    Brackets,
    /// Characters of no known word.
    Unknown,
}

/// Returns the cost of a break before each character of a name but the first, by its byte offset.
pub(super) fn costs(name: &str) -> Vec<(usize, f64)> {
    let units = units(name);
    let mut costs = Vec::new();
    let mut start = 0;
    for (index, (end, kind)) in units.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| units.get(index));
        if let Some((_, before)) = before {
            costs.push((start, between(*before, *kind)));
        }
        let inside = if *kind == Kind::Unknown { UNKNOWN } else { WITHIN_WORD };
        let text = name.get(start..*end).unwrap_or_default();
        costs.extend(text.char_indices().skip(1).map(|(at, _)| (start + at, inside)));
        start = *end;
    }
    costs
}

fn between(before: Kind, after: Kind) -> f64 {
    match (before, after) {
        (_, Kind::Brackets) | (Kind::Brackets, _) => 2.0,
        (Kind::Division, Kind::Head) => 4.0,
        (Kind::Division, Kind::Unknown) => 2.0,
        (Kind::Head, Kind::Tail) => 2.0,
        (_, Kind::Tail) => 5.0,
        (Kind::Division | Kind::Head, _) => 1.0,
        (Kind::Unknown, _) | (_, Kind::Unknown) => 20.0,
        (_, Kind::Link) => 6.0,
        (Kind::Link, _) => 9.0,
        _ => 3.0,
    }
}

/// Divides a name into its words: the end of each, and its kind.
fn units(name: &str) -> Vec<(usize, Kind)> {
    let mut units: Vec<(usize, Kind)> = Vec::new();
    let mut at = 0;
    while let Some(rest) = name.get(at..).filter(|rest| !rest.is_empty()) {
        let word = word(rest);
        let ends_well = |length: usize| {
            let goes_on = |after: &str| {
                after.is_empty()
                    || is_link(after)
                    || bracketed(after).is_some()
                    || self::word(after).is_some()
            };
            let suffix =
                |after: &str| is_suffix(after).then(|| after.chars().next().map_or(0, char::len_utf8));
            rest.get(length..).is_some_and(|after| {
                goes_on(after) || suffix(after).and_then(|length| after.get(length..)).is_some_and(goes_on)
            })
        };
        // 国家税务总局彭阳县税务局: a division may follow what ends the name of a body.
        let is_followed = |length: usize, kind: Kind| {
            kind == Kind::Tail && rest.get(length..).is_some_and(|after| self::division(after).is_some())
        };
        let can_begin = units.last().is_none_or(|(_, kind)| *kind != Kind::Unknown);
        let division = division(rest).filter(|_| can_begin);
        let (length, kind) = match (word, division, bracketed(rest)) {
            (_, _, Some(length)) => (length, Kind::Brackets),
            (Some((length, kind)), None, _) => (length, kind),
            (Some((length, kind)), Some(_), _) if ends_well(length) || is_followed(length, kind) => {
                (length, kind)
            }
            (_, Some(length), _) => (length, Kind::Division),
            (None, None, _) => (rest.chars().next().map_or(1, char::len_utf8), Kind::Unknown),
        };
        if kind == Kind::Unknown {
            match units.last_mut() {
                Some((end, Kind::Word | Kind::Tail)) if is_suffix(rest) => *end += length,
                Some((end, Kind::Unknown)) => *end += length,
                Some(_) if is_link(rest) => units.push((at + length, Kind::Link)),
                _ => units.push((at + length, Kind::Unknown)),
            }
        } else {
            units.push((at + length, kind));
        }
        at += length;
    }
    units
}

/// Length and kind of the longest word at the beginning of a text.
fn word(text: &str) -> Option<(usize, Kind)> {
    let words = &names().words;
    let of = |list: &'static [String], kind: Kind| {
        list.iter().filter(|word| text.starts_with(word.as_str())).map(move |word| (word.len(), kind))
    };
    let all = of(&words.heads, Kind::Head).chain(of(&words.tails, Kind::Tail));
    all.chain(of(&words.subjects, Kind::Word)).max_by_key(|(length, _)| *length)
}

fn is_suffix(text: &str) -> bool {
    text.chars().next().is_some_and(|c| names().words.suffixes.contains(c))
}

fn is_link(text: &str) -> bool {
    text.starts_with(['和', '与', '及', '、'])
}

/// Length of the bracketed words at the beginning of a text, brackets included.
fn bracketed(text: &str) -> Option<usize> {
    let close = match text.chars().next()? {
        '（' => '）',
        '(' => ')',
        '〔' => '〕',
        '“' => '”',
        _ => return None,
    };
    text.find(close).map(|at| at + close.len_utf8())
}

/// Length of the division at the beginning of a text.
fn division(text: &str) -> Option<usize> {
    /// Longest name of a division, in characters: 积石山保安族东乡族撒拉族自治县 has 15.
    const LONGEST: usize = 16;
    let is_other = |at: usize| {
        names()
            .words
            .others
            .iter()
            .any(|word| text.get(at..).is_some_and(|rest| rest.starts_with(word.as_str())))
    };
    let mut found: Option<(usize, u8)> = None;
    for (count, (at, c)) in text.char_indices().enumerate().take(LONGEST) {
        if count > 0 && matches!(c, '（' | '(' | '“') || is_head(text, at) {
            break;
        }
        let end = at + c.len_utf8();
        let Some((ending, level)) = ending(text, end) else { continue };
        let stem = text.get(..end - ending).map_or(0, |stem| stem.chars().count());
        // 和县, 城区: one character is enough before 县, and before 区 where it is the whole name.
        let shortest = if text.get(end - ending..end) == Some("县") { 1 } else { 2 };
        let is_town = matches!(text.get(..end), Some("城区" | "郊区" | "矿区"));
        // 东乡族: a people, not a division.
        let is_people = text.get(end..).is_some_and(|rest| rest.starts_with('族'));
        if stem < shortest && !is_town || is_other(end - ending) || is_people {
            continue;
        }
        match found {
            // 赣县区, 景德镇市: the ending of a higher division is part of the same name.
            Some((before, lower))
                if before + ending == end
                    && (level < lower
                        || text.get(..before).is_some_and(|name| name.chars().count() == 2)) =>
            {
                found = Some((end, level));
            }
            Some(_) => break,
            None => found = Some((end, level)),
        }
    }
    found.map(|(end, _)| end)
}

fn is_head(text: &str, at: usize) -> bool {
    text.get(at..).is_some_and(|rest| names().words.heads.iter().any(|head| rest.starts_with(head.as_str())))
}

/// Length and level of the longest ending of a division that ends at a byte offset.
fn ending(text: &str, end: usize) -> Option<(usize, u8)> {
    let before = text.get(..end)?;
    let all = names()
        .divisions
        .iter()
        .flat_map(|divisions| divisions.endings.iter().map(|ending| (ending.as_str(), divisions.level)));
    let fitting = all.filter(|(ending, _)| before.ends_with(ending));
    fitting.map(|(ending, level)| (ending.len(), level)).max_by_key(|(length, _)| *length)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name with a stroke at each place where it may be broken.
    fn divided(name: &str) -> String {
        let mut divided = name.to_owned();
        for (at, cost) in costs(name).into_iter().rev() {
            if cost < 20.0 {
                divided.insert(at, '|');
            }
        }
        divided
    }

    #[test]
    fn the_data_file_is_valid() {
        toml::from_str::<Names>(include_str!("../../../../../data/names.toml")).expect("data/names.toml");
    }

    #[test]
    fn names_are_divided_between_their_words() {
        for expected in [
            "彭阳县|机关事务服务|中心",
            "淮安市|人民政府|办公室",
            "新疆维吾尔自治区|伊犁哈萨克自治州|察布查尔锡伯自治县|市场监督管理局",
            "内蒙古自治区|呼伦贝尔市|莫力达瓦达斡尔族自治旗|人民政府",
            "济宁市|市中区|城市管理|综合行政执法局",
            "江西省|景德镇市|浮梁县|人民政府",
            "赣州市|赣县区|自然资源局",
            "阳泉市|矿区|应急管理局",
            "大兴安岭地区|行政|公署",
            "湖南省|津市市|人民政府",
            "和县|人民政府",
            "天津市|和平区|体育馆街道|办事处",
            "广州经济技术开发区|管理委员会",
            "国家税务总局|彭阳县|税务局",
            "临夏回族自治州|积石山保安族东乡族撒拉族自治县|供销合作社|联合社",
        ] {
            let name = expected.replace('|', "");
            assert_eq!(divided(&name), expected);
        }
    }
}
