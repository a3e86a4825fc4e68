//! What reading will make of paragraphs as they were typed, before anything is written.

use serde_json::{Map, Value, json};

use super::{
    answer::{self, Answer, Json},
    apply::apply,
    change::Change,
    desk::Desk,
};
use gongbao_core::report::{level, normalised};
use gongbao_formats::load::load;

impl Desk {
    /// The changes of a request as they would be read.
    pub(super) fn preview(&mut self, body: &Value) -> Answer {
        let relative = answer::text(body, "file")?;
        let opened = self.open(relative)?;
        let file = opened.file()?;
        Self::may_edit(&opened)?;
        let changes = Change::all(body, file)?;
        let bytes = apply(&opened.bytes, file, &changes)?;
        let judged = load(relative, Ok(bytes), opened.base(), false);
        let (mut chapters, mut words) = (Map::new(), Map::new());
        for change in &changes {
            let Change::Text { key, paragraphs } = change else { continue };
            let typed: Vec<&str> = paragraphs
                .iter()
                .flat_map(|text| text.lines())
                .filter(|line| !line.trim().is_empty())
                .collect();
            let entry = |(index, text): (usize, &&str)| {
                let read = normalised(text);
                // A line is a paragraph: what reading put right in it is told under its number.
                let path = format!("{key}[{}]", index + 1);
                let changes: Vec<Value> = judged
                    .file
                    .iter()
                    .flat_map(|file| &file.changes)
                    .filter(|change| change.path == path)
                    .map(|change| json!({"old": change.old, "new": change.new, "why": change.why}))
                    .collect();
                json!({"typed": text, "read": read, "level": level(&read), "changes": changes})
            };
            let read: Vec<Value> = typed.iter().enumerate().map(entry).collect();
            let count: usize = typed
                .iter()
                .map(|text| normalised(text).chars().filter(|c| !c.is_whitespace()).count())
                .sum();
            words.insert(key.clone(), count.into());
            chapters.insert(key.clone(), read.into());
        }
        Ok(Json(json!({"chapters": chapters, "words": words})))
    }
}
