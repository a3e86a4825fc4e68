//! The board for people at a terminal.

use unicode_width::UnicodeWidthStr;

use super::{
    board::Board,
    row::{Row, State, short},
};

/// So many reasons of one body are shown; more fill the screen and are in the workbook.
const MOST_REASONS: usize = 5;

/// A reason is cut after this many characters.
const LONGEST_REASON: usize = 160;

/// The column of states is as wide as 不在名册.
const STATE_WIDTH: usize = 8;

/// The column of names grows with them up to this width.
const WIDEST_NAME: usize = 44;

/// One line that counts: 应报80家，已报76家：已过61，退回12，已公布3；未报4.
pub(super) fn summary(board: &Board) -> String {
    let count = |state| board.count(state);
    let handed = format!(
        "已报{}家：已过{}，退回{}，已公布{}",
        board.handed_in(),
        count(State::Passed),
        count(State::Returned),
        count(State::Published)
    );
    let mut summary = match board.expected {
        Some(expected) => format!("应报{expected}家，{handed}；未报{}", count(State::Missing)),
        None => handed,
    };
    for (state, what) in [(State::Unlisted, "不在名册"), (State::Unreadable, "读不出")] {
        if count(state) > 0 {
            summary += &format!("；{what}{}", count(state));
        }
    }
    summary
}

/// The summary, then a line for each body with its reasons below.
pub(super) fn table(board: &Board) -> String {
    let mut table = summary(board) + "\n";
    if board.expected.is_none() {
        table += "没有给出名册（--roster），不知道谁没有报\n";
    }
    if let (Some(year), false) = (board.year, board.other_years.is_empty()) {
        table += &format!("按{year}年统计，其他年份的{}份报告没有列入\n", board.other_years.len());
    }
    let widest = board.rows.iter().map(|row| clean(&row.title()).width()).max().unwrap_or(0);
    let name_width = widest.clamp("单位".width(), WIDEST_NAME);
    let state = padded("状态", STATE_WIDTH);
    table += &format!("\n{state}  {}  错误  提醒  报送文件\n", padded("单位", name_width));
    for row in &board.rows {
        table += line(row, name_width).trim_end();
        table.push('\n');
        table += &reasons(row);
    }
    table
}

fn line(row: &Row, name_width: usize) -> String {
    let state = padded(row.state.name(), STATE_WIDTH);
    let name = padded(&clean(&row.title()), name_width);
    let (errors, warnings) = match row.state {
        State::Missing => (String::new(), String::new()),
        _ => (row.errors().to_string(), row.warnings().to_string()),
    };
    let call = row.call();
    let last = match (row.state, row.published) {
        (State::Missing, _) if call.is_empty() => String::new(),
        (State::Missing, _) => format!("联系：{call}"),
        // It stands in the column of names.
        (State::Unreadable, _) => String::new(),
        (State::Published, Some(date)) => format!("{}（{date}公布）", row.shown_files()),
        _ => row.shown_files(),
    };
    format!("{state}  {name}  {errors:>4}  {warnings:>4}  {}", clean(&last))
}

fn reasons(row: &Row) -> String {
    let indent = " ".repeat(STATE_WIDTH + 2);
    let all: Vec<_> = row.reasons().collect();
    let mut lines = String::new();
    for finding in all.iter().take(MOST_REASONS) {
        let reason = cut(&clean(&short(finding)), LONGEST_REASON);
        lines += &format!("{indent}{reason}\n");
    }
    if let Some(more) = all.len().checked_sub(MOST_REASONS).filter(|more| *more > 0) {
        lines += &format!("{indent}还有{more}处，用 gongbao check 看全部\n");
    }
    lines
}

/// A text filled up with spaces to a width in columns.
fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A text of so many characters at most.
pub(super) fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}……", text.get(..end).unwrap_or(text)),
        None => text.to_owned(),
    }
}

/// A text on one line, without what would drive the terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
