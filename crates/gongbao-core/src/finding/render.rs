//! Findings for people at a terminal.

mod excerpt;
#[cfg(test)]
mod tests;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde::{Deserialize, Serialize};

use self::excerpt::Excerpt;
use super::{At, Finding, Severity};
use crate::text::{shortened, visible};

/// The longest message or hint in columns; one that quotes a whole paragraph is cut.
const LONGEST: usize = 400;

/// Rendered findings, with and without the colours of a terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedFindings {
    plain: String,
    coloured: String,
}

impl RenderedFindings {
    /// Renders findings in the order given, separated by blank lines.
    pub fn new(findings: &[Finding]) -> Self {
        let (plain, coloured): (Vec<_>, Vec<_>) =
            findings.iter().map(|finding| render(finding, true)).unzip();
        Self { plain: plain.join("\n"), coloured: coloured.join("\n") }
    }

    /// Returns the text for a terminal (`coloured`) or for a file.
    pub fn text(&self, coloured: bool) -> &str {
        if coloured { &self.coloured } else { &self.plain }
    }
}

/// Renders findings in the order given, each with its line and carets, separated by blank lines.
pub fn render_all(findings: &[Finding], coloured: bool) -> String {
    let one = |finding| match (render(finding, coloured), coloured) {
        ((_, text), true) | ((text, _), false) => text,
    };
    findings.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// One line that counts them: 错误 3 处，提醒 1 处，待确认 0 处.
pub fn summary(findings: &[Finding]) -> String {
    let count = |severity| {
        let counts = |finding: &&Finding| finding.severity == severity && finding.accepted.is_none();
        findings.iter().filter(counts).count()
    };
    let counts = [Severity::Error, Severity::Warning, Severity::Unsure]
        .map(|severity| format!("{} {} 处", severity.name(), count(severity)));
    counts.join("，")
}

/// Renders one finding, with a line break at its end: without colours, and with colours if `coloured` is set.
fn render(finding: &Finding, coloured: bool) -> (String, String) {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Unsure => Level::NOTE,
    };
    let message = shortened(&visible(&finding.text()), LONGEST);
    let rule = visible(finding.rule.code());
    let title = level.with_name(finding.severity.name()).primary_title(message).id(rule);
    let mut group = Group::with_title(title);
    match (&finding.at, &finding.cell) {
        (Some(at), None) => group = with_excerpt(group, &finding.file, at),
        _ => {
            if let Some(origin) = origin(finding) {
                group = group.element(Origin::path(origin));
            }
        }
    }
    for (level, name, text) in remarks(finding) {
        group = group.element(level.with_name(name).message(shortened(&visible(&text), LONGEST)));
    }
    // The lines are shortened before, so the renderer never cuts them.
    let draw = |renderer: Renderer| renderer.term_width(400).render(std::slice::from_ref(&group));
    let plain = draw(Renderer::plain());
    let styled = if coloured { draw(Renderer::styled()) } else { String::new() };
    (without_file_marks(&plain, &plain), without_file_marks(&styled, &plain))
}

/// Returns a drawing without the lines that only announce an excerpt of another file (`:::`). The renderer takes the
/// excerpt for one, because it has no file name: its columns are not those of the file. `plain` is the same drawing
/// without colours.
fn without_file_marks(drawing: &str, plain: &str) -> String {
    let mut rendered = String::new();
    for (line, _) in drawing.lines().zip(plain.lines()).filter(|(_, plain)| plain.trim() != ":::") {
        rendered.push_str(line.trim_end());
        rendered.push('\n');
    }
    rendered
}

/// Adds where it stands, and the line.
fn with_excerpt<'a>(group: Group<'a>, file: &str, at: &At) -> Group<'a> {
    let (line, column) = at.source.line_column(at.span.start);
    let origin = Origin::path(visible(file)).line(line).char_column(column);
    let excerpt = Excerpt::of(&at.source, &at.span);
    let carets = AnnotationKind::Primary.span(excerpt.span);
    let snippet = Snippet::source(excerpt.text).line_start(line).fold(false).annotation(carets);
    group.element(origin).element(snippet)
}

/// The file, or the cell of a workbook.
fn origin(finding: &Finding) -> Option<String> {
    let file = visible(&finding.file);
    match &finding.cell {
        Some(cell) => {
            let cell = visible(&cell.to_string());
            Some(if file.is_empty() { cell } else { format!("{file}:{cell}") })
        }
        None => Some(file).filter(|file| !file.is_empty()),
    }
}

/// The lines below the excerpt, each with its name.
fn remarks(finding: &Finding) -> Vec<(Level<'static>, &'static str, String)> {
    let mut remarks = Vec::new();
    let place = match (finding.place_text().as_str(), finding.path.as_str()) {
        ("", "") => None,
        ("", path) => Some(path.to_owned()),
        (place, "") => Some(place.to_owned()),
        (place, path) => Some(format!("{place}（{path}）")),
    };
    remarks.extend(place.map(|place| (Level::NOTE, "位置", place)));
    if !finding.follows.is_empty() {
        let follows: Vec<_> = finding.follows.iter().map(|f| format!("{} {}", f.rule, f.path)).collect();
        remarks.push((Level::NOTE, "连带", follows.join("、")));
    }
    match &finding.accepted {
        Some(reason) => remarks.push((Level::NOTE, "已认可", reason.clone())),
        None => remarks.extend(finding.advice().map(|hint| (Level::HELP, "办法", hint))),
    }
    remarks
}
