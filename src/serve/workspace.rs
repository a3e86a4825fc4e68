//! The thread that reads, changes, checks and saves report files, one job at a time.

use std::{
    collections::{BTreeMap, HashMap},
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use axum::http::StatusCode;

use super::{
    Setup,
    answer::Refusal,
    draft::MadeDraft,
    list::CachedEntry,
    many::BuildProgress,
    office::CheckedOffice,
    place::Place,
    renderer::{NewestVersions, Renderer},
    trouble,
    worker::Worker,
};
use gongbao_core::{
    check::{CheckContext, LastYears, PreviousReport},
    digest::sha256,
    file::{self, LARGEST_REPORT},
    finding::{Finding, Medium, Rule},
    load::Loaded,
    report::ReportFile,
    syntax::Format,
};
use gongbao_formats::load::{check, load};

/// The state of the thread.
pub(super) struct Workspace {
    pub(super) setup: Arc<Setup>,
    pub(super) place: Place,
    renderer: Worker<Renderer>,
    /// The reports that the renderer typesets.
    newest: NewestVersions,
    /// Entries of the list of reports with the version they belong to, by path.
    pub(super) entries: HashMap<String, (String, CachedEntry)>,
    /// The versions that this server wrote, by path.
    pub(super) written: HashMap<String, String>,
    last_years: HashMap<PathBuf, (Siblings, Arc<LastYears>)>,
    /// The latest bytes of the reports that pages show: path, version, bytes.
    pub(super) kept: Vec<(String, String, Vec<u8>)>,
    /// The drafts that this server made.
    pub(super) drafts: Vec<MadeDraft>,
    /// The state of all bodies, kept until a file changes.
    pub(super) office: Option<CheckedOffice>,
    /// The build of many reports that runs, or was the last.
    pub(super) building: BuildProgress,
}

/// The report files of a folder with their modification times and sizes.
type Siblings = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// A report file that was read.
pub(super) struct Opened {
    pub(super) relative: String,
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
    /// Digest of the bytes.
    pub(super) version: String,
    /// Result of reading; the checks have not been run.
    pub(super) loaded: Loaded,
}

impl Opened {
    /// Returns the folder of the file.
    pub(super) fn base(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// Returns the report.
    ///
    /// # Errors
    /// The file could not be read as a report.
    pub(super) fn file(&self) -> Result<&ReportFile, Refusal> {
        self.loaded.file.as_ref().ok_or_else(|| unreadable(&self.relative, &self.loaded.findings))
    }
}

/// Returns why a file cannot be shown.
fn unreadable(relative: &str, findings: &[Finding]) -> Refusal {
    let findings: Vec<Finding> =
        findings.iter().cloned().map(|finding| finding.shown_in(Medium::Browser)).collect();
    let why = findings.first().map_or_else(|| "里面没有年度，不是报告".to_owned(), Finding::text);
    Refusal::unfit(format!("“{}”读不出来：{why}", trouble::shown(relative)))
        .with("findings", serde_json::to_value(findings).unwrap_or_default())
}

impl Workspace {
    /// Starts the thread.
    ///
    /// # Errors
    /// The thread cannot be started.
    pub(super) fn start(
        setup: Arc<Setup>,
        place: Place,
        renderer: Worker<Renderer>,
        newest: NewestVersions,
    ) -> io::Result<Worker<Self>> {
        let workspace = Self {
            setup,
            place,
            renderer,
            newest,
            entries: HashMap::new(),
            written: HashMap::new(),
            last_years: HashMap::new(),
            kept: Vec::new(),
            drafts: Vec::new(),
            office: None,
            building: BuildProgress::default(),
        };
        Worker::start("workspace", workspace)
    }

    /// Reads a report file.
    pub(super) fn open(&self, relative: &str) -> Result<Opened, Refusal> {
        let path = self.place.report(relative)?;
        let bytes = file::read(&path, LARGEST_REPORT).map_err(|error| trouble::not_read(relative, &error))?;
        let version = sha256(&bytes);
        let base = path.parent().unwrap_or(Path::new("")).to_owned();
        let loaded = load(relative, Ok(bytes.clone()), &base, false);
        Ok(Opened { relative: relative.to_owned(), path, bytes, version, loaded })
    }

    /// Queues a report for the renderer.
    pub(super) fn send_to_renderer(&self, relative: &str, version: &str, file: &Arc<ReportFile>) {
        self.newest.put(relative, version, Arc::clone(file));
        let relative = relative.to_owned();
        self.renderer.post(move |renderer| renderer.render(&relative));
    }

    /// Runs all checks of a report; also returns last year's report, if there is one.
    pub(super) fn check(&mut self, opened: Opened) -> (Loaded, Option<PreviousReport>) {
        let base = opened.base().to_owned();
        let last_years = self.last_years(&base, &opened.path);
        let before = opened.loaded.file.as_ref().and_then(|file| last_years.beside(file, &base));
        let context = CheckContext {
            coverage: &self.setup.fonts,
            loader: load,
            rules: self.setup.rules.as_ref(),
            last_years: Some(&last_years),
            others: None,
        };
        // A working copy differs from what was published on purpose.
        let is_copy = self.original(&opened.relative).is_some();
        let mut checked = check(opened.loaded, &base, context);
        checked.findings.retain(|finding| !is_copy || finding.rule != Rule::Uncorrected);
        (checked, before)
    }

    /// Returns the index of last year's reports in a folder. It is rebuilt if a file other than `but` has changed.
    fn last_years(&mut self, folder: &Path, but: &Path) -> Arc<LastYears> {
        let mut now = Siblings::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let is_report = gongbao_core::folder::may_be_report(&entry.file_name().to_string_lossy());
            if let (true, true, Ok(meta)) = (is_report, path != but, entry.metadata()) {
                now.insert(path, (meta.modified().ok(), meta.len()));
            }
        }
        let known = self.last_years.get(folder).filter(|(then, _)| *then == now);
        if let Some((_, known)) = known {
            return Arc::clone(known);
        }
        let fresh = Arc::new(LastYears::new(load));
        self.last_years.insert(folder.to_owned(), (now, Arc::clone(&fresh)));
        fresh
    }

    /// Checks that the page may edit a report.
    ///
    /// # Errors
    /// The report is not a TOML file, it is published, or the file is marked as read-only.
    pub(super) fn may_edit(&self, opened: &Opened) -> Result<(), Refusal> {
        let file = opened.file()?;
        if Format::of_name(&opened.relative) != Some(Format::Toml) {
            let error = "这种文件在这里只能看。要在这里填，请在报告列表里点“转为可填的文件”";
            return Err(Refusal::new(StatusCode::CONFLICT, error).with("reason", trouble::FORMAT));
        }
        if file.report.published.is_some() && self.original(&opened.relative).is_none() {
            let error = "这份报告已经公布，数据和文字只能通过更正改动";
            return Err(Refusal::new(StatusCode::CONFLICT, error).with("reason", trouble::PUBLISHED));
        }
        trouble::is_writable(&opened.path)
    }
}
