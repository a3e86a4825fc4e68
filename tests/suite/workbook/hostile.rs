//! Hostile and damaged workbooks are refused with a message and need little memory.

use std::io::{Cursor, Read, Write};

use gongbao_test_support::{Office, Run};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::program::{PROGRAM, new_office};

/// Returns an empty workbook made by `gongbao new`.
fn ours(office: &Office) -> Vec<u8> {
    let run = office.run(["new", "--agency", "某县民政局", "--year", "2025", "-o", "a.xlsx"]);
    assert_eq!(run.code, 0, "{run:#?}");
    office.read("a.xlsx")
}

/// Returns the workbook with one part changed or added.
fn with_part(bytes: &[u8], name: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let mut found = false;
    for index in 0..old.len() {
        let mut part = old.by_index(index).expect("a part");
        let part_name = part.name().expect("a name").into_owned();
        let mut inside = Vec::new();
        part.read_to_end(&mut inside).expect("bytes");
        if part_name == name {
            inside = change(inside);
            found = true;
        }
        new.start_file(part_name, SimpleFileOptions::default()).expect("a part");
        new.write_all(&inside).expect("bytes");
    }
    if !found {
        new.start_file(name, SimpleFileOptions::default()).expect("a part");
        new.write_all(&change(Vec::new())).expect("bytes");
    }
    new.finish().expect("an archive").into_inner()
}

/// Checks a file with an address space of 1.5 GB, most of which the mapped faces take.
fn checked(office: &Office, name: &str) -> Run {
    let _ = office;
    #[cfg(unix)]
    {
        let program = PROGRAM;
        let output = std::process::Command::new("sh")
            .args(["-c", "ulimit -v 1500000; exec \"$0\" check \"$1\"", program])
            .arg(name)
            .current_dir(office.path(""))
            .output()
            .expect("a shell");
        Run {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
    #[cfg(not(unix))]
    office.run(["check", name])
}

#[track_caller]
fn is_refused(office: &Office, bytes: &[u8], words: &str) {
    office.file("bad.xlsx", bytes);
    let start = std::time::Instant::now();
    let run = checked(office, "bad.xlsx");
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(run.stdout.contains(words), "{words}: {run:#?}");
    assert!(run.stdout.contains("办法"), "{run:#?}");
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_file_that_unpacks_to_too_much_is_refused() {
    let office = new_office();
    let ours = ours(&office);
    // A hundred million spaces, compressed to a hundred kilobytes.
    let bomb = with_part(&ours, "xl/sharedStrings.xml", |_| vec![b' '; 100_000_000]);
    assert!(bomb.len() < 1_000_000);
    is_refused(&office, &bomb, "文件太大");
    let bomb = with_part(&ours, "xl/media/image1.png", |_| vec![0; 100_000_000]);
    is_refused(&office, &bomb, "文件太大");
    // Entities that expand exponentially.
    let laughs = |_| {
        let mut text = String::from("<?xml version=\"1.0\"?><!DOCTYPE sst [<!ENTITY a \"哈哈哈哈哈哈哈哈\">");
        for (entity, inner) in "bcdefghijk".chars().zip("abcdefghij".chars()) {
            text += &format!("<!ENTITY {entity} \"{}\">", format!("&{inner};").repeat(10));
        }
        text += "]><sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>&k;</t></si></sst>";
        text.into_bytes()
    };
    is_refused(&office, &with_part(&ours, "xl/sharedStrings.xml", laughs), "工作簿已经损坏");
}

#[test]
fn a_cell_in_the_last_column_needs_no_memory_for_the_columns_before_it() {
    let office = new_office();
    let ours = ours(&office);
    let far = |sheet: Vec<u8>| {
        let text = String::from_utf8(sheet).expect("UTF-8");
        // The last cell that a sheet can have, and a dimension that includes it.
        let row = "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData>";
        text.replacen("</sheetData>", row, 1)
            .replacen("ref=\"A1:", "ref=\"A1:XFD1048576\" x=\"", 1)
            .into_bytes()
    };
    office.file("far.xlsx", with_part(&ours, "xl/worksheets/sheet5.xml", far));
    let run = checked(&office, "far.xlsx");
    // The far cell is ignored: the workbook is reported as not filled in.
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(run.stdout.contains("表三!D6"), "{run:#?}");
    let many = |sheet: Vec<u8>| {
        let text = String::from_utf8(sheet).expect("UTF-8");
        let cells: String = (0..1_000_000).map(|_| "<c><v>1</v></c>").collect();
        text.replacen("</sheetData>", &format!("<row r=\"500\">{cells}</row></sheetData>"), 1).into_bytes()
    };
    is_refused(&office, &with_part(&ours, "xl/worksheets/sheet5.xml", many), "格太多");
}

#[test]
fn damaged_files_are_refused() {
    let office = new_office();
    let ours = ours(&office);
    for part in [1, 7, 30, 50, 75, 99] {
        let cut = &ours[..ours.len() * part / 100];
        is_refused(&office, cut, if cut.len() < 2 { "不是" } else { "损坏" });
    }
    // Flipped bits: the file is read or refused, without a panic.
    for at in (100..ours.len()).step_by(ours.len() / 40) {
        let mut bytes = ours.clone();
        bytes[at] ^= 0x55;
        office.file("bit.xlsx", bytes);
        let run = checked(&office, "bit.xlsx");
        assert!((1..=2).contains(&run.code) && !run.stderr.contains("panicked"), "{at}: {run:#?}");
    }
    is_refused(&office, b"", "文件是空的");
    is_refused(&office, b"year = 2025\n", "不是 Excel 工作簿");
    is_refused(&office, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on", "密码");
    is_refused(&office, b"PK\x03\x04 and so on", "损坏");
    let no_workbook = {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("a.txt", SimpleFileOptions::default()).expect("a part");
        zip.finish().expect("an archive").into_inner()
    };
    is_refused(&office, &no_workbook, "不是 Excel 工作簿");
}

#[test]
fn macros_are_ignored() {
    let office = new_office();
    let ours = ours(&office);
    office.file("m.xlsx", with_part(&ours, "xl/vbaProject.bin", |_| b"\xD0\xCF\x11\xE0 rubbish".to_vec()));
    let run = office.run(["check", "m.xlsx"]);
    assert_eq!(run.code, 1, "{run:#?}");
    assert!(run.stdout.contains("错误 6 处"), "{run:#?}");
}
