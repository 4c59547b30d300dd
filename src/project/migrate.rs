//! The tables of a project file, and how older files become today's.
//!
//! In: a connection to a file of any known format. Out: the same file in today's format. Guarantee: a migration is
//! one transaction, so that a file is in its old or its new format, never between; the journal tables refuse to be
//! changed.
//!
//! `PRAGMA user_version` is the format, `PRAGMA application_id` says that the file is ours.

use rusqlite::{Connection, TransactionBehavior};

/// The format written by this version.
pub const FORMAT: u32 = 4;

/// `MUQ1` in ASCII: tells a project from any other SQLite file.
pub const APPLICATION_ID: i32 = 0x4d55_5131;

/// The tables of format 1.
const V1: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
  side TEXT PRIMARY KEY CHECK (side IN ('source', 'target')),
  name TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE segments (
  side TEXT NOT NULL, start INTEGER NOT NULL, \"end\" INTEGER NOT NULL,
  kind TEXT NOT NULL, opens INTEGER NOT NULL, corrected TEXT,
  PRIMARY KEY (side, start)
) WITHOUT ROWID;
CREATE TABLE beads (
  id INTEGER PRIMARY KEY, live INTEGER NOT NULL,
  source_start INTEGER, source_end INTEGER, target_start INTEGER, target_end INTEGER,
  decision TEXT NOT NULL, comment TEXT NOT NULL DEFAULT '',
  confidence REAL, score TEXT NOT NULL
);
CREATE TABLE journal (
  number INTEGER PRIMARY KEY, at INTEGER NOT NULL, reviewer TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('edit', 'undo', 'redo')),
  \"of\" INTEGER, edit TEXT, steps TEXT
);
CREATE TRIGGER journal_is_append_only_1 BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_append_only_2 BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
";

/// From format 1 to 2: pins, who decided, and the words learnt.
const V2: &str = "
ALTER TABLE beads ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE beads ADD COLUMN reviewer TEXT;
CREATE TABLE lexicon (
  source TEXT NOT NULL, target TEXT NOT NULL, probability REAL NOT NULL,
  PRIMARY KEY (source, target)
) WITHOUT ROWID;
";

/// From format 2 to 3: the lexicons that the documents were aligned with.
const V3: &str = "
CREATE TABLE dictionaries (
  number INTEGER PRIMARY KEY, first_language TEXT, second_language TEXT
);
CREATE TABLE dictionary_pairs (
  dictionary INTEGER NOT NULL, first TEXT NOT NULL, second TEXT NOT NULL, weight REAL NOT NULL,
  PRIMARY KEY (dictionary, first, second)
) WITHOUT ROWID;
";

/// Makes the tables of a format in an empty file.
pub(super) fn tables(connection: &Connection, format: u32) -> rusqlite::Result<()> {
    connection.execute_batch(V1)?;
    (1..format).try_for_each(|step| migrate_one(connection, step))
}

/// Makes the tables of today's format in an empty file.
pub(super) fn create(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    tables(&transaction, FORMAT)?;
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()
}

/// Brings a file of format `from` to today's.
pub(super) fn migrate(connection: &mut Connection, from: u32) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for step in from..FORMAT {
        migrate_one(&transaction, step)?;
    }
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()
}

fn migrate_one(connection: &Connection, from: u32) -> rusqlite::Result<()> {
    match from {
        1 => connection.execute_batch(V2),
        2 => connection.execute_batch(V3),
        // From format 3 to 4 the journal may hold edits of another name; the tables are the same.
        _ => Ok(()),
    }
}
