//! Progress of a build: a progress bar on a terminal, and a few lines for each finished report.

use std::{io::IsTerminal, sync::OnceLock};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::interrupt::Interrupt;
use crate::{
    batch::{BuildObserver, BuildState, ReportInput, ReportResult},
    cli::{print, tell, tell_styled},
};
use gongbao_core::{finding::RenderedFindings, text::visible};

const STYLE: &str = "{bar:30} {pos}/{len}，还需 {eta}";

/// Shows the progress of a build and passes on an interruption.
pub(super) struct Progress {
    /// The bar and the interruption flag, set when the build begins.
    running: OnceLock<(ProgressBar, Interrupt)>,
    /// Whether standard output is reserved for JSON, so that only findings are shown.
    findings_only: bool,
}

impl Progress {
    /// Creates a progress display. With `findings_only` nothing is written to standard output.
    pub(super) fn new(findings_only: bool) -> Self {
        Self { running: OnceLock::new(), findings_only }
    }

    /// Removes the bar.
    pub(super) fn finish(&self) {
        self.running.get().iter().for_each(|(bar, _)| bar.finish_and_clear());
    }

    /// Runs `show` while the bar is hidden, then advances the bar by one report.
    fn step(&self, show: impl FnOnce()) {
        match self.running.get() {
            Some((bar, _)) => {
                bar.suspend(show);
                bar.inc(1);
            }
            None => show(),
        }
    }
}

impl BuildObserver for Progress {
    fn started(&self, reports: usize) {
        let wanted = reports > 1 && std::io::stderr().is_terminal();
        let target = if wanted { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(reports as u64), target);
        let bar = match ProgressStyle::with_template(STYLE) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        };
        let _ = self.running.set((bar, Interrupt::listen()));
    }

    fn finished(&self, result: &ReportResult, findings: &RenderedFindings) {
        self.step(|| {
            tell_styled(findings.text(crate::cli::colour::on_stderr()));
            if let Some(failure) = &result.failure {
                tell(&format!("“{}”没有生成：{failure}\n", visible(&result.file)));
            }
            if !self.findings_only {
                print(&lines(result));
            }
        });
    }

    fn skipped(&self, input: &ReportInput) {
        self.step(|| tell(&input.skipped_message()));
    }

    fn is_interrupted(&self) -> bool {
        self.running.get().is_some_and(|(_, interrupt)| interrupt.is_set())
    }
}

/// Returns the state of a report and its outputs, one line each.
fn lines(result: &ReportResult) -> String {
    let mut lines = format!("{} {}", result.state.name(), visible(&result.file));
    match result.state {
        BuildState::Refused => lines += &format!("（{}），原有文件没有改动", result.counts),
        BuildState::Failed => lines += "，原有文件没有改动",
        BuildState::Built | BuildState::Unchanged => {}
    }
    lines.push('\n');
    for (output, pages) in result.outputs.iter().zip(&result.pages) {
        let pages = pages.map_or_else(String::new, |pages| format!("（{pages}页）"));
        lines += &format!("  {}{pages}\n", visible(output));
    }
    lines
}
