//! Reads the catalogue: cases, base reports, sources.

use std::{collections::BTreeMap, fs, path::PathBuf};

use serde::{Deserialize, de::DeserializeOwned};

/// All cases with their sources and the score that was measured before any rule changed.
#[derive(Debug)]
pub(crate) struct Catalogue {
    pub(crate) mistakes: Vec<Case>,
    pub(crate) right: Vec<Case>,
    pub(crate) sources: BTreeMap<String, String>,
    pub(crate) first: FirstScore,
    pub(crate) held_out: HeldOutScore,
}

/// The score before any rule changed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FirstScore {
    /// Found mistakes by kind.
    pub(crate) found: BTreeMap<String, usize>,
    /// Right wordings with an error or a warning.
    pub(crate) alarms: usize,
    /// Right wordings with nothing graver than an unsure finding.
    pub(crate) unsure: usize,
}

/// The score of the held-out cases, which is measured by hand and written down.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeldOutScore {
    pub(crate) drawn: usize,
    pub(crate) first: usize,
    pub(crate) after: usize,
}

/// A report with a mistake, or with a right but unusual wording.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) kind: String,
    /// Folder of the base report.
    #[serde(default = "bases")]
    pub(crate) folder: String,
    pub(crate) base: String,
    /// Whether the report of the year before is given.
    #[serde(default)]
    pub(crate) last: bool,
    /// Whether the shipped profile of set phrases is in force.
    #[serde(default)]
    pub(crate) profile: bool,
    /// Key of `sources.toml`.
    pub(crate) source: String,
    pub(crate) why: String,
    pub(crate) edits: Vec<Edit>,
    /// Paths of the data at or below which a finding counts; none for a right wording.
    #[serde(default)]
    pub(crate) place: Vec<String>,
}

/// A replacement in the text of the base report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Edit {
    /// Occurs exactly once.
    pub(crate) find: String,
    pub(crate) replace: String,
}

#[derive(Debug, Deserialize)]
struct CaseFile {
    case: Vec<Case>,
}

fn bases() -> String {
    "bases".to_owned()
}

/// The folder of the fixtures.
pub(crate) fn fixtures() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/catalogue")
}

/// Reads a fixture; `path` is relative to the folder of the fixtures.
pub(crate) fn read_fixture<T: DeserializeOwned>(path: &str) -> T {
    let text = fs::read_to_string(fixtures().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Names of the base reports in a folder, sorted, without those of the year before.
pub(crate) fn base_names(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(fixtures().join(folder)).expect("the folder of bases");
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.expect("an entry").file_name().into_string().ok())
        .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
        .filter(|name| !name.ends_with("-last") && name != "templates" && name != "score")
        .collect();
    names.sort();
    names
}

impl Catalogue {
    /// Reads the whole catalogue.
    pub(crate) fn load() -> Self {
        Self {
            mistakes: read_fixture::<CaseFile>("mistakes.toml").case,
            right: read_fixture::<CaseFile>("right.toml").case,
            sources: read_fixture("sources.toml"),
            first: read_fixture("first-score.toml"),
            held_out: read_fixture("held-out/score.toml"),
        }
    }
}

impl Case {
    /// A base report as it is, with the report of the year before where there is one.
    pub(crate) fn unchanged(folder: &str, base: &str) -> Self {
        let case = Self {
            id: format!("{folder}/{base}"),
            kind: String::new(),
            folder: folder.to_owned(),
            base: base.to_owned(),
            last: false,
            profile: false,
            source: String::new(),
            why: String::new(),
            edits: Vec::new(),
            place: Vec::new(),
        };
        let last = case.last_path().is_file();
        Self { last, ..case }
    }

    /// The report of the year before.
    pub(crate) fn last_path(&self) -> PathBuf {
        fixtures().join(&self.folder).join(format!("{}-last.toml", self.base))
    }

    /// The text of the base report.
    pub(crate) fn base_text(&self) -> String {
        let path = fixtures().join(&self.folder).join(format!("{}.toml", self.base));
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {}: {error}", self.id, path.display()))
    }

    /// The text with all edits made, in order.
    pub(crate) fn changed_text(&self) -> String {
        self.edits.iter().fold(self.base_text(), |text, Edit { find, replace }| {
            assert_eq!(text.matches(find).count(), 1, "{}: “{find}” must occur exactly once", self.id);
            text.replacen(find, replace, 1)
        })
    }

    /// Whether a finding at `path` names the right place.
    pub(crate) fn accepts(&self, path: &str) -> bool {
        self.place.iter().any(|place| {
            path.strip_prefix(place.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    }
}
