//! What a run remembers for the next one: when nothing that a judgement rests on has changed, it is not made again.
//!
//! A judgement rests on more than its own file: last year's report, the other reports of the run, rules, faces. One digest
//! over all of these decides for the whole run. A file of one line a report lies in the output folder; whoever takes it away
//! loses nothing but time.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::File,
    io::{self, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::entry::{Entry, State};
use crate::{
    cli::{Failure, Outcome, batch::in_order, input::Input},
    output::{Folder, OutputEntry, Share, stands},
};
use gongbao_core::{
    digest::sha256,
    folder::{self},
    form,
    load::Loaded,
};

/// What is remembered of a report.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Known {
    stem: String,
    passed_over: bool,
    /// Whether it was refused; otherwise its outputs stood at the end.
    refused: bool,
    agency: String,
    year: Option<u16>,
    outputs: Vec<OutputEntry>,
    counts: String,
    reasons: Vec<String>,
    findings: Vec<Value>,
    /// What people were told, with the colours of a terminal.
    told: String,
    has_errors: bool,
}

impl Known {
    /// What is to be remembered of a report that has come to its end; nothing where the judgement rests on files that the
    /// run does not know of.
    pub(super) fn of(entry: &Entry, judged: &Loaded, outputs: &[OutputEntry], told: String) -> Option<Self> {
        let file = judged.file.as_ref();
        let is_carried = |id: &str| form::by_id(id).is_ok_and(|form| form.is_some());
        if file.is_some_and(|file| !file.report.members.is_empty() || !is_carried(&file.form.id))
            || entry.state == State::Failed
        {
            return None;
        }
        Some(Self {
            stem: entry.stem.clone(),
            passed_over: false,
            refused: entry.state == State::Refused,
            agency: entry.agency.clone(),
            year: entry.year,
            outputs: outputs.to_vec(),
            counts: entry.counts.clone(),
            reasons: entry.reasons.clone(),
            findings: judged
                .findings
                .iter()
                .filter_map(|finding| serde_json::to_value(finding).ok())
                .collect(),
            told,
            has_errors: entry.judged != Outcome::Done,
        })
    }

    /// That a file is no report.
    pub(super) fn passed_over(input: &Input) -> Self {
        Self {
            stem: input.stem.clone(),
            passed_over: true,
            refused: false,
            agency: String::new(),
            year: None,
            outputs: Vec::new(),
            counts: String::new(),
            reasons: Vec::new(),
            findings: Vec::new(),
            told: String::new(),
            has_errors: false,
        }
    }

    /// Whether the file is no report.
    pub(super) fn is_passed_over(&self) -> bool {
        self.passed_over
    }

    /// Whether all that it says of the output folder is still so.
    fn holds(&self, folder: &Folder) -> bool {
        self.outputs.iter().all(|output| stands(output, folder))
    }

    /// The same as if it had been judged again, and what people are told.
    pub(super) fn entry(self, input: &Input, folder: &Folder) -> (Entry, String) {
        let entry = Entry {
            file: input.name(),
            stem: input.stem.clone(),
            state: if self.refused { State::Refused } else { State::Unchanged },
            outputs: self.outputs.iter().map(|o| folder.path(&o.path).display().to_string()).collect(),
            seconds: 0.0,
            agency: self.agency,
            year: self.year,
            pages: self.outputs.iter().map(|output| output.pages).collect(),
            failure: None,
            counts: self.counts,
            reasons: self.reasons,
            findings: self.findings,
            judged: if self.has_errors { Outcome::Errors } else { Outcome::Done },
        };
        (entry, self.told)
    }
}

/// Digest of all files that judgements of this run rest on: the reports and whatever lies beside them.
///
/// # Errors
/// The system gives no threads.
pub(super) fn digest_of(inputs: &[Input], yardsticks: &[String], maker: &str) -> Result<String, Failure> {
    let named: BTreeSet<PathBuf> = inputs.iter().filter_map(|input| input.path.clone()).collect();
    let folders: BTreeSet<&Path> = inputs.iter().map(Input::base).collect();
    let beside = folders.into_iter().flat_map(folder::reports_in).filter(|path| !named.contains(path));
    let beside: BTreeSet<PathBuf> = beside.collect();
    let digests = in_order(named.iter().chain(&beside).collect(), None, |path: &PathBuf| {
        format!("{}={:?}", path.display(), std::fs::read(path).ok().map(|bytes| sha256(&bytes)))
    })?;
    let all = [&[maker.to_owned()], yardsticks, digests.as_slice()].concat();
    Ok(sha256(all.join("\n").as_bytes()))
}

/// What the run before remembered, if it rests on the same.
pub(super) struct Memory {
    file: Mutex<File>,
    /// Where the line of each report begins, and how long it is.
    lines: BTreeMap<String, (u64, usize)>,
}

impl Memory {
    /// Opens the memory in the output folder; nothing where it is another run's or cannot be read.
    pub(super) fn open(out: &Path, share: Share, digest: &str) -> Option<Self> {
        #[derive(Deserialize)]
        struct Stem {
            stem: String,
        }
        let mut text = String::new();
        let mut reader = BufReader::new(File::open(out.join(share.file_name("memory"))).ok()?);
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

    /// What is known of a report, if it still holds.
    pub(super) fn recall(&self, input: &Input, folder: &Folder) -> Option<Known> {
        let (start, length) = *self.lines.get(&input.stem)?;
        let line =
            line_at(&mut self.file.lock().unwrap_or_else(PoisonError::into_inner), start, length).ok()?;
        let known: Known = serde_json::from_slice(&line).ok()?;
        known.holds(folder).then_some(known)
    }
}

fn line_at(file: &mut File, start: u64, length: usize) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(start))?;
    let mut line = vec![0; length];
    file.read_exact(&mut line)?;
    Ok(line)
}

/// The memory of this run in the making: lines go to the disk as reports come to their end, since thousands of them are not
/// to be held.
pub(super) struct Notebook(Mutex<Option<Pages>>);

struct Pages {
    file: tempfile::NamedTempFile,
    end: u64,
    lines: BTreeMap<String, (u64, usize)>,
}

impl Notebook {
    /// A notebook in the output folder; one that forgets everything where none can be kept.
    pub(super) fn new(out: &Path, share: Share, wanted: bool) -> Self {
        let prefix = share.file_name("memory.");
        let file =
            wanted.then(|| tempfile::Builder::new().prefix(&prefix).suffix(".tmp").tempfile_in(out).ok());
        Self(Mutex::new(file.flatten().map(|file| Pages { file, end: 0, lines: BTreeMap::new() })))
    }

    /// Takes down what is known of a report; from a first one on that must not be remembered, all is forgotten.
    pub(super) fn note(&self, known: Option<&Known>) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let noted = known.zip(pages.as_mut()).and_then(|(known, pages)| {
            let mut line = serde_json::to_vec(known).ok()?;
            line.push(b'\n');
            pages.file.write_all(&line).ok()?;
            pages.lines.insert(known.stem.clone(), (pages.end, line.len()));
            pages.end += line.len() as u64;
            Some(())
        });
        if noted.is_none() {
            *pages = None;
        }
    }

    /// Keeps it for the next run, in the order of the reports' names.
    pub(super) fn keep(self, out: &Path, share: Share, digest: &str) -> Option<()> {
        let mut pages = self.0.into_inner().unwrap_or_else(PoisonError::into_inner)?;
        let prefix = share.file_name("memory.");
        let mut kept = tempfile::Builder::new().prefix(&prefix).suffix(".tmp").tempfile_in(out).ok()?;
        writeln!(kept, "{digest}").ok()?;
        for (start, length) in pages.lines.values() {
            kept.write_all(&line_at(pages.file.as_file_mut(), *start, *length).ok()?).ok()?;
        }
        kept.persist(out.join(share.file_name("memory"))).ok().map(|_| ())
    }
}
