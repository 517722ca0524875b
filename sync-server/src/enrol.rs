//! Enrolling a device with a one-time code, inside one transaction of the writer.

use std::sync::Arc;

use sync::{
    Keypair,
    directory::{Directory, DirectoryEntry, DirectoryEvent, SignedEntry},
    enrol::EnrolRequest,
};
use terms::{
    EnrolmentId, PersonId, Timestamp,
    text::{self, Limit},
};

use crate::{
    random,
    store::{CodeRow, StoreError, WriteTransaction},
};

/// Why a device is not enrolled: what happened and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnrolError {
    /// This address tries too often. Says nothing about the code.
    #[error("thử đăng ký quá nhiều lần; hãy chờ một phút rồi thử lại")]
    TooOften,
    /// The request cannot be read.
    #[error("máy chủ không đọc được yêu cầu đăng ký; hãy cập nhật ứng dụng rồi thử lại")]
    Unreadable,
    /// The device has not the key that it names, or means another relay.
    #[error("yêu cầu đăng ký không chứng minh được khóa của thiết bị; hãy thử lại từ đầu")]
    NotProved,
    /// No such code was issued here.
    #[error("mã đăng ký không đúng; hãy so lại từng nhóm hoặc xin quản trị mã mới")]
    WrongCode,
    /// It has enrolled a device before.
    #[error("mã đăng ký đã được dùng; mỗi mã chỉ dùng một lần, hãy xin quản trị mã mới")]
    UsedCode,
    /// It was issued too long ago.
    #[error("mã đăng ký đã hết hạn; hãy xin quản trị mã mới")]
    ExpiredCode,
    /// The key is that of another enrolment.
    #[error("khóa này đã được đăng ký trước đây; hãy thử lại để thiết bị tạo khóa mới")]
    KnownKey,
    /// The device's name is too long or has strange characters.
    #[error("tên thiết bị không dùng được: {0}")]
    DeviceName(String),
    /// The database cannot be written now.
    #[error("máy chủ tạm thời không ghi được dữ liệu; mã vẫn còn dùng được, hãy thử lại sau")]
    Trouble,
}

impl EnrolError {
    /// A word for programs, the same in all versions.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooOften => "too-often",
            Self::Unreadable => "unreadable",
            Self::NotProved => "not-proved",
            Self::WrongCode => "wrong-code",
            Self::UsedCode => "used-code",
            Self::ExpiredCode => "expired-code",
            Self::KnownKey => "known-key",
            Self::DeviceName(_) => "device-name",
            Self::Trouble => "trouble",
        }
    }

    /// Whether the same request can succeed later.
    pub fn retry(&self) -> bool {
        matches!(self, Self::TooOften | Self::Trouble)
    }
}

/// Enrols a device, or says why not. The outer error is the database's.
pub(crate) fn enrol(
    request: &EnrolRequest,
    tx: &WriteTransaction<'_>,
    directory: &mut Arc<Directory>,
    key: &Keypair,
    now: Timestamp,
) -> Result<Result<EnrolmentId, EnrolError>, StoreError> {
    let hash = request.secret().hash();
    let code = tx.code(&hash)?;
    let enrolment = match judge(request, code, directory, now) {
        Err(error) => return Ok(Err(error)),
        // The answer to the first request was lost on the way: the same device asks again.
        Ok(CodeVerdict::Again(enrolment)) => enrolment,
        Ok(CodeVerdict::New { person, device }) => {
            let Ok(enrolment) = new_id() else {
                return Ok(Err(EnrolError::Trouble));
            };
            let key_of_device = request.key;
            let fact = DirectoryEvent::Enrolled {
                enrolment: enrolment.clone(),
                person,
                device,
                key: key_of_device,
            };
            append(fact, tx, directory, key, now)?;
            tx.use_code(&hash, now, &enrolment)?;
            enrolment
        }
    };
    Ok(Ok(enrolment))
}

/// Writes a fact down at the end of the directory, signed by the relay.
pub(crate) fn append(
    fact: DirectoryEvent,
    tx: &WriteTransaction<'_>,
    directory: &mut Arc<Directory>,
    key: &Keypair,
    now: Timestamp,
) -> Result<(), StoreError> {
    let entry = SignedEntry::sign(&DirectoryEntry { time: now, fact }, directory.tail(), key);
    Arc::make_mut(directory)
        .apply(&entry)
        .map_err(|error| StoreError::BadRow(error.to_string()))?;
    tx.append_entry(&entry)
}

enum CodeVerdict {
    New { person: PersonId, device: String },
    Again(EnrolmentId),
}

fn judge(
    request: &EnrolRequest,
    code: Option<CodeRow>,
    directory: &Directory,
    now: Timestamp,
) -> Result<CodeVerdict, EnrolError> {
    if !request.is_signed(directory.relay()) {
        return Err(EnrolError::NotProved);
    }
    let code = code.ok_or(EnrolError::WrongCode)?;
    if let Some(enrolment) = code.enrolment {
        let same = directory.key(&enrolment) == Some(&request.key);
        return if same {
            Ok(CodeVerdict::Again(enrolment))
        } else {
            Err(EnrolError::UsedCode)
        };
    }
    if now >= code.expires_at {
        return Err(EnrolError::ExpiredCode);
    }
    if directory
        .enrolments()
        .any(|(_, known)| known.key == request.key)
    {
        return Err(EnrolError::KnownKey);
    }
    let named = text::clean(request.device.trim(), Limit::LINE)
        .map_err(|error| EnrolError::DeviceName(error.to_string()))?;
    let device = if named.is_empty() { code.device } else { named };
    Ok(CodeVerdict::New {
        person: code.person,
        device,
    })
}

/// A new enrolment's id. Short, for it stands in the first change of each of its actors.
fn new_id() -> Result<EnrolmentId, String> {
    const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let random: [u8; 16] = random::bytes().map_err(|error| error.to_string())?;
    let letters = random
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    let id: String = std::iter::once('e').chain(letters).collect();
    id.parse()
        .map_err(|error: terms::IdError| error.to_string())
}
