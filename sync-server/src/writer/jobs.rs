//! What the writing thread can be asked, and how each request runs inside the transaction.

use std::sync::Arc;

use sync::{
    Keypair, SignedChange,
    admit::{self, Checked, Rejection, Request, Verdict},
    directory::{Directory, SignedEntry},
    enrol::{EnrolReply, EnrolRequest},
    relay::{Event, LogEntry, Outcome},
};
use terms::{ChangeId, ChangeMeta, DocId, EnrolmentId, Timestamp};
use tokio::sync::oneshot;

use crate::{
    enrol::{self, EnrolError},
    inbox::Inbox,
    store::{Edit, StoreError},
};

/// A request to the writing thread.
pub(crate) enum Job {
    /// Admit and store changes of one document.
    Append {
        /// The document.
        doc: DocId,
        /// The changes, in order.
        changes: Vec<Candidate>,
        /// Who brings them.
        pusher: EnrolmentId,
        /// Where the answer goes.
        to: Arc<Inbox>,
    },
    /// Take back entries of the directory that this relay signed and then lost.
    AppendDirectory {
        /// In order.
        entries: Vec<SignedEntry>,
        /// Where the answer goes.
        to: Arc<Inbox>,
    },
    /// Enrol a device.
    Enrol {
        /// What the device sent.
        request: EnrolRequest,
        /// Where the answer goes.
        reply: oneshot::Sender<Result<EnrolReply, EnrolError>>,
    },
    /// Write something small, to see that it can be done.
    Probe(oneshot::Sender<bool>),
    /// See what other processes have committed.
    Look,
}

/// A change that somebody asks to store. Its head was read and its signature checked already: that
/// needs no transaction.
pub(crate) struct Candidate {
    /// The change.
    pub(crate) change: SignedChange,
    /// What was found of its signature.
    pub(crate) checked: Option<Checked>,
    /// Its head; or the digest of the bytes, and why they cannot be read.
    pub(crate) head: Result<ChangeMeta, (ChangeId, String)>,
}

/// What a transaction has done, to be told after its commit.
#[derive(Default)]
pub(crate) struct Done {
    /// One for each job.
    pub(crate) answers: Vec<Answer>,
    /// In the order of the log.
    pub(crate) stored: Vec<Stored>,
}

/// What a job is answered.
pub(crate) enum Answer {
    Appended(Vec<Outcome>),
    DirectoryAppended(bool),
    Enrolled(Result<EnrolReply, EnrolError>),
    Writable,
    Nothing,
}

/// A change that is in the log now.
pub(crate) struct Stored {
    pub(crate) doc: DocId,
    pub(crate) entry: LogEntry,
}

/// Runs one job inside the transaction.
pub(crate) fn run(
    job: &Job,
    edit: &Edit<'_>,
    directory: &mut Arc<Directory>,
    key: &Keypair,
    now: Timestamp,
    done: &mut Done,
) -> Result<(), StoreError> {
    let answer = match job {
        Job::Append {
            doc,
            changes,
            pusher,
            ..
        } => {
            let append = Append {
                doc,
                pusher,
                now,
                directory,
                edit,
            };
            let outcomes = changes
                .iter()
                .map(|change| append.one(change, &mut done.stored));
            Answer::Appended(outcomes.collect::<Result<_, _>>()?)
        }
        Job::AppendDirectory { entries, .. } => {
            Answer::DirectoryAppended(append_directory(entries, edit, directory)?)
        }
        Job::Enrol { request, .. } => {
            Answer::Enrolled(enrol::enrol(request, edit, directory, key, now)?)
        }
        Job::Probe(_) => {
            edit.touch()?;
            Answer::Writable
        }
        Job::Look => Answer::Nothing,
    };
    done.answers.push(answer);
    Ok(())
}

/// Answers the jobs of a committed transaction. Whoever is gone is not told.
pub(super) fn answer(jobs: Vec<Job>, answers: Vec<Answer>) {
    for (job, answer) in jobs.into_iter().zip(answers) {
        match (job, answer) {
            (Job::Append { doc, to, .. }, Answer::Appended(outcomes)) => {
                to.answer(Event::Appended { doc, outcomes });
            }
            (Job::AppendDirectory { to, .. }, Answer::DirectoryAppended(fits)) => {
                to.answer(Event::DirectoryAppended(fits));
            }
            (Job::Enrol { reply, .. }, Answer::Enrolled(enrolled)) => drop(reply.send(enrolled)),
            (Job::Probe(reply), Answer::Writable) => drop(reply.send(true)),
            _ => {}
        }
    }
}

/// Answers the jobs of a transaction that failed: nothing of it is stored.
pub(super) fn fail(jobs: Vec<Job>) {
    for job in jobs {
        match job {
            Job::Append { to, .. } | Job::AppendDirectory { to, .. } => to.answer(Event::Failed),
            Job::Enrol { reply, .. } => drop(reply.send(Err(EnrolError::Trouble))),
            Job::Probe(reply) => drop(reply.send(false)),
            Job::Look => {}
        }
    }
}

struct Append<'a> {
    doc: &'a DocId,
    pusher: &'a EnrolmentId,
    now: Timestamp,
    directory: &'a Directory,
    edit: &'a Edit<'a>,
}

impl Append<'_> {
    fn one(&self, candidate: &Candidate, stored: &mut Vec<Stored>) -> Result<Outcome, StoreError> {
        let Candidate {
            change,
            checked,
            head,
        } = candidate;
        let meta = match head {
            Ok(meta) => meta,
            Err((digest, why)) => {
                return Ok(Outcome::Rejected(
                    *digest,
                    Rejection::Malformed(why.clone()),
                ));
            }
        };
        let Self {
            doc,
            pusher,
            now,
            directory,
            edit,
        } = *self;
        let request = Request {
            doc,
            change,
            meta,
            pusher,
            now,
            checked: *checked,
        };
        let store: &crate::store::View<'_> = edit;
        match admit::admit(&request, directory, store)? {
            Verdict::Reject(rejection) => Ok(Outcome::Rejected(meta.id, rejection)),
            Verdict::Known => {
                let seq = edit.seq_of(doc, &meta.id)?.unwrap_or_default();
                Ok(Outcome::Known(seq, meta.id))
            }
            Verdict::Admit => {
                let cursor = edit.append_change(doc, meta, change)?;
                let entry = LogEntry {
                    cursor,
                    id: meta.id,
                    change: change.clone(),
                };
                stored.push(Stored {
                    doc: doc.clone(),
                    entry,
                });
                Ok(Outcome::Stored(cursor.seq, meta.id))
            }
        }
    }
}

/// All of them, or none: whether they go on where the log ends. Those that are there already, the
/// same to the byte, were given back by another replica a moment ago.
fn append_directory(
    entries: &[SignedEntry],
    edit: &Edit<'_>,
    directory: &mut Arc<Directory>,
) -> Result<bool, StoreError> {
    let head = directory.head().seq;
    let (known, new): (Vec<_>, Vec<_>) = entries.iter().partition(|entry| entry.seq <= head);
    if let Some(first) = known.first() {
        let ours = edit.entries_after(first.seq.saturating_sub(1))?;
        if !known.iter().copied().eq(ours.iter().take(known.len())) {
            return Ok(false);
        }
    }
    let mut with_new = Arc::clone(directory);
    let fits = new
        .iter()
        .try_for_each(|entry| Arc::make_mut(&mut with_new).apply(entry))
        .is_ok();
    if fits {
        new.into_iter()
            .try_for_each(|entry| edit.append_entry(entry))?;
        *directory = with_new;
    }
    Ok(fits)
}
