//! The paper copy's plates: every mark on the black one alone.
//!
//! Typst writes grey as a calibrated colour (an ICC profile of one component), which a printer's
//! workflow may convert to all four plates. In the finished file the colour space is named anew:
//! `DeviceGray` prints on the black plate alone. The new name is shorter, so that it is padded and no
//! byte of the file moves.

use std::fmt;

/// A colour that is not grey stands in the paper copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlatesError;

impl fmt::Display for PlatesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("模板在纸质件（copy=print）里用了彩色。纸质件只用黑版，请在模板里改为灰色（luma）")
    }
}

impl std::error::Error for PlatesError {}

/// Names each calibrated grey of a file written by Typst `DeviceGray`.
///
/// # Errors
/// The file uses a calibrated colour of more than one component.
pub(super) fn black_only(mut pdf: Vec<u8>) -> Result<Vec<u8>, PlatesError> {
    for (start, end, profile) in calibrated(&pdf) {
        if components(&pdf, profile) != Some(1) {
            return Err(PlatesError);
        }
        if let Some(space) = pdf.get_mut(start..end) {
            space.fill(b' ');
            for (to, from) in space.iter_mut().zip(b"/DeviceGray") {
                *to = *from;
            }
        }
    }
    Ok(pdf)
}

/// The objects `[/ICCBased N 0 R]` of a file: where each begins and ends, and the N of its profile.
fn calibrated(pdf: &[u8]) -> Vec<(usize, usize, u32)> {
    const OPENS: &[u8] = b" obj\n[/ICCBased ";
    const CLOSES: &[u8] = b" 0 R]\nendobj";
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = find(pdf, OPENS, from) {
        from = at + OPENS.len();
        let number: String =
            pdf[from..].iter().take_while(|b| b.is_ascii_digit()).map(|b| char::from(*b)).collect();
        let end = from + number.len();
        if let (true, Ok(profile)) = (pdf[end..].starts_with(CLOSES), number.parse()) {
            found.push((at + " obj\n".len(), end + " 0 R]".len(), profile));
        }
    }
    found
}

/// How many components the profile of this object number has.
fn components(pdf: &[u8], profile: u32) -> Option<u32> {
    let opens = format!("\n{profile} 0 obj\n");
    let start = find(pdf, opens.as_bytes(), 0)? + opens.len();
    let end = find(pdf, b"stream", start)?;
    let dictionary = std::str::from_utf8(pdf.get(start..end)?).ok()?;
    let digits = dictionary.split("/N ").nth(1)?;
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    digits.get(..end)?.parse().ok()
}

fn find(pdf: &[u8], what: &[u8], from: usize) -> Option<usize> {
    // Profiles stand near the end and the marks are rare: the first byte decides almost always.
    let first = *what.first()?;
    let mut at = from;
    while let Some(next) = pdf.get(at..)?.iter().position(|byte| *byte == first) {
        if pdf[at + next..].starts_with(what) {
            return Some(at + next);
        }
        at += next + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{PlatesError, black_only};

    fn file(components: u32) -> Vec<u8> {
        format!("%PDF-1.7\n4 0 obj\n[/ICCBased 12 0 R]\nendobj\n12 0 obj\n<</Length 3/N {components}/Range[0 1]>>\nstream\nxyz\nendstream\nendobj\n")
            .into_bytes()
    }

    #[test]
    fn names_grey_anew_without_moving_a_byte() {
        let before = file(1);
        let after = black_only(before.clone()).expect("grey");
        assert_eq!(before.len(), after.len());
        let text = String::from_utf8(after).expect("text");
        assert!(text.contains("4 0 obj\n/DeviceGray       \nendobj"), "{text}");
    }

    #[test]
    fn refuses_colour() {
        assert_eq!(black_only(file(3)), Err(PlatesError));
    }
}
