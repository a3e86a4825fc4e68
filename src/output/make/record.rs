//! What the manifest records of the outputs of a report.

use std::borrow::Cow;

use super::{Maker, recipe::Recipe};
use crate::{
    output::{EmbeddedBy, FaceUse, Folder, LARGEST_OUTPUT, Manifest, OutputEntry, Subject, digest},
    typeset::world::Faces,
};
use gongbao_core::{digest::sha256, document::PrintedText, file, report::ReportFile};

impl Maker<'_> {
    /// Returns the digest of everything that an output is made from. Equal digests mean equal outputs. `data_digest` is
    /// the digest of the data that the output is made from.
    pub(super) fn inputs(&self, recipe: &Recipe, data_digest: &str) -> String {
        let product = format!("{:?}", recipe.product);
        let version = env!("CARGO_PKG_VERSION");
        let extra = recipe.extra.as_deref().unwrap_or_default();
        let parts = [version, &product, &self.template_digest, &self.fonts_digest, data_digest, extra];
        digest(parts.map(str::as_bytes))
    }

    pub(super) fn manifest(
        &self,
        file: &ReportFile,
        folder: &Folder,
        subject: Subject,
        printed: &[PrintedText],
        entries: &[OutputEntry],
        old: Option<Manifest>,
    ) -> Manifest {
        let mut outputs = entries.to_vec();
        // Outputs of earlier runs that still exist stay listed.
        for entry in old.into_iter().flat_map(|old| old.outputs) {
            if !outputs.iter().any(|output| output.path == entry.path) && is_current(&entry, folder) {
                outputs.push(entry);
            }
        }
        outputs.sort_by(|a, b| a.path.cmp(&b.path));
        Manifest {
            gongbao: env!("CARGO_PKG_VERSION").to_owned(),
            report: Some(subject),
            data: digest([file.source.text.as_bytes()]),
            form: file.form.id.clone(),
            form_digest: file.form.digest.clone(),
            template: self.template_digest.clone(),
            fonts: self.faces(printed),
            corrections: file.report.corrections.len(),
            outputs,
        }
    }

    /// Returns which program embeds the outlines of a font.
    pub(super) fn embedded_by(&self, face: usize) -> EmbeddedBy {
        let is_ours = self.template.faces() == Faces::Hollow && self.fonts.has_twin(face);
        if is_ours { EmbeddedBy::Gongbao } else { EmbeddedBy::Typst }
    }

    /// Returns the fonts used by a report.
    pub(super) fn faces(&self, printed: &[PrintedText]) -> Vec<FaceUse> {
        let used = self.fonts.used(printed.iter().map(|printed| (printed.role, printed.text.as_str())));
        used.into_iter()
            .filter_map(|used| {
                let face = self.fonts.faces().get(used.face)?;
                Some(FaceUse {
                    file: face.file_name(),
                    sha256: format!("sha256:{}", face.sha256().ok()?),
                    roles: used.roles.iter().map(|role| role.key().to_owned()).collect(),
                    fallback: used.fallback.into_iter().collect(),
                    outlines: self.embedded_by(used.face),
                })
            })
            .collect()
    }
}

/// Returns the digest of the data of an output; borrowed data are those of the report, whose digest is known.
#[allow(clippy::ptr_arg, reason = "whether the data are borrowed matters")]
pub(super) fn digest_of(data: &Cow<'_, str>, of_report: &str) -> String {
    if matches!(data, Cow::Borrowed(_)) { of_report.to_owned() } else { digest([data.as_bytes()]) }
}

pub(super) fn entry(path: &str, bytes: &[u8], pages: Option<usize>, inputs: String) -> OutputEntry {
    OutputEntry {
        path: path.to_owned(),
        sha256: sha256(bytes),
        bytes: bytes.len(),
        pages,
        inputs,
        data: String::new(),
    }
}

/// Returns the manifest entry of an output that was made from the same inputs and still exists.
pub(super) fn current_entry(
    old: &Manifest,
    relative: &str,
    inputs: &str,
    folder: &Folder,
) -> Option<OutputEntry> {
    let entry = old.outputs.iter().find(|entry| entry.path == relative && entry.inputs == inputs)?;
    is_current(entry, folder).then(|| entry.clone())
}

/// Whether the file of an entry exists with the contents that were written.
pub(crate) fn is_current(entry: &OutputEntry, folder: &Folder) -> bool {
    file::read(&folder.path(&entry.path), LARGEST_OUTPUT).is_ok_and(|bytes| sha256(&bytes) == entry.sha256)
}
