//! Nesting depth of a TOML document, found without parsing it.

use std::ops::Range;

use super::depth;

/// Finds the place where a document nests too deep for the parser, which does not limit dotted keys and drops values
/// recursively.
///
/// Follows the parser's lexer step by step, so that both agree on what is inside a string. The count can be too high (the
/// point of a float counts as a level), so only twice the limit is refused here; depths between are found while the values
/// are converted.
pub(super) fn too_deep(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    // Points of the current key, for each open bracket.
    let mut points = vec![0usize];
    let mut levels = 0usize;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'"' | b'\'' => at = end_of_string(text, start),
            b'#' => at = find(text, start, "\n"),
            b'[' | b'{' => {
                points.push(0);
                levels += 1;
            }
            b']' | b'}' if points.len() > 1 => {
                let closed = points.pop().unwrap_or(0);
                levels = levels.saturating_sub(closed + 1);
            }
            b'.' => {
                if let Some(points) = points.last_mut() {
                    *points += 1;
                    levels += 1;
                }
            }
            b',' => start_key(&mut points, &mut levels),
            b'\n' if points.len() == 1 => start_key(&mut points, &mut levels),
            // A bare value: quotes within it open no string.
            b if !b.is_ascii_whitespace() && *b != b'=' => {
                let rest = bytes.get(at..).unwrap_or_default();
                at += rest.iter().position(|b| b".=,[]{} \t#\r\n".contains(b)).unwrap_or(rest.len());
            }
            _ => {}
        }
        if levels > 2 * depth::LIMIT {
            return Some(start..start + 1);
        }
    }
    None
}

/// Starts a new key at the innermost level.
fn start_key(points: &mut [usize], levels: &mut usize) {
    if let Some(points) = points.last_mut() {
        *levels = levels.saturating_sub(*points);
        *points = 0;
    }
}

/// End of the string that begins at `start`.
fn end_of_string(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    for (triple, quote) in [("\"\"\"", b'"'), ("'''", b'\'')] {
        if rest.starts_with(triple) {
            let mut at = after(text, start + 3, triple, quote == b'"');
            for _ in 0..2 {
                at += usize::from(text.as_bytes().get(at) == Some(&quote));
            }
            return at;
        }
    }
    if rest.starts_with('"') {
        after(text, start + 1, "\"", true)
    } else {
        after(text, start + 1, "'", false)
    }
}

/// End of the first `close` from `at` on; a single-line string ends with its line at the latest.
fn after(text: &str, mut at: usize, close: &str, escapes: bool) -> usize {
    let bytes = text.as_bytes();
    while let Some(byte) = bytes.get(at) {
        if text.get(at..).is_some_and(|rest| rest.starts_with(close)) {
            return at + close.len();
        }
        match byte {
            b'\n' if close.len() == 1 => return at,
            b'\\' if escapes && matches!(bytes.get(at + 1), Some(b'"' | b'\\')) => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Start of `what` from `at` on, or the end of the text.
fn find(text: &str, at: usize, what: &str) -> usize {
    text.get(at..).and_then(|rest| rest.find(what)).map_or(text.len(), |found| at + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_strings_and_comments_do_not_nest() {
        let many = "a.[{".repeat(1000);
        for text in [
            format!("a = \"{many}\""),
            format!("a = '{many}'"),
            format!("a = \"\"\"{many}\n{many} \\\" \"\" {many}\"\"\"\"\""),
            format!("a = '''{many}\n{many}'''"),
            format!("# {many}\na = 1"),
            "a.b = 1.5\n".repeat(1000),
            format!("a = [{}]", "{ b.c = 1.5 }, ".repeat(1000)),
            "[a.b]\nc.d = [1.5]\n".repeat(1000),
        ] {
            assert_eq!(too_deep(&text), None, "{}", text.get(..20).unwrap_or_default());
        }
    }

    #[test]
    fn keys_and_brackets_nest() {
        for text in [
            "a.".repeat(200),
            "[".repeat(200),
            "x = {a.b = ".repeat(100),
            format!("a = \"\n{}", "b.".repeat(200)),
        ] {
            assert!(too_deep(&text).is_some(), "{}", text.get(..20).unwrap_or_default());
        }
    }
}
