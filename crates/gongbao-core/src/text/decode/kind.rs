//! Recognition of files that are no text.

use super::DecodeHint;

/// A kind of file with advice for the user.
pub(super) struct Kind {
    /// Name of the kind, in Chinese.
    pub(super) what: &'static str,
    /// What to do.
    pub(super) hint: DecodeHint,
}

const IMPORT: DecodeHint = DecodeHint {
    command: "请先用 gongbao import 把它转换成数据文件",
    plain: "请先导入，转换成报告",
};
const WRONG: DecodeHint = DecodeHint::plain("请检查是否选错了文件");
const UNPACK: DecodeHint = DecodeHint::plain("请先解压");
const EXTRACT: DecodeHint = DecodeHint {
    command: "如果是本程序生成的PDF，请用 gongbao extract 取出其中的数据；否则请改用数据文件",
    plain: "如果是本程序生成的PDF，请先取出其中的数据；否则请改用数据文件",
};
const RTF: DecodeHint = DecodeHint {
    command: "请在Word或WPS中另存为.docx，再用 gongbao import 转换",
    plain: "请在Word或WPS中另存为.docx，再导入",
};
const RENAME: DecodeHint = DecodeHint {
    command: "请把文件名的后缀改为.xlsx；如果不是本程序的工作簿，请先用 gongbao import 转换",
    plain: "请把文件名的后缀改为.xlsx；如果不是本程序的工作簿，请先导入，转换成报告",
};

/// Signatures: first bytes, kind, advice.
const SIGNATURES: &[(&[u8], &str, DecodeHint)] = &[
    (b"%PDF", "PDF文件", EXTRACT),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "旧版Office文件（.xls或.doc）", IMPORT),
    (b"{\\rtf", "RTF文档", RTF),
    (b"\x89PNG", "图片", WRONG),
    (b"\xFF\xD8\xFF", "图片", WRONG),
    (b"GIF8", "图片", WRONG),
    (b"Rar!", "压缩包", UNPACK),
    (b"7z\xBC\xAF", "压缩包", UNPACK),
    (b"\x1F\x8B", "压缩包", UNPACK),
    (b"MZ", "程序文件", WRONG),
    (b"\x7FELF", "程序文件", WRONG),
];

/// Names of parts of a ZIP file, kind, advice.
const PARTS: &[(&[u8], &str, DecodeHint)] = &[
    (b"xl/workbook", "Excel工作簿（.xlsx）", RENAME),
    (b"word/document", "Word文档（.docx）", IMPORT),
    (b"ppt/presentation", "演示文稿（.pptx）", WRONG),
];

/// Kind of the file, if it is recognised as something other than text.
pub(super) fn of(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"PK\x03\x04") {
        // A ZIP file holds the names of its parts uncompressed, before each part and at the end.
        let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
        let part = PARTS.iter().find(|(part, ..)| holds(part));
        let kind = part.map(|(_, what, hint)| Kind { what, hint: *hint });
        return Some(kind.unwrap_or(Kind { what: "压缩包", hint: UNPACK }));
    }
    if let Some((_, what, hint)) = SIGNATURES.iter().find(|(signature, ..)| bytes.starts_with(signature)) {
        return Some(Kind { what, hint: *hint });
    }
    let start = bytes.trim_ascii_start();
    let begins = |tag: &[u8]| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    if begins(b"<!doctype html") || begins(b"<html") {
        return Some(Kind { what: "网页", hint: IMPORT });
    }
    // Every second byte of Latin letters in UTF-16 is zero.
    let head = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let marked = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
    if !marked && head.len() >= 8 && head.iter().filter(|byte| **byte == 0).count() * 4 > head.len() {
        let what = "没有字节顺序标记（BOM）的UTF-16文本，或者是二进制文件";
        let hint = DecodeHint::plain("请另存为UTF-8编码，或者另存为带BOM的UTF-16");
        return Some(Kind { what, hint });
    }
    None
}
