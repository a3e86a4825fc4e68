//! Replaces calibrated grey in the paper copy by DeviceGray.
//!
//! Typst writes grey as a calibrated colour (an ICC profile with one component), which a printing workflow may
//! convert to all four plates. `DeviceGray` is printed on the black plate alone. The new name is shorter and is
//! padded with spaces, so that the offsets in the file stay valid.

use std::fmt;

/// Error from a paper copy with a colour that is not grey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColourError;

impl fmt::Display for ColourError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("模板在纸质件（copy=print）里用了彩色。纸质件只用黑版，请在模板里改为灰色（luma）")
    }
}

impl std::error::Error for ColourError {}

/// Replaces each calibrated grey in a file written by Typst by `DeviceGray`.
///
/// # Errors
/// The file uses a calibrated colour of more than one component.
pub(super) fn black_only(mut pdf: Vec<u8>) -> Result<Vec<u8>, ColourError> {
    for (start, end, profile) in calibrated(&pdf) {
        if components(&pdf, profile) != Some(1) {
            return Err(ColourError);
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

/// Finds the objects `[/ICCBased N 0 R]`: start, end, and the number N of the profile.
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

/// Returns the number of components of a profile.
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
    // Searches for the first byte, which is rare, before comparing the rest.
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
    use super::{ColourError, black_only};

    fn file(components: u32) -> Vec<u8> {
        format!("%PDF-1.7\n4 0 obj\n[/ICCBased 12 0 R]\nendobj\n12 0 obj\n<</Length 3/N {components}/Range[0 1]>>\nstream\nxyz\nendstream\nendobj\n")
            .into_bytes()
    }

    #[test]
    fn replaces_grey_without_changing_offsets() {
        let before = file(1);
        let after = black_only(before.clone()).expect("grey");
        assert_eq!(before.len(), after.len());
        let text = String::from_utf8(after).expect("text");
        assert!(text.contains("4 0 obj\n/DeviceGray       \nendobj"), "{text}");
    }

    #[test]
    fn refuses_colour() {
        assert_eq!(black_only(file(3)), Err(ColourError));
    }
}
