//! Embeds the outlines into a file that was set with hollow twins of the faces.

use super::{objects::Objects, paper::number};
use crate::typeset::fonts::{FontSet, Hollow, Subset};

/// Returns the file with each font program that stands for a subset of a twin replaced by the subset of its face;
/// `None` if the file has an unexpected structure or outlines cannot be read.
pub(super) fn embedded(pdf: Vec<u8>, fonts: &FontSet) -> Option<Objects<'static>> {
    let mut objects = Objects::read(pdf)?;
    for at in objects.of_type("/Type/FontDescriptor") {
        let descriptor = objects.get(at)?;
        let program = descriptor.reference("FontFile3").or_else(|| descriptor.reference("FontFile2"))?;
        let hollow = objects.get(program)?;
        let subset = match fonts.subset(&hollow.inflated()?) {
            Hollow::Filled(subset) => subset,
            Hollow::No => continue,
            Hollow::Damaged => return None,
        };
        objects.replace(program, hollow.refilled(&subset.bytes)?);
        if let Some(bounds) = subset.bounds {
            let bounds = bounds.map(|value| number(value.into())).join(" ");
            objects.replace(at, descriptor.with("FontBBox", &format!("[{bounds}]")));
        }
        // The twin has no components.
        if let (true, Some(at)) = (subset.has_components, descriptor.reference("CIDSet")) {
            let set = objects.get(at)?;
            objects.replace(at, set.refilled(&members(&subset))?);
        }
    }
    Some(objects)
}

/// Returns the contents of a CIDSet in which all glyphs of the subset are present (ISO 32000-1, 9.8.3.2): a bit for
/// each, from the highest of the first byte.
fn members(subset: &Subset) -> Vec<u8> {
    let mut bytes = vec![0xFF; subset.glyphs / 8];
    if !subset.glyphs.is_multiple_of(8) {
        bytes.push(!(0xFF >> (subset.glyphs % 8)));
    }
    bytes
}
