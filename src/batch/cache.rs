//! The build cache: results of the last run, reused while nothing that they depend on has changed.
//!
//! A result depends on more than its own report: last year's report, the other reports of the run, local rules and
//! fonts. One digest over all of these decides for the whole run. The cache is a file in the output folder: the digest,
//! then one line of JSON per report. Removing it only costs time.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    check::CheckResult,
    input::ReportInput,
    parallel::parallel_map,
    result::{BuildState, ReportResult, findings_json},
};
use crate::output::{Folder, OutputEntry, Shard, is_current};
use gongbao_core::{
    digest::sha256,
    file::{self, LARGEST_REPORT},
    finding::RenderedFindings,
    folder, form,
    load::Loaded,
    paths::PathExt,
};

/// Name of the cache file, completed by [`Shard::file_name`].
const FILE: &str = "memory";

/// The cached result of one report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct CachedResult {
    stem: String,
    /// Whether the file is not a report.
    skipped: bool,
    /// Whether the report was refused; otherwise its outputs were up to date at the end of the run.
    refused: bool,
    agency: String,
    year: Option<u16>,
    outputs: Vec<OutputEntry>,
    counts: String,
    reasons: Vec<String>,
    findings: Vec<Value>,
    rendered: RenderedFindings,
    check: CheckResult,
}

impl CachedResult {
    /// Creates the cache entry of a result; `None` if the build failed or if the result depends on files that the
    /// digest does not cover (members of a consolidated report, a form of the user's own).
    pub(super) fn new(
        result: &ReportResult,
        loaded: &Loaded,
        outputs: &[OutputEntry],
        rendered: RenderedFindings,
    ) -> Option<Self> {
        let file = loaded.file.as_ref();
        let is_built_in = |id: &str| form::by_id(id).is_ok_and(|form| form.is_some());
        if file.is_some_and(|file| !file.report.members.is_empty() || !is_built_in(&file.form.id))
            || result.state == BuildState::Failed
        {
            return None;
        }
        Some(Self {
            stem: result.stem.clone(),
            skipped: false,
            refused: result.state == BuildState::Refused,
            agency: result.agency.clone(),
            year: result.year,
            outputs: outputs.to_vec(),
            counts: result.counts.clone(),
            reasons: result.reasons.clone(),
            findings: findings_json(&loaded.findings),
            rendered,
            check: result.check,
        })
    }

    /// Creates the cache entry of a file that is not a report.
    pub(super) fn skipped(input: &ReportInput) -> Self {
        Self {
            stem: input.stem.clone(),
            skipped: true,
            refused: false,
            agency: String::new(),
            year: None,
            outputs: Vec::new(),
            counts: String::new(),
            reasons: Vec::new(),
            findings: Vec::new(),
            rendered: RenderedFindings::default(),
            check: CheckResult::Passed,
        }
    }

    /// Whether the file is not a report.
    pub(super) fn is_skipped(&self) -> bool {
        self.skipped
    }

    /// Whether all outputs still exist with the same contents.
    fn is_current(&self, folder: &Folder) -> bool {
        self.outputs.iter().all(|output| is_current(output, folder))
    }

    /// Returns the result that building the unchanged report again would give, and its rendered findings.
    pub(super) fn result(self, input: &ReportInput, folder: &Folder) -> (ReportResult, RenderedFindings) {
        let result = ReportResult {
            file: input.name(),
            stem: input.stem.clone(),
            state: if self.refused { BuildState::Refused } else { BuildState::Unchanged },
            outputs: self.outputs.iter().map(|o| folder.path(&o.path).to_text()).collect(),
            seconds: 0.0,
            agency: self.agency,
            year: self.year,
            pages: self.outputs.iter().map(|output| output.pages).collect(),
            failure: None,
            counts: self.counts,
            reasons: self.reasons,
            findings: self.findings,
            check: self.check,
        };
        (result, self.rendered)
    }
}

/// Returns the digest of all files that the results of a run depend on: the reports and the reports beside them,
/// the files of the check options (`setup`), the program, template and fonts (`maker`).
///
/// # Errors
/// A thread cannot be started.
pub(super) fn digest_of(inputs: &[ReportInput], setup: &[String], maker: &str) -> io::Result<String> {
    let named: BTreeSet<PathBuf> = inputs.iter().filter_map(|input| input.path.clone()).collect();
    let folders: BTreeSet<&Path> = inputs.iter().map(ReportInput::base).collect();
    let beside = folders.into_iter().flat_map(folder::reports_in).filter(|path| !named.contains(path));
    let beside: BTreeSet<PathBuf> = beside.collect();
    let digests = parallel_map(named.iter().chain(&beside).collect(), None, |path: &PathBuf| {
        format!("{}={:?}", path.to_text(), file::read(path, LARGEST_REPORT).ok().map(|bytes| sha256(&bytes)))
    })?;
    let all = [&[maker.to_owned()], setup, digests.as_slice()].concat();
    Ok(sha256(all.join("\n").as_bytes()))
}

/// The cache of the last run, open for reading.
pub(super) struct BuildCache {
    file: Mutex<File>,
    /// Offset and length of the line of each report, by stem.
    lines: BTreeMap<String, (u64, usize)>,
}

impl BuildCache {
    /// Opens the cache in the output folder; `None` if there is none, it cannot be read or its digest differs.
    pub(super) fn open(out: &Path, shard: Shard, digest: &str) -> Option<Self> {
        #[derive(Deserialize)]
        struct Stem {
            stem: String,
        }
        let mut text = String::new();
        let mut reader = BufReader::new(file::open(&out.join(shard.file_name(FILE))).ok()?.0);
        reader.read_to_string(&mut text).ok()?;
        let mut lines = BTreeMap::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if at == 0 {
                if line.trim_end() != digest {
                    return None;
                }
            } else {
                lines.insert(serde_json::from_str::<Stem>(line).ok()?.stem, (at, line.len()));
            }
            at += line.len() as u64;
        }
        Some(Self { file: Mutex::new(reader.into_inner()), lines })
    }

    /// Returns the cached result of a report if its outputs are current.
    pub(super) fn get(&self, input: &ReportInput, folder: &Folder) -> Option<CachedResult> {
        let (start, length) = *self.lines.get(&input.stem)?;
        let line =
            line_at(&mut self.file.lock().unwrap_or_else(PoisonError::into_inner), start, length).ok()?;
        let cached: CachedResult = serde_json::from_slice(&line).ok()?;
        cached.is_current(folder).then_some(cached)
    }
}

fn line_at(file: &mut File, start: u64, length: usize) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(start))?;
    let mut line = vec![0; length];
    file.read_exact(&mut line)?;
    Ok(line)
}

/// Writes the cache of the current run. Entries go to a temporary file as reports are finished, so that thousands of
/// them are not held in memory.
pub(super) struct CacheWriter(Mutex<Option<Entries>>);

struct Entries {
    file: tempfile::NamedTempFile,
    end: u64,
    lines: BTreeMap<String, (u64, usize)>,
}

impl CacheWriter {
    /// Creates a writer in the output folder. It discards all entries if `enabled` is not set or the temporary file
    /// cannot be created.
    pub(super) fn new(out: &Path, shard: Shard, enabled: bool) -> Self {
        let prefix = temporary_prefix(shard);
        let file =
            enabled.then(|| tempfile::Builder::new().prefix(&prefix).suffix(".tmp").tempfile_in(out).ok());
        Self(Mutex::new(file.flatten().map(|file| Entries { file, end: 0, lines: BTreeMap::new() })))
    }

    /// Adds an entry. `None`, a result that must not be cached, discards the whole cache of the run.
    pub(super) fn add(&self, cached: Option<&CachedResult>) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let added = cached.zip(entries.as_mut()).and_then(|(cached, entries)| {
            let mut line = serde_json::to_vec(cached).ok()?;
            line.push(b'\n');
            entries.file.write_all(&line).ok()?;
            entries.lines.insert(cached.stem.clone(), (entries.end, line.len()));
            entries.end += line.len() as u64;
            Some(())
        });
        if added.is_none() {
            *entries = None;
        }
    }

    /// Replaces the cache file by the entries of this run, sorted by stem.
    pub(super) fn finish(self, out: &Path, shard: Shard, digest: &str) -> Option<()> {
        let mut entries = self.0.into_inner().unwrap_or_else(PoisonError::into_inner)?;
        let prefix = temporary_prefix(shard);
        let mut cache = tempfile::Builder::new().prefix(&prefix).suffix(".tmp").tempfile_in(out).ok()?;
        writeln!(cache, "{digest}").ok()?;
        for (start, length) in entries.lines.values() {
            cache.write_all(&line_at(entries.file.as_file_mut(), *start, *length).ok()?).ok()?;
        }
        cache.persist(out.join(shard.file_name(FILE))).ok().map(|_| ())
    }
}

/// Prefix of the temporary files of a shard, which the next run removes.
fn temporary_prefix(shard: Shard) -> String {
    format!("{}.", shard.file_name(FILE))
}
