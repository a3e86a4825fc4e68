//! Work on many items in parallel.

use std::{
    io,
    num::NonZero,
    sync::{Mutex, PoisonError},
};

/// Stack size of a worker thread, enough for the deepest document that Typst lays out.
pub(crate) const STACK: usize = 16 << 20;

/// Returns the number of threads: as requested, otherwise the number of processors.
pub fn thread_count(requested: Option<usize>) -> usize {
    requested.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, NonZero::get))
}

/// Runs `work` on each item in parallel; results are in input order.
///
/// `threads` defaults to the number of processors.
///
/// # Errors
/// A thread cannot be started.
pub fn parallel_map<T: Send, R: Send>(
    items: Vec<T>,
    threads: Option<usize>,
    work: impl Fn(T) -> R + Sync,
) -> io::Result<Vec<R>> {
    let count = items.len();
    let threads = thread_count(threads).min(count);
    let queue = Mutex::new(items.into_iter().enumerate());
    let done = Mutex::new(Vec::with_capacity(count));
    let worker = || {
        // A closure, because a `while let` condition would hold the lock on the queue during the work.
        let next = || queue.lock().unwrap_or_else(PoisonError::into_inner).next();
        while let Some((index, item)) = next() {
            let result = work(item);
            done.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        }
    };
    std::thread::scope(|scope| -> io::Result<()> {
        for _ in 0..threads {
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker)?;
        }
        Ok(())
    })?;
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::parallel_map;

    #[test]
    fn returns_results_in_input_order() {
        let slow_first = |number: u64| {
            std::thread::sleep(std::time::Duration::from_millis(20 - number));
            number * 2
        };
        let expected: Vec<u64> = (0..20).map(|number| number * 2).collect();
        assert_eq!(parallel_map((0..20).collect(), Some(4), slow_first).expect("threads"), expected);
    }
}
