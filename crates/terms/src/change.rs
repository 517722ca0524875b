//! What is known of a change without loading its document.

use serde::{Deserialize, Serialize};

use crate::{ChangeId, EnrolmentId, Timestamp};

/// The largest change, in bytes: what is larger a replica does not make and the relay does not
/// take. A narrative of ten pages has 64 KB; the whole programme, made by one import, some 300.
pub const MAX_CHANGE: usize = 512 * 1024;

/// The header of a change, as `programme` reads it from the change's bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeHeader {
    /// Its hash.
    pub id: ChangeId,
    /// The automerge actor that numbers it. The first fifteen bytes belong to one enrolment in one
    /// document, the last is the actor branch (see `programme::local_actor`).
    pub actor: [u8; 16],
    /// Its number among its actor's changes, from 1.
    pub seq: u64,
    /// The changes that its writer had seen.
    pub deps: Vec<ChangeId>,
    /// The enrolment that the change says wrote it; a signature has to prove it.
    pub author: Option<EnrolmentId>,
    /// When, by the writer's clock.
    pub time: Timestamp,
    /// Whether it is a birth change: the same bytes on every replica, signed by nobody.
    pub birth: bool,
    /// Why, where the writer said so.
    pub reason: Option<String>,
}
