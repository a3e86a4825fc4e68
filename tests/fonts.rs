//! The default faces, what they cover, and how the user's take over their roles.
#![allow(clippy::disallowed_methods, reason = "tests make the files that they look at")]

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use gongbao::typeset::fonts::{
    FontError, FontSet, FontWarning, FontsReport, INDEX_FILE, Origin, Role, build_index, default_dir,
    find_official_on_system, is_unmarked, recompute,
};
use tempfile::TempDir;

#[path = "fonts/agree.rs"]
mod agree;
#[path = "fonts/rename.rs"]
mod rename;

const CHINESE: [Role; 5] = [Role::Xiaobiaosong, Role::Fangsong, Role::Heiti, Role::Kaiti, Role::Songti];

fn defaults() -> PathBuf {
    default_dir(None, None).unwrap()
}

fn set() -> FontSet {
    FontSet::load(&defaults(), &[]).unwrap()
}

/// A folder of the user's with small faces under the given names.
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

/// All two-byte characters of GB 2312 or, with the whole range of second bytes, GBK.
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
fn names_and_rare_characters_are_set_in_every_role() {
    let set = set();
    for role in CHINESE {
        for c in "玥珺祎旻昇喆堃镕𠮷㎡㎏²½①⑳⑴⒇℃‰—…“”〔〕".chars() {
            assert!(set.resolve(role, c).is_some(), "{role:?} {c}");
        }
    }
}

#[test]
fn what_nobody_has_is_missing_with_its_place() {
    let set = set();
    for role in CHINESE {
        let text = "甲\u{E000}乙\u{F8FF}";
        assert_eq!(set.missing(role, text), [(3, '\u{E000}'), (9, '\u{F8FF}')], "{role:?}");
        let invisible = "甲\t乙\n丙\u{200B}丁\u{FEFF}戊\u{FE00}\u{2060} \u{A0}\u{3000}\u{2003}";
        assert_eq!(set.missing(role, invisible), [], "{role:?}");
    }
}

#[test]
fn gb2312_and_gbk_are_whole_in_every_role() {
    let set = set();
    assert!(gb2312().len() >= 7445 && gbk().len() >= 21_791);
    for role in CHINESE {
        let text: String = gb2312().iter().collect();
        assert_eq!(set.missing(role, &text), [], "{role:?}");
        // ≒ is the one character of GBK, a sign of mathematics, that none of the eight faces has.
        let text: String = gbk().iter().filter(|c| **c != '≒').collect();
        assert_eq!(set.missing(role, &text), [], "{role:?}");
    }
}

#[test]
fn extension_b_is_whole() {
    let set = set();
    for role in CHINESE {
        let text: String = ('\u{20000}'..='\u{2A6D6}').collect();
        assert_eq!(set.missing(role, &text), [], "{role:?}");
    }
}

#[test]
fn digits_and_signs_come_from_where_they_look_right() {
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

/// The heart of it: our forecast is what Typst does, character by character.
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
fn the_committed_index_is_what_the_faces_say() {
    let dir = defaults();
    let built = build_index(&dir).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(dir.join(INDEX_FILE), &built).unwrap();
        return;
    }
    let committed = fs::read_to_string(dir.join(INDEX_FILE)).unwrap();
    assert!(
        committed == built,
        "fonts/{INDEX_FILE} is old: run UPDATE=1 cargo test --release --test fonts index"
    );
    for line in fs::read_to_string(dir.join("SHA256SUMS")).unwrap().lines() {
        let (sum, file) = line.split_once("  ").unwrap();
        assert_eq!(recompute(&dir, file).unwrap().sha256, sum, "{file}");
    }
}

/// The default faces by links, so that what lies beside them can be spoiled.
#[cfg(unix)]
fn linked() -> TempDir {
    let dir = TempDir::new().unwrap();
    for entry in fs::read_dir(defaults()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.file_name().unwrap() != INDEX_FILE {
            std::os::unix::fs::symlink(&path, dir.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    dir
}

#[cfg(unix)]
fn infos(set: &FontSet) -> Vec<typst::text::FontInfo> {
    (0..set.faces().len()).map(|at| set.book().info(at).unwrap().clone()).collect()
}

#[cfg(unix)]
#[test]
fn a_damaged_index_changes_nothing() {
    let right = infos(&set());
    let dir = linked();
    let index = fs::read_to_string(defaults().join(INDEX_FILE)).unwrap();
    for spoilt in ["", "{", &index.replacen("\"length\":6961384", "\"length\":7", 1)] {
        fs::write(dir.path().join(INDEX_FILE), spoilt).unwrap();
        assert!(infos(&FontSet::load(dir.path(), &[]).unwrap()) == right);
    }
}

#[cfg(unix)]
#[test]
fn a_replaced_face_is_read_anew() {
    let dir = linked();
    fs::copy(defaults().join(INDEX_FILE), dir.path().join(INDEX_FILE)).unwrap();
    let small = fs::read(defaults().join("GongwenFallback-Regular.ttf")).unwrap();
    let path = dir.path().join("HanaMinB.ttf");
    fs::remove_file(&path).unwrap();
    fs::write(&path, rename::rename(&small, "HanaMinB", None)).unwrap();
    let set = FontSet::load(dir.path(), &[]).unwrap();
    assert_eq!(set.missing(Role::Fangsong, "𠮷").len(), 1);
    let face = set.faces().iter().find(|face| face.family == "HanaMinB").unwrap();
    assert_eq!(face.sha256().unwrap(), recompute(dir.path(), "HanaMinB.ttf").unwrap().sha256);
}

#[cfg(unix)]
#[test]
fn the_index_makes_the_start_no_slower() {
    let dir = linked();
    let best = |dir: &Path| {
        let time = || {
            let start = Instant::now();
            FontSet::load(dir, &[]).unwrap();
            start.elapsed()
        };
        (0..7).map(|_| time()).min().unwrap()
    };
    let (without, with) = (best(dir.path()), best(&defaults()));
    println!("start without index {without:?}, with {with:?}");
    assert!(with <= without);
}

#[test]
fn a_long_text_is_looked_through_at_once() {
    let set = set();
    let text = "政府信息公开工作年度报告2020年".repeat(1 << 20 >> 5);
    assert!(text.len() > 1 << 20);
    let best = (0..5)
        .map(|_| {
            let start = Instant::now();
            assert!(set.missing(Role::Fangsong, &text).is_empty());
            start.elapsed()
        })
        .min()
        .unwrap();
    let start = Instant::now();
    let fresh = self::set();
    fresh.resolve(Role::Fangsong, '公');
    println!("{} bytes looked through in {best:?}; start and first table {:?}", text.len(), start.elapsed());
    assert!(best < Duration::from_millis(60), "{best:?}");
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
fn an_official_face_takes_its_role_by_any_of_its_names() {
    for (family_name, chinese, role) in [
        ("FangSong_GB2312", None, Role::Fangsong),
        ("fangsong GB2312", None, Role::Fangsong),
        ("Something Else", Some("仿宋_GB2312"), Role::Fangsong),
        ("SimHei", Some("黑体"), Role::Heiti),
        ("FZXBSJW--GB1-0", Some("方正小标宋简体"), Role::Xiaobiaosong),
        ("KaiTi_GB2312", None, Role::Kaiti),
        ("SimSun", None, Role::Songti),
    ] {
        let dir = user_dir(&[("any.TTF", family_name, chinese)]);
        let set = FontSet::load(&defaults(), &[dir.path().to_owned()]).unwrap();
        assert_eq!(set.warnings(), []);
        for other in CHINESE {
            let face = &set.faces()[set.main_face(other)];
            assert_eq!(face.origin == Origin::User, other == role, "{family_name} {other:?}");
        }
        let json = set.families_json();
        assert_eq!(json[role.key()]["families"][0]["name"], family_name);
        assert_eq!(json[role.key()]["families"][0].get("covers"), None);
        // What it has it sets, what it lacks the old chain sets.
        assert_eq!(family(&set, role, '玥'), family_name);
        assert!(!set.resolve(role, '玥').unwrap().is_fallback);
        assert!(set.resolve(role, '公').unwrap().is_fallback);
        assert!(set.missing(role, "公开①2020㎡𠮷").is_empty());
    }
}

#[test]
fn a_latin_face_sets_letters_and_digits_of_fangsong_and_kaiti() {
    let set = set();
    assert!(!set.has_latin());
    assert_eq!(family(&set, Role::Latin, 'A'), family(&set, Role::Fangsong, 'A'));

    let dir = TempDir::new().unwrap();
    // A face with Latin letters.
    let font = fs::read(defaults().join("NotoSansSC_500Medium.ttf")).unwrap();
    fs::write(dir.path().join("times.ttf"), rename::rename(&font, "Times New Roman", None)).unwrap();
    let set = FontSet::load(&defaults(), &[dir.path().to_owned()]).unwrap();
    assert!(set.has_latin());
    for role in [Role::Fangsong, Role::Kaiti, Role::Latin] {
        assert_eq!(family(&set, role, 'A'), "Times New Roman");
        assert_eq!(family(&set, role, '7'), "Times New Roman");
        assert!(!set.resolve(role, '7').unwrap().is_fallback);
        // What Chinese shares stays Chinese.
        for c in "“”‘’—…·公 ".chars() {
            assert_ne!(family(&set, role, c), "Times New Roman", "{role:?} {c}");
        }
    }
    for role in [Role::Heiti, Role::Songti, Role::Xiaobiaosong] {
        assert_ne!(family(&set, role, 'A'), "Times New Roman");
    }
    let json = set.families_json();
    assert_eq!(json["kaiti"]["families"][0]["name"], "Times New Roman");
    assert!(json["kaiti"]["families"][0]["covers"].as_str().unwrap().starts_with('['));
    assert_eq!(json.get("latin"), None);
    assert_eq!(set.faces()[set.main_face(Role::Fangsong)].family, "FandolFang R");
}

#[test]
fn of_two_official_faces_the_first_of_the_list_wins() {
    let dir = user_dir(&[
        ("a.ttf", "STFangsong", None),
        ("b.ttf", "FangSong_GB2312", None),
        ("c.ttf", "FangSong", None),
    ]);
    let set = FontSet::load(&defaults(), &[dir.path().to_owned()]).unwrap();
    assert_eq!(set.faces()[set.main_face(Role::Fangsong)].file_name(), "b.ttf");
    // The others play no part, and Typst does not see them.
    assert_eq!(set.faces().iter().filter(|face| face.origin == Origin::User).count(), 1);
}

#[test]
fn a_face_of_the_users_replaces_a_default_one_of_the_same_family() {
    let dir = user_dir(&[("x.ttf", "Gongwen Fallback", None), ("y.ttf", "SimHei", None)]);
    let set = FontSet::load(&defaults(), &[dir.path().to_owned()]).unwrap();
    let face = &set.faces()[set.resolve(Role::Fangsong, '玥').unwrap().face];
    assert_eq!((face.origin, face.file_name().as_str()), (Origin::User, "x.ttf"));
}

#[test]
fn trouble_with_folders_is_told() {
    let nowhere = PathBuf::from("/nowhere/at/all");
    let error = FontSet::load(&defaults(), &[nowhere.clone()]).unwrap_err();
    assert_eq!(error, FontError::NoFolder(nowhere.clone()));
    assert_eq!(error.to_string(), "字体文件夹 /nowhere/at/all 不存在，或不是文件夹");

    let dir = user_dir(&[("a.ttf", "Nobody Knows", None)]);
    fs::write(dir.path().join("broken.otf"), b"OTTO and no more").unwrap();
    fs::write(dir.path().join("empty.ttc"), b"").unwrap();
    fs::write(dir.path().join("readme.txt"), b"no font").unwrap();
    let set = FontSet::load(&defaults(), &[dir.path().to_owned()]).unwrap();
    assert_eq!(
        set.warnings(),
        [
            FontWarning::Broken(dir.path().join("broken.otf")),
            FontWarning::Broken(dir.path().join("empty.ttc")),
            FontWarning::NothingKnown(dir.path().to_owned()),
        ]
    );

    assert!(matches!(default_dir(Some(dir.path()), None), Err(FontError::DefaultIncomplete { .. })));
    // Beside the executable comes before where the program was built.
    let exe = defaults().join("../src/gongbao");
    assert_eq!(default_dir(None, Some(&exe)).unwrap().canonicalize().unwrap(), defaults());
}

#[test]
fn the_faces_used_are_told_with_their_digests() {
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

#[test]
fn the_report_tells_roles_and_probes() {
    let dir = user_dir(&[("hei.ttf", "SimHei", None)]);
    let set = FontSet::load(&defaults(), &[dir.path().to_owned()]).unwrap();
    let report = FontsReport::new(&set, &defaults(), Some("公玥\u{E000}公"));
    let text = report.to_string();
    println!("{text}");
    assert!(text.contains("黑体（一级标题）：SimHei，用户字体"));
    assert!(text.contains("缺 6"), "SimHei is a small face here");
    assert!(text.contains("玥 U+73A5：小标宋 Noto Serif SC；仿宋 Gongwen Fallback（补字）"));
    assert!(text.contains("没有字体有此字"));
    assert_eq!(report.probed.len(), 3);
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(json["roles"][0]["role"], "xiaobiaosong");
    assert_eq!(json["roles"][2]["from"], "user");
    assert_eq!(json["probed"][1]["families"]["fangsong"], "Gongwen Fallback");
    for folder in find_official_on_system().unwrap() {
        assert!(folder.line().starts_with("font-dir = "));
    }
}
