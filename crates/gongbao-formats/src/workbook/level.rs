//! The level of a paragraph as the sheets of texts name it, and ordinals for those who only choose one.

/// A level: what the drop-down offers, and what it is in [`gongbao_core::report::Paragraph`].
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

/// The row goes on with the paragraph above: a cell does not hold paragraphs without end.
pub(super) const GOES_ON: &str = "接上段";

/// What the drop-down calls a level.
pub(super) fn name(level: u8) -> &'static str {
    ALL.iter().find(|known| known.level == level).map_or("正文", |known| known.name)
}

/// The level that was chosen; brackets and full stops of any width.
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
    /// Takes in a paragraph that has an ordinal of its own, or none.
    pub(super) fn see(&mut self, level: u8) {
        if level >= 2 {
            self.next(level);
        }
    }

    /// The ordinal of the next paragraph of a level; nothing for body.
    pub(super) fn next(&mut self, level: u8) -> String {
        let at = usize::from(level).min(self.0.len() - 1);
        if at < 2 {
            return String::new();
        }
        self.0[at] = self.0[at].saturating_add(1);
        for below in &mut self.0[at + 1..] {
            *below = 0;
        }
        let number = self.0[at];
        match level {
            2 => format!("（{}）", chinese(number)),
            3 => format!("{number}."),
            _ => format!("（{number}）"),
        }
    }
}

/// A number up to 99 in Chinese.
fn chinese(number: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (usize::from(number / 10).min(9), usize::from(number % 10));
    let tens = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        tens => format!("{}十", DIGITS[tens]),
    };
    format!("{tens}{}", DIGITS[ones])
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
        assert_eq!(chinese(10) + &chinese(23) + &chinese(99), "十二十三九十九");
        assert_eq!(chosen("(1)"), Some(4));
        assert_eq!(chosen("１．"), Some(3));
        assert_eq!(chosen("随便"), None);
    }
}
