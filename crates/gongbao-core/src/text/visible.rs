//! Text that is safe to show: a file's text must not steer the terminal.

use unicode_general_category::{GeneralCategory as Category, get_general_category};
use unicode_width::UnicodeWidthChar;

/// The text with every character that shows nothing or steers the terminal made visible.
pub fn visible(text: &str) -> String {
    text.chars().map(visible_char).collect()
}

/// The name of a file for a message.
pub fn visible_path(path: &std::path::Path) -> String {
    visible(&crate::paths::PathExt::to_text(path))
}

/// As [`visible`], but keeps line breaks: for a message of several lines whose parts are visible already.
pub fn visible_lines(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { c } else { visible_char(c) }).collect()
}

/// What shows in place of `c`.
pub fn visible_char(c: char) -> char {
    match c {
        '\t' => ' ',
        // The pictures of the control characters, in the same order.
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        _ => match get_general_category(c) {
            Category::Control
            | Category::Format
            | Category::LineSeparator
            | Category::ParagraphSeparator
            | Category::PrivateUse
            | Category::Surrogate
            | Category::Unassigned => '\u{FFFD}',
            _ => c,
        },
    }
}

/// How many columns `c` takes.
pub fn width(c: char) -> usize {
    c.width().unwrap_or(1)
}

/// The text, cut to so many columns.
pub fn shortened(text: &str, columns: usize) -> String {
    let mut taken = 0;
    let cut = text.char_indices().find(|(_, c)| {
        taken += width(*c);
        taken > columns
    });
    match cut.and_then(|(at, _)| text.get(..at)) {
        Some(head) => format!("{head}…"),
        None => text.to_owned(),
    }
}
