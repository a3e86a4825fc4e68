//! Content that other processes read or convert: PDFs, and files of old office programs.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::{
    ImportError,
    kind::{kind, office_format},
    layout::Layout,
    neutral::Document,
    pdf,
};

/// What a PDF shows: paragraphs and tables, and facts about its layout.
///
/// It can be serialised, so that another process can read a hostile file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct PdfContent {
    /// What the pages show.
    pub(super) document: Document,
    /// What the tags say, if the file has tags that hold.
    pub(super) tagged: Option<Document>,
    pub(super) layout: Layout,
}

/// A function that reads a PDF.
pub type PdfReader = fn(&[u8]) -> Result<PdfContent, ImportError>;

static READER: OnceLock<PdfReader> = OnceLock::new();

/// Installs a function that reads PDFs in another process. Without it they are read in this process, in which a hostile
/// file can use much memory. Has no effect if a function is installed already.
pub fn install_pdf_reader(reader: PdfReader) {
    // The first one stays.
    let _ = READER.set(reader);
}

/// Reads a PDF in this process.
///
/// # Errors
/// It is encrypted, damaged, too large, or has no text.
pub fn read_pdf(bytes: &[u8]) -> Result<PdfContent, ImportError> {
    pdf::read(bytes)
}

/// Reads a PDF with the installed function.
pub(super) fn read(bytes: &[u8]) -> Result<PdfContent, ImportError> {
    READER.get().copied().unwrap_or(read_pdf)(bytes)
}

/// A function that converts a file of an old office program into one of the supported kinds. Its arguments are the bytes,
/// their extension and the extension wanted.
pub type OfficeConverter = fn(&[u8], &str, &str) -> Result<Vec<u8>, ImportError>;

static CONVERTER: OnceLock<OfficeConverter> = OnceLock::new();

/// Installs a function that converts files of old office programs. Has no effect if a function is installed already.
pub fn install_office_converter(converter: OfficeConverter) {
    // The first one stays.
    let _ = CONVERTER.set(converter);
}

/// Converts a file of an old office program (.doc, .wps, .rtf, .et) with the installed function. Other files are returned
/// unchanged.
///
/// # Errors
/// The conversion fails.
pub fn converted(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, ImportError> {
    match (office_format(name, &bytes), CONVERTER.get()) {
        (Some((from, to)), Some(convert)) => convert(&bytes, from, to).map_err(|error| {
            // What the file is, then why it could not be converted.
            match kind(name, &bytes) {
                Err(known) => ImportError::new(format!("{}，{}", known.message, error.message), known.hint),
                Ok(_) => error,
            }
        }),
        _ => Ok(bytes),
    }
}
