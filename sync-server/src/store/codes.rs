//! One-time codes: only the hash of a secret is kept.

use rusqlite::{OptionalExtension, Row, params};
use serde::Serialize;
use terms::{EnrolmentId, PersonId, Timestamp};

use super::{ReadTransaction, StoreError, WriteTransaction};

/// A one-time code, as much of it as the relay keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeRow {
    /// Whom it enrols.
    pub person: PersonId,
    /// What the administrator calls the device.
    pub device: String,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// From when on it counts no more.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// What it enrolled.
    pub enrolment: Option<EnrolmentId>,
}

const COLUMNS: &str = "person, device, issued_at, expires_at, used_at, enrolment";

impl ReadTransaction<'_> {
    /// The code whose secret has this hash.
    pub(crate) fn code(&self, hash: &[u8; 32]) -> Result<Option<CodeRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM code WHERE hash = ?1");
        self.sql
            .query_row(&sql, params![hash], |row| Ok(code(row)))
            .optional()?
            .transpose()
    }

    /// All codes ever issued, the newest first.
    pub(crate) fn codes(&self) -> Result<Vec<CodeRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM code ORDER BY issued_at DESC, hash");
        let mut statement = self.sql.prepare(&sql)?;
        let rows = statement.query_map([], |row| Ok(code(row)))?;
        rows.map(|row| row?).collect()
    }
}

impl WriteTransaction<'_> {
    /// Keeps a new code.
    pub(crate) fn add_code(&self, hash: &[u8; 32], code: &CodeRow) -> Result<(), StoreError> {
        self.sql.execute(
            "INSERT INTO code (hash, person, device, issued_at, expires_at)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                hash,
                code.person.as_str(),
                code.device,
                code.issued_at.0,
                code.expires_at.0
            ],
        )?;
        Ok(())
    }

    /// Marks a code as used.
    pub(crate) fn use_code(
        &self,
        hash: &[u8; 32],
        at: Timestamp,
        enrolment: &EnrolmentId,
    ) -> Result<(), StoreError> {
        self.sql.execute(
            "UPDATE code SET used_at = ?2, enrolment = ?3 WHERE hash = ?1 AND used_at IS NULL",
            params![hash, at.0, enrolment.as_str()],
        )?;
        Ok(())
    }
}

fn code(row: &Row<'_>) -> Result<CodeRow, StoreError> {
    let bad = |error: terms::IdError| StoreError::BadRow(error.to_string());
    let enrolment: Option<String> = row.get(5)?;
    Ok(CodeRow {
        person: row.get::<_, String>(0)?.parse().map_err(bad)?,
        device: row.get(1)?,
        issued_at: Timestamp(row.get(2)?),
        expires_at: Timestamp(row.get(3)?),
        used_at: row.get::<_, Option<i64>>(4)?.map(Timestamp),
        enrolment: enrolment
            .map(EnrolmentId::try_from)
            .transpose()
            .map_err(bad)?,
    })
}
