//! Levels of paragraphs as the sheets of texts name them, and ordinals for paragraphs whose level was only chosen.

use gongbao_core::report::ordinal;

/// A level: its name in the drop-down list, and its value in [`gongbao_core::report::Paragraph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Level {
    pub(super) name: &'static str,
    pub(super) level: u8,
}

/// The levels of GB/T 9704-2012, 7.3.3.
pub(super) const ALL: [Level; 4] = [
    Level { name: "正文", level: 0 },
    Level { name: "（一）", level: 2 },
    Level { name: "1.", level: 3 },
    Level { name: "（1）", level: 4 },
];

/// Name for a row that continues the paragraph above: the length of a cell is limited.
pub(super) const GOES_ON: &str = "接上段";

/// Name of a level in the drop-down list.
pub(super) fn name(level: u8) -> &'static str {
    ALL.iter().find(|known| known.level == level).map_or("正文", |known| known.name)
}

/// Level with this name; brackets and full stops may be of either width.
pub(super) fn chosen(words: &str) -> Option<u8> {
    let plain: String = words
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '(' => '（',
            ')' => '）',
            '．' | '、' => '.',
            '１' => '1',
            c => c,
        })
        .collect();
    ALL.iter().find(|known| known.name == plain || plain == "1" && known.level == 3).map(|known| known.level)
}

/// Counts the paragraphs of each level, so that one without an ordinal gets the next.
#[derive(Debug, Default)]
pub(super) struct Counter([u8; 5]);

impl Counter {
    /// Counts a paragraph that has an ordinal of its own, or none.
    pub(super) fn see(&mut self, level: u8) {
        if level >= 2 {
            self.next(level);
        }
    }

    /// Ordinal of the next paragraph of a level; empty for body text.
    pub(super) fn next(&mut self, level: u8) -> String {
        let at = usize::from(level).min(self.0.len() - 1);
        if at < 2 {
            return String::new();
        }
        self.0[at] = self.0[at].saturating_add(1);
        for below in &mut self.0[at + 1..] {
            *below = 0;
        }
        ordinal::at_level(level, self.0[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_start_again_below_a_new_heading() {
        let mut counter = Counter::default();
        counter.see(2);
        assert_eq!(counter.next(3), "1.");
        assert_eq!(counter.next(4), "（1）");
        assert_eq!(counter.next(3), "2.");
        assert_eq!(counter.next(2), "（二）");
        assert_eq!(counter.next(3), "1.");
        assert_eq!(counter.next(0), "");
        assert_eq!(chosen("(1)"), Some(4));
        assert_eq!(chosen("１．"), Some(3));
        assert_eq!(chosen("随便"), None);
    }
}
