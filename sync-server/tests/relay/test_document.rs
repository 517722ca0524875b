//! The documents that people write in these tests, and what a relay has kept of them.

use std::path::PathBuf;

use programme::{Document, LocalActor};
use sync::{Keypair, SignedChange};
use terms::{ChangeHeader, ChangeId, DocId, Edit, Field, Heads, Record};

use crate::support::{Device, TODAY};

/// A document on somebody's device.
pub(crate) struct TestDocument {
    doc: DocId,
    document: Document,
    local_actor: LocalActor,
    key: Keypair,
    seen: Heads,
}

impl TestDocument {
    /// A document with nothing but its root, which is to be pushed first.
    pub(crate) fn new(doc: &str, device: &Device) -> (Self, SignedChange) {
        let doc: DocId = doc.parse().unwrap();
        let document = Document::new(doc.clone());
        let mut prefix = [0; 15];
        getrandom::fill(&mut prefix).unwrap();
        let local_actor = LocalActor {
            author: device.enrolment.clone(),
            prefix,
        };
        let root = SignedChange::birth(document.changes()[0].1.clone());
        let seen = document.heads();
        (
            Self {
                doc,
                document,
                local_actor,
                key: device.key.clone(),
                seen,
            },
            root,
        )
    }

    /// Writes on as the actor of another, as a copied disk does.
    pub(crate) fn takes_actor_of(&mut self, other: &Self) {
        self.local_actor.prefix = other.local_actor.prefix;
    }

    /// The document's heads here.
    pub(crate) fn heads(&self) -> Heads {
        self.document.heads()
    }

    /// Writes a narrative: the changes that this takes, births first.
    pub(crate) fn write(&mut self, text: &str) -> Vec<(ChangeId, SignedChange)> {
        let edit = Edit::text(
            Record::Progress("nv-1".parse().unwrap(), "2019-q3".parse().unwrap()),
            Field::Narrative,
            text.to_owned(),
        );
        let made = self
            .document
            .edit(&self.local_actor, &self.seen, &edit, None, TODAY)
            .unwrap();
        self.seen = made.heads;
        let sign = |(header, bytes): (ChangeHeader, Vec<u8>)| {
            let author = self.local_actor.author.clone();
            let change = if header.birth {
                SignedChange::birth(bytes)
            } else {
                SignedChange::sign(bytes, &self.doc, &header.id, author, &self.key)
            };
            (header.id, change)
        };
        made.changes.into_iter().map(sign).collect()
    }
}

/// The same without the hashes.
pub(crate) fn only_changes(changes: &[(ChangeId, SignedChange)]) -> Vec<SignedChange> {
    changes.iter().map(|(_, change)| change.clone()).collect()
}

/// The changes of a document in a relay's database, read after the relay is gone.
pub(crate) fn log_of(database: PathBuf, doc: &str) -> Vec<ChangeId> {
    let sql = rusqlite::Connection::open(database).unwrap();
    let integrity: String = sql
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(integrity, "ok");
    let mut statement = sql
        .prepare(
            "SELECT hash FROM change JOIN doc ON doc.id = change.doc WHERE name = ?1 ORDER BY seq",
        )
        .unwrap();
    let rows = statement
        .query_map([doc], |row| Ok(ChangeId(row.get(0)?)))
        .unwrap();
    rows.map(Result::unwrap).collect()
}
