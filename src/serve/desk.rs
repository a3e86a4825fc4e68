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
    list::Row,
    place::Place,
    press::{Press, Wanted},
    worker::Worker,
};
use gongbao_core::{
    check::{Before, CheckContext, LastYears},
    digest::sha256,
    finding::Finding,
    load::Loaded,
    report::ReportFile,
    syntax::Format,
};
use gongbao_formats::load::{check, load};

/// What the thread owns.
pub(super) struct Desk {
    pub(super) setup: Arc<Setup>,
    pub(super) place: Place,
    press: Worker<Press>,
    /// What the press is to set.
    wanted: Wanted,
    /// What stands in the list, by file and the version it was said of.
    pub(super) rows: HashMap<String, (String, Row)>,
    /// The versions that this server wrote, by file.
    pub(super) written: HashMap<String, String>,
    last_years: HashMap<PathBuf, (Siblings, Arc<LastYears>)>,
}

/// The files beside a report with their times and sizes.
type Siblings = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// A report file as it lies there now.
pub(super) struct Opened {
    pub(super) relative: String,
    pub(super) path: PathBuf,
    pub(super) bytes: Vec<u8>,
    /// The digest of its bytes.
    pub(super) version: String,
    /// What reading it came to; nothing is checked yet.
    pub(super) judged: Loaded,
}

impl Opened {
    pub(super) fn base(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// The report, or why there is none.
    pub(super) fn file(&self) -> Result<&ReportFile, Refusal> {
        self.judged.file.as_ref().ok_or_else(|| unreadable(&self.relative, &self.judged.findings))
    }
}

/// Why a file is no report that could be shown.
fn unreadable(relative: &str, findings: &[Finding]) -> Refusal {
    let why = findings.first().map_or("开头没有 year，不是报告", |finding| finding.message.as_str());
    Refusal::unfit(format!("“{relative}”读不出来：{why}"))
        .with("findings", serde_json::to_value(findings).unwrap_or_default())
}

impl Desk {
    /// Starts it.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(super) fn start(
        setup: Arc<Setup>,
        place: Place,
        press: Worker<Press>,
        wanted: Wanted,
    ) -> io::Result<Worker<Self>> {
        let (rows, written, last_years) = Default::default();
        Worker::start("desk", Self { setup, place, press, wanted, rows, written, last_years })
    }

    /// Reads a report as it lies there now.
    pub(super) fn open(&self, relative: &str) -> Result<Opened, Refusal> {
        let path = self.place.report(relative)?;
        let bytes = std::fs::read(&path).map_err(|error| {
            Refusal::failed(format!("“{relative}”读不出来：{error}。请检查文件是否被占用"))
        })?;
        let version = sha256(&bytes);
        let base = path.parent().unwrap_or(Path::new("")).to_owned();
        let judged = load(relative, Ok(bytes.clone()), &base, false);
        Ok(Opened { relative: relative.to_owned(), path, bytes, version, judged })
    }

    /// The version of a report as it lies there now.
    pub(super) fn version(&self, relative: &str) -> Result<String, Refusal> {
        let path = self.place.report(relative)?;
        let bytes = std::fs::read(&path)
            .map_err(|error| Refusal::failed(format!("“{relative}”读不出来：{error}")))?;
        Ok(sha256(&bytes))
    }

    /// Has the pages of a report set.
    pub(super) fn send_to_press(&self, relative: &str, version: &str, file: &Arc<ReportFile>) {
        self.wanted.put(relative, version, Arc::clone(file));
        let relative = relative.to_owned();
        self.press.leave(move |press| press.set(&relative));
    }

    /// Holds a report against all that it must agree with; and last year's report, if there is one.
    pub(super) fn check(&mut self, opened: Opened) -> (Loaded, Option<Before>) {
        let base = opened.base().to_owned();
        let last_years = self.last_years(&base, &opened.path);
        let before = opened.judged.file.as_ref().and_then(|file| last_years.beside(file, &base));
        let against = CheckContext {
            coverage: &self.setup.fonts,
            loader: load,
            rules: self.setup.rules.as_ref(),
            last_years: Some(&last_years),
            others: None,
        };
        (check(opened.judged, &base, against), before)
    }

    /// Last year's reports in a folder, looked for again only when a file beside the one at hand has changed.
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

    /// Whether a report may be changed in place, and why not.
    pub(super) fn may_edit(opened: &Opened) -> Result<(), Refusal> {
        let file = opened.file()?;
        if Format::of_name(&opened.relative) != Some(Format::Toml) {
            let error = "这份报告不是 .toml 文件，只能看。要在这里填，请先转成 .toml";
            return Err(Refusal::new(StatusCode::CONFLICT, error));
        }
        if file.report.published.is_some() {
            let error = "这份报告已经公布，数据和文字只能通过更正改动（gongbao correct）";
            return Err(Refusal::new(StatusCode::CONFLICT, error));
        }
        Ok(())
    }
}
