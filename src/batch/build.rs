//! Building the outputs of many reports.

use std::{
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::Instant,
};

use super::{
    cache::{BuildCache, CacheWriter, CachedResult, digest_of},
    check::read_all,
    error::BatchError,
    input::ReportInput,
    parallel::{parallel_map, thread_count},
    result::{BuildState, ReportResult, findings_json},
    setup::{CheckOptions, CheckSetup},
};
use crate::{
    output::{Folder, Kind, Made, MakeError, Maker, OutputLock, Plan, Shard, remove_temporary_files},
    typeset::{fonts::FontSet, world::Template},
};
use gongbao_core::{finding::RenderedFindings, isolate::isolated, paths::PathExt};
use gongbao_formats::load::load_and_check;

/// Number of reports held in memory at once while all reports are registered.
const CHUNK: usize = 64;

/// A batch build: the inputs, and what their outputs are made with.
pub struct BatchBuild<'a> {
    /// All reports of the batch. Each is checked against all others, also those of other shards.
    pub inputs: &'a [ReportInput],
    /// The part of the inputs that is built.
    pub shard: Shard,
    /// The output folder.
    pub out: &'a Path,
    /// The fonts.
    pub fonts: &'a FontSet,
    /// The template.
    pub template: &'a Template,
    /// Which outputs are made, and how.
    pub plan: Plan,
    /// Options for the checks.
    pub check: CheckOptions,
    /// Number of reports built at the same time; defaults to the number of processors.
    pub jobs: Option<usize>,
    /// Whether the results contain all findings as JSON.
    pub keep_findings: bool,
}

/// Receives the progress of a batch build, from several threads at once.
pub trait BuildObserver: Sync {
    /// The build begins with this number of reports.
    fn started(&self, reports: usize);
    /// A report is finished.
    fn finished(&self, result: &ReportResult, findings: &RenderedFindings);
    /// A file found in a folder is not a report.
    fn skipped(&self, input: &ReportInput);
    /// Whether no further reports should be started.
    fn is_interrupted(&self) -> bool;
}

/// The results of a batch build.
#[derive(Debug)]
pub struct BuildSummary {
    /// Results in input order, without skipped files.
    pub results: Vec<ReportResult>,
    /// Number of reports that were not started because of an interruption.
    pub left: usize,
}

/// How one input ended.
enum End {
    Report(Box<ReportResult>),
    Skipped,
    NotStarted,
}

/// What is needed to build each report of a run.
struct Run<'a> {
    maker: Maker<'a>,
    setup: CheckSetup,
    cache: CacheWriter,
    observer: &'a dyn BuildObserver,
    keep_findings: bool,
}

impl BatchBuild<'_> {
    /// Builds all reports of the shard.
    ///
    /// # Errors
    /// The build could not begin. Errors of single reports are in their results.
    pub fn run(&self, observer: &dyn BuildObserver) -> Result<BuildSummary, BatchError> {
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            if self.plan.draft.is_some()
                || self.plan.kinds.iter().any(|kind| matches!(kind, Kind::Web | Kind::Print))
            {
                // Reading fonts ahead only saves time, so a failure to start the thread is ignored.
                let _ = std::thread::Builder::new().spawn_scoped(scope, || self.fonts.read_ahead(&stop));
            }
            let summary = self.build(observer);
            stop.store(true, Ordering::Relaxed);
            summary
        })
    }

    fn build(&self, observer: &dyn BuildObserver) -> Result<BuildSummary, BatchError> {
        let mut setup = self.check.load()?;
        let inputs = self.own_inputs();
        let maker = Maker::new(self.fonts, self.template, self.plan.clone())?;
        let _lock = OutputLock::acquire(self.out, self.shard)?;
        // Also a run that ended in order leaves temporary files where the system refuses to remove them.
        inputs.iter().for_each(|input| remove_temporary_files(&self.folder(input)));
        // Checking a single report is faster than computing the digest; standard input can be read only once.
        let uses_cache = inputs.len() > 1
            && self.plan.draft.is_none()
            && self.inputs.iter().all(|input| input.path.is_some());
        let digest = if uses_cache {
            digest_of(self.inputs, &self.check.digests()?, &maker.digest())?
        } else {
            String::new()
        };
        let cache = BuildCache::open(self.out, self.shard, &digest);
        let cache = cache.filter(|_| uses_cache && !self.plan.force);
        let cached =
            parallel_map(inputs.clone(), None, |input| cache.as_ref()?.get(input, &self.folder(input)))?;
        let all_cached = cached.iter().all(Option::is_some);
        if !all_cached {
            register_all(self.inputs, &mut setup)?;
        }
        let writes_cache = uses_cache && !all_cached;
        let writer = CacheWriter::new(self.out, self.shard, writes_cache);
        let run = Run { maker, setup, cache: writer, observer, keep_findings: self.keep_findings };
        observer.started(inputs.len());
        let kept_rounds = thread_count(self.jobs) + 1;
        let work = |(input, cached): (&ReportInput, Option<CachedResult>)| {
            if observer.is_interrupted() {
                return End::NotStarted;
            }
            let folder = self.folder(input);
            match cached {
                Some(cached) if all_cached => run.reuse(cached, input, &folder),
                _ => {
                    let end = run.build(input, &folder);
                    // Results that served one of the last reports, on any thread, stay in Typst's cache: labels,
                    // headings and template are the same in all reports of a form. The rest would only grow.
                    typst::comemo::evict(kept_rounds);
                    end
                }
            }
        };
        let ends = parallel_map(inputs.into_iter().zip(cached).collect(), self.jobs, work)?;
        let left = ends.iter().filter(|end| matches!(end, End::NotStarted)).count();
        let results: Vec<ReportResult> = ends
            .into_iter()
            .filter_map(|end| match end {
                End::Report(result) => Some(*result),
                End::Skipped | End::NotStarted => None,
            })
            .collect();
        let has_outputs =
            |result: &ReportResult| matches!(result.state, BuildState::Built | BuildState::Unchanged);
        // A run without outputs leaves no files, not even a cache.
        if writes_cache && left == 0 && results.iter().any(has_outputs) {
            run.cache.finish(self.out, self.shard, &digest);
        }
        Ok(BuildSummary { results, left })
    }

    /// Returns the inputs of the shard: every N-th, so that large reports are spread over all shards.
    fn own_inputs(&self) -> Vec<&ReportInput> {
        match self.shard {
            Shard::Whole => self.inputs.iter().collect(),
            Shard::Part { index, of } => self.inputs.iter().skip(index).step_by(of).collect(),
        }
    }

    fn folder(&self, input: &ReportInput) -> Folder {
        Folder::new(self.out, &input.stem)
    }
}

impl Run<'_> {
    /// Reads, checks and builds one report.
    fn build(&self, input: &ReportInput, folder: &Folder) -> End {
        let start = Instant::now();
        let context = self.setup.context(self.maker.fonts());
        let loaded = load_and_check(&input.name(), input.bytes(), input.base(), input.found, context);
        if loaded.passed_over {
            self.cache.add(Some(&CachedResult::skipped(input)));
            self.observer.skipped(input);
            return End::Skipped;
        }
        let mut made = Vec::new();
        let loaded = self.setup.apply_strictness(loaded);
        let mut result = ReportResult::new(input, &loaded);
        let is_draft = self.maker.plan().draft.is_some();
        let refused = loaded
            .findings
            .iter()
            .any(|finding| finding.blocks() && (!is_draft || finding.concern().stops_draft()));
        if let (Some(file), false) = (&loaded.file, refused) {
            let made_or_not = isolated(|| self.maker.make(file, folder));
            match made_or_not.unwrap_or(Err(MakeError::Broken)) {
                Ok(Made { unchanged, outputs }) => {
                    result.state = if unchanged { BuildState::Unchanged } else { BuildState::Built };
                    result.pages = outputs.iter().map(|output| output.pages).collect();
                    result.outputs = outputs.iter().map(|o| folder.path(&o.path).to_text()).collect();
                    made = outputs;
                }
                Err(error) => {
                    result.state = BuildState::Failed;
                    result.failure = Some(error.to_string());
                }
            }
        }
        result.seconds = (start.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
        let findings = RenderedFindings::new(&loaded.findings);
        self.observer.finished(&result, &findings);
        self.cache.add(CachedResult::new(&result, &loaded, &made, findings).as_ref());
        if self.keep_findings {
            result.findings = findings_json(&loaded.findings);
        }
        End::Report(Box::new(result))
    }

    /// Returns the cached result of a report that needs neither be checked nor built again.
    fn reuse(&self, cached: CachedResult, input: &ReportInput, folder: &Folder) -> End {
        if cached.is_skipped() {
            self.observer.skipped(input);
            return End::Skipped;
        }
        let (mut result, findings) = cached.result(input, folder);
        self.observer.finished(&result, &findings);
        if !self.keep_findings {
            result.findings = Vec::new();
        }
        End::Report(Box::new(result))
    }
}

/// Registers all reports for cross-report checks before the first one is built. Each is read again when it is built,
/// so that thousands of reports are not held in memory at once.
fn register_all(inputs: &[ReportInput], setup: &mut CheckSetup) -> Result<(), BatchError> {
    // A single report has no other to be compared with; standard input can be read only once.
    let files: Vec<ReportInput> = inputs.iter().filter(|input| input.path.is_some()).cloned().collect();
    if files.len() < 2 {
        return Ok(());
    }
    for chunk in files.chunks(CHUNK) {
        for (input, loaded) in chunk.iter().zip(read_all(chunk)?) {
            loaded.file.iter().for_each(|file| setup.register(file, input.path.as_deref()));
        }
    }
    Ok(())
}
