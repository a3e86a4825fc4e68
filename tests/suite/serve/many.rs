//! Two hundred changes: memory does not grow, and every change is saved.

use serde_json::json;

use super::client::{Server, encoded, version};
use crate::program::office_with;

/// Resident memory in kilobytes.
#[cfg(target_os = "linux")]
fn resident(id: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("a process");
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("its memory");
    line.trim().trim_end_matches(" kB").trim().parse().expect("a number")
}

#[cfg(target_os = "linux")]
#[test]
fn two_hundred_changes_need_no_more_memory_and_none_is_lost() {
    let file = "pengyang-jgsw-2020.toml";
    let office = office_with(file);
    let server = Server::start(&office.path(""));
    let mut base = version(&server.report(file));
    let mut early = 0;
    for count in 0..200_u32 {
        let edits = json!([{"path": "applications.new.natural", "value": count.to_string()}]);
        base = version(&server.edit(file, &base, &edits).ok());
        assert!(office.text(file).contains(&format!("{count}")), "{count}");
        let pages = server.get(&format!("/api/pages?file={}&version={}", encoded(file), encoded(&base))).ok();
        assert_eq!(version(&pages), base);
        if count == 60 {
            early = resident(server.id());
        }
    }
    let late = resident(server.id());
    assert!(late < early + 60_000, "{early} kB after 60 changes, {late} kB after 200");
    assert_eq!(server.report(file)["values"]["applications.new.natural"]["raw"], "199");
}
