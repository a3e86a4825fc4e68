//! Alignment of the paragraphs of two texts.

use std::collections::BTreeMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A step of an alignment. Numbers count paragraphs from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aligned {
    /// Equal paragraphs: old and new number.
    Same(usize, usize),
    /// A changed paragraph: old and new number.
    Changed(usize, usize),
    /// A removed paragraph.
    Removed(usize),
    /// An inserted paragraph.
    Inserted(usize),
}

/// Minimum similarity of two versions of a paragraph.
const MIN_SIMILARITY: f64 = 0.4;

/// Maximum number of comparisons; beyond it paragraphs are paired in order.
const MOST_PAIRS: usize = 10_000;

/// Aligns the paragraphs of two texts, in the order of the new text; removed paragraphs come before those inserted in
/// their place.
pub(crate) fn align(old: &[String], new: &[String]) -> Vec<Aligned> {
    let mut aligned = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, old, new) {
        match op {
            DiffOp::Equal { old_index, new_index, len } => {
                aligned.extend((0..len).map(|at| Aligned::Same(old_index + at, new_index + at)));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                aligned.extend((old_index..old_index + old_len).map(Aligned::Removed));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                aligned.extend((new_index..new_index + new_len).map(Aligned::Inserted));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (old, new) = (&old[old_index..old_index + old_len], &new[new_index..new_index + new_len]);
                let moved = |pair| match pair {
                    Aligned::Same(o, n) | Aligned::Changed(o, n) => {
                        Aligned::Changed(o + old_index, n + new_index)
                    }
                    Aligned::Removed(o) => Aligned::Removed(o + old_index),
                    Aligned::Inserted(n) => Aligned::Inserted(n + new_index),
                };
                aligned.extend(paired(old, new).into_iter().map(moved));
            }
        }
    }
    aligned
}

/// Bigrams paragraphs in order so that the total similarity is greatest.
fn paired(old: &[String], new: &[String]) -> Vec<Aligned> {
    if old.len() * new.len() > MOST_PAIRS {
        let both = old.len().min(new.len());
        let pairs = (0..both).map(|at| Aligned::Changed(at, at));
        let gone = (both..old.len()).map(Aligned::Removed);
        return pairs.chain(gone).chain((both..new.len()).map(Aligned::Inserted)).collect();
    }
    let old: Vec<_> = old.iter().map(|text| Bigrams::of(text)).collect();
    let new: Vec<_> = new.iter().map(|text| Bigrams::of(text)).collect();
    let width = new.len() + 1;
    let at = |o: usize, n: usize| o * width + n;
    // Greatest total similarity of the paragraphs from each position on.
    let mut best = vec![0.0_f64; (old.len() + 1) * width];
    let similarity: Vec<f64> = old.iter().flat_map(|o| new.iter().map(|n| o.similarity(n))).collect();
    let like = |o: usize, n: usize| similarity[o * new.len() + n];
    for o in (0..old.len()).rev() {
        for n in (0..new.len()).rev() {
            let apart = best[at(o + 1, n)].max(best[at(o, n + 1)]);
            let paired = if like(o, n) >= MIN_SIMILARITY { like(o, n) + best[at(o + 1, n + 1)] } else { 0.0 };
            best[at(o, n)] = apart.max(paired);
        }
    }
    let (mut o, mut n) = (0, 0);
    let mut aligned = Vec::new();
    while o < old.len() && n < new.len() {
        if like(o, n) >= MIN_SIMILARITY && best[at(o, n)] <= like(o, n) + best[at(o + 1, n + 1)] {
            aligned.push(Aligned::Changed(o, n));
            (o, n) = (o + 1, n + 1);
        } else if best[at(o + 1, n)] >= best[at(o, n + 1)] {
            aligned.push(Aligned::Removed(o));
            o += 1;
        } else {
            aligned.push(Aligned::Inserted(n));
            n += 1;
        }
    }
    aligned.extend((o..old.len()).map(Aligned::Removed));
    aligned.extend((n..new.len()).map(Aligned::Inserted));
    aligned
}

/// Counted pairs of neighbouring characters (bigrams) of a text.
struct Bigrams {
    counts: BTreeMap<(char, char), usize>,
    total: usize,
}

impl Bigrams {
    fn of(text: &str) -> Self {
        let mut counts = BTreeMap::new();
        let mut total = 0;
        for pair in text.chars().zip(text.chars().skip(1)) {
            *counts.entry(pair).or_insert(0) += 1;
            total += 1;
        }
        Self { counts, total }
    }

    /// Share of common bigrams (Dice coefficient): 1 for equal texts.
    fn similarity(&self, other: &Self) -> f64 {
        let shared: usize =
            self.counts.iter().map(|(pair, count)| *count.min(other.counts.get(pair).unwrap_or(&0))).sum();
        let all = self.total + other.total;
        if all == 0 { 0.0 } else { 2.0 * shared as f64 / all as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_inserted_removed_and_changed_paragraphs() {
        let text = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
        let old = text(&["总述全年情况。", "新收申请3119件。", "网站每周更新。", "末段。"]);
        let new = text(&["总述全年情况。", "另起一句完全不同的话。", "新收申请3120件。", "末段。"]);
        assert_eq!(
            align(&old, &new),
            [
                Aligned::Same(0, 0),
                Aligned::Inserted(1),
                Aligned::Changed(1, 2),
                Aligned::Removed(2),
                Aligned::Same(3, 3),
            ]
        );
        assert_eq!(align(&[], &text(&["来。"])), [Aligned::Inserted(0)]);
        assert_eq!(align(&text(&["去。"]), &[]), [Aligned::Removed(0)]);
    }
}
