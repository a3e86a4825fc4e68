//! Names of bodies in a file that could not be parsed as a report.

/// Maximum number of names returned: the reporting body is named near the top of a file.
const MOST: usize = 8;

/// Returns the value of each `name` key in a text that need not be valid TOML, JSON or YAML.
///
/// The values are guesses; the caller looks them up in a roster.
pub(super) fn names_in_text(text: &str) -> Vec<String> {
    let names = text.match_indices("name").filter_map(|(at, word)| {
        let before = text.get(..at)?.chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            return None;
        }
        let rest = text.get(at + word.len()..)?;
        value(rest.lines().next()?)
    });
    names.take(MOST).collect()
}

/// Returns the value in the rest of a line such as `" : "涟水县民政局",`.
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
    use super::names_in_text;

    #[test]
    fn finds_names_in_text_that_does_not_parse() {
        let all = [
            "[agency\nname = \"民政局\"",
            "{\"agency\":{\"name\" : \"民政局\",",
            "agency:\n  name: 民政局 # 全称\n",
            "agency = { kind = \"town\", name = '民政局', ",
            "name ＝“民政局”",
        ];
        for text in all {
            assert_eq!(names_in_text(text), ["民政局"], "{text}");
        }
        assert_eq!(names_in_text("rename = \"a\"\nname\nname = \n"), Vec::<String>::new());
    }
}
