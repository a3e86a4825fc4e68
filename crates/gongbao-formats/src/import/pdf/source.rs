//! The pages of a PDF file.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};
use hayro_syntax::{LoadPdfError, Pdf};
use kurbo::{Affine, Rect};

use super::{draw::Drawing, page::Page};
use crate::import::{ImportError, damaged};

/// Maximum number of pages; a report has some ten.
const MOST_PAGES: usize = 300;
/// Size of the stack on which a PDF is read: interpreters recurse as deeply as its forms and patterns are nested.
const STACK: usize = 32 << 20;

/// Reads what is drawn on the pages.
///
/// # Errors
/// The file is encrypted, damaged or too large.
pub(super) fn pages(bytes: &[u8]) -> Result<Vec<Page>, ImportError> {
    let bytes: Arc<Vec<u8>> = Arc::new(bytes.to_vec());
    let work = move || catch_unwind(AssertUnwindSafe(|| drawn(bytes))).unwrap_or_else(|_| Err(damaged()));
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    let done = thread.ok().and_then(|thread| thread.join().ok());
    done.unwrap_or_else(|| Err(damaged()))
}

fn drawn(bytes: Arc<Vec<u8>>) -> Result<Vec<Page>, ImportError> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => ImportError::new(
            "这份PDF加了密码，打不开",
            "请向发文单位要没有密码的文件；知道密码的，用浏览器打开，打印成新的PDF再试",
        ),
        LoadPdfError::Invalid => damaged(),
    })?;
    let pages = pdf.pages();
    if pages.len() > MOST_PAGES {
        return Err(ImportError::new(
            format!("这份PDF有{}页，不像一份年度报告", pages.len()),
            "请检查是否选错了文件；报告是其中一部分的，只导出那几页再试",
        ));
    }
    if pages.is_empty() {
        return Err(damaged());
    }
    let cache = InterpreterCache::new();
    let settings = InterpreterSettings { render_annotations: false, ..InterpreterSettings::default() };
    let mut read = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let area = Rect::new(0.0, 0.0, width, height);
        let mut context = Context::new(transform, area, &cache, pdf.xref(), settings.clone());
        let mut drawing = Drawing::default();
        interpret_page(page, &mut context, &mut drawing);
        read.extend(Page::of(drawing, index + 1, width, height));
    }
    Ok(read)
}
