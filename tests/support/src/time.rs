//! Time limits that hold on a busy machine.

use std::{
    fs,
    time::{Duration, Instant},
};

/// How often work is repeated before its time limit counts as exceeded.
const ATTEMPTS: usize = 3;

/// Runs `work` on this thread and returns its result and the time it took.
///
/// On Linux this is the time that the thread spent on a processor, so that other processes do not count; elsewhere it is
/// the elapsed time.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let (processor, start) = (processor_time(), Instant::now());
    let result = work();
    let elapsed = start.elapsed();
    let taken = processor_time().zip(processor).map(|(end, start)| end.saturating_sub(start));
    // A system that does not count gives 0.
    (result, taken.filter(|taken| !taken.is_zero()).unwrap_or(elapsed))
}

/// Runs `work` up to three times and returns its last result and the shortest time it took, as [`timed`]; the first run
/// within `limit` ends it.
///
/// # Panics
///
/// If all runs take longer than `limit`.
#[track_caller]
pub fn within<T>(limit: Duration, name: &str, mut work: impl FnMut() -> T) -> (T, Duration) {
    let mut shortest = Duration::MAX;
    for _ in 0..ATTEMPTS {
        let (result, taken) = timed(&mut work);
        shortest = shortest.min(taken);
        if shortest <= limit {
            return (result, shortest);
        }
    }
    panic!("{name}: {shortest:?} at best, at most {limit:?} allowed");
}

/// Returns the time that this thread has spent on a processor; `None` where the system does not tell.
fn processor_time() -> Option<Duration> {
    // The first of three numbers: nanoseconds on a processor.
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

#[cfg(test)]
mod tests {
    use std::{
        panic,
        thread::sleep,
        time::{Duration, Instant},
    };

    use super::within;

    #[test]
    fn work_that_always_takes_too_long_panics() {
        let limit = Duration::from_millis(1);
        let busy = || {
            let start = Instant::now();
            while start.elapsed() < Duration::from_millis(500) {}
        };
        panic::catch_unwind(|| within(limit, "busy", busy)).expect_err("too long");
    }

    #[test]
    fn work_that_is_slow_once_passes() {
        let mut runs = 0;
        let (count, _) = within(Duration::from_millis(100), "slow once", || {
            runs += 1;
            if runs == 1 {
                sleep(Duration::from_millis(200));
            }
            runs
        });
        assert!((1..=2).contains(&count));
    }
}
