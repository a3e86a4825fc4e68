//! Building the outputs of a report, and downloading them.

use serde::Serialize;

use super::{
    answer::{Answer, Json, Refusal},
    list::stem,
    view::{self, FindingsView},
    workspace::Workspace,
};
use crate::output::{Folder, Kind, LARGEST_OUTPUT, Maker, OutputLock, Plan, Shard, remove_temporary_files};
use gongbao_core::{file, finding::Finding};

/// The answer of `POST /api/build`.
#[derive(Debug, Serialize)]
pub(super) struct BuildAnswer {
    #[serde(flatten)]
    findings: FindingsView,
    state: &'static str,
    outputs: Vec<OutputEntry>,
}

/// An output file.
#[derive(Debug, Serialize)]
struct OutputEntry {
    /// Path from the output folder, with `/`.
    path: String,
    name: String,
    bytes: usize,
    pages: Option<usize>,
    kind: &'static str,
    /// Address for downloading.
    url: String,
}

impl Workspace {
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
        let mut kinds = Kind::DEFAULT.to_vec();
        kinds.push(Kind::Docx);
        let plan = Plan {
            portal: self.setup.portal.clone(),
            word_margins: self.setup.word_margins,
            ..Plan::new(kinds)
        };
        let template = self.setup.template.get().map_err(Refusal::failed)?;
        let maker = Maker::new(&self.setup.fonts, &template, plan).map_err(Refusal::failed)?;
        let lock = OutputLock::acquire(self.place.out(), Shard::Whole).map_err(Refusal::failed)?;
        let folder = Folder::new(self.place.out(), stem(relative));
        if lock.is_resumed() {
            remove_temporary_files(&folder);
        }
        let made = maker.make(file, &folder).map_err(Refusal::failed)?;
        let entry = |output: &crate::output::OutputEntry| {
            let path = format!("{}/{}", stem(relative), output.path);
            let query: String =
                form_urlencoded::Serializer::new(String::new()).append_pair("path", &path).finish();
            OutputEntry {
                name: path.rsplit('/').next().unwrap_or_default().to_owned(),
                bytes: output.bytes,
                pages: output.pages,
                kind: kind(&output.path),
                url: format!("/api/output?{query}"),
                path,
            }
        };
        let outputs = made.outputs.iter().map(entry).collect();
        let state = if made.unchanged { "unchanged" } else { "built" };
        Ok(Json(BuildAnswer { findings, state, outputs }))
    }

    /// Reads an output; returns its file name and bytes.
    pub(super) fn output(&self, relative: &str) -> Result<(String, Vec<u8>), Refusal> {
        let path = self.place.output(relative)?;
        let bytes = file::read(&path, LARGEST_OUTPUT)
            .map_err(|error| Refusal::failed(format!("“{relative}”读不出来：{error}")))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, bytes))
    }
}

/// Returns the Chinese name of a kind of output.
fn kind(path: &str) -> &'static str {
    match path {
        path if path.ends_with(".fragment.html") => "网页片段（粘贴用）",
        path if path.ends_with(".html") => "网页",
        path if path.ends_with(".docx") => "Word文件",
        path if path.starts_with("filing/") => "纸质件PDF",
        path if path.ends_with(".pdf") => "网站用PDF",
        _ => "数据",
    }
}
