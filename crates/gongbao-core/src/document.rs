//! A report in the order of print: the data of the template and of all other outputs. `docs/template-data.md` is the
//! contract.

mod data;
mod links;
mod title;

use crate::{
    form::{Align, CellKind, Face, GridError, PREFACE, Position, Table},
    report::{Paragraphs, Report, ReportFile, day, is_variation_selector},
    typeface::{GlyphCoverage, Role},
};

pub use data::{
    BlockData, CellContent, CellData, ChapterData, Document, Metadata, ParagraphData, RowData, Signature,
    TableData, TablePiece,
};
pub use links::{Run, runs};
pub(crate) use title::ranges as title_ranges;

/// A printed text with its role, for checking glyph coverage before typesetting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedText {
    /// Role of the typeface.
    pub role: Role,
    /// Path of the text: `overview[2]`, `applications.new.total`; empty for words of the form.
    pub path: String,
    /// The text.
    pub text: String,
}

/// A document with its printed texts.
#[derive(Debug, Clone)]
pub struct Composed {
    /// The template's data.
    pub document: Document,
    /// All printed texts with their roles.
    pub printed: Vec<PrintedText>,
    /// Variation selectors that were dropped.
    pub dropped: Vec<DroppedSelector>,
}

/// A variation selector that was dropped because the typeface has no glyph for the sequence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DroppedSelector {
    /// Path of the text.
    pub path: String,
    /// The character it follows.
    pub base: char,
    /// The selector.
    pub selector: char,
}

/// Divides a title into lines that fit in the face of the title, as [`document()`] divides the title of a report.
pub fn title_lines(title: &str, agency: &str, coverage: &dyn GlyphCoverage) -> Vec<String> {
    title::lines(title, agency, coverage).iter().map(|parts| parts.concat()).collect()
}

/// Arranges a report in the order of print.
///
/// Missing figures are blank, and placeholders without a value are left as typed; the checks decide whether such a report
/// may be published.
///
/// # Errors
/// An extra row is to follow a row that the form does not have.
pub fn document(file: &ReportFile, coverage: &dyn GlyphCoverage) -> Result<Composed, GridError> {
    let report = &file.report;
    let mut composer = Composer {
        file,
        coverage,
        texts: report.paragraphs(&file.form),
        printed: Vec::new(),
        dropped: Vec::new(),
    };
    let title = report.title();
    let title_from = if report.title.is_some() { "title" } else { "agency.name" };
    let title = composer.set(Role::Xiaobiaosong, title_from, &title);
    let title_parts = title::lines(&title, &report.agency.name, coverage);
    let caption = caption(report);
    composer.print(Role::Kaiti, "", caption.clone().unwrap_or_default());
    let preface = composer.paragraphs(PREFACE);
    let mut chapters = Vec::new();
    for chapter in &file.form.chapters {
        composer.print(Role::Heiti, "", chapter.heading.clone());
        let mut data = ChapterData {
            heading: chapter.heading.clone(),
            paragraphs: None,
            before: Vec::new(),
            table: None,
            notes: Vec::new(),
            after: Vec::new(),
        };
        if let Some(key) = &chapter.text {
            data.paragraphs = Some(composer.paragraphs(key));
        }
        if let Some((key, table)) =
            chapter.table.as_ref().and_then(|key| Some((key, file.form.tables.get(key)?)))
        {
            data.before = composer.beside(key, Position::Before);
            data.table = Some(composer.table(key, table)?);
            data.notes =
                report.notes.get(key).into_iter().flat_map(|note| note.lines()).map(str::to_owned).collect();
            composer.print(Role::Songti, &format!("{key}.note"), data.notes.concat());
            data.after = composer.beside(key, Position::After);
        }
        chapters.push(data);
    }
    let signature = report.date.map(|date| Signature { name: report.agency.name.clone(), date: day(date) });
    if let Some(signature) = &signature {
        composer.print(Role::Fangsong, "agency.name", signature.name.clone());
        composer.print(Role::Fangsong, "date", signature.date.clone());
    }
    // Withdrawn values are not printed.
    for (index, correction) in report.public_corrections().iter().enumerate() {
        composer.print(Role::Fangsong, &format!("corrections[{}]", index + 1), correction.printed());
    }
    let document = Document {
        template_api: 1,
        document: metadata(file),
        fonts: serde_json::Value::Null,
        title: title_parts.iter().map(|parts| parts.concat()).collect(),
        title_parts,
        caption,
        preface,
        chapters,
        signature,
    };
    Ok(Composed { document, printed: composer.printed, dropped: composer.dropped })
}

/// The 题注 of a corrected report: the days of its corrections, of many only the last.
fn caption(report: &Report) -> Option<String> {
    /// Corrections that are all named.
    const MOST: usize = 2;
    let days: Vec<String> = report.corrections.iter().map(|correction| day(correction.date)).collect();
    let (last, count) = (days.last()?, days.len());
    Some(if count > MOST {
        format!("（{last}第{count}次更正）")
    } else {
        format!("（{}更正）", days.join("、"))
    })
}

fn metadata(file: &ReportFile) -> Metadata {
    let report = &file.report;
    let published = report.published.as_ref().map(|published| published.date);
    let date = report.date.or(published).map_or_else(
        || [report.year.cast_signed(), 12, 31],
        |d| [d.year(), d.month().into(), d.day().into()],
    );
    let mut keywords = vec![
        "政府信息公开".to_owned(),
        "年度报告".to_owned(),
        format!("{}年", report.year),
        report.agency.name.clone(),
    ];
    keywords.extend(report.agency.details.get("region").cloned());
    Metadata {
        title: report.title().replace('\n', ""),
        author: report.agency.name.clone(),
        description: format!(
            "{}{}年政府信息公开工作年度报告，按《{}》（{}）编制。",
            report.agency.name, report.year, file.form.name, file.form.source
        ),
        keywords,
        date,
    }
}

/// Builds the document and collects its printed texts.
struct Composer<'a> {
    file: &'a ReportFile,
    coverage: &'a dyn GlyphCoverage,
    texts: Paragraphs<'a>,
    printed: Vec<PrintedText>,
    dropped: Vec<DroppedSelector>,
}

impl Composer<'_> {
    fn print(&mut self, role: Role, path: &str, text: String) {
        if !text.is_empty() {
            self.printed.push(PrintedText { role, path: path.to_owned(), text });
        }
    }

    /// Records a text as printed, and drops variation selectors that the typeface does not have.
    fn set(&mut self, role: Role, path: &str, text: &str) -> String {
        let mut kept = String::with_capacity(text.len());
        for c in text.chars() {
            let base = kept.chars().next_back();
            match base {
                Some(base) if is_variation_selector(c) && !self.coverage.has_sequence(role, base, c) => {
                    self.dropped.push(DroppedSelector { path: path.to_owned(), base, selector: c });
                }
                _ => kept.push(c),
            }
        }
        self.print(role, path, kept.clone());
        kept
    }

    fn paragraphs(&mut self, key: &str) -> Vec<ParagraphData> {
        let paragraphs: Vec<_> = self.texts.of(key).collect();
        let mut set = Vec::new();
        for paragraph in paragraphs {
            let path = paragraph.path();
            let heading = paragraph.heading().map(|heading| self.set(Role::Kaiti, &path, heading));
            let text = self.set(Role::Fangsong, &path, paragraph.body());
            set.push(ParagraphData {
                level: paragraph.level,
                heading: heading.as_deref().map(links::runs),
                bookmark: paragraph.bookmark().map(str::to_owned),
                runs: links::runs(&text),
            });
        }
        set
    }

    /// Returns the paragraphs at a position beside a table.
    fn beside(&mut self, table: &str, position: Position) -> Vec<ParagraphData> {
        let form = &self.file.form;
        let at = form.passages(table).filter(|passage| passage.position == position);
        at.flat_map(|passage| self.paragraphs(&passage.key)).collect()
    }

    fn table(&mut self, key: &str, table: &Table) -> Result<TableData, GridError> {
        let report = &self.file.report;
        let extras = report.extras.get(key).map(Vec::as_slice).unwrap_or_default();
        let grid = table.grid(extras)?;
        let blocks = grid
            .blocks
            .into_iter()
            .enumerate()
            .map(|(index, block)| BlockData {
                before: self.beside(key, Position::Between(index)),
                row_height: block.row_height.unwrap_or(table.row_height),
                header: block
                    .header
                    .into_iter()
                    .map(|row| row.into_iter().map(|cell| self.cell(key, cell)).collect())
                    .collect(),
                rows: block
                    .rows
                    .into_iter()
                    .map(|row| RowData {
                        group: row.group,
                        cells: row.cells.into_iter().map(|cell| self.cell(key, cell)).collect(),
                    })
                    .collect(),
            })
            .collect();
        let narrowest = if table.narrowest.is_empty() { &table.widths } else { &table.narrowest };
        Ok(TableData {
            key: key.to_owned(),
            name: table.name.clone(),
            summary: table.summary.clone(),
            size: table.size,
            widths: table.widths.clone(),
            narrowest: narrowest.clone(),
            row_height: table.row_height,
            blocks,
        })
    }

    fn cell(&mut self, key: &str, cell: crate::form::Cell) -> CellData {
        let mut shade = false;
        let role = match cell.face {
            Face::Songti => Role::Songti,
            Face::Kaiti => Role::Kaiti,
        };
        let lines = |label: &str| label.split('\n').map(str::to_owned).collect();
        let mut parts = Vec::new();
        if let CellKind::Column { label, .. } | CellKind::Row { label, .. } = &cell.kind {
            let broken = self.file.form.breaks.get(label);
            parts.extend(broken.into_iter().flat_map(|broken| broken.split('|')).map(str::to_owned));
        }
        let content = match cell.kind {
            CellKind::Band(label) => {
                shade = true;
                self.print(role, "", label.clone());
                CellContent::Band { lines: lines(&label), remark: String::new() }
            }
            CellKind::Note(label) => {
                self.print(role, "", label.clone());
                CellContent::Note { lines: lines(&label), remark: String::new() }
            }
            CellKind::Column { label, remark, level } => {
                self.print(role, "", label.clone());
                self.print(Role::Kaiti, "", remark.clone());
                CellContent::Column { lines: lines(&label), remark, level }
            }
            CellKind::Row { label, remark, level } => {
                self.print(role, "", label.clone());
                self.print(Role::Kaiti, "", remark.clone());
                CellContent::Row { lines: lines(&label), remark, level }
            }
            CellKind::Figure { path, .. } => {
                let path = format!("{key}.{path}");
                let (text, note) = self.file.report.printed(&path);
                self.print(role, &path, text.clone());
                let note = self.set(role, &path, &note);
                CellContent::Figure { text, note }
            }
        };
        let (x, y, colspan, rowspan) = (cell.x, cell.y, cell.colspan, cell.rowspan);
        let plain = (colspan, rowspan) == (1, 1)
            && (cell.align, cell.face) == (Align::Center, Face::Songti)
            && matches!(&content, CellContent::Figure { text, note } if note.is_empty() && is_plain(text));
        CellData { x, y, colspan, rowspan, align: cell.align, face: cell.face, shade, plain, parts, content }
    }
}

/// Whether a figure consists of digits, or is a stroke or empty.
fn is_plain(text: &str) -> bool {
    text == "/" || text.bytes().all(|byte| byte.is_ascii_digit())
}
