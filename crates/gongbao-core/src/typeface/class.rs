//! Character classes as Typst's `covers` takes them.

use std::ops::RangeInclusive;

/// A character class of a regular expression, `[①-⑳●]`, without escapes or negation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CharClass {
    pattern: String,
    ranges: Vec<RangeInclusive<char>>,
}

impl CharClass {
    /// Parses a class; `None` where it is invalid, empty, or uses escapes, negation or nested sets.
    pub fn parse(pattern: &str) -> Option<Self> {
        let inner: Vec<char> = pattern.strip_prefix('[')?.strip_suffix(']')?.chars().collect();
        let mut ranges = Vec::new();
        let mut rest = inner.as_slice();
        while let [first, tail @ ..] = rest {
            let (last, next) = match tail {
                ['-', last, next @ ..] => (last, next),
                _ => (first, tail),
            };
            // Characters with a special meaning in regular expressions are refused.
            if [first, last].iter().any(|c| matches!(c, '\\' | '[' | ']' | '^' | '-' | '&')) || first > last {
                return None;
            }
            ranges.push(*first..=*last);
            rest = next;
        }
        (!ranges.is_empty()).then(|| Self { pattern: pattern.to_owned(), ranges })
    }

    /// Whether the class contains the character.
    pub fn contains(&self, c: char) -> bool {
        self.ranges.iter().any(|range| range.contains(&c))
    }

    /// The class as written.
    pub fn pattern(&self) -> &str {
        &self.pattern
    }
}
