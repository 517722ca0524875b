//! An open replica: what the window, the command line and tests hold.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use database::Ended;
use programme::{ReadModel, Viewer, rules};
use rusqlite::Connection as Database;
use sync::directory::{Directory, Right};
use terms::{
    ConnectionStatus, DocId, EditRequest, Heads, TaskId, Timestamp, programme::Programme,
    rows::Draft,
};
use tokio::{runtime::Handle, sync::watch};

use crate::{
    Clock, Enrolment, Unlocked,
    engine::{EditProblem, Engine},
    online::{SyncContext, SyncLoop},
    opening,
    shared_model::SharedModel,
    status::Status,
    storage::{self, Edited, OpenError, StoreError, WithFolder, history, person},
    writer::{self, Writer},
};

/// One enrolment's copy of the programme. Clones are the same replica.
#[derive(Clone)]
pub struct Replica {
    inner: Arc<Inner>,
}

struct Inner {
    unlocked: Unlocked,
    clock: Arc<dyn Clock>,
    shared_model: Arc<SharedModel>,
    sync_loop: SyncLoop,
    /// None once it was closed.
    open: Mutex<Option<Open>>,
    reader: Mutex<Option<Database>>,
}

struct Open {
    writer: Writer,
    ended: Ended,
}

impl Replica {
    /// Opens the replica of an enrolment, making it if there is none.
    pub fn open(unlocked: Unlocked, clock: Arc<dyn Clock>) -> Result<Self, OpenError> {
        let path = unlocked.folder.join("replica.sqlite");
        let (engine, shared_model) = opening::open(&path, &unlocked, Arc::clone(&clock))?;
        let shared_model = Arc::new(shared_model);
        let reader = storage::open_to_read(&path)?;
        let (writer, ended) = writer::start(engine, Arc::clone(&shared_model))
            .map_err(|error| OpenError::io(&path, error))?;
        let inner = Inner {
            unlocked,
            clock,
            shared_model,
            sync_loop: SyncLoop::default(),
            open: Mutex::new(Some(Open { writer, ended })),
            reader: Mutex::new(Some(reader)),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// Who this is.
    pub fn enrolment(&self) -> &Enrolment {
        &self.inner.unlocked.enrolment
    }

    /// The folder that holds it.
    pub fn folder(&self) -> PathBuf {
        self.inner.unlocked.folder.clone()
    }

    /// The time, by the clock it was opened with.
    pub fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    /// Makes an edit. When this returns it is on the disk; a request sent twice is done once.
    pub async fn edit(&self, request: EditRequest) -> Result<Edited, EditProblem> {
        self.read(|read_model, _| rules::check_in(read_model, &request.edit))
            .map_err(|broken| EditProblem::Rule(broken.into()))?;
        self.write(move |engine| engine.edit(&request)).await
    }

    /// Makes several edits in one step: when this returns all of them are on the disk, or none.
    pub async fn edit_together(
        &self,
        requests: Vec<EditRequest>,
    ) -> Result<Vec<Edited>, EditProblem> {
        for request in &requests {
            self.read(|read_model, _| rules::check_in(read_model, &request.edit))
                .map_err(|broken| EditProblem::Rule(broken.into()))?;
        }
        self.write(move |engine| engine.edit_together(&requests))
            .await
    }

    /// Holds an edit against everything that [`edit`](Self::edit) holds it against. Nothing is
    /// stored.
    pub fn check(&self, request: &EditRequest) -> Result<(), EditProblem> {
        let EditRequest {
            doc, reason, edit, ..
        } = request;
        let Viewer { agency, role, .. } = self.viewer();
        self.read(|read_model, directory| {
            if !directory.may(&self.enrolment().enrolment, doc, Right::Write) {
                return Err(EditProblem::Denied(doc.clone()));
            }
            let rules = rules::check(doc, edit)
                .and_then(|edit| rules::check_in(read_model, &edit))
                .and_then(|()| rules::check_role(edit, role))
                .and_then(|()| rules::check_writer(doc, &agency, reason.as_deref()));
            rules.map_err(|broken| EditProblem::Rule(broken.into()))
        })
    }

    /// Writes a year's programme into its document.
    pub async fn import(&self, content: Programme) -> Result<Edited, EditProblem> {
        self.write(move |engine| engine.import(&content)).await
    }

    /// Reads the model in memory. What is committed is in it.
    pub fn read<R>(&self, read: impl FnOnce(&ReadModel, &Directory) -> R) -> R {
        let model = self.inner.shared_model.model();
        read(&model.facts, &model.directory)
    }

    /// Who looks, with the documents that the directory lets them write.
    pub fn viewer(&self) -> Viewer {
        let me = self.enrolment();
        let model = self.inner.shared_model.model();
        let may = |doc: &DocId| model.directory.may(&me.enrolment, doc, Right::Write);
        let person = model
            .directory
            .author(&me.enrolment)
            .map(|(_, person)| person);
        Viewer {
            enrolment: me.enrolment.clone(),
            agency: person.map_or_else(|| me.agency.clone(), |person| person.agency.clone()),
            role: person.map_or(me.role, |person| person.role),
            writable: model
                .directory
                .readable(&me.enrolment)
                .into_iter()
                .filter(may)
                .collect(),
        }
    }

    /// A number that grows with everything there is to show: a change stored, acknowledged or
    /// refused, the directory, the connection.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.inner.shared_model.watch()
    }

    /// A number that grows when what is typed and not an edit yet changes. That alone changes
    /// nothing else there is to show, and happens several times a second while somebody types.
    pub fn watch_drafts(&self) -> watch::Receiver<u64> {
        self.inner.shared_model.watch_drafts()
    }

    /// What is known about saving and sending.
    pub fn status(&self) -> Status {
        self.inner.shared_model.model().status.clone()
    }

    /// Keeps what is being typed; `None` lets it go.
    pub async fn keep_draft(
        &self,
        doc: DocId,
        path: String,
        draft: Option<(Heads, String)>,
    ) -> Result<(), StoreError> {
        self.write(move |engine| {
            let since = engine.now();
            match draft {
                Some((seen, text)) => {
                    let draft = Draft {
                        doc,
                        path,
                        seen,
                        text,
                        since,
                    };
                    person::keep_draft(&engine.db, &draft)?;
                }
                None => person::drop_draft(&engine.db, &doc, &path)?,
            }
            engine.note_drafts();
            Ok(())
        })
        .await
    }

    /// The person has seen a task: its news is no news any more.
    pub async fn looked(&self, task: TaskId) -> Result<(), StoreError> {
        self.write(move |engine| {
            history::look(&engine.db, &task)?;
            engine.note_other();
            Ok(())
        })
        .await
    }

    /// Looks for the relay from now on and exchanges changes with it. Never fails: how it stands
    /// is in the status.
    pub fn go_online(&self, handle: &Handle) {
        let open = self
            .inner
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(open) = open.as_ref() else { return };
        let means = SyncContext {
            enrolment: self.enrolment().clone(),
            clock: Arc::clone(&self.inner.clock),
            writer: open.writer.clone(),
            shared_model: Arc::clone(&self.inner.shared_model),
        };
        self.inner.sync_loop.start(handle, means);
    }

    /// Tries to reach the relay at once.
    pub fn sync_now(&self) {
        self.inner.shared_model.wake();
    }

    /// Stops looking for the relay.
    pub fn go_offline(&self) {
        self.inner.sync_loop.stop();
        self.inner
            .shared_model
            .set_connection(ConnectionStatus::Offline);
    }

    /// Closes it for all its clones, when all that was handed to it is on the disk.
    pub async fn close(self) {
        if let Some(running) = self.inner.sync_loop.stop() {
            // Aborted: it ends at its next step.
            let _ = running.await;
        }
        self.inner
            .shared_model
            .set_connection(ConnectionStatus::Offline);
        // The reader is closed first: the connection that closes last checkpoints the WAL, and only
        // the writer's may do that.
        self.inner
            .reader
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let open = self
            .inner
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(Open { writer, ended }) = open {
            drop(writer);
            ended.wait().await;
        }
    }

    /// Whether it can still be written: not once it was closed, nor after its thread died of a
    /// fault in this program. What was committed is on the disk; opening it again goes on.
    pub fn is_open(&self) -> bool {
        let open = self
            .inner
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        open.as_ref().is_some_and(|open| open.writer.is_running())
    }

    /// The connection that reads, while the replica is open.
    pub(crate) fn with_reader<T>(
        &self,
        read: impl FnOnce(&Database) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let reader = self
            .inner
            .reader
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        read(reader.as_ref().ok_or(StoreError::Closed)?)
    }

    async fn write<T, E>(
        &self,
        work: impl FnOnce(&mut Engine) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + WithFolder + Send + 'static,
    {
        let writer = {
            let open = self
                .inner
                .open
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            open.as_ref().map(|open| open.writer.clone())
        };
        let done = writer.ok_or(StoreError::Closed)?.call(work).await;
        done.map_err(|error: E| error.at(&self.inner.unlocked.folder))
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.sync_loop.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{FixedClock, doc, narrative, unlocked};

    #[tokio::test]
    async fn what_dies_of_a_fault_is_told_and_can_be_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        let open =
            || Replica::open(unlocked(folder.path(), "td-an"), Arc::new(FixedClock)).unwrap();
        let an = open();
        an.edit(narrative(Heads::default(), 1, "Một."))
            .await
            .unwrap();
        assert!(an.is_open());
        let died = an
            .write(|_| -> Result<(), StoreError> { panic!("a fault") })
            .await;
        assert!(matches!(died, Err(StoreError::Closed)), "{died:?}");
        while an.is_open() {
            tokio::task::yield_now().await;
        }
        let again = open();
        let heads = |replica: &Replica| replica.read(|read_model, _| read_model.heads(&doc()));
        assert_eq!(heads(&again), heads(&an));
        again
            .edit(narrative(heads(&again), 2, "Hai."))
            .await
            .unwrap();
        again.close().await;
    }

    #[tokio::test]
    async fn a_full_disk_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let an = Replica::open(unlocked(folder.path(), "td-an"), Arc::new(FixedClock)).unwrap();
        let room = |pages: &'static str| {
            an.write(move |engine| {
                let set = format!("PRAGMA max_page_count = {pages}");
                let set = engine.db.query_row(&set, [], |row| row.get::<_, i64>(0));
                Ok::<_, StoreError>(set.map(|_| ())?)
            })
        };
        room("1").await.unwrap();
        let long = "x".repeat(9_000);
        let full = an.edit(narrative(Heads::default(), 1, &long)).await;
        let full = full.unwrap_err().to_string();
        let place = an.folder().display().to_string();
        assert!(
            full.contains(&place) && full.contains("chưa được lưu"),
            "{full}"
        );
        assert_eq!(an.status().pending, 0);
        room("1000000").await.unwrap();
        an.edit(narrative(Heads::default(), 1, &long))
            .await
            .unwrap();
        assert_eq!(an.status().pending, 1);
        an.close().await;
    }
}
