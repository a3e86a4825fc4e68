//! The board for programs.

use serde_json::{Value, json};

use super::{
    board::Board,
    row::{Row, State},
};
use gongbao_core::finding::Finding;

/// The board as JSON. `agencies` are in the order of the terminal; `findings` are all of theirs.
pub(super) fn json(board: &Board) -> Value {
    let findings: Vec<&Finding> = board.rows.iter().flat_map(|row| &row.findings).collect();
    json!({
        "year": board.year,
        "expected": board.expected,
        "handed_in": board.handed_in(),
        "returned": board.count(State::Returned),
        "passed": board.count(State::Passed),
        "published": board.count(State::Published),
        "missing": board.expected.map(|_| board.count(State::Missing)),
        "unlisted": board.count(State::Unlisted),
        "unreadable": board.count(State::Unreadable),
        "other_years": board.other_years,
        "agencies": board.rows.iter().map(agency).collect::<Vec<_>>(),
        "findings": findings,
    })
}

fn agency(row: &Row) -> Value {
    let files: Vec<&str> = row.files.iter().map(|file| file.given.as_str()).collect();
    json!({
        "name": row.name,
        "state": row.state.key(),
        "file": files.first(),
        "files": files,
        "year": row.year,
        "errors": row.errors(),
        "warnings": row.warnings(),
        "published": row.published.map(|date| date.to_string()),
        "contact": row.contact,
        "phone": row.phone,
        "findings": row.findings,
    })
}
