//! What the relay refuses.

use std::collections::BTreeSet;

use sync::{SignedChange, admit::Rejection};
use terms::{ChangeId, DocId, Timestamp};

use super::{Engine, header};
use crate::storage::{
    StoreError,
    changes::{self, ChangeState, NewChange, Taken},
    history, projection,
    quarantine::{self, Refused},
};

impl Engine {
    /// Puts refused changes aside with whatever builds on them, each with why and what it touched,
    /// and reads the document again from the others: all that went aside. The document goes on
    /// under a new actor, for the numbers of the old one have a gap now.
    pub(crate) fn quarantine(
        &mut self,
        doc: &DocId,
        refused: &[(ChangeId, Rejection)],
    ) -> Result<Vec<ChangeId>, StoreError> {
        let at = self.now();
        let mut aside = Vec::new();
        for (id, rejection) in self.with_what_builds_on(doc, refused)? {
            if self.put_aside(doc, &id, rejection, at)? {
                aside.push(id);
            }
        }
        if aside.is_empty() {
            return Ok(aside);
        }
        self.draw_prefix(doc)?;
        self.read_again(doc)?;
        self.batch.states_changed = true;
        // What the relay has under a number that a refused change had taken.
        changes::try_all_again(&self.db, doc)?;
        self.apply_waiting(doc)?;
        Ok(aside)
    }

    /// The refused changes and what builds on them, in a causal order as far as they stand. No
    /// document could be made of the rest without them, whoever wrote it and whether or not the
    /// relay had it once.
    fn with_what_builds_on(
        &mut self,
        doc: &DocId,
        refused: &[(ChangeId, Rejection)],
    ) -> Result<Vec<(ChangeId, Rejection)>, StoreError> {
        let mut all = Vec::new();
        for (id, rejection) in refused {
            for lost in self.never_given_back(doc, rejection)? {
                all.push((lost, Rejection::Unproved));
            }
            all.push((*id, rejection.clone()));
        }
        let named: BTreeSet<ChangeId> = all.iter().map(|(id, _)| *id).collect();
        let document = self.documents.get(&self.db, doc)?;
        let built = document.building_on(&named).into_iter();
        all.extend(built.map(|(id, dep)| (id, Rejection::BuildsOnRejected(dep))));
        Ok(all)
    }

    /// What the relay lacks for good of what a change builds on: it came here without its author's
    /// signature, and so can't be given back.
    fn never_given_back(
        &self,
        doc: &DocId,
        rejection: &Rejection,
    ) -> Result<Vec<ChangeId>, StoreError> {
        let Rejection::MissingDeps(deps) = rejection else {
            return Ok(Vec::new());
        };
        let mut lost = Vec::new();
        for dep in deps {
            if changes::is_unproved(&self.db, doc, dep)? {
                lost.push(*dep);
            }
        }
        Ok(lost)
    }

    /// Whether the change was here.
    fn put_aside(
        &mut self,
        doc: &DocId,
        id: &ChangeId,
        rejection: Rejection,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let Some(change) = changes::one(&self.db, doc, id)? else {
            return Ok(false);
        };
        let refused = Refused {
            doc: doc.clone(),
            change: *id,
            rejection,
            steps: history::remove(&self.db, doc, id)?,
            at,
        };
        quarantine::keep(&self.db, &refused, &change)?;
        changes::remove(&self.db, doc, id)?;
        self.note_state(*id, ChangeState::Pending);
        Ok(true)
    }

    fn read_again(&mut self, doc: &DocId) -> Result<(), StoreError> {
        self.batch.documents.entry(doc.clone()).or_default();
        self.documents.forget([doc].into_iter());
        let document = self.documents.get(&self.db, doc)?;
        let (heads, facts) = (document.heads(), document.facts());
        projection::replace(&self.db, doc, &heads, &facts)?;
        self.note_facts(doc, heads, &facts, true);
        Ok(())
    }

    /// A refused change stands after all: what went aside only because it built on it is tried
    /// again, whoever wrote it. Something may have gone aside before what it builds on: as long as
    /// anything stands again, the rest is tried once more.
    pub(super) fn try_what_built_on(&mut self, doc: &DocId) -> Result<(), StoreError> {
        let mut aside = quarantine::for_what_they_build_on(&self.db, doc)?;
        loop {
            let before = aside.len();
            let mut still = Vec::new();
            for change in aside {
                match self.apply(doc, &change.bytes)? {
                    Taken::Stands => self.stands_again(doc, &change)?,
                    Taken::Waits => still.push(change),
                    Taken::Refused => {}
                }
            }
            if still.is_empty() || still.len() == before {
                return Ok(());
            }
            aside = still;
        }
    }

    /// A change that was aside has been applied again: it is to be sent.
    fn stands_again(&mut self, doc: &DocId, change: &SignedChange) -> Result<(), StoreError> {
        let header = header(doc, &change.bytes)?;
        quarantine::release(&self.db, doc, &header.id)?;
        let (state, taken) = (ChangeState::Pending, Taken::Stands);
        let new = NewChange {
            doc,
            header: &header,
            change,
            state,
            taken,
        };
        let number = changes::insert(&self.db, &new)?;
        self.note_committed(number, doc, header, change.clone());
        Ok(())
    }
}
