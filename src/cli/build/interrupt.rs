//! Ctrl-C: reports in progress are finished, no further ones are started.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::cli::tell;

/// Exit code after a second interruption (128 plus the number of SIGINT).
const EXIT_CODE: i32 = 130;

/// Flag that is set by an interruption.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Installs the handler for Ctrl-C and termination signals.
    pub(super) fn listen() -> Self {
        let interrupt = Self::default();
        let flag = Arc::clone(&interrupt.0);
        let handler = move || {
            if flag.swap(true, Ordering::Relaxed) {
                std::process::exit(EXIT_CODE);
            }
            tell("\n正在写完手头的报告，然后停下（再按一次 Ctrl-C 立即停止，不会留下半份文件）\n");
        };
        // Without a handler Ctrl-C ends the program at once, which leaves no partial files either.
        let _ = ctrlc::set_handler(handler);
        interrupt
    }

    /// Whether an interruption was requested.
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
