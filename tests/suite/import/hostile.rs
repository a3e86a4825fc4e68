//! Hostile, damaged and misnamed files: each is refused with a message within 20 seconds.

use std::{
    io::{Cursor, Write},
    time::{Duration, Instant},
};

use gongbao_formats::import::{self, Hints};
use gongbao_test_support::{Run, judges, page::whole, random::Random};
use zip::{ZipWriter, write::SimpleFileOptions};

use super::report::of_2021;
use crate::program::new_office;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// Makes a ZIP file of these parts.
fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a file").into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    packed(&[(
        "word/document.xml",
        format!("<w:document {W}><w:body>{body}</w:body></w:document>").as_bytes(),
    )])
}

/// Imports a file that must be refused, and returns the message.
#[track_caller]
fn refused(name: &str, bytes: impl AsRef<[u8]>) -> String {
    let office = new_office();
    office.file(name, bytes);
    let start = Instant::now();
    let run: Run = office.run(["import", name, "-o", "a.toml"]);
    assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
    assert_eq!(run.code, 2, "{run:#?}");
    assert!(!run.stderr.contains("panicked"), "{run:#?}");
    assert!(run.stderr.contains("没有导入"), "{run:#?}");
    assert_eq!(office.files(), [name]);
    run.stderr
}

#[test]
fn the_format_of_a_file_follows_from_its_content_not_its_name() {
    // Where LibreOffice is installed, it is converted first.
    let rtf = refused("a.docx", b"{\\rtf1 hello}");
    assert!(rtf.contains("另存为 .docx") || rtf.contains("没有认出"), "{rtf}");
    assert!(refused("a.docx", b"%PDF-1.7").contains("不完整"));
    assert!(refused("a.docx", b"").contains("空的"));
    assert!(refused("a.docx", b"hello").contains("认不出"));
    assert!(refused("a.docx", packed(&[("a.txt", b"x")])).contains("压缩包"));
    assert!(refused("a.odt", packed(&[("content.xml", b"<a/>")])).contains("OpenDocument"));
    assert!(refused("a.html", "<html><body><p>天气预报</p></body></html>").contains("没有认出"));
    // A web page named .doc, as some portals offer it.
    let office = new_office();
    office.file("a.doc", whole());
    assert_ne!(office.run(["import", "a.doc", "-o", "a.toml"]).code, 2);
}

/// Makes an old Office file (compound file) whose directory names one stream.
fn compound(stream: &str) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512 * 3];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[30..32].copy_from_slice(&9_u16.to_le_bytes());
    bytes[48..52].copy_from_slice(&1_u32.to_le_bytes());
    bytes[68..72].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    bytes[76..512].fill(0xFF);
    bytes[76..80].copy_from_slice(&0_u32.to_le_bytes());
    bytes[512..1024].fill(0xFF);
    bytes[516..520].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    for (entry, name) in ["Root Entry", stream].iter().enumerate() {
        let at = 1024 + 128 * entry;
        let name: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes[at..at + name.len()].copy_from_slice(&name);
        bytes[at + 64..at + 66].copy_from_slice(&u16::try_from(name.len()).expect("short").to_le_bytes());
    }
    bytes
}

#[test]
fn each_kind_of_old_office_file_gets_its_own_message() {
    for (name, stream, to) in [
        ("a.doc", "WordDocument", ".docx"),
        ("a.wps", "WordDocument", ".docx"),
        ("a.et", "Workbook", ".xlsx"),
    ] {
        let told = refused(name, compound(stream));
        // Where LibreOffice is installed, it may make an empty file of it.
        if told.contains("没有认出") {
            continue;
        }
        let ending = name.trim_start_matches('a');
        assert!(told.contains(&format!("{ending}）")) && told.contains(&format!("另存为 {to}")), "{told}");
    }
    // Recognised by content, whatever the name.
    assert!(refused("a.docx", compound("WordDocument")).contains("旧版Word"));
    assert!(refused("a.xlsx", compound("EncryptedPackage")).contains("密码"));
}

#[test]
fn files_that_unpack_or_nest_too_far_are_refused() {
    let zeros = vec![b' '; 300 << 20];
    assert!(refused("a.docx", packed(&[("word/document.xml", &zeros)])).contains("太大"));
    assert!(
        refused(
            "a.xlsx",
            packed(&[("xl/workbook.xml", b"<workbook/>"), ("xl/worksheets/sheet1.xml", &zeros)])
        )
        .contains("太大")
    );
    let laughs = format!(
        "<!DOCTYPE w:document [<!ENTITY a \"{}\">]><w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>",
        "x".repeat(1000)
    );
    assert!(refused("a.docx", packed(&[("word/document.xml", laughs.as_bytes())])).contains("文档类型"));
    assert!(refused("a.docx", docx(&"<w:p>".repeat(200_000))).contains("层次太深"));
    assert!(
        refused(
            "a.docx",
            docx(&format!("{}{}", "<w:tbl><w:tr><w:tc>".repeat(60), "</w:tc></w:tr></w:tbl>".repeat(60)))
        )
        .contains("没有认出")
    );
    assert!(refused("a.html", "<div>".repeat(500_000)).contains("层次太深"));
    assert!(refused("a.html", format!("<table>{}", "<tr><td>".repeat(500_000))).contains("没有认出"));
    let many = (0..300).map(|n| format!("<b><i>{n}")).collect::<String>();
    refused("a.html", format!("<p>{many}{}", "<p>x".repeat(2000)));
}

#[test]
fn huge_spans_and_distant_cells_need_no_memory() {
    let spans =
        whole().replace("<td colspan=1>100</td>", "<td colspan=1000000000 rowspan=1000000000>100</td>");
    let office = new_office();
    office.file("a.html", spans);
    let run = office.run(["import", "a.html", "-o", "a.toml"]);
    assert_eq!(run.code, 1, "{run:#?}");
    let far = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:XFD1048576\"/></mergeCells></worksheet>";
    let book = packed(&[
        ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("_rels/.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ("xl/workbook.xml", b"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/worksheets/sheet1.xml", far.as_bytes()),
    ]);
    assert!(refused("a.xlsx", book).contains("没有认出"));
    let cells: String = (0..1_000_000).map(|_| "<w:tc><w:p/></w:tc>").collect();
    assert!(refused("a.docx", docx(&format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>"))).contains("内容太多"));
    let wide = format!(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"{}\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>",
        u64::MAX
    );
    refused("a.docx", docx(&wide));
}

#[test]
fn truncated_and_corrupted_files_do_not_panic() {
    let office = new_office();
    office.file("a.toml", of_2021());
    assert_eq!(office.run(["build", "a.toml", "--only", "data"]).code, 0);
    let names = ["plain.docx", "sheet.xlsx", "page.html"];
    if !judges::write_foreign(&office.path("out/a/a.json"), &office.path("来件"), &names) {
        return;
    }
    let mut names = names.to_vec();
    if judges::libreoffice(&[office.path("来件/sheet.xlsx")], "xls", &office.path("来件"), None).is_some()
    {
        names.push("sheet.xls");
    }
    let mut random = Random::new(11);
    for name in names {
        let whole = office.read(&format!("来件/{name}"));
        for part in 1..12 {
            // Read or refused: half a file must only not panic.
            let _ = import::read(name, &whole[..whole.len() * part / 12], &Hints::default());
        }
        for _ in 0..60 {
            let mut spoilt = whole.clone();
            for _ in 0..=random.below(20) {
                let at = random.below(spoilt.len());
                spoilt[at] = u8::try_from(random.below(256)).expect("a byte");
            }
            let _ = import::read(name, &spoilt, &Hints::default());
        }
        if name.ends_with(".docx") || name.ends_with(".xlsx") {
            assert!(refused(name, &whole[..whole.len() / 2]).contains("损坏"));
        }
    }
    // Dimensions of a sheet for which sixteen million cells would be allocated.
    let Ok(mut book) = std::fs::read(office.path("来件/sheet.xls")) else { return };
    let at = book.windows(4).position(|bytes| bytes == [0x00, 0x02, 0x0E, 0x00]).expect("DIMENSIONS");
    book[at + 4..at + 14].copy_from_slice(&[0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0]);
    book[at + 14..at + 16].copy_from_slice(&[0, 1]);
    let why = refused("a.xls", &book);
    assert!(why.contains("内容太多，不像一份年度报告"), "{why}");
}
