//! The tables of an index, and a connection to it that trusts nothing.
//!
//! In: the path of an index. Out: a connection to one that holds just the tables made here. Guarantee: an index of
//! another make, a damaged one or one of another version is made anew; what is no index at all is left alone.

use std::fs::{self, File};
use std::io;
use std::iter;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::SearchError;
use crate::part_file::regular;
use crate::project::with_suffix;

/// `MUQS` in ASCII.
const APPLICATION_ID: i32 = 0x4d55_5153;
const VERSION: i32 = 2;

/// Of the words only in which pairs they stand is kept; the texts stand in `blocks`, packed.
const TABLES: &str = "
CREATE TABLE files (
  path TEXT PRIMARY KEY, stamp TEXT NOT NULL, first INTEGER NOT NULL, pairs INTEGER NOT NULL, trouble TEXT
) WITHOUT ROWID;
CREATE TABLE blocks (first INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE next (pair INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(
  text, content='', contentless_delete=1, detail=none, tokenize='ascii'
);
INSERT INTO next VALUES (0);
";

/// What SQLite keeps beside an index.
const LOGS: [&str; 2] = ["-wal", "-shm"];

/// How long one process waits for another that writes.
const PATIENCE: Duration = Duration::from_mins(2);

/// Connects to the index at `path`, which is made if it is not there.
pub(super) fn open(path: &Path) -> Result<Connection, SearchError> {
    if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
        make_private(folder).map_err(|source| SearchError::Io { path: folder.to_owned(), source })?;
    }
    refuse_other_files(path)?;
    let _turn = turn(path)?;
    match connect(path) {
        Ok(Some(connection)) => return Ok(connection),
        Err(error) if is_of_the_system(&error) => return Err(sqlite(path, error)),
        Ok(None) | Err(_) => {}
    }
    remove(path)?;
    let connection = connect(path).map_err(|error| sqlite(path, error))?;
    connection.ok_or_else(|| SearchError::Foreign(path.to_owned()))
}

/// Removes the index at `path`, if one is there.
pub(super) fn forget(path: &Path) -> Result<bool, SearchError> {
    refuse_other_files(path)?;
    if !path.exists() {
        return Ok(false);
    }
    let _turn = turn(path)?;
    remove(path)
}

fn remove(path: &Path) -> Result<bool, SearchError> {
    let mut there = false;
    for suffix in iter::once("").chain(LOGS) {
        let name = with_suffix(path, suffix);
        match fs::remove_file(&name) {
            Ok(()) => there = true,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(SearchError::Io { path: name, source }),
        }
    }
    Ok(there)
}

/// The file that is locked while the index at `path` is made or removed.
fn lock_of(path: &Path) -> PathBuf {
    with_suffix(path, "-lock")
}

/// Waits until no other process makes or removes the index at `path`. SQLite has each process wait for those that
/// write, but not for one that begins the journal or puts a new file in the place of a damaged one.
///
/// The file that is locked stays: a lock on one that another has removed keeps nobody out.
fn turn(path: &Path) -> Result<File, SearchError> {
    let path = lock_of(path);
    no_file_but_regular(&path)?;
    let io = |source| SearchError::Io { path: path.clone(), source };
    let file = File::options().write(true).create(true).truncate(false).open(&path).map_err(io)?;
    match file.lock() {
        // Some network file systems have no locks: there one goes without.
        Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(io(error)),
        _ => Ok(file),
    }
}

/// Refuses a place where something stands that is no index, such as a project or a device: it is the user's.
fn refuse_other_files(path: &Path) -> Result<(), SearchError> {
    use std::io::Read;
    let io = |source| SearchError::Io { path: path.to_owned(), source };
    for log in LOGS {
        no_file_but_regular(&with_suffix(path, log))?;
    }
    if !no_file_but_regular(path)? {
        return Ok(());
    }
    let mut head = Vec::new();
    File::open(path).and_then(|file| file.take(100).read_to_end(&mut head)).map_err(io)?;
    let own = head.starts_with(b"SQLite format 3\0")
        && head.get(68..72).is_some_and(|id| id == APPLICATION_ID.to_be_bytes());
    // One that was begun and not finished is empty, and whoever began it left its lock.
    let begun = head.is_empty() && no_file_but_regular(&lock_of(path))?;
    if own || begun { Ok(()) } else { Err(SearchError::Foreign(path.to_owned())) }
}

/// Whether a file stands at `path`; refuses what is none, a folder, a device or a pipe: that is neither waited for nor
/// replaced.
fn no_file_but_regular(path: &Path) -> Result<bool, SearchError> {
    match regular(path) {
        Ok(standing) => Ok(standing.is_some()),
        Err(error) if matches!(error.kind(), io::ErrorKind::IsADirectory | io::ErrorKind::InvalidInput) => {
            Err(SearchError::Foreign(path.to_owned()))
        }
        Err(source) => Err(SearchError::Io { path: path.to_owned(), source }),
    }
}

/// Whether it is not the index's own fault, so that a new one would fare no better.
fn is_of_the_system(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode as Code;
    matches!(
        error.sqlite_error_code(),
        Some(
            Code::CannotOpen
                | Code::ReadOnly
                | Code::PermissionDenied
                | Code::DiskFull
                | Code::DatabaseBusy
                | Code::DatabaseLocked
        )
    )
}

pub(super) fn sqlite(path: &Path, source: rusqlite::Error) -> SearchError {
    SearchError::Sqlite { path: path.to_owned(), source }
}

/// A connection to a sound index; `None` if what is there is none.
fn connect(path: &Path) -> rusqlite::Result<Option<Connection>> {
    let flags =
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.busy_timeout(PATIENCE)?;
    {
        // Reads first: whoever only asks does not wait for one that writes.
        let transaction = connection.transaction()?;
        let pragma = |name: &str| transaction.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
        let entries = entries(&transaction)?;
        if entries.is_empty() && pragma("application_id")? == 0 {
            transaction.execute_batch(TABLES)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        } else if pragma("application_id")? != APPLICATION_ID
            || pragma("user_version")? != VERSION
            || entries != own_entries()?
        {
            return Ok(None);
        }
        transaction.commit()?;
    }
    private(path);
    let _: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    // A cache: what a failure of power leaves half written is found and made anew.
    connection.pragma_update(None, "synchronous", "OFF")?;
    connection.pragma_update(None, "cache_size", -32_000)?;
    Ok(Some(connection))
}

/// The schema, whatever it is.
fn entries(connection: &Connection) -> rusqlite::Result<Vec<(String, String, Option<String>)>> {
    let mut select = connection.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    rows.collect()
}

fn own_entries() -> rusqlite::Result<Vec<(String, String, Option<String>)>> {
    let own = Connection::open_in_memory()?;
    own.execute_batch(TABLES)?;
    entries(&own)
}

/// Makes a folder that nobody else may read, if it is not there.
fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Lets nobody else read an index: it holds the texts of the files.
fn private(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // One that belongs to somebody else is theirs to guard.
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o600));
    }
    #[cfg(not(unix))]
    let _ = path;
}
