//! The tables. Steps are only ever added at the end.

use database::Schema;

/// This app's database.
pub(super) const SCHEMA: Schema = Schema {
    // «TiDo».
    application_id: 0x5469_446F,
    steps: &[FIRST, WITHOUT_SIGNATURE, NEWS, LAST_REQUESTS, STATES],
};

const FIRST: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('incarnation', '1'), ('count', '0');

-- Every change that stands, as automerge wrote it. `number` is an order in which each comes
-- after those it builds on, except for those that wait for one. A rejected change leaves
-- this table for `quarantine`.
CREATE TABLE change (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  doc TEXT NOT NULL,
  hash BLOB NOT NULL,
  actor BLOB NOT NULL,
  seq INTEGER NOT NULL,
  author TEXT,
  signature BLOB,
  bytes BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'acknowledged')),
  waits INTEGER NOT NULL DEFAULT 0,
  relay_seq INTEGER,
  UNIQUE (doc, hash)
) STRICT;
CREATE INDEX change_pending ON change (number) WHERE state = 'pending';
CREATE INDEX change_waits ON change (doc, number) WHERE waits;
CREATE INDEX change_actor ON change (doc, actor, seq);
CREATE INDEX change_doc ON change (doc, number);
CREATE INDEX change_relay ON change (doc, relay_seq) WHERE relay_seq IS NOT NULL;

-- The projection: what each document says, held equal to a fresh read of it.
CREATE TABLE document (doc TEXT PRIMARY KEY, heads BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE fact (
  doc TEXT NOT NULL,
  path TEXT NOT NULL,
  ord INTEGER NOT NULL,
  value TEXT NOT NULL,
  change BLOB NOT NULL,
  author TEXT,
  time INTEGER NOT NULL,
  PRIMARY KEY (doc, path, ord)
) STRICT, WITHOUT ROWID;

-- The history: what each change touched. `about` is the task or target, where there is one.
CREATE TABLE touch (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  doc TEXT NOT NULL,
  path TEXT NOT NULL,
  change BLOB NOT NULL,
  author TEXT,
  time INTEGER NOT NULL,
  was TEXT NOT NULL,
  became TEXT NOT NULL,
  reason TEXT,
  about TEXT
) STRICT;
CREATE INDEX touch_path ON touch (doc, path);
CREATE INDEX touch_about ON touch (about, number) WHERE about IS NOT NULL;
CREATE INDEX touch_change ON touch (change);

-- How far into the relay's streams.
CREATE TABLE cursor (doc TEXT PRIMARY KEY, seq INTEGER NOT NULL, chain BLOB NOT NULL)
  STRICT, WITHOUT ROWID;
CREATE TABLE directory (seq INTEGER PRIMARY KEY, json TEXT NOT NULL, signature BLOB NOT NULL)
  STRICT;

-- The first fifteen bytes of the actors that this enrolment writes with. A restored or cloned
-- disk makes a new incarnation.
CREATE TABLE actor (
  doc TEXT NOT NULL,
  incarnation INTEGER NOT NULL,
  prefix BLOB NOT NULL UNIQUE,
  PRIMARY KEY (doc, incarnation)
) STRICT, WITHOUT ROWID;

-- What the relay refused: never dropped.
CREATE TABLE quarantine (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  doc TEXT NOT NULL,
  hash BLOB NOT NULL,
  author TEXT,
  signature BLOB,
  bytes BLOB NOT NULL,
  rejection TEXT NOT NULL,
  touches TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (doc, hash)
) STRICT;

-- Of the person at this device, never sent.
CREATE TABLE draft (
  doc TEXT NOT NULL,
  path TEXT NOT NULL,
  seen BLOB NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (doc, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE look (task TEXT PRIMARY KEY, touch INTEGER NOT NULL) STRICT, WITHOUT ROWID;
-- Requests carried out, by their digest: one sent twice is done once.
CREATE TABLE edited (request BLOB PRIMARY KEY, heads BLOB NOT NULL, at INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;

-- Words to find things by, folded (no marks, d for đ).
CREATE TABLE said (
  id INTEGER PRIMARY KEY,
  doc TEXT NOT NULL,
  path TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (doc, path)
) STRICT;
CREATE VIRTUAL TABLE folded USING fts5 (
  words, content = '', contentless_delete = 1, prefix = '2 3',
  tokenize = 'unicode61 remove_diacritics 0'
);
";

// What came in snapshots waits for its authors' signatures.
const WITHOUT_SIGNATURE: &str = "
CREATE INDEX change_unproved ON change (doc) WHERE author IS NOT NULL AND signature IS NULL;
";

// The index holds the author, so that a person's own steps are skipped without reading them.
const NEWS: &str = "
DROP INDEX touch_about;
CREATE INDEX touch_about ON touch (about, number, author) WHERE about IS NOT NULL;
";

// Only the last requests are kept: see `person::set_edited`.
const LAST_REQUESTS: &str = "
CREATE INDEX edited_at ON edited (at);
";

// What the relay had and lost is not at the province, though it is not pending where somebody else
// wrote it. A draft says since when it is one.
const STATES: &str = "
ALTER TABLE change ADD COLUMN lost INTEGER NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
";
