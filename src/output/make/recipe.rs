//! The recipe of one output.

use super::{MakeError, Maker};
use crate::{
    output::{Exported, Product, correction, correction_print, print, web},
    typeset::world::TypesetError,
};
use gongbao_core::{
    document::Document,
    report::{self, ReportFile},
};
use gongbao_formats::html;
use gongbao_formats::html::About;

/// What one output is made from, except the data.
pub(super) struct Recipe {
    pub(super) product: Product,
    /// The attachment, the data of the sign-off sheet, the margins of the Word file, or `about` as JSON.
    pub(super) extra: Option<String>,
    /// The metadata of the web page.
    pub(super) about: Option<About>,
}

impl Recipe {
    /// Makes the output; returns its bytes and its number of pages, for PDFs. The PDF for the website is kept in
    /// `kept`, because the paper copy is made from it.
    pub(super) fn bytes(
        &self,
        maker: &Maker<'_>,
        file: &ReportFile,
        document: &Document,
        data: &str,
        kept: &mut Option<Exported>,
    ) -> Result<(Vec<u8>, Option<usize>), MakeError> {
        let (template, fonts, extra) = (maker.template, maker.fonts, self.extra.as_deref());
        if let Some(about) = &self.about {
            let made = match self.product {
                Product::Fragment => html::fragment(document, about),
                _ => html::page(document, about),
            };
            return Ok((made.into_bytes(), None));
        }
        let exported = match self.product {
            Product::Web => web(template, fonts, data, extra).map(|mut made| {
                let bytes = std::mem::take(&mut made.bytes);
                Exported::file(bytes, kept.insert(made).pages)
            }),
            Product::Print => self.paper(maker, file, data, kept),
            Product::Word => {
                let bytes = gongbao_formats::word::word(document, maker.plan.word_margins)
                    .map_err(MakeError::Word)?;
                return Ok((bytes, None));
            }
            Product::Correction(_) => correction(template, fonts, data, extra.is_some()),
            Product::CorrectionPrint(_) => correction_print(template, fonts, data),
            Product::Data | Product::Page | Product::Fragment => return Ok((data.as_bytes().to_vec(), None)),
        };
        let exported = exported.map_err(MakeError::Typeset)?;
        Ok((exported.bytes, Some(exported.pages)))
    }

    /// Makes the paper copy. With a sign-off sheet it has an additional page and is typeset. Otherwise it is made
    /// from the PDF for the website, which is made first if needed, so that the paper copy is the same in every
    /// run.
    fn paper(
        &self,
        maker: &Maker<'_>,
        file: &ReportFile,
        data: &str,
        kept: &mut Option<Exported>,
    ) -> Result<Exported, TypesetError> {
        let (template, fonts) = (maker.template, maker.fonts);
        if self.extra.is_none() && template.declares_paper() {
            let made = match kept.take() {
                Some(made) => made,
                None => web(template, fonts, data, maker.attachment(file).as_deref())?,
            };
            if let Some(paper) = kept.insert(made).on_paper() {
                return Ok(paper);
            }
        }
        print(template, fonts, data, self.extra.as_deref())
    }
}

/// Returns the data that the template reads for the sign-off sheet.
pub(crate) fn filing_json(file: &ReportFile, filing: &report::Filing) -> String {
    serde_json::json!({
        "seal": filing.seal,
        "recipient": filing.recipient,
        "roles": filing.roles,
        "phone": filing.phone,
        "agency": file.report.agency.name,
        "year": file.report.year,
    })
    .to_string()
}
