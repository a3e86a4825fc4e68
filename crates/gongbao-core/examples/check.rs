//! Checks report files in TOML, JSON or YAML and prints the findings as the program does, without typefaces.
//!
//! ```text
//! cargo run --release -p gongbao-core --example check -- data/reports/pengyang-jgsw-2020.toml data/reports/shanghai-gov-office-2025.toml
//! ```

use std::{path::Path, process::ExitCode};

use gongbao_core::{
    check::CheckContext,
    finding::{Severity, render_all},
    load::load_text,
    typeface::AllGlyphs,
};

fn main() -> ExitCode {
    let mut has_errors = false;
    for name in std::env::args().skip(1) {
        let base = Path::new(&name).parent().unwrap_or(Path::new(""));
        let loaded = load_text(
            &name,
            gongbao_core::file::read(Path::new(&name), gongbao_core::file::LARGEST_REPORT),
            base,
            false,
        )
        .check(base, CheckContext::new(&AllGlyphs, load_text));
        print!("{}", render_all(&loaded.findings, false));
        has_errors |= loaded.findings.iter().any(|finding| finding.severity == Severity::Error);
    }
    if has_errors { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}
