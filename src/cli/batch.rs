//! Many reports at once: on as many threads as there are processors, with results in the order asked for.

use std::{
    num::NonZero,
    sync::{Mutex, PoisonError},
};

use super::{Failure, input::Input, yardsticks::Yardsticks};
use crate::typeset::fonts::FontSet;
use gongbao_core::load::Loaded;
use gongbao_formats::load::{check, load};

/// A thread has room for the deepest document Typst lays out; Windows gives the main one little.
const STACK: usize = 16 << 20;

/// How many threads a batch has: as asked for, else one a processor.
pub(super) fn threads(asked: Option<usize>) -> usize {
    asked.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, NonZero::get))
}

/// Does `work` for each item on `threads` threads (else one a processor), and gives what came of it in the
/// order of the items.
///
/// # Errors
/// The system gives no threads.
pub(super) fn in_order<T: Send, R: Send>(
    items: Vec<T>,
    threads: Option<usize>,
    work: impl Fn(T) -> R + Sync,
) -> Result<Vec<R>, Failure> {
    let count = items.len();
    let threads = self::threads(threads).min(count);
    let queue = Mutex::new(items.into_iter().enumerate());
    let done = Mutex::new(Vec::with_capacity(count));
    let worker = || {
        // A loop head would keep the queue locked while the work is done.
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        while let Some((index, item)) = next() {
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

/// Reads all reports, in their order.
///
/// # Errors
/// The system gives no threads.
pub(super) fn read_all(inputs: &[Input]) -> Result<Vec<Loaded>, Failure> {
    in_order(inputs.iter().collect(), None, |input| {
        load(&input.name(), input.bytes(), input.base(), input.found)
    })
}

/// Reads and checks all reports, in their order.
///
/// # Errors
/// The system gives no threads.
pub(super) fn judge_all(
    inputs: &[Input],
    fonts: &FontSet,
    yardsticks: &mut Yardsticks,
) -> Result<Vec<Loaded>, Failure> {
    let read = read_all(inputs)?;
    // Who copied from whom shows only when all have been read.
    for (input, judged) in inputs.iter().zip(&read) {
        judged.file.iter().for_each(|file| yardsticks.know(file, input.path.as_deref()));
    }
    let yardsticks = &*yardsticks;
    let read = inputs.iter().zip(read).collect();
    in_order(read, None, |(input, judged)| {
        yardsticks.strict(check(judged, input.base(), yardsticks.against(fonts)))
    })
}
