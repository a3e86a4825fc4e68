//! Recognition of files by their content; file names are only a hint.

use super::{ImportError, LIMITS, compound, damaged};
use crate::archive::Archive;

/// A supported kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Word file (.docx).
    Docx,
    /// Web page.
    Html,
    /// Excel workbook (.xlsx).
    Xlsx,
    /// Old Excel workbook (.xls).
    Xls,
    /// PDF file.
    Pdf,
}

impl FileKind {
    /// Extensions of files that only an office program can convert.
    pub const OFFICE_ENDINGS: [&str; 4] = ["doc", "wps", "rtf", "et"];

    /// Chinese name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "Word文档",
            Self::Html => "网页",
            Self::Xlsx => "Excel工作簿",
            Self::Xls => "旧版Excel工作簿",
            Self::Pdf => "PDF文件",
        }
    }
}

const AS_DOCX: &str = "请用Word或WPS打开，另存为 .docx 再导入；装有LibreOffice的，gongbao import 会用它来读";
const AS_XLSX: &str = "请用Excel或WPS打开，另存为 .xlsx 再导入；装有LibreOffice的，gongbao import 会用它来读";
const READABLE: &str =
    "能导入的有：PDF（.pdf）、Word文档（.docx）、网页（.html）、Excel工作簿（.xlsx、.xls）";

/// Recognises the kind of a file.
///
/// # Errors
/// The kind is not supported; the message says what the file is and in which format to save it.
pub fn kind(name: &str, bytes: &[u8]) -> Result<FileKind, ImportError> {
    let is_named = |ending: &str| name.to_ascii_lowercase().ends_with(ending);
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ImportError::new("文件是空的", "请检查文件是否保存成功"));
    }
    if bytes.starts_with(b"PK") {
        return packed(bytes);
    }
    if bytes.starts_with(compound::SIGNATURE) {
        return match compound::content(bytes) {
            Some(compound::Content::Words) if is_named(".wps") => {
                Err(ImportError::new("这是WPS文字的旧格式文档（.wps）", AS_DOCX))
            }
            Some(compound::Content::Words) => Err(ImportError::new("这是旧版Word文档（.doc）", AS_DOCX)),
            Some(compound::Content::Sheets) if is_named(".et") => {
                Err(ImportError::new("这是WPS表格的旧格式文件（.et）", AS_XLSX))
            }
            Some(compound::Content::Sheets) => Ok(FileKind::Xls),
            Some(compound::Content::Slides) => Err(ImportError::new("这是演示文稿", READABLE)),
            Some(compound::Content::Encrypted) => Err(ImportError::new(
                "文件加了打开密码",
                "请用Word、Excel或WPS打开，去掉密码，另存一份再导入",
            )),
            None => Err(damaged()),
        };
    }
    // Some programs put a few bytes before the header (ISO 32000-1, annex H.3, note 13).
    if bytes.get(..bytes.len().min(1024)).unwrap_or_default().windows(5).any(|window| window == b"%PDF-") {
        return Ok(FileKind::Pdf);
    }
    let known: [(&[u8], &str, &str); 6] = [
        (b"{\\rtf", "这是RTF文档", AS_DOCX),
        (b"\x89PNG", "这是图片", READABLE),
        (b"\xFF\xD8\xFF", "这是图片", READABLE),
        (b"Rar!", "这是压缩包", "请先解压"),
        (b"7z\xBC\xAF", "这是压缩包", "请先解压"),
        (b"\x1F\x8B", "这是压缩包", "请先解压"),
    ];
    if let Some((_, what, hint)) = known.iter().find(|(mark, ..)| start.starts_with(mark)) {
        return Err(ImportError::new(*what, *hint));
    }
    // A page may begin with a comment or a fragment, and may be in UTF-16, so tags are searched after the start.
    let text = super::html::peek(bytes);
    if text.contains("<?mso-application progid=\"Excel.Sheet\"")
        || text.contains("urn:schemas-microsoft-com:office:spreadsheet")
    {
        return Err(ImportError::new("这是Excel的XML表格", AS_XLSX));
    }
    if text.contains("schemas.microsoft.com/office/word/2003/wordml")
        || text.contains("schemas.microsoft.com/office/2006/xmlPackage")
    {
        return Err(ImportError::new("这是Word的XML文档", AS_DOCX));
    }
    let tags = [
        "<html",
        "<!doctype html",
        "<head",
        "<body",
        "<table",
        "<div",
        "<p",
        "<article",
        "<main",
        "<meta",
        "<section",
    ];
    if tags.iter().any(|tag| text.contains(tag)) {
        return Ok(FileKind::Html);
    }
    Err(ImportError::new("认不出这是什么文件", READABLE))
}

/// Extensions of a file of an old office program and of the file that it can be converted into; `None` for other files.
pub(super) fn office_format(name: &str, bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    if bytes.trim_ascii_start().starts_with(b"{\\rtf") {
        return Some(("rtf", "docx"));
    }
    if !bytes.starts_with(compound::SIGNATURE) {
        return None;
    }
    match compound::content(bytes)? {
        // The old formats of WPS are those of Word and Excel.
        compound::Content::Words => Some(("doc", "docx")),
        compound::Content::Sheets if name.to_ascii_lowercase().ends_with(".et") => Some(("xls", "xlsx")),
        _ => None,
    }
}

/// Kind of a ZIP archive.
fn packed(bytes: &[u8]) -> Result<FileKind, ImportError> {
    let archive = Archive::open(bytes, LIMITS)?;
    let parts =
        ["word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "content.xml", "xl/workbook.bin"];
    let has = parts.map(|part| archive.has(part));
    match has {
        [true, ..] => Ok(FileKind::Docx),
        [_, true, ..] => Ok(FileKind::Xlsx),
        [_, _, true, ..] => Err(ImportError::new("这是演示文稿", READABLE)),
        [_, _, _, true, _] => Err(ImportError::new(
            "这是OpenDocument文件（.odt、.ods）",
            "请打开后另存为 .docx 或 .xlsx 再导入",
        )),
        [.., true] => Err(ImportError::new("这是Excel的二进制工作簿（.xlsb）", AS_XLSX)),
        // The main part of a Word file may have any name.
        _ if archive.has("[Content_Types].xml") && archive.has("_rels/.rels") => Ok(FileKind::Docx),
        _ if archive.has("OFD.xml") => Err(ImportError::new(
            "这是OFD版式文件（.ofd）",
            "请用WPS或版式阅读器打开，另存或打印成PDF再导入；或者找它的Word文档、网页",
        )),
        _ => Err(ImportError::new("这是压缩包", "请先解压，再导入里面的文件")),
    }
}
