//! Files that are not what they should be: told apart, named, and left alone.

use std::fs;

use super::*;

fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("replica.sqlite");
    (folder, path)
}

/// A database with something in it, closed.
fn filled() -> (tempfile::TempDir, PathBuf) {
    let (folder, path) = file();
    let db = open(&path).unwrap();
    db.execute_batch("BEGIN").unwrap();
    for n in 0..2_000 {
        super::super::set_meta(&db, &format!("key {n}"), &"value ".repeat(20)).unwrap();
    }
    db.execute_batch("COMMIT").unwrap();
    drop(db);
    (folder, path)
}

/// Opening fails in the way expected, names the file, and leaves every byte of it.
#[track_caller]
fn refused(path: &Path, expected: impl Fn(&OpenError) -> bool) {
    let before = fs::read(path).unwrap();
    let error = open(path).unwrap_err();
    assert!(expected(&error), "{error:?}");
    assert!(error.to_string().contains("replica.sqlite"), "{error}");
    assert!(!error.retry());
    assert_eq!(fs::read(path).unwrap(), before, "the file was touched");
}

#[test]
fn a_new_database_opens_again() {
    let (_folder, path) = filled();
    let db = open(&path).unwrap();
    assert!(super::super::meta(&db, "key 7").unwrap().is_some());
    let mode: String = db
        .pragma_query_value(None, "journal_mode", |row| row.get(0))
        .unwrap();
    let synchronous: i32 = db
        .pragma_query_value(None, "synchronous", |row| row.get(0))
        .unwrap();
    assert_eq!((mode.as_str(), synchronous), ("wal", 2));
}

#[test]
fn an_older_version_is_brought_to_this_one_with_all_that_it_holds() {
    let tables = |db: &Connection| -> Vec<String> {
        let sql = "SELECT name || coalesce(sql, '') FROM sqlite_schema ORDER BY name";
        let mut statement = db.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let (_new, path) = filled();
    let newest = tables(&open(&path).unwrap());
    for version in 1..SCHEMA.version() {
        let (_folder, path) = file();
        let mut db = Connection::open(&path).unwrap();
        SCHEMA.bring_to(&mut db, version).unwrap();
        super::super::set_meta(&db, "key", "value").unwrap();
        drop(db);
        let db = open(&path).unwrap();
        let kept = super::super::meta(&db, "key").unwrap();
        assert_eq!(kept.as_deref(), Some("value"), "from {version}");
        assert_eq!(tables(&db), newest, "from {version}");
    }
}

#[test]
fn a_newer_version_is_left_alone() {
    let (_folder, path) = filled();
    let db = Connection::open(&path).unwrap();
    db.pragma_update(None, "user_version", SCHEMA.version() + 1)
        .unwrap();
    drop(db);
    refused(&path, |error| {
        matches!(error, OpenError::NewerVersion { .. })
    });
}

#[test]
fn another_app_is_left_alone() {
    for (application, table) in [(0, "t"), (7, "t"), (7, "")] {
        let (_folder, path) = file();
        let db = Connection::open(&path).unwrap();
        db.pragma_update(None, "application_id", application)
            .unwrap();
        if !table.is_empty() {
            db.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1)")
                .unwrap();
        }
        drop(db);
        refused(&path, |error| matches!(error, OpenError::OtherApp { .. }));
    }
}

#[test]
fn what_is_cut_or_garbled_is_left_alone() {
    let damaged = |error: &OpenError| matches!(error, OpenError::Damaged { .. });
    let (_folder, path) = filled();
    let whole = fs::read(&path).unwrap();
    for keep in [100, 4_096, whole.len() / 2, whole.len() - 1] {
        fs::write(&path, &whole[..keep]).unwrap();
        refused(&path, damaged);
    }
    let mut garbled = whole.clone();
    let middle = whole.len() / 2;
    garbled[middle..middle + 4_096].fill(0xAA);
    fs::write(&path, &garbled).unwrap();
    refused(&path, damaged);
    fs::write(&path, "Đây là một tệp văn bản, không phải cơ sở dữ liệu.").unwrap();
    refused(&path, damaged);
    fs::write(&path, &whole).unwrap();
    assert!(open(&path).is_ok());
}

#[test]
fn a_log_whose_file_is_gone_is_left_alone() {
    let (_folder, path) = file();
    let db = open(&path).unwrap();
    let log = path.with_extension("sqlite-wal");
    let left = fs::read(&log).unwrap();
    drop(db);
    fs::remove_file(&path).unwrap();
    fs::write(&log, &left).unwrap();
    let error = open(&path).unwrap_err();
    assert!(matches!(error, OpenError::Damaged { .. }), "{error:?}");
    assert!(error.to_string().contains("replica.sqlite-wal"), "{error}");
    assert!(!path.exists() && fs::read(&log).unwrap() == left);
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let (folder, _) = file();
    let error = open(&folder.path().join("none/replica.sqlite")).unwrap_err();
    assert!(matches!(error, OpenError::Io { .. }), "{error:?}");
    assert!(error.retry());
}
