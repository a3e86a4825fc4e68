//! When two names are one, and when they might be.

use std::path::Path;

/// How much of two names must agree before anybody is asked about them. All bodies of a county share its name,
/// so that less would pair any two of them.
const NEAR: f64 = 0.75;

/// A shorter name must have this many characters: 局 is left of every 局.
const SHORTEST: usize = 3;

/// A name without what differs between two ways to type it: spaces gone, full-width forms made half-width.
pub fn plain(name: &str) -> String {
    let kept =
        name.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200B}'..='\u{200D}' | '\u{FEFF}'));
    kept.map(half_width).collect()
}

/// `（` is `(`: the full-width forms stand in the order of ASCII.
fn half_width(c: char) -> char {
    match u32::from(c) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether `file` (`民政局`, `民政局.toml`, `部门/民政局.toml`) is what a path ends with; the ending may be left
/// out, and case counts no more than on Windows.
pub(super) fn is_end_of_path(file: &str, path: &Path) -> bool {
    let parts = |text: &str| -> Vec<String> {
        text.split(['/', '\\']).filter(|part| !matches!(*part, "" | ".")).map(str::to_lowercase).collect()
    };
    let (file, path) = (parts(file), parts(&path.to_string_lossy()));
    let (Some((last, above)), Some((name, folders))) = (file.split_last(), path.split_last()) else {
        return false;
    };
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    (last == name || last == stem) && folders.ends_with(above)
}

/// The name nearest to `name`; `None` where none is near.
///
/// One that is the other with characters left out (市场监管局, 市场监督管理局) comes before one that
/// merely looks alike.
pub(super) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = (usize, &'n str)>) -> Option<usize> {
    let name = plain(name);
    let mut best: Option<(bool, f64, usize)> = None;
    for (index, other) in known {
        let other = plain(other);
        let likeness = strsim::normalized_damerau_levenshtein(&name, &other);
        let shortened = is_shortened(&name, &other) || is_shortened(&other, &name);
        let is_better =
            best.is_none_or(|(was_shortened, was_like, _)| (shortened, likeness) > (was_shortened, was_like));
        if (shortened || likeness >= NEAR) && is_better {
            best = Some((shortened, likeness, index));
        }
    }
    best.map(|(_, _, index)| index)
}

/// Whether `short` is `long` with characters left out.
fn is_shortened(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().count() >= SHORTEST && short.chars().all(|c| rest.any(|other| other == c))
}
