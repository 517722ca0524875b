//! The documents' streams: every change with its number, its signature and the chain at it.

use rusqlite::{OptionalExtension, Row, params};
use sync::{
    Chain, Cursor, Signature, SignedChange, admit::KnownChanges, signatures::ChangeSignature,
};
use terms::{ChangeHeader, ChangeId, DocId, EnrolmentId};

use super::{ReadTransaction, StoreError, WriteTransaction, from_sql, to_sql};

impl ReadTransaction<'_> {
    /// Where a document's stream ends.
    pub(crate) fn tail(&self, doc: &DocId) -> Result<Cursor, StoreError> {
        let sql = "SELECT head_seq, chain FROM doc WHERE name = ?1";
        let mut statement = self.sql.prepare_cached(sql)?;
        let tail = statement
            .query_row(params![doc.to_string()], cursor)
            .optional()?;
        Ok(tail.unwrap_or(Cursor::START))
    }

    /// Where the stream was after number `seq`, if it has got that far.
    pub(crate) fn cursor_at(&self, doc: &DocId, seq: u64) -> Result<Option<Cursor>, StoreError> {
        if seq == 0 {
            return Ok(Some(Cursor::START));
        }
        let sql = "SELECT seq, change.chain FROM change JOIN doc ON doc.id = change.doc
                   WHERE name = ?1 AND seq = ?2";
        let mut statement = self.sql.prepare_cached(sql)?;
        Ok(statement
            .query_row(params![doc.to_string(), to_sql(seq)], cursor)
            .optional()?)
    }

    /// The changes after number `seq`, in order: at least one if there is any, and no more than
    /// weigh `budget` bytes.
    pub(crate) fn changes_after(
        &self,
        doc: &DocId,
        seq: u64,
        budget: usize,
    ) -> Result<Vec<(ChangeId, SignedChange)>, StoreError> {
        let sql =
            "SELECT hash, bytes, author, signature FROM change JOIN doc ON doc.id = change.doc
                   WHERE name = ?1 AND seq > ?2 ORDER BY seq";
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut rows = statement.query(params![doc.to_string(), to_sql(seq)])?;
        let (mut changes, mut weight) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let (id, change) = change(row)?;
            weight += change.weight();
            if weight > budget && !changes.is_empty() {
                break;
            }
            changes.push((id, change));
        }
        Ok(changes)
    }

    /// Who signed the entries after number `seq`, looking at so many of them.
    pub(crate) fn signatures_after(
        &self,
        doc: &DocId,
        seq: u64,
        limit: usize,
    ) -> Result<Vec<ChangeSignature>, StoreError> {
        let sql = "SELECT hash, author, signature FROM change JOIN doc ON doc.id = change.doc
                   WHERE name = ?1 AND seq > ?2 AND seq <= ?3 AND author IS NOT NULL ORDER BY seq";
        let mut statement = self.sql.prepare_cached(sql)?;
        let last = seq.saturating_add(limit as u64);
        let mut rows = statement.query(params![doc.to_string(), to_sql(seq), to_sql(last)])?;
        let mut signatures = Vec::new();
        while let Some(row) = rows.next()? {
            let author: String = row.get(1)?;
            signatures.push(ChangeSignature {
                change: ChangeId(row.get(0)?),
                author: EnrolmentId::try_from(author)
                    .map_err(|error| StoreError::BadRow(error.to_string()))?,
                signature: Signature(row.get(2)?),
            });
        }
        Ok(signatures)
    }

    /// What a document's stream weighs on the way, near enough.
    pub(crate) fn weight(&self, doc: &DocId) -> Result<u64, StoreError> {
        let sql = "SELECT weight FROM doc WHERE name = ?1";
        let mut statement = self.sql.prepare_cached(sql)?;
        let weight = statement
            .query_row(params![doc.to_string()], |row| row.get(0))
            .optional()?;
        Ok(weight.map_or(0, from_sql))
    }

    /// The documents whose stream weighs at least so many bytes.
    pub(crate) fn heavier_than(&self, weight: u64) -> Result<Vec<DocId>, StoreError> {
        let sql = "SELECT name FROM doc WHERE weight >= ?1 ORDER BY name";
        let mut statement = self.sql.prepare_cached(sql)?;
        let names = statement.query_map([to_sql(weight)], |row| row.get::<_, String>(0))?;
        names
            .map(|name| {
                let name = name?;
                name.parse().map_err(|_| StoreError::BadRow(name))
            })
            .collect()
    }

    /// The number of a change in its document's stream.
    pub(crate) fn seq_of(&self, doc: &DocId, id: &ChangeId) -> Result<Option<u64>, StoreError> {
        let sql = "SELECT seq FROM change JOIN doc ON doc.id = change.doc
                   WHERE name = ?1 AND hash = ?2";
        let mut statement = self.sql.prepare_cached(sql)?;
        let seq = statement
            .query_row(params![doc.to_string(), id.0], |row| row.get(0))
            .optional()?;
        Ok(seq.map(from_sql))
    }

    /// How many documents have a stream, and how many changes they hold.
    pub(crate) fn size(&self) -> Result<(u64, u64), StoreError> {
        let sql = "SELECT count(*), coalesce(sum(head_seq), 0) FROM doc";
        let size = |row: &Row<'_>| Ok((from_sql(row.get(0)?), from_sql(row.get(1)?)));
        Ok(self.sql.query_row(sql, [], size)?)
    }
}

impl WriteTransaction<'_> {
    /// Gives a change the next number of its document's stream; the new end of the stream.
    pub(crate) fn append_change(
        &self,
        doc: &DocId,
        header: &ChangeHeader,
        change: &SignedChange,
    ) -> Result<Cursor, StoreError> {
        let tail = self.tail(doc)?.then(&header.id);
        let sql = "INSERT INTO doc (name, head_seq, chain, weight) VALUES (?1, ?2, ?3, ?4)
                   ON CONFLICT (name)
                   DO UPDATE SET head_seq = ?2, chain = ?3, weight = weight + ?4 RETURNING id";
        let mut statement = self.sql.prepare_cached(sql)?;
        let weight = to_sql(change.weight() as u64);
        let values = params![doc.to_string(), to_sql(tail.seq), tail.chain.0, weight];
        let id: i64 = statement.query_row(values, |row| row.get(0))?;
        let sql = "INSERT INTO change
                   (doc, seq, hash, chain, actor, actor_seq, author, signature, bytes)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        self.sql.prepare_cached(sql)?.execute(params![
            id,
            to_sql(tail.seq),
            header.id.0,
            tail.chain.0,
            header.actor,
            to_sql(header.seq),
            change.author.as_ref().map(EnrolmentId::as_str),
            change.signature.map(|signature| signature.0),
            change.bytes,
        ])?;
        // Whose an actor is, its first change says. The actors of birth changes are made from what
        // they say: they belong to nobody.
        if let Some(author) = change.author.as_ref().filter(|_| header.seq == 1) {
            let sql = "INSERT INTO actor (prefix, enrolment, doc) VALUES (?1, ?2, ?3)
                       ON CONFLICT (prefix) DO NOTHING";
            let values = params![&header.actor[..15], author.as_str(), id];
            self.sql.prepare_cached(sql)?.execute(values)?;
        }
        Ok(tail)
    }
}

impl KnownChanges for ReadTransaction<'_> {
    type Error = StoreError;

    fn knows(&self, doc: &DocId, change: &ChangeId) -> Result<bool, StoreError> {
        Ok(self.seq_of(doc, change)?.is_some())
    }

    fn owner(&self, prefix: &[u8; 15]) -> Result<Option<(EnrolmentId, DocId)>, StoreError> {
        let sql = "SELECT enrolment, name FROM actor JOIN doc ON doc.id = actor.doc
                   WHERE prefix = ?1";
        let mut statement = self.sql.prepare_cached(sql)?;
        let names = |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?));
        let Some((enrolment, doc)) = statement.query_row(params![prefix], names).optional()? else {
            return Ok(None);
        };
        match (enrolment.parse(), doc.parse()) {
            (Ok(enrolment), Ok(doc)) => Ok(Some((enrolment, doc))),
            _ => Err(StoreError::BadRow(format!("actor {enrolment}, {doc}"))),
        }
    }

    fn last_seq(&self, doc: &DocId, actor: &[u8; 16]) -> Result<u64, StoreError> {
        let sql = "SELECT max(actor_seq) FROM change JOIN doc ON doc.id = change.doc
                   WHERE name = ?1 AND actor = ?2";
        let mut statement = self.sql.prepare_cached(sql)?;
        let last: Option<i64> =
            statement.query_row(params![doc.to_string(), actor], |row| row.get(0))?;
        Ok(last.map_or(0, from_sql))
    }
}

fn cursor(row: &Row<'_>) -> rusqlite::Result<Cursor> {
    Ok(Cursor {
        seq: from_sql(row.get(0)?),
        chain: Chain(row.get(1)?),
    })
}

fn change(row: &Row<'_>) -> Result<(ChangeId, SignedChange), StoreError> {
    let author: Option<String> = row.get(2)?;
    let author = author.map(EnrolmentId::try_from).transpose();
    let change = SignedChange {
        bytes: row.get(1)?,
        author: author.map_err(|error| StoreError::BadRow(error.to_string()))?,
        signature: row.get::<_, Option<[u8; 64]>>(3)?.map(Signature),
    };
    Ok((ChangeId(row.get(0)?), change))
}
