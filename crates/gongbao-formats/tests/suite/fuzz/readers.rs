//! Each reader reads, reports or refuses whatever it is given, in bounded time and memory.

use std::path::Path;

use gongbao_core::{
    check::CheckContext,
    document::document,
    form,
    load::load_text,
    report::{ReportFile, fresh},
    typeface::AllGlyphs,
};
use gongbao_formats::{
    import::{self, Hints},
    load::{load, load_and_check},
    pdf,
    word::{WordMargins, word},
    workbook,
};
use gongbao_test_support::{
    SAMPLES,
    fuzz::{Fuzz, Outcome, Shape},
    made::{FOLDER, FORM_2021},
    page::whole,
    sample,
};

use super::{WORDS, old_workbook};

fn fuzz(reader: &str, shape: Shape, samples: Vec<Vec<u8>>) -> Fuzz<'_> {
    Fuzz { reader, shape, samples, words: WORDS, is_alone: crate::is_alone() }
}

/// Reports to make samples of.
pub(super) fn files() -> Vec<ReportFile> {
    let real = SAMPLES.map(|stem| std::fs::read(sample(&format!("{stem}.toml"))).expect("a sample"));
    let all = real.into_iter().chain([FORM_2021.as_bytes().to_vec()]);
    all.map(|bytes| load_text("a.toml", Ok(bytes), Path::new(FOLDER), false).file.expect("a report"))
        .collect()
}

fn workbooks() -> Vec<Vec<u8>> {
    let filled =
        files().into_iter().map(|file| workbook::write(&file.report, &file.form).expect("a workbook"));
    let form = form::by_id("2021").expect("forms").expect("2021");
    filled.chain([workbook::write(&fresh("某县财政局", 2024, None), form).expect("a workbook")]).collect()
}

/// Imports a file of somebody else's.
fn imported(name: &str, bytes: &[u8]) -> Outcome {
    match import::read(name, bytes, &Hints::default()) {
        Ok(imported) => {
            assert!(imported.report.figures.len() < 5000 && imported.unplaced.len() < 2_000_000);
            let found: Vec<String> =
                imported.counted.iter().map(|table| (table.found / 8).to_string()).collect();
            Outcome::past([found.join(" "), (imported.unplaced.len() / 8).min(20).to_string()])
        }
        // What nothing was recognised in was read to its end.
        Err(error) => {
            let past = error.message.contains("没有") || error.message.contains("看不出");
            Outcome { past, said: [error.message].into() }
        }
    }
}

#[test]
fn xlsx() {
    fuzz("xlsx", Shape::Package, workbooks()).run(|bytes| {
        let loaded = load_and_check(
            "a.xlsx",
            Ok(bytes.to_vec()),
            Path::new(FOLDER),
            false,
            CheckContext::new(&AllGlyphs, load),
        );
        let said = loaded.findings.iter().map(|finding| finding.rule.code().to_owned()).collect();
        Outcome { past: loaded.file.is_some(), said }
    });
}

#[test]
fn foreign_xlsx() {
    fuzz("xlsx-import", Shape::Package, workbooks()).run(|bytes| imported("a.xlsx", bytes));
}

#[test]
fn docx() {
    let words = files().into_iter().map(|file| {
        let composed = document(&file, &AllGlyphs).expect("a document");
        word(&composed.document, WordMargins::default()).expect("a Word file")
    });
    fuzz("docx", Shape::Package, words.collect()).run(|bytes| imported("a.docx", bytes));
}

#[test]
fn html() {
    fuzz("html", Shape::Text, vec![whole().into_bytes()]).run(|bytes| imported("a.html", bytes));
}

#[test]
fn xls() {
    fuzz("xls", Shape::Bytes, old_workbook::samples()).run(|bytes| imported("a.xls", bytes));
}

/// A PDF with the data of a report attached, as the program writes it, with its objects in plain text.
fn pdf_of(data: &str) -> Vec<u8> {
    let objects = [
        "<</Type /Catalog /Pages 2 0 R /Names <</EmbeddedFiles 3 0 R>> >>".to_owned(),
        "<</Type /Pages /Kids [] /Count 0>>".to_owned(),
        "<</Names [(report.json) 4 0 R]>>".to_owned(),
        "<</Type /Filespec /F (report.json) /UF (report.json) /EF <</F 5 0 R /UF 5 0 R>> >>".to_owned(),
        format!(
            "<</Type /EmbeddedFile /Length {} /Params <</Size {}>> >>\nstream\n{data}\nendstream",
            data.len(),
            data.len()
        ),
    ];
    let mut pdf = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(pdf.len());
        pdf += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let start = pdf.len();
    pdf += &format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    places.iter().for_each(|place| pdf += &format!("{place:010} 00000 n \n"));
    pdf += &format!("trailer\n<</Size {} /Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    pdf.into_bytes()
}

#[test]
fn pdf() {
    let data = r#"{"year": 2024, "agency": {"name": "某县财政局"}, "overview": "甲。"}"#;
    let sample = pdf_of(data);
    assert_eq!(pdf::attached(sample.clone()).expect("the attachment").data, data.as_bytes());
    fuzz("pdf", Shape::Text, vec![sample]).run(|bytes| match pdf::attached(bytes.to_vec()) {
        Ok(attached) => {
            let loaded = load("a.pdf", Ok(bytes.to_vec()), Path::new(FOLDER), false);
            Outcome::past([attached.whole.to_string(), loaded.findings.len().min(9).to_string()])
        }
        Err(error) => {
            let past = !matches!(
                error,
                pdf::EmbedError::Damaged | pdf::EmbedError::CutOff | pdf::EmbedError::TooLarge
            );
            Outcome { past, said: [format!("{error:?}")].into() }
        }
    });
}
