//! Links and break opportunities in texts: web and e-mail addresses become links; they and other long Latin words are
//! divided into pieces, since Chinese line breaking does not break them.

use serde::Serialize;

/// Longest word, in half-width characters, that is not divided; a line holds 56.
const LONGEST_WORD: usize = 24;

/// A stretch of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Run {
    /// Plain text.
    Text {
        /// The text.
        text: String,
    },
    /// A link.
    Link {
        /// The URL.
        link: String,
        /// The printed text, divided where a line may break.
        pieces: Vec<String>,
    },
    /// A long word.
    Word {
        /// The printed text, divided where a line may break.
        pieces: Vec<String>,
    },
}

/// Divides a paragraph into runs.
pub fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut plain = String::new();
    for word in words(text) {
        let (run, rest) = run(word);
        match run {
            Some(run) => {
                if !plain.is_empty() {
                    runs.push(Run::Text { text: std::mem::take(&mut plain) });
                }
                runs.push(run);
                plain.push_str(rest);
            }
            None => plain.push_str(word),
        }
    }
    if !plain.is_empty() {
        runs.push(Run::Text { text: plain });
    }
    runs
}

/// Divides a text into stretches of printable ASCII and of other characters.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let belongs = c.is_ascii_graphic();
        if belongs != in_word && at > start {
            words.extend(text.get(start..at));
            start = at;
        }
        in_word = belongs;
    }
    words.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    words
}

/// The link or long word at the start of a stretch, if any, and the rest.
fn run(word: &str) -> (Option<Run>, &str) {
    if !word.starts_with(|c: char| c.is_ascii_graphic()) {
        return (None, word);
    }
    let address = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '>', '"', '\'']);
    let rest = word.get(address.len()..).unwrap_or_default();
    if let Some(target) = target(address) {
        return (Some(Run::Link { link: target, pieces: pieces(address) }), rest);
    }
    if word.len() > LONGEST_WORD {
        return (Some(Run::Word { pieces: pieces(word) }), "");
    }
    (None, word)
}

/// URL of an address; an omitted scheme is added.
fn target(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("https://")) {
        return is_host(host(rest)).then(|| address.to_owned());
    }
    if let Some((local, domain)) = lower.split_once('@') {
        let local_ok = !local.is_empty()
            && local.bytes().all(|b| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b));
        return (local_ok && is_host(domain) && domain.contains('.')).then(|| format!("mailto:{address}"));
    }
    let host = host(&lower);
    // Without `www.` only government domains are certain to be addresses.
    let surely = host.starts_with("www.") || host.ends_with(".gov.cn");
    (surely && is_host(host) && host.matches('.').count() >= 2).then(|| format!("http://{address}"))
}

fn host(text: &str) -> &str {
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let host = text.get(..end).unwrap_or_default();
    host.split_once(':').map_or(host, |(host, _port)| host)
}

fn is_host(host: &str) -> bool {
    !host.is_empty()
        && host
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
}

/// Divides a word where a line may break: after punctuation, and after [`LONGEST_WORD`] characters.
fn pieces(word: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut before = ' ';
    for c in word.chars() {
        let marks = "/.-_?&=@:#%,;";
        let full = pieces.last().is_some_and(|piece| piece.len() >= LONGEST_WORD);
        if (marks.contains(before) && !marks.contains(c)) || full {
            pieces.push(String::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
        before = c;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Run, runs};

    fn text(text: &str) -> Run {
        Run::Text { text: text.to_owned() }
    }

    fn link(link: &str, pieces: &[&str]) -> Run {
        Run::Link { link: link.to_owned(), pieces: pieces.iter().map(|&piece| piece.to_owned()).collect() }
    }

    #[test]
    fn finds_addresses_in_the_wording_of_real_reports() {
        assert_eq!(
            runs("门户网站（www.pengyang.gov.cn）查阅；电子邮箱：pyxjgswglj@126.com。"),
            [
                text("门户网站（"),
                link("http://www.pengyang.gov.cn", &["www.", "pengyang.", "gov.", "cn"]),
                text("）查阅；电子邮箱："),
                link("mailto:pyxjgswglj@126.com", &["pyxjgswglj@", "126.", "com"]),
                text("。"),
            ]
        );
    }

    #[test]
    fn keeps_text_without_addresses() {
        for plain in ["共3.5万件", "a@b", "@ref #panic() $x$", "//", "www.", "1.", "http://", "邮编：756500"]
        {
            assert_eq!(runs(plain), [text(plain)]);
        }
    }

    #[test]
    fn excludes_punctuation_after_an_address() {
        assert_eq!(
            runs("见 https://www.gov.cn/a?b=c. 谢"),
            [
                text("见 "),
                link("https://www.gov.cn/a?b=c", &["https://", "www.", "gov.", "cn/", "a?", "b=", "c"]),
                text(". 谢")
            ]
        );
    }

    #[test]
    fn divides_long_words() {
        let long = "x".repeat(100);
        let found = runs(&long);
        let [Run::Word { pieces }] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(pieces.concat(), long);
        assert!(pieces.iter().all(|piece| piece.len() <= 24));
    }
}
