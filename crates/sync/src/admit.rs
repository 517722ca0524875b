//! Whether a change may enter a document's log: the rules that the relay applies inside the
//! transaction that stores it, and that a replica can apply beforehand.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use terms::{ChangeHeader, ChangeId, DocId, EnrolmentId, MAX_CHANGE, Timestamp};

use crate::{
    PublicKey, SignedChange,
    directory::{Directory, Right},
    refusal::MAX_SKEW,
};

/// What the log already holds, read inside the storing transaction.
pub trait KnownChanges {
    /// Why the log could not be read.
    type Error;

    /// Whether the document's log has this change.
    fn knows(&self, doc: &DocId, change: &ChangeId) -> Result<bool, Self::Error>;

    /// To which enrolment and document the first fifteen bytes of an actor are bound: those of
    /// the first stored change that used them.
    fn owner(&self, prefix: &[u8; 15]) -> Result<Option<(EnrolmentId, DocId)>, Self::Error>;

    /// The number of the actor's last stored change in the document; 0 if none.
    fn last_seq(&self, doc: &DocId, actor: &[u8; 16]) -> Result<u64, Self::Error>;
}

/// A change that somebody asks to store.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The document.
    pub doc: &'a DocId,
    /// The change.
    pub change: &'a SignedChange,
    /// Its header.
    pub header: &'a ChangeHeader,
    /// Who brings it: usually its author; another, where a restored relay is filled again.
    pub pusher: &'a EnrolmentId,
    /// The time by the relay's clock.
    pub now: Timestamp,
    /// What was found of its signature before; it is looked at again if that was another key's.
    pub checked: Option<Checked>,
}

/// Whether a change's signature was made with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    key: PublicKey,
    valid: bool,
}

impl Checked {
    /// Checks the signature with the key of the author that the change names, if the directory
    /// knows one. This takes longer than all other checks. It is done before the transaction that
    /// stores the change, so that whoever sends forged changes delays only themselves.
    pub fn of(
        doc: &DocId,
        change: &SignedChange,
        id: &ChangeId,
        directory: &Directory,
    ) -> Option<Self> {
        let key = *directory.key(change.author.as_ref()?)?;
        let valid = change.is_signed_by(doc, id, &key);
        Some(Self { key, valid })
    }
}

/// What becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// To be stored with the next number.
    Admit,
    /// Stored already: nothing to do, and nothing wrong.
    Known,
    /// Not to be stored.
    Reject(Rejection),
}

/// Why a change is not stored: what happened and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Rejection {
    /// The enrolment was revoked.
    #[error("thiết bị đã bị thu hồi quyền; hãy xuất thay đổi này ra tệp và liên hệ quản trị")]
    Revoked,
    /// The author may not write the document, or the pusher not read it.
    #[error("không có quyền ghi {0}; hãy gửi thay đổi này cho đơn vị chủ quản dưới dạng đề xuất")]
    NotGranted(DocId),
    /// The signature does not prove the author.
    #[error("chữ ký của thay đổi không đúng; hãy áp dụng lại thay đổi này")]
    BadSignature,
    /// The change names another author than the one who signed, or none.
    #[error("tác giả ghi trong thay đổi không phải người ký; hãy áp dụng lại thay đổi này")]
    AuthorMismatch,
    /// The actor belongs to another enrolment or another document.
    #[error("thay đổi dùng mã ghi của người khác (có thể do sao chép dữ liệu); hãy áp dụng lại")]
    ActorTaken,
    /// Another change with the same actor and number is stored, or the number leaves a gap.
    #[error(
        "đã có thay đổi khác mang cùng số thứ tự (có thể do khôi phục bản sao); hãy áp dụng lại"
    )]
    DuplicateSeq,
    /// It builds on changes that are not stored.
    #[error("thay đổi dựa trên những thay đổi mà máy chủ chưa có; ứng dụng sẽ tự gửi bù")]
    MissingDeps(Vec<ChangeId>),
    /// The bytes cannot be read as a change of this document.
    #[error("máy chủ không đọc được thay đổi ({0}); hãy cập nhật ứng dụng rồi áp dụng lại")]
    Malformed(String),
    /// It has more than [`MAX_CHANGE`] bytes.
    #[error(
        "thay đổi quá lớn ({0} byte, giới hạn {MAX_CHANGE}); hãy chia nhỏ nội dung rồi nhập lại"
    )]
    TooLarge(usize),
    /// Its time is more than a day ahead of the relay's clock.
    #[error(
        "thay đổi ghi ngày {}, sau ngày của máy chủ ({}); hãy chỉnh đồng hồ rồi áp dụng lại",
        change.date().format_screen(),
        relay.date().format_screen()
    )]
    ClockSkew {
        /// The change's time.
        change: Timestamp,
        /// The relay's time.
        relay: Timestamp,
    },
    /// It builds on a change that was rejected. Said by the replica, never by the relay.
    #[error("thay đổi dựa trên một thay đổi đã bị từ chối; hãy xử lý thay đổi đó trước")]
    BuildsOnRejected(ChangeId),
    /// The relay has lost it, and its author's signature, without which the relay takes nothing,
    /// never came here. Said by the replica, never by the relay.
    #[error(
        "máy chủ không còn thay đổi này và máy này không có chữ ký của tác giả để gửi bù; \
         thay đổi sẽ trở lại khi máy của tác giả kết nối"
    )]
    Unproved,
}

impl Rejection {
    /// Whether sending the same change again can help.
    pub fn retry(&self) -> bool {
        matches!(self, Self::MissingDeps(_))
    }
}

/// Judges a change. The outer error is the log's own, when it could not be read.
pub fn admit<S: KnownChanges>(
    request: &Request<'_>,
    directory: &Directory,
    store: &S,
) -> Result<Admission, S::Error> {
    if let Err(rejection) = may_push(request, directory) {
        return Ok(Admission::Reject(rejection));
    }
    if store.knows(request.doc, &request.header.id)? {
        return Ok(Admission::Known);
    }
    if let Err(rejection) = is_sound(request, directory) {
        return Ok(Admission::Reject(rejection));
    }
    Ok(fits(request, store)?.map_or(Admission::Admit, Admission::Reject))
}

/// Whether the pusher may bring anything to this document.
fn may_push(request: &Request<'_>, directory: &Directory) -> Result<(), Rejection> {
    let Request {
        doc,
        change,
        pusher,
        ..
    } = request;
    if change.bytes.len() > MAX_CHANGE {
        return Err(Rejection::TooLarge(change.bytes.len()));
    }
    if directory.revoked(pusher).is_some() {
        return Err(Rejection::Revoked);
    }
    if !directory.may(pusher, doc, Right::Read) {
        return Err(Rejection::NotGranted((*doc).clone()));
    }
    Ok(())
}

/// What the change alone and the directory can tell.
fn is_sound(request: &Request<'_>, directory: &Directory) -> Result<(), Rejection> {
    let Request {
        doc,
        change,
        header,
        pusher,
        now,
        checked,
    } = request;
    if header.birth {
        // The bytes equal the regenerated ones (see `Inspect`): nothing is left to prove.
        let unsigned = change.author.is_none() && change.signature.is_none();
        return if unsigned {
            Ok(())
        } else {
            Err(Rejection::AuthorMismatch)
        };
    }
    let author = change.author.as_ref().ok_or(Rejection::AuthorMismatch)?;
    // Automerge writes the author into the first change of each actor only.
    let named = header.author.as_ref();
    if named.is_some_and(|named| named != author) || (named.is_none() && header.seq == 1) {
        return Err(Rejection::AuthorMismatch);
    }
    let key = directory.key(author).ok_or(Rejection::BadSignature)?;
    let valid = match checked {
        Some(checked) if checked.key == *key => checked.valid,
        _ => change.is_signed_by(doc, &header.id, key),
    };
    if !valid {
        return Err(Rejection::BadSignature);
    }
    if header.time.0 > now.0.saturating_add(MAX_SKEW) {
        return Err(Rejection::ClockSkew {
            change: header.time,
            relay: *now,
        });
    }
    let may_now = directory.may(author, doc, Right::Write);
    // Another's change, brought to a relay that lost it, counts by the rights of its own day.
    let might_then = || {
        let then = directory.seq_at(header.time);
        author != *pusher && directory.may_as_of(author, doc, Right::Write, then)
    };
    if may_now || might_then() {
        Ok(())
    } else {
        Err(Rejection::NotGranted((*doc).clone()))
    }
}

/// Whether the change fits to those stored already: its dependencies, its actor, its number.
fn fits<S: KnownChanges>(request: &Request<'_>, store: &S) -> Result<Option<Rejection>, S::Error> {
    let Request {
        doc,
        change,
        header,
        ..
    } = request;
    if let Some(author) = &change.author {
        let [prefix @ .., _lane] = &header.actor;
        if store
            .owner(prefix)?
            .is_some_and(|(owner, of)| owner != *author || of != **doc)
        {
            return Ok(Some(Rejection::ActorTaken));
        }
    }
    let mut missing = Vec::new();
    for dep in &header.deps {
        if !store.knows(doc, dep)? {
            missing.push(*dep);
        }
    }
    if !missing.is_empty() {
        return Ok(Some(Rejection::MissingDeps(missing)));
    }
    let follows = header.seq == store.last_seq(doc, &header.actor)? + 1;
    Ok((!follows).then_some(Rejection::DuplicateSeq))
}
