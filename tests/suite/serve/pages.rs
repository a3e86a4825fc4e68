//! The preview shows the pages of the PDF.

use gongbao::typeset::{
    fonts::FontSet,
    world::{Copy, Template, compile},
};
use gongbao_formats::load::load;
use gongbao_test_support::repository;
use serde_json::json;
use typst_svg::{SvgOptions, svg};

use super::client::{Server, encoded, version};
use crate::program::{new_office, office_with};

#[test]
fn the_preview_is_the_pdfs_pages_and_marking_fields_moves_nothing() {
    let fonts = FontSet::load(&repository().join("fonts"), &[]).expect("faces");
    let template = Template::embedded().expect("a template");
    for file in ["pengyang-jgsw-2020.toml", "shanghai-gov-office-2025.toml"] {
        let office = office_with(file);
        let server = Server::start(&office.path(""));
        let report = server.report(file);
        let pages = server
            .get(&format!("/api/pages?file={}&version={}", encoded(file), encoded(&version(&report))))
            .ok();
        let judged = load(file, Ok(office.read(file)), &office.path(""), false);
        let composed =
            gongbao::typeset::compose(judged.file.as_ref().expect("a report"), &fonts).expect("composed");
        let data = serde_json::to_string(&composed.document).expect("JSON");
        // The same data without fields, compiled here.
        let set = std::thread::scope(|scope| {
            let work = || compile(&template, &fonts, data, &Copy::default()).expect("pages");
            let thread =
                std::thread::Builder::new().stack_size(16 << 20).spawn_scoped(scope, work).expect("a thread");
            thread.join().expect("pages")
        });
        let pages = pages["pages"].as_array().expect("pages");
        let pages: Vec<_> = pages.iter().filter(|page| page["sheet"] == json!(false)).cloned().collect();
        assert_eq!(pages.len(), set.pages().len(), "{file}");
        for (page, own) in pages.iter().zip(set.pages()) {
            let hash = page["hash"].as_str().expect("a digest");
            let picture = server.get(&format!("/api/page?hash={hash}"));
            assert!(picture.head.contains("image/svg+xml"), "{}", picture.head);
            assert!(
                picture.body == svg(own, &SvgOptions::default()).as_bytes(),
                "{file}: page {}",
                page["n"]
            );
        }
        let fields = server.get(&format!("/api/fields?file={}", encoded(file))).ok();
        let fields = fields.as_array().expect("fields");
        for path in report["values"].as_object().expect("values").keys() {
            assert_eq!(fields.iter().filter(|field| field["path"] == json!(path)).count(), 1, "{path}");
        }
    }
    // A picture that is no longer cached is made again.
    let office = new_office();
    assert_eq!(Server::start(&office.path("")).get("/api/page?hash=00").status, 410);
}
