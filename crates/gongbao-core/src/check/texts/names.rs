//! Whether two names are those of one body: full, short, with or without the place, or an office of it.

use super::{
    place_names::{Rank, places},
    scan::{head, is_han, tail},
};

/// What the name of a body ends with, and whether it is a body of its own rather than an office of one.
const ENDINGS: [(&str, bool); 26] = [
    ("人民政府", true),
    ("政府", true),
    ("街道办事处", true),
    ("办事处", true),
    ("管委会", true),
    ("委员会", true),
    ("街道", true),
    ("中心", true),
    ("学校", true),
    ("公司", true),
    ("法院", true),
    ("医院", true),
    ("学院", true),
    ("卫健委", true),
    ("发改委", true),
    ("局", true),
    ("厅", true),
    ("镇", true),
    ("乡", true),
    ("队", true),
    ("馆", true),
    ("站", true),
    ("办公室", false),
    ("办", false),
    ("科", false),
    ("股", false),
];

/// How a body speaks of itself.
const SELF: [&str; 9] = ["本", "我", "该", "各", "全", "有关", "相关", "上级", "政府信息公开"];

/// A name longer than this is a sentence.
const LONGEST: usize = 40;

/// The body that a stretch of text names: up to the last ending of a body's name in it; `None` where it
/// names none, or the body itself in words like 我局.
pub(in crate::check) fn body(text: &str) -> Option<&str> {
    let text = head(text, LONGEST + 1);
    let run = text.find(|c| !is_han(c)).map_or(text, |end| &text[..end]);
    let end = ENDINGS.iter().filter_map(|(ending, _)| Some(run.rfind(ending)? + ending.len())).max()?;
    let name = &run[..end];
    let is_self = SELF.iter().any(|word| name.starts_with(word));
    (!is_self && name.chars().count() <= LONGEST && name.chars().nth(1).is_some()).then_some(name)
}

/// The same where the name must reach the end of the text.
pub(in crate::check) fn body_at_end(text: &str) -> Option<&str> {
    let text = tail(text, LONGEST + 1);
    let start =
        text.rfind(|c| !is_han(c)).map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let run = &text[start..];
    body(run).filter(|name| name.len() == run.len())
}

/// Whether a name is that of a body of its own, not of an office, which any body has.
pub(in crate::check) fn is_own_body(name: &str) -> bool {
    let after = places(name).last().map_or(name, |place| &name[place.range.end..]);
    !places(name).is_empty()
        || ENDINGS
            .iter()
            .any(|(ending, is_own)| *is_own && after.contains(ending) && after.len() > ending.len())
}

/// Whether a name is that of a government of a county or more.
pub(in crate::check) fn is_government(name: &str) -> bool {
    let is_low = places(name).last().is_some_and(|place| place.rank == Rank::Town);
    name.ends_with("人民政府") && !is_low
}

/// The body whose report it is.
pub(in crate::check) struct Own<'a> {
    /// Its name without the places above it.
    core: String,
    /// All that tells where it is.
    around: String,
    /// Whether any office in the same place may draw its report up.
    is_government: bool,
    /// Its name in full.
    name: &'a str,
}

impl<'a> Own<'a> {
    pub(in crate::check) fn new(name: &'a str, region: &str, is_government: bool) -> Self {
        let core = core(&plain(name)).to_owned();
        Self { around: format!("{name}{region}"), core, is_government, name }
    }

    /// Whether a name is that of this body or of an office of it.
    pub(in crate::check) fn is_named(&self, other: &str) -> bool {
        if other.contains(self.name) {
            return true;
        }
        let other = plain(other);
        let places = places(&other);
        if let Some(place) = places.last() {
            let place = &other[place.range.clone()];
            if !self.around.contains(place) && !self.around.contains(&plain_place(place)) {
                return false;
            }
            if self.is_government {
                return true;
            }
        } else if self.is_government {
            return !other.is_empty();
        }
        // Every body has a 办公室; only a name of its own tells it.
        let is_office = self.core.starts_with("办公");
        if other.contains(&self.core) && !is_office {
            return true;
        }
        // A place above is no short form of a body in it.
        if places.last().is_some_and(|place| place.range.end == other.len()) {
            return false;
        }
        let theirs = if is_office { core(&other) } else { without_office(core(&other)) };
        is_short_for(theirs, &self.core) || is_short_for(&self.core, theirs) && !is_office
    }

    /// Whether a name is that of a government above, in whose building many a body sits.
    pub(in crate::check) fn is_below(&self, other: &str) -> bool {
        let other = plain(other);
        self.around.contains(&other)
    }
}

/// A name without the words that are left out first.
fn plain(name: &str) -> String {
    let name = name.replace("人民政府", "").replace("街道办事处", "街道");
    name.replace("政府", "").replace("委员会", "委").replace("管理委", "管委").replace("管委会", "管委")
}

/// A place without what kind of place it is: 彭阳 for 彭阳县.
fn plain_place(place: &str) -> String {
    let mut chars = place.chars();
    chars.next_back();
    chars.collect()
}

/// A name without the places before it; of a name that is all places, the last one.
fn core(plain: &str) -> &str {
    let places = places(plain);
    let Some(last) = places.last() else {
        return plain.strip_prefix(['省', '市', '县', '区', '旗', '镇', '乡']).unwrap_or(plain);
    };
    if last.range.end == plain.len() { &plain[last.range.clone()] } else { &plain[last.range.end..] }
}

/// A name without the office behind the body: 卫健局 for 卫健局办公室.
fn without_office(core: &str) -> &str {
    let ends = ENDINGS.iter().filter(|(_, is_own)| *is_own).chain([&("委", true)]);
    let end = ends.filter_map(|(ending, _)| Some(core.find(ending)? + ending.len())).min();
    end.map_or(core, |end| &core[..end])
}

/// Whether all characters of `short` stand in `long`, in this order: 人社局, 人力资源和社会保障局.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    !short.is_empty() && short.chars().all(|c| rest.any(|other| other == c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_a_body_by_its_short_names() {
        let own = |name: &'static str| Own::new(name, "", name.ends_with("县人民政府"));
        for (name, others) in [
            (
                "彭阳县机关事务服务中心",
                vec!["彭阳县机关事务服务中心办公室", "县机关事务中心", "机关事务服务中心"],
            ),
            ("天门市小板镇人民政府", vec!["小板镇", "小板镇党政综合办公室", "天门市小板镇", "小板镇政府"]),
            ("闽侯县财政局", vec!["闽侯县财政局办公室", "县财政局", "财政局办公室"]),
            ("彭阳县卫生健康局", vec!["县卫健局办公室", "彭阳县卫健局"]),
            ("上海市浦东新区发展和改革委员会", vec!["浦东新区发改委", "区发改委"]),
            ("宿迁市洋河新区管理委员会", vec!["洋河新区管委会", "洋河新区管理委员会党政办公室"]),
            ("上海市人民政府办公厅", vec!["上海市政府办公厅"]),
            ("彭阳县人民政府", vec!["彭阳县人民政府办公室", "县政府办公室", "彭阳县行政审批服务管理局"]),
            ("海城市西柳镇人民政府", vec!["西柳镇人民政府", "西柳镇党政办"]),
        ] {
            for other in others {
                assert!(own(name).is_named(other), "{name}: {other}");
            }
        }
    }

    #[test]
    fn tells_others_from_it() {
        let own = |name: &'static str| Own::new(name, "", name.ends_with("县人民政府"));
        for (name, others) in [
            (
                "彭阳县机关事务服务中心",
                vec!["彭阳县财政局", "西吉县机关事务服务中心", "彭阳县", "彭阳县人民政府"],
            ),
            ("天门市小板镇人民政府", vec!["天门市人民政府", "多祥镇人民政府", "天门市财政局"]),
            ("闽侯县财政局", vec!["闽侯县审计局", "永泰县财政局"]),
            ("彭阳县人民政府", vec!["西吉县人民政府", "西吉县人民政府办公室"]),
            ("上海市人民政府办公厅", vec!["上海市人民政府", "上海市财政局"]),
        ] {
            for other in others {
                assert!(!own(name).is_named(other), "{name}: {other}");
            }
        }
    }

    #[test]
    fn finds_a_body_in_a_text() {
        assert_eq!(body("彭阳县机关事务服务中心联系"), Some("彭阳县机关事务服务中心"));
        assert_eq!(body("我局办公室联系"), None);
        assert_eq!(body("以上情况"), None);
        assert_eq!(body_at_end("的要求，闽侯县财政局"), Some("闽侯县财政局"));
        assert_eq!(body_at_end("和市政府办公室要求"), None);
        assert!(!is_own_body("党政综合办公室"));
        assert!(is_own_body("县财政局"));
    }
}
