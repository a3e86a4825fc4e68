//! Changes the cell of a figure in a TOML document, in each notation of its row.

use toml_edit::{Array, Decor, InlineTable, Item, Table, TableLike, Value};

use super::answer::Refusal;
use gongbao_core::form::{Address, Record};

/// Function from the present value of a cell to its new value; `None` stands for no value.
pub(super) type CellChange<'a> = &'a dyn Fn(Option<&Value>) -> Result<Option<Value>, Refusal>;

/// A row of figures of the form.
pub(super) struct Row<'a> {
    pub(super) record: &'a Record,
    /// Whether it has rows below it, so that its figures need a table.
    pub(super) holds_others: bool,
    /// The column that is computed if it is left out.
    pub(super) total: Option<&'a str>,
}

/// Changes one cell of a row.
///
/// # Errors
/// Returns a refusal if the notation of the row is not known, or if the new value is refused.
pub(super) fn set(
    row: &Row<'_>,
    item: &mut Item,
    index: usize,
    change: CellChange<'_>,
) -> Result<(), Refusal> {
    let Some(address) = row.record.figures.get(index) else { return Err(unclear(row.record)) };
    if item.is_none() && row.holds_others {
        *item = Item::Table(Table::new());
    }
    match item {
        Item::None => from_cells(item, vec![None; row.record.figures.len()], row, index, change),
        // A row of one figure may be written as that figure, also with a note.
        Item::Value(value)
            if row.record.figures.len() == 1 && !value.is_array() && !is_keyed(value, address) =>
        {
            match change(Some(&*value))? {
                Some(new) => replace(value, new),
                None => *value = Value::Array(Array::new()),
            }
            Ok(())
        }
        Item::Value(Value::Array(array)) => in_array(array, row, index, change)?.map_or(Ok(()), |cells| {
            let decor = item.as_value().map(|value| value.decor().clone());
            *item = Item::Value(keyed(row.record, cells));
            if let (Some(decor), Some(value)) = (decor, item.as_value_mut()) {
                *value.decor_mut() = decor;
            }
            Ok(())
        }),
        Item::Value(Value::InlineTable(table)) => in_inline_table(table, address, change),
        Item::Table(table) => in_table(table, address, change),
        // A single 0 stands for a row of zeros.
        Item::Value(value) if value.as_integer() == Some(0) => {
            let zero = |figure: &Address| (row.total != Some(&figure.column)).then(|| Value::from(0));
            let cells = row.record.figures.iter().map(zero).collect();
            from_cells(item, cells, row, index, change)
        }
        _ => Err(unclear(row.record)),
    }
}

/// Whether a table is keyed by column, rather than the cell of a figure with a note.
fn is_keyed(value: &Value, address: &Address) -> bool {
    value.as_inline_table().is_some_and(|table| table.contains_key(&address.column) || table.is_empty())
}

fn unclear(record: &Record) -> Refusal {
    Refusal::unfit(format!(
        "“{}”这一行在文件里的写法读不懂，没有改动。请先用文本编辑器改成通常的写法",
        record.place
    ))
}

/// Replaces a value, keeping the white space and comments around it.
fn replace(old: &mut Value, mut new: Value) {
    *new.decor_mut() = old.decor().clone();
    *old = new;
}

fn in_table(table: &mut dyn TableLike, address: &Address, change: CellChange<'_>) -> Result<(), Refusal> {
    let old = table.get(&address.column).and_then(Item::as_value);
    match (change(old)?, table.get_mut(&address.column).and_then(Item::as_value_mut)) {
        (Some(new), Some(old)) => replace(old, new),
        (Some(new), None) => {
            table.insert(&address.column, Item::Value(new));
        }
        (None, _) => {
            table.remove(&address.column);
        }
    }
    Ok(())
}

/// Changes a cell in an inline table, whose last value carries the space before the closing brace.
fn in_inline_table(
    table: &mut InlineTable,
    address: &Address,
    change: CellChange<'_>,
) -> Result<(), Refusal> {
    let length = table.len();
    in_table(table, address, change)?;
    let mut values: Vec<&mut Value> = table.iter_mut().map(|(_, value)| value).collect();
    let grew = values.len() > length;
    if let ([.., last, new], true) = (values.as_mut_slice(), grew) {
        let blank = last.decor().suffix().cloned().unwrap_or_default();
        last.decor_mut().set_suffix("");
        new.decor_mut().set_suffix(blank);
    }
    Ok(())
}

/// Changes an array in place; if that would leave a gap in it, returns the cells to be written as a table.
fn in_array(
    array: &mut Array,
    row: &Row<'_>,
    index: usize,
    change: CellChange<'_>,
) -> Result<Option<Vec<Option<Value>>>, Refusal> {
    let new = change(array.get(index))?;
    let length = array.len();
    match new {
        Some(new) if index < length => {
            if let Some(old) = array.get_mut(index) {
                replace(old, new);
            }
        }
        Some(new) if index == length => array.push(new),
        None if index >= length => {}
        None if index + 1 == length => {
            array.remove(index);
        }
        new => {
            let mut cells: Vec<Option<Value>> = array.iter().cloned().map(Some).collect();
            cells.resize(row.record.figures.len().max(length), None);
            cells[index] = new;
            return Ok(Some(cells));
        }
    }
    Ok(None)
}

/// Writes a row that was missing or written as one number.
fn from_cells(
    item: &mut Item,
    mut cells: Vec<Option<Value>>,
    row: &Row<'_>,
    index: usize,
    change: CellChange<'_>,
) -> Result<(), Refusal> {
    let new = change(cells.get(index).and_then(Option::as_ref))?;
    if item.is_none() && new.is_none() {
        return Ok(());
    }
    cells[index] = new;
    let given = cells.iter().take_while(|cell| cell.is_some()).count();
    let value = if cells[given..].iter().all(Option::is_none) {
        Value::Array(cells.into_iter().flatten().collect())
    } else {
        keyed(row.record, cells)
    };
    match item.as_value_mut() {
        Some(old) => replace(old, value),
        None => *item = Item::Value(value),
    }
    Ok(())
}

/// Returns cells with gaps between them as a table keyed by column.
fn keyed(record: &Record, cells: Vec<Option<Value>>) -> Value {
    let mut table = InlineTable::new();
    for (address, cell) in record.figures.iter().zip(cells) {
        if let Some(mut cell) = cell {
            *cell.decor_mut() = Decor::default();
            table.insert(&address.column, cell);
        }
    }
    Value::InlineTable(table)
}
