//! What is read from the disk rather than from the model: history, words, drafts, exports.

use std::collections::{BTreeMap, BTreeSet};

use programme::HistoryStep;
use rusqlite::Connection as Database;
use terms::{DocId, EnrolmentId, SaveState, TaskId, rows::Draft};

use crate::{
    Replica, export,
    storage::{About, Hit, StoreError, history, person, quarantine, search},
};

/// A step of history that has not reached the province, or was refused there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    /// The document.
    pub doc: DocId,
    /// What was changed.
    pub step: HistoryStep,
    /// Where it is, and why if it was refused.
    pub saved: SaveState,
}

impl Replica {
    /// What was being typed.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        self.query(person::drafts)
    }

    /// What others said of each task since this person last looked at it, the newest first, at
    /// most so many steps of each task.
    pub fn news(
        &self,
        most: usize,
    ) -> Result<BTreeMap<TaskId, Vec<(DocId, HistoryStep)>>, StoreError> {
        let own = self.own_enrolments();
        self.query(|db| history::news(db, &own, most))
    }

    /// The last steps of history that came here, the newest first.
    pub fn recent(&self, most: usize) -> Result<Vec<(DocId, HistoryStep)>, StoreError> {
        self.query(|db| history::recent(db, most))
    }

    /// The history of a field, the newest first.
    pub fn history_field(&self, doc: &DocId, path: &str) -> Result<Vec<HistoryStep>, StoreError> {
        self.query(|db| history::of_field(db, doc, path))
    }

    /// All that was said of a task or a target, in all documents, the newest first.
    pub fn history_about(
        &self,
        about: &About,
        most: usize,
    ) -> Result<Vec<(DocId, HistoryStep)>, StoreError> {
        self.query(|db| history::of(db, about, most))
    }

    /// Finds tasks, targets, agencies and what was written, as one types.
    pub fn search(&self, text: &str) -> Result<Vec<Hit>, StoreError> {
        self.query(|db| search::find(db, text))
    }

    /// The tasks of which somebody wrote these words, or that are called so: all of them.
    pub fn search_tasks(&self, text: &str) -> Result<BTreeSet<TaskId>, StoreError> {
        self.query(|db| search::tasks(db, text))
    }

    /// What has not reached the province, then what it refused, each the oldest first.
    pub fn unsent(&self) -> Result<Vec<Unsent>, StoreError> {
        let pending = self
            .query(history::pending)?
            .into_iter()
            .map(|(doc, step)| Unsent {
                doc,
                step,
                saved: SaveState::Device,
            });
        let refused = self
            .query(quarantine::all)?
            .into_iter()
            .flat_map(|refused| {
                let reason = refused.rejection.to_string();
                refused.steps.into_iter().map(move |step| Unsent {
                    doc: refused.doc.clone(),
                    step,
                    saved: SaveState::Refused {
                        reason: reason.clone(),
                    },
                })
            });
        Ok(pending.chain(refused).collect())
    }

    /// Everything that the documents say.
    pub fn export_json(&self) -> Result<serde_json::Value, StoreError> {
        self.with_reader(export::json)
    }

    /// Every document as Automerge's own library opens it.
    pub fn export_documents(&self) -> Result<Vec<(DocId, Vec<u8>)>, StoreError> {
        self.with_reader(export::documents)
    }

    fn query<T>(
        &self,
        read: impl FnOnce(&Database) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.with_reader(|db| Ok(read(db)?))
    }

    /// This person's enrolments, on whatever device.
    fn own_enrolments(&self) -> BTreeSet<EnrolmentId> {
        let me = self.enrolment();
        self.read(|_, directory| {
            let same = directory
                .enrolments()
                .filter(|(_, known)| known.person == me.person);
            same.map(|(id, _)| id.clone())
                .chain([me.enrolment.clone()])
                .collect()
        })
    }
}
