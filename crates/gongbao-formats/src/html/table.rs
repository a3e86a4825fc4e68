//! Tables with merged headers: header cells have a scope, other cells list their headers.

use super::{
    markup::Markup,
    style::{Part, Variant},
};
use gongbao_core::document::{BlockData, CellContent, CellData, TableData};

/// Writes a table; `number` is its number among the report's tables, from 1.
pub(super) fn write(markup: &mut Markup, table: &TableData, heading: &str, number: usize, variant: Variant) {
    let label = format!("{}，可左右滚动", table.name);
    match variant {
        // The box can have the focus, so that arrow keys scroll it.
        Variant::Page => markup.open(
            "div",
            &[
                ("class", super::widths::scroll_class(table)),
                ("role", "region"),
                ("aria-label", &label),
                ("tabindex", "0"),
            ],
        ),
        Variant::Fragment => markup.open("div", &[variant.attribute(Part::Scroll)]),
    }
    markup.line();
    let id = super::widths::table_id(number);
    if variant == Variant::Page {
        // Shown only where the table is wider than the page; for screen readers the region's label says the same.
        let hint = super::widths::hint_id(number);
        markup.element(
            "p",
            &[("id", &hint), ("class", "hint"), ("aria-hidden", "true")],
            "表格较宽，左右滑动可看全部",
        );
        markup.line();
    }
    match variant {
        Variant::Page => markup.open("table", &[("id", &id), variant.attribute(Part::Table)]),
        Variant::Fragment => markup.open("table", &[variant.attribute(Part::Table)]),
    }
    caption(markup, table, heading, variant);
    markup.line();
    let total: f64 = table.widths.iter().sum();
    let share = |width: f64| (width / total * 1000.0).round() / 10.0;
    markup.open("colgroup", &[]);
    for width in &table.widths {
        match variant {
            Variant::Page => markup.void("col", &[]),
            Variant::Fragment => markup.void("col", &[("style", &format!("width:{}%", share(*width)))]),
        }
    }
    markup.close();
    markup.line();
    let stub = super::widths::stub(table);
    let mut writer =
        Writer { markup, variant, number, stub, shares: table.widths.iter().map(|w| share(*w)).collect() };
    // The only header of a table is repeated on each printed page; one of several must not be.
    let repeats = table.blocks.len() == 1;
    for block in &table.blocks {
        if repeats {
            writer.section("thead", block, block.header.iter().map(Vec::as_slice));
            writer.section("tbody", block, block.rows.iter().map(|row| row.cells.as_slice()));
        } else {
            let rows = block.header.iter().map(Vec::as_slice);
            writer.section("tbody", block, rows.chain(block.rows.iter().map(|row| row.cells.as_slice())));
        }
    }
    markup.close();
    markup.line();
    markup.close();
    markup.line();
}

/// Writes the caption for screen readers: name, chapter and summary.
fn caption(markup: &mut Markup, table: &TableData, heading: &str, variant: Variant) {
    let chapter = heading.split_once('、').map_or(heading, |(_ordinal, words)| words);
    markup.open("caption", &[]);
    markup.element(
        "span",
        &[variant.attribute(Part::Caption)],
        &format!("{}　{chapter}。{}", table.name, table.summary),
    );
    markup.close();
}

struct Writer<'a> {
    markup: &'a mut Markup,
    variant: Variant,
    number: usize,
    stub: usize,
    shares: Vec<f64>,
}

impl Writer<'_> {
    fn section<'c>(
        &mut self,
        tag: &'static str,
        block: &BlockData,
        rows: impl Iterator<Item = &'c [CellData]>,
    ) {
        self.markup.open(tag, &[]);
        self.markup.line();
        for row in rows {
            self.markup.open("tr", &[]);
            row.iter().for_each(|cell| self.cell(block, cell));
            self.markup.close();
            self.markup.line();
        }
        self.markup.close();
        self.markup.line();
    }

    fn cell(&mut self, block: &BlockData, cell: &CellData) {
        let (tag, scope) = match &cell.content {
            CellContent::Band { .. } | CellContent::Column { .. } => ("th", Some("col")),
            CellContent::Row { .. } => ("th", Some("row")),
            CellContent::Note { .. } | CellContent::Figure { .. } => ("td", None),
        };
        let id = self.id(cell);
        let headers: Vec<String> = headers(block, cell).into_iter().map(|header| self.id(header)).collect();
        let headers = headers.join(" ");
        let (colspan, rowspan) = (cell.colspan.to_string(), cell.rowspan.to_string());
        // Only a label in a single column has a width.
        let width = (tag == "th" && cell.colspan == 1).then(|| self.shares.get(cell.x).copied()).flatten();
        let (name, value) = self.variant.cell_attribute(cell, self.stub, width);

        let mut attributes: Vec<(&str, &str)> = Vec::new();
        // The fragment has no ids, which could clash with those of the surrounding page.
        let on_page = self.variant == Variant::Page;
        if scope.is_some() && on_page {
            attributes.push(("id", &id));
        }
        attributes.extend(scope.map(|scope| ("scope", scope)));
        if !headers.is_empty() && on_page {
            attributes.push(("headers", &headers));
        }
        if cell.colspan > 1 {
            attributes.push(("colspan", &colspan));
        }
        if cell.rowspan > 1 {
            attributes.push(("rowspan", &rowspan));
        }
        if !value.is_empty() {
            attributes.push((name, &value));
        }
        self.markup.open(tag, &attributes);
        self.content(&cell.content, &cell.parts);
        self.markup.close();
    }

    /// Writes the words of a cell; `parts` are those of a header between which a narrow screen may break it.
    fn content(&mut self, content: &CellContent, parts: &[String]) {
        match content {
            CellContent::Band { lines, remark }
            | CellContent::Note { lines, remark }
            | CellContent::Column { lines, remark, .. }
            | CellContent::Row { lines, remark, .. } => {
                for (index, line) in if parts.is_empty() { lines } else { parts }.iter().enumerate() {
                    // A possible line break that is not part of the copied or spoken text.
                    if index > 0 {
                        self.markup.void("wbr", &[]);
                    }
                    self.markup.words(line);
                }
                if !remark.is_empty() {
                    self.note(remark);
                }
            }
            CellContent::Figure { text, note } => {
                self.markup.words(text);
                if !note.is_empty() {
                    self.note(&format!("（{note}）"));
                }
            }
        }
    }

    fn note(&mut self, words: &str) {
        match self.variant {
            Variant::Page => self.markup.element("span", &[("class", "kaiti")], words),
            Variant::Fragment => self.markup.words(words),
        }
    }

    fn id(&self, cell: &CellData) -> String {
        format!("t{}y{}x{}", self.number, cell.y, cell.x)
    }
}

/// Headers of a cell, outermost first: those of its columns, then those of its row. A header cell has the headers above
/// it.
fn headers<'b>(block: &'b BlockData, cell: &CellData) -> Vec<&'b CellData> {
    let overlap = |a: usize, a_span: usize, b: usize, b_span: usize| a < b + b_span && b < a + a_span;
    if matches!(cell.content, CellContent::Note { .. }) {
        return Vec::new();
    }
    let columns = block.header.iter().flatten().filter(|header| {
        matches!(header.content, CellContent::Band { .. } | CellContent::Column { .. })
            && header.y < cell.y
            && overlap(header.x, header.colspan, cell.x, cell.colspan)
    });
    let rows = block.rows.iter().flat_map(|row| &row.cells).filter(|header| {
        matches!(header.content, CellContent::Row { .. })
            && header.x < cell.x
            && overlap(header.y, header.rowspan, cell.y, cell.rowspan)
    });
    let mut columns: Vec<&CellData> = columns.collect();
    let mut rows: Vec<&CellData> = rows.collect();
    columns.sort_by_key(|header| (header.y, header.x));
    rows.sort_by_key(|header| header.x);
    columns.extend(rows);
    columns
}
