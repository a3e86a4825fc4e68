//! Findings for people at a terminal.

use super::Finding;

/// All findings, each with its line and carets.
pub fn render_all(_findings: &[Finding]) -> String {
    String::new()
}

/// One line that counts them.
pub fn summary(_findings: &[Finding]) -> String {
    String::new()
}
