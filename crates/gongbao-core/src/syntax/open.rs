//! Decoding a report file, with findings for what cannot be decoded.

use std::sync::Arc;

use super::error::{unreadable, unreadable_file};
use crate::{
    finding::{Finding, MediumWords},
    text::{self, Source},
};

/// Decodes a report file's bytes.
///
/// # Errors
/// The file is not text, is damaged, or is too large (rule `unreadable`).
pub fn open(name: &str, bytes: &[u8]) -> Result<Source, Finding> {
    text::decode(name, bytes).map_err(|error| {
        let finding = match error.at {
            Some(at) => {
                let (source, span) = *at;
                unreadable(&Arc::new(source), span, error.message)
            }
            None => unreadable_file(name, error.message),
        };
        finding.hint(MediumWords::new(error.hint.command, error.hint.plain))
    })
}
