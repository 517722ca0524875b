//! Ids: short, explicit, made once, never derived from a position or a title.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Why a string is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing was given.
    #[error("mã để trống")]
    Empty,
    /// More than [`MAX_LEN`] bytes.
    #[error("mã dài quá {MAX_LEN} ký tự: «{0}»")]
    TooLong(String),
    /// A character other than a lower-case ASCII letter, a digit or a hyphen.
    #[error("mã «{0}» có ký tự «{1}»; chỉ dùng chữ thường không dấu, chữ số và gạch nối")]
    BadCharacter(String, char),
}

/// The longest id, in bytes. A UUID with hyphens has 36.
pub const MAX_LEN: usize = 48;

fn check(text: &str) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.len() > MAX_LEN {
        return Err(IdError::TooLong(text.chars().take(MAX_LEN).collect()));
    }
    match text
        .chars()
        .find(|c| !matches!(c, 'a'..='z' | '0'..='9' | '-'))
    {
        Some(bad) => Err(IdError::BadCharacter(text.to_owned(), bad)),
        None => Ok(()),
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// The id as it stands in documents, columns and messages.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                check(text).map(|()| Self(text.into()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                check(&text).map(|()| Self(text.into_boxed_str()))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.into_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// An agency (đơn vị, cơ quan), as in `huyen-tran-de`.
    AgencyId;
    /// A numbered group of the programme (nhóm).
    GroupId;
    /// A lettered section of a group (mục).
    SectionId;
    /// A task (nhiệm vụ).
    TaskId;
    /// A target (chỉ tiêu).
    TargetId;
    /// A milestone (mốc) under a task.
    MilestoneId;
    /// A legal document that the programme cites.
    CitationId;
    /// An item that people add: an obstacle, a proposal, a comment.
    ItemId;
    /// A person known to the directory.
    PersonId;
    /// A person on a device: what signs changes.
    EnrolmentId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_ascii() {
        assert!("huyen-tran-de".parse::<AgencyId>().is_ok());
        assert_eq!("".parse::<AgencyId>(), Err(IdError::Empty));
        for bad in ["Huyen", "trần-đề", "a/b", "a b", "a_b"] {
            assert!(
                matches!(bad.parse::<TaskId>(), Err(IdError::BadCharacter(..))),
                "{bad}"
            );
        }
        assert!(matches!(
            "a".repeat(49).parse::<TaskId>(),
            Err(IdError::TooLong(_))
        ));
    }

    #[test]
    fn a_bad_id_does_not_deserialise() {
        assert!(serde_json::from_str::<TaskId>("\"nv-k7q2\"").is_ok());
        assert!(serde_json::from_str::<TaskId>("\"../etc\"").is_err());
    }
}
