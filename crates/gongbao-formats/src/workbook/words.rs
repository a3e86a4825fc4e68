//! Replaces words of text files in findings by those of the workbook.

use super::layout::head_sheet;
use gongbao_core::finding::{Finding, Place, PlacePart};

/// Advice for text files, and the same for a workbook.
const PHRASES: [(&str, &str); 8] = [
    ("可在报告文件里用 [[accepted]] 说明", "可以在“审核”表写明认可的理由"),
    ("可用 [[accepted]] 说明", "可以在“审核”表写明认可的理由"),
    ("请在报告头写 date = ", "请在“基本情况”表填成文日期，写成 "),
    ("有报送件（[filing]），但没有成文日期（date）", "附了审签单，但没有填成文日期"),
    ("改正 agency.name；不写 title 时", "改正单位名称；不填标题时"),
    ("；不写 title 时", "；不填标题时"),
    ("单位信息（agency.phone）", "“基本情况”表里的联系电话"),
    (
        "说的是办公厅（室）一家的，可在报告文件里用 scopes 注明",
        "说的是办公厅（室）一家的，可以在“审核”表写明认可的理由",
    ),
];

/// Rewords a finding about a workbook: keys of the head become labels.
pub fn reword(finding: &mut Finding) {
    let head = head_sheet();
    if let Some(field) = head.fields.iter().find(|field| field.path == finding.path) {
        finding.place = Place::from(head.name.as_str()).with(PlacePart::Words(field.spec.label.to_owned()));
        let key = field.path.rsplit('.').next().unwrap_or_default();
        finding.message = finding.message.replace(&format!("“{key}”"), &format!("“{}”", field.spec.label));
    }
    for (text_file, workbook) in PHRASES {
        finding.message = finding.message.replace(text_file, workbook);
        finding.hint = finding.hint.as_ref().map(|hint| hint.replace(text_file, workbook));
    }
}
