//! Grids of rules: from rules drawn on a page to tables with merged cells.

use std::{cmp::Ordering, collections::BTreeMap};

use kurbo::Rect;

use super::draw::Rule;

/// A table as areas of the page.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    pub(super) area: Rect,
    pub(super) cells: Vec<GridCell>,
}

/// A cell of a grid.
#[derive(Debug, Clone)]
pub(super) struct GridCell {
    pub(super) area: Rect,
    /// Whether it is a rectangle enclosed by rules. Otherwise a rule is missing or incomplete, and it is one row of what is
    /// enclosed.
    pub(super) is_whole: bool,
}

/// Rules nearer to each other than this are one rule.
const SNAP: f64 = 3.0;
/// Maximum gap within a rule, and between a rule and a crossing one.
const GAP: f64 = 3.0;
/// Maximum number of rules in one direction of a table.
const MOST: usize = 400;

/// Finds the tables of a page, from top to bottom.
pub(super) fn grids(rules: &[Rule]) -> Vec<Grid> {
    let split = |is_vertical: bool| rules.iter().copied().filter(move |rule| rule.is_vertical == is_vertical);
    let (vertical, horizontal) = (joined(split(true).collect()), joined(split(false).collect()));
    let mut grids: Vec<Grid> =
        groups(&vertical, &horizontal).iter().filter_map(|(v, h)| grid(v, h)).collect();
    grids.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0));
    // A grid within a cell of another one, as a frame around a word, is part of that cell.
    let areas: Vec<Rect> = grids.iter().map(|grid| grid.area).collect();
    let is_inner = |area: Rect| areas.iter().any(|other| *other != area && contains(*other, area));
    grids.retain(|grid| !is_inner(grid.area));
    grids
}

fn contains(outer: Rect, inner: Rect) -> bool {
    outer.x0 <= inner.x0 + GAP
        && outer.x1 >= inner.x1 - GAP
        && outer.y0 <= inner.y0 + GAP
        && outer.y1 >= inner.y1 - GAP
        && outer.area() > inner.area()
}

/// Moves nearly equal positions onto one another and joins pieces of the same rule.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut out: Vec<Rule> = Vec::new();
    let mut start = 0;
    while let Some(first) = rules.get(start) {
        let mut end = start + 1;
        // A cluster is no wider than twice the tolerance, so that a fan of rules is not pulled together.
        while rules
            .get(end)
            .zip(rules.get(end - 1))
            .is_some_and(|(next, last)| next.at - last.at <= SNAP && next.at - first.at <= 2.0 * SNAP)
        {
            end += 1;
        }
        let cluster = rules.get_mut(start..end).unwrap_or_default();
        let length: f64 = cluster.iter().map(|rule| rule.to - rule.from).sum();
        let at = cluster.iter().map(|rule| rule.at * (rule.to - rule.from)).sum::<f64>() / length.max(1.0);
        cluster.sort_by(|a, b| a.from.total_cmp(&b.from));
        let begin = out.len();
        for rule in cluster.iter() {
            match out.get_mut(begin..).and_then(<[Rule]>::last_mut) {
                Some(last) if rule.from <= last.to + GAP => last.to = last.to.max(rule.to),
                _ => out.push(Rule { at, ..*rule }),
            }
        }
        start = end;
    }
    out
}

fn cross(vertical: &Rule, horizontal: &Rule) -> bool {
    horizontal.from - GAP <= vertical.at
        && vertical.at <= horizontal.to + GAP
        && vertical.from - GAP <= horizontal.at
        && horizontal.at <= vertical.to + GAP
}

/// Groups of rules that are connected by crossings.
fn groups(vertical: &[Rule], horizontal: &[Rule]) -> Vec<(Vec<Rule>, Vec<Rule>)> {
    let mut groups = Vec::new();
    let mut free: Vec<bool> = vec![true; vertical.len() + horizontal.len()];
    for start in 0..vertical.len() {
        if !std::mem::replace(&mut free[start], false) {
            continue;
        }
        let (mut v, mut h) = (Vec::new(), Vec::new());
        let mut queue = vec![start];
        while let Some(next) = queue.pop() {
            let is_vertical = next < vertical.len();
            let Some(rule) = vertical.get(next).or_else(|| horizontal.get(next - vertical.len())) else {
                continue;
            };
            let (others, offset) = if is_vertical { (horizontal, vertical.len()) } else { (vertical, 0) };
            for (index, other) in others.iter().enumerate() {
                let meets = if is_vertical { cross(rule, other) } else { cross(other, rule) };
                if meets && free.get(offset + index).copied().unwrap_or_default() {
                    free[offset + index] = false;
                    queue.push(offset + index);
                }
            }
            if is_vertical { v.push(*rule) } else { h.push(*rule) }
        }
        if v.len() <= MOST && h.len() <= MOST {
            groups.push((v, h));
        }
    }
    groups
}

/// Positions of rules, completed by the ends of the crossing rules where a side of the table is open.
fn positions(rules: &[Rule], crossing: &[Rule]) -> Vec<f64> {
    let mut at: Vec<f64> = rules.iter().map(|rule| rule.at).collect();
    let ends = crossing.iter().flat_map(|rule| [rule.from, rule.to]);
    let (low, high) = ends.fold((f64::MAX, f64::MIN), |(low, high), end| (low.min(end), high.max(end)));
    at.sort_by(f64::total_cmp);
    let (first, last) = (at.first().copied().unwrap_or(low), at.last().copied().unwrap_or(high));
    if low < first - 2.0 * GAP {
        at.insert(0, low);
    }
    if high > last + 2.0 * GAP {
        at.push(high);
    }
    at.dedup_by(|a, b| (*a - *b).abs() <= 0.01);
    at
}

/// The cells of connected rules: elementary cells without a rule between them are one cell. `None` for a frame or lines
/// that enclose fewer than two cells.
fn grid(vertical: &[Rule], horizontal: &[Rule]) -> Option<Grid> {
    let (xs, ys) = (positions(vertical, horizontal), positions(horizontal, vertical));
    let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if columns == 0 || rows == 0 {
        return None;
    }
    let covers = |rules: &[Rule], at: f64, from: f64, to: f64| {
        rules
            .iter()
            .any(|rule| (rule.at - at).abs() <= 0.02 && rule.from <= from + GAP && rule.to >= to - GAP)
    };
    let mut owner: Vec<usize> = (0..columns * rows).collect();
    for row in 0..rows {
        for column in 0..columns {
            let here = row * columns + column;
            if column + 1 < columns && !covers(vertical, xs[column + 1], ys[row], ys[row + 1]) {
                unite(&mut owner, here, here + 1);
            }
            if row + 1 < rows && !covers(horizontal, ys[row + 1], xs[column], xs[column + 1]) {
                unite(&mut owner, here, here + columns);
            }
        }
    }
    let place = |row: usize, column: usize| Rect::new(xs[column], ys[row], xs[column + 1], ys[row + 1]);
    let mut parts: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for index in 0..owner.len() {
        parts.entry(root(&mut owner, index)).or_default().push((index / columns, index % columns));
    }
    let mut cells = Vec::new();
    for part in parts.into_values() {
        let area = union(part.iter().map(|(row, column)| place(*row, *column)));
        let is_whole = area_of(part.iter().map(|(row, column)| place(*row, *column))) >= 0.999 * area.area();
        if is_whole {
            cells.push(GridCell { area, is_whole });
            continue;
        }
        // Each row of the part is a cell of its own, so that at least the words of a row are kept together.
        let mut strip: Option<(usize, usize, Rect)> = None;
        for (row, column) in part {
            let is_open =
                |last: usize| last + 1 == column && !covers(vertical, xs[column], ys[row], ys[row + 1]);
            strip = match strip {
                Some((at, last, area)) if at == row && is_open(last) => {
                    Some((row, column, area.union(place(row, column))))
                }
                before => {
                    cells.extend(before.map(|(.., area)| GridCell { area, is_whole: false }));
                    Some((row, column, place(row, column)))
                }
            };
        }
        cells.extend(strip.map(|(.., area)| GridCell { area, is_whole: false }));
    }
    cells.sort_by(|a, b| {
        (a.area.y0, a.area.x0).partial_cmp(&(b.area.y0, b.area.x0)).unwrap_or(Ordering::Equal)
    });
    let area = Rect::new(*xs.first()?, *ys.first()?, *xs.last()?, *ys.last()?);
    (cells.len() >= 2).then_some(Grid { area, cells })
}

fn union(areas: impl Iterator<Item = Rect>) -> Rect {
    areas.reduce(|all, area| all.union(area)).unwrap_or(Rect::ZERO)
}

fn area_of(areas: impl Iterator<Item = Rect>) -> f64 {
    areas.map(|area| area.area()).sum()
}

fn root(owner: &mut [usize], mut index: usize) -> usize {
    while owner[index] != index {
        owner[index] = owner[owner[index]];
        index = owner[index];
    }
    index
}

fn unite(owner: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(owner, a), root(owner, b));
    owner[a.max(b)] = a.min(b);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vertical(at: f64, from: f64, to: f64) -> Rule {
        Rule { is_vertical: true, at, from, to }
    }

    fn horizontal(at: f64, from: f64, to: f64) -> Rule {
        Rule { is_vertical: false, at, from, to }
    }

    #[test]
    fn cells_without_a_rule_between_them_are_merged() {
        let rules = [
            horizontal(0.0, 0.0, 100.0),
            horizontal(20.3, 0.0, 50.0),
            horizontal(19.8, 50.0, 100.0),
            horizontal(40.0, 50.0, 100.0),
            horizontal(60.0, 0.0, 100.0),
            vertical(0.0, 0.0, 60.0),
            vertical(50.0, 20.0, 60.0),
            vertical(100.0, 0.0, 60.0),
        ];
        let grids = grids(&rules);
        assert_eq!(grids.len(), 1);
        let areas: Vec<_> = grids[0].cells.iter().map(|cell| (cell.area.round(), cell.is_whole)).collect();
        assert_eq!(
            areas,
            [
                (Rect::new(0.0, 0.0, 100.0, 20.0), true),
                (Rect::new(0.0, 20.0, 50.0, 60.0), true),
                (Rect::new(50.0, 20.0, 100.0, 40.0), true),
                (Rect::new(50.0, 40.0, 100.0, 60.0), true),
            ]
        );
    }

    #[test]
    fn an_incomplete_rule_leaves_a_cell_that_is_no_rectangle() {
        let rules = [
            horizontal(0.0, 0.0, 100.0),
            horizontal(20.0, 0.0, 100.0),
            horizontal(40.0, 0.0, 100.0),
            vertical(0.0, 0.0, 40.0),
            vertical(50.0, 0.0, 20.0),
            vertical(100.0, 0.0, 40.0),
            vertical(30.0, 20.0, 40.0),
            horizontal(20.0, 0.0, 100.0),
        ];
        assert!(grids(&rules)[0].cells.iter().all(|cell| cell.is_whole));
        let broken: Vec<Rule> = rules
            .iter()
            .copied()
            .map(|rule| if !rule.is_vertical && rule.at == 20.0 { Rule { to: 30.0, ..rule } } else { rule })
            .collect();
        assert!(grids(&broken)[0].cells.iter().any(|cell| !cell.is_whole));
    }

    #[test]
    fn frames_and_loose_lines_are_no_tables() {
        let frame = [
            horizontal(0.0, 0.0, 100.0),
            horizontal(20.0, 0.0, 100.0),
            vertical(0.0, 0.0, 20.0),
            vertical(100.0, 0.0, 20.0),
            horizontal(300.0, 0.0, 100.0),
        ];
        assert!(grids(&frame).is_empty());
    }

    #[test]
    fn open_sides_are_closed_by_the_ends_of_the_rules() {
        let rules = [
            horizontal(0.0, 0.0, 100.0),
            horizontal(20.0, 0.0, 100.0),
            horizontal(40.0, 0.0, 100.0),
            vertical(50.0, 0.0, 40.0),
        ];
        assert_eq!(grids(&rules)[0].cells.len(), 4);
    }
}
