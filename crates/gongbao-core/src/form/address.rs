//! Paths of a form's figures, in the order of the form, with their places in words.

use crate::finding::{Place, PlacePart};

use super::{FigureKind, Form, Node, Table, is_within};

/// Address of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Path of the figure: `applications.new.total`.
    pub path: String,
    /// Place in words: 表三 › 一、本年新收政府信息公开申请数量 › 总计.
    pub place: Place,
    /// Last key of the path.
    pub column: String,
    /// Kind of figure.
    pub kind: FigureKind,
    /// Units it may have.
    pub units: Vec<String>,
}

/// A row of figures as a report file holds it: an array, or a table keyed by column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Path of the row: `applications.handled.total`, `appeals.review`.
    pub path: String,
    /// Place in words.
    pub place: Place,
    /// Whether only governments issue what the row counts (规章).
    pub of_government: bool,
    /// Index of its block in the table.
    pub block: usize,
    /// Figures in the order of the form's columns.
    pub figures: Vec<Address>,
}

impl Address {
    /// Header of the figure's column, without the headers above it.
    pub fn label(&self) -> &str {
        self.place.last().map_or("", PlacePart::words)
    }
}

impl Record {
    /// Header of the row, without the headers above it.
    pub fn label(&self) -> &str {
        self.place.last().map_or("", PlacePart::words)
    }

    /// Header at a depth of the row's path: 0 is the table's name, 1 the outermost header.
    pub fn label_at(&self, depth: usize) -> &str {
        self.place.words_at(depth)
    }

    /// Words of the group at the first `depth` keys of the row's path, table included.
    pub fn place_of_group(&self, depth: usize) -> Place {
        self.place.first(depth)
    }
}

impl Table {
    /// Rows of figures of the section `key`, in the order of the form.
    ///
    /// The figures of a row share all but the last key of their paths. In 表三 that is a line of the table; in 表四, a
    /// table of one line, it is the columns under one header.
    pub(super) fn records(&self, key: &str) -> Vec<Record> {
        let mut records: Vec<Record> = Vec::new();
        for (index, block) in self.blocks.iter().enumerate() {
            let rows = if block.rows.is_empty() { vec![Vec::new()] } else { chains(&block.rows) };
            let columns = chains(&block.columns);
            for row in &rows {
                for column in &columns {
                    let chain: Vec<&Node> =
                        row.iter().chain(column).copied().filter(|node| node.key.is_some()).collect();
                    let Some((last, parents)) = chain.split_last() else { continue };
                    let path = join(key, parents, ".", |node| node.key.clone().unwrap_or_default());
                    if records.last().is_none_or(|record| record.path != path) {
                        let place =
                            std::iter::once(self.name.clone()).chain(parents.iter().map(|node| node.words()));
                        let place = place.map(PlacePart::Words).collect();
                        let of_government = chain.iter().any(|node| node.of_government);
                        let figures = Vec::new();
                        records.push(Record { path, place, of_government, block: index, figures });
                    }
                    let Some(record) = records.last_mut() else { continue };
                    let column = last.key.clone().unwrap_or_default();
                    record.figures.push(Address {
                        path: format!("{}.{column}", record.path),
                        place: record.place.with(PlacePart::Words(last.words())),
                        column,
                        kind: last.figure,
                        units: last.units.clone(),
                    });
                }
            }
        }
        records
    }
}

impl Form {
    /// Rows of figures of all tables, in the order of the form.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// Rows of figures of a section.
    pub fn records_of(&self, section: &str) -> &[Record] {
        let is_of = |record: &Record| is_within(&record.path, section);
        let from = self.records.iter().position(is_of).unwrap_or(self.records.len());
        let rest = self.records.get(from..).unwrap_or_default();
        let length = rest.iter().position(|record| !is_of(record)).unwrap_or(rest.len());
        rest.get(..length).unwrap_or_default()
    }

    /// Derives the rows from the trees of headers.
    pub(super) fn draw_records(&mut self) {
        self.records = self.tables().flat_map(|(key, table)| table.records(key)).collect();
    }
}

/// All paths from the roots of the trees to their leaves.
fn chains(nodes: &[Node]) -> Vec<Vec<&Node>> {
    let mut found = Vec::new();
    for node in nodes {
        if node.children.is_empty() {
            found.push(vec![node]);
        } else {
            found.extend(chains(&node.children).into_iter().map(|mut chain| {
                chain.insert(0, node);
                chain
            }));
        }
    }
    found
}

fn join(first: &str, nodes: &[&Node], separator: &str, part: impl Fn(&Node) -> String) -> String {
    nodes.iter().fold(first.to_owned(), |all, node| all + separator + &part(node))
}
