//! The graph of a document's changes, in a causal order: which change depends on which.

use std::collections::HashMap;

use automerge::ChangeHash;
use terms::{ChangeHeader, ChangeId, EnrolmentId, Heads};

/// A change's place in the order in which changes were taken in.
pub(crate) type Index = usize;

/// One change.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    /// Its header, with the author of its actor.
    pub(crate) header: ChangeHeader,
    /// Its bytes, as they came.
    pub(crate) bytes: Vec<u8>,
    /// The highest operation number in it and before it.
    pub(crate) max_op: u64,
    /// The fields it wrote.
    pub(crate) written: Vec<String>,
    start_op: u64,
    actor: usize,
    /// Of each actor, the last change that this one knew.
    clock: Vec<u64>,
}

#[derive(Debug, Clone)]
struct Actor {
    author: Option<EnrolmentId>,
    birth: bool,
    last: Index,
    /// The last operation of each of its changes, in their order.
    ends: Vec<(u64, Index)>,
}

/// Why a change has no place in a document whose changes it builds on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GraphError {
    /// The number was given to another change of the same actor.
    DuplicateSeq,
    /// It does not build on its actor's previous change, or numbers its operations too low.
    Malformed,
    /// It goes on from a birth change.
    ForgedBirth,
}

/// All changes of a document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Graph {
    nodes: Vec<Node>,
    by_id: HashMap<ChangeId, Index>,
    actors: Vec<Actor>,
    by_actor: HashMap<[u8; 16], usize>,
    heads: Vec<Index>,
}

impl Graph {
    pub(crate) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub(crate) fn find(&self, id: &ChangeId) -> Option<Index> {
        self.by_id.get(id).copied()
    }

    pub(crate) fn heads(&self) -> Heads {
        Heads::new(
            self.heads
                .iter()
                .map(|&i| self.nodes[i].header.id)
                .collect(),
        )
    }

    /// The last change of an actor.
    pub(crate) fn last_of(&self, actor: &[u8; 16]) -> Option<Index> {
        self.by_actor.get(actor).map(|&a| self.actors[a].last)
    }

    /// An actor's changes, the last first; none of an actor that has none.
    pub(crate) fn changes_of<'a>(
        &'a self,
        actor: &[u8; 16],
    ) -> Option<impl Iterator<Item = Index> + use<'a>> {
        let actor = &self.actors[*self.by_actor.get(actor)?];
        Some(actor.ends.iter().rev().map(|(_, change)| *change))
    }

    /// Whether `later` is, or knew, the change `earlier`.
    pub(crate) fn knows(&self, later: Index, earlier: Index) -> bool {
        let (later, earlier) = (&self.nodes[later], &self.nodes[earlier]);
        later
            .clock
            .get(earlier.actor)
            .is_some_and(|&seq| seq >= earlier.header.seq)
    }

    /// Whether `later` is, or knew, any of `earlier`.
    pub(crate) fn knows_any(&self, later: Index, earlier: &[Index]) -> bool {
        earlier.iter().any(|&earlier| self.knows(later, earlier))
    }

    /// Whether any of `tips` is, or knew, the change `earlier`.
    pub(crate) fn covered(&self, tips: &[Index], earlier: Index) -> bool {
        tips.iter().any(|&tip| self.knows(tip, earlier))
    }

    /// Those of `of` that no other of them knew.
    pub(crate) fn maximal(&self, of: &[Index]) -> Vec<Index> {
        let mut of = of.to_vec();
        of.sort_unstable();
        of.dedup();
        let below = |i: Index| of.iter().any(|&other| other != i && self.knows(other, i));
        of.iter().copied().filter(|&i| !below(i)).collect()
    }

    /// What a set of changes is called in automerge.
    pub(crate) fn hashes(&self, of: &[Index]) -> Vec<ChangeHash> {
        of.iter()
            .map(|&i| ChangeHash(self.nodes[i].header.id.0))
            .collect()
    }

    /// Finds the place of a change whose dependencies are all here.
    pub(crate) fn check(&self, header: &ChangeHeader, start_op: u64) -> Result<(), GraphError> {
        let deps: Vec<Index> = header.deps.iter().filter_map(|d| self.find(d)).collect();
        let before = deps
            .iter()
            .map(|&d| self.nodes[d].max_op)
            .max()
            .unwrap_or(0);
        if start_op <= before {
            return Err(GraphError::Malformed);
        }
        let Some(&actor) = self.by_actor.get(&header.actor) else {
            return if header.seq == 1 {
                Ok(())
            } else {
                Err(GraphError::Malformed)
            };
        };
        if self.actors[actor].birth {
            return Err(GraphError::ForgedBirth);
        }
        let last = self.actors[actor].last;
        if header.seq <= self.nodes[last].header.seq {
            Err(GraphError::DuplicateSeq)
        } else if header.seq > self.nodes[last].header.seq + 1 || !self.covered(&deps, last) {
            Err(GraphError::Malformed)
        } else {
            Ok(())
        }
    }

    /// Whether an operation is among those that `deps` are, or knew.
    pub(crate) fn has_op(&self, deps: &[Index], counter: u64, actor: &[u8]) -> bool {
        let actor = <[u8; 16]>::try_from(actor)
            .ok()
            .and_then(|a| self.by_actor.get(&a));
        let Some(ends) = actor.map(|&actor| &self.actors[actor].ends) else {
            return false;
        };
        let at = ends.partition_point(|(end, _)| *end < counter);
        let within = |(_, change): &&(u64, Index)| {
            self.nodes[*change].start_op <= counter && self.covered(deps, *change)
        };
        ends.get(at).as_ref().is_some_and(within)
    }

    /// The author of an actor's changes: from the first of them.
    pub(crate) fn author(&self, header: &ChangeHeader) -> Option<EnrolmentId> {
        match self.by_actor.get(&header.actor) {
            Some(&actor) => self.actors[actor].author.clone(),
            None => header.author.clone(),
        }
    }

    /// Takes in a change that [`check`](Self::check) found a place for.
    pub(crate) fn add(
        &mut self,
        mut header: ChangeHeader,
        bytes: Vec<u8>,
        (start_op, end): (u64, u64),
    ) -> Index {
        let index = self.nodes.len();
        header.author = self.author(&header);
        let (author, birth) = (header.author.clone(), header.birth);
        let fresh = Actor {
            author,
            birth,
            last: index,
            ends: Vec::new(),
        };
        let actor = *self.by_actor.entry(header.actor).or_insert_with(|| {
            self.actors.push(fresh);
            self.actors.len() - 1
        });
        self.actors[actor].last = index;
        self.actors[actor].ends.push((end, index));
        let deps: Vec<Index> = header.deps.iter().filter_map(|d| self.find(d)).collect();
        let mut clock = vec![0; self.actors.len()];
        for &dep in &deps {
            for (mine, theirs) in clock.iter_mut().zip(&self.nodes[dep].clock) {
                *mine = (*mine).max(*theirs);
            }
        }
        clock[actor] = header.seq;
        let before = deps
            .iter()
            .map(|&d| self.nodes[d].max_op)
            .max()
            .unwrap_or(0);
        self.heads.retain(|head| !deps.contains(head));
        self.heads.push(index);
        self.by_id.insert(header.id, index);
        let max_op = before.max(end);
        let written = Vec::new();
        self.nodes.push(Node {
            header,
            bytes,
            max_op,
            written,
            start_op,
            actor,
            clock,
        });
        index
    }

    /// Remembers the fields that a change wrote.
    pub(crate) fn set_written(&mut self, index: Index, written: Vec<String>) {
        self.nodes[index].written = written;
    }
}
