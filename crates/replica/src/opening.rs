//! From a file to a replica ready to be read and written: nothing is loaded but rows.

use std::{path::Path, sync::Arc};

use programme::{ReadModel, SaveStates};
use rusqlite::Connection as Database;
use sync::directory::Directory;
use terms::Timestamp;

use crate::{
    Clock, Random, SystemRandom, Unlocked,
    disk::Disk,
    engine::{self, Engine},
    files,
    shared_model::{Model, SharedModel},
    status::Status,
    storage::{self, OpenError, StoreError, changes, person, projection},
};

/// The writer's state and the read model.
pub(crate) fn open(
    path: &Path,
    unlocked: &Unlocked,
    clock: Arc<dyn Clock>,
) -> Result<(Engine, SharedModel), OpenError> {
    let folder = &unlocked.folder;
    files::make_folder(folder).map_err(|error| OpenError::io(folder, error))?;
    let mut disk = Disk::lock(&folder.join("counter"))?;
    if disk.is_used() && path.metadata().is_ok_and(|file| file.len() == 0) {
        let why = "tệp rỗng dù đã từng có dữ liệu";
        return Err(OpenError::damaged(path, why));
    }
    let db = storage::open(path)?;
    let failed = |error: StoreError| OpenError::store(path, error);
    compare(&mut disk, &db).map_err(failed)?;
    over(db, unlocked, (clock, Box::new(SystemRandom)), Some(disk)).map_err(failed)
}

/// The writer's state and the read model over an open database.
pub(crate) fn over(
    db: Database,
    unlocked: &Unlocked,
    (clock, random): (Arc<dyn Clock>, Box<dyn Random>),
    disk: Option<Disk>,
) -> Result<(Engine, SharedModel), StoreError> {
    let directory = first_directory(&db, unlocked)?;
    let year = engine::year_of(&directory, &unlocked.enrolment.enrolment);
    let year = year.unwrap_or_else(|| clock.now().date().year().unsigned_abs());
    let shared_model = shared_model(&db, &directory, year)?;
    let engine = Engine::new(db, unlocked, (clock, random), disk, directory, year);
    Ok((engine, shared_model))
}

/// Looks for a restored or cloned disk. Where that can't be noted because nothing can be written,
/// nothing is written from here on either: no number is given out twice.
fn compare(disk: &mut Disk, db: &Database) -> Result<(), StoreError> {
    match disk.compare(db) {
        Err(
            StoreError::Full(_, error) | StoreError::ReadOnly(_, error) | StoreError::Io(error),
        ) if storage::is_unwritable(&error) => {
            tracing::warn!(error = %database::causes(&error), "the disk can't be written: only reading");
            Ok(db.pragma_update(None, "query_only", true)?)
        }
        compared => compared,
    }
}

/// The directory as stored, or as it came with the enrolment.
fn first_directory(db: &Database, unlocked: &Unlocked) -> Result<Directory, StoreError> {
    let relay = unlocked.enrolment.relay_key;
    let stored = engine::read_directory(db, relay)?;
    if stored.tail().seq > 0 {
        return Ok(stored);
    }
    let mut directory = Directory::new(relay);
    for entry in unlocked.first_directory() {
        // What is no entry of this relay is no loss: the relay sends its directory again.
        if directory.apply(&entry).is_err() {
            break;
        }
        storage::directory::add(db, &entry)?;
    }
    Ok(directory)
}

/// Which changes the relay said that it has.
pub(crate) fn read_states(db: &Database) -> Result<SaveStates, StoreError> {
    let mut states = SaveStates::default();
    for (change, seq) in changes::at_province(db)? {
        states.set_at_province(change, seq);
    }
    Ok(states)
}

fn shared_model(
    db: &Database,
    directory: &Directory,
    year: u16,
) -> Result<SharedModel, StoreError> {
    let mut read_model = ReadModel::new(year);
    for (doc, heads) in projection::heads(db)? {
        read_model.set_facts(&doc, heads, projection::read(db, &doc)?);
    }
    let synced_at = storage::meta(db, "synced_at")?;
    *read_model.states_mut() = read_states(db)?;
    let status = Status {
        drafts: person::count_drafts(db)?,
        synced_at: synced_at.and_then(|at| at.parse().ok()).map(Timestamp),
        ..Status::default()
    };
    let model = Model {
        facts: read_model,
        directory: directory.clone(),
        status,
    };
    Ok(SharedModel::new(model, engine::read_states(db)?))
}
