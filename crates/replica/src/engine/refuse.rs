//! What the relay refuses.

use sync::admit::Rejection;
use terms::{ChangeId, DocId};

use super::Engine;
use crate::storage::{
    StoreError,
    changes::{self, State},
    history, projection,
    quarantine::{self, Refused},
};

impl Engine {
    /// Puts refused changes aside with why and what they touched, and reads the document again
    /// from the others. It goes on under a new actor: the numbers of the old one have a gap now.
    pub(crate) fn quarantine(
        &mut self,
        doc: &DocId,
        refused: &[(ChangeId, Rejection)],
    ) -> Result<(), StoreError> {
        let at = self.now();
        for (id, rejection) in refused {
            let Some(change) = changes::one(&self.db, doc, id)? else {
                continue;
            };
            let refused = Refused {
                doc: doc.clone(),
                change: *id,
                rejection: rejection.clone(),
                touches: history::remove(&self.db, doc, id)?,
                at,
            };
            quarantine::keep(&self.db, &refused, &change)?;
            changes::remove(&self.db, doc, id)?;
            self.note_state(*id, State::Pending);
        }
        self.draw_prefix(doc)?;
        self.documents.forget([doc].into_iter());
        self.batch.states_changed = true;
        let document = self.documents.get(&self.db, doc)?;
        let (heads, facts) = (document.heads(), document.facts());
        projection::replace(&self.db, doc, &heads, &facts)?;
        self.note_facts(doc, heads, &facts, true);
        // What the relay has under a number that the refused change had taken.
        self.end_waits(doc)
    }
}
