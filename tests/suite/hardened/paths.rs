//! Paths in a report lead to files below the folders that the user named, and nowhere else.

use gongbao_test_support::{Office, repository};

use super::{SAMPLE, office, report, timed};

fn with_form(form: &str) -> String {
    report().replacen("form = \"2019\"\n", &format!("form = '{form}'\n"), 1)
}

#[test]
fn a_form_outside_is_neither_read_nor_quoted() {
    let office = office();
    office.file("secret.toml", "geheim = \"streng-vertraulich\"\n");
    office.file("work/in/keep.txt", "");
    let secret = office.path("secret.toml").display().to_string();
    for form in [
        "../../secret.toml",
        &secret,
        "\\\\server\\share\\form.toml",
        "//server/share/form.toml",
        "C:\\form.toml",
    ] {
        office.file("work/in/report.toml", with_form(form));
        let run = in_folder(&office, "work", &["check", "in/report.toml"]);
        assert_eq!(run.code, 2, "{form}: {run:#?}");
        let all = run.stdout + &run.stderr;
        assert!(!all.contains("vertraulich") && !all.contains("geheim"), "{form}: {all}");
        assert!(all.contains("路径"), "{form}: {all}");
    }
}

#[test]
fn a_form_beside_the_report_or_above_it_in_the_named_folder_is_read() {
    let office = office();
    let form = std::fs::read_to_string(repository().join("data/forms/2019.toml")).expect("a form");
    office.file("forms/own.toml", form);
    office.file("in/report.toml", with_form("../forms/own.toml"));
    let run = timed(&office, 60, &["check", "in/report.toml"]);
    assert!(run.code < 2, "{run:#?}");
    // Seen from the folder of the report alone, the form lies outside.
    let run = in_folder(&office, "in", &["check", "report.toml"]);
    assert_eq!(run.code, 2, "{run:#?}");
}

#[cfg(unix)]
#[test]
fn a_link_found_in_a_folder_leads_nowhere_else() {
    let office = office();
    office.file("secret.toml", "geheim = \"streng-vertraulich\"\n");
    office.file(&format!("work/in/{SAMPLE}"), report());
    std::os::unix::fs::symlink("../../secret.toml", office.path("work/in/link.toml")).expect("a link");
    let run = in_folder(&office, "work", &["check", "in"]);
    let all = run.stdout.clone() + &run.stderr;
    assert!(!all.contains("geheim") && all.contains("link.toml"), "{all}");
}

#[test]
fn what_rollup_writes_check_accepts() {
    let office = office();
    for (name, body) in [("a", "某县财政局"), ("b", "某县民政局")] {
        office.file(&format!("bodies/{name}.toml"), report().replace("彭阳县机关事务服务中心", body));
    }
    let run = timed(&office, 60, &["rollup", "bodies", "--agency", "某县人民政府", "-o", "county/all.toml"]);
    if run.code == 0 {
        let run = timed(&office, 60, &["check", "county/all.toml"]);
        assert!(!run.stdout.contains("打不开"), "{run:#?}");
        // From a place where a check could not follow it, nothing is written.
        let run = in_folder(
            &office,
            "county",
            &["rollup", "../bodies", "--agency", "某县人民政府", "-o", "other.toml"],
        );
        assert_eq!(run.code, 2, "{run:#?}");
        assert!(!office.path("county/other.toml").exists());
    } else {
        panic!("{run:#?}");
    }
}

#[test]
fn a_member_is_read_once() {
    let office = office();
    let long = "全年主动公开政府信息，回应社会关切。".repeat(30_000);
    let member = report().replacen("overview = \"\"\"\n", &format!("overview = \"\"\"\n{long}\n"), 1);
    office.file("member.toml", member);
    let mut sum = report();
    for number in 0..1000 {
        sum += &format!(
            "\n[[members]]\nname = \"某局{number}\"\nfile = \"member.toml\"\ndigest = \"sha256:0\"\n"
        );
    }
    office.file("sum.toml", sum);
    let run = timed(&office, 10, &["check", "sum.toml"]);
    assert!(run.code <= 1, "{run:#?}");
}

/// Runs the program in a folder of the office.
fn in_folder(office: &Office, folder: &str, arguments: &[&str]) -> gongbao_test_support::Run {
    let output = office
        .command()
        .args(arguments)
        .current_dir(office.path(folder))
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program");
    output.into()
}
