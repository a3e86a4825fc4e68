//! Parts of a text that normalisation must not change: web addresses and placeholders.

use std::ops::Range;

/// Kind of a verbatim stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A URL or an e-mail address.
    Address,
    /// `{{path}}`.
    Placeholder,
    /// `{{{{`, which stands for `{{`.
    Braces,
}

/// Returns the verbatim stretches of a paragraph in order, in time linear in its length.
pub(super) fn find(text: &[char]) -> Vec<(Range<usize>, Kind)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with(&['{'; 4]) {
            found.push((at..at + 4, Kind::Braces));
            at += 4;
        } else if text[at..].starts_with(&['{'; 2]) {
            let length = placeholder(&text[at + 2..]);
            if let Some(length) = length {
                found.push((at..at + length + 4, Kind::Placeholder));
            }
            at += length.map_or(2, |length| length + 4);
        } else if text[at].is_ascii_alphanumeric() {
            let run = text[at..].iter().take_while(|c| in_address(**c)).count();
            if let Some(length) = address(&text[at..at + run]) {
                found.push((at..at + length, Kind::Address));
            }
            at += run;
        } else {
            at += 1;
        }
    }
    found
}

/// Returns the length of a placeholder's path after its opening braces; `None` if another `{{` comes before the closing
/// ones.
fn placeholder(rest: &[char]) -> Option<usize> {
    let end = rest.windows(2).position(|pair| pair == ['}', '}'] || pair == ['{', '{'])?;
    (rest[end] == '}').then_some(end)
}

/// Whether a character is one of RFC 3986, except for `'`, which is usually a quote.
fn in_address(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&()*+,;=%".contains(c)
}

/// Returns the number of characters of a run that are an address, without trailing punctuation.
fn address(run: &[char]) -> Option<usize> {
    let starts = |word: &str| {
        run.len() > word.len() && run.iter().zip(word.chars()).all(|(a, b)| a.to_ascii_lowercase() == b)
    };
    let has_scheme = || run.windows(3).any(|three| three == [':', '/', '/']);
    let is_mail = || {
        run.windows(3).any(|three| {
            three[0].is_ascii_alphanumeric() && three[1] == '@' && three[2].is_ascii_alphanumeric()
        })
    };
    if !starts("www.") && !has_scheme() && !is_mail() {
        return None;
    }
    let has_open = run.contains(&'(');
    run.iter().rposition(|c| !".,;:!?".contains(*c) && (*c != ')' || has_open)).map(|last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(String, Kind)> {
        let chars: Vec<char> = text.chars().collect();
        find(&chars).into_iter().map(|(range, kind)| (chars[range].iter().collect(), kind)).collect()
    }

    #[test]
    fn finds_addresses() {
        let address = |text: &str| (text.to_owned(), Kind::Address);
        assert_eq!(
            found("网址（http://www.pengyang.gov.cn/a(1).html?x=1&y=%20#b）"),
            [address("http://www.pengyang.gov.cn/a(1).html?x=1&y=%20#b")]
        );
        assert_eq!(found("邮箱 123456@qq.com，"), [address("123456@qq.com")]);
        assert_eq!(found("(www.shanghai.gov.cn)."), [address("www.shanghai.gov.cn")]);
        assert_eq!(found("WWW.x.cn www. it's 2/3"), [address("WWW.x.cn")]);
    }

    #[test]
    fn finds_placeholders() {
        assert_eq!(
            found("共{{ a.b }}件，{{{{"),
            [("{{ a.b }}".into(), Kind::Placeholder), ("{{{{".into(), Kind::Braces)]
        );
        assert_eq!(found("{{未完 {{a}}"), [("{{a}}".into(), Kind::Placeholder)]);
        assert_eq!(found("{{未完 }"), []);
    }
}
