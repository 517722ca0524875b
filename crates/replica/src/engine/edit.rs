//! Local changes: made, checked, signed and stored in one piece of work.

use std::{collections::BTreeSet, path::Path};

use programme::{Applied, Document, EditError, EditOutcome, LocalActor, rules};
use sync::{SignedChange, directory::Right};
use terms::{
    AgencyId, ChangeHeader, ChangeId, DocId, EditRequest, Heads, Role, programme::Programme,
};

use super::{Engine, header};
use crate::storage::{
    StoreError, WithFolder, actors,
    changes::{self, ChangeState, NewChange, Taken},
    history,
    person::{self, Edited},
    projection, quarantine,
};

/// Why an edit was not made. Nothing of it is stored.
#[derive(Debug, thiserror::Error)]
pub enum EditProblem {
    /// The rules do not allow it: what was typed, or where.
    #[error("{0}")]
    Rule(EditError),
    /// This person may not write that document.
    #[error(
        "bạn không có quyền ghi vào {0}; nội dung vừa nhập chưa được lưu, hãy gửi cho đơn vị chủ quản"
    )]
    Denied(DocId),
    /// The disk.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl EditProblem {
    /// Whether the same request may succeed later.
    pub fn retry(&self) -> bool {
        matches!(self, Self::Store(error) if error.retry())
    }
}

impl WithFolder for EditProblem {
    fn at(self, folder: &Path) -> Self {
        match self {
            Self::Store(error) => Self::Store(error.at(folder)),
            other => other,
        }
    }
}

impl From<rusqlite::Error> for EditProblem {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl Engine {
    /// Makes an edit; one with a number that was made before is not made again.
    pub(crate) fn edit(&mut self, request: &EditRequest) -> Result<Edited, EditProblem> {
        let EditRequest {
            doc,
            seen,
            reason,
            edit,
            ..
        } = request;
        if let Some(edited) = person::edited(&self.db, request)? {
            return Ok(edited);
        }
        let now = self.now();
        let (agency, role) = self
            .person()
            .ok_or_else(|| EditProblem::Denied(doc.clone()))?;
        let seen = self.without_refused(doc, seen)?;
        let made = self.write(doc, |document, local_actor| {
            rules::check_role(edit, role)?;
            rules::check_writer(doc, &agency, reason.as_deref())?;
            document.edit(local_actor, &seen, edit, reason.as_deref(), now)
        })?;
        let edited = Edited {
            heads: made.heads,
            at: now,
        };
        person::set_edited(&self.db, request, &edited)?;
        Ok(edited)
    }

    /// Makes several edits in their order, all of them or none.
    pub(crate) fn edit_together(
        &mut self,
        requests: &[EditRequest],
    ) -> Result<Vec<Edited>, EditProblem> {
        requests.iter().map(|request| self.edit(request)).collect()
    }

    /// Writes a programme into its document: what differs from what it says already.
    pub(crate) fn import(&mut self, content: &Programme) -> Result<Edited, EditProblem> {
        let now = self.now();
        let doc = DocId::Programme(content.ends.year().unsigned_abs());
        let made = self.write(&doc, |document, local_actor| {
            programme::import(document, local_actor, content, now)
        })?;
        Ok(Edited {
            heads: made.heads,
            at: now,
        })
    }

    /// What a field showed as far as it stands. What was refused since is aside and will not come
    /// back by itself: in its place counts what it was built on.
    fn without_refused(&self, doc: &DocId, seen: &Heads) -> Result<Heads, StoreError> {
        let mut left: Vec<ChangeId> = seen.as_slice().to_vec();
        let (mut looked_at, mut standing) = (BTreeSet::new(), Vec::new());
        while let Some(id) = left.pop() {
            if !looked_at.insert(id) {
                continue;
            }
            match quarantine::one(&self.db, doc, &id)? {
                Some(refused) => left.extend(header(doc, &refused.bytes)?.deps),
                None => standing.push(id),
            }
        }
        Ok(Heads::new(standing))
    }

    /// The agency and the role that this person has now, whatever they were at the enrolment.
    fn person(&self) -> Option<(AgencyId, Role)> {
        let (_, person) = self.directory.author(&self.enrolment)?;
        Some((person.agency.clone(), person.role))
    }

    fn write(
        &mut self,
        doc: &DocId,
        change: impl FnOnce(&mut Document, &LocalActor) -> Result<EditOutcome, EditError>,
    ) -> Result<EditOutcome, EditProblem> {
        if !self.directory.may(&self.enrolment, doc, Right::Write) {
            return Err(EditProblem::Denied(doc.clone()));
        }
        let local_actor = LocalActor {
            author: self.enrolment.clone(),
            prefix: self.prefix(doc)?,
        };
        // From here on the document in memory may be ahead of the disk.
        self.batch.documents.entry(doc.clone()).or_default();
        let document = self.documents.get(&self.db, doc)?;
        let made = change(document, &local_actor).map_err(EditProblem::Rule)?;
        let heads = document.heads();
        let mut stand_again = false;
        if !made.changes.is_empty() {
            stand_again |= self.store_root(doc)?;
        }
        for ((header, bytes), applied) in made.changes.iter().zip(&made.applied) {
            stand_again |= self.store_local(doc, header, bytes)?;
            self.project(doc, &heads, applied)?;
        }
        if stand_again {
            self.try_what_built_on(doc)?;
        }
        self.batch.local = true;
        Ok(made)
    }

    /// The root is in every document from the start; it becomes a change like others once
    /// something builds on it. Whether it had been refused.
    fn store_root(&mut self, doc: &DocId) -> Result<bool, StoreError> {
        let document = self.documents.get(&self.db, doc)?;
        let root = document
            .root()
            .map(|(header, bytes)| (header.clone(), bytes.to_vec()));
        let stands_again = match root {
            Some((header, bytes)) => self.store_local(doc, &header, &bytes)?,
            None => false,
        };
        self.begin_projection(doc)?;
        Ok(stands_again)
    }

    /// What a root says is never applied: a document begins with it. Projects it when the first
    /// change of a document is stored.
    pub(super) fn begin_projection(&mut self, doc: &DocId) -> Result<(), StoreError> {
        if !projection::has(&self.db, doc)? {
            let root = Document::new(doc.clone());
            let (heads, facts) = (root.heads(), root.facts());
            projection::write(&self.db, doc, &heads, &facts)?;
            self.note_facts(doc, heads, &facts, false);
        }
        Ok(())
    }

    /// Stores a change made here, unless it is a birth that is here already. Whether it had been
    /// refused: a birth is the same to the byte whoever makes it.
    fn store_local(
        &mut self,
        doc: &DocId,
        header: &ChangeHeader,
        bytes: &[u8],
    ) -> Result<bool, StoreError> {
        if changes::pending(&self.db, doc, &header.id)?.is_some() {
            return Ok(false);
        }
        let change = if header.birth {
            SignedChange::birth(bytes.to_vec())
        } else {
            let author = self.enrolment.clone();
            SignedChange::sign(bytes.to_vec(), doc, &header.id, author, &self.key)
        };
        let (state, taken) = (ChangeState::Pending, Taken::Stands);
        let new = NewChange {
            doc,
            header,
            change: &change,
            state,
            taken,
        };
        let number = changes::insert(&self.db, &new)?;
        self.note_committed(number, doc, header.clone(), change);
        Ok(quarantine::release(&self.db, doc, &header.id)?)
    }

    /// Brings the projection up to a change that was applied.
    pub(super) fn project(
        &mut self,
        doc: &DocId,
        heads: &Heads,
        applied: &Applied,
    ) -> Result<(), StoreError> {
        projection::write(&self.db, doc, heads, &applied.facts)?;
        history::write(&self.db, doc, &applied.steps)?;
        self.note_facts(doc, heads.clone(), &applied.facts, false);
        Ok(())
    }

    /// The fifteen bytes that this enrolment's actors in a document begin with.
    fn prefix(&mut self, doc: &DocId) -> Result<actors::Prefix, StoreError> {
        match actors::prefix(&self.db, doc)? {
            Some(prefix) => Ok(prefix),
            None => self.draw_prefix(doc),
        }
    }

    /// Writes a document with another prefix from now on.
    pub(super) fn draw_prefix(&mut self, doc: &DocId) -> Result<actors::Prefix, StoreError> {
        let mut prefix = [0; 15];
        self.random.fill(&mut prefix).map_err(StoreError::io)?;
        actors::set_prefix(&self.db, doc, &prefix)?;
        Ok(prefix)
    }
}
