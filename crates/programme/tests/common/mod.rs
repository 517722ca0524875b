//! Replicas without a disk or a network.
#![allow(dead_code, unreachable_pub)]

pub mod office;
pub mod say;

use programme::{Document, EditOutcome, LocalActor, Scalar, Stamp};
use terms::{DocId, Edit, Heads, Period, TaskId, Timestamp};

pub fn agency_doc() -> DocId {
    "agency/2019/huyen-tran-de".parse().unwrap()
}

pub fn task() -> TaskId {
    "nv-1".parse().unwrap()
}

pub fn period() -> Period {
    "2019-q3".parse().unwrap()
}

pub fn at(seconds: i64) -> Timestamp {
    Timestamp(1_568_160_000 + seconds)
}

pub fn local_actor(number: u8) -> LocalActor {
    LocalActor {
        author: format!("may-{number}").parse().unwrap(),
        prefix: [number; 15],
    }
}

/// One person's copy of a document.
#[derive(Clone)]
pub struct Replica {
    pub doc: Document,
    pub local_actor: LocalActor,
    pub clock: i64,
}

impl Replica {
    pub fn new(number: u8) -> Self {
        Self {
            doc: Document::new(agency_doc()),
            local_actor: local_actor(number),
            clock: 0,
        }
    }

    /// An edit by somebody who sees everything that is here.
    pub fn edit(&mut self, edit: &Edit) -> EditOutcome {
        let seen = self.doc.heads();
        self.edit_at(&seen, edit)
    }

    pub fn edit_at(&mut self, seen: &Heads, edit: &Edit) -> EditOutcome {
        self.clock += 1;
        self.doc
            .edit(&self.local_actor, seen, edit, None, at(self.clock))
            .unwrap()
    }

    /// Receives everything that another has.
    pub fn take(&mut self, other: &Self) {
        for (_, bytes) in other.doc.changes() {
            self.doc.apply(&bytes).unwrap();
        }
    }

    pub fn fact(&self, path: &str) -> Vec<Stamp> {
        let fact = self.doc.facts().into_iter().find(|fact| fact.path == path);
        fact.map(|fact| fact.values).unwrap_or_default()
    }

    pub fn values(&self, path: &str) -> Vec<Scalar> {
        self.fact(path)
            .into_iter()
            .map(|stamp| stamp.value)
            .collect()
    }
}
