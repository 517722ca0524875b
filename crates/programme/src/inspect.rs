//! What can be told of a change from its bytes alone: for the relay, which loads no document.

use std::panic::{self, AssertUnwindSafe};

use automerge::Change;
use terms::{ChangeHeader, ChangeId, DocId, EnrolmentId, MAX_CHANGE, Timestamp};

use crate::{birth, runs};

/// The highest number an operation may have: automerge counts in 32 bits.
const MAX_OP: u64 = 1 << 31;

/// Why bytes are no change of a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InspectError {
    /// More than [`MAX_CHANGE`].
    #[error("thay đổi quá lớn: {0} byte, tối đa {MAX_CHANGE}")]
    TooLarge(usize),
    /// Not one whole automerge change and nothing else.
    #[error("không phải một thay đổi đọc được")]
    Malformed,
    /// Compressed: a small frame must not become a large one.
    #[error("thay đổi bị nén; chỉ nhận thay đổi không nén")]
    Compressed,
    /// The actor has not sixteen bytes.
    #[error("mã người ghi không đúng 16 byte")]
    Actor,
    /// The author's bytes are no enrolment, or are missing where they have to be.
    #[error("thay đổi không nêu đúng người ghi")]
    Author,
    /// It passes itself off as a birth change.
    #[error("thay đổi khai sinh không đúng nguyên bản")]
    ForgedBirth,
}

/// Reads a change's header and holds it against what any change of `doc` must be.
///
/// Automerge writes the author into an actor's first change only, so [`ChangeHeader::author`] is
/// set there; of later ones the binding of the actor's prefix tells it.
pub fn inspect(doc: &DocId, bytes: &[u8]) -> Result<ChangeHeader, InspectError> {
    parse(doc, bytes).map(|(header, _)| header)
}

/// The header of a change and the change itself.
pub(crate) fn parse(doc: &DocId, bytes: &[u8]) -> Result<(ChangeHeader, Change), InspectError> {
    if bytes.len() > MAX_CHANGE {
        return Err(InspectError::TooLarge(bytes.len()));
    }
    // Magic (4), checksum (4), then the type of chunk: 1 a change, 2 a compressed one.
    if bytes.get(8) == Some(&2) {
        return Err(InspectError::Compressed);
    }
    if !runs::readable(bytes) {
        return Err(InspectError::Malformed);
    }
    let change = catch_panic(|| Change::try_from(bytes)).and_then(Result::ok);
    let change = change.ok_or(InspectError::Malformed)?;
    // Automerge leaves the checksum to whoever loads: the first bytes of the hash.
    if bytes.get(4..8) != Some(&change.hash().0[..4]) {
        return Err(InspectError::Malformed);
    }
    let header = header(doc, bytes, &change)?;
    Ok((header, change))
}

fn header(doc: &DocId, bytes: &[u8], change: &Change) -> Result<ChangeHeader, InspectError> {
    let sixteen = |actor: &automerge::ActorId| <[u8; 16]>::try_from(actor.to_bytes());
    let actor = sixteen(change.actor_id()).map_err(|_| InspectError::Actor)?;
    if change
        .other_actor_ids()
        .iter()
        .any(|other| sixteen(other).is_err())
    {
        return Err(InspectError::Actor);
    }
    if change.seq() == 0 || change.is_empty() || change.max_op() > MAX_OP {
        return Err(InspectError::Malformed);
    }
    let message = change.message().filter(|text| !text.is_empty());
    let claims = actor == birth::actor(doc, message.unwrap_or(""));
    let birth = claims && is_birth(doc, message.unwrap_or(""), bytes);
    if claims && !birth {
        return Err(InspectError::ForgedBirth);
    }
    let author = author(change)?;
    let first = change.seq() == 1;
    if author.is_some() != (first && !birth) {
        return Err(InspectError::Author);
    }
    Ok(ChangeHeader {
        id: id(&change.hash()),
        actor,
        seq: change.seq(),
        deps: change.deps().iter().map(id).collect(),
        author,
        time: Timestamp(change.timestamp()),
        birth,
        reason: message.filter(|_| !birth).map(str::to_owned),
    })
}

fn is_birth(doc: &DocId, path: &str, bytes: &[u8]) -> bool {
    birth::birth(doc, path).is_some_and(|birth| birth == bytes)
}

fn author(change: &Change) -> Result<Option<EnrolmentId>, InspectError> {
    let Some(author) = change.author() else {
        return Ok(None);
    };
    let text = std::str::from_utf8(author.as_bytes()).map_err(|_| InspectError::Author)?;
    text.parse().map(Some).map_err(|_| InspectError::Author)
}

/// Automerge panics at some bytes that a hostile writer can make; here that is one more refusal.
pub(crate) fn catch_panic<T>(of: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(of)).ok()
}

pub(crate) fn id(hash: &automerge::ChangeHash) -> ChangeId {
    ChangeId(hash.0)
}
