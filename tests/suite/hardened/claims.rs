//! A file that claims more than it holds is refused, and a sound report beside it is built, checked and served.

use std::io::{Cursor, Read, Write};

use gongbao_test_support::Office;
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{SAMPLE, office, report, timed};

/// Returns a workbook of the program with one part changed.
fn workbook(office: &Office, part_name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let run = office.run(["new", "--agency", "某县民政局", "--year", "2025", "-o", "fresh.xlsx"]);
    assert_eq!(run.code, 0, "{run:#?}");
    let bytes = office.read("fresh.xlsx");
    std::fs::remove_file(office.path("fresh.xlsx")).expect("removed");
    let mut old = ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..old.len() {
        let mut part = old.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut inside = Vec::new();
        part.read_to_end(&mut inside).expect("bytes");
        if name == part_name {
            inside = change(String::from_utf8(inside).expect("UTF-8")).into_bytes();
        }
        new.start_file(name, SimpleFileOptions::default()).expect("a part");
        new.write_all(&inside).expect("bytes");
    }
    new.finish().expect("an archive").into_inner()
}

/// Workbooks that made a library allocate without end.
fn hostile(office: &Office) -> Vec<(&'static str, Vec<u8>)> {
    let with_count = |count: &'static str| {
        move |part: String| {
            let at = part.find("uniqueCount=\"").expect("a count") + "uniqueCount=\"".len();
            let end = at + part[at..].find('"').expect("its end");
            format!("{}{count}{}", &part[..at], &part[end..])
        }
    };
    let formula = |part: String| {
        part.replacen("<sheetData>", "<sheetData><row r=\"1\"><c r=\"A1\"><f t=\"shared\" si=\"99999999999999\" ref=\"A1:B2\">A2</f></c></row>", 1)
    };
    vec![
        ("strings.xlsx", workbook(office, "xl/sharedStrings.xml", with_count("400000000000"))),
        ("most.xlsx", workbook(office, "xl/sharedStrings.xml", with_count("18446744073709551615"))),
        ("formula.xlsx", workbook(office, "xl/worksheets/sheet1.xml", formula)),
    ]
}

#[test]
fn a_false_count_of_a_workbook_ends_neither_the_run_nor_the_other_reports() {
    let office = office();
    for (name, bytes) in hostile(&office) {
        office.file(&format!("in/{name}"), bytes);
    }
    office.file(&format!("in/{SAMPLE}"), report());
    let run = timed(&office, 60, &["check", "in"]);
    assert_eq!(run.code, 2, "{run:#?}");
    for name in ["strings.xlsx", "most.xlsx"] {
        assert!(run.stdout.contains(&format!("in/{name}")), "{name}: {run:#?}");
    }
    assert!(run.stdout.contains("共检查4份报告"), "{run:#?}");
    let run = timed(&office, 60, &["build", "in", "--only", "html"]);
    assert!(office.path("out/pengyang-jgsw-2020/public/pengyang-jgsw-2020.html").is_file(), "{run:#?}");
}

#[test]
fn a_false_count_of_an_imported_workbook_is_refused() {
    let office = office();
    for (name, bytes) in hostile(&office) {
        office.file(name, bytes);
        let run = timed(&office, 60, &["import", name, "-o", "got.toml"]);
        assert_eq!(run.code, 2, "{name}: {run:#?}");
    }
}

/// Returns an old workbook ([MS-CFB]) whose table of sectors is `fat` and whose directory is at sector 1.
fn compound(fat: &[u32], directory: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0_u8; 512 * 4];
    bytes[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    bytes[24] = 0x3E;
    bytes[26] = 3;
    bytes[28..30].copy_from_slice(&[0xFE, 0xFF]);
    bytes[30] = 9;
    bytes[32] = 6;
    bytes[44] = 1;
    bytes[48] = 1;
    bytes[57] = 0x10;
    bytes[60..64].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    bytes[68..72].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    bytes[76..80].copy_from_slice(&0_u32.to_le_bytes());
    for at in (80..512).step_by(4) {
        bytes[at..at + 4].copy_from_slice(&u32::MAX.to_le_bytes());
    }
    for (at, next) in fat.iter().enumerate() {
        bytes[512 + 4 * at..516 + 4 * at].copy_from_slice(&next.to_le_bytes());
    }
    bytes[1024..1024 + directory.len()].copy_from_slice(directory);
    bytes
}

fn entry(name: &str, start: u32, length: u32) -> Vec<u8> {
    let mut entry = vec![0_u8; 128];
    for (at, unit) in name.encode_utf16().enumerate() {
        entry[2 * at..2 * at + 2].copy_from_slice(&unit.to_le_bytes());
    }
    entry[64] = u8::try_from(2 * name.len() + 2).expect("short");
    entry[116..120].copy_from_slice(&start.to_le_bytes());
    entry[120..124].copy_from_slice(&length.to_le_bytes());
    entry
}

#[test]
fn a_circle_of_sectors_in_an_old_workbook_is_refused() {
    let office = office();
    let directory = [entry("Root Entry", 0xFFFF_FFFE, 0), entry("Workbook", 2, 4096)].concat();
    // The sectors of the directory follow each other without end.
    office.file("circle.xls", compound(&[0xFFFF_FFFD, 1, 0xFFFF_FFFE], &directory));
    let run = timed(&office, 20, &["import", "circle.xls", "-o", "got.toml"]);
    assert_eq!(run.code, 2, "{run:#?}");
}

#[test]
fn a_pdf_that_decompresses_to_gigabytes_is_refused() {
    let office = office();
    // Zeros compressed twice: each time to a thousandth.
    let zeros = miniz(&vec![0; 1 << 30]);
    let mut pdf = format!(
        "%PDF-1.5\n1 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {}>>\nstream\n",
        zeros.len()
    )
    .into_bytes();
    pdf.extend_from_slice(&zeros);
    pdf.extend_from_slice(b"\nendstream\nendobj\ntrailer\n<</Root 2 0 R>>\n%%EOF\n");
    office.file("bomb.pdf", &pdf);
    office.file("wide.pdf", b"%PDF-1.5\n1 0 obj\n<</Type /XRef /W [1 1 1] /Size 1 /Filter /FlateDecode /DecodeParms <</Predictor 12 /Columns 2000000000 /Colors 60000>> /Length 9>>\nstream\nx\x9c\x03\0\0\0\0\x01\nendstream\nendobj\nstartxref\n9\n%%EOF\n");
    for name in ["bomb.pdf", "wide.pdf"] {
        let run = timed(&office, 30, &["check", name]);
        assert_eq!(run.code, 2, "{name}: {run:#?}");
    }
}

fn miniz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).expect("compressed");
    encoder.finish().expect("compressed")
}
