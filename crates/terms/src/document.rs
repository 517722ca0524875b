//! Which document. A document is written, read, granted and followed as a whole.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{AgencyId, IdError};

/// The name of a document, written `programme/2019`, `agency/2019/huyen-tran-de` or
/// `review/2019/huyen-tran-de`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum DocId {
    /// The programme of a year: written by its editors in Sở KH&ĐT.
    Programme(u16),
    /// What one agency says in a year.
    Agency(u16, AgencyId),
    /// What the province says back to one agency in a year.
    Review(u16, AgencyId),
}

/// Which kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocKind {
    /// The programme.
    Programme,
    /// What an agency says.
    Agency,
    /// What the province says back.
    Review,
}

/// Why a string names no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocIdError {
    /// Neither of the three forms.
    #[error("«{0}» không phải tên tài liệu (programme/năm, agency/năm/đơn vị, review/năm/đơn vị)")]
    Form(String),
    /// The year is not from 2000 to 2199.
    #[error("«{0}»: năm phải từ 2000 đến 2199")]
    Year(String),
    /// The agency's id is none.
    #[error("«{0}»: {1}")]
    Agency(String, IdError),
}

impl DocId {
    /// Which kind of document it is.
    pub fn kind(&self) -> DocKind {
        match self {
            Self::Programme(_) => DocKind::Programme,
            Self::Agency(..) => DocKind::Agency,
            Self::Review(..) => DocKind::Review,
        }
    }

    /// The programme's year that the document belongs to.
    pub fn year(&self) -> u16 {
        match self {
            Self::Programme(year) | Self::Agency(year, _) | Self::Review(year, _) => *year,
        }
    }

    /// The agency that the document is about; none for the programme.
    pub fn agency(&self) -> Option<&AgencyId> {
        match self {
            Self::Programme(_) => None,
            Self::Agency(_, agency) | Self::Review(_, agency) => Some(agency),
        }
    }
}

impl fmt::Display for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Programme(year) => write!(f, "programme/{year}"),
            Self::Agency(year, agency) => write!(f, "agency/{year}/{agency}"),
            Self::Review(year, agency) => write!(f, "review/{year}/{agency}"),
        }
    }
}

impl fmt::Debug for DocId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for DocId {
    type Err = DocIdError;

    fn from_str(text: &str) -> Result<Self, DocIdError> {
        let form = || DocIdError::Form(text.chars().take(80).collect());
        let mut parts = text.split('/');
        let (kind, year) = (
            parts.next().ok_or_else(form)?,
            parts.next().ok_or_else(form)?,
        );
        let year =
            parse_year(year).ok_or_else(|| DocIdError::Year(text.chars().take(80).collect()))?;
        let agency = parts
            .next()
            .map(|id| {
                id.parse::<AgencyId>()
                    .map_err(|e| DocIdError::Agency(id.to_owned(), e))
            })
            .transpose()?;
        match (kind, agency, parts.next()) {
            ("programme", None, None) => Ok(Self::Programme(year)),
            ("agency", Some(agency), None) => Ok(Self::Agency(year, agency)),
            ("review", Some(agency), None) => Ok(Self::Review(year, agency)),
            _ => Err(form()),
        }
    }
}

fn parse_year(text: &str) -> Option<u16> {
    let year: u16 = (text.len() == 4).then(|| text.parse().ok())??;
    (2000..2200).contains(&year).then_some(year)
}

impl TryFrom<String> for DocId {
    type Error = DocIdError;

    fn try_from(text: String) -> Result<Self, DocIdError> {
        text.parse()
    }
}

impl From<DocId> for String {
    fn from(id: DocId) -> String {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for name in [
            "programme/2019",
            "agency/2019/so-y-te",
            "review/2020/huyen-ke-sach",
        ] {
            assert_eq!(
                name.parse::<DocId>().map(|d| d.to_string()).as_deref(),
                Ok(name)
            );
        }
    }

    #[test]
    fn other_names_are_refused() {
        for name in [
            "",
            "programme",
            "programme/19",
            "programme/+019",
            "programme/2019/x",
            "agency/2019",
            "agency/2019/A",
            "agency/2019/a/b",
            "other/2019",
        ] {
            assert!(name.parse::<DocId>().is_err(), "{name}");
        }
    }
}
