//! Encoding of a web page: by byte order mark, else by declaration, else detected.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::import::ImportError;

/// Number of bytes in which a declaration is searched.
const HEAD: usize = 4096;

/// Decodes a page.
///
/// # Errors
/// Too many bytes are invalid in any encoding.
pub(super) fn decode(bytes: &[u8]) -> Result<String, ImportError> {
    let (text, _) = decoded(bytes);
    let wrong = text.chars().filter(|c| *c == '\u{FFFD}').count();
    if wrong * 50 > text.chars().count() {
        return Err(ImportError::new("认不出网页的编码", "请在浏览器里打开，另存为UTF-8编码的网页再导入"));
    }
    Ok(text)
}

fn decoded(bytes: &[u8]) -> (String, &'static Encoding) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return (
            encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0.into_owned(),
            encoding,
        );
    }
    if let Some(encoding) = utf16(bytes).or_else(|| declared(bytes)) {
        let (text, wrong) = encoding.decode_without_bom_handling(bytes);
        // A wrong declaration, as copied pages have it, is recognised by invalid characters.
        if !wrong {
            return (text.into_owned(), encoding);
        }
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guessed = detector.guess(Some(b"cn"), Utf8Detection::Allow);
    let (text, wrong) = guessed.decode_without_bom_handling(bytes);
    match declared(bytes) {
        // A few invalid bytes in a page with a correct declaration.
        Some(encoding) if wrong => (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding),
        _ => (text.into_owned(), guessed),
    }
}

/// UTF-16 without byte order mark: every second byte of tags is zero.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, _, 0, ..] => Some(UTF_16LE),
        [0, b'<', 0, _, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// Encoding declared by `<meta charset>`, `<meta http-equiv>` or an XML declaration.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: String = bytes.iter().take(HEAD).map(|byte| char::from(*byte).to_ascii_lowercase()).collect();
    let at = ["charset=", "encoding="].iter().find_map(|key| Some(head.find(key)? + key.len()))?;
    let label = head.get(at..)?.trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))?;
    let encoding = Encoding::for_label(label.get(..end)?.as_bytes())?;
    // A page whose tags are single bytes is not in UTF-16, even if it declares so.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// Start of a file as lower-case text, for recognition.
pub(in crate::import) fn peek(bytes: &[u8]) -> String {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let text = match Encoding::for_bom(head).map(|(encoding, _)| encoding).or_else(|| utf16(head)) {
        Some(encoding) => encoding.decode(head).0.into_owned(),
        None => head.iter().map(|byte| char::from(*byte)).collect(),
    };
    text.to_ascii_lowercase()
}

/// Approximate nesting depth of a page's elements, computed without a parser.
pub(super) fn depth(text: &str) -> usize {
    // Elements without content, or with optional end tags.
    const FLAT: [&str; 20] = [
        "br", "img", "meta", "link", "input", "hr", "col", "area", "base", "wbr", "source", "param", "embed",
        "track", "p", "li", "tr", "td", "th", "option",
    ];
    let (mut depth, mut deepest) = (0_usize, 0);
    for part in text.split('<').skip(1) {
        if part.starts_with('/') {
            depth = depth.saturating_sub(1);
            continue;
        }
        let name: String = part
            .chars()
            .take(12)
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let closes_itself = part.split('>').next().is_some_and(|tag| tag.ends_with('/'));
        if !name.is_empty() && !closes_itself && !FLAT.contains(&name.as_str()) {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use encoding_rs::GB18030;

    use super::*;

    const PAGE: &str = "<p>本机关2024年度政府信息公开工作年度报告，收到政府信息公开申请三件。</p>";

    #[test]
    fn byte_order_mark_precedes_declaration_and_detection() {
        let gbk = |text: &str| GB18030.encode(text).0.into_owned();
        let declared = format!("<meta charset=gb2312>{PAGE}");
        assert!(decode(&gbk(&declared)).expect("declared").contains(PAGE));
        assert!(decode(&gbk(PAGE)).expect("detected").contains(PAGE));
        assert!(decode(PAGE.as_bytes()).expect("UTF-8").contains(PAGE));
        // A declaration copied from another page.
        assert!(decode(declared.as_bytes()).expect("wrongly declared").contains(PAGE));
        let marked: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain(declared.encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert!(decode(&marked).expect("marked").contains(PAGE));
        let unmarked: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(decode(&unmarked).expect("UTF-16").contains(PAGE));
    }

    #[test]
    fn estimates_the_nesting_depth() {
        assert_eq!(depth("<div><p>甲<p>乙<br></div><div/>"), 1);
        assert_eq!(depth(&"<b>".repeat(1000)), 1000);
    }
}
