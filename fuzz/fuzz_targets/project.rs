#![no_main]
//! The project file: cells, schema and journal overwritten and bytes damaged, then read, checked, every step undone and
//! done again, and written as a memory.
//!
//! The input is a list of changes: which table, column and row, and the value to put there; the last may be bytes.

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use muqabala::export::{self, Format, Selection, WriteOptions};
use muqabala::project::{ProjectFile, Stamp, store};
use muqabala_fuzz::{folder, project_file};
use rusqlite::Connection;
use rusqlite::types::Value;

const COLUMNS: &[(&str, &[&str])] = &[
    ("meta", &["key", "value"]),
    ("documents", &["side", "name", "language", "text"]),
    ("segments", &["side", "start", "end", "kind", "opens", "corrected"]),
    (
        "beads",
        &["id", "live", "source_start", "source_end", "target_start", "target_end", "decision", "comment", "confidence", "score", "pinned", "reviewer"],
    ),
    ("lexicon", &["source", "target", "probability"]),
    ("dictionaries", &["number", "first_language", "second_language"]),
    ("dictionary_pairs", &["dictionary", "first", "second", "weight"]),
    ("journal", &["number", "at", "reviewer", "action", "of", "edit", "steps"]),
];

/// Schemas that are not a project's; `?` is a table.
const SCHEMAS: &[&str] = &[
    "CREATE TRIGGER t AFTER INSERT ON ? BEGIN DELETE FROM ?; END",
    "CREATE TRIGGER t BEFORE UPDATE ON ? BEGIN SELECT RAISE(IGNORE); END",
    "ALTER TABLE ? RENAME TO kept; CREATE VIEW ? AS SELECT * FROM kept",
    "ALTER TABLE ? ADD COLUMN more",
    "CREATE INDEX i ON ? (1)",
    "DROP TABLE ?",
];

static WHOLE: LazyLock<Vec<u8>> = LazyLock::new(project_file);

/// Puts a value into a cell; what SQLite refuses is left.
fn change(connection: &Connection, change: &[u8]) {
    let [table, column, row, kind, value @ ..] = change else { return };
    let (table, columns) = COLUMNS[usize::from(*table) % COLUMNS.len()];
    let column = columns[usize::from(*column) % columns.len()];
    let text = String::from_utf8_lossy(value).into_owned();
    if kind % 8 == 7 {
        let schema = SCHEMAS[usize::from(*row) % SCHEMAS.len()].replace('?', table);
        let _ = connection.execute_batch(&schema);
        return;
    }
    let value = match kind % 6 {
        0 => Value::Null,
        1 => Value::Integer(text.trim().parse().unwrap_or(value.iter().fold(0, |n, &b| n << 8 | i64::from(b)))),
        2 => Value::Real(text.trim().parse().unwrap_or(f64::INFINITY)),
        3 => Value::Blob(value.to_vec()),
        4 => {
            let sql = format!("DELETE FROM {table} WHERE \"{column}\" = (SELECT \"{column}\" FROM {table} LIMIT 1 OFFSET {row})");
            let _ = connection.execute(&sql, []);
            return;
        }
        _ => Value::Text(text),
    };
    let sql = format!("UPDATE {table} SET \"{column}\" = ?1 WHERE \"{column}\" = (SELECT \"{column}\" FROM {table} LIMIT 1 OFFSET {row})");
    let _ = connection.execute(&sql, [value]);
}

fuzz_target!(|data: &[u8]| {
    let path = folder().join("p.muq");
    for rest in ["p.muq", "p.muq-wal", "p.muq-shm"] {
        let _ = std::fs::remove_file(folder().join(rest));
    }
    let mut bytes = WHOLE.clone();
    let mut changes = data.split(|&b| b == 0xff);
    if let Some([0xfe, high, low, damage @ ..]) = changes.clone().last() {
        let at = usize::from(u16::from_be_bytes([*high, *low])) % bytes.len();
        let end = (at + damage.len()).min(bytes.len());
        bytes[at..end].copy_from_slice(&damage[..end - at]);
    }
    std::fs::write(&path, bytes).expect("a file can be written");
    if let Ok(connection) = Connection::open(&path) {
        let _ = connection.execute_batch(
            "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; DROP TRIGGER journal_is_append_only_1; DROP TRIGGER journal_is_append_only_2; PRAGMA ignore_check_constraints = ON",
        );
        changes.by_ref().take(6).for_each(|c| change(&connection, c));
        // So that what else was changed is read.
        let _ = connection.execute_batch(
            "CREATE TRIGGER journal_is_append_only_1 BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END; \
             CREATE TRIGGER journal_is_append_only_2 BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;",
        );
    }
    let _ = store::read(&path);
    let Ok(mut file) = ProjectFile::open(&path) else { return };
    let _ = file.verify();
    let stamp = Stamp { at: 0, reviewer: "r" };
    let written = WriteOptions::new(file.project().languages().clone());
    export::write(Format::Tmx, export::reviewed(file.project(), Selection::default()), &written, &mut Vec::new())
        .expect("a memory can be written of what was opened");
    let undone = (0..20).take_while(|_| file.undo(stamp).is_ok()).count();
    for _ in 0..undone {
        let _ = file.redo(stamp);
    }
    let (project, _) = (file.project(), file.journal());
    project.check().expect("a project in memory is whole, whatever stood in its file");
    drop(file);
    ProjectFile::open(&path).expect("what was written can be opened");
});
