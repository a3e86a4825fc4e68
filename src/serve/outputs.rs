//! The outputs: made as `gongbao build` makes them, and handed out.

use serde_json::{Value, json};

use super::{
    answer::{self, Answer, Json, Refusal},
    desk::Desk,
    list::stem,
    view,
};
use crate::output::{Folder, Kind, Maker, OutputLock, Plan, Shard, remove_temporary_files};

impl Desk {
    /// Makes the outputs of a report that has no errors.
    pub(super) fn build(&mut self, body: &Value) -> Answer {
        let relative = answer::text(body, "file")?.to_owned();
        let opened = self.open(&relative)?;
        opened.file()?;
        let (judged, _) = self.check(opened);
        let Some(file) = &judged.file else { return Err(Refusal::broken()) };
        let mut told = view::findings(file, &judged.findings);
        if judged.findings.iter().any(gongbao_core::finding::Finding::blocks) {
            told.insert("state".to_owned(), "refused".into());
            told.insert("outputs".to_owned(), json!([]));
            return Ok(Json(told.into()));
        }
        let mut kinds = Kind::DEFAULT.to_vec();
        kinds.push(Kind::Docx);
        let plan = Plan {
            kinds,
            draft: None,
            attach: true,
            portal: self.setup.portal.clone(),
            word_margins: self.setup.word_margins,
            force: false,
            inline_corrections: false,
        };
        let maker = Maker::new(&self.setup.fonts, &self.setup.template, plan).map_err(Refusal::failed)?;
        let lock = OutputLock::acquire(self.place.out(), Shard::Whole).map_err(Refusal::failed)?;
        let folder = Folder::new(self.place.out(), stem(&relative));
        if lock.is_resumed() {
            remove_temporary_files(&folder);
        }
        let made = maker.make(file, &folder).map_err(Refusal::failed)?;
        let outputs: Vec<Value> = made
            .outputs
            .iter()
            .map(|output| {
                let path = format!("{}/{}", stem(&relative), output.path);
                let name = path.rsplit('/').next().unwrap_or_default();
                let query: String =
                    form_urlencoded::Serializer::new(String::new()).append_pair("path", &path).finish();
                json!({
                    "path": path, "name": name, "bytes": output.bytes, "pages": output.pages,
                    "kind": kind(&output.path), "url": format!("/api/output?{query}"),
                })
            })
            .collect();
        told.insert("state".to_owned(), if made.unchanged { "unchanged" } else { "built" }.into());
        told.insert("outputs".to_owned(), outputs.into());
        Ok(Json(told.into()))
    }

    /// An output's name and bytes.
    pub(super) fn output(&self, relative: &str) -> Result<(String, Vec<u8>), Refusal> {
        let path = self.place.output(relative)?;
        let bytes = std::fs::read(&path)
            .map_err(|error| Refusal::failed(format!("“{relative}”读不出来：{error}")))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok((name, bytes))
    }
}

/// What people call an output.
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
