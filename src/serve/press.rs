//! The thread that sets pages and keeps what Typst remembers of them.

use std::{io, sync::Arc};

use super::{Setup, worker::Worker};

/// What the thread owns.
pub(super) struct Press {
    setup: Arc<Setup>,
}

impl Press {
    /// Starts it.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(super) fn start(setup: Arc<Setup>) -> io::Result<Worker<Self>> {
        Worker::start("press", Self { setup })
    }
}
