//! The only thing the relay knows of automerge: how to read a change's head.

use sync::Inspect;
use terms::{ChangeMeta, DocId};

/// Reads heads as `programme` does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heads;

impl Inspect for Heads {
    fn inspect(&self, doc: &DocId, bytes: &[u8]) -> Result<ChangeMeta, String> {
        programme::inspect(doc, bytes).map_err(|error| error.to_string())
    }
}
