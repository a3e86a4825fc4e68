//! Rejects files that are not workbooks or would unpack to too much, before they are unpacked into memory.

use crate::{
    archive::{Archive, ArchiveError, Limits},
    claims,
};
use gongbao_core::{
    finding::{Finding, MediumWords, Message, Rule, Severity},
    text::is_too_large,
};

/// Largest unpacked size. A workbook of this program unpacks to less than a mebibyte.
const LIMITS: Limits = Limits { unpacked: 48 << 20, parts: 1000 };

/// What to do about an empty file.
const NEW: MediumWords = MediumWords::fixed(
    "请检查文件是否保存成功，或者用 gongbao new 新建一份",
    "请检查文件是否保存成功，或者新建一份",
    "请检查文件是否保存成功，或者新建一份",
);

const OLD_OFFICE: &[u8] = b"\xD0\xCF\x11\xE0";

/// Returns a finding that the whole workbook cannot be read.
pub(super) fn unreadable(name: &str, message: impl Into<Message>, hint: impl Into<Message>) -> Finding {
    let mut finding = Finding::new(Rule::Unreadable, Severity::Error, "", message);
    name.clone_into(&mut finding.file);
    finding.hint(hint)
}

/// Checks that a file is an undamaged workbook of limited size.
///
/// # Errors
/// Returns a finding if it is not.
pub(super) fn check(name: &str, bytes: &[u8]) -> Result<(), Finding> {
    if is_too_large(bytes.len()) {
        return Err(too_large(name));
    }
    if bytes.starts_with(OLD_OFFICE) {
        let message = "工作簿加了打开密码，或者是旧版的 .xls 改了后缀";
        return Err(unreadable(name, message, "请在 Excel 或 WPS 里打开，去掉密码，另存为 .xlsx"));
    }
    if bytes.is_empty() {
        return Err(unreadable(name, "文件是空的", NEW));
    }
    if !bytes.starts_with(b"PK") {
        let message = "文件内容不是 Excel 工作簿（.xlsx），可能是别的文件改了后缀";
        return Err(unreadable(name, message, "请检查是否选错了文件"));
    }
    let told = |error| match error {
        ArchiveError::TooLarge => too_large(name),
        ArchiveError::FalseClaim => unreadable(
            name,
            "工作簿里写明的个数与内容不符，可能已经损坏或者被改过",
            "请在 Excel 或 WPS 里打开，另存为 .xlsx 后再试",
        ),
        ArchiveError::Damaged => unreadable(
            name,
            "工作簿不完整或已经损坏，打不开",
            "请重新取得完整的文件；或者在 Excel、WPS 里打开，另存一份再试",
        ),
    };
    let archive = Archive::open(bytes, LIMITS).map_err(told)?;
    let is_workbook = archive.has_ending("workbook.xml");
    claims::check(archive).map_err(told)?;
    if !is_workbook {
        let message = "文件内容不是 Excel 工作簿（.xlsx）";
        return Err(unreadable(name, message, "请检查是否选错了文件"));
    }
    Ok(())
}

fn too_large(name: &str) -> Finding {
    unreadable(name, "文件太大，不像一份年度报告的工作簿", "请检查是否选错了文件")
}
