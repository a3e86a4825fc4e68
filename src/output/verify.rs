//! Whether a PDF of ours is still what it was when it was made.
//!
//! There is no signature in it, so nothing here proves *who* made a file: whoever has the program can make one
//! with other figures. What can be told is whether the file agrees with itself. The strongest of it: the same
//! version makes the same bytes of the same data, so that a file which the attached data makes again, byte for
//! byte, shows on its pages what its data says, and nothing was done to it since.
//! `docs/publication.md` tells the offices what each verdict is worth.

use crate::output::{MakeError, Maker};
use gongbao_core::report::{ReportFile, Scope, to_json};
use gongbao_formats::pdf::Attached;

/// What was found out about a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The attached data makes the same file again, byte for byte.
    Unaltered,
    /// So it does, but something was appended to the file afterwards: a signature, an annotation, or a change.
    Appended,
    /// Something in the file contradicts something else in it: in Chinese, one sentence each.
    Altered(Vec<String>),
    /// Nothing in it contradicts anything, but it cannot be made again here: why, in Chinese.
    Unconfirmed(String),
}

/// Holds a PDF against what its own data makes. `file` is the report that was read from the attachment.
///
/// # Errors
/// The pages cannot be set at all.
pub fn verify(
    bytes: &[u8],
    attached: &Attached,
    file: &ReportFile,
    maker: &Maker<'_>,
) -> Result<Verdict, MakeError> {
    let mut contradictions = Vec::new();
    if !attached.whole {
        contradictions.push("所附数据的长度与文件所记的不符，数据被换过".to_owned());
    }
    if attached.creator != Maker::creator() {
        return Ok(match contradictions.is_empty() {
            true => Verdict::Unconfirmed(format!(
                "文件由“{}”生成，本程序是“{}”，不能逐字节比对",
                attached.creator,
                Maker::creator()
            )),
            false => Verdict::Altered(contradictions),
        });
    }
    if to_json(&file.report, &file.form, Scope::Public).as_bytes() != attached.data {
        contradictions.push("所附数据不是本程序写出来的样子，被改过".to_owned());
    }
    let again = maker.web_again(file)?;
    if bytes == again {
        return Ok(Verdict::Unaltered);
    }
    if bytes.starts_with(&again) {
        return Ok(Verdict::Appended);
    }
    contradictions.push(
        "用所附数据重新生成的文件与它不同：页面或数据被改过，或者当时用的是别的字体或模板（用 --font-dir、--template 指明后再试）"
            .to_owned(),
    );
    Ok(Verdict::Altered(contradictions))
}
