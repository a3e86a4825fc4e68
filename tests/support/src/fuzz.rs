//! Structure-aware fuzzing in process: samples are changed in ways that a format's structure invites, and a reader must
//! read, report or refuse each of them.
//!
//! A test calls [`Fuzz::run`] with samples and a reader. Each try applies a few [`Edit`]s to a sample; where a try fails,
//! proptest finds the fewest and smallest edits that still fail. A try whose outcome was not seen before becomes a sample
//! itself, so that later tries go deeper. The same seed makes the same tries on every machine.
//!
//! | variable | meaning |
//! |---|---|
//! | `GONGBAO_FUZZ_SECONDS` | time for each reader; 2 by default |
//! | `GONGBAO_FUZZ_SEED` | number that selects the tries; 1 by default |
//! | `GONGBAO_FUZZ_REPORT` | folder in which each reader leaves its counts as JSON |
//! | `GONGBAO_FUZZ_PLANT` | kind of bug that readers plant, to prove that the harness finds it |

mod edit;
mod package;

use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
    sync::{
        Arc, Mutex, Once,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use peak_alloc::PeakAlloc;
use proptest::{
    collection::vec,
    prelude::any,
    test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner},
};

pub use edit::{Edit, edited};
pub use package::edited_package;

/// Counts the memory of a test program, which declares it as its allocator:
/// `#[global_allocator] static MEMORY: PeakAlloc = PeakAlloc;`.
pub static MEMORY: PeakAlloc = PeakAlloc;

/// Longest time of one try. Tries take milliseconds; a busy machine makes them wait.
const SLOWEST: Duration = Duration::from_secs(10);
/// A try that takes this long has no end; the process is ended with a message.
const HANGING: Duration = Duration::from_secs(60);
/// Most memory that one try may use in megabytes.
const LARGEST: f32 = 512.0;
/// Tries of one seed.
const BATCH: u32 = 128;
/// Most samples that are kept.
const MOST_SAMPLES: usize = 400;
/// Most edits of one try.
const MOST_EDITS: usize = 3;

/// How samples are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text: words, numbers, quoted texts, brackets and lines.
    Text,
    /// Bytes: numbers of one, two and four bytes.
    Bytes,
    /// A ZIP archive whose parts are text.
    Package,
}

/// What a reader made of a try.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// Whether the try got past the parser: its content was looked at.
    pub past: bool,
    /// What was said about it: codes of rules, kinds of errors. A new combination makes the try a sample.
    pub said: BTreeSet<String>,
}

impl Outcome {
    /// An input that the parser refused.
    pub fn refused(why: impl Into<String>) -> Self {
        Self { past: false, said: BTreeSet::from([why.into()]) }
    }

    /// An input whose content was looked at.
    pub fn past(said: impl IntoIterator<Item = String>) -> Self {
        Self { past: true, said: said.into_iter().collect() }
    }
}

/// A reader to be fuzzed.
pub struct Fuzz<'a> {
    /// Name of the reader, in reports.
    pub reader: &'a str,
    /// How samples are changed.
    pub shape: Shape,
    /// The samples.
    pub samples: Vec<Vec<u8>>,
    /// Words that the format knows, inserted into samples.
    pub words: &'a [&'a str],
    /// Whether tries are measured in memory: only where the test program runs nothing else at the same time.
    pub is_alone: bool,
}

impl Fuzz<'_> {
    /// Tries inputs until the time is over. `read` panics where a property does not hold.
    ///
    /// # Panics
    /// A try failed, took too long or too much memory.
    pub fn run(self, read: impl Fn(&[u8]) -> Outcome) {
        let seconds = number("GONGBAO_FUZZ_SECONDS").unwrap_or(2);
        let seed = number("GONGBAO_FUZZ_SEED").unwrap_or(1);
        silence_tries();
        let watch = Watch::start(self.reader);
        let samples = RefCell::new(self.samples.clone());
        let seen = RefCell::new(BTreeSet::new());
        let (mut tries, mut past, mut batch) = (0_u64, 0_u64, 0_u64);
        // The samples themselves are good inputs.
        for sample in &self.samples {
            watch.note(0, 0);
            self.tried(sample, &read);
        }
        // Time is for changed inputs: slow readers would spend all of it on the samples.
        let until = Instant::now() + Duration::from_secs(seconds);
        while Instant::now() < until {
            batch += 1;
            watch.note(seed, batch);
            let got_past = Cell::new(0_u64);
            let strategy = (any::<u32>(), vec(Edit::any(), 1..=MOST_EDITS));
            TRYING.set(true);
            let tried = runner(self.reader, seed, batch).run(&strategy, |(sample, edits)| {
                let input = {
                    let samples = samples.borrow();
                    let at = usize::try_from(sample).unwrap_or(0) % samples.len();
                    let other = usize::try_from(sample >> 8).unwrap_or(0) % samples.len();
                    self.changed(&samples[at], &samples[other], &edits)
                };
                let outcome = self.tried(&input, &read);
                got_past.set(got_past.get() + u64::from(outcome.past));
                let mut hasher = DefaultHasher::new();
                (outcome.past, &outcome.said).hash(&mut hasher);
                let mut samples = samples.borrow_mut();
                if seen.borrow_mut().insert(hasher.finish()) && samples.len() < MOST_SAMPLES {
                    samples.push(input);
                }
                Ok::<(), TestCaseError>(())
            });
            TRYING.set(false);
            tries += u64::from(BATCH);
            past += got_past.get();
            if let Err(error) = tried {
                self.fail(error, seed, batch, &samples.borrow());
            }
        }
        self.report(tries, past, samples.borrow().len());
    }

    /// Applies edits to a sample.
    fn changed(&self, sample: &[u8], other: &[u8], edits: &[Edit]) -> Vec<u8> {
        match self.shape {
            Shape::Text | Shape::Bytes => {
                edited(sample, other, edits, self.words, self.shape == Shape::Bytes)
            }
            Shape::Package => edited_package(sample, other, edits, self.words),
        }
    }

    /// Runs the reader on one input, and measures it.
    fn tried(&self, input: &[u8], read: &impl Fn(&[u8]) -> Outcome) -> Outcome {
        let start = Instant::now();
        let before = MEMORY.current_usage_as_mb();
        if self.is_alone {
            MEMORY.reset_peak_usage();
        }
        let outcome = read(input);
        if self.is_alone {
            let used = MEMORY.peak_usage_as_mb() - before;
            assert!(used < LARGEST, "{used} MB for an input of {} bytes", input.len());
        }
        assert!(start.elapsed() < SLOWEST, "{:?} for an input of {} bytes", start.elapsed(), input.len());
        outcome
    }

    /// Leaves the smallest failing input in a file and panics.
    fn fail(&self, error: TestError<(u32, Vec<Edit>)>, seed: u64, batch: u64, samples: &[Vec<u8>]) -> ! {
        let (reason, smallest) = match error {
            TestError::Fail(reason, smallest) => (reason.to_string(), Some(smallest)),
            TestError::Abort(reason) => (reason.to_string(), None),
        };
        let file = std::env::temp_dir().join(format!("gongbao-fuzz-{}", self.reader));
        let mut edits = String::new();
        if let Some((sample, changes)) = smallest {
            let at = usize::try_from(sample).unwrap_or(0) % samples.len();
            let other = usize::try_from(sample >> 8).unwrap_or(0) % samples.len();
            let _ = std::fs::write(&file, self.changed(&samples[at], &samples[other], &changes));
            edits = format!("{changes:?}");
        }
        panic!(
            "{}: seed {seed}, batch {batch}: {reason}\nedits: {edits}\ninput: {}",
            self.reader,
            file.display()
        );
    }

    fn report(&self, tries: u64, past: u64, samples: usize) {
        assert!(past > 0, "{}: no try got past the parser", self.reader);
        let counts = serde_json::json!({
            "reader": self.reader, "tries": tries, "past": past, "samples": samples
        });
        if let Some(folder) = std::env::var_os("GONGBAO_FUZZ_REPORT") {
            let file = std::path::Path::new(&folder).join(format!("{}.json", self.reader));
            std::fs::write(file, counts.to_string()).expect("the counts are written");
        }
    }
}

thread_local! {
    /// Whether the thread tries inputs: while proptest looks for the smallest failing input, each try panics.
    static TRYING: Cell<bool> = const { Cell::new(false) };
}

/// Keeps panics of tries from being printed.
fn silence_tries() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !TRYING.get() {
                before(info);
            }
        }));
    });
}

/// Whether a reader plants this kind of bug.
pub fn plants(kind: &str) -> bool {
    std::env::var("GONGBAO_FUZZ_PLANT").is_ok_and(|planted| planted == kind)
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// A runner for one batch of tries, whose random numbers follow from the reader, the seed and the batch.
fn runner(reader: &str, seed: u64, batch: u64) -> TestRunner {
    let mut bytes = [0_u8; 32];
    let mut hasher = DefaultHasher::new();
    reader.hash(&mut hasher);
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..16].copy_from_slice(&batch.to_le_bytes());
    bytes[16..24].copy_from_slice(&hasher.finish().to_le_bytes());
    let config =
        Config { cases: BATCH, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

/// Ends the process if a try has no end: a test cannot end its own thread.
struct Watch {
    state: Arc<Mutex<(Instant, u64, u64)>>,
    over: Arc<AtomicBool>,
    count: AtomicU64,
}

impl Watch {
    fn start(reader: &str) -> Self {
        let state = Arc::new(Mutex::new((Instant::now(), 0, 0)));
        let over = Arc::new(AtomicBool::new(false));
        let (reader, watched, ended) = (reader.to_owned(), Arc::clone(&state), Arc::clone(&over));
        std::thread::spawn(move || {
            while !ended.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(500));
                let (since, seed, batch) = *watched.lock().expect("the state");
                if !ended.load(Ordering::Relaxed) && since.elapsed() > HANGING * 4 {
                    eprintln!("{reader}: seed {seed}, batch {batch} has no end");
                    std::process::abort();
                }
            }
        });
        Self { state, over, count: AtomicU64::new(0) }
    }

    fn note(&self, seed: u64, batch: u64) {
        self.count.fetch_add(1, Ordering::Relaxed);
        *self.state.lock().expect("the state") = (Instant::now(), seed, batch);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.over.store(true, Ordering::Relaxed);
    }
}
