//! Whether messages have colours.

use std::io::IsTerminal;

/// Whether what is written to standard output may have colours.
pub(super) fn on_stdout() -> bool {
    std::io::stdout().is_terminal() && is_understood()
}

/// Whether what is written to standard error may have colours.
pub(super) fn on_stderr() -> bool {
    std::io::stderr().is_terminal() && is_understood()
}

/// Whether the terminal understands the escape sequences and the user wants colours (`NO_COLOR`, `TERM=dumb`).
///
/// A console of Windows understands them only after they have been switched on; an old one prints them as text.
fn is_understood() -> bool {
    !anstyle_query::no_color()
        && anstyle_query::term_supports_color()
        && anstyle_query::windows::enable_ansi_colors().unwrap_or(true)
}
