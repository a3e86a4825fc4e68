//! How far a run is: a bar on a terminal, nothing but the reports' own lines elsewhere.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

const LOOK: &str = "{bar:30} {pos}/{len}，还需 {eta}";

/// How far a run is.
pub(super) struct Gauge(ProgressBar);

impl Gauge {
    /// A gauge for so many reports.
    pub(super) fn new(reports: usize) -> Self {
        let wanted = reports > 1 && std::io::stderr().is_terminal();
        let target = if wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(reports as u64), target);
        Self(match ProgressStyle::with_template(LOOK) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        })
    }

    /// One more is done: says so without tearing the bar.
    pub(super) fn step(&self, say: impl FnOnce()) {
        self.0.suspend(say);
        self.0.inc(1);
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.0.finish_and_clear();
    }
}
