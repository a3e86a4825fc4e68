//! Reproducible random numbers for tests that try many inputs.

/// Linear congruential generator; the same seed gives the same numbers on every machine.
#[derive(Debug)]
pub struct Random {
    state: u64,
}

impl Random {
    /// Returns a generator with this seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Returns a number from 0 to `limit` − 1.
    pub fn below(&mut self, limit: usize) -> usize {
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The upper bits are the random ones; 31 of them fit a `usize` on every platform.
        usize::try_from(self.state >> 33).unwrap_or(0) % limit
    }
}
