//! Fonts of a page that are not embedded.

use std::collections::BTreeSet;

use hayro_syntax::{
    object::{Array, Dict, Name, Stream},
    page::Resources,
};

/// Maximum nesting of forms whose fonts are examined.
const DEEPEST: usize = 4;
/// Maximum number of fonts and forms of a page that are examined.
const MOST: usize = 200;

/// Adds the names of the fonts of a page and its forms that are not embedded.
pub(super) fn not_embedded(resources: &Resources<'_>, names: &mut BTreeSet<String>) {
    of_fonts(&resources.fonts, names);
    let mut left = MOST;
    of_forms(&resources.x_objects, DEEPEST, &mut left, names);
}

fn of_fonts(fonts: &Dict<'_>, names: &mut BTreeSet<String>) {
    for key in fonts.keys().take(MOST) {
        if let Some(font) = fonts.get::<Dict<'_>>(&*key)
            && let Some(name) = loose(&font)
        {
            names.insert(name);
        }
    }
}

fn of_forms(objects: &Dict<'_>, depth: usize, left: &mut usize, names: &mut BTreeSet<String>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    for key in objects.keys() {
        let Some(next) = left.checked_sub(1) else { return };
        *left = next;
        let form = objects.get::<Stream<'_>>(&*key);
        let Some(own) = form.and_then(|form| form.dict().get::<Dict<'_>>("Resources")) else { continue };
        if let Some(fonts) = own.get::<Dict<'_>>("Font") {
            of_fonts(&fonts, names);
        }
        if let Some(inner) = own.get::<Dict<'_>>("XObject") {
            of_forms(&inner, depth, left, names);
        }
    }
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
