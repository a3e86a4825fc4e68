//! The status of all bodies as JSON.

use serde_json::{Value, json};

use gongbao_core::{
    finding::Finding,
    status::{Board, Body, BodyState},
};

/// Returns the board as JSON. `agencies` are in the order of the terminal, `findings` those of all agencies.
pub(super) fn json(board: &Board) -> Value {
    let findings: Vec<&Finding> = board.bodies.iter().flat_map(|body| &body.findings).collect();
    json!({
        "year": board.year,
        "expected": board.expected,
        "handed_in": board.submitted(),
        "returned": board.count(BodyState::Returned),
        "passed": board.count(BodyState::Passed),
        "published": board.count(BodyState::Published),
        "missing": board.expected.map(|_| board.count(BodyState::Missing)),
        "unlisted": board.count(BodyState::Unlisted),
        "unreadable": board.count(BodyState::Unreadable),
        "other_years": board.other_years,
        "agencies": board.bodies.iter().map(agency).collect::<Vec<_>>(),
        "findings": findings,
    })
}

fn agency(body: &Body) -> Value {
    let files: Vec<&str> = body.files.iter().map(|file| file.given.as_str()).collect();
    json!({
        "name": body.name,
        "state": body.state.key(),
        "file": files.first(),
        "files": files,
        "year": body.year,
        "errors": body.errors(),
        "warnings": body.warnings(),
        "published": body.published.map(|date| date.to_string()),
        "contact": body.contact,
        "phone": body.phone,
        "findings": body.findings,
    })
}
