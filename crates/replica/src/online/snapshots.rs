//! Fetches snapshots: a document that is not here yet begins with one, where the relay has one.

use futures_util::{StreamExt as _, stream};
use programme::Document;
use sync::{
    Cursor, PublicKey, SignedChange, Ticket,
    client::{Event, StreamEntry},
    snapshot::SignedSnapshot,
};
use terms::DocId;
use tokio::{
    sync::mpsc,
    task::{self, JoinSet},
};

use super::http::{HttpClient, HttpError};
use crate::{storage::StoreError, writer::Writer};

/// How many snapshots are read at the same time.
const AT_ONCE: usize = 4;

/// Answers that may wait for the state machine.
const WAITING: usize = 16;

/// Begins documents, beside the live connection.
pub(super) struct SnapshotFetcher {
    context: FetchContext,
    tell: mpsc::Sender<FetchResult>,
    announced: mpsc::Receiver<FetchResult>,
    running: JoinSet<()>,
}

/// What became of one document; the disk can fail.
pub(super) type FetchResult = Result<Event, StoreError>;

#[derive(Clone)]
struct FetchContext {
    http: HttpClient,
    relay: PublicKey,
    writer: Writer,
}

impl SnapshotFetcher {
    pub(super) fn new(http: HttpClient, relay: PublicKey, writer: Writer) -> Self {
        let (tell, announced) = mpsc::channel(WAITING);
        Self {
            context: FetchContext {
                http,
                relay,
                writer,
            },
            tell,
            announced,
            running: JoinSet::new(),
        }
    }

    /// Begins these documents; for each an answer comes.
    pub(super) fn begin(&mut self, docs: Vec<DocId>, ticket: Ticket) {
        let (context, tell) = (self.context.clone(), self.tell.clone());
        self.running.spawn(begin(context, docs, ticket, tell));
    }

    /// What has become of one document. Safe to drop and call again.
    pub(super) async fn next(&mut self) -> FetchResult {
        // Never closed, because `self` holds a sender.
        match self.announced.recv().await {
            Some(begun) => begun,
            None => std::future::pending().await,
        }
    }

    /// The connection is gone. What was handed to the disk is still done there; the state machine
    /// asks for the documents again all the same.
    pub(super) fn stop(&mut self) {
        self.running = JoinSet::new();
        while self.announced.try_recv().is_ok() {}
    }
}

async fn begin(
    context: FetchContext,
    docs: Vec<DocId>,
    ticket: Ticket,
    tell: mpsc::Sender<FetchResult>,
) {
    let listed = context.http.list(ticket).await.unwrap_or_else(|error| {
        tracing::info!(%error, "no snapshots");
        Vec::new()
    });
    let (context, tell) = (&context, &tell);
    stream::iter(docs)
        .for_each_concurrent(AT_ONCE, |doc| {
            let is_listed = listed.contains(&doc);
            async move {
                let begun = if is_listed {
                    context.one(doc, ticket).await
                } else {
                    Ok(nothing(doc))
                };
                // Nobody listens where the connection has ended.
                let _ = tell.send(begun).await;
            }
        })
        .await;
}

/// The stream is read from its start.
fn nothing(doc: DocId) -> Event {
    let (cursor, ids) = (Cursor::START, Vec::new());
    Event::Begun { doc, cursor, ids }
}

impl FetchContext {
    /// Begins one document. Where no snapshot can be had, the stream has everything as well.
    async fn one(&self, doc: DocId, ticket: Ticket) -> FetchResult {
        let (cursor, changes) = match self.fetch(&doc, ticket).await {
            Ok(fetched) => fetched,
            Err(error) => {
                tracing::warn!(%doc, %error, "no snapshot");
                return Ok(nothing(doc));
            }
        };
        let ids = changes.iter().map(|change| change.id).collect();
        let name = doc.clone();
        let store = self
            .writer
            .call(move |engine| engine.begin_with(&name, &changes, cursor));
        store.await?;
        Ok(Event::Begun { doc, cursor, ids })
    }

    async fn fetch(
        &self,
        doc: &DocId,
        ticket: Ticket,
    ) -> Result<(Cursor, Vec<StreamEntry>), HttpError> {
        let snapshot = self.http.snapshot(doc, ticket).await?;
        let (doc, relay) = (doc.clone(), self.relay);
        let opened = task::spawn_blocking(move || open(&doc, &snapshot, &relay)).await;
        opened.ok().flatten().ok_or(HttpError::Nonsense)
    }
}

/// The changes in a snapshot, if it is the relay's and holds exactly what the relay signed: the
/// heads hash every change that led to them.
pub(crate) fn open(
    doc: &DocId,
    signed: &SignedSnapshot,
    relay: &PublicKey,
) -> Option<(Cursor, Vec<StreamEntry>)> {
    let snapshot = &signed.snapshot;
    if !signed.is_of(relay) || snapshot.doc != *doc {
        return None;
    }
    let document = Document::open(doc.clone(), &signed.saved).ok()?;
    let changes = document.changes();
    let whole = u64::try_from(changes.len()) == Ok(snapshot.cursor.seq);
    if document.heads() != snapshot.heads || !whole {
        return None;
    }
    let arrived = changes.into_iter().map(|(header, bytes)| {
        let author = header.author.clone();
        let change = SignedChange {
            bytes,
            author,
            signature: None,
        };
        StreamEntry {
            id: header.id,
            change: Some((change, header)),
        }
    });
    Some((snapshot.cursor, arrived.collect()))
}

#[cfg(test)]
mod tests {
    use sync::{Keypair, snapshot::Snapshot};
    use terms::Heads;

    use super::*;
    use crate::testing;

    #[test]
    fn a_snapshot_is_taken_only_whole_and_from_the_relay() {
        let doc = testing::doc();
        let [relay, other] = [1, 2].map(|seed| Keypair::from_seed(&[seed; 32]));
        let document = Document::new(doc.clone());
        let root = document.changes()[0].0.id;
        let good = Snapshot {
            doc: doc.clone(),
            cursor: Cursor::START.then(&root),
            heads: document.heads(),
        };
        let open_by = |snapshot: &Snapshot, saved: &[u8], by: &Keypair| {
            let signed = SignedSnapshot::sign(snapshot.clone(), saved.to_vec(), by);
            open(&doc, &signed, &relay.public())
        };
        let saved = document.save();
        let (cursor, changes) = open_by(&good, &saved, &relay).unwrap();
        assert_eq!((cursor, changes.len()), (good.cursor, 1));
        // Somebody else's; of another document; with something else in it; not all of the stream.
        assert_eq!(open_by(&good, &saved, &other), None);
        let review: DocId = testing::id("review/2019/huyen-tran-de");
        let elsewhere = Document::new(review.clone());
        let misplaced = Snapshot {
            doc: review,
            heads: elsewhere.heads(),
            ..good.clone()
        };
        assert_eq!(open_by(&misplaced, &elsewhere.save(), &relay), None);
        assert_eq!(open_by(&good, &elsewhere.save(), &relay), None);
        let heads = Heads::default();
        assert_eq!(
            open_by(
                &Snapshot {
                    heads,
                    ..good.clone()
                },
                &saved,
                &relay
            ),
            None
        );
        let cursor = good.cursor.then(&root);
        assert_eq!(
            open_by(
                &Snapshot {
                    cursor,
                    ..good.clone()
                },
                &saved,
                &relay
            ),
            None
        );
        assert_eq!(open_by(&good, &saved[..saved.len() - 1], &relay), None);
    }
}
