//! Sums as formulas: totals that a file leaves out, and sides that must be equal.

use super::{BLANK, layout::Pos};
use gongbao_core::form::Part;

/// Cells of a sum as ranges, those that are added and those that are taken away.
#[derive(Debug, Default)]
struct Ranges {
    added: Vec<String>,
    taken: Vec<String>,
    cells: usize,
}

impl Ranges {
    /// `None` where a part has no cell, or there is none at all.
    fn of(parts: &[Part], at: &dyn Fn(&str) -> Option<Pos>) -> Option<Self> {
        let mut ranges = Self::default();
        for negative in [false, true] {
            let wanted = parts.iter().filter(|part| part.negative == negative);
            let mut cells: Vec<Pos> = wanted.map(|part| at(&part.path)).collect::<Option<_>>()?;
            cells.sort();
            ranges.cells += cells.len();
            *(if negative { &mut ranges.taken } else { &mut ranges.added }) = stretches(&cells);
        }
        (ranges.cells > 0).then_some(ranges)
    }

    fn all(&self) -> impl Iterator<Item = &String> {
        self.added.iter().chain(&self.taken)
    }

    fn sum(&self) -> String {
        let sum = |ranges: &[String]| format!("SUM({})", ranges.join(","));
        match (self.added.is_empty(), self.taken.is_empty()) {
            (_, true) => sum(&self.added),
            (true, false) => format!("-{}", sum(&self.taken)),
            (false, false) => format!("{}-{}", sum(&self.added), sum(&self.taken)),
        }
    }

    /// How many of the cells hold a word.
    fn count_if(&self, word: &str) -> String {
        let counts: Vec<String> = self.all().map(|range| format!("COUNTIF({range},\"{word}\")")).collect();
        counts.join("+")
    }

    fn count_blank(&self) -> String {
        let counts: Vec<String> = self.all().map(|range| format!("COUNTBLANK({range})")).collect();
        counts.join("+")
    }

    fn count(&self) -> String {
        format!("COUNT({})", self.all().cloned().collect::<Vec<_>>().join(","))
    }
}

/// Cells as ranges: along a row, or down a column.
fn stretches(cells: &[Pos]) -> Vec<String> {
    let mut found: Vec<(Pos, Pos)> = Vec::new();
    for cell in cells {
        match found.last_mut() {
            Some((first, last))
                if (cell.row == last.row && cell.column == last.column + 1 && first.row == last.row)
                    || (cell.column == last.column
                        && cell.row == last.row + 1
                        && first.column == last.column) =>
            {
                *last = *cell;
            }
            _ => found.push((*cell, *cell)),
        }
    }
    let range =
        |(first, last): (Pos, Pos)| if first == last { first.to_string() } else { format!("{first}:{last}") };
    found.into_iter().map(range).collect()
}

/// The formula of a total; `at` tells where its parts stand. Nothing filled in gives nothing.
pub(super) fn total(parts: &[Part], at: &dyn Fn(&str) -> Option<Pos>) -> Option<String> {
    let ranges = Ranges::of(parts, at)?;
    let not_applicable = ranges.count_if("/");
    Some(format!(
        "IF({}>0,{},IF({not_applicable}={},\"/\",\"\"))",
        ranges.count(),
        ranges.sum(),
        ranges.cells
    ))
}

/// What a check says where both sides are equal.
pub(super) const HOLDS: &str = "√";
/// What a check begins with where they are not.
pub(super) const FAILS: &str = "差";

/// The formula that holds two sums against each other: silent while something is not filled in, unless
/// `blanks`, the switch that blanks count as zero, says 是; and where something is left blank on purpose.
pub(super) fn check(
    left: &[Part],
    right: &[Part],
    at: &dyn Fn(&str) -> Option<Pos>,
    blanks: &str,
) -> Option<String> {
    let (left, right) = (Ranges::of(left, at)?, Ranges::of(right, at)?);
    let both = |count: &dyn Fn(&Ranges) -> String| format!("{}+{}", count(&left), count(&right));
    let empty = both(&Ranges::count_blank);
    let blank = both(&|ranges| ranges.count_if(BLANK));
    let difference = format!("ROUND({}-({}),6)", left.sum(), right.sum());
    Some(format!(
        "IF(OR({blank}>0,AND({blanks}<>\"{}\",{empty}>0)),\"\",IF({difference}=0,\"{HOLDS}\",\"{FAILS}\"&{difference}))",
        super::YES
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_become_ranges() {
        let cells = [Pos::new(3, 3), Pos::new(3, 4), Pos::new(3, 5), Pos::new(5, 9), Pos::new(6, 9)];
        assert_eq!(stretches(&cells), ["D4:F4", "J6:J7"]);
        assert_eq!(stretches(&[Pos::new(0, 26)]), ["AA1"]);
    }
}
