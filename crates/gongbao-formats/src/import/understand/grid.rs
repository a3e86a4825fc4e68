//! Matching of a file's tables with those of a form.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Unplaced, figure,
    header::{self, Context},
    place::{place_of, row_place},
    rows::{self, Row},
    tables,
    target::{Target, targets},
};
use crate::import::{
    neutral::{Block, Table},
    words::{compact, is_note, trim, words},
};
use gongbao_core::{
    finding::PlacePart,
    form::{Address, Extra, Form},
    report::Cell,
};

/// Result of matching the tables.
#[derive(Debug, Default)]
pub(super) struct Placement {
    pub(super) figures: BTreeMap<String, Cell>,
    pub(super) extras: BTreeMap<String, Vec<Extra>>,
    pub(super) notes: BTreeMap<String, String>,
    pub(super) unplaced: Vec<Unplaced>,
    pub(super) remarks: Vec<String>,
    /// Paths of the rows of figures in each table of the file, by its number, in the order of the file.
    pub(super) rows: BTreeMap<usize, Vec<String>>,
    /// Keys of the sections that the rows of each table of the file belong to, by its number.
    pub(super) sections: BTreeMap<usize, BTreeSet<String>>,
    /// Figures with two different values in the file.
    contradicted: BTreeSet<String>,
    /// Place and text of each figure.
    origins: BTreeMap<String, (String, String)>,
}

impl Placement {
    /// Matches all tables with a form.
    pub(super) fn of(form: &Form, blocks: &[Block]) -> Self {
        let targets = targets(form);
        let mut placement = Self::default();
        let mut context = None;
        for (number, table) in tables(blocks) {
            placement.table(&targets, number, table, &mut context);
        }
        for path in &placement.contradicted {
            placement.figures.remove(path);
        }
        placement
    }

    /// Score of the match: placed figures, less those that could not be placed.
    pub(super) fn score(&self) -> i64 {
        let count = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
        let extras = self.extras.values().map(Vec::len).sum();
        count(self.figures.len()) - count(self.unplaced.len()) - 3 * count(extras)
    }

    fn table<'f>(
        &mut self,
        targets: &[Target<'f>],
        number: usize,
        table: &Table,
        context: &mut Option<Context>,
    ) {
        if let Some(context) = context {
            context.turn_page(table.columns());
        }
        if table.is_cut {
            self.list_cut_table(number, table);
        }
        let mut row = 0;
        while row < table.rows() {
            if header::begins(targets, table, row) {
                let end = header::end(targets, table, row);
                let read = Context::read(targets, table, row..end);
                if read.columns.is_empty() {
                    (row..end).for_each(|row| self.list_row(number, table, row, "认不出这一行的表头"));
                } else {
                    *context = Some(read);
                }
                row = end;
                continue;
            }
            self.row(targets, number, table, row, context);
            row += 1;
        }
    }

    fn row(
        &mut self,
        targets: &[Target<'_>],
        number: usize,
        table: &Table,
        row: usize,
        context: &mut Option<Context>,
    ) {
        let cells = table.in_row(row);
        let texts: Vec<&str> =
            cells.iter().map(|(_, cell)| trim(&cell.text)).filter(|text| !text.is_empty()).collect();
        let has_figures = cells.iter().any(|(_, cell)| figure::is_figure(&cell.text));
        if let Some(context) = context {
            match rows::find(targets, table, row, context) {
                Row::Known(placed) => return self.place(targets, number, table, row, placed, context),
                Row::Extra { target, label, cells } if !texts.is_empty() => {
                    return self.extra(targets, number, table, row, (target, label, cells));
                }
                _ => {}
            }
        }
        let first = texts.first().copied().unwrap_or_default();
        if texts.is_empty() || is_furniture(targets, first) && texts.len() == 1 {
            return;
        }
        if !has_figures && is_note(first) {
            let key = context
                .as_ref()
                .and_then(|context| targets.get(*context.order().first()?))
                .map(|target| target.key);
            if let (Some(key), 1) = (key, texts.len()) {
                let note = self.notes.entry(key.to_owned()).or_default();
                note.push_str(if note.is_empty() { "" } else { "\n" });
                return note.push_str(first);
            }
        }
        let why = match context {
            Some(_) => "认不出这一行的名称，或者格数与表头对不上",
            None => "不认识这个表格的表头",
        };
        self.list_row(number, table, row, why);
    }

    /// Takes the figures of a row of the form.
    fn place(
        &mut self,
        targets: &[Target<'_>],
        number: usize,
        table: &Table,
        row: usize,
        placed: rows::Placed,
        context: &mut Context,
    ) {
        let Some(target) = targets.get(placed.target) else { return };
        context.use_row(placed.target, placed.row);
        let path = target.address(placed.row, 0).and_then(|address| address.path.rsplit_once('.'));
        self.rows.entry(number).or_default().extend(path.map(|(row, _)| row.to_owned()));
        self.sections.entry(number).or_default().insert(target.key.to_owned());
        // On a page, a figure beside its place leaves a blank cell: where one cell of a row is uncertain, so are blank ones.
        let is_uncertain = |cell: &rows::Found| {
            cell.doubt.is_some()
                || !trim(&cell.text).is_empty() && !figure::is_figure(&cell.text)
                || cell.shared && figure::is_figure(&cell.text) && !is_dash(&cell.text)
        };
        let is_drawn = !table.pages.is_empty();
        // A figure may stand in the cell of the label.
        let first = placed.cells.iter().map(|(_, cell)| cell.at).min().unwrap_or_default();
        let in_row = table.in_row(row);
        let mut labels = in_row.iter().filter(|(column, cell)| *column < first && cell.row == row);
        let has_stray = labels.any(|(_, cell)| trim(&cell.text).ends_with(|c: char| c.is_ascii_digit()));
        let is_shaky = is_drawn && (has_stray || placed.cells.iter().any(|(_, cell)| is_uncertain(cell)));
        for (column, cell) in &placed.cells {
            let Some(address) = target.address(placed.row, *column) else { continue };
            let header = context.words(placed.target, *column);
            let official = address.label();
            let place = place_of(table, number, row, cell.at);
            let left = |why: &str| Unplaced {
                place: place.clone(),
                row: row_words(address),
                column: official.to_owned(),
                text: trim(&cell.text).to_owned(),
                why: why.to_owned(),
            };
            if let Some(doubt) = &cell.doubt {
                self.unplaced.push(left(doubt));
                continue;
            }
            if is_shaky && trim(&cell.text).is_empty() {
                self.unplaced.push(left("同一行有读不准的格，这一空格也不能确定"));
                continue;
            }
            if cell.shared
                && !matches!(trim(&cell.text), "")
                && figure::is_figure(&cell.text)
                && !is_dash(&cell.text)
            {
                self.unplaced.push(left("这一格跨了几列，不知道是哪一列的数"));
                continue;
            }
            let Some(read) = figure::read(&cell.text, address, header, official) else {
                self.unplaced.push(left("读不成一个数"));
                continue;
            };
            if read.converted {
                self.remarks.push(format!("{place}：“{}”换算成了表格的单位", trim(&cell.text)));
            }
            match self.figures.get(&address.path) {
                Some(before) if *before != read.cell => {
                    if self.contradicted.insert(address.path.clone())
                        && let Some((place, text)) = self.origins.get(&address.path)
                    {
                        let first = Unplaced {
                            place: place.clone(),
                            text: text.clone(),
                            ..left("同一格有两个不同的数")
                        };
                        self.unplaced.push(first);
                    }
                    self.unplaced.push(left("同一格有两个不同的数"));
                }
                Some(_) => {}
                None => {
                    self.origins.insert(address.path.clone(), (place, trim(&cell.text).to_owned()));
                    self.figures.insert(address.path.clone(), read.cell);
                }
            }
        }
        for cell in placed.stray {
            self.list_cell(number, table, row, cell, "这一列的表头不认识");
        }
    }

    /// Takes a row that a locality added.
    fn extra(
        &mut self,
        targets: &[Target<'_>],
        number: usize,
        table: &Table,
        row: usize,
        (index, label, cells): (usize, String, Vec<rows::Found>),
    ) {
        let Some(target) = targets.get(index) else { return };
        let last = target.rows.leaves.len().saturating_sub(1);
        let read: Option<Vec<(String, Cell)>> = cells
            .iter()
            .enumerate()
            .map(|(column, cell)| {
                let address = target.address(last, column)?;
                let official = address.label();
                Some((address.column.clone(), figure::read(&cell.text, address, "", official)?.cell))
            })
            .collect();
        let after = target.address(last, 0).and_then(|address| {
            let (row, _) = address.path.rsplit_once('.')?;
            row.strip_prefix(target.key)?.strip_prefix('.').map(str::to_owned)
        });
        let (Some(read), Some(after)) = (read, after) else {
            return self.list_row(number, table, row, "认不出这一行的名称");
        };
        let extras = self.extras.entry(target.key.to_owned()).or_default();
        extras.push(Extra { after, label: label.clone() });
        let path = format!("{}.extra[{}]", target.key, extras.len());
        self.remarks.push(format!("“{label}”不是格式里的行，作为本地增加的行收进来了（{path}）"));
        self.figures.extend(read.into_iter().map(|(column, cell)| (format!("{path}.{column}"), cell)));
    }

    /// Lists a row as not placed.
    fn list_row(&mut self, number: usize, table: &Table, row: usize, why: &str) {
        let cells = table.in_row(row);
        let begins = cells.iter().filter(|(_, cell)| cell.row == row && !trim(&cell.text).is_empty());
        let mut texts = begins.clone().map(|(_, cell)| one_line(&cell.text));
        let Some((at, first)) = begins.clone().next() else { return };
        let head =
            Some(one_line(&first.text)).filter(|_| !figure::is_figure(&first.text)).unwrap_or_default();
        if !head.is_empty() && begins.count() > 1 {
            texts.next();
        }
        let text = texts.collect::<Vec<_>>().join("｜");
        let whole = if text == head { String::new() } else { head };
        let why = why.to_owned();
        let place = row_place(table, number, row, *at);
        self.unplaced.push(Unplaced { place, row: whole, column: String::new(), text, why });
    }

    /// Records that a table was cut.
    fn list_cut_table(&mut self, number: usize, table: &Table) {
        self.unplaced.push(Unplaced {
            place: row_place(table, number, table.rows().saturating_sub(1), 0),
            row: String::new(),
            column: String::new(),
            text: "后面的行或列".to_owned(),
            why: "表格太大，没有读完".to_owned(),
        });
    }

    fn list_cell(
        &mut self,
        number: usize,
        table: &Table,
        row: usize,
        (at, text): (usize, String),
        why: &str,
    ) {
        let first =
            table.in_row(row).into_iter().map(|(_, cell)| one_line(&cell.text)).find(|text| !text.is_empty());
        self.unplaced.push(Unplaced {
            place: place_of(table, number, row, at),
            row: first.unwrap_or_default(),
            column: String::new(),
            text: one_line(&text),
            why: why.to_owned(),
        });
    }
}

fn is_furniture(targets: &[Target<'_>], text: &str) -> bool {
    let text = compact(text);
    targets.iter().flat_map(|target| &target.furniture).any(|known| *known == text)
}

fn is_dash(text: &str) -> bool {
    let text = compact(text);
    words().not_applicable.iter().any(|mark| compact(mark) == text)
}

/// Label of a figure's row.
fn row_words(address: &Address) -> String {
    let parts: Vec<&str> = address.place.parts().iter().map(PlacePart::words).collect();
    parts.get(parts.len().saturating_sub(2)).copied().unwrap_or_default().to_owned()
}

fn one_line(text: &str) -> String {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() > 60 { line.chars().take(60).chain(['…']).collect() } else { line }
}
