//! Writing to standard output and standard error.
//!
//! Texts of files and names of files must not steer the terminal: every control character is shown instead of written
//! ([`visible_lines`]). A failed write to standard output is not lost: the program ends with [`Outcome::Failed`].

use std::{
    io::{ErrorKind, IsTerminal, Write},
    sync::{Mutex, PoisonError},
};

use serde::Serialize;

use super::{Failure, Outcome};
use gongbao_core::text::{visible_char, visible_lines};

/// Why writing to standard output failed first.
static FAILED: Mutex<Option<String>> = Mutex::new(None);

/// Writes a text to standard output, control characters shown.
pub(crate) fn print(text: &str) {
    write_out(&visible_lines(text));
}

/// Writes a text with the program's own colours to standard output. Its other parts are visible already.
pub(crate) fn print_styled(text: &str) {
    write_out(text);
}

/// Writes data for other programs to standard output, unchanged unless it is a terminal.
pub(crate) fn print_data(text: &str) {
    if std::io::stdout().is_terminal() {
        print(text);
    } else {
        write_out(text);
    }
}

/// Writes a value to standard output as JSON. Characters that could steer a terminal are escaped, which leaves the value
/// as it is.
///
/// # Errors
/// The value cannot be written as JSON.
pub(crate) fn print_json(value: &(impl Serialize + ?Sized)) -> Result<(), Failure> {
    let json = serde_json::to_string_pretty(value)?;
    let mut escaped = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        // Outside strings JSON has no such characters.
        if c != '\n' && visible_char(c) != c {
            for unit in c.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(c);
        }
    }
    escaped.push('\n');
    write_out(&escaped);
    Ok(())
}

/// Writes a message to standard error, control characters shown.
pub(crate) fn tell(text: &str) {
    tell_styled(&visible_lines(text));
}

/// Writes a message with the program's own colours to standard error. Its other parts are visible already.
pub(crate) fn tell_styled(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Returns the outcome of the program: [`Outcome::Failed`] if something could not be written to standard output.
pub(super) fn concluded(outcome: Outcome) -> Outcome {
    note(std::io::stdout().lock().flush());
    match FAILED.lock().unwrap_or_else(PoisonError::into_inner).take() {
        None => outcome,
        Some(error) => {
            tell(&format!("结果没有全部写出来：{error}。请检查磁盘空间，或者把结果写到别的地方\n"));
            Outcome::Failed
        }
    }
}

fn write_out(text: &str) {
    // Flushed at once: a line in the buffer may fail when nobody looks any more.
    let mut out = std::io::stdout().lock();
    note(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}

/// Keeps the first error. A closed pipe is none: the reader has all that it wants, and the command finishes its work.
fn note(result: std::io::Result<()>) {
    if let Err(error) = result
        && error.kind() != ErrorKind::BrokenPipe
    {
        let mut failed = FAILED.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get_or_insert_with(|| error.to_string());
    }
}
