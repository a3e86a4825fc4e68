//! Corrections: numbers of paragraphs before and after, and what of them is public.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{
    Correction, CorrectionChange, Report, printed_value,
    words::{Edit, pieces, words},
};
use crate::form::Passage;

/// Splits the path of a paragraph: `overview[2]` gives (`overview`, 2), `disclosure.before[1]` gives (`disclosure.before`,
/// 1). `None` for other paths.
pub fn paragraph(path: &str) -> Option<(&str, usize)> {
    let (key, number) = path.strip_suffix(']')?.split_once('[')?;
    let is_text = !key.is_empty() && (!key.contains('.') || Passage::is_key(key));
    number.parse().ok().filter(|number| is_text && *number > 0).map(|number| (key, number))
}

/// Effect of a change on the paragraphs of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The paragraph has other words.
    Changed,
    /// The paragraph was inserted; its number is that in the new text.
    Inserted,
    /// The paragraph was removed; its number is that in the old text.
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
    /// Returns the effect of a change of a paragraph.
    pub fn step(&self) -> Step {
        match (&self.old, &self.new) {
            (Value::String(old), _) if old.is_empty() => Step::Inserted,
            (_, Value::String(new)) if new.is_empty() => Step::Removed,
            _ => Step::Changed,
        }
    }
}

impl Correction {
    /// Returns the changes of one text, each with the number of its paragraph.
    pub fn of_text<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, &'a CorrectionChange)> + 'a {
        self.changes.iter().filter_map(move |change| {
            paragraph(&change.path).filter(|(key, _)| *key == text).map(|(_, number)| (number, change))
        })
    }

    /// Returns the number that a paragraph had before; `None` for an inserted one.
    fn before(&self, text: &str, number: usize) -> Option<usize> {
        let numbers = |step: Step| -> BTreeSet<usize> {
            self.of_text(text).filter(|(_, change)| change.step() == step).map(|(n, _)| n).collect()
        };
        let inserted = numbers(Step::Inserted);
        if inserted.contains(&number) {
            return None;
        }
        // The number without the insertions before it, then counted with the removed paragraphs.
        let mut old = number - inserted.range(..number).count();
        for removed in numbers(Step::Removed) {
            if removed <= old {
                old += 1;
            }
        }
        Some(old)
    }
}

/// Words printed in place of withdrawn content.
pub const WITHDRAWN: &str = "内容已撤下";

impl Report {
    /// Returns the corrections as the public may see them, without withdrawn content.
    ///
    /// Withdrawn content is removed from the correction that withdrew it, from earlier ones that introduced or changed it,
    /// and from every other value with the same words. A removed value is null, and its change has `redact`.
    pub fn public_corrections(&self) -> Vec<Correction> {
        let mut corrections = self.corrections.clone();
        let secrets = Secrets::of(self);
        // Paths, before the correction at hand, whose content a later correction withdrew.
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
                // The value before a withdrawn one may reveal it as well.
                if change.redact {
                    withhold(&mut change.old, &mut change.redact);
                }
            }
            // With the digest, guesses at the withdrawn content could be tested.
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

    /// Whether a former value of a path was withdrawn, there or with the same words elsewhere.
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
        // A paragraph may have another number now: it is compared by its words, or by its number if they are unknown.
        withheld.into_iter().any(|(at, words)| match is_paragraph && !words.is_null() {
            true => printed_value(words) == printed_value(value),
            false => at == path,
        }) || Secrets::of(self).are_in(value)
    }

    /// Returns the withdrawn words and figures by the path that held them.
    pub fn withdrawn_words(&self) -> BTreeMap<String, Vec<String>> {
        withdrawn_words(&self.corrections)
    }
}

/// Removes a value; an empty one is kept, because it reveals nothing.
fn withhold(value: &mut Value, redact: &mut bool) {
    if *value != "" {
        *value = Value::Null;
        *redact = true;
    }
}

/// Shortest withdrawn words that are searched for elsewhere; shorter ones occur everywhere.
const SHORTEST: usize = 2;

/// Withdrawn content.
struct Secrets {
    /// Words that no longer occur in the report.
    words: BTreeSet<String>,
    /// Figures.
    figures: BTreeSet<String>,
}

/// Returns the withdrawn words and figures by path.
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
                // Words that still occur in the report are not secret: 工作, 公开.
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

    /// Removes old or new text that shows a withdrawn figure replaced by the same correction.
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
