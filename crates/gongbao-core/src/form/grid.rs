//! From trees of headers to a grid of cells: the one place that knows how the official tables are merged.

use std::fmt;

use super::{Align, Block, Face, FigureKind, Node, Table};

/// A table as cells, block by block. Every position is covered exactly once.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// How many grid columns there are.
    pub columns: usize,
    /// The blocks from top to bottom.
    pub blocks: Vec<GridBlock>,
}

/// A block of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct GridBlock {
    /// The rows that repeat wherever the block goes on.
    pub header: Vec<Vec<Cell>>,
    /// The rows of figures.
    pub rows: Vec<GridRow>,
    /// The least height of a row of figures in millimetres, where it is not the table's.
    pub row_height: Option<f64>,
}

/// A row of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct GridRow {
    /// Rows of one group belong together.
    pub group: usize,
    /// The cells that begin in this row, from left to right.
    pub cells: Vec<Cell>,
}

/// A cell: where it begins, how far it reaches, what it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The first grid column, from 0.
    pub x: usize,
    /// The first row, from 0 at the top of the table.
    pub y: usize,
    /// How many grid columns it covers.
    pub colspan: usize,
    /// How many rows it covers.
    pub rowspan: usize,
    /// How its words are aligned.
    pub align: Align,
    /// The face of its words.
    pub face: Face,
    /// What it is.
    pub kind: CellKind,
}

/// What a cell of a form is.
#[derive(Debug, Clone, PartialEq)]
pub enum CellKind {
    /// Words across a block.
    Band(String),
    /// Words in the corner that head nothing.
    Note(String),
    /// The header of columns; level 1 is outermost (below a band).
    Column {
        /// Its words with wanted line breaks.
        label: String,
        /// Words after it in 楷体.
        remark: String,
        /// 1 is outermost.
        level: usize,
    },
    /// The header of rows; level 1 is outermost.
    Row {
        /// Its words with wanted line breaks.
        label: String,
        /// Words after it in 楷体.
        remark: String,
        /// 1 is outermost.
        level: usize,
    },
    /// A figure.
    Figure {
        /// Its path within the section: `new.total`.
        path: String,
        /// What kind of figure.
        kind: FigureKind,
    },
}

/// A locality's extra row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    /// The path of the row within the section after which it stands.
    pub after: String,
    /// Its label.
    pub label: String,
}

/// Why a table gives no grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GridError {
    /// A position that no cell covers.
    Hole {
        /// Grid column, from 0.
        x: usize,
        /// Row, from 0.
        y: usize,
    },
    /// A position that more than one cell covers, or one beyond the edge.
    Overlap {
        /// Grid column, from 0.
        x: usize,
        /// Row, from 0.
        y: usize,
    },
    /// An extra row names a row that the table does not have.
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
    /// The cells of the table, with a locality's extra rows in their places.
    ///
    /// # Errors
    /// A table whose headers do not fill the grid exactly is refused, and so is an extra row after a
    /// row that is not there.
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

/// Puts `node` behind the row that `keys` lead to, behind extra rows already there; whether it was found.
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
    /// The next row.
    y: usize,
    /// The next group.
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

    /// Places a column header and those under it; gives the next free grid column.
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
        // Headers are visited depth first: a parent is placed after its children, but on its own row
        // still from left to right.
        if let Some(row) = header.get_mut(row) {
            row.push(cell);
        }
        end
    }

    /// Places a row header and those under it, each end with its figures.
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
        // A header whose children are all ends holds a group; one further out does not.
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

/// A column header without children, and what lies under it.
struct Leaf<'n> {
    x: usize,
    width: usize,
    keys: Vec<&'n str>,
    node: &'n Node,
}

impl Grid {
    /// All cells from the top.
    pub fn cells(&self) -> impl Iterator<Item = &Cell> {
        self.blocks.iter().flat_map(|block| {
            block.header.iter().flatten().chain(block.rows.iter().flat_map(|row| &row.cells))
        })
    }

    /// Holds every position to be covered exactly once, since a wrong span compiles without a word and
    /// shifts the rows below it.
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
