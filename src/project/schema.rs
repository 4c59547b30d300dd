//! What a project file's schema may hold: what this program made, and nothing else.
//!
//! In: a connection to a file of a known format. Out: nothing, or what does not belong there. Guarantee: the schema is
//! read without obeying it. A file may come from a stranger, and SQLite obeys what stands in a schema: a view in a
//! table's place may never end, a trigger may undo what was written (SQLite's manual, *Defense Against The Dark Arts*).

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;

use super::migrate::tables;

/// Reading a file takes no longer than this.
const LONGEST_READ: Duration = Duration::from_mins(2);
/// The longest text or row, in bytes.
const LONGEST_ROW: i32 = 1_000_000_000;
/// The longest statement, in bytes; ours are shorter.
const LONGEST_SQL: i32 = 100_000;
/// Steps of SQLite's between two looks at the clock.
const STEPS: i32 = 100_000;

/// Makes a connection distrust its file: nothing in the schema is run but what SQLite itself holds to be harmless, and
/// reading ends after a time.
pub(super) fn distrust(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST_ROW)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, LONGEST_SQL)?;
    connection.set_limit(Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 2)?;
    let begun = Instant::now();
    connection.progress_handler(STEPS, Some(move || begun.elapsed() > LONGEST_READ))
}

/// Lets a connection whose file was found good take its time.
pub(super) fn trust(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.progress_handler(0, None::<fn() -> bool>)
}

/// Entries of a schema: type and name, with the statement that makes it.
type Entries = BTreeMap<(String, String), String>;

/// What stands in the schema of a file of format `format` and does not belong there, or is missing; for people.
pub(super) fn foreign(connection: &Connection, format: u32) -> rusqlite::Result<Option<String>> {
    let own = Connection::open_in_memory()?;
    tables(&own, format)?;
    let (expected, mut found) = (entries(&own)?, entries(connection)?);
    for ((kind, name), sql) in expected {
        match found.remove(&(kind.clone(), name.clone())) {
            Some(other) if other == sql => {}
            Some(_) => return Ok(Some(format!("another {kind} `{name}` than it should"))),
            None => return Ok(Some(format!("no {kind} `{name}`"))),
        }
    }
    Ok(found
        .into_keys()
        .next()
        .map(|(kind, name)| format!("the {kind} `{name}`, which muqabala does not make")))
}

/// The entries of a schema, but for SQLite's own indices and statistics.
fn entries(connection: &Connection) -> rusqlite::Result<Entries> {
    let mut select = connection.prepare("SELECT type, name, sql FROM sqlite_schema")?;
    let mut rows = select.query([])?;
    let mut entries = Entries::new();
    while let Some(row) = rows.next()? {
        let (kind, name, sql): (String, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let own = match &sql {
            None => kind == "index" && name.starts_with("sqlite_autoindex_"),
            Some(_) => kind == "table" && matches!(name.as_str(), "sqlite_stat1" | "sqlite_stat4"),
        };
        if !own {
            entries.insert((kind, name), plain(&sql.unwrap_or_default()));
        }
    }
    Ok(entries)
}

/// A statement without the white space that says nothing.
fn plain(sql: &str) -> String {
    let mut plain = String::with_capacity(sql.len());
    for word in sql.split_whitespace() {
        let apart = |c: Option<char>| c.is_some_and(|c| !matches!(c, '(' | ')' | ','));
        if apart(plain.chars().next_back()) && apart(word.chars().next()) {
            plain.push(' ');
        }
        plain.push_str(word);
    }
    plain
}
