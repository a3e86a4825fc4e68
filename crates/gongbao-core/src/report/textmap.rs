//! Maps parts of a text to the text they were made from.

use std::ops::Range;

/// Maps byte ranges of a text to those of the older text that it was made from.
///
/// Holds one entry for each stretch that is equal in both texts, so that a large text with few changes has few entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextMap {
    runs: Vec<Run>,
}

/// A stretch that is equally long in both texts, or a single character that was replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    new: Range<usize>,
    old: Range<usize>,
}

impl Run {
    fn is_plain(&self) -> bool {
        self.new.len() == self.old.len()
    }
}

impl TextMap {
    /// Adds a stretch: `new`, which follows the stretches pushed before, came from `old`.
    pub fn push(&mut self, new: Range<usize>, old: Range<usize>) {
        let run = Run { new, old };
        match self.runs.last_mut() {
            Some(last) if last.is_plain() && run.is_plain() && last.old.end == run.old.start => {
                last.new.end = run.new.end;
                last.old.end = run.old.end;
            }
            _ => self.runs.push(run),
        }
    }

    /// Returns the smallest known range of the older text that `new` came from; a range beyond the end gives the end.
    pub fn range(&self, new: Range<usize>) -> Range<usize> {
        let start = self.start(new.start);
        let end = if new.is_empty() { start } else { self.end(new.end) };
        start..end.max(start)
    }

    /// Composes two maps: `self` maps the newest text to the middle one, `older` maps the middle one to the oldest.
    pub fn through(&self, older: &Self) -> Self {
        let mut map = Self::default();
        for run in &self.runs {
            if !run.is_plain() {
                map.push(run.new.clone(), older.range(run.old.clone()));
                continue;
            }
            let first = older.runs.partition_point(|other| other.new.end <= run.old.start);
            for other in older.runs[first..].iter().take_while(|other| other.new.start < run.old.end) {
                let start = run.old.start.max(other.new.start);
                let end = run.old.end.min(other.new.end);
                let new = run.new.start + (start - run.old.start)..run.new.start + (end - run.old.start);
                map.push(new, older.range(start..end));
            }
        }
        map
    }

    /// Returns the map with all positions in the older text moved by `by` bytes.
    pub fn shifted(mut self, by: usize) -> Self {
        for run in &mut self.runs {
            run.old = run.old.start + by..run.old.end + by;
        }
        self
    }

    fn start(&self, at: usize) -> usize {
        let index = self.runs.partition_point(|run| run.new.end <= at);
        match self.runs.get(index) {
            Some(run) if run.is_plain() => run.old.start + at.saturating_sub(run.new.start),
            Some(run) => run.old.start,
            None => self.runs.last().map_or(0, |run| run.old.end),
        }
    }

    fn end(&self, at: usize) -> usize {
        let index = self.runs.partition_point(|run| run.new.end < at);
        match self.runs.get(index) {
            Some(run) if run.is_plain() => run.old.start + at.saturating_sub(run.new.start),
            Some(run) => run.old.end,
            None => self.runs.last().map_or(0, |run| run.old.end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// "2025 年(一)" became "2025年（一）".
    fn map() -> TextMap {
        let mut map = TextMap::default();
        map.push(0..4, 0..4);
        map.push(4..7, 5..8);
        map.push(7..10, 8..9);
        map.push(10..13, 9..12);
        map.push(13..16, 12..13);
        map
    }

    #[test]
    fn maps_across_dropped_and_replaced_characters() {
        let map = map();
        assert_eq!(map.range(0..4), 0..4);
        assert_eq!(map.range(0..7), 0..8);
        assert_eq!(map.range(4..7), 5..8);
        assert_eq!(map.range(7..10), 8..9);
        assert_eq!(map.range(7..16), 8..13);
        assert_eq!(map.range(16..16), 13..13);
        assert_eq!(map.range(90..99), 13..13);
    }

    #[test]
    fn composes_two_maps() {
        let mut older = TextMap::default();
        older.push(0..5, 10..15);
        older.push(5..13, 20..28);
        let map = map().through(&older);
        assert_eq!(map.range(0..7), 10..23);
        assert_eq!(map.range(7..10), 23..24);
        assert_eq!(TextMap::default().range(1..2), 0..0);
        assert_eq!(older.clone().shifted(100).range(0..1), 110..111);
    }
}
