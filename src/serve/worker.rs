//! A thread that owns a value and runs jobs on it one after another.

use std::{io, sync::mpsc};

use tokio::sync::oneshot;

use super::answer::Refusal;
use crate::batch::STACK;
use gongbao_core::isolate::isolated;

type Job<T> = Box<dyn FnOnce(&mut T) + Send>;

/// Handle to a worker thread; the thread exits when the last handle is dropped.
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
    /// The thread cannot be started.
    pub(super) fn start(name: &str, mut owned: T) -> io::Result<Self> {
        let (jobs, queue) = mpsc::channel::<Job<T>>();
        std::thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(move || {
            for job in queue {
                // A panic ends the job, not the thread; `run` then returns an error.
                let _ = isolated(|| job(&mut owned));
            }
        })?;
        Ok(Self { jobs })
    }

    /// Queues a job without waiting for it.
    pub(super) fn post(&self, work: impl FnOnce(&mut T) + Send + 'static) {
        let _ = self.jobs.send(Box::new(work));
    }

    /// Queues a job and waits for its result.
    ///
    /// # Errors
    /// The job returned a refusal or panicked.
    pub(super) async fn run<R: Send + 'static>(
        &self,
        work: impl FnOnce(&mut T) -> Result<R, Refusal> + Send + 'static,
    ) -> Result<R, Refusal> {
        let (sender, receiver) = oneshot::channel();
        self.post(move |owned| {
            let _ = sender.send(work(owned));
        });
        receiver.await.unwrap_or_else(|_| Err(Refusal::broken()))
    }
}
