//! The PDFs: the website's, the paper copy, the draft.

use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::{
    objects::packed,
    paper::{PaperCopy, paper},
    plates::black_only,
};
use crate::typeset::{
    fonts::FontSet,
    world::{Copy, Template, TypesetError, compile, export_error},
};

/// What a PDF says it was made by.
pub(super) const CREATOR: &str = concat!("gongbao ", env!("CARGO_PKG_VERSION"));

/// A finished PDF.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// How the paper copy is made, where the template says so, and the file as it was before it was packed.
    paper: Option<(PaperCopy, Vec<u8>)>,
}

impl Exported {
    /// The same file packed; as it is where it is not made as expected.
    fn packed(self) -> Self {
        Self { bytes: packed(&self.bytes).unwrap_or(self.bytes), ..self }
    }

    /// The paper copy of the website's file, without a sign-off sheet; nothing where it must be set anew.
    pub(super) fn on_paper(&self) -> Option<Self> {
        let (copy, web) = self.paper.as_ref()?;
        let bytes = paper(web, copy)?;
        Some(Self { bytes, pages: self.pages, paper: None })
    }
}

/// The website's copy: PDF/UA-1 and PDF/A-3a, with `attachment` as `report.json`; PDF/A-2a without.
///
/// # Errors
/// The template does not compile, or Typst refuses what it made under these standards.
pub fn web(
    template: &Template,
    fonts: &FontSet,
    data: &str,
    attachment: Option<&str>,
) -> Result<Exported, TypesetError> {
    let archival = if attachment.is_some() { PdfStandard::A_3a } else { PdfStandard::A_2a };
    let copy = Copy { attachment: attachment.map(str::to_owned), ..Copy::default() };
    let document = compile(template, fonts, data.to_owned(), &copy)?;
    let plain = export(template, fonts, &document, &[archival, PdfStandard::Ua_1], true)?;
    let paper = PaperCopy::declared(&document).map(|copy| (copy, plain.bytes.clone()));
    Ok(Exported { paper, ..plain.packed() })
}

/// The paper copy, set by itself: the same pages for two-sided printing, every mark on the black plate, closed by the
/// sign-off sheet if there is `filing`.
///
/// # Errors
/// As [`web`]; also when the template uses a colour.
pub fn print(
    template: &Template,
    fonts: &FontSet,
    data: &str,
    filing: Option<&str>,
) -> Result<Exported, TypesetError> {
    let copy = Copy { print: true, filing: filing.map(str::to_owned), ..Copy::default() };
    let document = compile(template, fonts, data.to_owned(), &copy)?;
    let exported = export(template, fonts, &document, &[], false)?;
    let bytes = black_only(exported.bytes)
        .map_err(|error| TypesetError { message: error.to_string(), details: String::new() })?;
    Ok(Exported { bytes, ..exported })
}

/// The draft: the website's pages with `words` across each, nothing attached.
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
    let document = compile(template, fonts, data.to_owned(), &copy)?;
    export(template, fonts, &document, &[], true)
}

/// The website's notice of a correction: PDF/UA-1 with PDF/A-3a, or PDF/A-2a where nothing is to be attached.
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
    let document = compile(&template, fonts, data.to_owned(), &Copy::default())?;
    Ok(export(&template, fonts, &document, &[archival, PdfStandard::Ua_1], true)?.packed())
}

/// Its paper copy, every mark on the black plate.
///
/// # Errors
/// As the paper copy ([`print()`]).
pub fn correction_print(template: &Template, fonts: &FontSet, data: &str) -> Result<Exported, TypesetError> {
    print(&template.for_corrections()?, fonts, data, None)
}

/// The marked pages (花脸稿): what went struck, what came underlined, nothing attached.
///
/// # Errors
/// As [`web`].
pub fn marked_pdf(template: &Template, fonts: &FontSet, data: &str) -> Result<Exported, TypesetError> {
    let document = compile(template, fonts, data.to_owned(), &Copy::default())?;
    export(template, fonts, &document, &[], true)
}

fn export(
    template: &Template,
    fonts: &FontSet,
    document: &PagedDocument,
    standards: &[PdfStandard],
    tagged: bool,
) -> Result<Exported, TypesetError> {
    let standards = if standards.is_empty() {
        PdfStandards::default()
    } else {
        PdfStandards::new(standards).map_err(|error| TypesetError {
            message: format!("Typst 不接受这组 PDF 标准：{}", error.message()),
            details: String::new(),
        })?
    };
    let options = PdfOptions {
        // Title and author identify the document, on every machine alike.
        ident: Smart::Auto,
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        // The date comes from the report, through the template.
        timestamp: None,
        page_ranges: None,
        standards,
        tagged,
        pretty: false,
    };
    let bytes =
        typst_pdf::pdf(document, &options).map_err(|errors| export_error(template, fonts, &errors))?;
    Ok(Exported { bytes, pages: document.pages().len(), paper: None })
}
