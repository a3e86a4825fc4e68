//! Makes the paper copy from the finished PDF for the website.
//!
//! Typesetting and exporting the same pages again takes as long as the first time. If the template declares that
//! its paper copy is its web copy shifted and in grey (`<paper-copy>`, see `docs/template-data.md`), the pages are
//! copied: fonts and outlines unchanged, the contents of each page without tags, shifted towards the binding edge,
//! all colours on the black plate. If the file has an unexpected structure, the function returns `None` and the
//! caller typesets the paper copy.

mod content;

use std::collections::BTreeMap;

use serde::Deserialize;
use typst::{
    foundations::{Label, Output},
    introspection::MetadataElem,
    utils::PicoStr,
};
use typst_layout::PagedDocument;

use self::content::ColourSpaces;
use super::objects::{FAST, Object, Objects, Writer};
use crate::typeset::world::PAPER_COPY;

/// Difference between the paper copy and the web copy.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct PaperCopy {
    /// Shift of the contents of even pages to the right, in points.
    #[serde(rename = "even-shift")]
    even_shift: f64,
    /// The colours of the web copy and the grey level of each on paper.
    shades: Vec<Shade>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Shade {
    /// Red, green and blue, from 0 to 1.
    web: [f64; 3],
    /// Grey level from 0 (black) to 1 (white).
    print: f64,
}

impl PaperCopy {
    /// Returns the declaration of the template, if there is one.
    pub(super) fn declared(document: &PagedDocument) -> Option<Self> {
        let label = Label::new(PicoStr::intern(PAPER_COPY))?;
        let found =
            Output::introspector(document).query_label(label).ok()?.to_packed::<MetadataElem>()?.clone();
        serde_json::from_value(serde_json::to_value(&found.value).ok()?).ok()
    }

    /// Returns the grey level of a colour.
    fn grey(&self, web: [f64; 3]) -> Option<f64> {
        let near = |shade: &&Shade| shade.web.iter().zip(web).all(|(a, b)| (a - b).abs() < 0.002);
        self.shades.iter().find(near).map(|shade| shade.print)
    }
}

/// Makes the paper copy; `None` if the file has an unexpected structure.
pub(super) fn paper(objects: &Objects<'_>, copy: &PaperCopy) -> Option<Vec<u8>> {
    let trailer = objects.trailer();
    let catalog = objects.get(trailer.reference("Root")?)?;
    let mut writer = Writer::default();
    // The catalog without tags, attachment and the PDF/A declaration.
    let kept = catalog.only(&["Type", "Lang", "Pages", "Outlines", "ViewerPreferences"]);
    let root = writer.add(kept);
    let info = writer.refer(trailer.reference("Info")?);
    let pages = objects.get(catalog.reference("Pages")?)?.references("Kids");
    let mut even: BTreeMap<u32, bool> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        even.insert(*page, index % 2 == 1);
    }
    let mut contents = BTreeMap::new();
    for (page, is_even) in &even {
        let page = objects.get(*page)?;
        let spaces = ColourSpaces::of(objects, &page)?;
        let converted =
            content::convert(&objects.get(page.reference("Contents")?)?.inflated()?, &spaces, copy)?;
        let moved = if *is_even && copy.even_shift != 0.0 {
            let mut moved = format!("q 1 0 0 1 {} 0 cm\n", number(copy.even_shift)).into_bytes();
            moved.extend(converted);
            moved.extend(b"Q\n");
            moved
        } else {
            converted
        };
        contents.insert(page.reference("Contents")?, moved);
    }
    while let Some(old) = writer.next() {
        let object = objects.get(old)?;
        let made = if let Some(converted) = contents.remove(&old) {
            Object::deflated("", &converted, FAST)?
        } else if even.contains_key(&old) {
            object.only(&["Type", "Parent", "MediaBox", "Resources", "Contents"])
        } else if object.is_calibrated() {
            // All remaining colours are grey, so the colour space becomes DeviceGray, printed on the black plate
            // alone.
            Object::plain(b"/DeviceGray".to_vec())
        } else {
            object
        };
        writer.put(old, made)?;
    }
    // The file depends on the web copy and on the declaration only; the identifier of the web copy on its contents.
    let origin = [trailer.entry("ID")?, format!("{copy:?}").as_bytes()].concat();
    Some(writer.finish(root, info, &origin))
}

/// Formats a number for PDF: without exponent, with five decimal places at most.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
