//! Whose report a file says it is, where too little of it can be read to be sure.

/// Names after this many are not those of the reporting body any more.
const MOST: usize = 8;

/// What stands after each `name` in a text that may be broken: TOML, JSON and YAML write it alike.
///
/// Only good for being looked up in a roster, name by name.
pub(super) fn claimed_names(text: &str) -> Vec<String> {
    let claims = text.match_indices("name").filter_map(|(at, word)| {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            return None;
        }
        let rest = text.get(at + word.len()..)?;
        value(rest.lines().next()?)
    });
    claims.take(MOST).collect()
}

/// The value in `" : "涟水县民政局",` and its like.
fn value(rest: &str) -> Option<String> {
    let is_quote = |c: char| matches!(c, '"' | '\'' | '“' | '”' | '＂');
    let rest = rest.trim_start_matches(is_quote).trim_start();
    let rest = rest.strip_prefix(['=', ':', '＝', '：'])?.trim_start();
    let quoted = rest.trim_start_matches(is_quote);
    let end =
        if quoted.len() < rest.len() { quoted.find(is_quote) } else { quoted.find([',', '}', '#', '，']) };
    let value = quoted.get(..end.unwrap_or(quoted.len()))?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::claimed_names;

    #[test]
    fn a_broken_file_still_tells_its_name() {
        let all = [
            "[agency\nname = \"民政局\"",
            "{\"agency\":{\"name\" : \"民政局\",",
            "agency:\n  name: 民政局 # 全称\n",
            "agency = { kind = \"town\", name = '民政局', ",
            "name ＝“民政局”",
        ];
        for text in all {
            assert_eq!(claimed_names(text), ["民政局"], "{text}");
        }
        assert_eq!(claimed_names("rename = \"a\"\nname\nname = \n"), Vec::<String>::new());
    }
}
