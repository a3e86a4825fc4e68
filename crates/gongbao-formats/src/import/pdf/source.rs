//! The pages of a PDF file.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use hayro_interpret::{Context, InterpreterCache, interpret_page};
use hayro_syntax::{LoadPdfError, Pdf, object::Dict};
use kurbo::{Affine, Rect};

use super::{
    draw::Drawing,
    fonts::{self, Fonts},
    page::Page,
    tags::{self, Marked},
};
use crate::import::{ImportError, damaged, layout::Layout, neutral::Document};

/// Maximum number of pages; a report has some ten.
const MOST_PAGES: usize = 300;
/// Number of bytes at the end of the file in which the end marker is searched (ISO 32000-1, annex H.3, note 18).
const TAIL: usize = 1024;
/// Size of the stack on which a PDF is read: interpreters recurse as deeply as its forms and patterns are nested.
const STACK: usize = 32 << 20;

/// A PDF as it was read.
pub(super) struct Source {
    pub(super) pages: Vec<Page>,
    pub(super) layout: Layout,
    /// What the tags say, if the file has tags that hold.
    pub(super) tagged: Option<Document>,
}

/// Reads what is drawn on the pages.
///
/// # Errors
/// The file is encrypted, damaged or too large.
pub(super) fn read(bytes: &[u8]) -> Result<Source, ImportError> {
    // A file that is cut off could be repaired, but a part of it would be missing without a sign.
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default();
    if !tail.windows(5).any(|window| window == b"%%EOF") {
        return Err(ImportError::new("这份PDF不完整：没有结尾", "请重新下载或重新取得完整的文件"));
    }
    let bytes: Arc<Vec<u8>> = Arc::new(bytes.to_vec());
    let work = move || catch_unwind(AssertUnwindSafe(|| drawn(bytes))).unwrap_or_else(|_| Err(damaged()));
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(work);
    let done = thread.ok().and_then(|thread| thread.join().ok());
    done.unwrap_or_else(|| Err(damaged()))
}

fn drawn(bytes: Arc<Vec<u8>>) -> Result<Source, ImportError> {
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
    let mut fonts = Fonts::default();
    pages.iter().for_each(|page| fonts.add(page.resources()));
    let cache = InterpreterCache::new();
    let settings = fonts::settings();
    let is_tagged = is_tagged(&pdf);
    let (mut marked, mut loose) = (Marked::new(), 0);
    let mut read = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let transform = Affine::new(page.initial_transform(true).as_coeffs());
        let area = Rect::new(0.0, 0.0, width, height);
        let mut context = Context::new(transform, area, &cache, pdf.xref(), settings.clone());
        let mut drawing = Drawing { mute: fonts.mute.clone(), ..Drawing::default() };
        interpret_page(page, &mut context, &mut drawing);
        if is_tagged {
            for glyph in drawing.glyphs.iter().filter(|glyph| !glyph.artifact) {
                match glyph.mark {
                    Some(mark) => marked.entry((index, mark)).or_default().push(glyph.below(index)),
                    None => loose += usize::from(!glyph.is_space()),
                }
            }
        }
        read.extend(Page::of(drawing, index + 1, width, height));
    }
    let layout = Layout {
        pages: pages.len(),
        is_tagged,
        loose_fonts: fonts.loose.into_iter().collect(),
        ..Layout::default()
    };
    let tagged = if is_tagged { tags::document(&pdf, marked, loose) } else { None };
    Ok(Source { pages: read, layout, tagged })
}

/// Whether the file has structure tags.
fn is_tagged(pdf: &Pdf) -> bool {
    let root: Option<Dict<'_>> = pdf.xref().get(pdf.xref().root_id());
    root.is_some_and(|root| {
        let marked = root.get::<Dict<'_>>("MarkInfo").and_then(|info| info.get::<bool>("Marked"));
        marked == Some(true) && root.get::<Dict<'_>>("StructTreeRoot").is_some()
    })
}
