-- The relay's database, version 1.

-- The relay's own key. One row.
CREATE TABLE relay (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    seed BLOB NOT NULL CHECK (length(seed) = 32),
    public_url TEXT
) STRICT;

-- Who is who and who may do what: entries as they were signed. Each signature is over the chain of
-- all entries before it.
CREATE TABLE directory (
    seq INTEGER PRIMARY KEY,
    json TEXT NOT NULL,
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;

-- One-time codes, by the hash of their secret.
CREATE TABLE code (
    hash BLOB PRIMARY KEY CHECK (length(hash) = 32),
    person TEXT NOT NULL,
    device TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    enrolment TEXT
) STRICT, WITHOUT ROWID;

-- Where each document's stream ends.
CREATE TABLE doc (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    head_seq INTEGER NOT NULL,
    chain BLOB NOT NULL CHECK (length(chain) = 32)
) STRICT;

-- The streams.
CREATE TABLE change (
    doc INTEGER NOT NULL REFERENCES doc (id),
    seq INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    chain BLOB NOT NULL CHECK (length(chain) = 32),
    actor BLOB NOT NULL CHECK (length(actor) = 16),
    actor_seq INTEGER NOT NULL,
    author TEXT,
    signature BLOB CHECK (length(signature) = 64),
    bytes BLOB NOT NULL,
    UNIQUE (doc, seq),
    UNIQUE (doc, hash),
    UNIQUE (doc, actor, actor_seq)
) STRICT;

-- Whose the first fifteen bytes of an actor are: one enrolment's, in one document.
CREATE TABLE actor (
    prefix BLOB PRIMARY KEY CHECK (length(prefix) = 15),
    enrolment TEXT NOT NULL,
    doc INTEGER NOT NULL REFERENCES doc (id)
) STRICT, WITHOUT ROWID;
