//! Division of workbook sheets into headings, texts and tables.

use std::sync::Arc;

use super::{
    axis::{Axis, Phrase},
    breaks,
};
use crate::import::{
    neutral::{Block, Document, Paragraph, Table},
    words::trim,
};
use gongbao_core::form::Form;

/// Blocks of a file, with sheets divided into paragraphs and tables.
pub(super) fn blocks(document: &Document, forms: &[Arc<Form>]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let known = Known::of(forms);
    for block in &document.blocks {
        match block {
            Block::Paragraph(paragraph) => blocks.push(Block::Paragraph(paragraph.clone())),
            // A table of one column is a layout table with text.
            Block::Table(table) if table.sheet.is_some() || table.columns() <= 1 => {
                take_apart(table, &known, &mut blocks)
            }
            Block::Table(table) if table.breaks.is_empty() => blocks.push(Block::Table(table.clone())),
            Block::Table(table) => blocks.push(Block::Table(breaks::mend(table, &known))),
        }
    }
    blocks
}

/// All words of the tables of all forms.
pub(super) struct Known {
    axes: Vec<Axis>,
    others: Vec<Phrase>,
}

impl Known {
    fn of(forms: &[Arc<Form>]) -> Self {
        let blocks: Vec<_> =
            forms.iter().flat_map(|form| form.tables()).flat_map(|(_, table)| &table.blocks).collect();
        let others = blocks.iter().flat_map(|block| {
            block
                .band
                .iter()
                .map(String::as_str)
                .chain(block.corner.iter().map(|corner| corner.label.as_str()))
        });
        Self {
            others: others.map(Phrase::new).collect(),
            axes: blocks.iter().flat_map(|block| [Axis::of(&block.columns), Axis::of(&block.rows)]).collect(),
        }
    }

    /// Whether a text is a label, or one with few typing errors.
    pub(super) fn finds(&self, text: &str) -> bool {
        self.has(text) || self.axes.iter().any(|axis| !axis.find_leaves(&[text]).is_empty())
    }

    fn has(&self, text: &str) -> bool {
        let phrase = Phrase::new(text);
        self.axes.iter().any(|axis| axis.knows(&phrase)) || self.others.iter().any(|other| other.is(&phrase))
    }
}

fn take_apart(table: &Table, known: &Known, blocks: &mut Vec<Block>) {
    let mut from = None;
    for row in 0..table.rows() {
        let phrase: Vec<&str> = table
            .in_row(row)
            .into_iter()
            .map(|(_, cell)| trim(&cell.text))
            .filter(|text| !text.is_empty())
            .collect();
        let is_text = match phrase[..] {
            [] => continue,
            [only] => !known.has(only),
            _ => false,
        };
        if !is_text {
            from = from.or(Some(row));
            continue;
        }
        if let Some(from) = from.take() {
            blocks.push(Block::Table(table.part(from..row)));
        }
        // A cell that covers several rows is read once.
        let begins =
            table.in_row(row).into_iter().any(|(_, cell)| cell.row == row && !trim(&cell.text).is_empty());
        if begins {
            let lines = phrase.iter().flat_map(|text| text.lines());
            blocks.extend(
                lines.map(|line| Block::Paragraph(Paragraph { text: line.to_owned(), aside: false })),
            );
        }
    }
    if let Some(from) = from {
        blocks.push(Block::Table(table.part(from..table.rows())));
    }
}
