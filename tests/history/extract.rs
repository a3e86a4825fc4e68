//! The PDF as its own record.

use std::process::Command;

use crate::{
    program::Office,
    town::{TOWN, done, town},
};

const PDF: &str = "out/2024/public/2024.pdf";

fn built() -> Office {
    let office = town();
    done(&office, &["build", "2024.toml", "--only", "web"]);
    office
}

/// Replaces bytes of a file by as many others.
fn with(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let at = bytes.windows(old.len()).position(|window| window == old).expect("the bytes");
    let mut bytes = bytes.to_vec();
    bytes[at..at + new.len()].copy_from_slice(new);
    bytes
}

#[test]
fn a_pdf_gives_back_its_data_and_every_command_reads_it() {
    let office = built();
    let run = done(&office, &["extract", PDF]);
    assert!(run.stderr.contains("未改动") && run.stderr.contains("逐字节相同"), "{run:#?}");
    let data = run.json();
    assert_eq!(data["agency"]["name"], "青禾镇人民政府");
    assert_eq!(data["applications"]["handled"]["granted"][0], 4);
    assert!(data["overview"].as_str().expect("a text").contains("{{applications.new.total}}"));

    done(&office, &["extract", PDF, "-o", "back.json"]);
    assert_eq!(office.text("back.json"), run.stdout);
    let run = done(&office, &["check", PDF]);
    assert!(run.stdout.contains("共检查1份报告"), "{run:#?}");

    // Built again, whatever the file is called, it is the same file again.
    office.file("网上下载.pdf", office.read(PDF));
    done(&office, &["build", "网上下载.pdf", "--only", "web", "-o", "again"]);
    assert_eq!(office.read("again/网上下载/public/网上下载.pdf"), office.read(PDF));
    office.file("no-ending", office.read(PDF));
    done(&office, &["check", "no-ending"]);
    let run = office.run_with(["check", "-"], &office.read(PDF));
    assert_eq!(run.code, 0, "{run:#?}");
}

#[test]
fn a_pdf_that_was_touched_is_not_taken_for_the_original() {
    let office = built();
    let bytes = office.read(PDF);
    // Somebody's program appended something.
    office.file("appended.pdf", [bytes.as_slice(), b"\n% comment\n%%EOF\n"].concat());
    let run = office.run(["extract", "appended.pdf"]);
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(run.stderr.contains("追加"), "{run:#?}");

    // The same data in a file of another making.
    let other = Command::new("qpdf").arg(office.path(PDF)).arg(office.path("rewritten.pdf")).status();
    if other.is_ok_and(|status| status.success()) {
        let run = office.run(["extract", "rewritten.pdf"]);
        assert_eq!(run.code, 1, "{run:#?}");
        assert!(run.stderr.contains("不能认定未改动"), "{run:#?}");
        assert_eq!(run.stdout, done(&office, &["extract", PDF]).stdout);
    }

    // A figure exchanged in the attachment: the pages say something else.
    let plain = Command::new("qpdf")
        .args(["--stream-data=uncompress", "--object-streams=disable"])
        .arg(office.path(PDF))
        .arg(office.path("plain.pdf"))
        .status();
    if plain.is_ok_and(|status| status.success()) {
        let plain = office.read("plain.pdf");
        office.file("forged.pdf", with(&plain, b"\"licences\": 31", b"\"licences\": 13"));
        let run = office.run(["extract", "forged.pdf"]);
        assert_eq!(run.code, 1, "{run:#?}");
        assert!(run.stderr.contains("不能认定未改动"), "{run:#?}");
        office.file("longer.pdf", with(&plain, b"/Size ", b"/Siz3 "));
        assert_eq!(office.run(["extract", "longer.pdf"]).code, 1);
    }
}

#[test]
fn what_is_no_pdf_of_ours_ends_with_a_message() {
    let office = built();
    let bytes = office.read(PDF);
    done(&office, &["build", "2024.toml", "--only", "web", "--no-attach", "-o", "bare"]);
    office.file("bare.pdf", office.read("bare/2024/public/2024.pdf"));
    office.file("cut.pdf", &bytes[..bytes.len() / 2]);
    office.file("empty.pdf", b"");
    office.file("text.pdf", TOWN);
    office.file("noise.pdf", [b"%PDF-1.7\n".as_slice(), &bytes[5000..9000], b"\n%%EOF\n"].concat());
    // A name tree that leads back to itself, and one without end.
    let loop_pdf = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 3 0 R>>>>\nendobj\n\
        2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n3 0 obj\n<</Kids[3 0 R 3 0 R 3 0 R 3 0 R]>>\nendobj\n\
        trailer\n<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n";
    office.file("loop.pdf", loop_pdf);
    let mut files = vec!["bare.pdf", "cut.pdf", "empty.pdf", "text.pdf", "noise.pdf", "loop.pdf", "none.pdf"];
    for (name, arguments) in [
        ("locked.pdf", &["--encrypt", "secret", "owner", "256", "--"][..]),
        ("half-locked.pdf", &["--encrypt", "", "owner", "256", "--"]),
    ] {
        let made = Command::new("qpdf").arg(office.path(PDF)).args(arguments).arg(office.path(name)).status();
        if made.is_ok_and(|status| status.success()) {
            files.push(name);
        }
    }
    for file in files {
        for command in ["extract", "check", "build"] {
            let run = office.run([command, file]);
            assert_eq!(run.code, 2, "{command} {file}: {run:#?}");
            let said = format!("{}{}", run.stdout, run.stderr);
            assert!(!said.contains("panicked") && said.contains(file), "{command} {file}: {run:#?}");
        }
    }
    let run = office.run(["extract", PDF, "-o", "back.toml"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("import"), "{run:#?}");
}
