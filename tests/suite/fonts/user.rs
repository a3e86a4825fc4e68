//! A user's faces replace the default faces of their roles.

use std::{fs, path::PathBuf};

use gongbao::typeset::fonts::{
    FontError, FontSet, FontWarning, FontsReport, Origin, default_dir, find_official_on_system,
};
use gongbao_core::typeface::{GlyphCoverage, Role};
use tempfile::TempDir;

use super::{CHINESE, defaults, family, rename, set, user_dir};

#[test]
fn an_official_face_is_used_under_any_of_its_names() {
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
        // Characters that the face lacks are set by the default faces.
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
        // Characters shared with Chinese text stay with the Chinese face.
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
fn of_two_official_faces_the_first_in_the_list_is_used() {
    let dir = user_dir(&[
        ("a.ttf", "STFangsong", None),
        ("b.ttf", "FangSong_GB2312", None),
        ("c.ttf", "FangSong", None),
    ]);
    let set = FontSet::load(&defaults(), &[dir.path().to_owned()]).unwrap();
    assert_eq!(set.faces()[set.main_face(Role::Fangsong)].file_name(), "b.ttf");
    // The other faces are not used, and Typst does not see them.
    assert_eq!(set.faces().iter().filter(|face| face.origin == Origin::User).count(), 1);
}

#[test]
fn typst_sees_only_faces_in_use_and_their_families() {
    // Of many faces in a folder, Typst sees those in use and those that share a family with them.
    let dir = user_dir(&[("a.ttf", "Arial", None), ("b.ttf", "SimHei", None), ("c.ttf", "SimHei", None)]);
    let set = FontSet::load(&defaults(), &[dir.path().to_owned()]).unwrap();
    let told: Vec<_> = set.faces().iter().filter(|face| face.origin == Origin::User).collect();
    // The second SimHei shares the family; Typst takes the first of the two.
    assert_eq!(told.iter().map(|face| face.file_name()).collect::<Vec<_>>(), ["b.ttf", "c.ttf"]);
    assert_eq!(set.faces()[set.main_face(Role::Heiti)].file_name(), "b.ttf");
    assert_eq!(set.weight(Role::Heiti), 500);
}

#[test]
fn a_face_of_the_users_replaces_a_default_one_of_the_same_family() {
    let dir = user_dir(&[("x.ttf", "Gongwen Fallback", None), ("y.ttf", "SimHei", None)]);
    let set = FontSet::load(&defaults(), &[dir.path().to_owned()]).unwrap();
    let face = &set.faces()[set.resolve(Role::Fangsong, '玥').unwrap().face];
    assert_eq!((face.origin, face.file_name().as_str()), (Origin::User, "x.ttf"));
}

#[test]
fn problems_with_font_folders_are_reported() {
    let nowhere = PathBuf::from("/nowhere/at/all");
    let error = FontSet::load(&defaults(), std::slice::from_ref(&nowhere)).unwrap_err();
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
    // The folder beside the executable is tried before the one of the build.
    let exe = defaults().join("../src/gongbao");
    assert_eq!(default_dir(None, Some(&exe)).unwrap().canonicalize().unwrap(), defaults());
}

#[test]
fn the_fonts_report_lists_roles_and_probed_characters() {
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
