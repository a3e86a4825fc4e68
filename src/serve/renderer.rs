//! The thread that typesets reports and draws their pages.
//!
//! It keeps Typst's cache, so that after a small change only the affected parts are set again. Only the newest version
//! of a report is set: requests that arrive during a round wait for the next round and share its result.

use std::{
    collections::{HashMap, HashSet, VecDeque},
    io,
    sync::{Arc, Mutex, PoisonError},
    time::Instant,
};

use axum::http::StatusCode;
use serde::Serialize;
use typst::utils::hash128;
use typst_svg::SvgOptions;

use super::{
    Setup,
    answer::{Answer, Json, Refusal},
    spots::{self, Spot},
    worker::Worker,
};
use crate::output::filing_json;
use crate::typeset::world::{Copy, Template, compile};
use gongbao_core::{digest::sha256, report::ReportFile};

/// Number of rounds after which Typst's cache drops unused results.
const CACHE_ROUNDS: usize = 8;
/// Number of pictures kept in addition to those of current pages.
const SPARE_PICTURES: usize = 64;
/// Number of reports whose pages are kept.
const REPORTS: usize = 8;

/// The newest version of each open report, written by the workspace and read by the renderer.
#[derive(Clone, Default)]
pub(super) struct NewestVersions(Arc<Mutex<Versions>>);

/// Version and content of each report, by path.
type Versions = HashMap<String, (String, Arc<ReportFile>)>;

impl NewestVersions {
    pub(super) fn put(&self, relative: &str, version: &str, file: Arc<ReportFile>) {
        let mut versions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        versions.insert(relative.to_owned(), (version.to_owned(), file));
    }

    fn get(&self, relative: &str) -> Option<(String, Arc<ReportFile>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(relative).cloned()
    }

    fn remove(&self, relative: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(relative);
    }
}

/// The answer of `GET /api/pages`.
#[derive(Debug, Serialize)]
pub(super) struct PageList {
    file: String,
    version: String,
    pages: Vec<PageEntry>,
    /// Where each field begins.
    fields: Vec<Spot>,
    ms: Timing,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// A page of the list, with the digest of its picture.
#[derive(Debug, Serialize)]
struct PageEntry {
    n: usize,
    width_pt: f64,
    height_pt: f64,
    hash: String,
    /// Whether the page belongs to the sign-off sheet, which only the paper copy has.
    sheet: bool,
}

/// Durations in milliseconds.
#[derive(Debug, Serialize)]
struct Timing {
    typeset: u64,
}

/// The state of the thread.
pub(super) struct Renderer {
    setup: Arc<Setup>,
    newest: NewestVersions,
    /// The typeset reports, the latest last.
    done: VecDeque<Rendered>,
    /// Pictures (SVG) with their digests, the latest last.
    pictures: VecDeque<(String, Arc<str>)>,
    /// Digest of the picture of each frame, by the hash of the frame.
    frames: HashMap<u128, String>,
}

/// A typeset report.
struct Rendered {
    relative: String,
    version: String,
    /// The template that the pages were typeset with.
    template: Option<Arc<Template>>,
    pages: Vec<Page>,
    spots: Vec<Spot>,
    /// The sign-off sheet with what it was made from.
    sheet: Option<(String, Vec<Page>)>,
    /// Error of typesetting this version; the pages are those of an earlier version.
    error: Option<String>,
    millis: u64,
}

/// A page: the hash of its frame, the digest of its picture, its size in points.
#[derive(Clone)]
struct Page {
    frame: u128,
    hash: String,
    width: f64,
    height: f64,
}

impl Renderer {
    /// Starts the thread.
    ///
    /// # Errors
    /// The thread cannot be started.
    pub(super) fn start(setup: Arc<Setup>, newest: NewestVersions) -> io::Result<Worker<Self>> {
        let renderer =
            Self { setup, newest, done: VecDeque::new(), pictures: VecDeque::new(), frames: HashMap::new() };
        Worker::start("renderer", renderer)
    }

    /// Typesets the newest version of a report, unless its pages are current.
    pub(super) fn render(&mut self, relative: &str) {
        let Some((version, file)) = self.newest.get(relative) else { return };
        let at = self.done.iter().position(|done| done.relative == relative);
        let old = at.and_then(|at| self.done.remove(at));
        let template = self.setup.template.get();
        let is_current = |done: &Rendered| {
            let is_used = |template| done.template.as_ref().is_some_and(|used| Arc::ptr_eq(used, template));
            done.version == version && template.as_ref().is_ok_and(is_used)
        };
        if old.as_ref().is_some_and(is_current) {
            self.done.extend(old);
            return;
        }
        let started = Instant::now();
        let pages = match &template {
            Ok(template) => self.pages(&file, template),
            Err(error) => Err(error.to_string()),
        };
        let old_sheet = old.as_ref().and_then(|old| old.sheet.clone());
        let sheet = match (&pages, &template) {
            (Ok((pages, _)), Ok(template)) => self.sheet(&file, template, pages.len(), old_sheet),
            _ => old_sheet,
        };
        let millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (error, (pages, spots)) = match pages {
            Ok(pages) => (None, pages),
            Err(error) => (Some(error), old.map_or_else(Default::default, |old| (old.pages, old.spots))),
        };
        let (relative, template) = (relative.to_owned(), template.ok());
        self.done.push_back(Rendered { relative, version, template, pages, spots, sheet, error, millis });
        typst::comemo::evict(CACHE_ROUNDS);
        self.tidy();
    }

    /// Typesets a report and draws the pages that have changed.
    fn pages(&mut self, file: &ReportFile, template: &Template) -> Result<(Vec<Page>, Vec<Spot>), String> {
        let data = spots::data(file, &self.setup.fonts)?;
        let document = compile(template, &self.setup.fonts, data, &Copy::default())
            .map_err(|error| error.to_string())?;
        let pages = document.pages().iter().map(|page| self.page(page)).collect();
        Ok((pages, spots::spots(&document)))
    }

    /// Returns the pages of the sign-off sheet. They depend on the number of the report's pages, but not on its text, and
    /// are typeset again only if something that they depend on has changed.
    fn sheet(
        &mut self,
        file: &ReportFile,
        template: &Template,
        count: usize,
        old: Option<(String, Vec<Page>)>,
    ) -> Option<(String, Vec<Page>)> {
        let filing = filing_json(file, file.report.filing.as_ref()?);
        let key = format!("{:p} {count} {filing}", std::ptr::from_ref(template));
        if let Some(old) = old.filter(|old| old.0 == key) {
            return Some(old);
        }
        let composed = crate::typeset::compose(file, &self.setup.fonts).ok()?;
        let data = serde_json::to_string(&composed.document).ok()?;
        let copy = Copy { filing: Some(filing), ..Copy::default() };
        let document = compile(template, &self.setup.fonts, data, &copy).ok()?;
        // The sheet begins on a front page; a blank page may stand before it.
        let first = count + count % 2;
        Some((key, document.pages().iter().skip(first).map(|page| self.page(page)).collect()))
    }

    /// Returns a page, which is drawn if its frame has changed.
    fn page(&mut self, page: &typst_layout::Page) -> Page {
        let frame = hash128(&page.frame);
        let hash = match self.frames.get(&frame) {
            Some(hash) if self.pictures.iter().any(|(known, _)| known == hash) => hash.clone(),
            _ => self.draw(page),
        };
        self.frames.insert(frame, hash.clone());
        let size = page.frame.size();
        Page { frame, hash, width: size.x.to_pt(), height: size.y.to_pt() }
    }

    /// Draws a page and returns the digest of its picture.
    fn draw(&mut self, page: &typst_layout::Page) -> String {
        let picture = typst_svg::svg(page, &SvgOptions::default());
        let hash = sha256(picture.as_bytes()).trim_start_matches("sha256:").to_owned();
        if !self.pictures.iter().any(|(known, _)| *known == hash) {
            self.pictures.push_back((hash.clone(), picture.into()));
        }
        hash
    }

    /// Drops the oldest reports, and pictures and frames that no report needs.
    fn tidy(&mut self) {
        while self.done.len() > REPORTS {
            if let Some(done) = self.done.pop_front() {
                self.newest.remove(&done.relative);
            }
        }
        let sheet =
            |done: &'_ Rendered| done.sheet.iter().flat_map(|(_, pages)| pages.clone()).collect::<Vec<_>>();
        let pages: Vec<Page> =
            self.done.iter().flat_map(|done| [done.pages.clone(), sheet(done)].concat()).collect();
        let pages = || pages.iter();
        let shown: HashSet<&str> = pages().map(|page| page.hash.as_str()).collect();
        let frames: HashSet<u128> = pages().map(|page| page.frame).collect();
        let mut more =
            (self.pictures.len() - shown.len().min(self.pictures.len())).saturating_sub(SPARE_PICTURES);
        self.pictures.retain(|(hash, _)| {
            let is_removed = more > 0 && !shown.contains(hash.as_str());
            more -= usize::from(is_removed);
            !is_removed
        });
        self.frames.retain(|frame, _| frames.contains(frame));
    }

    /// Typesets the newest version of a report and returns its pages; `None` if the report is not open.
    pub(super) fn page_list(&mut self, relative: &str) -> Option<PageList> {
        self.render(relative);
        let done = self.done.iter().find(|done| done.relative == relative)?;
        let count = done.pages.len();
        let entry = |(index, page): (usize, &Page)| PageEntry {
            n: index + 1,
            width_pt: page.width,
            height_pt: page.height,
            hash: page.hash.clone(),
            sheet: index >= count,
        };
        let sheet = done.sheet.iter().flat_map(|(_, pages)| pages);
        Some(PageList {
            file: relative.to_owned(),
            version: done.version.clone(),
            pages: done.pages.iter().chain(sheet).enumerate().map(entry).collect(),
            fields: done.spots.clone(),
            ms: Timing { typeset: done.millis },
            error: done.error.clone(),
        })
    }

    /// Returns the positions of the fields on the pages.
    pub(super) fn fields(&self, relative: &str) -> Answer<Vec<Spot>> {
        let done = self.done.iter().find(|done| done.relative == relative);
        let done = done.ok_or_else(|| Refusal::missing("这份报告还没有排版"))?;
        Ok(Json(done.spots.clone()))
    }

    /// Returns the picture of a page by its digest.
    pub(super) fn picture(&self, hash: &str) -> Result<Arc<str>, Refusal> {
        let found = self.pictures.iter().find(|(known, _)| known == hash);
        found
            .map(|(_, picture)| Arc::clone(picture))
            .ok_or_else(|| Refusal::new(StatusCode::GONE, "这一版的页面已经没有了，请重新取"))
    }
}
