//! Files of all kinds: told apart, and left alone where they are not ours.

use std::fs;

use super::*;

const OURS: Schema = Schema {
    application_id: 7,
    steps: &[
        "CREATE TABLE one (x); INSERT INTO one VALUES (1)",
        "CREATE TABLE two (x)",
    ],
};

fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("một bảng 100% #1?.db");
    (folder, path)
}

/// The second step fails half-way.
const BROKEN: Schema = Schema {
    steps: &[OURS.steps[0], "CREATE TABLE two (x); CREATE TABLE one (x)"],
    ..OURS
};

const AT_ONCE: Options = Options {
    wait: Duration::ZERO,
    check: true,
};

fn opened(path: &Path) -> Result<Connection, Error> {
    open(path, &OURS, AT_ONCE)
}

#[test]
fn a_commit_is_on_the_disk_when_it_returns() {
    let (_folder, path) = file();
    let db = opened(&path).unwrap();
    let mode: String = db
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .unwrap();
    // Full: the log is synchronised at every commit.
    let synchronous: i32 = db
        .pragma_query_value(None, "synchronous", |row| row.get(0))
        .unwrap();
    assert_eq!((mode.as_str(), synchronous), ("wal", 2));
}

#[test]
fn each_step_is_taken_once_and_a_failing_one_leaves_those_before() {
    let (_folder, path) = file();
    let failed = open(&path, &BROKEN, AT_ONCE).unwrap_err();
    assert_eq!(failed.kind(), ErrorKind::Refused);
    assert_eq!(failed.path(), path);
    let between = Connection::open(&path).unwrap();
    assert_eq!(version_of(&between).unwrap(), 1);
    let db = opened(&path).unwrap();
    assert_eq!(version_of(&db).unwrap(), 2);
    drop(opened(&path).unwrap());
    let rows: i32 = db
        .query_row("SELECT count(*) FROM one", [], |row| row.get(0))
        .unwrap();
    assert_eq!(rows, 1);
}

#[test]
fn what_is_not_ours_is_told_apart_and_left_alone() {
    let newer = ErrorKind::TooNew { is: 3, known: 2 };
    for (application, version, kind) in [
        (0, 1, ErrorKind::NotOurs),
        (8, 1, ErrorKind::NotOurs),
        (7, 3, newer),
    ] {
        let (_folder, path) = file();
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "application_id", application)
            .unwrap();
        db.pragma_update(None, "user_version", version).unwrap();
        drop(db);
        let before = fs::read(&path).unwrap();
        let error = opened(&path).unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(!error.retry());
        assert_eq!(fs::read(&path).unwrap(), before);
    }
    let (_folder, path) = file();
    fs::write(&path, "Đây là một tệp văn bản, không phải cơ sở dữ liệu.").unwrap();
    assert_eq!(opened(&path).unwrap_err().kind(), ErrorKind::NotADatabase);
}

#[cfg(unix)]
#[test]
fn a_file_is_readable_where_nothing_can_be_made_beside_it() {
    let (_folder, path) = file();
    let db = opened(&path).unwrap();
    db.execute_batch("INSERT INTO two VALUES (2)").unwrap();
    drop(db);
    // As on a disk that is full or may only be read: the file that SQLite shares between its
    // connections can't be made.
    let mut beside = OsString::from(&path);
    beside.push("-shm");
    std::os::unix::fs::symlink("nowhere/at/all", &beside).unwrap();
    assert_eq!(opened(&path).unwrap_err().kind(), ErrorKind::Io);
    let db = open_to_read(&path, &OURS, Duration::ZERO).unwrap();
    assert!(is_read_only(&db));
    let sum: i32 = db
        .query_row("SELECT sum(x) FROM two", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sum, 2);
    let refused = Error::from(db.execute_batch("DELETE FROM two").unwrap_err());
    assert_eq!(refused.kind(), ErrorKind::ReadOnly);
    // A log that waits holds what the file does not: nobody reads past it.
    let mut log = OsString::from(&path);
    log.push("-wal");
    fs::write(&log, "log").unwrap();
    drop(db);
    let error = open_to_read(&path, &OURS, Duration::ZERO).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
}

#[test]
fn an_old_file_is_not_read_past_its_steps() {
    let (_folder, path) = file();
    let mut db = Connection::open(&path).unwrap();
    OURS.bring_to(&mut db, 1).unwrap();
    drop(db);
    let error = open_to_read(&path, &OURS, Duration::ZERO).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ReadOnly);
}

#[test]
fn a_log_whose_file_is_gone_is_left_alone() {
    let (_folder, path) = file();
    let mut log = OsString::from(&path);
    log.push("-wal");
    fs::write(&log, "log").unwrap();
    let error = opened(&path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Damaged);
    assert_eq!(error.path(), Path::new(&log));
    assert!(!path.exists());
}
