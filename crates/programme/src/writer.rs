//! Whose changes an edit is numbered among, and what it builds on.
//!
//! An edit must be made at exactly what its writer saw, or a stale text area deletes a
//! colleague's sentence and a stale figure leaves no conflict. But an actor's changes form a
//! chain, so an edit that does not know its writer's last one needs another actor. Automerge would
//! derive ids for that, ever longer ones; here a writer has 256 **lanes**, told apart by the last
//! byte of the actor, and lane 0 serves nearly always:
//!
//! - on lane 0 an edit builds on what was seen *and* on the writer's last change of that lane,
//!   unless that would bring in what somebody else wrote, unseen, in the same field;
//! - otherwise on the first further lane that is unused, or whose last change was seen.

use terms::EnrolmentId;

use crate::graph::{Graph, Index};

/// Who writes: one enrolment, in one document, until the disk is restored or copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// The enrolment.
    pub author: EnrolmentId,
    /// Fifteen random bytes that belong to the enrolment and the document.
    pub prefix: [u8; 15],
}

/// Where an edit goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stand {
    /// The actor.
    pub(crate) actor: [u8; 16],
    /// What the edit builds on; none of it knows another of it.
    pub(crate) base: Vec<Index>,
}

impl Writer {
    fn lane(&self, lane: u8) -> [u8; 16] {
        let mut actor = [lane; 16];
        actor[..15].copy_from_slice(&self.prefix);
        actor
    }

    /// Finds the lane and the base for an edit of the fields at `paths`, made against `seen`.
    pub(crate) fn stand(&self, graph: &Graph, seen: &[Index], paths: &[String]) -> Option<Stand> {
        let actor = self.lane(0);
        let Some(last) = graph.last_of(&actor) else {
            return Some(Stand {
                actor,
                base: graph.maximal(seen),
            });
        };
        if !self.drags(graph, seen, last, paths) {
            let with_own: Vec<Index> = seen.iter().copied().chain([last]).collect();
            return Some(Stand {
                actor,
                base: graph.maximal(&with_own),
            });
        }
        let base = graph.maximal(seen);
        let actor = (1..=u8::MAX).map(|lane| self.lane(lane)).find(|actor| {
            graph
                .last_of(actor)
                .is_none_or(|last| graph.covered(&base, last))
        })?;
        Some(Stand { actor, base })
    }

    /// Whether `last` knows of a change by somebody else, not seen, to one of the fields.
    fn drags(&self, graph: &Graph, seen: &[Index], last: Index, paths: &[String]) -> bool {
        let foreign = |&i: &Index| {
            let node = &graph.nodes()[i];
            !node.meta.birth
                && node.meta.author.as_ref() != Some(&self.author)
                && node.touched.iter().any(|path| paths.contains(path))
                && graph.knows(last, i)
                && !graph.covered(seen, i)
        };
        (0..graph.nodes().len()).any(|i| foreign(&i))
    }
}
