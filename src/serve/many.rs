//! Work on all reports of the folder: building with progress, adding up, the website.

use std::{
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use serde::Serialize;

use super::{
    Setup,
    answer::{Answer, Json, Refusal},
    request::{BuildAllRequest, ReportRequest, RollupRequest},
    trouble,
    workspace::Workspace,
};
use crate::{
    batch::{
        BatchBuild, BuildObserver, BuildState, Contributions, ReportInput, ReportResult, STACK,
        contributions, distinct,
    },
    output::{Kind, Plan, Shard, save, site},
};
use gongbao_core::{
    finding::{Finding, Medium, RenderedFindings},
    paths::PathExt,
    report::{Scope, to_toml},
    rollup::{Consolidated, Contribution, Wanted, consolidate},
};
use gongbao_formats::pack;

/// Folder of the website below the served folder.
pub(super) const SITE: &str = "网站";

/// The progress of a build of many reports, shared with the thread that builds.
#[derive(Clone, Default)]
pub(super) struct BuildProgress(Arc<Mutex<Progress>>, Arc<AtomicBool>);

/// The answer of `GET /api/build-all`.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Progress {
    running: bool,
    total: usize,
    done: usize,
    /// Whether the user stopped it.
    stopped: bool,
    error: Option<String>,
    results: Vec<ResultView>,
}

/// The result of one report.
#[derive(Debug, Clone, Serialize)]
struct ResultView {
    agency: String,
    file: String,
    state: BuildState,
    state_name: &'static str,
    why: Option<String>,
}

impl BuildProgress {
    fn change(&self, does: impl FnOnce(&mut Progress)) {
        does(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Returns the state at present.
    pub(super) fn get(&self) -> Progress {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Starts no further reports.
    pub(super) fn stop(&self) {
        self.1.store(true, Ordering::Relaxed);
    }
}

impl BuildObserver for BuildProgress {
    fn started(&self, reports: usize) {
        self.change(|progress| progress.total = reports);
    }

    fn finished(&self, result: &ReportResult, _: &RenderedFindings) {
        let file = Path::new(&result.file).file_name().unwrap_or_default().to_string_lossy().into_owned();
        let view = ResultView {
            agency: result.agency.clone(),
            file,
            state: result.state,
            state_name: result.state.name(),
            why: result.failure.clone().or_else(|| result.reasons.first().cloned()),
        };
        self.change(|progress| {
            progress.done += 1;
            progress.results.push(view);
        });
    }

    fn skipped(&self, _: &ReportInput) {
        self.change(|progress| progress.total = progress.total.saturating_sub(1));
    }

    fn is_interrupted(&self) -> bool {
        self.1.load(Ordering::Relaxed)
    }
}

impl Workspace {
    /// Starts building many reports on a thread of its own; the page asks for the progress.
    pub(super) fn build_all(&mut self, request: &BuildAllRequest) -> Answer<Progress> {
        if self.building.get().running {
            return Ok(Json(self.building.get()));
        }
        let mut inputs = self.office_inputs()?;
        if !request.files.is_empty() {
            inputs.retain(|input| {
                let relative = input.path.as_deref().and_then(|path| self.place.relative(path));
                relative.is_some_and(|relative| request.files.contains(&relative))
            });
        }
        if inputs.is_empty() {
            return Err(Refusal::unfit("没有可以生成的报告"));
        }
        distinct(&inputs).map_err(|error| Refusal::unfit(error.to_string()))?;
        let progress = BuildProgress::default();
        progress.change(|progress| progress.running = true);
        self.building = progress.clone();
        let (setup, out) = (Arc::clone(&self.setup), self.place.out().to_owned());
        let plan = self.plan(kinds());
        std::thread::Builder::new()
            .name("build-all".to_owned())
            .stack_size(STACK)
            .spawn(move || run(&setup, &inputs, &out, plan, &progress))
            .map_err(Refusal::failed)?;
        Ok(Json(self.building.get()))
    }

    /// Adds up all reports of the folder to one, as `gongbao rollup` does.
    pub(super) fn roll_up(&mut self, request: &RollupRequest) -> Answer<RolledUp> {
        let agency = request.agency.trim();
        if agency.is_empty() {
            return Err(Refusal::unfit("请写汇总报告的单位名称").with("path", "agency"));
        }
        let roster = self.roster().map_err(|_| Refusal::unfit("名册有错，请先改正名册"))?;
        let inputs = self.office_inputs()?;
        let mut setup = self.setup.check.load().map_err(Refusal::failed)?;
        let Contributions { reports, unreadable, .. } =
            contributions(inputs, &[], &self.setup.fonts, &mut setup).map_err(Refusal::failed)?;
        let wanted = Wanted { agency, roster: roster.as_ref(), folder: self.place.folder() };
        let consolidated = match consolidate(&reports, &wanted) {
            Ok(consolidated) if unreadable.is_empty() => consolidated,
            Ok(_) => return Ok(Json(RolledUp::refused(&unreadable))),
            Err(errors) => return Ok(Json(RolledUp::refused(&errors))),
        };
        let Consolidated { report, form, findings } = consolidated;
        let odd = |c: char| c.is_control() || c.is_whitespace() || "/\\:*?\"<>|.".contains(c);
        let stem: String = agency.chars().filter(|c| !odd(*c)).take(60).collect();
        let name = self.free_name(&format!("{stem}-{}", report.year))?;
        let path = self.place.new_report(&name)?;
        save(&path, to_toml(&report, &form, Scope::Office).as_bytes())
            .map_err(|error| trouble::not_written(&error))?;
        let member = |contribution: &Contribution| contribution.file.report.agency.name.clone();
        Ok(Json(RolledUp {
            file: Some(name),
            members: reports.iter().map(member).collect(),
            findings: findings.iter().map(|finding| finding.message.text(Medium::Browser)).collect(),
        }))
    }

    /// Puts everything public into one folder, as `gongbao site` does.
    pub(super) fn put_site(&mut self) -> Answer<SiteView> {
        let found =
            site::gather(self.place.out()).map_err(|_| Refusal::unfit("还没有生成过成品。请先全部生成"))?;
        if found.reports.is_empty() {
            return Err(Refusal::unfit("还没有可以公开的成品。请先全部生成"));
        }
        let folder = self.place.folder().join(SITE);
        site::put(&found, &folder).map_err(|error| Refusal::unfit(error.to_string()))?;
        let left_out = found.left_out.iter().filter(|left| left.why.is_missed());
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Json(SiteView {
            folder: folder.to_text(),
            reports: found.reports.len(),
            left_out: left_out.map(|left| format!("{}：{}", name(&left.path), left.why)).collect(),
        }))
    }

    /// Packs the website.
    pub(super) fn site_archive(&self) -> Result<Vec<u8>, Refusal> {
        let folder = self.place.folder().join(SITE);
        let mut files = Vec::new();
        collect(&folder, SITE, &mut files).map_err(|_| Refusal::missing("网站还没有做好，请先点“网站”"))?;
        files.sort();
        pack(files).map_err(Refusal::failed)
    }

    /// Shows the folder of the website.
    pub(super) fn reveal_site(&self) -> Answer<ReportRequest> {
        let folder = self.place.folder().join(SITE);
        let file = folder.to_text();
        if (self.setup.reveal)(&folder) {
            return Ok(Json(ReportRequest { file }));
        }
        Err(Refusal::failed(format!("文件夹打不开，请自己打开：{file}")))
    }
}

/// The answer of `POST /api/rollup`.
#[derive(Debug, Serialize)]
pub(super) struct RolledUp {
    /// The new report; `None` if nothing was added up.
    file: Option<String>,
    members: Vec<String>,
    findings: Vec<String>,
}

impl RolledUp {
    fn refused(findings: &[Finding]) -> Self {
        let words = findings.iter().map(|finding| finding.message.text(Medium::Browser)).collect();
        Self { file: None, members: Vec::new(), findings: words }
    }
}

/// The answer of `POST /api/site`.
#[derive(Debug, Serialize)]
pub(super) struct SiteView {
    folder: String,
    reports: usize,
    left_out: Vec<String>,
}

/// Returns the kinds of outputs that the page makes.
pub(super) fn kinds() -> Vec<Kind> {
    Kind::DEFAULT.iter().copied().chain([Kind::Docx]).collect()
}

fn run(setup: &Setup, inputs: &[ReportInput], out: &Path, plan: Plan, progress: &BuildProgress) {
    let build = |template: Arc<crate::typeset::world::Template>| {
        let build = BatchBuild {
            inputs,
            shard: Shard::Whole,
            out,
            fonts: &setup.fonts,
            template: &template,
            plan,
            check: setup.check.clone(),
            jobs: None,
            keep_findings: false,
        };
        build.run(progress).map_err(|error| error.to_string())
    };
    let done = setup.template.get().map_err(|error| error.to_string()).and_then(build);
    progress.change(|progress| {
        progress.running = false;
        match done {
            Ok(summary) => progress.stopped = summary.left > 0,
            Err(error) => progress.error = Some(error),
        }
    });
}

/// Reads all files below a folder.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = format!("{prefix}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, files)?;
        } else {
            files.push((name, gongbao_core::file::read(&path, crate::output::LARGEST_OUTPUT)?));
        }
    }
    Ok(())
}
