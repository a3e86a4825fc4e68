//! Automatic numbers of paragraphs, which are not part of a Word file's text.

use std::collections::BTreeMap;

use crate::import::xml::Element;
use gongbao_core::report::ordinal;

/// Lists of a file with their counters.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Levels of each abstract list.
    lists: BTreeMap<String, BTreeMap<usize, Level>>,
    /// Abstract list of each list, and its overridden levels.
    numbers: BTreeMap<String, (String, BTreeMap<usize, Change>)>,
    /// List and level of each style.
    styles: BTreeMap<String, (String, usize)>,
    /// Counters of each abstract list, by level.
    counts: BTreeMap<String, BTreeMap<usize, u32>>,
    /// Lists whose overridden starts have been applied.
    begun: BTreeMap<String, ()>,
}

/// Override of a level: format and start.
#[derive(Debug, Clone)]
struct Change {
    level: Option<Level>,
    start: Option<u32>,
}

#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    text: String,
}

/// Longest text of a number in characters; it is repeated in every paragraph of the list.
const LONGEST: usize = 100;

/// Number of levels in Word.
const LEVELS: usize = 9;

impl Numbering {
    /// Reads the lists of `numbering.xml` and the styles of `styles.xml`.
    pub(super) fn of(numbering: &Element, styles: &Element) -> Self {
        let mut all = Self::default();
        for element in numbering.child("numbering").into_iter().flat_map(Element::elements) {
            match element.name.as_str() {
                "abstractNum" => {
                    if let Some(id) = element.attribute("abstractNumId") {
                        all.lists.insert(id.to_owned(), levels(element));
                    }
                }
                "num" => {
                    let (Some(id), Some(list)) = (element.attribute("numId"), element.value("abstractNumId"))
                    else {
                        continue;
                    };
                    all.numbers.insert(id.to_owned(), (list.to_owned(), overrides(element)));
                }
                _ => {}
            }
        }
        all.read_styles(styles);
        all
    }

    fn read_styles(&mut self, styles: &Element) {
        let styles: Vec<&Element> = styles.child("styles").into_iter().flat_map(Element::elements).collect();
        let mut ids: BTreeMap<&str, &Element> = BTreeMap::new();
        for style in &styles {
            // The first of several styles with the same id counts.
            if let Some(id) = style.attribute("styleId") {
                ids.entry(id).or_insert(style);
            }
        }
        let by_id = |id: &str| ids.get(id).copied();
        for style in styles.iter().filter(|style| style.name == "style") {
            let Some(id) = style.attribute("styleId") else { continue };
            let (mut list, mut level) = (None, None);
            let mut at = Some(*style);
            // A style inherits from the style it is based on; the loop ends at cycles.
            for _ in 0..20 {
                let Some(style) = at else { break };
                if let Some(settings) = style.child("pPr").and_then(|settings| settings.child("numPr")) {
                    list = list.or(settings.value("numId"));
                    level = level.or(settings.value("ilvl"));
                }
                at = style.value("basedOn").and_then(by_id);
            }
            if let Some(list) = list {
                let level = level.and_then(|level| level.parse().ok()).unwrap_or_default();
                self.styles.insert(id.to_owned(), (list.to_owned(), level));
            }
        }
    }

    /// Number of the next paragraph with these settings; advances the counter.
    pub(super) fn next(&mut self, settings: Option<&Element>) -> Option<String> {
        let settings = settings?;
        let from_style = settings.value("pStyle").and_then(|style| self.styles.get(style)).cloned();
        let own = settings.child("numPr");
        let number = own.and_then(|own| own.value("numId")).map(str::to_owned);
        let level = own.and_then(|own| own.value("ilvl")).and_then(|level| level.parse().ok());
        let (number, level) = match (number, from_style) {
            (Some(number), style) => (number, level.or(style.map(|(_, level)| level)).unwrap_or_default()),
            (None, Some((number, of_style))) => (number, level.unwrap_or(of_style)),
            (None, None) => return None,
        };
        // List 0 removes the number of a style.
        if number == "0" || level >= LEVELS {
            return None;
        }
        self.count(&number, level)
    }

    fn count(&mut self, number: &str, level: usize) -> Option<String> {
        let (list, own) = self.numbers.get(number)?.clone();
        let mut levels = self.lists.get(&list).cloned().unwrap_or_default();
        let first = self.begun.insert(number.to_owned(), ()).is_none();
        let counts = self.counts.entry(list).or_default();
        for (at, change) in own {
            if let Some(changed) = change.level {
                levels.insert(at, changed);
            }
            if let (Some(level), Some(start)) = (levels.get_mut(&at), change.start) {
                level.start = start;
                // An overridden start applies to the first paragraph of a list.
                if first {
                    counts.remove(&at);
                }
            }
        }
        let settings = levels.get(&level)?;
        let value = counts.get(&level).map_or(settings.start, |last| last.saturating_add(1));
        counts.insert(level, value);
        counts.retain(|at, _| *at <= level);
        let mut shown = settings.text.clone();
        for at in 0..=level {
            let mark = format!("%{}", at + 1);
            if !shown.contains(&mark) {
                continue;
            }
            let format = levels.get(&at).map_or("decimal", |level| level.format.as_str());
            let value =
                counts.get(&at).copied().unwrap_or_else(|| levels.get(&at).map_or(1, |level| level.start));
            shown = shown.replace(&mark, &written(value, format)?);
        }
        Some(shown)
    }
}

fn levels(list: &Element) -> BTreeMap<usize, Level> {
    let levels = list.elements().filter(|element| element.name == "lvl").filter_map(|element| {
        Some((element.attribute("ilvl")?.parse().ok().filter(|level| *level < LEVELS)?, level(element)))
    });
    levels.collect()
}

fn level(element: &Element) -> Level {
    Level {
        start: element.value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
        format: element.value("numFmt").unwrap_or("decimal").to_owned(),
        text: element.value("lvlText").unwrap_or_default().chars().take(LONGEST).collect(),
    }
}

/// Overrides of a list.
fn overrides(number: &Element) -> BTreeMap<usize, Change> {
    let changes = number.elements().filter(|element| element.name == "lvlOverride");
    let levels = changes.filter_map(|change| {
        let at = change.attribute("ilvl")?.parse().ok().filter(|level| *level < LEVELS)?;
        let start = change.value("startOverride").and_then(|start| start.parse().ok());
        Some((at, Change { level: change.child("lvl").map(level), start }))
    });
    levels.collect()
}

/// A number in the format of a list; `None` for bullets.
fn written(value: u32, format: &str) -> Option<String> {
    let letter = |first: char| char::from_u32(u32::from(first) + (value.max(1) - 1) % 26).map(String::from);
    match format {
        "none" => Some(String::new()),
        "bullet" => None,
        "decimal" | "decimalZero" | "decimalHalfWidth" => Some(value.to_string()),
        "decimalFullWidth" | "decimalFullWidth2" => Some(value.to_string().chars().map(full_width).collect()),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            char::from_u32(0x2460 + value.checked_sub(1)?).filter(|_| value <= 20).map(String::from)
        }
        "lowerLetter" => letter('a'),
        "upperLetter" => letter('A'),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "chineseLegalSimplified" => u8::try_from(value).ok().and_then(ordinal::to_chinese),
        _ => Some(value.to_string()),
    }
}

fn full_width(c: char) -> char {
    char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c)
}
