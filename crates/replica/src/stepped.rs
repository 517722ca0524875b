//! A replica whose holder takes every step: no thread, no runtime, no socket, and a database in
//! memory whose bytes the holder keeps. The simulation drives it; so can a browser's worker.
//!
//! It is the same engine as behind [`Replica`](crate::Replica). Each call is one transaction, and is
//! committed and shown when it returns. The holder runs a [`sync::client::Client`] of its own: made
//! of [`Stepped::setup`], fed with [`Stepped::next_committed`], and its actions given to
//! [`Stepped::carry_out`].

use std::{collections::BTreeMap, sync::Arc};

use programme::{Document, Fact, HistoryStep, ReadModel};
use sync::{
    Cursor,
    client::{Action, Event, Setup},
    directory::Directory,
    signatures::ChangeSignature,
    snapshot::SignedSnapshot,
};
use terms::{ChangeId, DocId, EditRequest, EnrolmentId};

use crate::{
    Clock, Draft, EditProblem, Edited, Random, Refused, StoreError, Unlocked,
    engine::{self, Engine},
    online, opening,
    shared_model::SharedModel,
    storage::{self, changes, held, history, person, projection, quarantine},
    untold::Untold,
};

pub use crate::storage::Held;

/// A replica, one step at a time.
pub struct Stepped {
    engine: Engine,
    shared_model: SharedModel,
    untold: Untold,
}

impl Stepped {
    /// Opens the database with these bytes, or a new one.
    pub fn open(
        image: Option<&[u8]>,
        unlocked: &Unlocked,
        clock: Arc<dyn Clock>,
        random: Box<dyn Random>,
    ) -> Result<Self, StoreError> {
        let db = storage::memory::open(image)?;
        let (engine, shared_model) = opening::over(db, unlocked, (clock, random), None)?;
        let untold = Untold::new(shared_model.listen(), 0);
        Ok(Self {
            engine,
            shared_model,
            untold,
        })
    }

    /// The bytes of the database.
    pub fn image(&mut self) -> Result<Vec<u8>, StoreError> {
        storage::memory::image(&mut self.engine.db)
    }

    /// Makes an edit; one with a number that was made before is not made again.
    pub fn edit(&mut self, request: &EditRequest) -> Result<Edited, EditProblem> {
        self.step(|engine| engine.edit(request))
    }

    /// Keeps what is being typed.
    pub fn keep_draft(&mut self, draft: &Draft) -> Result<(), StoreError> {
        self.step(|engine| Ok(person::keep_draft(&engine.db, draft)?))
    }

    /// Lets go what was being typed in a field.
    pub fn drop_draft(&mut self, doc: &DocId, path: &str) -> Result<(), StoreError> {
        self.step(|engine| Ok(person::drop_draft(&engine.db, doc, path)?))
    }

    /// What was being typed.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        Ok(person::drafts(&self.engine.db)?)
    }

    /// What a state machine for this replica starts from. It knows of all that was committed so
    /// far.
    pub fn setup(&mut self, app: &str) -> Result<Setup, StoreError> {
        let (setup, told) = self.engine.setup(app)?;
        self.untold = Untold::new(self.shared_model.listen(), told);
        Ok(setup)
    }

    /// The next change that was committed and that the machine has to be told of.
    pub fn next_committed(&mut self) -> Option<Event> {
        self.untold.try_next()
    }

    /// Carries out what the machine wants of the database, and answers. `live` says that everything
    /// is exchanged as it is made.
    pub fn carry_out(&mut self, action: Action, live: bool) -> Result<Option<Event>, StoreError> {
        let answer = self.step(|engine| engine.carry_out(action, live))?;
        if let Some(Event::Quarantined { changes, .. }) = &answer {
            self.untold.forget(changes);
        }
        Ok(answer)
    }

    /// Begins a document with a snapshot, if it is the relay's and whole; the answer to
    /// [`Action::Begin`].
    pub fn begin(
        &mut self,
        doc: &DocId,
        snapshot: Option<&SignedSnapshot>,
    ) -> Result<Event, StoreError> {
        let relay = *self.engine.directory.relay();
        let opened = snapshot.and_then(|signed| online::open_snapshot(doc, signed, &relay));
        let Some((cursor, changes)) = opened else {
            return Ok(Event::Begun {
                doc: doc.clone(),
                cursor: Cursor::START,
                ids: Vec::new(),
            });
        };
        self.step(|engine| engine.begin_with(doc, &changes, cursor))?;
        Ok(Event::Begun {
            doc: doc.clone(),
            cursor,
            ids: changes.iter().map(|change| change.id).collect(),
        })
    }

    /// The changes whose authors' signatures have not come, with the author.
    pub fn without_signature(
        &self,
    ) -> Result<BTreeMap<DocId, BTreeMap<ChangeId, EnrolmentId>>, StoreError> {
        Ok(changes::without_signature(&self.engine.db)?)
    }

    /// Stores authors' signatures, checked.
    pub fn store_signatures(
        &mut self,
        doc: &DocId,
        signatures: &[ChangeSignature],
    ) -> Result<(), StoreError> {
        self.step(|engine| engine.store_signatures(doc, signatures))
    }

    /// Reads the model in memory. What is committed is in it.
    pub fn read<R>(&self, read: impl FnOnce(&ReadModel, &Directory) -> R) -> R {
        let model = self.shared_model.model();
        read(&model.facts, &model.directory)
    }

    /// Every change that is here and not aside, in the order in which they came to stand.
    pub fn changes(&self) -> Result<Vec<Held>, StoreError> {
        Ok(held::all(&self.engine.db)?)
    }

    /// What the relay refused, the oldest first.
    pub fn refused(&self) -> Result<Vec<Refused>, StoreError> {
        Ok(quarantine::all(&self.engine.db)?)
    }

    /// What a refused change builds on; nothing if it is not aside.
    pub fn refused_builds_on(
        &self,
        doc: &DocId,
        id: &ChangeId,
    ) -> Result<Vec<ChangeId>, StoreError> {
        match quarantine::one(&self.engine.db, doc, id)? {
            Some(change) => Ok(engine::header(doc, &change.bytes)?.deps),
            None => Ok(Vec::new()),
        }
    }

    /// The last steps of history that came here, the newest first.
    pub fn recent(&self, most: usize) -> Result<Vec<(DocId, HistoryStep)>, StoreError> {
        Ok(history::recent(&self.engine.db, most)?)
    }

    /// What a document says, as it is shown.
    pub fn facts(&self, doc: &DocId) -> Result<Vec<Fact>, StoreError> {
        Ok(projection::read(&self.engine.db, doc)?)
    }

    /// A document, made anew of the changes that stand.
    pub fn document(&self, doc: &DocId) -> Result<Document, StoreError> {
        engine::load(&self.engine.db, doc)
    }

    fn step<T, E: From<StoreError>>(
        &mut self,
        work: impl FnOnce(&mut Engine) -> Result<T, E>,
    ) -> Result<T, E> {
        self.engine.begin()?;
        let done = self.engine.attempt(work);
        let batch = self.engine.commit()?;
        self.shared_model.take_in(batch);
        done
    }
}
