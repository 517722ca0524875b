//! Whose changes an edit is numbered among, and what it builds on.
//!
//! An edit must be made at exactly what its writer saw, or a stale text area deletes a
//! colleague's sentence and a stale figure leaves no conflict. What a person wrote, they have
//! seen: so an edit builds on what was shown *and* on the writer's own changes, as far as these
//! bring in nothing that somebody else wrote, unseen, in the same field. (Without the own ones, who
//! types on before the first answer is back would write the same sentence twice.)
//!
//! An actor's changes form a chain, so an edit that does not know its writer's last one needs
//! another actor. Automerge would derive ids for that, ever longer ones; here a writer has 256
//! **branches**, told apart by the last byte of the actor. An edit goes on the first whose last change
//! it builds on, which is nearly always branch 0.

use terms::EnrolmentId;

use crate::graph::{Graph, Index};

/// Who writes: one enrolment, in one document, until the disk is restored or copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalActor {
    /// The enrolment.
    pub author: EnrolmentId,
    /// Fifteen random bytes that belong to the enrolment and the document.
    pub prefix: [u8; 15],
}

/// What an edit builds on, and the actor that makes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EditBase {
    /// The actor.
    pub(crate) actor: [u8; 16],
    /// What the edit builds on; none of it knows another of it.
    pub(crate) base: Vec<Index>,
}

impl LocalActor {
    fn branch(&self, branch: u8) -> [u8; 16] {
        let mut actor = [branch; 16];
        actor[..15].copy_from_slice(&self.prefix);
        actor
    }

    /// Finds the branch and the base for an edit of the fields at `paths`, made against `seen`.
    pub(crate) fn edit_base(
        &self,
        graph: &Graph,
        seen: &[Index],
        paths: &[String],
    ) -> Option<EditBase> {
        let unseen = self.unseen(graph, seen, paths);
        let branches = || (0..=u8::MAX).map(|branch| self.branch(branch));
        // Branches are taken in their order: beyond an unused one there is none.
        let used = branches().map_while(|actor| graph.changes_of(&actor));
        let own = used.filter_map(|mut own| own.find(|&i| !graph.knows_any(i, &unseen)));
        let base: Vec<Index> = seen.iter().copied().chain(own).collect();
        let base = graph.maximal(&base);
        let free = |actor: &[u8; 16]| {
            let last = graph.last_of(actor);
            last.is_none_or(|last| graph.covered(&base, last))
        };
        let actor = branches().find(free)?;
        Some(EditBase { actor, base })
    }

    /// What others wrote in these fields and this writer has not seen. The same enrolment with
    /// another prefix, as after a restore, counts as another.
    fn unseen(&self, graph: &Graph, seen: &[Index], paths: &[String]) -> Vec<Index> {
        let nodes = graph.nodes().iter().enumerate();
        let others = nodes.filter(|(_, node)| {
            !node.header.birth
                && node.header.actor[..15] != self.prefix
                && node.written.iter().any(|path| paths.contains(path))
        });
        others
            .map(|(i, _)| i)
            .filter(|&i| !graph.covered(seen, i))
            .collect()
    }
}
