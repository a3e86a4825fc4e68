//! The places that a body's name or region begins with: 宁夏回族自治区 固原市 彭阳县.

use std::ops::Range;

/// How high a place stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::check) enum Rank {
    /// 省、自治区.
    Province,
    /// 市、自治州、地区、盟.
    City,
    /// 县、市辖区、县级市、旗; also a zone with an administration of its own.
    County,
    /// 乡、镇、街道.
    Town,
}

/// A place at the beginning of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::check) struct Place {
    /// How high it stands.
    pub(in crate::check) rank: Rank,
    /// Its bytes.
    pub(in crate::check) range: Range<usize>,
}

/// What a place's name ends with, the longer before the shorter.
const ENDINGS: [(&str, Rank); 18] = [
    ("特别行政区", Rank::Province),
    ("自治区", Rank::Province),
    ("省", Rank::Province),
    ("自治州", Rank::City),
    ("地区", Rank::City),
    ("盟", Rank::City),
    ("市", Rank::City),
    ("自治县", Rank::County),
    ("县", Rank::County),
    ("自治旗", Rank::County),
    ("旗", Rank::County),
    ("开发区", Rank::County),
    ("新区", Rank::County),
    ("区", Rank::County),
    ("街道", Rank::Town),
    ("苏木", Rank::Town),
    ("镇", Rank::Town),
    ("乡", Rank::Town),
];

/// Words that end like a place and are none.
const WORDS: [&str; 24] = [
    "城区", "园区", "灾区", "小区", "市区", "山区", "各区", "全区", "城市", "超市", "都市", "上市", "各市",
    "全市", "各县", "全县", "城镇", "乡镇", "城乡", "各乡", "下乡", "红旗", "联盟", "加盟",
];

/// What is smaller than a town, whatever stands before it: 幸福社区.
const SMALLER: [&str; 5] = ["社区", "景区", "库区", "片区", "辖区"];

/// What makes a place's ending part of another word: 区域, 区划, 乡村, 市场, 县域.
const FOLLOWERS: [(char, &str); 5] =
    [('区', "域划块"), ('乡', "村"), ('市', "场民容政"), ('县', "域"), ('镇', "江")];

/// Longer names than this are no place; 双江拉祜族佤族布朗族傣族自治县 is the longest.
const LONGEST: usize = 15;

/// The longest name without 自治.
const LONGEST_PLAIN: usize = 9;

/// The places that a name begins with, one within the other.
pub(in crate::check) fn places(name: &str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut at = 0;
    while let Some((length, rank)) = first(&name[at..]) {
        // A city within a city is a county-level one.
        let rank = match places.last() {
            Some(above) if above.rank >= Rank::City && rank == Rank::City => Rank::County,
            Some(above) if above.rank >= rank => break,
            _ => rank,
        };
        places.push(Place { rank, range: at..at + length });
        at += length;
    }
    places
}

/// The length and rank of the place that a text begins with.
fn first(text: &str) -> Option<(usize, Rank)> {
    for (characters, (at, c)) in text.char_indices().enumerate().take(LONGEST) {
        // A body begins here, so that no place ends behind it.
        if matches!(c, '局' | '委' | '厅' | '院' | '所' | '部' | '和' | '与' | '办') && characters > 0
        {
            return None;
        }
        let end = at + c.len_utf8();
        let (head, rest) = (&text[..end], &text[end..]);
        let is_other_word = WORDS.contains(&head)
            || SMALLER.iter().any(|word| head.ends_with(word))
            || FOLLOWERS.iter().any(|(sign, followers)| {
                c == *sign && rest.chars().next().is_some_and(|next| followers.contains(next))
            });
        let ending = ENDINGS.iter().find(|(ending, _)| head.ends_with(ending));
        let Some((ending, rank)) = ending.filter(|(ending, _)| !is_other_word && head.len() > ending.len())
        else {
            continue;
        };
        // 自治 is followed by what the place is: 内蒙古自治区, not 内蒙古自治.
        let is_plain = !ending.contains("自治");
        return (!is_plain || characters < LONGEST_PLAIN).then_some((end, *rank));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str) -> Vec<(&str, Rank)> {
        places(name).into_iter().map(|place| (&name[place.range], place.rank)).collect()
    }

    #[test]
    fn takes_a_name_apart() {
        use Rank::{City, County, Province, Town};
        assert_eq!(
            found("宁夏回族自治区固原市彭阳县机关事务服务中心"),
            [("宁夏回族自治区", Province), ("固原市", City), ("彭阳县", County)]
        );
        assert_eq!(
            found("辽宁省鞍山市海城市西柳镇"),
            [("辽宁省", Province), ("鞍山市", City), ("海城市", County), ("西柳镇", Town)]
        );
        assert_eq!(found("上海市浦东新区财政局"), [("上海市", City), ("浦东新区", County)]);
        assert_eq!(found("镇江市丹徒区"), [("镇江市", City), ("丹徒区", County)]);
        assert_eq!(found("珠海市城市管理局"), [("珠海市", City)]);
        assert_eq!(found("上海市市场监督管理局"), [("上海市", City)]);
        assert_eq!(found("彭阳县住房和城乡建设局"), [("彭阳县", County)]);
        assert_eq!(found("内蒙古自治区科学技术厅"), [("内蒙古自治区", Province)]);
        assert_eq!(found("国家税务总局彭阳县税务局"), []);
        assert_eq!(found("县财政局"), []);
        assert_eq!(found("林州市红旗渠管理处"), [("林州市", City)]);
        assert_eq!(
            found("双江拉祜族佤族布朗族傣族自治县财政局"),
            [("双江拉祜族佤族布朗族傣族自治县", County)]
        );
    }
}
