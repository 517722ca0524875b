//! Snapshots for new devices: made when one asks and the last has become old, on threads of their
//! own so that changes don't wait, and kept in memory. They are a cache; the log is what counts.

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
    kept: Mutex<BTreeMap<DocId, Kept>>,
    /// One is made at a time: what others do must not wait for them.
    making: Semaphore,
}

/// How it went when a snapshot was last made.
#[derive(Debug, Clone, Default)]
struct Kept {
    /// What the stream weighed then. None is made again before it is much heavier, whether one
    /// could be made or not: a change that no document takes stays in the log.
    weight: u64,
    /// The last that could be made. The stream has what came later.
    made: Option<Arc<EncodedSnapshot>>,
}

/// A snapshot as it travels.
#[derive(Debug)]
pub(crate) struct EncodedSnapshot {
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
    ) -> Result<Option<Arc<EncodedSnapshot>>, StoreError> {
        // Never closed, so a place always comes.
        let _place = self.making.acquire().await;
        let kept = self.kept(doc);
        let (name, tried) = (doc.clone(), kept.weight);
        let read = readers.read(move |tx| {
            let weight = tx.weight(&name)?;
            if weight < tried.saturating_add(WORTHWHILE) {
                return Ok(None);
            }
            let changes = tx.changes_after(&name, 0, usize::MAX)?;
            Ok(Some((weight, tx.tail(&name)?, changes)))
        });
        let Some((weight, tail, changes)) = read.await? else {
            return Ok(kept.made);
        };
        let (name, key) = (doc.clone(), key.clone());
        let changes = changes.into_iter().map(|(_, change)| change.bytes);
        let changes: Vec<Vec<u8>> = changes.collect();
        let made = task::spawn_blocking(move || make(name, tail, &changes, &key)).await;
        let made = if let Ok(Some(made)) = made {
            info!(%doc, seq = tail.seq, bytes = made.bytes.len(), "snapshot");
            Some(Arc::new(made))
        } else {
            warn!(%doc, seq = tail.seq, "no snapshot can be made");
            kept.made
        };
        self.keep(doc, weight, made.clone());
        Ok(made)
    }

    fn kept(&self, doc: &DocId) -> Kept {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(doc).cloned().unwrap_or_default()
    }

    fn keep(&self, doc: &DocId, weight: u64, made: Option<Arc<EncodedSnapshot>>) {
        let len = |kept: &Kept| kept.made.as_ref().map_or(0, |made| made.bytes.len());
        let new = Kept { weight, made };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(doc);
        if kept.values().map(len).sum::<usize>() + len(&new) > MAX_KEPT {
            // Those that can't be made weigh nothing.
            kept.retain(|_, kept| kept.made.is_none());
        }
        kept.insert(doc.clone(), new);
    }
}

/// Signed only if what is saved opens again as the same, with every entry of the stream in it.
pub(crate) fn make(
    doc: DocId,
    cursor: Cursor,
    changes: &[Vec<u8>],
    key: &Keypair,
) -> Option<EncodedSnapshot> {
    let document = Document::load(doc.clone(), changes).ok()?;
    let (heads, saved) = (document.heads(), document.save());
    let opened = Document::open(doc.clone(), &saved).ok()?;
    if opened.heads() != heads || opened.changes().len() != changes.len() {
        return None;
    }
    let snapshot = Snapshot { doc, cursor, heads };
    let signed = SignedSnapshot::sign(snapshot, saved, key);
    Some(EncodedSnapshot {
        tag: format!("\"{}-{:?}\"", cursor.seq, cursor.chain),
        bytes: signed.to_bytes().into(),
    })
}
