//! Two figures of a row in each other's place, or a figure in the wrong column: both columns fail by the same amount.

use super::{equation::Equation, explain::Explained};
use crate::{form::Relation, report::Number};

/// Two figures of a row that explain failures together.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exchange {
    /// Paths and amounts of the figures.
    pub(super) figures: [(String, Number); 2],
}

/// More groups of failures than this have more mistakes than two figures can make.
const MOST: usize = 16;

/// Joins groups of failures that one exchange of two figures of a row explains.
pub(super) fn exchanged(equations: &[Equation<'_>], mut groups: Vec<Explained>) -> Vec<Explained> {
    if groups.len() > MOST {
        return groups;
    }
    let mut first = 0;
    while first < groups.len() {
        let found = (first + 1..groups.len())
            .find_map(|second| Some((second, exchange(equations, &groups[first], &groups[second])?)));
        if let Some((second, exchange)) = found {
            let other = groups.remove(second);
            let group = &mut groups[first];
            group.others.push(other.first);
            group.others.extend(other.others);
            group.culprit = None;
            group.exchange = Some(exchange);
        }
        first += 1;
    }
    groups
}

/// The only two figures of one row whose exchange makes all equations of both groups hold and breaks none.
fn exchange(equations: &[Equation<'_>], one: &Explained, two: &Explained) -> Option<Exchange> {
    let (left, right) = (&equations[one.first], &equations[two.first]);
    let difference = |equation: &Equation<'_>| equation.left.sum - equation.right.sum;
    if difference(left) != -difference(right) || one.exchange.is_some() || two.exchange.is_some() {
        return None;
    }
    let row = |path: &str| path.rsplit_once('.').map(|(row, _)| row.to_owned());
    let mut found = None;
    for (path, given) in &left.difference.cells {
        let others =
            right.difference.cells.iter().filter(|(other, _)| row(other) == row(path) && *other != path);
        for (other, amount) in others.map(|(other, given)| (other, given.amount)) {
            let pair = [(path.clone(), given.amount), (other.clone(), amount)];
            if given.amount != amount && mends(equations, one, two, &pair) {
                if found.is_some() {
                    return None;
                }
                found = Some(Exchange { figures: pair });
            }
        }
    }
    found
}

/// Whether all equations of both groups hold once two figures are exchanged, and no other one fails because of it.
fn mends(equations: &[Equation<'_>], one: &Explained, two: &Explained, pair: &[(String, Number); 2]) -> bool {
    let [(first, a), (second, b)] = pair;
    let change = *b - *a;
    equations.iter().enumerate().all(|(index, equation)| {
        let times = |path: &String| equation.difference.cells.get(path).map_or(0, |given| given.times);
        let (gains, loses) = (times(first), times(second));
        let is_meant = [one, two].iter().any(|group| group.first == index || group.others.contains(&index));
        if gains == loses {
            return !is_meant || equation.holds();
        }
        let mut difference = equation.left.sum - equation.right.sum;
        for _ in 0..(gains - loses).unsigned_abs() {
            difference = if gains > loses { difference + change } else { difference - change };
        }
        equation.rule.relation == Relation::Equal && difference == Number::ZERO
    })
}
