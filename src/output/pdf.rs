//! Typesets and exports the PDFs: for the website, for paper, drafts, notices of corrections.

use std::num::NonZeroUsize;

use typst::{foundations::Smart, layout::PageRanges};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{
    embed::embedded,
    objects::{Objects, packed},
    paper::{PaperCopy, paper},
    plates::black_only,
};
use crate::typeset::{
    fonts::FontSet,
    world::{Copy, Faces, Template, TypesetError, compile_with, export_error},
};

/// The creator entry of PDFs.
pub(super) const CREATOR: &str = concat!("gongbao ", env!("CARGO_PKG_VERSION"));

/// An exported PDF.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Number of pages.
    pub pages: usize,
    /// The declaration of the paper copy, if the template has one, and the file before it was compressed.
    paper: Option<(PaperCopy, Objects<'static>)>,
}

impl Exported {
    /// Returns a finished file.
    pub(super) fn file(bytes: Vec<u8>, pages: usize) -> Self {
        Self { bytes, pages, paper: None }
    }

    /// Makes the paper copy without a sign-off sheet; `None` if it must be typeset.
    pub(super) fn on_paper(&self) -> Option<Self> {
        let (copy, web) = self.paper.as_ref()?;
        let bytes = paper(web, copy)?;
        Some(Self::file(bytes, self.pages))
    }
}

/// A file as Typst exports it, with the outlines of all faces.
struct Plain {
    document: PagedDocument,
    file: File,
}

/// The bytes of a file, or its objects if some are replaced.
enum File {
    Bytes(Vec<u8>),
    Objects(Objects<'static>),
}

impl Plain {
    /// Returns the file with its objects uncompressed.
    fn into_plain(self) -> Exported {
        let bytes = match self.file {
            File::Bytes(bytes) => bytes,
            File::Objects(objects) => objects.file(),
        };
        Exported { bytes, pages: self.document.pages().len(), paper: None }
    }

    /// Returns the file with its objects compressed; a file with an unexpected structure is kept unchanged.
    fn into_packed(self) -> Exported {
        let pages = self.document.pages().len();
        let objects = match self.file {
            File::Objects(objects) => objects,
            File::Bytes(bytes) => match Objects::read(bytes.clone()) {
                Some(objects) => objects,
                None => return Exported { bytes, pages, paper: None },
            },
        };
        let bytes = packed(&objects).unwrap_or_else(|| objects.file());
        let paper = PaperCopy::declared(&self.document).map(|copy| (copy, objects));
        Exported { bytes, pages, paper }
    }
}

/// Makes the PDF for the website: PDF/UA-1 and PDF/A-3a with `attachment` as `report.json`, PDF/A-2a without an
/// attachment.
///
/// # Errors
/// The template does not compile, or the document violates a standard.
pub fn web(
    template: &Template,
    fonts: &FontSet,
    data: &str,
    attachment: Option<&str>,
) -> Result<Exported, TypesetError> {
    let archival = if attachment.is_some() { PdfStandard::A_3a } else { PdfStandard::A_2a };
    let copy = Copy { attachment: attachment.map(str::to_owned), ..Copy::default() };
    Ok(typeset(template, fonts, data, &copy, &[archival, PdfStandard::Ua_1], true)?.into_packed())
}

/// Typesets the paper copy: the same pages for two-sided printing, everything on the black plate, followed by the
/// sign-off sheet if `filing` is given.
///
/// # Errors
/// As [`web`]; also if the template uses a colour.
pub fn print(
    template: &Template,
    fonts: &FontSet,
    data: &str,
    filing: Option<&str>,
) -> Result<Exported, TypesetError> {
    let copy = Copy { print: true, filing: filing.map(str::to_owned), ..Copy::default() };
    let exported = typeset(template, fonts, data, &copy, &[], false)?.into_plain();
    let bytes = black_only(exported.bytes)
        .map_err(|error| TypesetError { message: error.to_string(), details: String::new() })?;
    Ok(Exported { bytes, ..exported })
}

/// Makes the sign-off sheet alone, as it follows the paper copy.
///
/// # Errors
/// As the paper copy ([`print()`]).
pub fn sign_off(
    template: &Template,
    fonts: &FontSet,
    data: &str,
    filing: &str,
) -> Result<Exported, TypesetError> {
    let with = |copy: &Copy| compile_with(template, fonts, Faces::Whole, data.to_owned(), copy);
    let report = with(&Copy { print: true, ..Copy::default() })?;
    let copy = Copy { print: true, filing: Some(filing.to_owned()), ..Copy::default() };
    let document = with(&copy)?;
    // The sheet begins on a front page.
    let count = report.pages().len();
    let first = NonZeroUsize::new(count + count % 2 + 1);
    let pages = Some(PageRanges::new(vec![first..=None]));
    let bytes = export_pages(template, fonts, &document, &[], false, pages)?;
    let pages = document.pages().len() - first.map_or(0, |first| first.get() - 1);
    Ok(Exported { bytes, pages, paper: None })
}

/// Makes a draft: the pages for the website with `words` across each, without attachment.
///
/// # Errors
/// As [`web`].
pub fn draft(
    template: &Template,
    fonts: &FontSet,
    data: &str,
    words: &str,
) -> Result<Exported, TypesetError> {
    let copy = Copy { draft: Some(words.to_owned()), ..Copy::default() };
    Ok(typeset(template, fonts, data, &copy, &[], true)?.into_plain())
}

/// Makes the notice of a correction for the website: PDF/UA-1 with PDF/A-3a, or with PDF/A-2a without an
/// attachment.
///
/// # Errors
/// As [`web`].
pub fn correction(
    template: &Template,
    fonts: &FontSet,
    data: &str,
    attach: bool,
) -> Result<Exported, TypesetError> {
    let template = template.for_corrections()?;
    let archival = if attach { PdfStandard::A_3a } else { PdfStandard::A_2a };
    let standards = [archival, PdfStandard::Ua_1];
    Ok(typeset(&template, fonts, data, &Copy::default(), &standards, true)?.into_packed())
}

/// Makes the paper copy of the notice, with everything on the black plate.
///
/// # Errors
/// As the paper copy ([`print()`]).
pub fn correction_print(template: &Template, fonts: &FontSet, data: &str) -> Result<Exported, TypesetError> {
    print(&template.for_corrections()?, fonts, data, None)
}

/// Makes the marked pages (花脸稿): deletions struck through, insertions underlined, without attachment.
///
/// # Errors
/// As [`web`].
pub fn marked_pdf(template: &Template, fonts: &FontSet, data: &str) -> Result<Exported, TypesetError> {
    Ok(typeset(template, fonts, data, &Copy::default(), &[], true)?.into_plain())
}

/// Typesets and exports with hollow twins and embeds the outlines, or has Typst do all of it.
fn typeset(
    template: &Template,
    fonts: &FontSet,
    data: &str,
    copy: &Copy,
    standards: &[PdfStandard],
    tagged: bool,
) -> Result<Plain, TypesetError> {
    let with = |faces| {
        let document = compile_with(template, fonts, faces, data.to_owned(), copy)?;
        let bytes = export(template, fonts, &document, standards, tagged)?;
        Ok((document, bytes))
    };
    if template.faces() == Faces::Hollow {
        let (document, bytes) = with(Faces::Hollow)?;
        if let Some(objects) = embedded(bytes, fonts) {
            return Ok(Plain { document, file: File::Objects(objects) });
        }
    }
    let (document, bytes) = with(Faces::Whole)?;
    Ok(Plain { document, file: File::Bytes(bytes) })
}

fn export(
    template: &Template,
    fonts: &FontSet,
    document: &PagedDocument,
    standards: &[PdfStandard],
    tagged: bool,
) -> Result<Vec<u8>, TypesetError> {
    export_pages(template, fonts, document, standards, tagged, None)
}

/// Exports some pages, or all.
fn export_pages(
    template: &Template,
    fonts: &FontSet,
    document: &PagedDocument,
    standards: &[PdfStandard],
    tagged: bool,
    page_ranges: Option<PageRanges>,
) -> Result<Vec<u8>, TypesetError> {
    let standards = if standards.is_empty() {
        PdfStandards::default()
    } else {
        PdfStandards::new(standards).map_err(|error| TypesetError {
            message: format!("Typst 不接受这组 PDF 标准：{}", error.message()),
            details: String::new(),
        })?
    };
    let options = PdfOptions {
        // The identifier depends on title and author, not on the machine.
        ident: Smart::Auto,
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        // The template sets the date, from the report.
        timestamp: None,
        page_ranges,
        standards,
        tagged,
        pretty: false,
    };
    typst_pdf::pdf(document, &options).map_err(|errors| export_error(template, fonts, &errors))
}
