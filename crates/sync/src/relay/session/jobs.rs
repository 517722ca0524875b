//! What a replica asks for and is answered in the order it asked: one thing at a time.

use std::collections::VecDeque;

use terms::{ChangeId, DocId, EnrolmentId};

use crate::{
    Refusal, SignedChange,
    directory::SignedEntry,
    frame::{MAX_FRAME, MAX_OFFER, MAX_UNANSWERED},
    relay::Action,
};

/// How many bytes of requests may wait: two frames of the longest kind.
const MAX_WAITING: usize = 2 * MAX_FRAME;

/// A request that the log answers.
#[derive(Debug)]
pub(super) enum Job {
    /// Store changes.
    Append(DocId, Vec<SignedChange>),
    /// Say which of these changes are missing.
    FindMissing(DocId, Vec<ChangeId>),
    /// Take back entries of the directory.
    AppendDirectory(Vec<SignedEntry>),
}

impl Job {
    fn changes(&self) -> usize {
        match self {
            Self::Append(_, changes) => changes.len(),
            Self::FindMissing(..) | Self::AppendDirectory(_) => 1,
        }
    }
}

/// The queue of requests.
#[derive(Debug, Default)]
pub(super) struct Jobs {
    waiting: VecDeque<(Job, usize)>,
    /// Changes and bytes of the request being answered.
    in_flight: Option<(usize, usize)>,
    /// Changes and bytes of all requests not answered.
    unanswered: (usize, usize),
}

impl Jobs {
    /// One more request, in a frame of so many bytes.
    pub(super) fn add(&mut self, job: Job, bytes: usize) -> Result<(), Refusal> {
        let changes = job.changes();
        let too_many_ids = matches!(&job, Job::FindMissing(_, ids) if ids.len() > MAX_OFFER);
        if changes == 0 {
            return Ok(());
        }
        self.unanswered = (self.unanswered.0 + changes, self.unanswered.1 + bytes);
        self.waiting.push_back((job, bytes));
        if too_many_ids || self.unanswered.0 > MAX_UNANSWERED || self.unanswered.1 > MAX_WAITING {
            return Err(Refusal::TooMuch);
        }
        Ok(())
    }

    /// The request under way was answered.
    pub(super) fn done(&mut self) {
        let (changes, bytes) = self.in_flight.take().unwrap_or_default();
        self.unanswered = (self.unanswered.0 - changes, self.unanswered.1 - bytes);
    }

    /// Asks for the next one.
    pub(super) fn pump(&mut self, pusher: &EnrolmentId, out: &mut Vec<Action>) {
        if self.in_flight.is_some() {
            return;
        }
        let Some((job, bytes)) = self.waiting.pop_front() else {
            return;
        };
        self.in_flight = Some((job.changes(), bytes));
        out.push(match job {
            Job::Append(doc, changes) => Action::Append {
                doc,
                changes,
                pusher: pusher.clone(),
            },
            Job::FindMissing(doc, ids) => Action::FindMissing { doc, ids },
            Job::AppendDirectory(entries) => Action::AppendDirectory(entries),
        });
    }
}
