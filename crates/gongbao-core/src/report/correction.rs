//! Corrections: which paragraph of the text before one of the text after was, and what the public may see.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Correction, CorrectionChange, Report, printed_value,
    words::{Edit, pieces, words},
};

/// A paragraph's path taken apart: `overview[2]` is (`overview`, 2). `None` for all other paths.
pub fn paragraph(path: &str) -> Option<(&str, usize)> {
    let (key, number) = path.strip_suffix(']')?.split_once('[')?;
    let is_text = !key.is_empty() && !key.contains('.');
    number.parse().ok().filter(|number| is_text && *number > 0).map(|number| (key, number))
}

/// What a change does to the paragraphs of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It stands there with other words.
    Changed,
    /// It came: its number is one of the new text.
    Inserted,
    /// It went: its number is one of the old text.
    Removed,
}

impl Correction {
    /// All words that a notice of the correction prints besides the report's own: values and reason. The typefaces must
    /// cover them.
    pub fn printed(&self) -> String {
        let values = self.changes.iter().flat_map(|change| [&change.old, &change.new]).map(printed_value);
        values.chain([self.reason.clone()]).collect()
    }
}

impl CorrectionChange {
    /// What it does, if it is about a paragraph.
    pub fn step(&self) -> Step {
        match (&self.old, &self.new) {
            (Value::String(old), _) if old.is_empty() => Step::Inserted,
            (_, Value::String(new)) if new.is_empty() => Step::Removed,
            _ => Step::Changed,
        }
    }
}

impl Correction {
    /// The changes of one text: the number of each paragraph with its change.
    pub fn of_text<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a CorrectionChange)> + 'a {
        self.changes.iter().filter_map(move |change| {
            paragraph(&change.path).filter(|(key, _)| *key == text).map(|(_, number)| (number, change))
        })
    }

    /// The number that a paragraph had before; `None` for one that came.
    fn before(&self, text: &str, number: usize) -> Option<usize> {
        let numbers = |step: Step| -> BTreeSet<usize> {
            self.of_text(text).filter(|(_, change)| change.step() == step).map(|(n, _)| n).collect()
        };
        let inserted = numbers(Step::Inserted);
        if inserted.contains(&number) {
            return None;
        }
        // How many stood before it, then the place at which as many stand between those that went.
        let mut old = number - inserted.range(..number).count();
        for removed in numbers(Step::Removed) {
            if removed <= old {
                old += 1;
            }
        }
        Some(old)
    }
}

/// The words that stand for what was withdrawn.
pub const WITHDRAWN: &str = "内容已撤下";

impl Report {
    /// The corrections as everybody may see them: what was withdrawn is not there, neither in the correction that
    /// withdrew it nor in an earlier one that had brought it in or changed it, nor in any other value that holds
    /// the same words. A value that is not there is null, and its change has `redact`.
    pub fn public_corrections(&self) -> Vec<Correction> {
        let mut corrections = self.corrections.clone();
        let secrets = Secrets::of(self);
        // What stood at these paths before the correction at hand was withdrawn later.
        let mut withdrawn: BTreeSet<String> = BTreeSet::new();
        for correction in corrections.iter_mut().rev() {
            let whole = correction.clone();
            for change in &mut correction.changes {
                let removed = paragraph(&change.path).is_some() && change.step() == Step::Removed;
                let later = !removed && withdrawn.contains(&change.path);
                if change.redact || later || secrets.are_in(&change.old) {
                    withhold(&mut change.old, &mut change.redact);
                }
                if later || secrets.are_in(&change.new) {
                    withhold(&mut change.new, &mut change.redact);
                }
                secrets.withhold_figures(&whole, change);
                // What stood before something that was withdrawn tells of it as well.
                if change.redact {
                    withhold(&mut change.old, &mut change.redact);
                }
            }
            // A digest would let guesses at what was withdrawn be tried.
            if correction.changes.iter().any(|change| change.old.is_null()) || !withdrawn.is_empty() {
                correction.replaces = None;
            }
            let mut before = BTreeSet::new();
            for path in withdrawn {
                before.extend(match paragraph(&path) {
                    Some((key, number)) => whole.before(key, number).map(|old| format!("{key}[{old}]")),
                    None => Some(path),
                });
            }
            for change in correction.changes.iter().filter(|change| change.redact) {
                before.extend(match paragraph(&change.path) {
                    Some((key, number)) if change.step() != Step::Removed => {
                        whole.before(key, number).map(|old| format!("{key}[{old}]"))
                    }
                    _ => Some(change.path.clone()),
                });
            }
            withdrawn = before;
        }
        corrections
    }

    /// Whether what once stood at a path was withdrawn, there or with the same words elsewhere.
    pub fn is_withdrawn(&self, path: &str, value: &Value) -> bool {
        if *value == "" || self.corrections.is_empty() {
            return false;
        }
        let is_paragraph = paragraph(path).is_some();
        let public = self.public_corrections();
        let sides = |correction: &Correction| -> Vec<(String, Value)> {
            let both =
                correction.changes.iter().flat_map(|change| [(change, &change.old), (change, &change.new)]);
            both.map(|(change, side)| (change.path.clone(), side.clone())).collect()
        };
        let (own, public): (Vec<_>, Vec<_>) =
            (self.corrections.iter().flat_map(sides).collect(), public.iter().flat_map(sides).collect());
        let withheld = own.iter().zip(&public).filter(|(_, (_, shown))| shown.is_null()).map(|(own, _)| own);
        // A paragraph may stand under another number now; where its words are not known, the number must do.
        withheld.into_iter().any(|(at, words)| match is_paragraph && !words.is_null() {
            true => printed_value(words) == printed_value(value),
            false => at == path,
        }) || Secrets::of(self).are_in(value)
    }

    /// The words and figures that were withdrawn, by the path of what they stood in.
    pub fn withdrawn_words(&self) -> BTreeMap<String, Vec<String>> {
        withdrawn_words(&self.corrections)
    }
}

/// Takes a value away; an empty one tells nothing but that there was none.
fn withhold(value: &mut Value, redact: &mut bool) {
    if *value != "" {
        *value = Value::Null;
        *redact = true;
    }
}

/// Fewer characters tell nothing about where they come from.
const SHORTEST: usize = 2;

/// What was withdrawn.
struct Secrets {
    /// Words that stand in the report no more.
    words: BTreeSet<String>,
    /// Figures.
    figures: BTreeSet<String>,
}

/// The words that were withdrawn, by path, and the figures among them.
fn withdrawn_words(corrections: &[Correction]) -> BTreeMap<String, Vec<String>> {
    let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for change in corrections.iter().flat_map(|correction| &correction.changes) {
        if !change.redact || change.old.is_null() {
            continue;
        }
        let (old, new) = (printed_value(&change.old), printed_value(&change.new));
        let gone = pieces(&old, &new).into_iter().filter(|piece| piece.edit == Edit::Deleted);
        let gone = gone.map(|piece| piece.text.trim_matches(is_mark).to_owned());
        words.entry(change.path.clone()).or_default().extend(gone);
    }
    words
}

impl Secrets {
    fn of(report: &Report) -> Self {
        let mut secrets = Self { words: BTreeSet::new(), figures: BTreeSet::new() };
        let public =
            || report.texts.values().flatten().chain(report.notes.values()).chain(report.title.iter());
        for words in withdrawn_words(&report.corrections).into_values().flatten() {
            if !words.is_empty() && words.chars().all(|c| c.is_ascii_digit()) {
                secrets.figures.insert(words);
            } else if words.chars().count() >= SHORTEST && !public().any(|text| text.contains(&words)) {
                // What still stands in the report is no secret: 工作, 公开.
                secrets.words.insert(words);
            }
        }
        secrets
    }

    /// Whether a text or note holds withdrawn words.
    fn are_in(&self, value: &Value) -> bool {
        let printed = printed_value(value);
        !printed.is_empty() && self.words.iter().any(|words| printed.contains(words.as_str()))
    }

    /// Takes away the sides of a text's change that show a withdrawn figure which the same correction replaced.
    fn withhold_figures(&self, correction: &Correction, change: &mut CorrectionChange) {
        if self.figures.is_empty() || paragraph(&change.path).is_none() {
            return;
        }
        let replaced = |figure: &str| {
            correction.changes.iter().any(|change| change.redact && printed_value(&change.old) == figure)
        };
        let shows = |value: &Value, other: &Value| {
            let (this, other) = (printed_value(value), printed_value(other));
            let differs = |figure: &str| {
                let count = |text: &str| words(text).into_iter().filter(|word| *word == figure).count();
                count(&this) > count(&other)
            };
            self.figures.iter().any(|figure| differs(figure) && (figure.len() > 1 || replaced(figure)))
        };
        let (old, new) = (shows(&change.old, &change.new), shows(&change.new, &change.old));
        if old {
            withhold(&mut change.old, &mut change.redact);
        }
        if new {
            withhold(&mut change.new, &mut change.redact);
        }
    }
}

fn is_mark(c: char) -> bool {
    c.is_whitespace() || "，。、；：！？（）“”".contains(c)
}
