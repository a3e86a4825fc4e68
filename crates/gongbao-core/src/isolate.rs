//! Isolation of work on one file from the rest of a run: a panic ends that work alone and prints nothing.

use std::{
    cell::Cell,
    panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind},
};

thread_local! {
    /// Number of calls of [`isolated`] that the thread is in.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// Runs `work`; `None` if it panicked.
///
/// A reader of another project may panic about a hostile file. The caller turns `None` into a message about that file.
/// Values that `work` shares with others must stay usable after a panic: the program's shared values are caches behind
/// locks that ignore poisoning.
pub fn isolated<T>(work: impl FnOnce() -> T) -> Option<T> {
    DEPTH.set(DEPTH.get() + 1);
    let done = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get().saturating_sub(1));
    done.ok()
}

/// Runs `work`; `None` if it panicked, after the panic was reported.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// Replaces the report of panics: none within [`isolated`], otherwise `report` is called with the place in the source
/// code.
pub fn report_panics(report: impl Fn(&str) + Send + Sync + 'static) {
    std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        if DEPTH.get() == 0 {
            let place = info.location().map(ToString::to_string).unwrap_or_default();
            report(&place);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_the_isolated_work_alone() {
        assert_eq!(isolated(|| 1), Some(1));
        assert_eq!(isolated(|| [0][std::hint::black_box(1)]), None);
        assert_eq!(isolated(|| isolated(|| [0][std::hint::black_box(1)])), Some(None));
        assert_eq!(DEPTH.get(), 0);
    }
}
