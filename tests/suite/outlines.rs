//! Outlines that the program embeds itself: each file must be the one that Typst makes of the whole faces.
//!
//! A template of the user's is set with whole faces. So the same report is built twice, with the embedded template
//! and with a copy of it that differs in a comment, and the files are compared object by object, streams inflated.

mod faces;

use std::{fs, path::Path};

use gongbao_test_support::{
    Office, SAMPLES,
    judges::{page_pictures, pdftotext, qpdf, rewritten, verapdf},
    repository,
};
use serde_json::Value;

use crate::{
    fonts::rename::rename,
    program::{new_office, office_with},
};

/// Adds a copy of the template that differs from the embedded one in a comment.
fn with_template(office: &Office) {
    office.copy(&repository().join("typst"), "own");
    let text = office.text("own/theme.typ");
    office.file("own/theme.typ", text + "\n// A template of the user's.\n");
}

/// Runs the program once as it is and once with the template, and returns the PDFs in `ours` and `typsts`.
fn built_twice(office: &Office, arguments: &[&str]) -> Vec<String> {
    with_template(office);
    for (folder, template) in [("ours", None), ("typsts", Some("own"))] {
        let template = template.iter().flat_map(|folder| ["--template", *folder]);
        let run = office.run(arguments.iter().copied().chain(["-o", folder]).chain(template));
        assert_eq!(run.code, 0, "{run:#?}");
    }
    let files = office.files().into_iter();
    let pdfs: Vec<String> = files
        .filter_map(|file| Some(file.strip_prefix("ours/")?.to_owned()))
        .filter(|f| f.ends_with(".pdf"))
        .collect();
    assert!(!pdfs.is_empty());
    pdfs
}

/// Returns the objects of a file as lines, without lengths, identifiers, the table of offsets, and the bounding boxes
/// of the fonts, which may be those of the whole face.
fn objects(file: &Path) -> Option<Vec<Vec<u8>>> {
    let text = rewritten(file, &["--qdf", "--object-streams=disable", "--deterministic-id"])?;
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut in_box = false;
    for line in text.split(|byte| *byte == b'\n') {
        let has = |what: &str| line.windows(what.len()).any(|window| window == what.as_bytes());
        if line == b"xref" {
            break;
        }
        in_box |= has("/FontBBox");
        let is_own = ["/Length", "/ID", "nstanceID", "DocumentID"].iter().any(|what| has(what));
        if !in_box && !is_own {
            lines.push(line.to_vec());
        }
        in_box &= !has("]");
    }
    Some(lines)
}

/// Asserts that two files have the same objects.
fn assert_same(office: &Office, pdf: &str) {
    let [ours, typsts] = ["ours", "typsts"].map(|folder| objects(&office.path(&format!("{folder}/{pdf}"))));
    let (Some(ours), Some(typsts)) = (ours, typsts) else { return };
    let differing = ours.iter().zip(&typsts).find(|(a, b)| a != b);
    let shown = differing.map(|(a, b)| [a, b].map(|line| String::from_utf8_lossy(line).into_owned()));
    assert_eq!(shown, None, "{pdf}");
    assert_eq!(ours.len(), typsts.len(), "{pdf}");
}

/// Returns which program embedded each face, by file.
fn embedded_by(office: &Office, stem: &str) -> Vec<(String, String)> {
    let manifest: Value =
        serde_json::from_str(&office.text(&format!("ours/{stem}/manifest.json"))).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let fonts = manifest["fonts"].as_array().expect("fonts").iter();
    fonts.map(|font| (text(&font["file"]), text(&font["outlines"]))).collect()
}

#[test]
fn every_output_is_the_one_that_typst_makes_of_whole_faces() {
    for stem in SAMPLES {
        let office = office_with(&format!("{stem}.toml"));
        let report = format!("{stem}.toml");
        for only in [&["--only", "web,print"][..], &["--draft"]] {
            for pdf in built_twice(&office, &[&["build", &report], only].concat()) {
                assert_same(&office, &pdf);
            }
        }
        assert!(embedded_by(&office, stem).iter().all(|(_, program)| program == "gongbao"), "{stem}");
    }
}

#[test]
fn pages_and_text_are_those_of_whole_faces() {
    let office = office_with(&format!("{}.toml", SAMPLES[0]));
    for pdf in built_twice(&office, &["build", &format!("{}.toml", SAMPLES[0]), "--only", "web,print"]) {
        let [ours, typsts] = ["ours", "typsts"].map(|folder| office.path(&format!("{folder}/{pdf}")));
        if let (Some(a), Some(b)) = (page_pictures(&ours, 200), page_pictures(&typsts, 200)) {
            assert!(a == b, "{pdf}: pages differ");
        }
        assert_eq!(pdftotext(&ours), pdftotext(&typsts), "{pdf}");
        assert_eq!(qpdf(&ours).unwrap_or_default(), "", "{pdf}");
    }
}

#[test]
fn notices_and_marked_pages_are_those_of_whole_faces() {
    let stem = SAMPLES[0];
    let office = office_with(&format!("{stem}.toml"));
    with_template(&office);
    let before = office.text(&format!("{stem}.toml"));
    let after = before.replace("normative_documents = [0, 0, 0]", "normative_documents = [2, 1, 3]");
    assert_ne!(before, after);
    office.file("after.toml", after);
    for (name, template) in [("ours/marked.pdf", None), ("typsts/marked.pdf", Some("own"))] {
        fs::create_dir_all(office.path(name).parent().expect("a folder")).expect("the folder");
        let report = format!("{stem}.toml");
        let arguments = ["diff", &report, "after.toml", "--marked", name];
        let run = office.run(arguments.into_iter().chain(template.iter().flat_map(|t| ["--template", *t])));
        assert!(office.path(name).is_file(), "{run:#?}");
    }
    assert_same(&office, "marked.pdf");
}

#[test]
fn many_reports_share_outlines_without_mixing_them() {
    let stem = SAMPLES[0];
    let office = office_with(&format!("{stem}.toml"));
    let sample = office.text(&format!("{stem}.toml"));
    for (number, words) in ["甲乙丙丁", "戊己庚辛", "壬癸子丑"].iter().enumerate() {
        // Other glyphs, in another order.
        let text = sample.replace("机关事务服务中心", &format!("{words}服务中心"));
        office.file(&format!("in/r{number}.toml"), text);
    }
    for pdf in built_twice(&office, &["build", "in", "--only", "web,print", "--jobs", "2"]) {
        assert_same(&office, &pdf);
    }
}

/// Builds the first sample with a face of the user's for 仿宋 and returns which program embedded it.
fn with_face(file: &str, font: &[u8]) -> String {
    let office = office_with(&format!("{}.toml", SAMPLES[0]));
    office.file(&format!("faces/{file}"), font);
    // Characters that the face has, among them one that occurs twice.
    let sample = format!("{}.toml", SAMPLES[0]);
    office.file(&sample, office.text(&sample).replace("机关事务服务中心", "伋佺昉㛃伋服务中心"));
    let report = format!("{}.toml", SAMPLES[0]);
    let arguments = ["build", &report, "--only", "web,print", "--font-dir", "faces"];
    let pdfs = built_twice(&office, &arguments);
    for pdf in &pdfs {
        assert_same(&office, pdf);
    }
    let web: Vec<_> =
        pdfs.iter().filter(|pdf| pdf.contains("public")).map(|p| office.path(&format!("ours/{p}"))).collect();
    assert_eq!(verapdf("3a,ua1", &web).unwrap_or_default(), Vec::<String>::new(), "{file}");
    let found = embedded_by(&office, SAMPLES[0]).into_iter().find(|(own, _)| own == file);
    found.unwrap_or_else(|| panic!("{file} is not used")).1
}

/// A TrueType face of a few glyphs, recognised as 仿宋.
fn truetype() -> Vec<u8> {
    rename(
        &fs::read(repository().join("fonts/GongwenFallback-Regular.ttf")).expect("a font"),
        "FangSong",
        Some("仿宋"),
    )
}

#[test]
fn a_users_truetype_face_is_copied() {
    assert_eq!(with_face("simfang.ttf", &truetype()), "gongbao");
}

#[test]
fn a_users_collection_is_copied() {
    assert_eq!(with_face("simfang.ttc", &faces::collection(&truetype())), "gongbao");
}

#[test]
fn composite_glyphs_bring_their_components() {
    assert_eq!(with_face("simfang.ttf", &faces::composed(&truetype())), "gongbao");
}

#[test]
fn charstrings_with_subroutines_are_taken_apart() {
    assert_eq!(with_face("simfang.otf", &faces::with_subroutines(&truetype())), "gongbao");
}

#[test]
fn a_variable_face_is_left_to_typst() {
    assert_eq!(with_face("simfang.ttf", &faces::variable(&truetype())), "typst");
}

#[test]
fn a_template_of_the_users_is_set_with_whole_faces() {
    let office = new_office().sample(&format!("{}.toml", SAMPLES[0]));
    with_template(&office);
    let report = format!("{}.toml", SAMPLES[0]);
    let run = office.run(["build", &report, "--only", "web", "--template", "own", "-o", "ours"]);
    assert_eq!(run.code, 0, "{run:#?}");
    assert!(embedded_by(&office, SAMPLES[0]).iter().all(|(_, program)| program == "typst"));
}
