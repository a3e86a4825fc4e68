//! Tables of web pages: `rowspan`, `colspan`, layout tables.

use scraper::{ElementRef, Node};

use super::{Reader, is_hidden};
use crate::import::neutral::{Block, MOST_AREA, Table};

impl Reader<'_> {
    /// Reads a table. A layout table with other tables in it is replaced by its content.
    pub(super) fn table(&mut self, element: ElementRef<'_>) {
        let mut rows = Vec::new();
        rows_of(element, &mut rows, 0);
        let cells: Vec<ElementRef<'_>> = rows.iter().flat_map(|row| cells_of(*row)).collect();
        let is_layout = cells.len() <= 1 || cells.iter().any(|cell| holds_table(*cell));
        if is_layout {
            // Content between the rows is read in order.
            return self.children(element);
        }
        for caption in element.child_elements().filter(|child| child.value().name() == "caption") {
            // A caption is no text of the report.
            let was_main = std::mem::replace(&mut self.is_main, false);
            self.children(caption);
            self.end_paragraph();
            self.is_main = was_main;
        }
        if self.area > MOST_AREA {
            return;
        }
        let mut table = Table::default();
        for (y, row) in rows.iter().enumerate() {
            table.reach(y);
            let mut x = 0;
            for cell in cells_of(*row) {
                let span = |name: &str| cell.attr(name).and_then(|span| span.trim().parse::<usize>().ok());
                let columns = span("colspan").unwrap_or(1).max(1);
                // A span of 0 extends to the end of the table.
                let height = match span("rowspan") {
                    Some(0) => rows.len() - y,
                    height => height.unwrap_or(1).min(rows.len() - y),
                };
                x = table.free(y, x);
                table.put(y, x, height, columns, text(cell));
                x = x.saturating_add(columns);
            }
        }
        self.area += table.area();
        self.document.blocks.push(Block::Table(table));
    }
}

/// Whether a cell contains a table of more than one cell.
fn holds_table(cell: ElementRef<'_>) -> bool {
    let tables = cell.descendent_elements().filter(|element| element.value().name() == "table");
    let mut many = tables.filter(|table| {
        table
            .descendent_elements()
            .filter(|element| matches!(element.value().name(), "td" | "th"))
            .nth(1)
            .is_some()
    });
    many.next().is_some()
}

fn rows_of<'a>(parent: ElementRef<'a>, rows: &mut Vec<ElementRef<'a>>, depth: usize) {
    for element in parent.child_elements().filter(|element| !is_hidden(*element)) {
        match element.value().name() {
            "tr" => rows.push(element),
            "thead" | "tbody" | "tfoot" if depth == 0 => rows_of(element, rows, depth + 1),
            _ => {}
        }
    }
}

fn cells_of(row: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    row.child_elements()
        .filter(|element| matches!(element.value().name(), "td" | "th") && !is_hidden(*element))
}

/// Text of a cell, a line for each paragraph.
fn text(cell: ElementRef<'_>) -> String {
    let mut text = String::new();
    for node in cell.descendants() {
        match node.value() {
            Node::Text(words) if node.ancestors().filter_map(ElementRef::wrap).all(shows) => {
                let words = words.replace(['\n', '\r', '\t'], " ");
                let is_gap = words.trim_matches(' ').is_empty();
                if !is_gap {
                    text.push_str(words.trim_matches(' '));
                }
            }
            Node::Element(element)
                if matches!(element.name(), "br" | "p" | "div" | "li") && !text.is_empty() =>
            {
                text.push('\n');
            }
            _ => {}
        }
    }
    text.trim().to_owned()
}

fn shows(element: ElementRef<'_>) -> bool {
    !matches!(element.value().name(), "script" | "style" | "del" | "template") && !is_hidden(element)
}
