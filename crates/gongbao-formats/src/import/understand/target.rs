//! Blocks of a form's tables, prepared for comparison with a file's tables.

use super::axis::Axis;
use crate::import::words::compact;
use gongbao_core::form::{Address, Form};

/// A block of a form's table.
pub(super) struct Target<'f> {
    /// Key of the section.
    pub(super) key: &'f str,
    /// Column headers.
    pub(super) columns: Axis,
    /// Row headers.
    pub(super) rows: Axis,
    /// Whether the block has row headers.
    pub(super) has_rows: bool,
    /// The figures, row by row.
    pub(super) addresses: Vec<Address>,
    /// Whether a locality may add rows.
    pub(super) extra_rows: bool,
    /// Words of the corner and the band, which are no rows.
    pub(super) furniture: Vec<String>,
}

impl Target<'_> {
    /// Number of columns.
    pub(super) fn width(&self) -> usize {
        self.columns.leaves.len()
    }

    /// The figure in a row and a column of the block.
    pub(super) fn address(&self, row: usize, column: usize) -> Option<&Address> {
        self.addresses.get(row * self.width() + column)
    }
}

/// All blocks of a form's tables, in the order of the form.
pub(super) fn targets(form: &Form) -> Vec<Target<'_>> {
    let mut targets = Vec::new();
    for (key, table) in form.tables() {
        let mut addresses = form.records_of(key).iter().flat_map(|record| &record.figures).cloned();
        for block in &table.blocks {
            let columns = Axis::of(&block.columns);
            let rows = Axis::of(&block.rows);
            let has_rows = !block.rows.is_empty();
            let count = columns.leaves.len() * if has_rows { rows.leaves.len() } else { 1 };
            let corner = block.corner.iter().map(|corner| compact(&corner.label));
            targets.push(Target {
                key,
                addresses: addresses.by_ref().take(count).collect(),
                columns,
                rows,
                has_rows,
                extra_rows: table.extra_rows,
                furniture: block.band.iter().map(|band| compact(band)).chain(corner).collect(),
            });
        }
    }
    targets
}
