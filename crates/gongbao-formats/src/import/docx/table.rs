//! Tables of Word files: `w:gridSpan`, `w:vMerge`, `w:hMerge`, `w:gridBefore`.

use super::Reader;
use crate::import::{
    neutral::{Block, MOST_AREA, Table},
    xml::Element,
};

impl Reader {
    /// Reads a table. A table that only lays out other tables is replaced by its content.
    pub(super) fn table(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        if self.area > MOST_AREA {
            return;
        }
        let mut table = Table::default();
        let mut loose = Vec::new();
        let mut rows = Vec::new();
        rows_of(element, &mut rows);
        for (y, row) in rows.iter().enumerate() {
            table.reach(y);
            self.row(row, y, &mut table, &mut loose);
        }
        if loose.iter().any(|block| matches!(block, Block::Table(_))) {
            blocks.append(&mut loose);
        } else {
            self.area += table.area();
            blocks.push(Block::Table(table));
        }
    }

    fn row(&mut self, row: &Element, y: usize, table: &mut Table, loose: &mut Vec<Block>) {
        let before = row.child("trPr").and_then(|settings| settings.value("gridBefore"));
        let mut x: usize = before.and_then(|before| before.parse().ok()).unwrap_or_default();
        let mut cells = Vec::new();
        cells_of(row, &mut cells);
        let mut last: Option<(usize, usize)> = None;
        for cell in cells {
            let settings = cell.child("tcPr");
            let value = |name: &str| settings.and_then(|settings| settings.value(name));
            let has = |name: &str| settings.is_some_and(|settings| settings.child(name).is_some());
            let columns: usize = value("gridSpan").and_then(|span| span.parse().ok()).unwrap_or(1).max(1);
            let text = self.cell(cell, loose);
            // A merge without a value continues the merge before.
            let goes_on = |name: &str| has(name) && value(name).is_none_or(|value| value != "restart");
            if goes_on("hMerge")
                && let Some((start, width)) = last
            {
                let width = width.saturating_add(columns);
                table.widen(y, start, width);
                last = Some((start, width));
                x = x.saturating_add(columns);
                continue;
            }
            if !(goes_on("vMerge") && table.extend(y, x, columns)) {
                table.put(y, x, 1, columns, text);
            }
            last = Some((x, columns));
            x = x.saturating_add(columns);
        }
    }

    /// Text of a cell, a line for each paragraph. A nested table of one cell is part of the text.
    fn cell(&mut self, cell: &Element, loose: &mut Vec<Block>) -> String {
        let mut blocks = Vec::new();
        self.blocks(cell, &mut blocks);
        let mut lines = Vec::new();
        for block in &blocks {
            match block {
                Block::Paragraph(paragraph) => lines.push(paragraph.text.clone()),
                Block::Table(table) => lines.extend(table.cells.iter().map(|cell| cell.text.clone())),
            }
        }
        let is_single = |block: &Block| matches!(block, Block::Table(table) if table.cells.len() <= 1);
        blocks.retain(|block| !is_single(block));
        loose.append(&mut blocks);
        lines.join("\n").trim().to_owned()
    }
}

/// Rows, including those within wrapper elements.
fn rows_of<'e>(parent: &'e Element, rows: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "tr" if element.child("trPr").is_some_and(|settings| settings.child("del").is_some()) => {}
            "tr" => rows.push(element),
            "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => rows_of(element, rows),
            _ => {}
        }
    }
}

fn cells_of<'e>(parent: &'e Element, cells: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "tc" => cells.push(element),
            "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => cells_of(element, cells),
            _ => {}
        }
    }
}
