//! An edit that is not typed over time: a button, a new item.

use ipc::{Edited, Problem, Submit};
use terms::{DocId, Edit, EditRequest, Heads};

use crate::transport::{Client, fresh_number};

/// Sends an edit made against `seen`; answers when it is on the disk.
pub async fn submit(
    client: Client,
    doc: DocId,
    seen: Heads,
    edit: Edit,
    reason: Option<String>,
) -> Result<Edited, Problem> {
    let request = EditRequest {
        doc,
        seen,
        number: fresh_number(),
        reason,
        edit,
    };
    client.call(Submit { request }).await
}
