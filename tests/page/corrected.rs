//! A page after publication: when it was published, what was corrected, and not what was withdrawn.

use crate::{program::Office, scene};

const CORRECTIONS: &str = r#"
[[corrections]]
date = 2026-03-02
reason = "总计漏加1件"
changes = [{ path = "applications.new.total", old = 1294, new = 1295 }]

[[corrections]]
date = 2026-04-01
reason = "撤下误写的姓名张某某丙丁"
changes = [{ path = "overview[2]", old = "张某某丙丁", new = "", redact = true }]
"#;

fn page(office: &Office, ending: &str) -> String {
    office.text(&format!("out/a/public/a.{ending}"))
}

#[test]
fn each_correction_has_a_line_and_what_was_withdrawn_has_none() {
    let office = Office::new();
    office.file("a.toml", scene::toml("shanghai-gov-office-2025") + CORRECTIONS);
    let run = office.run(["build", "a.toml", "--only", "html", "--no-attach"]);
    assert_eq!(run.code, 0, "{run:#?}");
    for ending in ["html", "fragment.html"] {
        let page = page(&office, ending);
        assert!(page.contains("本报告于2026年3月2日更正：总计漏加1件。"), "{ending}");
        assert!(page.contains("本报告于2026年4月1日更正。部分内容已撤下。"), "{ending}");
        assert!(!page.contains("张某某"), "{ending}: what was withdrawn");
        assert!(!page.contains("correction-1.pdf"), "{ending}: no 更正说明 stands beside it");
    }
    assert!(page(&office, "html").contains("<meta name=\"dcterms.modified\" content=\"2026-04-01\">"));
}
