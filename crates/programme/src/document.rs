//! One automerge document with an index of its changes and its fields.

use std::collections::BTreeSet;

use automerge::{Automerge, Change, ReadDoc as _};
use terms::{ChangeHeader, ChangeId, DocId, Heads, MAX_CHANGE};

use crate::{
    Fact, HistoryStep, InspectError, birth,
    decode::{self, Op},
    graph::{Graph, GraphError, Index},
    inspect::{self, catch_panic},
    reading::{Fields, Reading},
};

/// One document.
#[derive(Debug, Clone)]
pub struct Document {
    pub(crate) id: DocId,
    pub(crate) automerge: Automerge,
    pub(crate) graph: Graph,
    pub(crate) fields: Fields,
}

/// What a change did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its header; unlike [`inspect()`](crate::inspect()) alone, with the author of every change.
    pub header: ChangeHeader,
    /// What it wrote. A birth says nothing.
    pub steps: Vec<HistoryStep>,
    /// What now stands at every path it touched.
    pub facts: Vec<Fact>,
}

/// What an edit became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditOutcome {
    /// The births it needed, then the edit itself; nothing if nothing differed.
    pub changes: Vec<(ChangeHeader, Vec<u8>)>,
    /// What each of them did.
    pub applied: Vec<Applied>,
    /// What its writer has now seen: the heads seen before and the edit.
    pub heads: Heads,
}

/// Why a change is not taken in. The document is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// Not a change that this document can have.
    #[error("không phải một thay đổi của tài liệu này")]
    Malformed,
    /// It builds on changes that are not here yet: apply them first, then try again.
    #[error("còn thiếu {} thay đổi trước đó", .0.len())]
    MissingDeps(Vec<ChangeId>),
    /// Its actor's number was given to another change: a copied or restored disk.
    #[error("số thứ tự đã dùng cho một thay đổi khác của cùng người ghi")]
    DuplicateSeq,
    /// It claims to be a birth change and is none, or continues the actor of one.
    #[error("thay đổi khai sinh không đúng nguyên bản")]
    ForgedBirth,
    /// More than [`MAX_CHANGE`].
    #[error("thay đổi quá lớn: {0} byte, tối đa {MAX_CHANGE}")]
    TooLarge(usize),
}

impl ApplyError {
    /// Whether the same change may be taken in later.
    pub fn retry(&self) -> bool {
        matches!(self, Self::MissingDeps(_))
    }
}

impl From<InspectError> for ApplyError {
    fn from(error: InspectError) -> Self {
        match error {
            InspectError::TooLarge(size) => Self::TooLarge(size),
            InspectError::ForgedBirth => Self::ForgedBirth,
            InspectError::Malformed
            | InspectError::Compressed
            | InspectError::Actor
            | InspectError::Author => Self::Malformed,
        }
    }
}

impl From<GraphError> for ApplyError {
    fn from(error: GraphError) -> Self {
        match error {
            GraphError::DuplicateSeq => Self::DuplicateSeq,
            GraphError::Malformed => Self::Malformed,
            GraphError::ForgedBirth => Self::ForgedBirth,
        }
    }
}

impl Document {
    /// A document that holds only its root.
    pub fn new(id: DocId) -> Self {
        let mut document = Self {
            id,
            automerge: Automerge::new(),
            graph: Graph::default(),
            fields: Fields::default(),
        };
        let root = document.apply(&birth::birth_root(&document.id));
        debug_assert!(root.is_ok(), "a root is a change of its document: {root:?}");
        document
    }

    /// Which document it is.
    pub fn id(&self) -> &DocId {
        &self.id
    }

    /// The tips of its history.
    pub fn heads(&self) -> Heads {
        self.graph.heads()
    }

    /// Whether it holds a change.
    pub fn knows(&self, change: &ChangeId) -> bool {
        self.graph.find(change).is_some()
    }

    /// A document from changes that were taken in before, in a causal order: what
    /// [`apply`](Self::apply) would make of them one by one, several times as fast.
    pub fn load<B: AsRef<[u8]>>(
        id: DocId,
        changes: impl IntoIterator<Item = B>,
    ) -> Result<Self, ApplyError> {
        let mut document = Self::new(id);
        let mut taken = Vec::new();
        for bytes in changes {
            if let Admitted::New(new) = document.admit(bytes.as_ref())? {
                let node = document
                    .graph
                    .add(new.header, new.bytes, numbers(&new.change));
                let written = document.fields.take(&document.graph, node, &new.ops);
                document.graph.set_written(node, written);
                taken.push(new.change);
            }
        }
        match catch_panic(|| document.automerge.apply_changes(taken)) {
            Some(Ok(())) => Ok(document),
            Some(Err(_)) | None => Err(ApplyError::Malformed),
        }
    }

    /// A document as [`save`](Self::save) wrote it: every change in it is checked as if it had come
    /// alone.
    pub fn open(id: DocId, saved: &[u8]) -> Result<Self, ApplyError> {
        let opened = catch_panic(|| Automerge::load(saved)).and_then(Result::ok);
        let changes = catch_panic(|| opened.map(|opened| opened.get_changes(&[])));
        let changes = changes.flatten().ok_or(ApplyError::Malformed)?;
        Self::load(id, changes.iter().map(Change::raw_bytes))
    }

    /// Takes in one change whose dependencies are all here, and says what it did. A change that
    /// is here already does nothing.
    pub fn apply(&mut self, bytes: &[u8]) -> Result<Applied, ApplyError> {
        let new = match self.admit(bytes)? {
            Admitted::New(new) => new,
            Admitted::Known(header) => {
                let (steps, facts) = (Vec::new(), Vec::new());
                return Ok(Applied {
                    header,
                    steps,
                    facts,
                });
            }
        };
        if catch_panic(|| decode::is_canonical(&new.change)) != Some(true) {
            return Err(ApplyError::Malformed);
        }
        match catch_panic(|| self.automerge.apply_changes([new.change.clone()])) {
            Some(Ok(())) => Ok(self.take(*new)),
            Some(Err(_)) => Err(ApplyError::Malformed),
            None => {
                self.go_back(self.graph.nodes().len());
                Err(ApplyError::Malformed)
            }
        }
    }

    /// Checks everything that a change must fulfil to be taken into this document.
    fn admit(&self, bytes: &[u8]) -> Result<Admitted, ApplyError> {
        let (header, change) = inspect::parse(&self.id, bytes)?;
        if let Some(known) = self.graph.find(&header.id) {
            return Ok(Admitted::Known(self.graph.nodes()[known].header.clone()));
        }
        let unknown = |dep: &&ChangeId| !self.knows(dep);
        let missing: Vec<ChangeId> = header.deps.iter().filter(unknown).copied().collect();
        if !missing.is_empty() {
            return Err(ApplyError::MissingDeps(missing));
        }
        self.graph.check(&header, change.start_op().get())?;
        let ops = catch_panic(|| decode::ops(&change)).ok_or(ApplyError::Malformed)?;
        if !self.fit(&header, &change, &ops) {
            return Err(ApplyError::Malformed);
        }
        let bytes = bytes.to_vec();
        Ok(Admitted::New(Box::new(New {
            header,
            bytes,
            change,
            ops,
        })))
    }

    /// Whether every operation refers to objects and operations that exist. Automerge does not
    /// check that.
    fn fit(&self, header: &ChangeHeader, change: &Change, ops: &[Op]) -> bool {
        let deps: Vec<Index> = header
            .deps
            .iter()
            .filter_map(|d| self.graph.find(d))
            .collect();
        let own = change.start_op().get()..=change.max_op();
        let known = |(counter, actor): &(u64, automerge::ActorId)| {
            actor == change.actor_id() && own.contains(counter)
                || self.graph.has_op(&deps, *counter, actor.to_bytes())
        };
        let named = ops.iter().flat_map(|op| &op.names).all(known);
        let actor = |actor: &automerge::ActorId| {
            actor
                .to_bytes()
                .try_into()
                .is_ok_and(|a| self.graph.last_of(&a).is_some())
        };
        named && change.other_actor_ids().iter().all(actor) && self.fields.fit(ops)
    }

    /// Makes the document again from the changes that it had when it had `count` of them.
    pub(crate) fn go_back(&mut self, count: usize) {
        let nodes = self.graph.nodes().iter().take(count);
        let changes: Vec<Vec<u8>> = nodes.map(|node| node.bytes.clone()).collect();
        // They were taken in before, each in its turn.
        if let Ok(before) = Self::load(self.id.clone(), changes) {
            *self = before;
        }
    }

    /// Indexes a change that automerge holds already.
    pub(crate) fn take(&mut self, new: New) -> Applied {
        let node = self.graph.add(new.header, new.bytes, numbers(&new.change));
        let written = self.fields.take(&self.graph, node, &new.ops);
        let applied = Applied {
            header: self.graph.nodes()[node].header.clone(),
            steps: self.steps(node, &written),
            facts: self.reading().facts_after(&written),
        };
        self.graph.set_written(node, written);
        applied
    }

    /// What stands everywhere, sorted by path: a fresh read.
    pub fn facts(&self) -> Vec<Fact> {
        let reading = self.reading();
        let facts = self.fields.paths().map(|path| reading.fact(path));
        facts.filter(|fact| !fact.values.is_empty()).collect()
    }

    /// Every step of every field, in a causal order: a fresh read.
    pub fn history(&self) -> Vec<HistoryStep> {
        let nodes = self.graph.nodes().iter().enumerate();
        nodes
            .flat_map(|(node, found)| self.steps(node, &found.written))
            .collect()
    }

    /// The whole document in automerge's own form, as its JavaScript library opens it.
    pub fn save(&self) -> Vec<u8> {
        self.automerge.save()
    }

    /// The first change, which every document has: its header and its bytes.
    pub fn root(&self) -> Option<(&ChangeHeader, &[u8])> {
        let root = self.graph.nodes().first()?;
        Some((&root.header, &root.bytes))
    }

    /// What builds on any of these changes, in a causal order: each with the one among those it
    /// directly builds on that brought it here.
    pub fn building_on(&self, changes: &BTreeSet<ChangeId>) -> Vec<(ChangeId, ChangeId)> {
        let mut found = Vec::new();
        let mut below = changes.clone();
        for node in self.graph.nodes() {
            let why = node.header.deps.iter().find(|dep| below.contains(dep));
            if let Some(dep) = why.filter(|_| !changes.contains(&node.header.id)) {
                found.push((node.header.id, *dep));
                below.insert(node.header.id);
            }
        }
        found
    }

    /// Every change, in a causal order.
    pub fn changes(&self) -> Vec<(ChangeHeader, Vec<u8>)> {
        self.graph
            .nodes()
            .iter()
            .map(|node| (node.header.clone(), node.bytes.clone()))
            .collect()
    }

    pub(crate) fn reading(&self) -> Reading<'_> {
        Reading {
            automerge: &self.automerge,
            graph: &self.graph,
            fields: &self.fields,
        }
    }

    fn steps(&self, node: Index, written: &[String]) -> Vec<HistoryStep> {
        if self.graph.nodes()[node].header.birth {
            return Vec::new();
        }
        let reading = self.reading();
        written
            .iter()
            .map(|path| reading.step(node, path))
            .collect()
    }

    /// The change just committed into automerge, as it travels.
    pub(crate) fn committed(&self, hash: automerge::ChangeHash) -> Option<(Change, Vec<u8>)> {
        let change = self.automerge.get_change_by_hash(&hash)?;
        let bytes = change.raw_bytes().to_vec();
        Some((change, bytes))
    }
}

/// A change about to be taken in.
#[derive(Debug)]
pub(crate) struct New {
    pub(crate) header: ChangeHeader,
    pub(crate) bytes: Vec<u8>,
    pub(crate) change: Change,
    pub(crate) ops: Vec<Op>,
}

enum Admitted {
    New(Box<New>),
    Known(ChangeHeader),
}

/// The first and the last number of a change's operations.
fn numbers(change: &Change) -> (u64, u64) {
    (change.start_op().get(), change.max_op())
}
