//! What the parts of a workbook (.xlsx) claim about themselves, checked before another library believes it.
//!
//! A part may say how many shared texts follow, or give a shared formula a number. Libraries allocate memory by such
//! claims, and a failed allocation ends the process. A claim is compared with the size of the part that makes it.

use std::borrow::Cow;

use quick_xml::{Reader, events::BytesStart, events::Event};

use crate::archive::{Archive, ArchiveError};

/// Size in bytes of the shortest shared text, `<si/>`.
const SHORTEST_TEXT: usize = 5;

/// Largest number of a shared formula. Excel counts them from 0 in each sheet.
const LAST_SHARED_FORMULA: usize = 20_000;

/// Longest formula in bytes; Excel allows 8192 characters ("Excel specifications and limits", Microsoft Support).
const LONGEST_FORMULA: usize = 32 << 10;

/// Checks all parts of an archive: that they can be decompressed within its limits, and that the XML parts claim nothing
/// that their size belies.
///
/// # Errors
/// The archive is damaged or too large, or a claim is false.
pub(crate) fn check(archive: Archive<'_>) -> Result<(), ArchiveError> {
    archive.each_part(|bytes| if is_true(bytes) { Ok(()) } else { Err(ArchiveError::FalseClaim) })
}

/// Whether the claims of a part are true. A part that is no XML makes none.
fn is_true(bytes: &[u8]) -> bool {
    let Some(text) = decoded(bytes) else { return false };
    if !text.trim_start().starts_with('<') {
        return true;
    }
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut formula = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => {
                if !tag_is_true(&tag, bytes.len()) {
                    return false;
                }
                formula = (tag.local_name().as_ref() == "f").then_some(0_usize);
            }
            Ok(Event::Empty(tag)) => {
                if !tag_is_true(&tag, bytes.len()) {
                    return false;
                }
            }
            Ok(Event::End(_)) => formula = None,
            Ok(Event::Text(words)) if is_longer(&mut formula, words.len()) => return false,
            Ok(Event::CData(words)) if is_longer(&mut formula, words.len()) => return false,
            // The other library stops here, too.
            Ok(Event::Eof) | Err(_) => return true,
            Ok(_) => {}
        }
    }
}

/// Adds to the length of the formula that is being read; whether it is too long now.
fn is_longer(formula: &mut Option<usize>, by: usize) -> bool {
    formula.as_mut().is_some_and(|length| {
        *length += by;
        *length > LONGEST_FORMULA
    })
}

fn tag_is_true(tag: &BytesStart<'_>, size: usize) -> bool {
    let (element, limit) = match tag.local_name().as_ref() {
        "sst" => ("uniqueCount", size / SHORTEST_TEXT),
        "f" => ("si", LAST_SHARED_FORMULA),
        _ => return true,
    };
    tag.attributes().with_checks(false).flatten().all(|attribute| {
        if attribute.key.local_name().as_ref() != element {
            return true;
        }
        let digits = attribute.value.trim();
        // What is no number is no claim; what does not fit is too much.
        !digits.bytes().all(|byte| byte.is_ascii_digit())
            || digits.parse::<usize>().is_ok_and(|number| number <= limit)
            || digits.is_empty()
    })
}

/// The text of a part; `None` for UTF-16 without a byte order mark, which Office does not write.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) => Some(encoding.decode_without_bom_handling(bytes.get(mark..)?).0),
        None if bytes.iter().take(64).any(|byte| *byte == b'<')
            && bytes.iter().take(64).any(|byte| *byte == 0) =>
        {
            None
        }
        None => Some(String::from_utf8_lossy(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_is_held_against_the_size_of_its_part() {
        let sst = |count: &str| format!("<?xml version='1.0'?><x:sst uniqueCount='{count}'><x:si/></x:sst>");
        assert!(is_true(sst("1").as_bytes()));
        for count in ["1000", "4294967295", "99999999999999999999999999"] {
            assert!(!is_true(sst(count).as_bytes()), "{count}");
            let utf16: Vec<u8> = [0xFF, 0xFE]
                .into_iter()
                .chain(sst(count).encode_utf16().flat_map(u16::to_le_bytes))
                .collect();
            assert!(!is_true(&utf16), "{count}");
        }
        assert!(is_true(b"<c><f t='shared' si='3'>A1</f></c>"));
        assert!(!is_true(b"<c><f t='shared' si='18446744073709551614' ref='A1:B2'>A1</f></c>"));
        assert!(!is_true(format!("<c><f>{}</f></c>", "A1+".repeat(20_000)).as_bytes()));
        // A picture claims nothing.
        assert!(is_true(b"\x89PNG\r\n\x1a\n\0\0\0\x0d"));
    }
}
