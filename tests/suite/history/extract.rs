//! `gongbao extract`: the data that a PDF carries.

use gongbao_test_support::{Office, judges};

use super::town::{TOWN, done, town};

const PDF: &str = "out/2024/public/2024.pdf";

fn built() -> Office {
    let office = town();
    done(&office, &["build", "2024.toml", "--only", "web"]);
    office
}

/// Replaces bytes of a file by others of the same length.
fn with(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let at = bytes.windows(old.len()).position(|window| window == old).expect("the bytes");
    let mut bytes = bytes.to_vec();
    bytes[at..at + new.len()].copy_from_slice(new);
    bytes
}

#[test]
fn the_data_can_be_extracted_from_a_pdf_and_every_command_reads_it() {
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

    // Built from the PDF under another name, the PDF is the same.
    office.file("网上下载.pdf", office.read(PDF));
    done(&office, &["build", "网上下载.pdf", "--only", "web", "-o", "again"]);
    assert_eq!(office.read("again/网上下载/public/网上下载.pdf"), office.read(PDF));
    office.file("no-ending", office.read(PDF));
    done(&office, &["check", "no-ending"]);
    let run = office.run_with(["check", "-"], &office.read(PDF));
    assert_eq!(run.code, 0, "{run:#?}");
}

#[test]
fn an_altered_pdf_is_not_recognised_as_the_original() {
    let office = built();
    let bytes = office.read(PDF);
    // Bytes appended by another program.
    office.file("appended.pdf", [bytes.as_slice(), b"\n% comment\n%%EOF\n"].concat());
    let run = office.run(["extract", "appended.pdf"]);
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(run.stderr.contains("追加"), "{run:#?}");

    // The same document rewritten by another program.
    if let Some(rewritten) = judges::rewritten(&office.path(PDF), &[]) {
        office.file("rewritten.pdf", rewritten);
        let run = office.run(["extract", "rewritten.pdf"]);
        assert_eq!(run.code, 1, "{run:#?}");
        assert!(run.stderr.contains("不能认定未改动"), "{run:#?}");
        assert_eq!(run.stdout, done(&office, &["extract", PDF]).stdout);
    }

    // A figure changed in the attachment but not on the pages.
    let uncompressed = ["--stream-data=uncompress", "--object-streams=disable"];
    if let Some(plain) = judges::rewritten(&office.path(PDF), &uncompressed) {
        office.file("forged.pdf", with(&plain, b"\"licences\": 31", b"\"licences\": 13"));
        let run = office.run(["extract", "forged.pdf"]);
        assert_eq!(run.code, 1, "{run:#?}");
        assert!(run.stderr.contains("不能认定未改动"), "{run:#?}");
        office.file("longer.pdf", with(&plain, b"/Size ", b"/Siz3 "));
        assert_eq!(office.run(["extract", "longer.pdf"]).code, 1);
    }
}

#[test]
fn a_pdf_without_report_data_is_refused_with_a_message() {
    let office = built();
    let bytes = office.read(PDF);
    done(&office, &["build", "2024.toml", "--only", "web", "--no-attach", "-o", "bare"]);
    office.file("bare.pdf", office.read("bare/2024/public/2024.pdf"));
    office.file("cut.pdf", &bytes[..bytes.len() / 2]);
    office.file("empty.pdf", b"");
    office.file("text.pdf", TOWN);
    office.file("noise.pdf", [b"%PDF-1.7\n".as_slice(), &bytes[5000..9000], b"\n%%EOF\n"].concat());
    // A name tree that contains itself.
    let loop_pdf = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 3 0 R>>>>\nendobj\n\
        2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n3 0 obj\n<</Kids[3 0 R 3 0 R 3 0 R 3 0 R]>>\nendobj\n\
        trailer\n<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF\n";
    office.file("loop.pdf", loop_pdf);
    let mut files = vec!["bare.pdf", "cut.pdf", "empty.pdf", "text.pdf", "noise.pdf", "loop.pdf", "none.pdf"];
    for (name, arguments) in [
        ("locked.pdf", &["--encrypt", "secret", "owner", "256", "--"][..]),
        ("half-locked.pdf", &["--encrypt", "", "owner", "256", "--"]),
    ] {
        if let Some(locked) = judges::rewritten(&office.path(PDF), arguments) {
            office.file(name, locked);
            files.push(name);
        }
    }
    for file in files {
        // A whole PDF without data is read by what it shows, also if only changes are locked.
        let is_shown = ["bare.pdf", "half-locked.pdf"].contains(&file);
        let commands = if is_shown { &["extract"][..] } else { &["extract", "check", "build"] };
        for command in commands {
            let run = office.run([*command, file]);
            assert_eq!(run.code, 2, "{command} {file}: {run:#?}");
            let said = format!("{}{}", run.stdout, run.stderr);
            assert!(!said.contains("panicked") && said.contains(file), "{command} {file}: {run:#?}");
        }
    }
    let run = office.run(["extract", PDF, "-o", "back.toml"]);
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stderr.contains("import"), "{run:#?}");
}
