//! How local rules measure texts.

/// How many 字 a text has, as word processors count them: each Chinese character and mark is one, and so is
/// each word or number of Latin letters and digits.
pub fn text_length(text: &str) -> usize {
    let mut count = 0;
    let mut within = false;
    for c in text.chars() {
        let is_latin = !c.is_whitespace() && u32::from(c) < 0x2000;
        if !(c.is_whitespace() || is_latin && within) {
            count += 1;
        }
        within = is_latin;
    }
    count
}

/// A text without blanks: phrases in rule files are written with and without them.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_as_word_processors_do() {
        for (text, count) in [
            ("主动公开。", 5),
            ("2024年公开14条，占17.46%。", 10),
            ("网址 www.shanghai.gov.cn 和 APP", 5),
            ("“公开为常态”", 7),
            ("", 0),
        ] {
            assert_eq!(text_length(text), count, "{text}");
        }
    }
}
