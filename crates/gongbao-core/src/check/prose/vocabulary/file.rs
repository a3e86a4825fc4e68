//! `data/vocabulary.toml` as it is written.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::finding::Rule;

/// Whether something can be said by 未 or 无.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "DenialText")]
pub(in super::super) enum Denial {
    #[default]
    Never,
    Also,
    Only,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum DenialText {
    Bool(bool),
    Word(String),
}

impl TryFrom<DenialText> for Denial {
    type Error = String;
    fn try_from(text: DenialText) -> Result<Self, String> {
        match text {
            DenialText::Bool(true) => Ok(Self::Also),
            DenialText::Bool(false) => Ok(Self::Never),
            DenialText::Word(word) if word == "only" => Ok(Self::Only),
            DenialText::Word(word) => Err(format!("none = {word:?}")),
        }
    }
}

/// The file as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct File {
    pub(super) topics: Vec<String>,
    pub(super) lasting: Vec<String>,
    pub(super) neutral: Vec<String>,
    pub(super) transparent: Vec<String>,
    pub(in super::super) units: Units,
    pub(in super::super) share: Share,
    pub(in super::super) processing_fee: Fee,
    pub(super) parts: Parts,
    pub(super) all_done: AllDone,
    pub(in super::super) comparison: Comparison,
    pub(in super::super) bodies: Bodies,
    pub(super) signals: BTreeMap<String, Vec<String>>,
    pub(super) fillers: Vec<String>,
    pub(super) ignore: Vec<String>,
    pub(super) classes: BTreeMap<String, Vec<String>>,
    pub(super) cells: Vec<CellText>,
}

/// The counting words.
#[derive(Debug, Deserialize)]
pub(in super::super) struct Units {
    pub(in super::super) all: Vec<String>,
    pub(in super::super) money: BTreeMap<String, u32>,
    #[serde(flatten)]
    pub(super) groups: BTreeMap<String, Vec<String>>,
}

/// What percentages are percentages of.
#[derive(Debug, Deserialize)]
pub(in super::super) struct Share {
    pub(in super::super) of: Vec<Vec<String>>,
}

/// Where 信息处理费 is reported, and where it is booked.
#[derive(Debug, Deserialize)]
pub(in super::super) struct Fee {
    pub(in super::super) text: String,
    pub(in super::super) cell: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct Parts {
    pub(super) stops: Vec<String>,
}

/// How figures are compared with those of the year before.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in super::super) struct Comparison {
    pub(in super::super) period: Vec<String>,
    pub(in super::super) up: Vec<String>,
    pub(in super::super) down: Vec<String>,
    pub(in super::super) same: Vec<String>,
    pub(in super::super) nearly: Vec<String>,
}

/// Ways of saying that all applications were answered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AllDone {
    pub(super) lead: Vec<String>,
    pub(super) weak_lead: Vec<String>,
    pub(super) on_time: Vec<String>,
    pub(super) between: Vec<String>,
    pub(super) verbs: Vec<String>,
    pub(super) rates: Vec<String>,
    pub(super) not_after: Vec<String>,
    pub(super) not_rates: Vec<String>,
}

/// How names of bodies end.
#[derive(Debug, Deserialize)]
pub(in super::super) struct Bodies {
    pub(in super::super) endings: Vec<String>,
    pub(in super::super) not: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CellText {
    pub(super) rule: Rule,
    pub(super) needs: Vec<String>,
    #[serde(default)]
    pub(super) with: Vec<String>,
    pub(super) means: Vec<Vec<String>>,
    #[serde(default)]
    pub(super) part: bool,
    #[serde(default)]
    pub(super) none: Denial,
    #[serde(default)]
    pub(super) loose: bool,
    #[serde(default)]
    pub(super) within: Vec<String>,
    #[serde(default)]
    pub(super) units: Option<String>,
    #[serde(default)]
    pub(super) money: Vec<String>,
    #[serde(default)]
    pub(super) share: bool,
    #[serde(default)]
    pub(super) now: bool,
    #[serde(default)]
    pub(super) wordy: bool,
    #[serde(default)]
    pub(super) applicant: bool,
}
