//! A figure that is changed changes in every file that the program writes, and nothing else does.

use std::path::Path;

use gongbao_core::{document::document, report::Figure, report::Number, typeface::AllGlyphs};
use gongbao_formats::{
    html, import,
    load::load,
    word::{WordMargins, word},
    workbook,
};
use gongbao_test_support::{
    fuzz::{Fuzz, Outcome, Shape},
    made::FOLDER,
};

use super::readers::files;

/// A number that no report holds.
const NEW: i64 = 918_273;

#[test]
fn a_changed_figure_changes_everywhere_and_nothing_else_does() {
    // The real reports: an import does not know rows that a locality added.
    let reports: Vec<_> = files().into_iter().take(gongbao_test_support::SAMPLES.len()).collect();
    // A try is a number: which report, which figure.
    let samples = (0_u32..64).map(|number| number.wrapping_mul(0x9E37_79B9).to_le_bytes().to_vec()).collect();
    let fuzz = Fuzz { reader: "everywhere", shape: Shape::Bytes, samples, words: &[], is_alone: false };
    fuzz.run(|bytes| {
        let number = bytes
            .iter()
            .fold(0_usize, |number, byte| number.wrapping_mul(257).wrapping_add(usize::from(*byte)));
        let mut file = reports[number % reports.len()].clone();
        let given: Vec<String> = file
            .report
            .figures
            .iter()
            .filter(|(_, cell)| {
                !cell.computed && cell.note.is_none() && matches!(cell.figure, Figure::Number(_))
            })
            .map(|(path, _)| path.clone())
            .collect();
        let path = &given[(number / reports.len()) % given.len()];
        let about = html::About::new(&file.report, "a", &[], &html::Portal::default(), None);
        let before = document(&file, &AllGlyphs).expect("a document").document;
        let Some(cell) = file.report.figures.get_mut(path) else { return Outcome::refused("no figure") };
        cell.figure = Figure::Number(Number::whole(NEW).expect("a number"));
        let after = document(&file, &AllGlyphs).expect("a document").document;
        // The web page: the words that differ are the figure.
        let words = |document: &gongbao_core::document::Document| {
            let page = html::fragment(document, &about);
            page.split(|c: char| !c.is_ascii_digit())
                .filter(|word| !word.is_empty())
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (old, new) = (words(&before), words(&after));
        let count = |words: &[String]| words.iter().filter(|word| **word == NEW.to_string()).count();
        assert!(count(&old) == 0 && count(&new) > 0, "{path} on the page: {}", count(&new));
        // The Word file and the workbook say what the report says.
        let bytes = workbook::write(&file.report, &file.form).expect("a workbook");
        let again = load("a.xlsx", Ok(bytes), Path::new(FOLDER), false).file.expect("a report");
        let differs = |other: &gongbao_core::report::Report| {
            let given = |report: &gongbao_core::report::Report, path: &String| {
                report.figures.get(path).filter(|cell| !cell.computed).cloned()
            };
            file.report
                .figures
                .keys()
                // A total that the file leaves out belongs to the figures before the change.
                .filter(|path| {
                    let there = other.figures.get(*path).map(|cell| cell.figure);
                    given(&file.report, path).is_some_and(|cell| Some(cell.figure) != there)
                })
                .cloned()
                .collect::<Vec<_>>()
        };
        assert_eq!(differs(&again.report), Vec::<String>::new(), "{path} in the workbook");
        let bytes = word(&after, WordMargins::default()).expect("a Word file");
        let read = import::read("a.docx", &bytes, &import::Hints::default()).expect("imported");
        let there = read.report.figures.get(path).map(|cell| cell.figure);
        assert_eq!(
            there,
            Some(Figure::Number(Number::whole(NEW).expect("a number"))),
            "{path} in the Word file"
        );
        Outcome::past([path.clone()])
    });
}
