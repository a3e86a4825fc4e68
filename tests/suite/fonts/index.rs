//! The index beside the default faces.

use std::{fs, path::Path, time::Instant};

use gongbao::typeset::fonts::{FontSet, INDEX_FILE, build_index, recompute};
use gongbao_core::typeface::{GlyphCoverage, Role};
use gongbao_test_support::golden::assert_golden;
use tempfile::TempDir;

use super::{defaults, rename, set};

#[test]
fn the_committed_index_agrees_with_the_faces() {
    let dir = defaults();
    let built = build_index(&dir).unwrap();
    assert_golden(&dir.join(INDEX_FILE), &built);
    for line in fs::read_to_string(dir.join("SHA256SUMS")).unwrap().lines() {
        let (sum, file) = line.split_once("  ").unwrap();
        assert_eq!(recompute(&dir, file).unwrap().sha256, sum, "{file}");
    }
}

/// Makes a folder with links to the default faces, in which the index can be damaged.
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
fn a_replaced_face_is_read_again() {
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
