//! The thread that sets pages and keeps what Typst remembers of them: the next page after a key is set from it.
//!
//! Only the newest version of a report is set. Whoever comes while pages are being set waits for the next
//! round, and all who wait share it.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use axum::http::StatusCode;
use serde_json::{Value, json};
use typst::utils::hash128;
use typst_svg::SvgOptions;

use super::{
    Setup,
    answer::{Answer, Json, Refusal},
    spots::{self, Spot},
    worker::Worker,
};
use crate::typeset::world::{Copy, compile};
use gongbao_core::{digest::sha256, report::ReportFile};

/// How many rounds Typst remembers what it was not asked for again.
const REMEMBERED: usize = 8;
/// How many pictures of pages are kept beside those that are shown.
const PICTURES: usize = 64;
/// How many reports are kept set.
const REPORTS: usize = 8;

/// The newest version of each report that is open: put there by the desk, taken up by the press.
#[derive(Clone, Default)]
pub(super) struct Wanted(Arc<Mutex<Newest>>);

/// Versions and what they say, by file.
type Newest = HashMap<String, (String, Arc<ReportFile>)>;

impl Wanted {
    pub(super) fn put(&self, relative: &str, version: &str, file: Arc<ReportFile>) {
        let mut wanted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        wanted.insert(relative.to_owned(), (version.to_owned(), file));
    }

    fn get(&self, relative: &str) -> Option<(String, Arc<ReportFile>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(relative).cloned()
    }

    fn drop(&self, relative: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(relative);
    }
}

/// What the thread owns.
pub(super) struct Press {
    setup: Arc<Setup>,
    wanted: Wanted,
    /// The reports that were set, the latest last.
    done: VecDeque<Done>,
    /// Pictures by their digest, the latest last.
    pictures: VecDeque<(String, Arc<str>)>,
    /// The picture of each frame that stands in a report that is set.
    frames: HashMap<u128, String>,
}

/// A report that was set.
struct Done {
    relative: String,
    version: String,
    pages: Vec<Page>,
    spots: Vec<Spot>,
    /// Why there are no pages of this version: those of an earlier one are still there.
    error: Option<String>,
    took: u64,
}

/// A page: its picture's digest and its size in points.
#[derive(Clone)]
struct Page {
    frame: u128,
    hash: String,
    width: f64,
    height: f64,
}

impl Press {
    /// Starts it.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(super) fn start(setup: Arc<Setup>, wanted: Wanted) -> io::Result<Worker<Self>> {
        let press =
            Self { setup, wanted, done: VecDeque::new(), pictures: VecDeque::new(), frames: HashMap::new() };
        Worker::start("press", press)
    }

    /// Sets the newest version of a report, if that has not been done.
    pub(super) fn set(&mut self, relative: &str) {
        let Some((version, file)) = self.wanted.get(relative) else { return };
        let at = self.done.iter().position(|done| done.relative == relative);
        let old = at.and_then(|at| self.done.remove(at));
        if old.as_ref().is_some_and(|done| done.version == version) {
            self.done.extend(old);
            return;
        }
        let started = Instant::now();
        let set = self.pages(&file);
        let took = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let relative = relative.to_owned();
        self.done.push_back(match set {
            Ok((pages, spots)) => Done { relative, version, pages, spots, error: None, took },
            Err(error) => {
                let (pages, spots) = old.map_or_else(Default::default, |old| (old.pages, old.spots));
                Done { relative, version, pages, spots, error: Some(error), took }
            }
        });
        typst::comemo::evict(REMEMBERED);
        self.tidy();
    }

    fn pages(&mut self, file: &ReportFile) -> Result<(Vec<Page>, Vec<Spot>), String> {
        let data = spots::data(file, &self.setup.fonts)?;
        let document = compile(&self.setup.template, &self.setup.fonts, data, &Copy::default())
            .map_err(|error| error.to_string())?;
        let mut pages = Vec::new();
        for page in document.pages() {
            let frame = hash128(&page.frame);
            let hash = match self.frames.get(&frame) {
                Some(hash) if self.pictures.iter().any(|(known, _)| known == hash) => hash.clone(),
                _ => self.draw(page),
            };
            self.frames.insert(frame, hash.clone());
            let size = page.frame.size();
            pages.push(Page { frame, hash, width: size.x.to_pt(), height: size.y.to_pt() });
        }
        Ok((pages, spots::spots(&document)))
    }

    fn draw(&mut self, page: &typst_layout::Page) -> String {
        let picture = typst_svg::svg(page, &SvgOptions::default());
        let hash = sha256(picture.as_bytes()).trim_start_matches("sha256:").to_owned();
        if !self.pictures.iter().any(|(known, _)| *known == hash) {
            self.pictures.push_back((hash.clone(), picture.into()));
        }
        hash
    }

    /// Lets go of what nobody looks at any more.
    fn tidy(&mut self) {
        while self.done.len() > REPORTS {
            if let Some(done) = self.done.pop_front() {
                self.wanted.drop(&done.relative);
            }
        }
        let pages = || self.done.iter().flat_map(|done| &done.pages);
        let shown: HashSet<&str> = pages().map(|page| page.hash.as_str()).collect();
        let frames: HashSet<u128> = pages().map(|page| page.frame).collect();
        let mut more = (self.pictures.len() - shown.len().min(self.pictures.len())).saturating_sub(PICTURES);
        self.pictures.retain(|(hash, _)| {
            let goes = more > 0 && !shown.contains(hash.as_str());
            more -= usize::from(goes);
            !goes
        });
        self.frames.retain(|frame, _| frames.contains(frame));
    }

    /// The pages of a report as they stand now; none where nobody has opened it.
    pub(super) fn told(&mut self, relative: &str) -> Option<Value> {
        self.set(relative);
        let done = self.done.iter().find(|done| done.relative == relative)?;
        let page = |(index, page): (usize, &Page)| json!({"n": index + 1, "width_pt": page.width, "height_pt": page.height, "hash": page.hash});
        let pages: Vec<Value> = done.pages.iter().enumerate().map(page).collect();
        let mut told = json!({
            "file": relative, "version": done.version, "pages": pages, "ms": {"typeset": done.took},
        });
        if let Some(error) = &done.error {
            told["error"] = error.clone().into();
        }
        Some(told)
    }

    /// Where the fields stand on the pages.
    pub(super) fn fields(&self, relative: &str) -> Answer {
        let done = self.done.iter().find(|done| done.relative == relative);
        let done = done.ok_or_else(|| Refusal::missing("这份报告还没有排版"))?;
        Ok(Json(done.spots.iter().map(Spot::json).collect()))
    }

    /// A page's picture.
    pub(super) fn picture(&self, hash: &str) -> Result<Arc<str>, Refusal> {
        let found = self.pictures.iter().find(|(known, _)| known == hash);
        found
            .map(|(_, picture)| Arc::clone(picture))
            .ok_or_else(|| Refusal::new(StatusCode::GONE, "这一版的页面已经没有了，请重新取"))
    }
}
