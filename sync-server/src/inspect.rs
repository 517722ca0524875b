//! The only thing the relay knows of automerge: how to read a change's header.

use sync::Inspect;
use terms::{ChangeHeader, DocId};

/// Reads headers as `programme` does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeaderReader;

impl Inspect for HeaderReader {
    fn inspect(&self, doc: &DocId, bytes: &[u8]) -> Result<ChangeHeader, String> {
        #[cfg(test)]
        HEADERS_READ.with(|read| read.set(read.get() + 1));
        programme::inspect(doc, bytes).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
thread_local! {
    /// How many headers this thread has read.
    pub(crate) static HEADERS_READ: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}
