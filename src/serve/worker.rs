//! A thread that owns something and does one job after another with it.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc,
};

use tokio::sync::oneshot;

use super::answer::Refusal;

/// Room for the deepest document that Typst lays out.
const STACK: usize = 16 << 20;

type Job<T> = Box<dyn FnOnce(&mut T) + Send>;

/// The way to such a thread; it ends when all of these are gone.
pub(super) struct Worker<T> {
    jobs: mpsc::Sender<Job<T>>,
}

impl<T> Clone for Worker<T> {
    fn clone(&self) -> Self {
        Self { jobs: self.jobs.clone() }
    }
}

impl<T: Send + 'static> Worker<T> {
    /// Starts the thread.
    ///
    /// # Errors
    /// The system gives none.
    pub(super) fn start(name: &str, mut owned: T) -> io::Result<Self> {
        let (jobs, queue) = mpsc::channel::<Job<T>>();
        std::thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(move || {
            for job in queue {
                // Whoever waits for a job that broke is told so; the next one finds the thread alive.
                let _ = catch_unwind(AssertUnwindSafe(|| job(&mut owned)));
            }
        })?;
        Ok(Self { jobs })
    }

    /// Leaves a job for which nobody waits.
    pub(super) fn leave(&self, work: impl FnOnce(&mut T) + Send + 'static) {
        let _ = self.jobs.send(Box::new(work));
    }

    /// Has a job done, and waits for what comes of it.
    ///
    /// # Errors
    /// What the job refuses; it broke.
    pub(super) async fn ask<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut T) -> Result<R, Refusal> + Send + 'static,
    ) -> Result<R, Refusal> {
        let (tell, told) = oneshot::channel();
        self.leave(move |owned| {
            let _ = tell.send(work(owned));
        });
        told.await.unwrap_or_else(|_| Err(Refusal::broken()))
    }
}
