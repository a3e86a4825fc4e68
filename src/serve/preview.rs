//! Preview of paragraphs: how typed text will be read, before it is saved.

use serde::Serialize;
use std::collections::BTreeMap;

use super::{
    answer::{Answer, Json},
    apply::apply,
    change::Change,
    request::PreviewRequest,
    workspace::Workspace,
};
use gongbao_core::report::{level, normalised};
use gongbao_formats::load::load;

/// The answer of `POST /api/preview`.
#[derive(Debug, Default, Serialize)]
pub(super) struct Preview {
    /// The paragraphs of each text, by key.
    chapters: BTreeMap<String, Vec<PreviewedParagraph>>,
    /// Number of characters of each text, by key.
    words: BTreeMap<String, usize>,
}

/// A paragraph as typed and as it will be read.
#[derive(Debug, Serialize)]
struct PreviewedParagraph {
    typed: String,
    read: String,
    /// Level of the heading.
    level: u8,
    changes: Vec<NormalisedText>,
}

/// A normalised part of a paragraph.
#[derive(Debug, Serialize)]
struct NormalisedText {
    old: String,
    new: String,
    why: &'static str,
}

impl Workspace {
    /// Returns the texts of a request as they would be read.
    pub(super) fn preview(&mut self, request: PreviewRequest) -> Answer<Preview> {
        let relative = &request.file;
        let opened = self.open(relative)?;
        let file = opened.file()?;
        self.may_edit(&opened)?;
        let changes = Change::all(request.edits, file)?;
        let bytes = apply(&opened.bytes, file, &changes)?;
        let loaded = load(relative, Ok(bytes), opened.base(), false);
        let mut preview = Preview::default();
        for change in &changes {
            let Change::Text { key, paragraphs } = change else { continue };
            let typed: Vec<&str> = paragraphs
                .iter()
                .flat_map(|text| text.lines())
                .filter(|line| !line.trim().is_empty())
                .collect();
            let entry = |(index, text): (usize, &&str)| {
                let read = normalised(text);
                let level = level(&read);
                // Each line is a paragraph; its changes have its number in their path.
                let path = format!("{key}[{}]", index + 1);
                let changes: Vec<NormalisedText> = loaded
                    .file
                    .iter()
                    .flat_map(|file| &file.changes)
                    .filter(|change| change.path == path)
                    .map(|change| NormalisedText {
                        old: change.old.clone(),
                        new: change.new.clone(),
                        why: change.why,
                    })
                    .collect();
                PreviewedParagraph { typed: (*text).to_owned(), read, level, changes }
            };
            let read: Vec<PreviewedParagraph> = typed.iter().enumerate().map(entry).collect();
            let count: usize = typed
                .iter()
                .map(|text| normalised(text).chars().filter(|c| !c.is_whitespace()).count())
                .sum();
            preview.words.insert(key.clone(), count);
            preview.chapters.insert(key.clone(), read);
        }
        Ok(Json(preview))
    }
}
