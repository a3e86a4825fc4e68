//! Earlier states of a report, so that what was taken away can be had back.
//!
//! Before a change the file as it stands is kept, but not at every key: once a minute, and whenever somebody else had
//! changed it. The oldest go when there are many.

use std::{path::PathBuf, time::Duration};

use serde_json::{Value, json};

use super::{
    answer::{self, Answer, Refusal},
    desk::{Desk, Opened},
};
use gongbao_core::digest::sha256;
use gongbao_formats::load::load;

use crate::output::{remove, save};

/// How many states of a report are kept.
const MOST: usize = 50;
/// How long after one state the next is kept.
const APART: Duration = Duration::from_mins(1);

/// An earlier state.
struct Save {
    number: u64,
    path: PathBuf,
}

impl Desk {
    fn saves_folder(&self, relative: &str) -> PathBuf {
        let folder = self.place.own().join("saves");
        relative.split('/').fold(folder, |path, part| path.join(part))
    }

    /// The states of a report, oldest first.
    fn kept(&self, relative: &str) -> Vec<Save> {
        let entries = std::fs::read_dir(self.saves_folder(relative)).into_iter().flatten().flatten();
        let mut saves: Vec<Save> = entries
            .filter_map(|entry| {
                let path = entry.path();
                let number = path.file_stem()?.to_str()?.parse().ok()?;
                path.is_file().then_some(Save { number, path })
            })
            .collect();
        saves.sort_by_key(|save| save.number);
        saves
    }

    /// Keeps a report as it stands before it is changed, where that is due.
    pub(super) fn keep(&self, old: &Opened) -> Result<(), Refusal> {
        let saves = self.kept(&old.relative);
        let is_ours = self.written.get(&old.relative) == Some(&old.version);
        let age = saves.last().and_then(|last| last.path.metadata().ok()?.modified().ok()?.elapsed().ok());
        if is_ours && age.is_some_and(|age| age < APART) {
            return Ok(());
        }
        self.keep_now(old)
    }

    /// Keeps a report as it stands, unless its last kept state is just that.
    fn keep_now(&self, old: &Opened) -> Result<(), Refusal> {
        let saves = self.kept(&old.relative);
        let last = saves.last().and_then(|last| std::fs::read(&last.path).ok());
        if last.is_some_and(|bytes| sha256(&bytes) == old.version) {
            return Ok(());
        }
        let next = saves.last().map_or(1, |last| last.number + 1);
        let path = self.saves_folder(&old.relative).join(format!("{next:06}.toml"));
        save(&path, &old.bytes).map_err(Refusal::failed)?;
        for old in saves.iter().rev().skip(MOST - 1) {
            remove(&old.path).map_err(Refusal::failed)?;
        }
        Ok(())
    }

    /// The states of a report that can be had back, latest first: when they were kept, as seconds since 1970.
    pub(super) fn saves(&self, relative: &str) -> Value {
        let saves = self.kept(relative);
        let entry = |save: &Save| {
            let meta = save.path.metadata().ok()?;
            let at = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
            let version = sha256(&std::fs::read(&save.path).ok()?);
            Some(json!({"at": at, "version": version, "bytes": meta.len()}))
        };
        saves.iter().rev().filter_map(entry).collect()
    }

    /// Puts an earlier state in the place of the present one, which is kept.
    pub(super) fn restore(&mut self, body: &Value) -> Answer {
        let relative = answer::text(body, "file")?;
        let (base, wanted) = (answer::text(body, "base")?, answer::text(body, "version")?);
        let opened = self.open(relative)?;
        Self::may_edit(&opened)?;
        if opened.version != base {
            return Err(Refusal::new(
                axum::http::StatusCode::CONFLICT,
                "这份报告已经在别处改过，没有恢复。请刷新后再试",
            )
            .with("version", opened.version));
        }
        let bytes = self
            .kept(relative)
            .into_iter()
            .rev()
            .find_map(|save| std::fs::read(&save.path).ok().filter(|bytes| sha256(bytes) == wanted));
        let bytes = bytes.ok_or_else(|| Refusal::missing("这一次保存的内容已经没有了"))?;
        self.keep_now(&opened)?;
        save(&opened.path, &bytes).map_err(Refusal::failed)?;
        self.written.insert(relative.to_owned(), wanted.to_owned());
        let judged = load(relative, Ok(bytes.clone()), opened.base(), false);
        let restored = Opened {
            relative: relative.to_owned(),
            path: opened.path.clone(),
            bytes,
            version: wanted.to_owned(),
            judged,
        };
        self.after(None, &opened, restored, 0)
    }
}
