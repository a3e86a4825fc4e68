//! The default faces and their coverage; faces of a user that replace them.

use std::{fs, path::PathBuf, time::Duration};

use gongbao::typeset::fonts::{FontSet, default_dir, is_unmarked};
use gongbao_core::typeface::{GlyphCoverage, Role};
use gongbao_test_support::time::within;
use tempfile::TempDir;

mod agree;
mod index;
pub(crate) mod rename;
mod user;

const CHINESE: [Role; 5] = [Role::Xiaobiaosong, Role::Fangsong, Role::Heiti, Role::Kaiti, Role::Songti];

fn defaults() -> PathBuf {
    default_dir(None, None).unwrap()
}

fn set() -> FontSet {
    FontSet::load(&defaults(), &[]).unwrap()
}

/// Makes a folder with small faces of the given names.
fn user_dir(names: &[(&str, &str, Option<&str>)]) -> TempDir {
    let dir = TempDir::new().unwrap();
    let font = fs::read(defaults().join("GongwenFallback-Regular.ttf")).unwrap();
    for (file, family, chinese) in names {
        fs::write(dir.path().join(file), rename::rename(&font, family, *chinese)).unwrap();
    }
    dir
}

fn family(set: &FontSet, role: Role, c: char) -> &str {
    &set.faces()[set.resolve(role, c).unwrap().face].family
}

/// Returns the characters of GB 2312 or, with the whole range of second bytes, of GBK.
fn double_byte(first: std::ops::RangeInclusive<u8>, second: std::ops::RangeInclusive<u8>) -> Vec<char> {
    let mut found = Vec::new();
    for a in first {
        for b in second.clone() {
            let bytes = [a, b];
            let text = encoding_rs::GBK.decode_without_bom_handling_and_without_replacement(&bytes);
            let mut chars = text.iter().flat_map(|text| text.chars());
            if let (Some(c), None) = (chars.next(), chars.next())
                && !('\u{E000}'..='\u{F8FF}').contains(&c)
            {
                found.push(c);
            }
        }
    }
    found
}

fn gb2312() -> Vec<char> {
    // Rows 1–9 and 16–87: what GB 2312 itself assigns, read through GBK, which assigns a few more in them.
    let mut all = double_byte(0xA1..=0xA9, 0xA1..=0xFE);
    all.extend(double_byte(0xB0..=0xF7, 0xA1..=0xFE));
    all
}

fn gbk() -> Vec<char> {
    double_byte(0x81..=0xFE, 0x40..=0xFE)
}

#[test]
fn rare_characters_of_names_are_covered_in_every_role() {
    let set = set();
    for role in CHINESE {
        for c in "玥珺祎旻昇喆堃镕𠮷㎡㎏²½①⑳⑴⒇℃‰—…“”〔〕".chars() {
            assert!(set.resolve(role, c).is_some(), "{role:?} {c}");
        }
    }
}

#[test]
fn characters_that_no_face_has_are_returned_with_their_position() {
    let set = set();
    for role in CHINESE {
        let text = "甲\u{E000}乙\u{F8FF}";
        assert_eq!(set.missing(role, text), [(3, '\u{E000}'), (9, '\u{F8FF}')], "{role:?}");
        let invisible = "甲\t乙\n丙\u{200B}丁\u{FEFF}戊\u{FE00}\u{2060} \u{A0}\u{3000}\u{2003}";
        assert_eq!(set.missing(role, invisible), [], "{role:?}");
    }
}

#[test]
fn gb2312_and_gbk_are_covered_in_every_role() {
    let set = set();
    assert!(gb2312().len() >= 7445 && gbk().len() >= 21_791);
    for role in CHINESE {
        let text: String = gb2312().iter().collect();
        assert_eq!(set.missing(role, &text), [], "{role:?}");
        // ≒, a mathematical sign, is the one character of GBK that none of the eight faces has.
        let text: String = gbk().iter().filter(|c| **c != '≒').collect();
        assert_eq!(set.missing(role, &text), [], "{role:?}");
    }
}

#[test]
fn extension_b_is_covered_in_every_role() {
    let set = set();
    for role in CHINESE {
        let text: String = ('\u{20000}'..='\u{2A6D6}').collect();
        assert_eq!(set.missing(role, &text), [], "{role:?}");
    }
}

#[test]
fn digits_and_signs_use_the_faces_that_suit_them() {
    let set = set();
    for digit in '0'..='9' {
        assert_eq!(family(&set, Role::Kaiti, digit), "FandolFang R");
        assert_eq!(family(&set, Role::Fangsong, digit), "FandolFang R");
    }
    for role in [Role::Fangsong, Role::Kaiti, Role::Songti] {
        for sign in "①⑩⑳⑴⒇●○◎■℃№‰".chars() {
            assert_eq!(family(&set, role, sign), "Noto Serif SC");
            assert!(!set.resolve(role, sign).unwrap().is_fallback);
        }
    }
    assert_eq!(family(&set, Role::Fangsong, '玥'), "Gongwen Fallback");
    assert!(set.resolve(Role::Fangsong, '玥').unwrap().is_fallback);
    assert_eq!(family(&set, Role::Fangsong, '𠮷'), "HanaMinB");
    assert!(!set.resolve(Role::Fangsong, '公').unwrap().is_fallback);
    assert_eq!(set.faces()[set.main_face(Role::Xiaobiaosong)].file_name(), "NotoSerifSC_700Bold.ttf");
    assert_eq!(set.faces()[set.main_face(Role::Heiti)].weight, 500);
    let songti = set.resolve(Role::Songti, '玥').unwrap();
    assert_eq!(set.faces()[songti.face].file_name(), "NotoSerifSC_400Regular.ttf");
}

/// The face predicted for each character is the one that Typst uses.
#[test]
fn typst_chooses_the_same_faces() {
    let dir = user_dir(&[("a.ttf", "FangSong_GB2312", None), ("b.ttf", "Times New Roman", None)]);
    let user = FontSet::load(&defaults(), &[dir.path().to_owned()]).unwrap();
    let mut all = gbk();
    all.extend(' '..='\u{2FF}');
    all.extend('\u{2000}'..='\u{27BF}');
    all.extend("玥珺祎旻昇喆堃镕𠮷𡈼𤭢𪚥鿫鿭䶮㙦㐂\u{E000}😀".chars());
    all.retain(|c| !is_unmarked(*c) && !c.is_control() && !c.is_whitespace());
    all.sort();
    all.dedup();
    for (set, roles) in [(&set(), &CHINESE[..]), (&user, &[Role::Fangsong, Role::Kaiti][..])] {
        for role in roles {
            let drawn = agree::drawn(set, *role, &all);
            let mut wrong = Vec::new();
            for c in &all {
                let ours = set.resolve(*role, *c).map(|resolved| {
                    let face = &set.faces()[resolved.face];
                    (face.family.clone(), face.weight)
                });
                let typst = drawn.get(c).cloned().flatten();
                if ours != typst {
                    wrong.push((*c, ours, typst));
                }
            }
            assert!(
                wrong.is_empty(),
                "{role:?}: {} differ: {:?}",
                wrong.len(),
                &wrong[..wrong.len().min(20)]
            );
        }
    }
}

#[test]
fn a_megabyte_of_text_is_searched_for_missing_glyphs_within_60_milliseconds() {
    let set = set();
    let text = "政府信息公开工作年度报告2020年".repeat(1 << 20 >> 5);
    assert!(text.len() > 1 << 20);
    let limit = Duration::from_millis(60);
    within(limit, "a megabyte", || assert!(set.missing(Role::Fangsong, &text).is_empty()));
}

#[test]
fn variation_sequences_are_known() {
    let set = set();
    // Noto Serif SC has the centred comma and the compatibility form of 礼; FandolFang has no such table.
    assert!(set.has_sequence(Role::Xiaobiaosong, '、', '\u{FE01}'));
    assert!(set.has_sequence(Role::Xiaobiaosong, '礼', '\u{FE00}'));
    assert!(!set.has_sequence(Role::Xiaobiaosong, '公', '\u{E0100}'));
    assert!(!set.has_sequence(Role::Fangsong, '公', '\u{FE00}'));
}

#[test]
fn the_faces_used_are_listed_with_their_digests() {
    let set = set();
    let used = set.used([(Role::Fangsong, "公开玥①"), (Role::Songti, "22")]);
    let told: Vec<_> = used
        .iter()
        .map(|used| {
            let face = &set.faces()[used.face];
            (face.file_name(), used.roles.iter().copied().collect::<Vec<_>>(), used.fallback.iter().collect())
        })
        .collect::<Vec<(String, Vec<Role>, String)>>();
    assert_eq!(
        told,
        [
            ("FandolFang-Regular.otf".into(), vec![Role::Fangsong], String::new()),
            ("FandolSong-Regular.otf".into(), vec![Role::Songti], String::new()),
            ("GongwenFallback-Regular.ttf".into(), vec![Role::Fangsong], "玥".into()),
            ("NotoSerifSC_400Regular.ttf".into(), vec![Role::Fangsong], String::new()),
        ]
    );
    let sums = fs::read_to_string(defaults().join("SHA256SUMS")).unwrap();
    for used in used {
        assert!(sums.contains(set.faces()[used.face].sha256().unwrap()));
    }
}
