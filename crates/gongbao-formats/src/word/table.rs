//! A table of the form as a table of Word: the same grid, spans and all.

use super::{
    fit::{self, Lines, Plan},
    page::AREA_WIDTH,
    schema::paragraph_properties,
    styles::{REMARK, Style, TABLE_SIZE, TABLE_STYLE, exactly, size, table_line},
    text,
    xml::{Element, element, val},
};
use gongbao_core::{
    document::{CellContent, CellData, ChapterData, TableData},
    form::{Align, Face},
};

/// The light blue of the official form's bands, as on the page (`shade-web` in `typst/theme.typ`).
const SHADE: &str = "C6D9F1";

/// The table of a chapter, and the notes under it. `area` is the height of the type area and `pitch` that of a line, in points.
pub(super) fn table(chapter: &ChapterData, table: &TableData, area: f64, pitch: f64) -> Vec<Element> {
    let notes = chapter.notes.len() as f64 * table_line(table.size);
    let room = area - pitch;
    // Notes that would drive the table into small type go on by themselves.
    let reserved = if notes < room / 3.0 { notes } else { 0.0 };
    let plan = fit::plan(table, f64::from(AREA_WIDTH) / 20.0, room - reserved);
    let laid = Laid { table, edges: edges(&plan.widths), covering: covering(table, &plan), plan };
    let mut made = vec![laid.table(&format!("{}（{}）", chapter.heading, table.name))];
    made.extend(chapter.notes.iter().map(|note| laid.note(note)));
    made
}

/// Where the columns begin and the last one ends, in twips.
fn edges(widths: &[f64]) -> Vec<i64> {
    let mut edges = vec![0];
    let mut at = 0.0;
    for width in widths {
        at += width * 20.0;
        edges.push(at.round() as i64);
    }
    edges
}

/// The cell at each position of the grid, row by row. Every position is covered (see the form's grid); a hole would still
/// be a cell.
fn covering<'a>(table: &'a TableData, plan: &Plan) -> Vec<Option<&'a CellData>> {
    let columns = plan.widths.len();
    let mut covering = vec![None; columns * plan.rows.len()];
    for cell in fit::cells(table) {
        for y in cell.y..cell.y + cell.rowspan {
            let row = covering.get_mut(y * columns + cell.x..y * columns + cell.x + cell.colspan);
            row.into_iter().flatten().for_each(|place| *place = Some(cell));
        }
    }
    covering
}

struct Laid<'a> {
    table: &'a TableData,
    plan: Plan,
    edges: Vec<i64>,
    /// The cell at each position of the grid, row by row.
    covering: Vec<Option<&'a CellData>>,
}

/// A row of the grid: whether it heads a block, and which rows it belongs with.
struct Row {
    header: bool,
    block: usize,
    group: Option<usize>,
}

impl Laid<'_> {
    fn table(&self, caption: &str) -> Element {
        let rows = self.rows();
        let heads_rows = fit::cells(self.table).any(|cell| matches!(cell.content, CellContent::Row { .. }));
        let look = element("w:tblLook")
            .with("w:val", if heads_rows { "06A0" } else { "0620" })
            .with("w:firstRow", 1)
            .with("w:lastRow", 0)
            .with("w:firstColumn", i32::from(heads_rows))
            .with("w:lastColumn", 0)
            .with("w:noHBand", 1)
            .with("w:noVBand", 1);
        let properties = element("w:tblPr")
            .holding(val("w:tblStyle", TABLE_STYLE))
            .holding(width("w:tblW", self.span(0, self.plan.widths.len())))
            // In the middle, and as wide as the text: the edges are on the margins in whichever way a program reckons them.
            .holding(val("w:jc", "center"))
            .holding(element("w:tblLayout").with("w:type", "fixed"))
            .holding(margins("w:tblCellMar", Some(fit::INSET_ABOVE), fit::figure_inset(self.plan.size)))
            .holding(look)
            .holding(val("w:tblCaption", caption))
            .holding(val("w:tblDescription", &self.table.summary));
        let columns = (0..self.plan.widths.len()).map(|x| element("w:gridCol").with("w:w", self.span(x, 1)));
        element("w:tbl")
            .holding(properties)
            .holding(element("w:tblGrid").holding_all(columns))
            .holding_all((0..rows.len()).map(|y| self.row(&rows, y)))
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
        // A table that fits on a page is not broken; one that does not breaks between groups, and never behind a header.
        let keep = rows.get(y + 1).is_some_and(|next| {
            self.plan.whole || (next.block == row.block && (row.header || next.group == row.group))
        });
        // Word repeats the first rows of a table and no others: where the table goes on over a page and its blocks have
        // headers of their own, the first block's would be wrong.
        let repeats = row.header && row.block == 0 && (self.plan.whole || self.table.blocks.len() == 1);
        let height = self.plan.rows.get(y).copied().unwrap_or_default();
        let mut properties = element("w:trPr")
            .holding(element("w:cantSplit"))
            .holding(val("w:trHeight", (height * 20.0).round() as i64).with("w:hRule", "atLeast"));
        if repeats {
            properties = properties.holding(element("w:tblHeader"));
        }
        let mut made = element("w:tr").holding(properties);
        let mut x = 0;
        while x < self.plan.widths.len() {
            let found = self.covering.get(y * self.plan.widths.len() + x).copied().flatten();
            let span = found.map_or(1, |cell| cell.colspan);
            made = made.holding(self.cell(found, x, span, y, keep));
            x += span;
        }
        made
    }

    fn cell(&self, cell: Option<&CellData>, x: usize, span: usize, y: usize, keep: bool) -> Element {
        let mut properties = element("w:tcPr").holding(width("w:tcW", self.span(x, span)));
        if span > 1 {
            properties = properties.holding(val("w:gridSpan", span));
        }
        let first = cell.filter(|cell| cell.y == y);
        if cell.is_some_and(|cell| cell.rowspan > 1) {
            let merge = element("w:vMerge");
            properties =
                properties.holding(if first.is_some() { merge.with("w:val", "restart") } else { merge });
        }
        if let Some(cell) = cell {
            if cell.shade {
                let shade = val("w:shd", "clear").with("w:color", "auto").with("w:fill", SHADE);
                properties = properties.holding(shade);
            }
            if !matches!(cell.content, CellContent::Figure { .. }) {
                let inset = fit::label_inset(fit::width(cell, &self.plan.widths));
                properties = properties.holding(margins("w:tcMar", None, inset));
            }
        }
        properties = properties.holding(val("w:vAlign", "center"));
        let runs = first.map_or_else(Vec::new, |cell| self.words(cell));
        element("w:tc").holding(properties).holding(self.paragraph(cell, keep, runs))
    }

    /// The one paragraph of a cell.
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
        element("w:p").holding(paragraph_properties(properties)).holding_all(runs)
    }

    /// What a cell prints.
    fn words(&self, cell: &CellData) -> Vec<Element> {
        let kaiti = cell.face == Face::Kaiti;
        let room = fit::room(cell, &self.plan.widths, self.plan.size);
        match &cell.content {
            CellContent::Figure { text, note } => {
                let wide = fit::ems(text) * self.plan.size;
                // One that is too wide even at the smallest size is condensed rather than broken.
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

    /// A wanted line condensed into its room: first its enumeration commas to half their width, then all of it.
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

    /// Words of a cell, narrowed to a share of their width; nothing where there are none.
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
        element("w:p").holding(paragraph_properties(properties)).holding_all(runs)
    }

    /// The size, where it is not the style's.
    fn own_size(&self) -> Vec<Element> {
        if self.is_usual() { Vec::new() } else { size(self.plan.size).into() }
    }

    /// The height of a line, where it is not the style's.
    fn own_line(&self) -> Option<Element> {
        (!self.is_usual()).then(|| exactly((table_line(self.plan.size) * 20.0).round() as i64))
    }

    fn is_usual(&self) -> bool {
        (self.plan.size - TABLE_SIZE).abs() < 0.01
    }

    /// The width of some columns in twips.
    fn span(&self, x: usize, count: usize) -> i64 {
        let edge = |x: usize| self.edges.get(x).or(self.edges.last()).copied().unwrap_or_default();
        edge(x + count) - edge(x)
    }
}

fn width(name: &'static str, twips: i64) -> Element {
    element(name).with("w:w", twips).with("w:type", "dxa")
}

/// The room around the words of a cell, in points.
fn margins(name: &'static str, above: Option<f64>, beside: f64) -> Element {
    let side = |name, points: f64| width(name, (points * 20.0).round() as i64);
    let above = above.map(|points| side("w:top", points)).into_iter();
    let below = above.clone().map(|_| side("w:bottom", fit::INSET_ABOVE));
    element(name)
        .holding_all(above)
        .holding(side("w:left", beside))
        .holding_all(below)
        .holding(side("w:right", beside))
}
