//! What the streams of a PDF would need, checked before another library decodes them.
//!
//! A few kilobytes may decompress to gigabytes, and a predictor (ISO 32000-1, 7.4.4.4) may claim rows of any length; a
//! library allocates by both, and a failed allocation ends the process.

use miniz_oxide::{
    DataFormat, MZFlush, MZStatus,
    inflate::stream::{InflateState, inflate},
};

/// Maximum size in bytes of all streams of a file, decompressed.
const MOST: usize = 256 << 20;

/// Maximum number of times that a stream is compressed.
const DEEPEST: usize = 3;

/// Largest value of `Columns` and `Colors`; a page of A0 at 600 dots an inch has 28,000 columns.
const WIDEST: usize = 65_535;

/// Number of bytes before a stream in which its dictionary is searched.
const DICTIONARY: usize = 4096;

/// Size of the pieces in which streams are decompressed.
const PIECE: usize = 64 << 10;

/// Whether the streams of a PDF can be decoded with a bounded amount of memory.
pub(crate) fn are_bounded(pdf: &[u8]) -> bool {
    let mut room = MOST;
    if !has_true_rows(pdf) {
        return false;
    }
    let mut from = 0;
    while let Some(found) = find(pdf.get(from..).unwrap_or_default(), b"stream") {
        let at = from + found;
        from = at + b"stream".len();
        // The keyword ends with a line feed, after which the data begin.
        let data = match pdf.get(from..) {
            Some([b'\r', b'\n', data @ ..] | [b'\n', data @ ..] | [b'\r', data @ ..]) => data,
            _ => continue,
        };
        if pdf.get(..at).is_some_and(|before| before.ends_with(b"end")) {
            continue;
        }
        let before = pdf.get(at.saturating_sub(DICTIONARY)..at).unwrap_or_default();
        let dictionary = before.get(last(before, b"obj").unwrap_or(0)..).unwrap_or_default();
        let names = names(dictionary);
        let has = |wanted: &[&[u8]]| names.iter().any(|name| wanted.contains(&name.as_slice()));
        let is_structure = has(&[b"ObjStm", b"XRef"]);
        if is_structure
            && has(&[
                b"LZWDecode",
                b"LZW",
                b"ASCII85Decode",
                b"A85",
                b"ASCIIHexDecode",
                b"AHx",
                b"RunLengthDecode",
                b"RL",
            ])
        {
            // No writer of this century compresses objects like this, and it would hide them from this check.
            return false;
        }
        // A library tries data without a header if those with one fail.
        for format in [DataFormat::Zlib, DataFormat::Raw] {
            match inflated(data, format, is_structure, DEEPEST, &mut room) {
                Inflated::Done => break,
                Inflated::Damaged => {}
                Inflated::TooMuch => return false,
            }
        }
    }
    true
}

/// Result of decompressing a stream.
enum Inflated {
    /// To its end.
    Done,
    /// The data are cut off, or are not compressed.
    Damaged,
    /// It needs more than there is room for, or a predictor claims too much.
    TooMuch,
}

/// Decompresses a stream piece by piece and keeps only the text of objects. `room` is reduced by its size.
fn inflated(
    mut data: &[u8],
    format: DataFormat,
    is_structure: bool,
    depth: usize,
    room: &mut usize,
) -> Inflated {
    let mut state = InflateState::new_boxed(format);
    let mut piece = vec![0; PIECE];
    let mut kept = Vec::new();
    let mut done = Inflated::Damaged;
    let mut is_nested = None;
    loop {
        let step = inflate(&mut state, data, &mut piece, MZFlush::None);
        data = data.get(step.bytes_consumed..).unwrap_or_default();
        let written = piece.get(..step.bytes_written).unwrap_or_default();
        let Some(left) = room.checked_sub(written.len()) else { return Inflated::TooMuch };
        *room = left;
        let nested = *is_nested.get_or_insert_with(|| looks_compressed(written));
        if is_structure || nested {
            kept.extend_from_slice(written);
        }
        match step.status {
            Ok(MZStatus::StreamEnd) => {
                done = Inflated::Done;
                break;
            }
            Ok(_) if step.bytes_consumed + step.bytes_written > 0 => {}
            _ => break,
        }
    }
    if is_structure && !has_true_rows(&kept) {
        return Inflated::TooMuch;
    }
    if is_nested == Some(true) {
        let Some(depth) = depth.checked_sub(1) else { return Inflated::TooMuch };
        if matches!(inflated(&kept, DataFormat::Zlib, is_structure, depth, room), Inflated::TooMuch) {
            return Inflated::TooMuch;
        }
    }
    done
}

/// Whether data begin like a zlib stream (RFC 1950, 2.2).
fn looks_compressed(data: &[u8]) -> bool {
    let [method, flags, ..] = data else { return false };
    method & 0x0F == 8 && (u16::from(*method) << 8 | u16::from(*flags)).is_multiple_of(31)
}

/// Whether each `Columns` and `Colors` of a text of objects is followed by a number that an image may have.
fn has_true_rows(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(at) = find(rest, b"/") {
        let (name, after) = name_at(rest.get(at + 1..).unwrap_or_default());
        rest = after;
        if name != b"Columns" && name != b"Colors" {
            continue;
        }
        let value = after.trim_ascii_start();
        let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let number =
            value.get(..digits).and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<usize>().ok());
        if number.is_none_or(|number| number > WIDEST)
            || is_reference(value.get(digits..).unwrap_or_default())
        {
            return false;
        }
    }
    true
}

/// Whether the text after a number makes it a reference: `0 R`.
fn is_reference(after: &[u8]) -> bool {
    let generation = after.trim_ascii_start();
    let digits = generation.iter().take_while(|byte| byte.is_ascii_digit()).count();
    digits > 0 && generation.get(digits..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"R"))
}

/// The names in a dictionary, without the slash.
fn names(text: &[u8]) -> Vec<Vec<u8>> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some(at) = find(rest, b"/") {
        let (name, after) = name_at(rest.get(at + 1..).unwrap_or_default());
        names.push(name);
        rest = after;
    }
    names
}

/// The name at the start of a text, with `#41` as `A` (ISO 32000-1, 7.3.5), and the text after it.
fn name_at(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let end = text
        .iter()
        .position(|byte| {
            matches!(
                byte,
                b'\0'
                    | b'\t'
                    | b'\n'
                    | b'\x0c'
                    | b'\r'
                    | b' '
                    | b'('
                    | b')'
                    | b'<'
                    | b'>'
                    | b'['
                    | b']'
                    | b'{'
                    | b'}'
                    | b'/'
                    | b'%'
            )
        })
        .unwrap_or(text.len());
    let (written, after) = text.split_at(end);
    let mut name = Vec::new();
    let mut rest = written;
    while let [first, after @ ..] = rest {
        let hex =
            |byte: Option<&u8>| char::from(*byte?).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (first, hex(after.first()), hex(after.get(1))) {
            (b'#', Some(high), Some(low)) => {
                name.push(high << 4 | low);
                rest = after.get(2..).unwrap_or_default();
            }
            _ => {
                name.push(*first);
                rest = after;
            }
        }
    }
    (name, after)
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn last(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).rposition(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(dictionary: &str, data: &[u8]) -> Vec<u8> {
        let mut pdf = format!("%PDF-1.7\n1 0 obj\n<<{dictionary}>>\nstream\n").into_bytes();
        pdf.extend_from_slice(data);
        pdf.extend_from_slice(b"\nendstream\nendobj\n%%EOF");
        pdf
    }

    fn compressed(data: &[u8]) -> Vec<u8> {
        miniz_oxide::deflate::compress_to_vec_zlib(data, 6)
    }

    #[test]
    fn a_stream_that_decompresses_to_too_much_is_found() {
        let zeros = compressed(&vec![0; MOST + 1]);
        assert!(zeros.len() < MOST / 500);
        assert!(!are_bounded(&object("/Filter /FlateDecode", &zeros)));
        assert!(!are_bounded(&object("/Filter [/FlateDecode /FlateDecode]", &compressed(&zeros))));
        // Without its header, which some readers forgive.
        assert!(!are_bounded(&object("/Filter /FlateDecode", &zeros[2..])));
        assert!(are_bounded(&object("/Filter /FlateDecode", &compressed(&vec![0; 1 << 20]))));
    }

    #[test]
    fn rows_that_no_image_has_are_found() {
        for dictionary in [
            "/DecodeParms <</Predictor 12 /Columns 2000000000>>",
            "/DecodeParms <</Predictor 12 /Col#75mns 99999999999999999999>>",
            "/DecodeParms <</Predictor 12 /Columns 12 0 R>>",
            "/DecodeParms <</Predictor 12/Colors\n2000000000>>",
        ] {
            assert!(!are_bounded(&object(dictionary, b"")), "{dictionary}");
            let hidden = object("/Type /ObjStm /Filter /FlateDecode", &compressed(dictionary.as_bytes()));
            assert!(!are_bounded(&hidden), "{dictionary}");
        }
        assert!(are_bounded(&object("/DecodeParms <</Predictor 15 /Columns 5>>", b"")));
        assert!(!are_bounded(&object("/Type /ObjStm /Filter /LZWDecode", b"")));
    }
}
