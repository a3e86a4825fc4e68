//! How deep a TOML document nests, found without building it.

use std::ops::Range;

use super::depth;

/// Where a document opens so many levels that the parser must not see it: dotted keys nest without limit in
/// it, and it gives the values back by recursion.
///
/// Walks the text in the same steps as the parser's own lexer, so that neither sees a text where the other
/// sees brackets. Counts a little more than there is (a float's point counts as a level), so it only refuses
/// what is twice too deep; between that and the limit the values themselves tell.
pub(super) fn too_deep(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    // The points of the key at hand, for each bracket that is open.
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
            b',' => forget(&mut points, &mut levels),
            b'\n' if points.len() == 1 => forget(&mut points, &mut levels),
            // An atom: quotes within one open no text.
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

/// Begins a new key at the innermost level.
fn forget(points: &mut [usize], levels: &mut usize) {
    if let Some(points) = points.last_mut() {
        *levels = levels.saturating_sub(*points);
        *points = 0;
    }
}

/// Where the text that opens at `start` ends.
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

/// The end of the first `close` from `at` on; a text of one line ends with its line at the latest.
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

/// Where `what` begins from `at` on, or the end.
fn find(text: &str, at: usize, what: &str) -> usize {
    text.get(at..).and_then(|rest| rest.find(what)).map_or(text.len(), |found| at + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_texts_and_comments_does_not_nest() {
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
