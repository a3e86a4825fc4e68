//! Drafts of unfinished reports, and the archive for those who sign a report off (送审材料).

use axum::http::StatusCode;

use super::{
    answer::{Answer, Json, Refusal},
    list::{data, stem},
    opinion::{Opinion, as_word},
    outputs::OutputView,
    request::DraftRequest,
    trouble,
    workspace::Workspace,
};
use crate::{
    output::{Maker, Plan, filing_json, save, sign_off},
    typeset::compose,
};
use gongbao_core::{load::Loaded, report::Filing};
use gongbao_formats::{pack, word::word};

/// The words across each page of a draft.
const DRAFT: &str = "草稿";

/// A draft that this server made.
#[derive(Debug, Clone)]
pub(super) struct MadeDraft {
    pub(super) file: String,
    /// Path from the folder of the report's outputs.
    pub(super) path: String,
    /// Digest of the data that it was made from.
    pub(super) data: String,
    pub(super) pages: Option<usize>,
}

impl Workspace {
    /// Returns the paths of all drafts that a report can have.
    pub(super) fn draft_paths(&self, relative: &str) -> [String; 3] {
        let stem = stem(relative);
        [format!("{stem}-draft.pdf"), format!("{stem}-draft.docx"), format!("{stem}-送审.zip")]
    }

    /// Makes a draft, whatever errors the report has.
    pub(super) fn draft(&mut self, request: &DraftRequest) -> Answer<OutputView> {
        let relative = request.file.as_str();
        let opened = self.open(relative)?;
        opened.file()?;
        let (checked, _) = self.check(opened);
        let now = checked.file.as_ref().map(data).unwrap_or_default();
        let [pdf, docx, review] = self.draft_paths(relative);
        let (path, bytes, pages) = match request.kind.as_str() {
            "pdf" => {
                let (bytes, pages) = self.draft_pdf(relative, &checked)?;
                (pdf, bytes, pages)
            }
            "docx" => (docx, self.draft_word(&checked)?, None),
            "review" => (review, self.review(relative, &checked)?, None),
            _ => return Err(Refusal::new(StatusCode::BAD_REQUEST, "没有这种草稿")),
        };
        let target = self.output_folder(relative).path(&path);
        // The PDF was written by the maker.
        if request.kind != "pdf" {
            save(&target, &bytes).map_err(|error| trouble::not_written(&error))?;
        }
        self.drafts.retain(|made| made.file != relative || made.path != path);
        self.drafts.push(MadeDraft { file: relative.to_owned(), path: path.clone(), data: now, pages });
        Ok(Json(OutputView::new(relative, &path, bytes.len() as u64, pages, true)))
    }

    /// Makes the draft as `gongbao build --draft` does.
    fn draft_pdf(&self, relative: &str, checked: &Loaded) -> Result<(Vec<u8>, Option<usize>), Refusal> {
        let file = checked.file.as_ref().ok_or_else(Refusal::broken)?;
        let template = self.setup.template.get().map_err(Refusal::failed)?;
        let plan = Plan { draft: Some(DRAFT.to_owned()), ..self.plan(Vec::new()) };
        let maker = Maker::new(&self.setup.fonts, &template, plan).map_err(Refusal::failed)?;
        let folder = self.output_folder(relative);
        let made = maker.make(file, &folder).map_err(Refusal::failed)?;
        let pages = made.outputs.first().and_then(|output| output.pages);
        let bytes =
            gongbao_core::file::read(&folder.path(&folder.relative_draft()), crate::output::LARGEST_OUTPUT)
                .map_err(Refusal::failed)?;
        Ok((bytes, pages))
    }

    fn draft_word(&self, checked: &Loaded) -> Result<Vec<u8>, Refusal> {
        let file = checked.file.as_ref().ok_or_else(Refusal::broken)?;
        let composed = compose(file, &self.setup.fonts)
            .map_err(|error| Refusal::failed(format!("表格排不出来：{error}")))?;
        let mut document = composed.document;
        document.title.insert(0, format!("（{DRAFT}）"));
        word(&document, self.setup.word_margins).map_err(Refusal::failed)
    }

    /// Packs draft, findings and sign-off sheet.
    fn review(&self, relative: &str, checked: &Loaded) -> Result<Vec<u8>, Refusal> {
        let file = checked.file.as_ref().ok_or_else(Refusal::broken)?;
        let (draft, _) = self.draft_pdf(relative, checked)?;
        let opinion = Opinion::new(relative, Some(file), &checked.findings);
        let findings = as_word(&[opinion], self.setup.word_margins).map_err(Refusal::failed)?;
        let composed = compose(file, &self.setup.fonts)
            .map_err(|error| Refusal::failed(format!("表格排不出来：{error}")))?;
        let data = serde_json::to_string(&composed.document).map_err(Refusal::failed)?;
        let usual = Filing::default();
        let filing = filing_json(file, file.report.filing.as_ref().unwrap_or(&usual));
        let template = self.setup.template.get().map_err(Refusal::failed)?;
        let sheet = sign_off(&template, &self.setup.fonts, &data, &filing).map_err(Refusal::failed)?;
        let stem = stem(relative);
        let files = [
            (format!("{stem}-草稿.pdf"), draft),
            (format!("{stem}-检查意见.docx"), findings),
            (format!("{stem}-报送审签单.pdf"), sheet.bytes),
        ];
        pack(files).map_err(Refusal::failed)
    }
}
