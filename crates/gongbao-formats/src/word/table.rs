//! Tables of the form as Word tables, with the same grid and spans.

use super::{
    fit::{self, Lines, Plan},
    page::AREA_WIDTH,
    schema::paragraph_properties,
    styles::{REMARK, Style, TABLE_SIZE, TABLE_STYLE, exactly, size, table_line},
    text::{self, Links},
    xml::{Element, element, val},
};
use gongbao_core::{
    document::{CellContent, CellData, ChapterData, TableData},
    form::{Align, Face},
};

/// Light blue of the official form's bands (`shade-web` in `typst/theme.typ`).
const SHADE: &str = "C6D9F1";

/// Table and notes of a chapter, with the paragraphs between the pieces of the table. `area` is the height of the type area
/// and `pitch` the line pitch, in points.
pub(super) fn table(
    chapter: &ChapterData,
    table: &TableData,
    area: f64,
    pitch: f64,
    links: &mut Links,
) -> Vec<Element> {
    let notes = chapter.notes.len() as f64 * table_line(table.size);
    let room = area - pitch;
    // Notes that would require a small type size may continue on the next page.
    let reserved = if notes < room / 3.0 { notes } else { 0.0 };
    let plan = fit::plan(table, f64::from(AREA_WIDTH) / 20.0, room - reserved);
    let caption = format!("{}（{}）", chapter.heading, table.name);
    let pieces = table.pieces();
    let mut made = Vec::new();
    for (number, piece) in pieces.iter().enumerate() {
        made.extend(piece.before.iter().flat_map(|para| links.paragraph(para, false)));
        // All pieces have the size and the columns of the whole table.
        let layout = Layout::new(&piece.table, plan.piece(piece, room));
        made.push(layout.table(&caption));
        if number + 1 == pieces.len() {
            made.extend(chapter.notes.iter().map(|note| layout.note(note)));
        }
    }
    made
}

/// Left edges of the columns and right edge of the last, in twips.
fn edges(widths: &[f64]) -> Vec<i64> {
    let mut edges = vec![0];
    let mut at = 0.0;
    for width in widths {
        at += width * 20.0;
        edges.push(at.round() as i64);
    }
    edges
}

/// Cell at each grid position, row by row. Every position is covered; a hole would give an empty cell.
fn cells_by_position<'a>(table: &'a TableData, plan: &Plan) -> Vec<Option<&'a CellData>> {
    let columns = plan.widths.len();
    let mut cells = vec![None; columns * plan.rows.len()];
    for cell in fit::cells(table) {
        for y in cell.y..cell.y + cell.rowspan {
            let row = cells.get_mut(y * columns + cell.x..y * columns + cell.x + cell.colspan);
            row.into_iter().flatten().for_each(|place| *place = Some(cell));
        }
    }
    cells
}

struct Layout<'a> {
    table: &'a TableData,
    plan: Plan,
    edges: Vec<i64>,
    /// Cell at each grid position, row by row.
    cells: Vec<Option<&'a CellData>>,
}

/// A grid row: whether it is a header, and its group.
struct Row {
    header: bool,
    block: usize,
    group: Option<usize>,
}

impl<'a> Layout<'a> {
    fn new(table: &'a TableData, plan: Plan) -> Self {
        Self { table, edges: edges(&plan.widths), cells: cells_by_position(table, &plan), plan }
    }

    fn table(&self, caption: &str) -> Element {
        let rows = self.rows();
        let heads_rows = fit::cells(self.table).any(|cell| matches!(cell.content, CellContent::Row { .. }));
        let look = element("w:tblLook")
            .attribute("w:val", if heads_rows { "06A0" } else { "0620" })
            .attribute("w:firstRow", 1)
            .attribute("w:lastRow", 0)
            .attribute("w:firstColumn", i32::from(heads_rows))
            .attribute("w:lastColumn", 0)
            .attribute("w:noHBand", 1)
            .attribute("w:noVBand", 1);
        let properties = element("w:tblPr")
            .child(val("w:tblStyle", TABLE_STYLE))
            .child(width("w:tblW", self.span(0, self.plan.widths.len())))
            // Centred and as wide as the text, so that its edges are on the margins in every office program.
            .child(val("w:jc", "center"))
            .child(element("w:tblLayout").attribute("w:type", "fixed"))
            .child(margins("w:tblCellMar", Some(fit::INSET_ABOVE), fit::figure_inset(self.plan.size)))
            .child(look)
            .child(val("w:tblCaption", caption))
            .child(val("w:tblDescription", &self.table.summary));
        let columns =
            (0..self.plan.widths.len()).map(|x| element("w:gridCol").attribute("w:w", self.span(x, 1)));
        element("w:tbl")
            .child(properties)
            .child(element("w:tblGrid").children(columns))
            .children((0..rows.len()).map(|y| self.row(&rows, y)))
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (number, block) in self.table.blocks.iter().enumerate() {
            rows.extend(block.header.iter().map(|_| Row { header: true, block: number, group: None }));
            rows.extend(block.rows.iter().map(|row| Row {
                header: false,
                block: number,
                group: Some(row.group),
            }));
        }
        rows
    }

    fn row(&self, rows: &[Row], y: usize) -> Element {
        let row = &rows[y];
        // A table that fits on a page is kept together; another may break between groups, but not after a header.
        let keep = rows.get(y + 1).is_some_and(|next| {
            self.plan.whole || (next.block == row.block && (row.header || next.group == row.group))
        });
        // Word can repeat only the first rows of a table. In a table of several blocks the first block's header would be wrong on
        // the next page.
        let repeats = row.header && row.block == 0 && (self.plan.whole || self.table.blocks.len() == 1);
        let height = self.plan.rows.get(y).copied().unwrap_or_default();
        let mut properties = element("w:trPr")
            .child(element("w:cantSplit"))
            .child(val("w:trHeight", (height * 20.0).round() as i64).attribute("w:hRule", "atLeast"));
        if repeats {
            properties = properties.child(element("w:tblHeader"));
        }
        let mut made = element("w:tr").child(properties);
        let mut x = 0;
        while x < self.plan.widths.len() {
            let found = self.cells.get(y * self.plan.widths.len() + x).copied().flatten();
            let span = found.map_or(1, |cell| cell.colspan);
            made = made.child(self.cell(found, x, span, y, keep));
            x += span;
        }
        made
    }

    fn cell(&self, cell: Option<&CellData>, x: usize, span: usize, y: usize, keep: bool) -> Element {
        let mut properties = element("w:tcPr").child(width("w:tcW", self.span(x, span)));
        if span > 1 {
            properties = properties.child(val("w:gridSpan", span));
        }
        let first = cell.filter(|cell| cell.y == y);
        if cell.is_some_and(|cell| cell.rowspan > 1) {
            let merge = element("w:vMerge");
            properties =
                properties.child(if first.is_some() { merge.attribute("w:val", "restart") } else { merge });
        }
        if let Some(cell) = cell {
            if cell.shade {
                let shade = val("w:shd", "clear").attribute("w:color", "auto").attribute("w:fill", SHADE);
                properties = properties.child(shade);
            }
            if !matches!(cell.content, CellContent::Figure { .. }) {
                let inset = fit::label_inset(fit::width(cell, &self.plan.widths));
                properties = properties.child(margins("w:tcMar", None, inset));
            }
        }
        properties = properties.child(val("w:vAlign", "center"));
        let runs = first.map_or_else(Vec::new, |cell| self.words(cell));
        element("w:tc").child(properties).child(self.paragraph(cell, keep, runs))
    }

    /// The paragraph of a cell.
    fn paragraph(&self, cell: Option<&CellData>, keep: bool, runs: Vec<Element>) -> Element {
        let (style, usual) = match cell.map(|cell| &cell.content) {
            Some(CellContent::Band { .. } | CellContent::Column { .. }) => {
                (Style::ColumnHeader, Align::Center)
            }
            Some(CellContent::Row { .. }) => (Style::RowHeader, Align::Left),
            Some(CellContent::Figure { .. }) => (Style::Figure, Align::Center),
            Some(CellContent::Note { .. }) | None => (Style::Cell, Align::Left),
        };
        let mut properties = vec![val("w:pStyle", style.id())];
        if keep {
            properties.push(element("w:keepNext"));
        }
        properties.extend(self.own_line());
        if let Some(cell) = cell.filter(|cell| cell.align != usual) {
            let side = match cell.align {
                Align::Left => "left",
                Align::Center => "center",
            };
            properties.push(val("w:jc", side));
        }
        element("w:p").child(paragraph_properties(properties)).children(runs)
    }

    /// The runs of a cell.
    fn words(&self, cell: &CellData) -> Vec<Element> {
        let kaiti = cell.face == Face::Kaiti;
        let room = fit::room(cell, &self.plan.widths, self.plan.size);
        match &cell.content {
            CellContent::Figure { text, note } => {
                let wide = fit::ems(text) * self.plan.size;
                // A figure that is too wide even at the smallest size is condensed, not broken.
                let scale = (wide > room + 0.01).then(|| room / wide);
                let note = if note.is_empty() { String::new() } else { format!("（{note}）") };
                [self.run(text, kaiti, scale), self.run(&note, kaiti, None)].into_iter().flatten().collect()
            }
            CellContent::Band { lines, remark }
            | CellContent::Note { lines, remark }
            | CellContent::Column { lines, remark, .. }
            | CellContent::Row { lines, remark, .. } => {
                let mut runs = self.label(lines, kaiti, room);
                runs.extend(self.run(remark, true, None));
                runs
            }
        }
    }

    fn label(&self, lines: &[String], kaiti: bool, room: f64) -> Vec<Element> {
        match fit::lines(lines, self.plan.size, room) {
            Lines::Wanted => self.run(&lines.join("\n"), kaiti, None).into_iter().collect(),
            Lines::Joined => self.run(&lines.concat(), kaiti, None).into_iter().collect(),
            Lines::Condensed => {
                let last = lines.len().saturating_sub(1);
                let ended =
                    lines.iter().enumerate().map(|(i, line)| (line, if i < last { "\n" } else { "" }));
                ended.flat_map(|(line, end)| self.condensed(line, end, kaiti, room)).collect()
            }
        }
    }

    /// A line condensed into its room: first the enumeration commas to half their width, then all of the line.
    fn condensed(&self, line: &str, end: &str, kaiti: bool, room: f64) -> Vec<Element> {
        let wide = fit::ems(line) * self.plan.size;
        if wide <= room {
            return self.run(&format!("{line}{end}"), kaiti, None).into_iter().collect();
        }
        let commas = line.matches('、').count() as f64;
        let share = (room / (wide - commas * self.plan.size / 2.0)).min(1.0);
        let mut runs = Vec::new();
        for (number, part) in line.split('、').enumerate() {
            if number > 0 {
                runs.extend(self.run("、", kaiti, Some(share / 2.0)));
            }
            runs.extend(self.run(part, kaiti, Some(share)));
        }
        runs.extend(self.run(end, kaiti, None));
        runs
    }

    /// A run of a cell, scaled horizontally; `None` without words.
    fn run(&self, words: &str, kaiti: bool, share: Option<f64>) -> Option<Element> {
        if words.is_empty() {
            return None;
        }
        let mut properties = Vec::new();
        if kaiti {
            properties.push(val("w:rStyle", REMARK));
        }
        if let Some(share) = share.filter(|share| *share < 1.0) {
            properties.push(val("w:w", (share * 100.0).floor().max(1.0) as i64));
        }
        properties.extend(self.own_size());
        Some(text::run(words, properties))
    }

    /// A note under the table.
    fn note(&self, words: &str) -> Element {
        let properties = [val("w:pStyle", Style::Note.id())].into_iter().chain(self.own_line());
        let runs = self.run(words, false, None);
        element("w:p").child(paragraph_properties(properties)).children(runs)
    }

    /// Type size, where it differs from the style's.
    fn own_size(&self) -> Vec<Element> {
        if self.has_default_size() { Vec::new() } else { size(self.plan.size).into() }
    }

    /// Line height, where it differs from the style's.
    fn own_line(&self) -> Option<Element> {
        (!self.has_default_size()).then(|| exactly((table_line(self.plan.size) * 20.0).round() as i64))
    }

    fn has_default_size(&self) -> bool {
        (self.plan.size - TABLE_SIZE).abs() < 0.01
    }

    /// Width of adjacent columns in twips.
    fn span(&self, x: usize, count: usize) -> i64 {
        let edge = |x: usize| self.edges.get(x).or(self.edges.last()).copied().unwrap_or_default();
        edge(x + count) - edge(x)
    }
}

fn width(name: &'static str, twips: i64) -> Element {
    element(name).attribute("w:w", twips).attribute("w:type", "dxa")
}

/// Padding of a cell, in points.
fn margins(name: &'static str, above: Option<f64>, beside: f64) -> Element {
    let side = |name, points: f64| width(name, (points * 20.0).round() as i64);
    let above = above.map(|points| side("w:top", points)).into_iter();
    let below = above.clone().map(|_| side("w:bottom", fit::INSET_ABOVE));
    element(name).children(above).child(side("w:left", beside)).children(below).child(side("w:right", beside))
}
