//! Failed writes are reported, files stay as private as they were, and nothing is written where a name or a link leads.

use std::{
    fs::Permissions,
    os::unix::fs::{MetadataExt, PermissionsExt, symlink},
    process::Stdio,
};

use super::{SAMPLE, office, report, timed};

fn mode(path: &std::path::Path) -> u32 {
    std::fs::metadata(path).expect("metadata").mode() & 0o777
}

#[test]
fn a_full_standard_output_is_exit_code_2_and_a_closed_one_is_quiet() {
    let office = office();
    office.file(SAMPLE, report());
    for arguments in
        [&["check", SAMPLE][..], &["check", SAMPLE, "--json"], &["--version"], &["schema"], &["--help"]]
    {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output = office.command().args(arguments).stdout(full).output().expect("the program");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {output:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    let mut child = office
        .command()
        .args(["check", SAMPLE])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("its end");
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{output:?}");
}

#[test]
fn saving_keeps_owner_group_and_mode() {
    let office = office();
    let path = office.file(SAMPLE, report());
    for wanted in [0o600, 0o640, 0o660, 0o604] {
        office.file(SAMPLE, report());
        std::fs::set_permissions(&path, Permissions::from_mode(wanted)).expect("permissions");
        let owned = std::os::unix::fs::chown(&path, Some(1234), Some(4321)).is_ok();
        let run = timed(&office, 60, &["publish", SAMPLE, "--date", "2026-01-26"]);
        assert_eq!(run.code, 0, "{run:#?}");
        assert_eq!(mode(&path), wanted, "{:o}", mode(&path));
        if owned {
            let metadata = path.metadata().expect("metadata");
            assert_eq!((metadata.uid(), metadata.gid()), (1234, 4321));
        }
    }
}

#[test]
fn what_is_kept_of_a_private_report_is_private() {
    let office = office();
    let path = office.file(SAMPLE, report());
    std::fs::set_permissions(&path, Permissions::from_mode(0o600)).expect("permissions");
    let run = timed(&office, 60, &["publish", SAMPLE, "--date", "2026-01-26"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert_eq!(timed(&office, 100, &["build", SAMPLE, "--only", "html"]).code, 0);
    std::fs::copy(&path, office.path("old.toml")).expect("a copy");
    let changed = office.text(SAMPLE).replacen("主动公开政府信息 14 条", "主动公开政府信息 15 条", 1);
    std::fs::write(&path, changed).expect("written");
    let run =
        timed(&office, 60, &["correct", "old.toml", SAMPLE, "--reason", "笔误", "--date", "2026-02-01"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert_eq!(timed(&office, 100, &["build", SAMPLE, "--only", "html"]).code, 0);
    let history = office.path("out/pengyang-jgsw-2020/history");
    assert_eq!(mode(&history) & 0o077, 0, "{:o}", mode(&history));
}

#[test]
fn a_link_to_a_report_that_the_user_named_is_followed_and_stays() {
    let office = office();
    office.file("store/real.toml", report());
    symlink("store/real.toml", office.path("named.toml")).expect("a link");
    let run = timed(&office, 60, &["publish", "named.toml", "--date", "2026-01-26"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(office.path("named.toml").is_symlink());
    assert!(office.text("store/real.toml").contains("published"), "the target is written");
}

#[test]
fn outputs_are_not_written_through_a_link() {
    let office = office();
    office.file(SAMPLE, report());
    std::fs::create_dir_all(office.path("elsewhere")).expect("a folder");
    std::fs::create_dir_all(office.path("out/pengyang-jgsw-2020")).expect("a folder");
    symlink("../../elsewhere", office.path("out/pengyang-jgsw-2020/public")).expect("a link");
    let run = timed(&office, 100, &["build", SAMPLE, "--only", "html"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert_eq!(std::fs::read_dir(office.path("elsewhere")).expect("a folder").count(), 0);
}

#[test]
fn no_stem_leads_out_of_the_output_folder() {
    let office = office();
    for name in ["in/...toml", "in/....toml", "in/CON.toml", "in/nul.2024.toml"] {
        office.file(name, report());
        let run = timed(&office, 100, &["build", name, "--only", "html", "-o", "deep/out"]);
        assert_eq!(run.code, 2, "{name}: {run:#?}");
    }
    assert!(office.files().iter().all(|file| file.starts_with("in/")), "{:?}", office.files());
}

#[test]
fn leftovers_of_a_killed_run_are_removed_everywhere() {
    let office = office();
    office.file(SAMPLE, report());
    // As a run leaves them that is killed between writing and renaming.
    for name in [".gongbao-AbCdEf.tmp", "store/.gongbao-AbCdEf.tmp"] {
        office.file(name, "half a file");
    }
    office.file("public/.gongbao-AbCdEf.tmp/.lock", "");
    office.file("public/.gongbao-AbCdEf.tmp/new/index.html", "");
    assert_eq!(timed(&office, 60, &["publish", SAMPLE, "--date", "2026-01-26"]).code, 0);
    assert_eq!(timed(&office, 60, &["import", SAMPLE, "-o", "store/got.json"]).code, 0);
    assert_eq!(timed(&office, 100, &["build", SAMPLE, "--only", "html"]).code, 0);
    assert_eq!(timed(&office, 60, &["site", "out", "-o", "public/site"]).code, 0);
    assert!(!office.files().iter().any(|file| file.contains(".tmp")), "{:?}", office.files());
}

#[test]
fn a_temporary_file_in_use_is_not_removed() {
    let office = office();
    office.file(SAMPLE, report());
    let path = office.file(".gongbao-InUse1.tmp", "of another run");
    let other = std::fs::File::open(&path).expect("open");
    other.try_lock().expect("locked");
    assert_eq!(timed(&office, 60, &["publish", SAMPLE, "--date", "2026-01-26"]).code, 0);
    assert!(path.exists());
}

#[test]
fn site_says_that_a_build_is_writing() {
    let office = office();
    office.file(SAMPLE, report());
    assert_eq!(timed(&office, 100, &["build", SAMPLE, "--only", "html"]).code, 0);
    let lock = office.file("out/.gongbao.lock", "");
    let held = std::fs::File::open(&lock).expect("open");
    held.try_lock().expect("locked");
    let run = timed(&office, 60, &["site", "out", "-o", "site"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("另一次运行"), "{run:#?}");
    assert!(!office.path("site").exists());
    drop(held);
    assert_eq!(timed(&office, 60, &["site", "out", "-o", "site"]).code, 0);
}
