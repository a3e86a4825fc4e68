//! Ctrl-C: what is being written is finished, nothing new is begun.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use crate::cli::tell;

/// How a program ends that was interrupted twice (128 and the number of SIGINT).
const AT_ONCE: i32 = 130;

/// Whether the user wants to stop.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens for Ctrl-C, and for a scheduler's request to end.
    pub(super) fn listen() -> Self {
        let interrupt = Self::default();
        let flag = Arc::clone(&interrupt.0);
        let heard = move || {
            if flag.swap(true, Ordering::Relaxed) {
                std::process::exit(AT_ONCE);
            }
            tell("\n正在写完手头的报告，然后停下（再按一次 Ctrl-C 立即停止，不会留下半份文件）\n");
        };
        // Where listening fails, Ctrl-C ends the program at once, which costs no file either.
        let _ = ctrlc::set_handler(heard);
        interrupt
    }

    /// Whether it was heard.
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
