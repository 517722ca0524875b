//! Snapshots for new devices: made when one asks and the last has become old, away from the way
//! that changes take, and kept in memory. They are a cache; the log is what counts.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use axum::body::Bytes;
use programme::Document;
use sync::{
    Cursor, Keypair,
    snapshot::{SignedSnapshot, Snapshot, WORTHWHILE},
};
use terms::DocId;
use tokio::{sync::Semaphore, task};
use tracing::{info, warn};

use crate::{readers::Readers, store::StoreError};

/// How many bytes of snapshots are kept, unless one alone is larger.
const MAX_KEPT: usize = 64 * 1024 * 1024;

/// The snapshots made so far.
#[derive(Debug)]
pub(crate) struct Snapshots {
    kept: Mutex<BTreeMap<DocId, Arc<Made>>>,
    /// One is made at a time: what others do must not wait for them.
    making: Semaphore,
}

/// A snapshot as it travels.
#[derive(Debug)]
pub(crate) struct Made {
    /// The number of the last entry that it holds.
    seq: u64,
    /// What tells it from others of the same document, as HTTP writes it.
    pub(crate) tag: String,
    /// Its bytes.
    pub(crate) bytes: Bytes,
}

impl Default for Snapshots {
    fn default() -> Self {
        Self {
            kept: Mutex::default(),
            making: Semaphore::new(1),
        }
    }
}

impl Snapshots {
    /// A snapshot of a document that is not old; nothing where its stream is light, or holds a
    /// change that no document takes.
    pub(crate) async fn of(
        &self,
        doc: &DocId,
        readers: &Readers,
        key: &Keypair,
    ) -> Result<Option<Arc<Made>>, StoreError> {
        // Never closed, so a place always comes.
        let _place = self.making.acquire().await;
        let kept = self.kept(doc);
        let name = doc.clone();
        let is_at = kept.as_ref().map_or(0, |kept| kept.seq);
        let read = readers.read(move |view| {
            if view.weight_after(&name, is_at)? < WORTHWHILE {
                return Ok(None);
            }
            let changes = view.changes_after(&name, 0, usize::MAX)?;
            Ok(Some((view.head(&name)?, changes)))
        });
        let Some((head, changes)) = read.await? else {
            return Ok(kept);
        };
        let (name, key) = (doc.clone(), key.clone());
        let changes = changes.into_iter().map(|(_, change)| change.bytes);
        let changes: Vec<Vec<u8>> = changes.collect();
        let made = task::spawn_blocking(move || make(name, head, &changes, &key)).await;
        let Ok(Some(made)) = made else {
            warn!(%doc, "no snapshot can be made");
            return Ok(None);
        };
        info!(%doc, seq = made.seq, bytes = made.bytes.len(), "snapshot");
        Ok(Some(self.keep(doc, made)))
    }

    fn kept(&self, doc: &DocId) -> Option<Arc<Made>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(doc).cloned()
    }

    fn keep(&self, doc: &DocId, made: Made) -> Arc<Made> {
        let made = Arc::new(made);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(doc);
        let bytes: usize = kept.values().map(|made| made.bytes.len()).sum();
        if bytes + made.bytes.len() > MAX_KEPT {
            kept.clear();
        }
        kept.insert(doc.clone(), Arc::clone(&made));
        made
    }
}

/// Signed only if what is saved opens again as the same, with every entry of the stream in it.
pub(crate) fn make(doc: DocId, cursor: Cursor, changes: &[Vec<u8>], key: &Keypair) -> Option<Made> {
    let document = Document::load(doc.clone(), changes).ok()?;
    let (heads, saved) = (document.heads(), document.save());
    let opened = Document::open(doc.clone(), &saved).ok()?;
    if opened.heads() != heads || opened.changes().len() != changes.len() {
        return None;
    }
    let snapshot = Snapshot { doc, cursor, heads };
    let signed = SignedSnapshot::sign(snapshot, saved, key);
    Some(Made {
        seq: cursor.seq,
        tag: format!("\"{}-{:?}\"", cursor.seq, cursor.chain),
        bytes: signed.to_bytes().into(),
    })
}
