//! The one thread that writes a database.
//!
//! Jobs come over a bounded queue. What waits at the same moment shares a transaction, and so one
//! `fsync`; nobody is answered, and nothing is told to others, before it has been committed.

use std::{convert::Infallible, io, thread};

use tokio::sync::{mpsc, oneshot};

use crate::{Error, Transactional, attempt, begin, commit};

/// How much waits, and how much shares a transaction.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Jobs that may wait. More make whoever asks wait.
    pub waiting: usize,
    /// The most jobs in one transaction.
    pub together: usize,
}

/// Hears how transactions end, on the thread that writes.
pub trait Observer<S: Transactional>: Send {
    /// A transaction is on the disk, of this process or of another one; those here whose jobs it were
    /// are not answered yet.
    fn committed(&mut self, committed: &mut S::Committed);

    /// A transaction of this process is on the disk, and those whose jobs it were are answered.
    fn answered(&mut self, committed: S::Committed) {
        drop(committed);
    }

    /// A transaction could not be begun or committed.
    fn failed(&mut self, error: &S::Error);
}

/// A job, and then the answer to whoever asked, which comes when the transaction has ended.
type Job<S> = Box<dyn FnOnce(Result<&mut S, <S as Transactional>::Error>) -> Answer<S> + Send>;
type Answer<S> = Box<dyn FnOnce(Result<(), <S as Transactional>::Error>) + Send>;

enum Message<S: Transactional> {
    Job(Job<S>),
    PollOtherWriters,
}

/// Why a job was not taken at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrySendError {
    /// As many wait as may.
    Full,
    /// The thread has ended.
    Closed,
}

/// Hands jobs to the thread. The thread ends when all handles are gone and what was handed over is
/// done.
pub struct Writer<S: Transactional> {
    messages: mpsc::Sender<Message<S>>,
}

impl<S: Transactional> Clone for Writer<S> {
    fn clone(&self) -> Self {
        Self {
            messages: self.messages.clone(),
        }
    }
}

impl<S: Transactional> std::fmt::Debug for Writer<S> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer")
            .field("running", &self.is_running())
            .finish_non_exhaustive()
    }
}

/// Tells when the thread has ended.
#[derive(Debug)]
pub struct Ended(oneshot::Receiver<Infallible>);

impl Ended {
    /// Waits until the thread has let go of all that it owned, of a fault or because no handle is
    /// left.
    pub async fn wait(self) {
        // Nothing is ever sent: this ends when the other side is dropped.
        let _ = self.0.await;
    }
}

impl<S: Transactional> Writer<S> {
    /// Starts the thread.
    pub fn start(
        name: &str,
        limits: Limits,
        state: S,
        observer: impl Observer<S> + 'static,
    ) -> io::Result<(Self, Ended)> {
        let (messages, queue) = mpsc::channel(limits.waiting);
        let (ended, end) = oneshot::channel();
        let owned = Owned {
            state,
            queue,
            observer,
            together: limits.together,
            _ended: ended,
        };
        thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || owned.run())?;
        Ok((Self { messages }, Ended(end)))
    }

    /// Whether the thread still runs. Once it doesn't, what it owned is free.
    pub fn is_running(&self) -> bool {
        !self.messages.is_closed()
    }

    /// Does a job, all of it or none; what it did is on the disk when this returns.
    pub async fn call<T, E>(
        &self,
        job: impl FnOnce(&mut S) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<S::Error> + Send + 'static,
    {
        let (tell, told) = oneshot::channel();
        let closed = || E::from(S::Error::from(Error::closed()));
        // Whoever asked may be gone; the job is done all the same.
        let answer = move |done: Result<T, E>| drop(tell.send(done));
        if self.send(job, answer).await {
            told.await.unwrap_or_else(|_| Err(closed()))
        } else {
            Err(closed())
        }
    }

    /// Hands over a job once there is room, and does not wait for its end. False if the thread is
    /// gone.
    pub async fn send<T, E>(
        &self,
        job: impl FnOnce(&mut S) -> Result<T, E> + Send + 'static,
        answer: impl FnOnce(Result<T, E>) + Send + 'static,
    ) -> bool
    where
        T: Send + 'static,
        E: From<S::Error> + Send + 'static,
    {
        let message = Message::Job(boxed(job, answer));
        self.messages.send(message).await.is_ok()
    }

    /// Hands over a job if there is room.
    pub fn try_send<T, E>(
        &self,
        job: impl FnOnce(&mut S) -> Result<T, E> + Send + 'static,
        answer: impl FnOnce(Result<T, E>) + Send + 'static,
    ) -> Result<(), TrySendError>
    where
        T: Send + 'static,
        E: From<S::Error> + Send + 'static,
    {
        let sent = self.messages.try_send(Message::Job(boxed(job, answer)));
        sent.map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => TrySendError::Full,
            mpsc::error::TrySendError::Closed(_) => TrySendError::Closed,
        })
    }

    /// Has the thread look for what other processes have committed, unless it is busy: each
    /// transaction begins with that anyway.
    pub fn poll_other_writers(&self) {
        let _ = self.messages.try_send(Message::PollOtherWriters);
    }
}

fn boxed<S, T, E>(
    job: impl FnOnce(&mut S) -> Result<T, E> + Send + 'static,
    answer: impl FnOnce(Result<T, E>) + Send + 'static,
) -> Job<S>
where
    S: Transactional,
    T: Send + 'static,
    E: From<S::Error> + Send + 'static,
{
    Box::new(move |state| {
        let done = state.map_err(E::from).and_then(|state| attempt(state, job));
        Box::new(move |ended| {
            answer(done.and_then(|done| ended.map(|()| done).map_err(E::from)));
        })
    })
}

/// What the thread owns. Rust drops fields in the order in which they are declared, also when a job
/// panics: the state comes first, with its connection and its locks. So whoever sees the queue
/// closed, or hears of the end, can open the same database again.
struct Owned<S: Transactional, O> {
    state: S,
    queue: mpsc::Receiver<Message<S>>,
    observer: O,
    together: usize,
    _ended: oneshot::Sender<Infallible>,
}

impl<S: Transactional, O: Observer<S>> Owned<S, O> {
    fn run(mut self) {
        while let Some(message) = self.queue.blocking_recv() {
            match message {
                Message::Job(first) => self.transaction(first),
                Message::PollOtherWriters => self.poll_other_writers(),
            }
        }
        if let Err(error) = self.state.finish() {
            self.observer.failed(&error);
        }
    }

    /// Does the first job and those that wait in one transaction, and answers when it has ended.
    fn transaction(&mut self, first: Job<S>) {
        let begun = begin(&mut self.state);
        let mut answers = Vec::new();
        let mut next = Some(first);
        while let Some(job) = next.take() {
            let state = begun.as_ref().map(|()| &mut self.state);
            answers.push(job(state.map_err(Clone::clone)));
            if answers.len() < self.together {
                next = self.waiting_job();
            }
        }
        match begun.and_then(|()| commit(&mut self.state)) {
            Ok(mut committed) => {
                self.observer.committed(&mut committed);
                for answer in answers {
                    answer(Ok(()));
                }
                self.observer.answered(committed);
            }
            Err(error) => {
                self.observer.failed(&error);
                for answer in answers {
                    answer(Err(error.clone()));
                }
            }
        }
    }

    fn waiting_job(&mut self) -> Option<Job<S>> {
        loop {
            match self.queue.try_recv().ok()? {
                Message::Job(job) => return Some(job),
                // The transaction has begun with that.
                Message::PollOtherWriters => {}
            }
        }
    }

    fn poll_other_writers(&mut self) {
        match self.state.poll_other_writers() {
            // Nobody here asked for what others have done.
            Ok(Some(mut committed)) => self.observer.committed(&mut committed),
            Ok(None) => {}
            Err(error) => self.observer.failed(&error),
        }
    }
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
