//! Asks Typst which face it draws each character with.

use std::collections::BTreeMap;

use gongbao::typeset::fonts::FontSet;
use gongbao_core::typeface::Role;
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    layout::{Frame, FrameItem},
    syntax::{FileId, Source},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;

struct Small<'a> {
    library: LazyHash<Library>,
    set: &'a FontSet,
    main: Source,
}

impl World for Small<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }
    fn book(&self) -> &LazyHash<FontBook> {
        self.set.book()
    }
    fn main(&self) -> FileId {
        self.main.id()
    }
    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(FileError::AccessDenied) }
    }
    fn file(&self, _: FileId) -> FileResult<Bytes> {
        Err(FileError::AccessDenied)
    }
    fn font(&self, index: usize) -> Option<Font> {
        self.set.font(index)
    }
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Returns, for each character, the family and weight that Typst uses; `None` where it draws a box for a missing glyph.
pub(crate) fn drawn(set: &FontSet, role: Role, characters: &[char]) -> BTreeMap<char, Option<(String, u16)>> {
    let json = set.families_json();
    let mut families = String::new();
    for family in json[role.key()]["families"].as_array().unwrap() {
        families += &match family.get("covers") {
            Some(covers) => format!("(name: {}, covers: regex({covers})),", family["name"]),
            None => format!("{},", family["name"]),
        };
    }
    let mut text = format!(
        "#set page(width: 500pt, height: 500pt)\n#set text(font: ({families}), weight: {}, fallback: false, lang: \"zh\")\n",
        json[role.key()]["weight"]
    );
    // A paragraph for each hundred characters, each character in a box, so that neighbours are not shaped together.
    for chunk in characters.chunks(100) {
        for c in chunk {
            text += &format!("#box(\"\\u{{{:x}}}\")", u32::from(*c));
        }
        text += "\n\n";
    }
    let world = Small { library: LazyHash::new(Library::default()), set, main: Source::detached(text) };
    let compiled = typst::compile::<PagedDocument>(&world);
    assert!(compiled.warnings.is_empty(), "{:?}", compiled.warnings);
    let mut found = BTreeMap::new();
    for page in compiled.output.unwrap().pages() {
        walk(&page.frame, &mut found);
    }
    found
}

fn walk(frame: &Frame, found: &mut BTreeMap<char, Option<(String, u16)>>) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => walk(&group.frame, found),
            FrameItem::Text(text) => {
                for glyph in &text.glyphs {
                    let Some(c) = text.text[glyph.range()].chars().next() else { continue };
                    let info = text.font.info();
                    let face = (info.family.clone(), info.variant.weight.to_number());
                    found.insert(c, (glyph.id != 0).then_some(face));
                }
            }
            _ => {}
        }
    }
}
