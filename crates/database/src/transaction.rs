//! Several jobs in one transaction, each in a savepoint of its own.

use std::path::Path;

use rusqlite::Connection;

use crate::{Error, ErrorKind};

/// A connection, with what memory holds of its database. Memory follows the disk: what is undone
/// there is undone here.
pub trait Transactional: Send + 'static {
    /// What can go wrong. All jobs of a transaction that can't be committed get the same.
    type Error: Clone + From<Error> + Send + 'static;
    /// What memory held before a job.
    type Before;
    /// What a transaction changed, to be told to others once it is committed.
    type Committed;

    /// The connection.
    fn connection(&self) -> &Connection;

    /// A transaction has begun: other processes may have written since the last one.
    fn begun(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// A job is about to begin.
    fn before_job(&mut self) -> Self::Before;

    /// The job succeeded.
    fn job_done(&mut self, before: Self::Before) {
        drop(before);
    }

    /// The job failed, and nothing of it is on the disk any more.
    fn job_undone(&mut self, before: Self::Before) -> Result<(), Self::Error>;

    /// The last thing to be written in the transaction.
    fn before_commit(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }

    /// The transaction is on the disk. Says what it changed.
    fn committed(&mut self) -> Self::Committed;

    /// The transaction could not be committed, and nothing of it is on the disk.
    fn rolled_back(&mut self);

    /// What other processes have committed, where nothing is written here meanwhile.
    fn poll_other_writers(&mut self) -> Result<Option<Self::Committed>, Self::Error> {
        Ok(None)
    }

    /// No more jobs will come.
    fn finish(&mut self) -> Result<(), Self::Error> {
        Ok(())
    }
}

/// Begins a transaction, with the right to write at once: one that reads first, and then finds that
/// another process has written in between, would fail. Where nothing can be written, jobs can
/// still read.
pub fn begin<S: Transactional>(state: &mut S) -> Result<(), S::Error> {
    match execute(state, "BEGIN IMMEDIATE") {
        Err(error) if error.kind() == ErrorKind::ReadOnly => execute(state, "BEGIN")?,
        begun => begun?,
    }
    state.begun().inspect_err(|_| roll_back(state))
}

/// Does a job within the transaction that was begun: all of it or none. Other jobs of the
/// transaction are not concerned if it fails, unless the system ended the transaction: then
/// [`commit`] fails for all of them.
pub fn attempt<S, T, E>(state: &mut S, job: impl FnOnce(&mut S) -> Result<T, E>) -> Result<T, E>
where
    S: Transactional,
    E: From<S::Error>,
{
    is_open(state).map_err(S::Error::from)?;
    execute(state, "SAVEPOINT job").map_err(S::Error::from)?;
    let before = state.before_job();
    let done = job(state).and_then(|done| {
        execute(state, "RELEASE job").map_err(S::Error::from)?;
        Ok(done)
    });
    match done {
        Ok(done) => {
            state.job_done(before);
            Ok(done)
        }
        Err(error) => {
            let undone = match is_open(state) {
                Ok(()) => execute(state, "ROLLBACK TO job; RELEASE job"),
                Err(_) => Ok(()),
            };
            state.job_undone(before)?;
            // What can't be undone alone must not be committed with the others.
            if undone.is_err() {
                roll_back(state);
            }
            Err(error)
        }
    }
}

/// Commits what was done since [`begin`], and says what that changed. If it fails, nothing is kept.
pub fn commit<S: Transactional>(state: &mut S) -> Result<S::Committed, S::Error> {
    let written = is_open(state)
        .map_err(S::Error::from)
        .and_then(|()| state.before_commit())
        .and_then(|()| Ok(execute(state, "COMMIT")?));
    match written {
        Ok(()) => Ok(state.committed()),
        Err(error) => {
            roll_back(state);
            Err(error)
        }
    }
}

fn roll_back<S: Transactional>(state: &mut S) {
    // Nothing more can be done about an error here: the connection closes the transaction.
    let _ = execute(state, "ROLLBACK");
    state.rolled_back();
}

/// On a full or failing disk SQLite rolls back the whole transaction, with all jobs in it. A
/// savepoint opened after that would start a new transaction: its work would be committed although
/// everybody is told that it failed.
fn is_open<S: Transactional>(state: &S) -> Result<(), Error> {
    if state.connection().is_autocommit() {
        let why = "hệ thống đã hủy lần ghi này";
        return Err(Error::new(ErrorKind::Undone, Path::new(""), why));
    }
    Ok(())
}

fn execute<S: Transactional>(state: &S, sql: &str) -> Result<(), Error> {
    Ok(state.connection().execute_batch(sql)?)
}
