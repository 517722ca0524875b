//! Whose a file is, and how old versions become this one.

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

/// The tables of one program.
#[derive(Debug, Clone, Copy)]
pub struct Schema {
    /// What stands in the header of its files.
    pub application_id: i32,
    /// In order: each brings a file from its place in the list to the next. Only ever added at the
    /// end, for a file carries the number of the last one it has seen in `user_version`.
    pub steps: &'static [&'static str],
}

impl Schema {
    /// The version that this program writes.
    #[allow(clippy::cast_possible_wrap, clippy::cast_possible_truncation)]
    pub const fn version(&self) -> i32 {
        self.steps.len() as i32
    }

    /// Takes all steps that a database has not seen, each in a transaction of its own: a crash
    /// between two leaves a whole database of the version between.
    pub fn bring_up_to_date(&self, db: &mut Connection) -> Result<(), Error> {
        self.bring_to(db, self.version())
    }

    /// The same up to an older version, for tests of what an older program leaves.
    pub fn bring_to(&self, db: &mut Connection, version: i32) -> Result<(), Error> {
        if version_of(db)? >= version {
            return Ok(());
        }
        for (number, step) in (1..=version).zip(self.steps) {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Another process may have taken this step since the look above.
            if version_of(&transaction)? < number {
                transaction.execute_batch(step)?;
                transaction.pragma_update(None, "application_id", self.application_id)?;
                transaction.pragma_update(None, "user_version", number)?;
            }
            transaction.commit()?;
        }
        Ok(())
    }
}

/// The last step that a database has seen.
pub(crate) fn version_of(db: &Connection) -> rusqlite::Result<i32> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}
