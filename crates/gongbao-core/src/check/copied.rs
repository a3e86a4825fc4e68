//! `copied`: paragraphs nearly the same as another body's in the same run, or as last year's own (雷同).
//!
//! Each paragraph is stripped of what differs between two bodies that copied each other: figures,
//! punctuation, places, the body's own name and words like 我局. Its shingles are sketched by the least of
//! their hashes; paragraphs that share some of these are compared by their pairs of characters. A run of a
//! thousand reports takes a second, not the square of it.

mod plain;
mod sketch;

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::Arc,
};

use plain::Stripper;
use sketch::{pairs, similarity, sketch};

use crate::{
    finding::{Finding, Message, Place, PlacePart, Remedy, Rule, Severity},
    form::PREFACE,
    report::ReportFile,
};

/// Paragraphs from this likeness on are nearly the same: of ten pairs of characters, nine are shared. Two
/// paragraphs of their own on the same matter stay below 0.6; a copy with another name and other figures
/// stays above 0.95.
const NEAR: f64 = 0.9;

/// Shorter paragraphs, stripped, are left alone: many a short sentence can hardly be put in other words.
const SHORTEST: usize = 60;

/// How many reports of one sketch value are looked at; beyond that the paragraph is everybody's, and one
/// more tells nothing new.
const POSTINGS: usize = 64;

/// How many candidates are compared, those that share most of the sketch first.
const CANDIDATES: usize = 8;

/// The paragraphs of all reports of a run.
///
/// ```no_run
/// # let reports: Vec<gongbao_core::report::ReportFile> = Vec::new();
/// let mut corpus = gongbao_core::check::Corpus::default();
/// reports.iter().for_each(|report| corpus.add(report));
/// let findings: Vec<_> = reports.iter().flat_map(|report| corpus.copied(report)).collect();
/// ```
#[derive(Debug, Default)]
pub struct Corpus {
    paragraphs: Vec<Known>,
    /// The first paragraph of each sketch value. Most values have no other, and of tens of thousands of reports there are
    /// millions, so that they are kept to half their bits: two that fall together make a candidate more, and no finding.
    first: HashMap<u32, u32>,
    /// The other paragraphs of a value, in the order in which they were added.
    more: HashMap<u32, Vec<u32>>,
}

/// What is kept of a paragraph.
#[derive(Debug)]
struct Known {
    owner: Arc<Owner>,
    chapter: Arc<str>,
    number: u32,
    pairs: Box<[u16]>,
}

/// A paragraph as it is compared.
#[derive(Debug)]
struct Paragraph {
    owner: Arc<Owner>,
    path: String,
    /// What people call the text it stands in.
    chapter: Arc<str>,
    number: usize,
    pairs: Vec<u16>,
    sketch: Vec<u64>,
}

fn place(chapter: &str, number: usize) -> Place {
    Place::from(chapter).with(PlacePart::Paragraph(number))
}

/// Half the bits of a sketch value, which are as good as any of a hash.
#[allow(clippy::cast_possible_truncation, reason = "that is what it is for")]
fn half(value: u64) -> u32 {
    value as u32
}

/// Whose paragraph it is.
#[derive(Debug, PartialEq, Eq)]
struct Owner {
    file: String,
    agency: String,
    year: u16,
}

impl Owner {
    fn of(file: &ReportFile) -> Self {
        let report = &file.report;
        Self { file: file.source.name.clone(), agency: report.agency.name.clone(), year: report.year }
    }

    /// Whether a paragraph of `other` can have been copied from here: not within one report, in whatever
    /// files it stands, and not from a report of a later year.
    fn can_be_source_of(&self, other: &Self) -> bool {
        self.year <= other.year && !(self.agency == other.agency && self.year == other.year)
    }
}

impl Corpus {
    /// Adds the paragraphs of a report; last year's own reports, too, if they are to be compared with.
    pub fn add(&mut self, file: &ReportFile) {
        for paragraph in paragraphs(file) {
            let Ok(id) = u32::try_from(self.paragraphs.len()) else { return };
            for value in &paragraph.sketch {
                if let Entry::Vacant(slot) = self.first.entry(half(*value)) {
                    slot.insert(id);
                    continue;
                }
                let more = self.more.entry(half(*value)).or_default();
                if more.len() + 1 < POSTINGS {
                    more.push(id);
                }
            }
            let Paragraph { owner, chapter, number, pairs, .. } = paragraph;
            let number = u32::try_from(number).unwrap_or(u32::MAX);
            self.paragraphs.push(Known { owner, chapter, number, pairs: pairs.into_boxed_slice() });
        }
    }

    /// The paragraphs of a report that are nearly the same as others, each with the nearest.
    pub fn copied(&self, file: &ReportFile) -> Vec<Finding> {
        let found = paragraphs(file).into_iter();
        found.filter_map(|paragraph| Some(finding(file, &paragraph, &self.nearest(&paragraph)?))).collect()
    }

    /// The paragraph that is nearest, the first of those equally near.
    fn nearest(&self, paragraph: &Paragraph) -> Option<Near<'_>> {
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for value in paragraph.sketch.iter().map(|value| half(*value)) {
            for id in self.first.get(&value).into_iter().chain(self.more.get(&value).into_iter().flatten()) {
                *shared.entry(*id).or_default() += 1;
            }
        }
        let candidates = shared.into_iter().filter_map(|(id, count)| {
            let other = self.paragraphs.get(id as usize)?;
            other.owner.can_be_source_of(&paragraph.owner).then_some((id, count, other))
        });
        let mut candidates: Vec<_> = candidates.collect();
        candidates.sort_by_key(|(id, count, _)| (usize::MAX - count, *id));
        candidates.truncate(CANDIDATES);
        let near = candidates.into_iter().map(|(id, _, other)| {
            let likeness = similarity(&paragraph.pairs, &other.pairs);
            (likeness, u32::MAX - id, other)
        });
        let (likeness, _, paragraph) =
            near.max_by(|(a, first, _), (b, second, _)| a.total_cmp(b).then(first.cmp(second)))?;
        (likeness >= NEAR).then_some(Near { paragraph, likeness })
    }
}

/// What a paragraph is nearly the same as.
struct Near<'c> {
    paragraph: &'c Known,
    likeness: f64,
}

/// The paragraphs of a report that are nearly the same as a paragraph of one of the others. For more than
/// a few reports a [`Corpus`] does the work on each only once.
pub fn copied(this: &ReportFile, others: &[&ReportFile]) -> Vec<Finding> {
    let mut corpus = Corpus::default();
    others.iter().for_each(|other| corpus.add(other));
    corpus.copied(this)
}

/// The paragraphs of a report that are long enough and say something of their own.
fn paragraphs(file: &ReportFile) -> Vec<Paragraph> {
    let report = &file.report;
    let owner = Arc::new(Owner::of(file));
    let texts = report.paragraphs(&file.form);
    let stripper = Stripper::new(&report.agency);
    let mut paragraphs = Vec::new();
    // The preface is left out: by law and habit it says what all others say.
    for key in file.form.all_text_keys().filter(|key| *key != PREFACE) {
        let chapter: Arc<str> = file.place(key).to_string().into();
        for paragraph in texts.of(key) {
            let Some(plain) = stripper.plain(&paragraph.text) else { continue };
            if plain.len() < SHORTEST {
                continue;
            }
            paragraphs.push(Paragraph {
                owner: Arc::clone(&owner),
                path: paragraph.path(),
                chapter: Arc::clone(&chapter),
                number: paragraph.number,
                pairs: pairs(&plain),
                sketch: sketch(&plain),
            });
        }
    }
    paragraphs
}

fn finding(file: &ReportFile, paragraph: &Paragraph, near: &Near<'_>) -> Finding {
    let Owner { file: name, agency, year } = near.paragraph.owner.as_ref();
    let theirs = place(&near.paragraph.chapter, near.paragraph.number as usize);
    let whose = if *agency == paragraph.owner.agency {
        format!("本单位{year}年报告")
    } else {
        format!("“{agency}”{year}年报告")
    };
    let how = if near.likeness >= 0.995 {
        "相同".to_owned()
    } else {
        format!("几乎相同（{:.0}%）", 100.0 * near.likeness)
    };
    let message = format!("这一段与{whose}（{name}）“{theirs}”除单位名称和数字外{how}");
    let hint = Message::from("请按本单位当年的实际情况重写；确属共同开展的工作的，")
        .remedy(Remedy::Accept { names_file: false });
    let finding = Finding::new(Rule::Copied, Severity::Warning, &paragraph.path, message).hint(hint);
    let mut finding = finding.place(place(&paragraph.chapter, paragraph.number));
    finding.file.clone_from(&file.source.name);
    match file.span(&paragraph.path) {
        Some(span) => finding.at(&file.source, span),
        None => finding,
    }
}
