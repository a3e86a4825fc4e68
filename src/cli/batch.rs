//! Many reports at once: on as many threads as there are processors, with results in the order asked for.

use std::{
    num::NonZero,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{Failure, input::Input};
use crate::{Judged, judge, typeset::fonts::FontSet};

/// A thread has room for the deepest document Typst lays out; Windows gives the main one little.
const STACK: usize = 16 << 20;

/// Does `work` for each item on `threads` threads (else one a processor), and gives what came of it in the
/// order of the items.
///
/// # Errors
/// The system gives no threads.
pub(super) fn in_order<T: Sync, R: Send>(
    items: &[T],
    threads: Option<usize>,
    work: impl Fn(&T) -> R + Sync,
) -> Result<Vec<R>, Failure> {
    let threads = threads
        .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, NonZero::get))
        .min(items.len());
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let worker = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { break };
            let result = work(item);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        }
    };
    std::thread::scope(|scope| -> std::io::Result<()> {
        for _ in 0..threads {
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker)?;
        }
        Ok(())
    })?;
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

/// Reads and checks all reports, in their order.
///
/// # Errors
/// The system gives no threads.
pub(super) fn judge_all(inputs: &[Input], fonts: &FontSet) -> Result<Vec<Judged>, Failure> {
    in_order(inputs, None, |input| judge(&input.name(), input.bytes(), input.base(), input.found, fonts))
}
