//! Layout of a table's trees of headers as a grid of merged cells.

use std::fmt;

use super::{Align, Block, Face, FigureKind, Node, Table};

/// A table as cells, block by block. Every grid position is covered exactly once.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Number of grid columns.
    pub columns: usize,
    /// Blocks from top to bottom.
    pub blocks: Vec<GridBlock>,
}

/// A block of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct GridBlock {
    /// Header rows, repeated where the block continues on another page.
    pub header: Vec<Vec<Cell>>,
    /// Rows of figures.
    pub rows: Vec<GridRow>,
    /// Minimum height of a row of figures in millimetres, where it differs from the table's.
    pub row_height: Option<f64>,
}

/// A row of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct GridRow {
    /// Number of the row's group; rows of a group are kept together.
    pub group: usize,
    /// Cells that begin in this row, from left to right.
    pub cells: Vec<Cell>,
}

/// A cell with its position, spans and content.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// First grid column, from 0.
    pub x: usize,
    /// First grid row, from 0 at the top of the table.
    pub y: usize,
    /// Number of grid columns it covers.
    pub colspan: usize,
    /// Number of grid rows it covers.
    pub rowspan: usize,
    /// Alignment of its words.
    pub align: Align,
    /// Typeface of its words.
    pub face: Face,
    /// Content.
    pub kind: CellKind,
}

/// Content of a form's cell.
#[derive(Debug, Clone, PartialEq)]
pub enum CellKind {
    /// Words across the whole width of a block.
    Band(String),
    /// Words in the corner that are no header.
    Note(String),
    /// Header of columns; level 1 is the outermost below a band.
    Column {
        /// Words, with `\n` where a line break is required.
        label: String,
        /// Words after the label, set in 楷体.
        remark: String,
        /// Level of the header, from 1.
        level: usize,
    },
    /// Header of rows; level 1 is the outermost.
    Row {
        /// Words, with `\n` where a line break is required.
        label: String,
        /// Words after the label, set in 楷体.
        remark: String,
        /// Level of the header, from 1.
        level: usize,
    },
    /// A figure.
    Figure {
        /// Path within the section: `new.total`.
        path: String,
        /// Kind of figure.
        kind: FigureKind,
    },
}

/// A row that a locality adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// Path within the section of the row it follows.
    pub after: String,
    /// Label.
    pub label: String,
}

/// Error from laying out a table.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum GridError {
    /// A grid position is not covered.
    Hole {
        /// Grid column, from 0.
        x: usize,
        /// Row, from 0.
        y: usize,
    },
    /// A grid position is covered twice, or a cell reaches beyond the edge.
    Overlap {
        /// Grid column, from 0.
        x: usize,
        /// Row, from 0.
        y: usize,
    },
    /// An extra row is to follow a row that the table does not have.
    NoSuchRow(String),
}

impl fmt::Display for GridError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hole { x, y } => write!(f, "第{}行第{}列没有单元格", y + 1, x + 1),
            Self::Overlap { x, y } => {
                write!(f, "第{}行第{}列有不止一个单元格，或者超出了表格", y + 1, x + 1)
            }
            Self::NoSuchRow(row) => write!(f, "没有“{row}”这一行"),
        }
    }
}

impl Table {
    /// Lays out the table with a locality's extra rows.
    ///
    /// # Errors
    /// The headers do not fill the grid exactly, or an extra row is to follow a row that the table does not have.
    pub fn grid(&self, extras: &[Extra]) -> Result<Grid, GridError> {
        let mut blocks = self.blocks.clone();
        for (number, extra) in extras.iter().enumerate() {
            let keys: Vec<&str> = extra.after.split('.').collect();
            let node = Node {
                key: Some(format!("extra[{}]", number + 1)),
                label: extra.label.clone(),
                remark: String::new(),
                align: None,
                width: 1,
                figure: FigureKind::Count,
                units: Vec::new(),
                of_government: false,
                children: Vec::new(),
            };
            if !blocks.iter_mut().any(|block| insert_after(&mut block.rows, &keys, &node)) {
                return Err(GridError::NoSuchRow(extra.after.clone()));
            }
        }
        let mut builder = Builder { table: self, y: 0, group: 0 };
        let blocks: Vec<GridBlock> = blocks.iter().map(|block| builder.block(block)).collect();
        let grid = Grid { columns: self.widths.len(), blocks };
        grid.check()?;
        Ok(grid)
    }
}

/// Inserts `node` after the row at `keys` and after extra rows that follow it. Returns whether the row was found.
fn insert_after(rows: &mut Vec<Node>, keys: &[&str], node: &Node) -> bool {
    let Some((first, rest)) = keys.split_first() else { return false };
    let Some(index) = rows.iter().position(|row| row.key.as_deref() == Some(first)) else { return false };
    if !rest.is_empty() {
        return insert_after(&mut rows[index].children, rest, node);
    }
    let is_extra = |row: &&Node| row.key.as_deref().is_some_and(|key| key.starts_with("extra["));
    let behind = rows[index + 1..].iter().take_while(is_extra).count();
    rows.insert(index + 1 + behind, node.clone());
    true
}

struct Builder<'a> {
    table: &'a Table,
    /// Next grid row.
    y: usize,
    /// Next group number.
    group: usize,
}

impl Builder<'_> {
    fn block(&mut self, block: &Block) -> GridBlock {
        let stub = block.rows.iter().map(Node::depth).max().unwrap_or(0);
        let top = self.y;
        let band_rows = usize::from(block.band.is_some());
        let depth = block.columns.iter().map(Node::depth).max().unwrap_or(1);
        let mut header = vec![Vec::new(); band_rows + depth];
        if let Some(band) = &block.band {
            let mut cell = self.cell(0, top, self.table.widths.len(), 1, CellKind::Band(band.clone()));
            cell.align = Align::Left;
            header[0].push(cell);
        }
        if let (Some(corner), true) = (&block.corner, stub > 0) {
            let kind = if corner.heads {
                CellKind::Column { label: corner.label.clone(), remark: String::new(), level: 1 }
            } else {
                CellKind::Note(corner.label.clone())
            };
            let mut cell = self.cell(0, top + band_rows, stub, depth, kind);
            (cell.align, cell.face) = (corner.align, corner.face);
            header[band_rows].push(cell);
        }
        let mut leaves = Vec::new();
        let mut x = stub;
        for node in &block.columns {
            x = self.column(node, x, band_rows, depth, 1, &mut header, &mut leaves);
        }
        self.y = top + header.len();

        let mut rows = Vec::new();
        if block.rows.is_empty() {
            let cells = self.figures("", &leaves);
            rows.push(GridRow { group: self.next_group(), cells });
            self.y += 1;
        }
        for node in &block.rows {
            self.row(node, 0, stub, "", &leaves, None, &mut rows);
        }
        GridBlock { header, rows, row_height: block.row_height }
    }

    /// Places a column header and its children. Returns the next free grid column.
    #[allow(clippy::too_many_arguments, reason = "one level of a recursion over the tree of headers")]
    fn column<'n>(
        &self,
        node: &'n Node,
        x: usize,
        row: usize,
        rows_left: usize,
        level: usize,
        header: &mut [Vec<Cell>],
        leaves: &mut Vec<Leaf<'n>>,
    ) -> usize {
        let mut end = x;
        if node.children.is_empty() {
            end += node.width;
            leaves.push(Leaf {
                x,
                width: node.width,
                keys: node.key.iter().map(String::as_str).collect(),
                node,
            });
        }
        let first = leaves.len();
        for child in &node.children {
            end = self.column(child, end, row + 1, rows_left.saturating_sub(1), level + 1, header, leaves);
        }
        if let (Some(key), false) = (&node.key, node.children.is_empty()) {
            leaves[first..].iter_mut().for_each(|leaf| leaf.keys.insert(0, key));
        }
        let rowspan = if node.children.is_empty() { rows_left } else { 1 };
        let kind = CellKind::Column { label: node.label.clone(), remark: node.remark.clone(), level };
        let mut cell = self.cell(x, self.y + row, end - x, rowspan, kind);
        cell.align = node.align.unwrap_or_default();
        // Headers are visited depth first: a parent is added after its children, but the cells of each grid row are
        // still in order from left to right.
        if let Some(row) = header.get_mut(row) {
            row.push(cell);
        }
        end
    }

    /// Places a row header and its children, and the figures of each leaf.
    #[allow(clippy::too_many_arguments, reason = "one level of a recursion over the tree of headers")]
    fn row(
        &mut self,
        node: &Node,
        level: usize,
        stub: usize,
        prefix: &str,
        leaves: &[Leaf<'_>],
        group: Option<usize>,
        rows: &mut Vec<GridRow>,
    ) {
        let path = match &node.key {
            Some(key) if prefix.is_empty() => key.clone(),
            Some(key) => format!("{prefix}.{key}"),
            None => prefix.to_owned(),
        };
        let kind = CellKind::Row { label: node.label.clone(), remark: node.remark.clone(), level: level + 1 };
        let (colspan, rowspan) =
            if node.children.is_empty() { (stub - level, 1) } else { (1, node.leaves().len()) };
        let mut cell = self.cell(level, self.y, colspan, rowspan, kind);
        cell.align = node.align.unwrap_or(self.table.row_align);
        if node.children.is_empty() {
            let mut cells = vec![cell];
            cells.extend(self.figures(&path, leaves));
            let group = group.unwrap_or_else(|| self.next_group());
            rows.push(GridRow { group, cells });
            self.y += 1;
            return;
        }
        let first = rows.len();
        // A header whose children are all leaves forms a group; headers further out do not.
        let group = (node.depth() == 2).then(|| self.next_group());
        for child in &node.children {
            self.row(child, level + 1, stub, &path, leaves, group, rows);
        }
        rows[first].cells.insert(0, cell);
    }

    fn figures(&self, path: &str, leaves: &[Leaf<'_>]) -> Vec<Cell> {
        leaves
            .iter()
            .map(|leaf| {
                let keys = leaf.keys.join(".");
                let path = if path.is_empty() { keys } else { format!("{path}.{keys}") };
                self.cell(leaf.x, self.y, leaf.width, 1, CellKind::Figure { path, kind: leaf.node.figure })
            })
            .collect()
    }

    fn cell(&self, x: usize, y: usize, colspan: usize, rowspan: usize, kind: CellKind) -> Cell {
        Cell { x, y, colspan, rowspan, align: Align::Center, face: Face::Songti, kind }
    }

    fn next_group(&mut self) -> usize {
        self.group += 1;
        self.group - 1
    }
}

/// A column header without children.
struct Leaf<'n> {
    x: usize,
    width: usize,
    keys: Vec<&'n str>,
    node: &'n Node,
}

impl Grid {
    /// All cells, from top to bottom.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.blocks.iter().flat_map(|block| {
            block.header.iter().flatten().chain(block.rows.iter().flat_map(|row| &row.cells))
        })
    }

    /// Verifies that every grid position is covered exactly once. Typst reports no error for a wrong span; the rows
    /// below it would be shifted.
    fn check(&self) -> Result<(), GridError> {
        let height: usize = self.blocks.iter().map(|block| block.header.len() + block.rows.len()).sum();
        let mut covered = vec![false; self.columns * height];
        for cell in self.cells() {
            for y in cell.y..cell.y + cell.rowspan {
                for x in cell.x..cell.x + cell.colspan {
                    let seen = covered.get_mut(y * self.columns + x).filter(|_| x < self.columns);
                    match seen {
                        Some(seen) if !*seen => *seen = true,
                        _ => return Err(GridError::Overlap { x, y }),
                    }
                }
            }
        }
        match covered.iter().position(|seen| !seen) {
            Some(hole) => Err(GridError::Hole { x: hole % self.columns, y: hole / self.columns }),
            None => Ok(()),
        }
    }
}
