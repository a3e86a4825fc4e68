//! Draws held-out cases from templates by seed.
//!
//! They use reports of their own. Their score is printed by kind only, on request, so that no rule is tuned on
//! a single one of them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{
    cases::{Case, Edit, read_fixture},
    score::Outcome,
};

/// Number of cases drawn.
const DRAWN: usize = 50;
/// Seed of the drawing.
const SEED: u64 = 15;

/// A mistake in several wordings.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Template {
    kind: String,
    base: String,
    #[serde(default)]
    last: bool,
    find: String,
    /// Wordings; `{n}` is one of `n`.
    replace: Vec<String>,
    #[serde(default)]
    n: Vec<u64>,
    /// Edits made with every wording.
    #[serde(default)]
    also: Vec<Edit>,
    place: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct TemplateFile {
    template: Vec<Template>,
}

impl Template {
    /// All cases that the template can give.
    fn cases(&self, index: usize) -> Vec<Case> {
        let numbers: Vec<String> = self.n.iter().map(u64::to_string).collect();
        let wordings = self.replace.iter().flat_map(|wording| {
            if wording.contains("{n}") {
                numbers.iter().map(|number| wording.replace("{n}", number)).collect()
            } else {
                vec![wording.clone()]
            }
        });
        let case = |(variant, replace): (usize, String)| {
            let mut edits = vec![Edit { find: self.find.clone(), replace }];
            edits.extend(self.also.iter().cloned());
            Case {
                id: format!("held-out-{index}-{variant}"),
                kind: self.kind.clone(),
                folder: "held-out".to_owned(),
                base: self.base.clone(),
                last: self.last,
                profile: false,
                source: String::new(),
                why: String::new(),
                edits,
                place: self.place.clone(),
            }
        };
        wordings.enumerate().map(case).collect()
    }
}

/// SplitMix64, a generator of pseudo-random numbers that is the same everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Takes one item out of a list.
    fn take<T>(&mut self, items: &mut Vec<T>) -> T {
        let length = u64::try_from(items.len()).expect("a length");
        items.swap_remove(usize::try_from(self.next() % length).expect("an index"))
    }
}

/// All cases, one list for each template.
fn all_cases() -> Vec<Vec<Case>> {
    let templates = read_fixture::<TemplateFile>("held-out/templates.toml").template;
    templates.iter().enumerate().map(|(index, template)| template.cases(index)).collect()
}

/// Draws one case of every template in random order, then a second one, until there are enough.
fn draw(seed: u64) -> Vec<Case> {
    let mut random = Random(seed);
    let mut left = all_cases();
    let mut drawn = Vec::new();
    while drawn.len() < DRAWN {
        let mut round: Vec<usize> = (0..left.len()).filter(|&index| !left[index].is_empty()).collect();
        assert!(!round.is_empty(), "the templates give fewer than {DRAWN} cases");
        while !round.is_empty() && drawn.len() < DRAWN {
            let index = random.take(&mut round);
            drawn.push(random.take(&mut left[index]));
        }
    }
    drawn
}

#[test]
fn every_variant_of_a_template_changes_its_base() {
    for case in all_cases().into_iter().flatten() {
        let text = case.changed_text();
        assert_ne!(text, case.base_text(), "{}", case.id);
        assert!(text.parse::<toml::Table>().is_ok(), "{}: the edits leave no TOML", case.id);
    }
}

#[test]
fn drawing_is_deterministic() {
    let ids = |seed| draw(seed).into_iter().map(|case| case.id).collect::<Vec<_>>();
    assert_eq!(ids(SEED), ids(SEED));
    assert_ne!(ids(SEED), ids(SEED + 1));
}

#[test]
#[ignore = "scored once, never tuned on: run with --ignored --nocapture"]
fn score_of_held_out_cases() {
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for case in draw(SEED) {
        let (tries, found) = kinds.entry(case.kind.clone()).or_default();
        *tries += 1;
        *found += usize::from(Outcome::of(&case).found().is_some());
    }
    for (kind, (tries, found)) in &kinds {
        println!("{kind}\t{found}/{tries}");
    }
    let found: usize = kinds.values().map(|(_, found)| found).sum();
    println!("total\t{found}/{DRAWN}");
}
