//! Findings about the layout of a PDF.

use gongbao_core::finding::{Finding, Message, Rule, Severity};
use gongbao_formats::import::{Layout, TableLayout};

/// Maximum number of fonts that a finding names.
const MOST_NAMES: usize = 5;

/// Judges the layout of a PDF with text.
pub(super) fn judge(layout: &Layout) -> Vec<Finding> {
    let mut findings: Vec<Finding> = layout.tables.iter().flat_map(of_table).collect();
    if !layout.is_tagged {
        let message = "没有标签：读屏软件分不清标题、段落和表格";
        findings.push(warning(Rule::LayoutUntagged, message, "导出PDF时选上“辅助功能”或“带标签的PDF”"));
    }
    if !layout.loose_fonts.is_empty() {
        let names: Vec<&str> = layout.loose_fonts.iter().take(MOST_NAMES).map(String::as_str).collect();
        let count = layout.loose_fonts.len();
        let message = format!("有{count}种字体没有嵌入：{}", names.join("、"));
        findings.push(warning(Rule::LayoutFonts, message, "导出PDF时选上“嵌入所有字体”，或者导出为PDF/A"));
    }
    if !layout.scanned.is_empty() {
        let pages: Vec<String> = layout.scanned.iter().map(ToString::to_string).collect();
        findings.push(without_text(&format!("第{}页是图片，没有文字", pages.join("、"))));
    }
    findings
}

/// The finding about a PDF, or pages of it, without text.
pub(super) fn without_text(message: &str) -> Finding {
    warning(Rule::LayoutText, message, "请由Word、WPS直接导出PDF，不要发布扫描件")
}

fn of_table(table: &TableLayout) -> Vec<Finding> {
    // A table that is not one of the form's is not judged.
    if table.name.is_empty() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if !table.torn.is_empty() {
        let pages: Vec<String> = table.torn.iter().map(ToString::to_string).collect();
        let message = format!("{}在第{}页末断开，断在一组当中", table.name, pages.join("、"));
        let hint = "让表格从新的一页开始，或者在Word里不许跨页断行、设重复标题行";
        findings.push(warning(Rule::LayoutTorn, message, hint).place(table.name.as_str()));
    }
    if let Some(size) = table.size.filter(|_| table.is_small()) {
        let message = format!("{}的字约{size:.1}磅，小于小五号（9磅）", table.name);
        findings.push(
            warning(Rule::LayoutSmall, message, "加大字号，数值列可以窄一些").place(table.name.as_str()),
        );
    }
    findings
}

fn warning(rule: Rule, message: impl Into<Message>, hint: &str) -> Finding {
    Finding::new(rule, Severity::Warning, "", message).hint(hint)
}
