//! What the page asks about an open report every second: whether the file is still the same and may be changed.

use gongbao_core::paths::PathExt;
use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    request::{ReportRequest, RescueRequest},
    trouble,
    workspace::Workspace,
};
use super::{apply::apply, change::Change};
use crate::output::save;
use gongbao_core::{
    digest::sha256,
    file::{self, LARGEST_REPORT},
    folder::reports_below,
    form, report,
    syntax::Format,
};
use gongbao_formats::load::load;

/// Maximum number of reports whose last bytes are kept in memory.
const KEPT: usize = 8;

/// The answer of `GET /api/version`.
#[derive(Debug, Serialize)]
pub(super) struct FileState {
    version: String,
    /// Why the file cannot be written at present, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    /// The same as a key.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

impl Workspace {
    /// Returns the state of a report's file. If it has gone, and a file with the same contents has another name, the
    /// refusal names it as `moved_to`.
    pub(super) fn file_state(&mut self, relative: &str) -> Answer<FileState> {
        let read = self.place.report(relative).and_then(|path| {
            let bytes = gongbao_core::file::read(&path, gongbao_core::file::LARGEST_REPORT)
                .map_err(|error| trouble::not_read(relative, &error))?;
            Ok((path, bytes))
        });
        let (path, bytes) = match read {
            Ok(read) => read,
            Err(refusal) if refusal.reason() == Some(trouble::GONE) => {
                return Err(match self.moved_to(relative) {
                    Some(to) => refusal.with("moved_to", to),
                    None => refusal,
                });
            }
            Err(refusal) => return Err(refusal),
        };
        let locked = trouble::is_writable(&path).err();
        let reason = locked.as_ref().map(|_| trouble::READ_ONLY);
        Ok(Json(FileState { version: sha256(&bytes), error: locked.map(|locked| locked.sentence()), reason }))
    }

    /// Keeps the bytes of a report that a page shows, in case that its file disappears.
    pub(super) fn keep_bytes(&mut self, relative: &str, version: &str, bytes: &[u8]) {
        self.kept.retain(|kept| kept.0 != relative);
        if self.kept.len() >= KEPT {
            self.kept.remove(0);
        }
        self.kept.push((relative.to_owned(), version.to_owned(), bytes.to_owned()));
    }

    /// Returns the report file with the contents that a report had when it was last seen.
    fn moved_to(&self, relative: &str) -> Option<String> {
        let (_, version, bytes) = self.kept.iter().find(|kept| kept.0 == relative)?;
        let out = self.place.out().canonical().ok();
        let found = reports_below(self.place.folder(), out.as_deref()).ok()?;
        found.files.into_iter().find_map(|path| {
            let is_as_long = path.metadata().ok()?.len() == bytes.len() as u64;
            (is_as_long && sha256(&file::read(&path, LARGEST_REPORT).ok()?) == *version)
                .then(|| self.place.relative(&path))
                .flatten()
        })
    }

    /// Writes what a page shows to a new file: the report as it was last seen, with the changes of the page.
    pub(super) fn rescue(&mut self, request: RescueRequest) -> Answer<ReportRequest> {
        let RescueRequest { file: relative, base, name, year, edits, all } = request;
        let bytes = self.bytes_of(&relative, &base);
        let (bytes, edits) = match bytes {
            Some(bytes) => (bytes, edits),
            // The server knows nothing of this version: the page sends the whole report.
            None => {
                let year = year.number().ok_or_else(|| Refusal::unfit("年度是四位数，例如 2025"))?;
                let form = form::by_year(year).map_err(Refusal::failed)?;
                let form = form.ok_or_else(|| Refusal::unfit(format!("{year}年没有通行的格式")))?;
                let fresh = report::fresh("", year, None);
                (report::to_outline(&fresh, form, Format::Toml).into_bytes(), all)
            }
        };
        let loaded = load(&relative, Ok(bytes.clone()), self.place.folder(), false);
        let file = loaded.file.ok_or_else(|| Refusal::unfit("这份报告原来的内容读不出来，没有另存"))?;
        let changes = Change::all(edits, &file)?;
        let bytes = apply(&bytes, &file, &changes)?;
        let stem = name.trim().trim_end_matches(".toml");
        let folder = relative.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let file = self.free_name(&format!("{folder}{stem}"))?;
        let path = self.place.new_report(&file)?;
        save(&path, &bytes).map_err(|error| trouble::not_written(&error))?;
        Ok(Json(ReportRequest { file }))
    }

    /// Returns the bytes of a version of a report, from memory or from the saved versions.
    fn bytes_of(&self, relative: &str, version: &str) -> Option<Vec<u8>> {
        let kept = self.kept.iter().find(|kept| kept.0 == relative && kept.1 == version);
        kept.map(|kept| kept.2.clone()).or_else(|| self.saved_bytes(relative, version)).or_else(|| {
            let bytes = gongbao_core::file::read(
                &self.place.report(relative).ok()?,
                gongbao_core::file::LARGEST_REPORT,
            )
            .ok()?;
            (sha256(&bytes) == version).then_some(bytes)
        })
    }
}
