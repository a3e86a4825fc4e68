//! Extraction of the data attached to the program's PDFs: the embedded file `report.json`.

use std::{fmt, sync::OnceLock};

use gongbao_core::finding::{MediumWords, Message};
use hayro_syntax::{
    Filter, LoadPdfError, Pdf,
    object::{Array, Dict, Stream, String as PdfString},
};
use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;
use serde::{Deserialize, Serialize};

use crate::pdf_claims;

/// Name of the attachment.
const NAME: &[u8] = b"report.json";

/// Largest accepted PDF; the limit bounds the cost of hostile files.
const LARGEST: usize = 64 << 20;

/// Largest accepted attachment, as for report files.
const LARGEST_DATA: usize = 4 << 20;

/// Maximum depth and number of nodes of a name tree.
const DEEPEST: usize = 8;
const MOST_NODES: usize = 1000;

/// Number of bytes at the end of the file in which the end marker is searched (ISO 32000-1, annex H.3, note 18).
const TAIL: usize = 1024;

/// Trailer key of encrypted PDFs.
const ENCRYPTED: &[u8] = b"/Encrypt";

/// Attachment of a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    /// Bytes of the attachment.
    pub data: Vec<u8>,
    /// Whether its length equals the length recorded in the file.
    pub whole: bool,
    /// Producer recorded in the file: `gongbao 0.1.0`.
    pub creator: String,
}

/// Error from extracting the attachment of a PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum EmbedError {
    /// The file is too large.
    TooLarge,
    /// The file is encrypted.
    Encrypted,
    /// The file is cut off.
    CutOff,
    /// The file is no readable PDF.
    Damaged,
    /// The file has no attachment `report.json`.
    NotOurs,
    /// The attachment cannot be decompressed.
    DamagedData,
}

impl EmbedError {
    /// What to do, in Chinese, for people at the command line.
    pub fn hint(self) -> &'static str {
        match self {
            Self::TooLarge => "请检查是否选错了文件",
            Self::Encrypted => "请取得没有加密的原件，例如本单位网站上发布的那一份",
            Self::CutOff | Self::Damaged | Self::DamagedData => "请重新下载或重新取得完整的文件",
            Self::NotOurs => {
                "只有本程序生成的网站用PDF附有数据；纸质件、样稿和用 --no-attach 生成的不附，请改用报告文件"
            }
        }
    }
}

impl EmbedError {
    /// What to do, for every medium.
    pub(crate) fn advice(self) -> Message {
        match self {
            Self::NotOurs => {
                let others = "只有本程序生成的网站用PDF附有数据，纸质件和样稿不附；请改用报告文件";
                MediumWords::new(self.hint(), others).into()
            }
            _ => self.hint().into(),
        }
    }
}

impl fmt::Display for EmbedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "这份PDF太大，不像年度报告",
            Self::Encrypted => "这份PDF是加密的，读不出其中的数据",
            Self::CutOff => "这份PDF不完整：没有结尾",
            Self::Damaged => "这份PDF已经损坏，读不出来",
            Self::NotOurs => "这份PDF里没有附报告数据（report.json）",
            Self::DamagedData => "这份PDF所附的报告数据已经损坏，取不出来",
        })
    }
}

impl std::error::Error for EmbedError {}

/// Whether a file is a PDF, by its first bytes or its name.
pub fn is_pdf(name: &str, bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF-") || name.to_ascii_lowercase().ends_with(".pdf")
}

/// A function that extracts the attachment of a PDF.
pub type Extractor = fn(Vec<u8>) -> Result<Attached, EmbedError>;

static EXTRACTOR: OnceLock<Extractor> = OnceLock::new();

/// Installs a function that extracts attachments in another process. Without it they are extracted in this process, in
/// which a hostile file can use much memory. Has no effect if a function is installed already.
pub fn install_extractor(extractor: Extractor) {
    // The first one stays.
    let _ = EXTRACTOR.set(extractor);
}

/// Extracts the attachment `report.json` of a PDF.
///
/// # Errors
/// The file is no PDF, is encrypted or damaged, or has no such attachment.
pub fn attached(bytes: Vec<u8>) -> Result<Attached, EmbedError> {
    EXTRACTOR.get().copied().unwrap_or(extract)(bytes)
}

/// Extracts the attachment in this process, as [`attached`] does with the installed function.
///
/// # Errors
/// Those of [`attached`].
pub fn extract(bytes: Vec<u8>) -> Result<Attached, EmbedError> {
    if bytes.len() > LARGEST {
        return Err(EmbedError::TooLarge);
    }
    if !bytes.starts_with(b"%PDF-") {
        return Err(EmbedError::Damaged);
    }
    // Readers repair such a file by guessing; the result may differ from the original.
    let tail = bytes.get(bytes.len().saturating_sub(TAIL)..).unwrap_or_default();
    if !tail.windows(5).any(|window| window == b"%%EOF") {
        return Err(EmbedError::CutOff);
    }
    // A partly encrypted file could be read, but the program does not write such files.
    if bytes.windows(ENCRYPTED.len()).any(|window| window == ENCRYPTED) {
        return Err(EmbedError::Encrypted);
    }
    if !pdf_claims::are_bounded(&bytes) {
        return Err(EmbedError::TooLarge);
    }
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => EmbedError::Encrypted,
        LoadPdfError::Invalid => EmbedError::Damaged,
    })?;
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id()).ok_or(EmbedError::Damaged)?;
    let names: Dict<'_> = root.get("Names").ok_or(EmbedError::NotOurs)?;
    let tree: Dict<'_> = names.get("EmbeddedFiles").ok_or(EmbedError::NotOurs)?;
    let mut nodes = MOST_NODES;
    let file = named(&tree, DEEPEST, &mut nodes).ok_or(EmbedError::NotOurs)?;
    let streams: Dict<'_> = file.get("EF").ok_or(EmbedError::DamagedData)?;
    let stream: Stream<'_> = streams.get("UF").or_else(|| streams.get("F")).ok_or(EmbedError::DamagedData)?;
    let data = unpacked(&stream).ok_or(EmbedError::DamagedData)?;
    let size: Option<i32> =
        stream.dict().get::<Dict<'_>>("Params").and_then(|params| params.get::<i32>("Size"));
    let whole = size.and_then(|size| usize::try_from(size).ok()).is_none_or(|size| size == data.len());
    let creator = pdf.metadata().creator.as_deref().map(String::from_utf8_lossy);
    Ok(Attached { whole, creator: creator.unwrap_or_default().into_owned(), data })
}

/// File specification of the attachment in a name tree.
fn named<'a>(node: &Dict<'a>, depth: usize, nodes: &mut usize) -> Option<Dict<'a>> {
    *nodes = nodes.checked_sub(1)?;
    if let Some(names) = node.get::<Array<'_>>("Names") {
        let mut entries = names.flex_iter();
        while let Some(name) = entries.next::<PdfString<'_>>() {
            let file = entries.next::<Dict<'_>>()?;
            if name.as_bytes().strip_prefix(b"/").unwrap_or(name.as_bytes()) == NAME {
                return Some(file);
            }
        }
    }
    let kids: Array<'_> = node.get("Kids")?;
    let depth = depth.checked_sub(1)?;
    kids.iter::<Dict<'_>>().find_map(|kid| named(&kid, depth, nodes))
}

/// Decompresses a stream. Only the program's own filters are accepted, and only up to [`LARGEST_DATA`]: a few bytes can
/// decompress to gigabytes.
fn unpacked(stream: &Stream<'_>) -> Option<Vec<u8>> {
    let raw = stream.raw_data();
    let data = match stream.filters().as_slice() {
        [] => raw.into_owned(),
        [Filter::FlateDecode] => decompress_to_vec_zlib_with_limit(&raw, LARGEST_DATA).ok()?,
        _ => return None,
    };
    (data.len() <= LARGEST_DATA).then_some(data)
}
