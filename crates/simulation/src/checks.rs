//! What must hold, whatever happens.

use std::collections::{BTreeMap, BTreeSet};

use programme::Document;
use replica::{StoreError, stepped::Held};
use sync::{
    admit::Rejection,
    client::Status,
    directory::Right,
    frame::{MAX_FRAME, WINDOW},
};
use terms::{ChangeId, DocId};

use super::{Network, document, typing::Typed};

/// What the relay has of each document, with numbers.
type Logs = BTreeMap<DocId, BTreeMap<ChangeId, u64>>;

impl Network {
    /// What must hold at any moment: no database fails, nothing typed is forgotten, every document
    /// can be made of what stands and says what is shown, nothing is stored that was not allowed,
    /// nothing is taken for acknowledged or refused without the relay's answer, queues are bounded.
    pub fn check(&mut self) -> Result<(), String> {
        if let Some(failure) = self.failures.first() {
            return Err(failure.clone());
        }
        let logs = self.logs()?;
        for replica in 0..self.replicas.len() {
            let checked = self
                .check_documents(replica)
                .and_then(|()| self.check_words(replica))
                .and_then(|()| self.check_answers(replica, &logs));
            checked.map_err(|why| format!("replica {replica}: {why}"))?;
        }
        if let Some(id) = self.relay.admitted_wrongly.first() {
            return Err(format!(
                "the relay stored {id:?}, whose author might not write"
            ));
        }
        // The window, what was read at once when it was nearly empty, and short answers.
        let bound = usize::try_from(WINDOW).unwrap_or_default() + 2 * MAX_FRAME;
        if self.most_in_flight > bound {
            return Err(format!(
                "{} bytes were under way to a replica",
                self.most_in_flight
            ));
        }
        Ok(())
    }

    fn logs(&mut self) -> Result<Logs, String> {
        let mut logs = Logs::new();
        for doc in (0..self.agencies).map(document) {
            let page = self.relay.log.page(&doc, 0, usize::MAX);
            let entries = page.map_err(|error| error.to_string())?.entries.into_iter();
            let log = entries.map(|entry| (entry.id, entry.cursor.seq)).collect();
            logs.insert(doc, log);
        }
        Ok(logs)
    }

    /// Every document loads, and what is shown is what it says.
    fn check_documents(&self, replica: usize) -> Result<(), String> {
        let engine = &self.replicas[replica].replica;
        let held = engine.changes().map_err(told)?;
        let docs: BTreeSet<&DocId> = held.iter().map(|held| &held.doc).collect();
        for doc in docs {
            let made: Document = engine.document(doc).map_err(told)?;
            let shown = engine.read(|world, _| world.heads(doc));
            if made.heads() != shown {
                return Err(format!("{doc} shows other heads than it has"));
            }
            if made.facts() != engine.facts(doc).map_err(told)? {
                return Err(format!("{doc} shows something else than it says"));
            }
        }
        Ok(())
    }

    /// Every text that was typed here is a draft, in the history of what is pending or
    /// acknowledged, or among what was refused.
    fn check_words(&self, replica: usize) -> Result<(), String> {
        let engine = &self.replicas[replica].replica;
        let drafts = engine.drafts().map_err(told)?.into_iter();
        let mut all: String = drafts.map(|draft| draft.text).collect();
        let refused = engine.refused().map_err(told)?.into_iter();
        let refused = refused.flat_map(|refused| refused.steps);
        let steps = engine.recent(usize::MAX).map_err(told)?.into_iter();
        for touch in refused.chain(steps.map(|(_, touch)| touch)) {
            all.push_str(touch.to.as_str().unwrap_or_default());
        }
        let typed = self.typed.iter().filter(|typed| typed.replica == replica);
        let forgotten = typed
            .filter(|typed| !typed.lost)
            .find(|typed| !all.contains(&typed.word));
        match forgotten {
            Some(typed) => Err(format!("the text {} is nowhere", typed.word)),
            None => Ok(()),
        }
    }

    /// A change is acknowledged only if the log has it, and aside only if the relay refused it, or
    /// one that it builds on, or could never have taken it.
    fn check_answers(&self, replica: usize, logs: &Logs) -> Result<(), String> {
        let engine = &self.replicas[replica].replica;
        for held in engine.changes().map_err(told)? {
            // What a restored relay had acknowledged, its replicas remember.
            let in_log = logs.get(&held.doc).and_then(|log| log.get(&held.id));
            let known = in_log.is_some() && held.relay_seq.is_none_or(|seq| in_log == Some(&seq));
            if !(held.is_pending || self.restored || known) {
                return Err(format!("{:?} counts as acknowledged", held.id));
            }
        }
        for refused in engine.refused().map_err(told)? {
            let id = refused.change;
            let answered = match refused.rejection {
                Rejection::BuildsOnRejected(_) | Rejection::TooLarge(_) | Rejection::Unproved => {
                    true
                }
                Rejection::Revoked
                | Rejection::NotGranted(_)
                | Rejection::BadSignature
                | Rejection::AuthorMismatch
                | Rejection::ActorTaken
                | Rejection::DuplicateSeq
                | Rejection::MissingDeps(_)
                | Rejection::Malformed(_)
                | Rejection::ClockSkew { .. } => self.relay.refused.contains(&id),
            };
            if !answered {
                return Err(format!("{id:?} counts as refused"));
            }
        }
        Ok(())
    }

    /// What must hold once everybody is connected and nothing is under way, besides
    /// [`check`](Self::check): nothing pends, all have the same, everything acknowledged is there,
    /// nothing is aside for what it builds on if all of that stands.
    pub fn check_settled(&mut self) -> Result<(), String> {
        self.check()?;
        let logs = self.logs()?;
        for replica in 0..self.replicas.len() {
            let enrolment = self.replicas[replica].enrolment();
            if self.directory().revoked(enrolment).is_none() {
                let settled = self.check_replica(replica, &logs);
                settled.map_err(|why| format!("replica {replica}: {why}"))?;
            }
        }
        Ok(())
    }

    fn check_replica(&self, replica: usize, logs: &Logs) -> Result<(), String> {
        let device = &self.replicas[replica];
        if *device.client.status() != Status::Live {
            return Err(format!("it is {:?}", device.client.status()));
        }
        let stored = device.replica.read(|_, directory| directory.tail());
        let heads = [device.client.directory().tail(), stored];
        if heads != [self.directory().tail(); 2] {
            return Err("it has another directory than the relay".to_owned());
        }
        let held = device.replica.changes().map_err(told)?;
        for doc in self.directory().readable(device.enrolment()) {
            if let Some(log) = logs.get(&doc) {
                check_same(&doc, &held, log)?;
            }
        }
        let may = |doc: &DocId| self.directory().may(device.enrolment(), doc, Right::Read);
        // Whoever may not read a document any more never hears where in it a change stands.
        let unheard = |held: &Held| !may(&held.doc) && logs[&held.doc].contains_key(&held.id);
        let mut pending = held.iter().filter(|held| held.is_pending);
        if let Some(held) = pending.find(|held| !unheard(held)) {
            return Err(format!("{:?} of {} is pending", held.id, held.doc));
        }
        let stands: BTreeSet<ChangeId> = held.iter().map(|held| held.id).collect();
        for refused in device.replica.refused().map_err(told)? {
            let (doc, id) = (&refused.doc, &refused.change);
            let deps = device.replica.refused_builds_on(doc, id).map_err(told)?;
            // It builds on several changes: one that stands again does not make up for another.
            if matches!(refused.rejection, Rejection::BuildsOnRejected(_))
                && deps.iter().all(|dep| stands.contains(dep))
            {
                return Err(format!("{id:?} is aside for {deps:?}, which stand"));
            }
        }
        Ok(())
    }

    /// What must hold for people once all is settled: whoever may write does, and it arrives. Where
    /// something was lost that nobody can give back, or two machines have one disk, the first try
    /// tells, and the second arrives.
    pub fn check_going_on(&mut self) -> Result<(), String> {
        let mut left = Vec::new();
        for replica in 0..self.replicas.len() {
            for doc in (0..self.agencies).map(document) {
                let enrolment = self.replicas[replica].enrolment();
                if self.directory().may(enrolment, &doc, Right::Write) {
                    left.push((replica, doc));
                }
            }
        }
        for _ in 0..2 {
            let from = self.typed.len();
            for (replica, doc) in &left {
                self.write_large(*replica, doc, 1);
            }
            self.settle()?;
            self.check_settled()?;
            let mut arrived = Vec::new();
            for typed in &self.typed[from..] {
                arrived.push(!self.is_kept_back(typed)?);
            }
            let mut arrived = arrived.into_iter();
            left.retain(|_| arrived.next() == Some(false));
        }
        left.first().map_or(Ok(()), |(replica, doc)| {
            Err(format!("replica {replica} can't go on writing {doc}"))
        })
    }

    /// Whether a text is on its device alone: a draft, or refused.
    fn is_kept_back(&self, typed: &Typed) -> Result<bool, String> {
        let engine = &self.replicas[typed.replica].replica;
        let drafts = engine.drafts().map_err(told)?.into_iter();
        let refused = engine.refused().map_err(told)?.into_iter();
        let steps = refused.flat_map(|refused| refused.steps);
        let refused = steps.filter_map(|step| step.to.as_str().map(str::to_owned));
        let mut texts = drafts.map(|draft| draft.text).chain(refused);
        Ok(texts.any(|text| text.contains(&typed.word)))
    }
}

fn check_same(doc: &DocId, held: &[Held], log: &BTreeMap<ChangeId, u64>) -> Result<(), String> {
    // What came in a snapshot, was lost by the relay before its proof had come, and by whoever
    // wrote it as well, nobody can give back.
    let lost = |held: &&Held| !held.is_proved && !log.contains_key(&held.id);
    let held = held
        .iter()
        .filter(|held| held.doc == *doc && !held.is_pending);
    let held: Vec<&Held> = held.filter(|held| !lost(held)).collect();
    let ids: BTreeSet<ChangeId> = held.iter().map(|held| held.id).collect();
    let numbered = |held: &&Held| {
        held.relay_seq
            .is_none_or(|seq| log.get(&held.id) == Some(&seq))
    };
    if ids.iter().eq(log.keys()) && held.iter().all(numbered) {
        return Ok(());
    }
    Err(format!("{doc}: the log has {log:?}, here is {held:?}"))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is what a result is mapped with"
)]
fn told(error: StoreError) -> String {
    error.to_string()
}
