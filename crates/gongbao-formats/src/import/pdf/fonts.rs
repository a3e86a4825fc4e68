//! Fonts of a page: those that are not embedded, and those whose codes have no known meaning.

use std::{collections::BTreeSet, sync::Arc};

use hayro_interpret::{CacheKey, InterpreterSettings, font::FontData};

use hayro_syntax::{
    object::{Array, Dict, Name, Stream},
    page::Resources,
};

/// A font without glyphs. It stands for fonts that are not embedded, whose text would be skipped otherwise.
static BLANK: &[u8] = include_bytes!("blank.ttf");

/// Codes of two bytes, as of the predefined CMaps of Unicode.
static TWO_BYTES: &[u8] = b"1 begincodespacerange <0000> <FFFF> endcodespacerange
1 begincidrange <0000> <FFFF> 0 endcidrange";

/// Codes of one or two bytes, as of the predefined CMaps of GB 2312 and GBK.
static MIXED_BYTES: &[u8] = b"2 begincodespacerange <00> <80> <8140> <FEFE> endcodespacerange
2 begincidrange <00> <80> 0 <8140> <FEFE> 129 endcidrange";

/// Settings of the interpreter. Text in a font that is not embedded, or with a predefined CMap, is read as far as its map to
/// Unicode goes, and is unknown otherwise; it is never left out.
pub(super) fn settings() -> InterpreterSettings {
    let font: FontData = Arc::new(BLANK);
    InterpreterSettings {
        font_resolver: Arc::new(move |_| Some((font.clone(), 0))),
        cmap_resolver: Arc::new(|name| {
            // The collections' own maps to Unicode would need the CIDs of the true CMaps.
            let name = format!("{name:?}");
            match name.as_str() {
                name if name.starts_with("Adobe") => None,
                name if name.starts_with("Uni") => Some(TWO_BYTES),
                _ => Some(MIXED_BYTES),
            }
        }),
        ..InterpreterSettings::default()
    }
}

/// Maximum nesting of forms whose fonts are examined.
const DEEPEST: usize = 4;
/// Maximum number of fonts and forms of a page that are examined.
const MOST: usize = 200;

/// Facts about the fonts of a file.
#[derive(Debug, Default)]
pub(super) struct Fonts {
    /// Names of fonts that are not embedded.
    pub(super) loose: BTreeSet<String>,
    /// Keys of fonts whose codes have no known meaning: neither a map to Unicode nor an encoding.
    pub(super) mute: BTreeSet<u128>,
}

impl Fonts {
    /// Adds the fonts of a page and its forms.
    pub(super) fn add(&mut self, resources: &Resources<'_>) {
        self.of_fonts(&resources.fonts);
        let mut left = MOST;
        self.of_forms(&resources.x_objects, DEEPEST, &mut left);
    }

    fn of_fonts(&mut self, fonts: &Dict<'_>) {
        for key in fonts.keys().take(MOST) {
            let Some(font) = fonts.get::<Dict<'_>>(&*key) else { continue };
            self.loose.extend(loose(&font));
            if is_mute(&font) {
                self.mute.insert(font.cache_key());
            }
        }
    }

    fn of_forms(&mut self, objects: &Dict<'_>, depth: usize, left: &mut usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        for key in objects.keys() {
            let Some(next) = left.checked_sub(1) else { return };
            *left = next;
            let form = objects.get::<Stream<'_>>(&*key);
            let Some(own) = form.and_then(|form| form.dict().get::<Dict<'_>>("Resources")) else { continue };
            if let Some(fonts) = own.get::<Dict<'_>>("Font") {
                self.of_fonts(&fonts);
            }
            if let Some(inner) = own.get::<Dict<'_>>("XObject") {
                self.of_forms(&inner, depth, left);
            }
        }
    }
}

/// Whether the codes of a font have no known meaning. The codes of a symbolic subset are the program's own, even if the names
/// of its glyphs look like characters (ISO 32000-1, 9.6.6.4).
fn is_mute(font: &Dict<'_>) -> bool {
    const SYMBOLIC: u32 = 1 << 2;
    if font.contains_key("ToUnicode") {
        return false;
    }
    let flags = font.get::<Dict<'_>>("FontDescriptor").and_then(|descriptor| descriptor.get::<u32>("Flags"));
    !font.contains_key("Encoding") && font.contains_key("FontDescriptor")
        || flags.is_some_and(|flags| flags & SYMBOLIC != 0)
}

/// Name of a font that is not embedded (ISO 32000-1, 9.9).
fn loose(font: &Dict<'_>) -> Option<String> {
    let subtype = font.get::<Name<'_>>("Subtype")?;
    if subtype.as_str() == "Type3" {
        return None;
    }
    let descendant =
        font.get::<Array<'_>>("DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(font).get::<Dict<'_>>("FontDescriptor");
    let keys = ["FontFile", "FontFile2", "FontFile3"];
    let is_embedded =
        descriptor.is_some_and(|descriptor| keys.iter().any(|key| descriptor.contains_key(key)));
    if is_embedded {
        return None;
    }
    let name = font.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_owned());
    Some(name.filter(|name| !name.is_empty()).unwrap_or_else(|| "无名字体".to_owned()))
}
