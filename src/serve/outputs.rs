//! The outputs of a report: building, listing, reading them. The page names an output by its id, never by a path.

use axum::http::StatusCode;
use gongbao_core::paths::PathExt;
use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    correction::marked_path,
    list::{data, stem},
    many::kinds,
    request::OutputRequest,
    view::{self, FindingsView},
    workspace::Workspace,
};
use crate::output::{
    Folder, Kind, LARGEST_OUTPUT, Maker, OutputLock, Plan, Shard, is_current, manifest,
    remove_temporary_files,
};
use gongbao_core::{digest::sha256, file, finding::Finding};

/// The answer of `POST /api/build`.
#[derive(Debug, Serialize)]
pub(super) struct BuildAnswer {
    #[serde(flatten)]
    findings: FindingsView,
    state: &'static str,
    outputs: Vec<OutputView>,
}

/// An output file.
#[derive(Debug, Clone, Serialize)]
pub(super) struct OutputView {
    pub(super) id: String,
    /// Path from the folder of the report, with `/`.
    #[serde(skip)]
    pub(super) path: String,
    pub(super) name: String,
    pub(super) bytes: u64,
    pub(super) pages: Option<usize>,
    pub(super) kind: &'static str,
    /// Whether it was made from the data that the report has now.
    pub(super) current: bool,
    /// Address for downloading.
    pub(super) url: String,
}

impl OutputView {
    /// Describes an output of a report.
    pub(super) fn new(relative: &str, path: &str, bytes: u64, pages: Option<usize>, current: bool) -> Self {
        let id = id(relative, path);
        let query = form_urlencoded::Serializer::new(String::new())
            .append_pair("file", relative)
            .append_pair("id", &id)
            .finish();
        Self {
            name: path.rsplit('/').next().unwrap_or_default().to_owned(),
            kind: kind(path),
            url: format!("/api/output?{query}"),
            path: path.to_owned(),
            id,
            bytes,
            pages,
            current,
        }
    }
}

/// Returns the id of an output: a digest, which says nothing about paths.
fn id(relative: &str, path: &str) -> String {
    let digest = sha256(format!("{relative}\n{path}").as_bytes());
    digest.trim_start_matches("sha256:").chars().take(24).collect()
}

impl Workspace {
    /// Returns the plan of a build: the default outputs and the Word file.
    pub(super) fn plan(&self, kinds: Vec<Kind>) -> Plan {
        Plan { portal: self.setup.portal.clone(), word_margins: self.setup.word_margins, ..Plan::new(kinds) }
    }

    /// Returns the folder of a report's outputs.
    pub(super) fn output_folder(&self, relative: &str) -> Folder {
        Folder::new(self.place.out(), stem(relative))
    }

    /// Builds the outputs of a report without errors, as `gongbao build` does.
    pub(super) fn build(&mut self, relative: &str) -> Answer<BuildAnswer> {
        let opened = self.open(relative)?;
        opened.file()?;
        let (checked, _) = self.check(opened);
        let Some(file) = &checked.file else { return Err(Refusal::broken()) };
        let findings = view::findings(file, &checked.findings);
        if checked.findings.iter().any(Finding::blocks) {
            return Ok(Json(BuildAnswer { findings, state: "refused", outputs: Vec::new() }));
        }
        let template = self.setup.template.get().map_err(Refusal::failed)?;
        let maker = Maker::new(&self.setup.fonts, &template, self.plan(kinds())).map_err(Refusal::failed)?;
        let lock = OutputLock::acquire(self.place.out(), Shard::Whole).map_err(Refusal::failed)?;
        let folder = self.output_folder(relative);
        remove_temporary_files(&folder);
        let made = maker.make(file, &folder).map_err(Refusal::failed)?;
        drop(lock);
        let state = if made.unchanged { "unchanged" } else { "built" };
        Ok(Json(BuildAnswer { findings, state, outputs: self.listed(relative)? }))
    }

    /// Lists the outputs of a report, and whether they are those of its present data.
    pub(super) fn outputs(&mut self, relative: &str) -> Answer<Vec<OutputView>> {
        self.listed(relative).map(Json)
    }

    fn listed(&self, relative: &str) -> Result<Vec<OutputView>, Refusal> {
        let opened = self.open(relative)?;
        let now = data(opened.file()?);
        let corrections = opened.file()?.report.corrections.len();
        let folder = self.output_folder(relative);
        let made = manifest::read(&folder.manifest()).map(|made| made.outputs).unwrap_or_default();
        let mut list: Vec<OutputView> = made
            .iter()
            .filter(|output| folder.path(&output.path).is_file())
            .map(|output| {
                let current = output.data == now && is_current(output, &folder);
                OutputView::new(relative, &output.path, output.bytes as u64, output.pages, current)
            })
            .collect();
        for path in self.draft_paths(relative) {
            let Ok(meta) = folder.path(&path).metadata() else { continue };
            let made = self.drafts.iter().find(|made| made.file == relative && made.path == path);
            let current = made.is_some_and(|made| made.data == now);
            list.push(OutputView::new(
                relative,
                &path,
                meta.len(),
                made.and_then(|made| made.pages),
                current,
            ));
        }
        for number in 1..=corrections {
            let path = marked_path(relative, number);
            let Ok(meta) = folder.path(&path).metadata() else { continue };
            list.push(OutputView::new(relative, &path, meta.len(), None, number == corrections));
        }
        Ok(list)
    }

    /// Finds a current output by its id.
    fn found(&self, request: &OutputRequest) -> Result<OutputView, Refusal> {
        let all = self.listed(&request.file)?;
        let found = all.into_iter().find(|output| output.id == request.id);
        let found = found.ok_or_else(|| Refusal::missing("没有这个成品，请重新生成"))?;
        if !found.current {
            return Err(Refusal::new(StatusCode::CONFLICT, "这个成品已经过时，请重新生成"));
        }
        Ok(found)
    }

    /// Reads an output; returns its file name and bytes.
    pub(super) fn output(&self, request: &OutputRequest) -> Result<(String, Vec<u8>), Refusal> {
        let found = self.found(request)?;
        let path = format!("{}/{}", stem(&request.file), found.path);
        let bytes = file::read(&self.place.output(&path)?, LARGEST_OUTPUT)
            .map_err(|error| Refusal::failed(format!("“{}”读不出来：{error}", found.name)))?;
        Ok((found.name, bytes))
    }

    /// Shows an output in the folder that it lies in, with the file manager of the system.
    pub(super) fn reveal(&self, request: &OutputRequest) -> Answer<()> {
        let found = self.found(request)?;
        let path = self.place.output(&format!("{}/{}", stem(&request.file), found.path))?;
        let folder = path.parent().unwrap_or(&path);
        if (self.setup.reveal)(folder) {
            return Ok(Json(()));
        }
        Err(Refusal::failed(format!("文件夹打不开，请自己打开：{}", folder.to_text())))
    }
}

/// Returns the Chinese name of a kind of output.
fn kind(path: &str) -> &'static str {
    match path {
        path if path.ends_with("-送审.zip") => "送审材料",
        path if path.ends_with("-draft.pdf") => "草稿PDF",
        path if path.ends_with("-draft.docx") => "草稿Word",
        path if path.contains("-花脸稿-") => "花脸稿",
        path if path.starts_with("filing/") && path.contains("-correction-") => "更正说明（纸质件）",
        path if path.contains("-correction-") => "更正说明",
        path if path.ends_with(".fragment.html") => "网页片段（粘贴用）",
        path if path.ends_with(".html") => "网页",
        path if path.ends_with(".docx") => "Word文件",
        path if path.starts_with("filing/") => "纸质件PDF",
        path if path.ends_with(".pdf") => "网站用PDF",
        _ => "数据",
    }
}
