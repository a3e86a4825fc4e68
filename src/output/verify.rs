//! Checks whether a PDF of this program was altered after it was made.
//!
//! The PDF is not signed, so the check does not show *who* made a file: anyone can make one with other figures. It
//! shows whether the file is consistent. The same version of the program makes the same bytes from the same data. If the
//! attached data gives the same file again, byte for byte, its pages show what the data says, and nothing was changed.
//! `docs/publication.md` explains the verdicts to offices.

use crate::{
    output::{Kind, MakeError, Maker, Plan},
    typeset::{fonts::FontSet, world::Template},
};
use gongbao_core::report::{ReportFile, Scope, to_json};
use gongbao_formats::pdf::Attached;

/// Result of checking a PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// The attached data gives the same file, byte for byte.
    Unaltered,
    /// The attached data gives the beginning of the file. A signature, an annotation or a change was appended to it.
    Appended,
    /// Parts of the file contradict each other: one sentence in Chinese each.
    Altered(Vec<String>),
    /// No contradictions, but the file cannot be made again here: the reason, in Chinese.
    Unconfirmed(String),
}

/// Compares a PDF with the file that its attached data gives. `file` is the report that was read from the attachment.
///
/// # Errors
/// The pages cannot be typeset.
pub fn verify(
    bytes: &[u8],
    attached: &Attached,
    file: &ReportFile,
    fonts: &FontSet,
    template: &Template,
) -> Result<Verdict, MakeError> {
    let plan = Plan::new([Kind::Web]);
    let maker = Maker::new(fonts, template, plan.clone()).map_err(MakeError::Font)?;
    let verdict = compare(bytes, attached, file, &maker)?;
    if !matches!(verdict, Verdict::Altered(_)) || file.report.corrections.is_empty() {
        return Ok(verdict);
    }
    // The file may have been made with the corrections printed in the report.
    let plan = Plan { inline_corrections: true, ..plan };
    compare(bytes, attached, file, &Maker::new(fonts, template, plan).map_err(MakeError::Font)?)
}

fn compare(
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
