//! Compresses the small objects of a file.
//!
//! A tagged PDF has hundreds of small objects, most of them structure elements, each with a line in the
//! cross-reference table. An object stream (ISO 32000-1, 7.5.7) contains all objects without streams in compressed
//! form; a cross-reference stream (7.5.8) replaces the table. PDF/A-2 and later allow both.

use super::{Object, Objects, SMALL};

/// An entry of the cross-reference stream: type, offset or number of the object stream, index.
type Place = [u8; 6];
const WIDTHS: &str = "[1 3 2]";

/// Returns the file with its objects compressed, under the same numbers; `None` if the file has an unexpected
/// structure.
pub(in crate::output) fn packed(objects: &Objects<'_>) -> Option<Vec<u8>> {
    let last = *objects.spans.keys().last()?;
    let (pack, table) = (last + 1, last + 2);
    let mut made = objects.pdf.get(..objects.header)?.to_vec();
    // Unused numbers are free entries, as is 0.
    let mut places = vec![place(0, 0, 0)?; usize::try_from(table).ok()? + 1];
    *places.first_mut()? = place(0, 0, 0xFFFF)?;
    let (mut index, mut values, mut count) = (String::new(), Vec::new(), 0);
    for number in objects.spans.keys() {
        let object = objects.get(*number)?;
        let own = places.get_mut(usize::try_from(*number).ok()?)?;
        if object.stream.is_some() {
            *own = place(1, made.len(), 0)?;
            made.extend_from_slice(&objects.written(*number)?);
        } else {
            *own = place(2, usize::try_from(pack).ok()?, count)?;
            index += &format!("{number} {} ", values.len());
            values.extend(&object.value);
            values.push(b'\n');
            count += 1;
        }
    }
    let entries = format!("/Type/ObjStm/N {count}/First {}", index.len());
    let object = Object::deflated(&entries, &[index.as_bytes(), &values].concat(), SMALL)?;
    let [.., at_pack, at_table] = places.as_mut_slice() else { return None };
    *at_pack = place(1, made.len(), 0)?;
    made.extend(object.written(pack));
    *at_table = place(1, made.len(), 0)?;
    let start = made.len();
    let trailer = objects.trailer().only(&["Root", "Info", "ID"]);
    let trailer = std::str::from_utf8(trailer.value.strip_prefix(b"<<")?.strip_suffix(b">>")?).ok()?;
    let entries = format!("/Type/XRef/Size {}/W{WIDTHS}{trailer}", places.len());
    made.extend(Object::deflated(&entries, &places.concat(), SMALL)?.written(table));
    made.extend(format!("startxref\n{start}\n%%EOF\n").bytes());
    Some(made)
}

/// Encodes an entry; `None` if a value is too large for its field.
fn place(kind: u8, at: usize, index: usize) -> Option<Place> {
    let [beyond, a, b, c] = u32::try_from(at).ok()?.to_be_bytes();
    let [d, e] = u16::try_from(index).ok()?.to_be_bytes();
    (beyond == 0).then_some([kind, a, b, c, d, e])
}
