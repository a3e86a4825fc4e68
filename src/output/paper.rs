//! The paper copy made from the website's finished file.
//!
//! Setting and exporting the same pages a second time costs as much as the first. Where the template says that its
//! paper copy is its web copy moved and toned (`<paper-copy>`, see `docs/template-data.md`), the pages are taken over
//! instead: faces and outlines as they are, each page's marks without their tags, moved towards the binding edge,
//! every colour on the black plate. Whatever is not as expected is set anew by the caller.

mod content;

use std::collections::BTreeMap;

use serde::Deserialize;
use typst::{
    foundations::{Label, Output},
    introspection::MetadataElem,
    utils::PicoStr,
};
use typst_layout::PagedDocument;

use self::content::Inks;
use super::objects::{Object, Objects, Writer};
use crate::typeset::world::PAPER_COPY;

/// How the paper copy differs from the website's.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct PaperCopy {
    /// How far to the right the marks of an even page move, in points.
    #[serde(rename = "even-shift")]
    even_shift: f64,
    /// The web copy's colours and the grey of each on paper.
    shades: Vec<Shade>,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Shade {
    /// Red, green and blue from 0 to 1.
    web: [f64; 3],
    /// From 0, black, to 1.
    print: f64,
}

impl PaperCopy {
    /// What the template says of it, if anything.
    pub(super) fn declared(document: &PagedDocument) -> Option<Self> {
        let label = Label::new(PicoStr::intern(PAPER_COPY))?;
        let found =
            Output::introspector(document).query_label(label).ok()?.to_packed::<MetadataElem>()?.clone();
        serde_json::from_value(serde_json::to_value(&found.value).ok()?).ok()
    }

    /// The grey of a colour.
    fn grey(&self, web: [f64; 3]) -> Option<f64> {
        let near = |shade: &&Shade| shade.web.iter().zip(web).all(|(a, b)| (a - b).abs() < 0.002);
        self.shades.iter().find(near).map(|shade| shade.print)
    }
}

/// The paper copy of a file, or nothing where the file is not made as expected.
pub(super) fn paper(web: &[u8], copy: &PaperCopy) -> Option<Vec<u8>> {
    let objects = Objects::read(web)?;
    let trailer = objects.trailer()?;
    let catalog = objects.get(trailer.reference("Root")?)?;
    let mut writer = Writer::default();
    // Neither tags nor attachment, nor the claim to be fit for archives: the rest of the catalog.
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
        let inks = Inks::of(&objects, &page)?;
        let marks = content::marks(&objects.get(page.reference("Contents")?)?.inflated()?, &inks, copy)?;
        let moved = if *is_even && copy.even_shift != 0.0 {
            let mut moved = format!("q 1 0 0 1 {} 0 cm\n", number(copy.even_shift)).into_bytes();
            moved.extend(marks);
            moved.extend(b"Q\n");
            moved
        } else {
            marks
        };
        contents.insert(page.reference("Contents")?, moved);
    }
    while let Some(old) = writer.next() {
        let object = objects.get(old)?;
        let made = if let Some(marks) = contents.remove(&old) {
            Object::deflated("", &marks)?
        } else if even.contains_key(&old) {
            object.only(&["Type", "Parent", "MediaBox", "Resources", "Contents"])
        } else if object.is_calibrated() {
            // What is left of colour is grey now, and prints on the black plate alone.
            Object::plain(b"/DeviceGray".to_vec())
        } else {
            object
        };
        writer.put(old, made)?;
    }
    Some(writer.finish(root, info))
}

/// A number as PDF writes it: no exponent, no more digits than pages are exact to.
fn number(value: f64) -> String {
    let text = format!("{value:.5}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
