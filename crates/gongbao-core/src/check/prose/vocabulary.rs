//! The words of `data/vocabulary.toml`: which there are, and which figure each way of speaking means.

mod all_done;
mod file;

use std::{collections::HashMap, path::Path, sync::OnceLock};

pub(super) use file::Denial;
use file::{CellText, File};

use crate::{file::LARGEST_SETTINGS, finding::Rule, paths::PathExt};

/// A class of words: a noun, a verb, a signal. The number is its bit in a [`Classes`].
pub(super) type Class = u8;

/// A set of classes.
pub(super) type Classes = u128;

/// The set of one class.
pub(super) fn bit(class: Class) -> Classes {
    1 << class
}

/// The vocabulary, ready for use.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// All words by their first character, longest first.
    words: HashMap<char, Vec<(String, Class)>>,
    /// The cells, in the order of the file.
    pub(super) cells: Vec<Saying>,
    /// For each class the cells that need it.
    pub(super) by_class: Vec<Vec<usize>>,
    pub(super) signals: Signals,
    /// What a sentence can be about.
    pub(super) topics: Classes,
    /// What the sentences after it can still be about.
    pub(super) lasting: Classes,
    /// What belongs to no table.
    pub(super) elsewhere: Class,
    /// Words that say neither what is counted nor what was done with it.
    pub(super) neutral: Classes,
    /// Words between a noun and its number that change nothing.
    pub(super) transparent: Classes,
    /// Where an enumeration ends.
    pub(super) stops: Classes,
    /// All classes that cells need, and what else there is to talk about.
    pub(super) matters: Classes,
    pub(super) carry: Class,
    pub(super) processing_fee: Class,
    /// All applications were answered: a class without words, see [`Vocabulary::all_done`].
    pub(super) all_done: Class,
    /// All applicants were natural persons; all reviews upheld the decision.
    pub(super) all_natural: Class,
    pub(super) all_upheld: Class,
    pub(super) upheld: Class,
    pub(super) answer: Class,
    pub(super) application: Class,
    /// The kinds of applicants that are no natural persons.
    pub(super) organisations: Classes,
    pub(super) file: File,
}

/// A way of speaking, and the figures it means.
#[derive(Debug)]
pub(super) struct Saying {
    /// The rule under which a contradiction is reported.
    pub(super) rule: Rule,
    /// What has to come together; any class of each set.
    pub(super) needs: Vec<Classes>,
    /// All classes of `needs`.
    pub(super) all: Classes,
    /// What may stand beside them.
    pub(super) with: Classes,
    /// Readings: paths that are added up, taken away where `-` stands before.
    pub(super) means: Vec<Vec<String>>,
    pub(super) part: bool,
    pub(super) none: Denial,
    pub(super) loose: bool,
    pub(super) within: Classes,
    pub(super) units: Vec<String>,
    /// Powers of ten of a yuan that the cell may be in.
    pub(super) money: Vec<u32>,
    pub(super) share: bool,
    /// Whether it speaks of today, whatever year stands before it.
    pub(super) now: bool,
    /// Whether other words may stand between those of a denial.
    pub(super) wordy: bool,
    /// Whether it states the applications of one kind of applicant.
    pub(super) applicant: bool,
}

macro_rules! signals {
    ($($name:ident)*) => {
        /// The classes that the program itself knows by name.
        #[derive(Debug)]
        pub(super) struct Signals { $(pub(super) $name: Class,)* pub(super) filler: Class, pub(super) ignore: Class }

        impl Signals {
            const NAMES: &[&str] = &[$(stringify!($name)),*];

            fn new(class: &dyn Fn(&str) -> Result<Class, String>) -> Result<Self, String> {
                Ok(Self { $($name: class(stringify!($name))?,)* filler: class(FILLER)?, ignore: class(IGNORE)? })
            }
        }
    };
}

signals! {
    negation part loose_part total each separately hedge rest media at_least at_most about compare
    other_time part_of_year last_year this_year next_year home region whole division foreign office channel natural
    topical printed charge charged
}

/// Classes of the applicants that are no natural persons.
const ORGANISATIONS: [&str; 5] = ["legal", "business", "research", "welfare", "law_firm"];

const FILLER: &str = "fillers";
const IGNORE: &str = "ignore";

static VOCABULARY: OnceLock<Result<Vocabulary, String>> = OnceLock::new();

/// Returns the vocabulary, which is parsed at first use.
///
/// # Errors
/// The built-in vocabulary is invalid; that can only follow from an edit of `data/vocabulary.toml`.
pub(super) fn vocabulary() -> Result<&'static Vocabulary, &'static str> {
    VOCABULARY
        .get_or_init(|| Vocabulary::from_text(include_str!("../../../../../data/vocabulary.toml")))
        .as_ref()
        .map_err(String::as_str)
}

/// Replaces the built-in vocabulary by that of a file. For development: a changed vocabulary is used without compiling
/// the program.
///
/// # Errors
/// Returns a message in Chinese if the file cannot be read or the vocabulary is in use already.
pub fn install_vocabulary(path: &Path) -> Result<(), String> {
    let shown = path.to_text();
    let text = crate::file::read_text(path, LARGEST_SETTINGS)
        .map_err(|error| format!("“{shown}”读不出来：{error}"))?;
    let vocabulary = Vocabulary::from_text(&text).map_err(|problem| format!("“{shown}”有错：{problem}"))?;
    VOCABULARY.set(Ok(vocabulary)).map_err(|_| "词汇已经在使用".to_owned())
}

impl Vocabulary {
    fn from_text(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        if let Some(name) = file.signals.keys().find(|name| !Signals::NAMES.contains(&name.as_str())) {
            return Err(format!("[signals] 里没有 {name}"));
        }
        let lists: Vec<(&str, &Vec<String>)> = file
            .signals
            .iter()
            .chain(&file.classes)
            .map(|(name, words)| (name.as_str(), words))
            .chain([(FILLER, &file.fillers), (IGNORE, &file.ignore)])
            .collect();
        if lists.len() > 128 {
            return Err("词类太多".to_owned());
        }
        let mut words: HashMap<char, Vec<(String, Class)>> = HashMap::new();
        let mut seen: HashMap<&str, &str> = HashMap::new();
        let mut problems = Vec::new();
        for (class, (name, list)) in (0..).zip(&lists) {
            for word in *list {
                if let Some(other) = seen.insert(word, name) {
                    problems.push(format!("“{word}”在 {other} 和 {name} 里"));
                }
                let Some(first) = word.chars().next() else { continue };
                words.entry(first).or_default().push((word.clone(), class));
            }
        }
        if !problems.is_empty() {
            return Err(problems.join("；"));
        }
        words.values_mut().for_each(|list| list.sort_by_key(|(word, _)| std::cmp::Reverse(word.len())));
        let class = |name: &str| {
            let index = lists.iter().position(|(known, _)| *known == name);
            index.and_then(|i| Class::try_from(i).ok()).ok_or_else(|| format!("没有词类 {name}"))
        };
        let set = |names: &[String]| names.iter().try_fold(0, |set, name| Ok(set | bit(class(name)?)));
        let cells: Vec<Saying> =
            file.cells.iter().map(|cell| saying(cell, &file, &set)).collect::<Result<_, String>>()?;
        let by_class = (0..lists.len())
            .map(|class| {
                (0..cells.len())
                    .filter(|cell| (cells[*cell].all | cells[*cell].with) >> class & 1 == 1)
                    .collect()
            })
            .collect();
        let signals = Signals::new(&class)?;
        Ok(Self {
            words,
            by_class,
            topics: set(&file.topics)?,
            lasting: set(&file.lasting)?,
            elsewhere: class("elsewhere")?,
            neutral: set(&file.neutral)?,
            transparent: set(&file.transparent)? | set(&file.neutral)? | bit(signals.filler),
            stops: set(&file.parts.stops)?,
            matters: cells
                .iter()
                .filter(|cell| !cell.applicant)
                .fold(set(&file.topics)?, |all, cell| all | cell.all | cell.with),
            carry: class("carry")?,
            processing_fee: class("processing_fee")?,
            all_done: class("all_done")?,
            all_natural: class("all_natural")?,
            all_upheld: class("all_upheld")?,
            upheld: class("upheld")?,
            answer: class("answer")?,
            application: class("application")?,
            organisations: set(&ORGANISATIONS.map(str::to_owned))?,
            signals,
            cells,
            file,
        })
    }

    /// All paths that it speaks of, without their signs.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        let readings = self.cells.iter().flat_map(|cell| &cell.means).chain(&self.file.share.of);
        let paths = readings.flatten().chain([&self.file.processing_fee.cell]);
        paths.map(|path| path.trim_start_matches('-'))
    }

    /// The longest word that the text begins with.
    pub(super) fn word(&self, text: &str) -> Option<(usize, Class)> {
        let list = self.words.get(&text.chars().next()?)?;
        list.iter().find(|(word, _)| text.starts_with(word)).map(|(word, class)| (word.len(), *class))
    }
}

fn saying(
    cell: &CellText,
    file: &File,
    set: &dyn Fn(&[String]) -> Result<Classes, String>,
) -> Result<Saying, String> {
    let needs: Vec<Classes> = cell
        .needs
        .iter()
        .map(|need| set(&need.split('|').map(str::to_owned).collect::<Vec<_>>()))
        .collect::<Result<_, String>>()?;
    let group = cell.units.as_deref().unwrap_or("case");
    let units = match cell.money.is_empty() {
        true => file.units.groups.get(group).cloned().ok_or_else(|| format!("[units] 里没有 {group}"))?,
        false => Vec::new(),
    };
    let power = |unit: &String| file.units.money.get(unit).copied().ok_or_else(|| format!("没有单位 {unit}"));
    Ok(Saying {
        rule: cell.rule.clone(),
        all: needs.iter().fold(0, |all, need| all | need),
        with: set(&cell.with)?,
        needs,
        means: cell.means.clone(),
        part: cell.part,
        none: cell.none,
        loose: cell.loose,
        within: set(&cell.within)?,
        units,
        money: cell.money.iter().map(power).collect::<Result<_, String>>()?,
        share: cell.share,
        now: cell.now,
        wordy: cell.wordy,
        applicant: cell.applicant,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form;

    #[test]
    fn the_vocabulary_reads() {
        if let Err(problem) = vocabulary() {
            panic!("{problem}");
        }
    }

    /// Every path is one of some form: a typing mistake would silence a rule without a word.
    #[test]
    fn every_path_is_one_of_a_form() {
        let forms = form::all().unwrap();
        let records: Vec<_> = forms.iter().flat_map(|form| form.records()).collect();
        let vocabulary = vocabulary().unwrap();
        for path in vocabulary.paths() {
            let known = records.iter().any(|record| {
                form::is_within(&record.path, path) || record.figures.iter().any(|f| f.path == path)
            });
            assert!(known, "{path}");
        }
    }

    #[test]
    fn takes_the_longest_word() {
        let vocabulary = vocabulary().unwrap();
        let word = |text: &'static str| vocabulary.word(text).map(|(length, _)| &text[..length]);
        assert_eq!(word("不予公开范围"), Some("不予公开范围"));
        assert_eq!(word("不予公开5件"), Some("不予公开"));
        assert_eq!(word("规章制度"), Some("规章制度"));
        assert_eq!(word("囧"), None);
    }
}
