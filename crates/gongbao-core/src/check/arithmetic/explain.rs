//! One mistake, one finding: which failures a single wrong figure explains.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Given,
    equation::Equation,
    exchange::{Exchange, exchanged},
};
use crate::{check::registry::Arithmetic, form::Relation, report::Number};

/// Failures that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Explained {
    /// The equation that is reported.
    pub(super) first: usize,
    /// The others that the same mistake explains.
    pub(super) others: Vec<usize>,
    /// The figure that explains them all, if it is the only one, and what it should be.
    pub(super) culprit: Option<(String, Number)>,
    /// Two figures in each other's place that explain them all.
    pub(super) exchange: Option<Exchange>,
}

fn rank(equation: &Equation<'_>) -> (u8, bool) {
    let arithmetic = equation.rule.code.info().arithmetic.unwrap_or(Arithmetic::UNRANKED);
    (arithmetic.rank, equation.is_total)
}

/// Groups the equations that fail by the figures that explain them.
///
/// A figure explains failures if every equation it stands in fails, all by the same amount: changing the
/// figure by that amount mends them and breaks nothing.
pub(super) fn explained(equations: &[Equation<'_>]) -> Vec<Explained> {
    let mut open: BTreeSet<usize> = (0..equations.len()).filter(|index| !equations[*index].holds()).collect();
    let suspects = suspects(equations);
    let mut groups = Vec::new();
    while let Some(&next) = open.iter().min_by_key(|index| (rank(&equations[**index]), **index)) {
        // The suspects that explain this failure, and among them those that explain the most.
        let most = suspects
            .iter()
            .filter(|suspect| suspect.failures.contains(&next))
            .map(|suspect| suspect.failures.iter().filter(|failure| open.contains(failure)).count())
            .max();
        let best: Vec<&Suspect> = suspects
            .iter()
            .filter(|suspect| suspect.failures.contains(&next))
            .filter(|s| Some(s.failures.iter().filter(|failure| open.contains(failure)).count()) == most)
            .collect();
        let members: Vec<usize> = match best.first() {
            Some(suspect) => {
                suspect.failures.iter().copied().filter(|failure| open.contains(failure)).collect()
            }
            None => vec![next],
        };
        let culprit = match best.as_slice() {
            [only] => Some((only.path.clone(), only.should_be)),
            _ => None,
        };
        members.iter().for_each(|member| {
            open.remove(member);
        });
        let others = members.into_iter().filter(|member| *member != next).collect();
        groups.push(Explained { first: next, others, culprit, exchange: None });
    }
    exchanged(equations, totals_follow(equations, groups))
}

/// A figure that may be wrong.
struct Suspect {
    path: String,
    should_be: Number,
    /// The equations that fail because of it, in order of rank.
    failures: Vec<usize>,
}

fn suspects(equations: &[Equation<'_>]) -> Vec<Suspect> {
    let mut stands_in: BTreeMap<&str, Vec<(usize, Given)>> = BTreeMap::new();
    for (index, equation) in equations.iter().enumerate() {
        for (path, given) in &equation.difference.cells {
            stands_in.entry(path).or_default().push((index, *given));
        }
    }
    stands_in
        .into_iter()
        .filter_map(|(path, places)| {
            let mut change = None;
            for (index, given) in &places {
                let equation = &equations[*index];
                if equation.holds() || equation.rule.relation != Relation::Equal {
                    return None;
                }
                let difference = equation.left.sum - equation.right.sum;
                let wanted = match given.times {
                    1 => -difference,
                    -1 => difference,
                    _ => return None,
                };
                if *change.get_or_insert(wanted) != wanted {
                    return None;
                }
            }
            let should_be = places.first()?.1.amount + change?;
            let mut failures: Vec<usize> = places.into_iter().map(|(index, _)| index).collect();
            failures.sort_by_key(|index| (rank(&equations[*index]), *index));
            // No figure is put right by making it negative.
            (!should_be.is_negative()).then(|| Suspect { path: path.to_owned(), should_be, failures })
        })
        .collect()
}

/// Where the columns of a rule fail and the column of totals fails by just as much, that follows.
fn totals_follow(equations: &[Equation<'_>], groups: Vec<Explained>) -> Vec<Explained> {
    let difference = |index: usize| equations[index].left.sum - equations[index].right.sum;
    let alone = |group: &Explained| group.others.is_empty() && group.culprit.is_none();
    let mut kept: Vec<Explained> = Vec::new();
    let (totals, columns): (Vec<Explained>, Vec<Explained>) =
        groups.into_iter().partition(|group| equations[group.first].is_total && alone(group));
    kept.extend(columns);
    for total in totals {
        let code = &equations[total.first].rule.code;
        let same_rule = |group: &&mut Explained| {
            equations[group.first].rule.code == *code && !equations[group.first].is_total
        };
        let sum: Number = kept
            .iter()
            .flat_map(|group| std::iter::once(&group.first).chain(&group.others))
            .filter(|index| equations[**index].rule.code == *code && !equations[**index].is_total)
            .map(|index| difference(*index))
            .sum();
        match kept.iter_mut().find(same_rule) {
            Some(group) if sum == difference(total.first) => group.others.push(total.first),
            _ => kept.push(total),
        }
    }
    kept.sort_by_key(|group| group.first);
    kept
}
