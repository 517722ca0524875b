//! What is shown: the read model in memory, brought up to each committed batch.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use programme::{Fact, Person, ReadModel};
use sync::directory::Directory;
use terms::{ConnectionStatus, DocId, EnrolmentId, rows::Author};
use tokio::sync::{Notify, mpsc, watch};

use crate::{
    engine::{Batch, Changed, Committed, States},
    status::Status,
    storage::changes::ChangeState,
};

/// The read model and the version that grows with it.
#[derive(Debug)]
pub(crate) struct SharedModel {
    model: RwLock<Model>,
    version: watch::Sender<u64>,
    drafts: watch::Sender<u64>,
    /// Something waits to be sent, or somebody asked to try again.
    woken: Notify,
    /// Whoever sends local changes to the relay.
    sender: Mutex<Option<mpsc::UnboundedSender<Committed>>>,
}

/// What views are computed from.
#[derive(Debug)]
pub(crate) struct Model {
    pub(crate) facts: ReadModel,
    pub(crate) directory: Directory,
    pub(crate) status: Status,
}

impl SharedModel {
    /// From what is on the disk.
    pub(crate) fn new(mut model: Model, states: States) -> Self {
        model.facts.set_people(people(&model.directory));
        model.set_states(states);
        Self {
            model: RwLock::new(model),
            version: watch::Sender::new(0),
            drafts: watch::Sender::new(0),
            woken: Notify::new(),
            sender: Mutex::default(),
        }
    }

    /// The model as it is now. Nobody waits for a disk while holding it.
    pub(crate) fn model(&self) -> RwLockReadGuard<'_, Model> {
        self.model.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the version from now on.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.version.subscribe()
    }

    /// Tells of drafts from now on.
    pub(crate) fn watch_drafts(&self) -> watch::Receiver<u64> {
        self.drafts.subscribe()
    }

    /// Local changes as they are committed, from now on. Only the last who asked is told.
    pub(crate) fn listen(&self) -> mpsc::UnboundedReceiver<Committed> {
        let (sender, committed) = mpsc::unbounded_channel();
        *self.sender() = Some(sender);
        committed
    }

    /// Shows what a committed batch changed.
    pub(crate) fn take_in(&self, mut batch: Batch) {
        self.pass_on(std::mem::take(&mut batch.committed));
        if let Some(drafts) = batch.drafts {
            self.model_mut().status.drafts = drafts;
            self.drafts.send_modify(|version| *version += 1);
        }
        if batch.is_empty() {
            return;
        }
        let local = batch.local;
        self.model_mut().take_in(batch);
        self.grow();
        if local {
            self.wake();
        }
    }

    /// Wakes the loop that looks for the relay.
    pub(crate) fn wake(&self) {
        self.woken.notify_one();
    }

    /// Waits until somebody wakes the loop.
    pub(crate) async fn woken(&self) {
        self.woken.notified().await;
    }

    /// Shows how it stands with the relay.
    pub(crate) fn set_connection(&self, connection: ConnectionStatus) {
        let mut model = self.model_mut();
        if model.status.connection != connection {
            model.status.connection = connection;
            drop(model);
            self.grow();
        }
    }

    fn pass_on(&self, committed: Vec<Committed>) {
        let mut sender = self.sender();
        let told = |sender: &mpsc::UnboundedSender<_>| {
            let mut committed = committed.into_iter();
            committed.all(|change| sender.send(change).is_ok())
        };
        // Nobody listens any more: what is pending stands on the disk.
        if sender.as_ref().is_some_and(|sender| !told(sender)) {
            *sender = None;
        }
    }

    fn sender(&self) -> MutexGuard<'_, Option<mpsc::UnboundedSender<Committed>>> {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn grow(&self) {
        self.version.send_modify(|version| *version += 1);
    }

    fn model_mut(&self) -> RwLockWriteGuard<'_, Model> {
        // A panic while writing would have been in `ReadModel`, whose views are total.
        self.model.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Model {
    fn take_in(&mut self, batch: Batch) {
        if let Some(year) = batch.year {
            // How far each change has got is so in any year.
            let states = std::mem::take(self.facts.states_mut());
            self.facts = ReadModel::new(year);
            *self.facts.states_mut() = states;
        }
        for (doc, changed) in batch.documents {
            self.set_document(&doc, changed);
        }
        if let Some(directory) = batch.directory {
            self.facts.set_people(people(&directory));
            self.directory = directory;
        }
        let states = self.facts.states_mut();
        for (change, state) in batch.said {
            match state {
                ChangeState::Acknowledged(seq) => states.set_at_province(change, seq),
                ChangeState::Pending => states.set_on_device(&change),
            }
        }
        if let Some(states) = batch.states {
            self.set_states(states);
        }
        self.status.synced_at = batch.synced_at.or(self.status.synced_at);
    }

    fn set_document(&mut self, doc: &DocId, changed: Changed) {
        let Some(heads) = changed.heads else { return };
        if changed.whole {
            self.facts.forget(doc);
        }
        let facts: Vec<Fact> = changed.facts.into_values().collect();
        self.facts.set_facts(doc, heads, facts);
    }

    fn set_states(&mut self, states: States) {
        self.status.pending = states.pending;
        self.status.quarantined = states.quarantined;
        self.facts.states_mut().set_refused(states.refused);
    }
}

/// The people of a directory as authors.
fn people(directory: &Directory) -> BTreeMap<EnrolmentId, Person> {
    let author = |(enrolment, known): (&EnrolmentId, &sync::directory::Enrolment)| {
        let person = directory.person(&known.person);
        let agency = person.and_then(|person| directory.agency(&person.agency));
        let author = Author {
            enrolment: enrolment.clone(),
            person: person.map(|person| person.name.clone()).unwrap_or_default(),
            agency: agency
                .map(|agency| agency.short.clone())
                .unwrap_or_default(),
        };
        let agency = person.map(|person| person.agency.clone());
        (enrolment.clone(), Person { author, agency })
    };
    directory.enrolments().map(author).collect()
}
