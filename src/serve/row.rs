//! Rows that a locality adds to a table.

use std::time::Instant;

use toml_edit::{ArrayOfTables, InlineTable, Item, Table, Value};

use super::{
    accept::respliced,
    answer::{Answer, Refusal},
    apply::{parsed, section},
    request::RowRequest,
    workspace::Workspace,
};

/// Key of the added rows of a table.
const EXTRA: &str = "extra";

impl Workspace {
    /// Adds a row to a table of the form.
    pub(super) fn add_row(&mut self, request: &RowRequest) -> Answer {
        let started = Instant::now();
        let opened = self.open_for_change(&request.file, &request.base)?;
        let file = opened.file()?;
        let may_grow = file.form.tables.get(&request.table).is_some_and(|table| table.extra_rows);
        let label = request.label.trim();
        if !may_grow {
            return Err(Refusal::unfit("这张表不能加行"));
        }
        if label.is_empty() || label.contains('\n') {
            return Err(Refusal::unfit("请写行的名称，一行写完"));
        }
        let mut document = parsed(&file.source.text)?;
        let entries = [("after", request.after.as_str()), ("label", label)];
        let table = section(document.as_table_mut(), &request.table)?;
        match table.entry(EXTRA).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())) {
            Item::ArrayOfTables(rows) => {
                let mut row = Table::new();
                entries.iter().for_each(|(key, value)| {
                    row.insert(key, Item::Value(Value::from(*value)));
                });
                row.insert("figures", Item::Value(Value::InlineTable(InlineTable::new())));
                rows.push(row);
            }
            Item::Value(Value::Array(rows)) => {
                let mut row: InlineTable = entries.iter().map(|(key, value)| (*key, *value)).collect();
                row.insert("figures", Value::InlineTable(InlineTable::new()));
                rows.push(Value::InlineTable(row));
            }
            _ => return Err(Refusal::unfit("文件里这张表增加的行读不懂，没有改动")),
        }
        let bytes = respliced(&opened, &document)?;
        self.write(opened, bytes, &[], None, started)
    }
}
