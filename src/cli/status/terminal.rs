//! The status of all bodies as a table for the terminal.

use unicode_width::UnicodeWidthStr;

use gongbao_core::{
    status::{Board, Body, BodyState},
    text::visible,
};

/// Maximum number of reasons shown for a body; the workbook lists all.
const MOST_REASONS: usize = 5;

/// Maximum length of a reason, in characters.
const LONGEST_REASON: usize = 160;

/// Least width of the column of states: that of 不在名册.
const STATE_WIDTH: usize = 8;

/// Maximum width of the column of names.
const WIDEST_NAME: usize = 44;

/// Returns the summary, then a line for each body with its reasons below.
pub(super) fn table(board: &Board) -> String {
    let mut table = board.summary() + "\n";
    if board.expected.is_none() {
        table += "没有给出名册（--roster），不知道谁没有报\n";
    }
    if let (Some(year), false) = (board.year, board.other_years.is_empty()) {
        table += &format!("按{year}年统计，其他年份的{}份报告没有列入\n", board.other_years.len());
    }
    let widest = board.bodies.iter().map(|body| clean(&body.title()).width()).max().unwrap_or(0);
    let name_width = widest.clamp("单位".width(), WIDEST_NAME);
    let state_width =
        board.bodies.iter().map(|body| body.state_label().width()).max().unwrap_or(0).max(STATE_WIDTH);
    let state = padded("状态", state_width);
    table += &format!("\n{state}  {}  错误  提醒  报送文件\n", padded("单位", name_width));
    for body in &board.bodies {
        table += line(body, name_width, state_width).trim_end();
        table.push('\n');
        table += &reasons(body, state_width);
    }
    table
}

fn line(body: &Body, name_width: usize, state_width: usize) -> String {
    let state = padded(&body.state_label(), state_width);
    let name = padded(&clean(&body.title()), name_width);
    let (errors, warnings) = match body.state {
        BodyState::Missing => (String::new(), String::new()),
        _ => (body.errors().to_string(), body.warnings().to_string()),
    };
    let call = body.contact_line();
    let last = match (body.state, body.published) {
        (BodyState::Missing, _) if call.is_empty() => String::new(),
        (BodyState::Missing, _) => format!("联系：{call}"),
        // The column of names shows the file.
        (BodyState::Unreadable, _) => String::new(),
        (BodyState::Published, Some(date)) => format!("{}（{date}公布）", body.shown_files()),
        _ => body.shown_files(),
    };
    format!("{state}  {name}  {errors:>4}  {warnings:>4}  {}", clean(&last))
}

fn reasons(body: &Body, state_width: usize) -> String {
    let indent = " ".repeat(state_width + 2);
    let all: Vec<_> = body.reasons().collect();
    let mut lines = String::new();
    for finding in all.iter().take(MOST_REASONS) {
        let reason = cut(&clean(&Body::reason_line(finding)), LONGEST_REASON);
        lines += &format!("{indent}{reason}\n");
    }
    if let Some(more) = all.len().checked_sub(MOST_REASONS).filter(|more| *more > 0) {
        lines += &format!("{indent}还有{more}处，用 gongbao check 看全部\n");
    }
    lines
}

/// Pads a text with spaces to a width in columns.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// Shortens a text to a maximum number of characters.
fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}……", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// Replaces control characters, which would control the terminal, by spaces.
fn clean(text: &str) -> String {
    visible(text)
}
