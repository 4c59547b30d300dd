//! Rows of the project file's tables ↔ the project in memory.
//!
//! In: a transaction. Out: rows written or a project read. Guarantee: reading what was written gives the same
//! project; anything that does not fit is said to be damaged, never guessed.

use std::sync::Arc;

use rusqlite::{Row, Transaction, params};

use crate::bitext::{Lang, Side, Sides, TextSpan};

use super::change::{SegmentRecord, Step, segment_index};
use super::decision::{Attributes, Decision};
use super::journal::{Action, Entry};
use super::lexicon_rows::{read_aligning, read_lexicon, write_aligning, write_lexicon};
use super::model::{BeadId, Project, ReviewBead, ReviewSegment};
use super::records::ScoreRecord;
use super::row_error::{RowError, is_probability};
use super::score::Places;
use super::settings::{AutoRealign, InterfaceLanguage, Settings};

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("records have string keys and finite numbers only")
}

/// Writes everything but the journal into empty tables.
pub(super) fn write_project(transaction: &Transaction<'_>, project: &Project) -> rusqlite::Result<()> {
    for side in Side::BOTH {
        transaction.execute(
            "INSERT INTO documents (side, name, language, text) VALUES (?1, ?2, ?3, ?4)",
            params![
                side.to_string(),
                project.name(side),
                project.languages.get(side).as_str(),
                project.text(side)
            ],
        )?;
        for segment in project.segments(side) {
            write_segment(transaction, side, &SegmentRecord::from(segment))?;
        }
    }
    for bead in &project.beads {
        write_bead(transaction, project, bead.id)?;
    }
    write_settings(transaction, &project.settings)?;
    write_lexicon(transaction, &project.lexicon)?;
    write_aligning(transaction, &project.aligning)
}

fn write_segment(transaction: &Transaction<'_>, side: Side, record: &SegmentRecord) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO segments (side, start, \"end\", kind, opens, corrected) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            side.to_string(),
            record.start as i64,
            record.end as i64,
            record.kind,
            record.opens,
            record.corrected
        ])?;
    Ok(())
}

/// Inserts a bead as it is in memory.
pub(super) fn write_bead(
    transaction: &Transaction<'_>,
    project: &Project,
    id: BeadId,
) -> rusqlite::Result<()> {
    let Some(bead) = project.any_bead(id) else { return Ok(()) };
    let (source, target) = (bead.places.source, bead.places.target);
    let byte = |span: Option<TextSpan>, end: fn(TextSpan) -> usize| span.map(|s| end(s) as i64);
    transaction
        .prepare_cached(
            "INSERT INTO beads (id, live, source_start, source_end, target_start, target_end, decision, comment, \
             pinned, reviewer, confidence, score) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            id.0,
            project.position(id).is_some(),
            byte(source, |s| s.start),
            byte(source, |s| s.end),
            byte(target, |s| s.start),
            byte(target, |s| s.end),
            bead.attributes.decision.name(),
            bead.attributes.comment,
            bead.attributes.pinned,
            bead.attributes.reviewer,
            bead.score.confidence,
            json(&ScoreRecord::from(&*bead.score)),
        ])?;
    Ok(())
}

/// Brings the tables to where `steps` led the project in memory.
pub(super) fn write_steps(
    transaction: &Transaction<'_>,
    project: &Project,
    steps: &[Step],
) -> rusqlite::Result<()> {
    for step in steps {
        match step {
            Step::Beads { removed, added } => {
                let mut live = transaction.prepare_cached("UPDATE beads SET live = ?2 WHERE id = ?1")?;
                for id in removed.iter().chain(added) {
                    live.execute(params![id.0, project.position(*id).is_some()])?;
                }
            }
            Step::Attributes { bead, after, .. } => {
                transaction
                    .prepare_cached(
                        "UPDATE beads SET decision = ?2, comment = ?3, pinned = ?4, reviewer = ?5 WHERE id = ?1",
                    )?
                    .execute(params![
                        bead.0,
                        after.decision.name(),
                        after.comment,
                        after.pinned,
                        after.reviewer
                    ])?;
            }
            Step::Segments { side, removed, added } => {
                let side = Side::from(*side);
                let mut delete =
                    transaction.prepare_cached("DELETE FROM segments WHERE side = ?1 AND start = ?2")?;
                for record in removed {
                    delete.execute(params![side.to_string(), record.start as i64])?;
                }
                for record in added {
                    write_segment(transaction, side, record)?;
                }
            }
            Step::Text { side, segment, .. } => {
                let side = Side::from(*side);
                // A later step may have replaced the segment; what memory says then is already written.
                if let Ok(index) = segment_index(project, side, *segment) {
                    transaction
                        .prepare_cached("UPDATE segments SET corrected = ?3 WHERE side = ?1 AND start = ?2")?
                        .execute(params![
                            side.to_string(),
                            *segment as i64,
                            project.segments(side)[index].corrected
                        ])?;
                }
            }
        }
    }
    Ok(())
}

/// Appends an entry to the journal.
pub(super) fn write_entry(transaction: &Transaction<'_>, entry: &Entry) -> rusqlite::Result<()> {
    let (action, of, edit, steps) = match &entry.action {
        Action::Edit { edit, steps } => ("edit", None, Some(json(edit)), Some(json(steps))),
        Action::Undo { of } => ("undo", Some(*of), None, None),
        Action::Redo { of } => ("redo", Some(*of), None, None),
    };
    transaction
        .prepare_cached(
            "INSERT INTO journal (number, at, reviewer, action, \"of\", edit, steps) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![entry.number, entry.at, entry.reviewer, action, of, edit, steps])?;
    Ok(())
}

/// Writes the settings.
pub(super) fn write_settings(transaction: &Transaction<'_>, settings: &Settings) -> rusqlite::Result<()> {
    let interface = match settings.interface {
        InterfaceLanguage::English => "en",
        InterfaceLanguage::Arabic => "ar",
    };
    let auto = match settings.auto_realign {
        AutoRealign::On => "on",
        AutoRealign::Off => "off",
    };
    let mut insert =
        transaction.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?;
    for (key, value) in [
        ("interface", interface),
        ("auto-realign", auto),
        ("reviewer", settings.reviewer.as_str()),
        ("bookmarks", Settings::written(&settings.bookmarks).as_str()),
        ("renewed", Settings::written(&settings.renewed).as_str()),
    ] {
        insert.execute(params![key, value])?;
    }
    Ok(())
}

/// Reads the project and the entries of its journal.
pub(super) fn read_all(transaction: &Transaction<'_>) -> Result<(Project, Vec<Entry>), RowError> {
    let source = read_document(transaction, Side::Source)?;
    let target = read_document(transaction, Side::Target)?;
    let beads = read_beads(transaction)?;
    let order = beads.iter().filter(|(live, _)| *live).map(|(_, b)| b.id).collect();
    let mut project = Project {
        names: Sides::new(source.name, target.name),
        languages: Sides::new(source.language, target.language),
        texts: Sides::new(source.text, target.text),
        segments: Sides::new(source.segments, target.segments),
        beads: beads.into_iter().map(|(_, b)| b).collect(),
        order,
        positions: Vec::new(),
        settings: read_settings(transaction)?,
        lexicon: read_lexicon(transaction)?,
        aligning: read_aligning(transaction)?,
    };
    project.reorder();
    Ok((project, read_entries(transaction)?))
}

struct DocumentRow {
    name: String,
    language: Lang,
    text: Arc<str>,
    segments: Vec<ReviewSegment>,
}

fn read_document(transaction: &Transaction<'_>, side: Side) -> Result<DocumentRow, RowError> {
    let (name, language, text): (String, String, String) = transaction.query_row(
        "SELECT name, language, text FROM documents WHERE side = ?1",
        [side.to_string()],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let language = language.parse().map_err(|e| RowError::Damaged(format!("{e}")))?;
    let mut select = transaction.prepare(
        "SELECT start, \"end\", kind, opens, corrected FROM segments WHERE side = ?1 ORDER BY start",
    )?;
    let records = select.query_map([side.to_string()], |row| {
        Ok(SegmentRecord {
            start: byte(row, 0)?,
            end: byte(row, 1)?,
            kind: row.get(2)?,
            opens: row.get(3)?,
            corrected: row.get(4)?,
        })
    })?;
    let mut segments = Vec::new();
    for record in records {
        let record = record?;
        let segment = record.segment().ok_or_else(|| {
            RowError::Damaged(format!("the {side} segment at byte {} is empty", record.start))
        })?;
        segments.push(segment);
    }
    Ok(DocumentRow { name, language, text: text.into(), segments })
}

fn byte(row: &Row<'_>, column: usize) -> rusqlite::Result<usize> {
    let value: i64 = row.get(column)?;
    usize::try_from(value).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, value))
}

fn read_beads(transaction: &Transaction<'_>) -> Result<Vec<(bool, ReviewBead)>, RowError> {
    let mut select = transaction.prepare(
        "SELECT id, live, source_start, source_end, target_start, target_end, decision, comment, pinned, \
         reviewer, confidence, score FROM beads ORDER BY id",
    )?;
    let mut rows = select.query([])?;
    let mut beads = Vec::new();
    while let Some(row) = rows.next()? {
        let id: u64 = row.get(0)?;
        let damaged = |what: &dyn std::fmt::Display| RowError::Damaged(format!("pair {id}: {what}"));
        if id != beads.len() as u64 + 1 {
            return Err(damaged(&"a number is missing before it"));
        }
        let place = |column: usize| -> Result<Option<TextSpan>, RowError> {
            let start: Option<i64> = row.get(column)?;
            if start.is_none() {
                return Ok(None);
            }
            let (start, end) = (byte(row, column)?, byte(row, column + 1)?);
            if start < end { Ok(Some(TextSpan::new(start, end))) } else { Err(damaged(&"an empty place")) }
        };
        let decision: String = row.get(6)?;
        let score: String = row.get(11)?;
        let score: ScoreRecord = serde_json::from_str(&score).map_err(|e| damaged(&e))?;
        let confidence: Option<f64> = row.get(10)?;
        if let Some(wrong) = confidence.into_iter().chain(score.probabilities()).find(|x| !is_probability(*x))
        {
            return Err(damaged(&format_args!("{wrong} is no confidence, which lies between 0 and 1")));
        }
        let bead = ReviewBead {
            id: BeadId(id),
            places: Places::new(place(2)?, place(4)?),
            score: Arc::new(score.score(confidence)),
            attributes: Attributes {
                decision: decision.parse::<Decision>().map_err(|e| damaged(&e))?,
                comment: row.get(7)?,
                pinned: row.get(8)?,
                reviewer: row.get(9)?,
            },
        };
        beads.push((row.get(1)?, bead));
    }
    Ok(beads)
}

fn read_entries(transaction: &Transaction<'_>) -> Result<Vec<Entry>, RowError> {
    let mut select = transaction
        .prepare("SELECT number, at, reviewer, action, \"of\", edit, steps FROM journal ORDER BY number")?;
    let mut rows = select.query([])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let number: u64 = row.get(0)?;
        let damaged = |what: &dyn std::fmt::Display| {
            RowError::Damaged(format!("entry {number} of the journal: {what}"))
        };
        let action: String = row.get(3)?;
        let action = match action.as_str() {
            "undo" => Action::Undo { of: row.get(4)? },
            "redo" => Action::Redo { of: row.get(4)? },
            _ => {
                let (edit, steps): (String, String) = (row.get(5)?, row.get(6)?);
                Action::Edit {
                    edit: serde_json::from_str(&edit).map_err(|e| damaged(&e))?,
                    steps: serde_json::from_str(&steps).map_err(|e| damaged(&e))?,
                }
            }
        };
        entries.push(Entry { number, at: row.get(1)?, reviewer: row.get(2)?, action });
    }
    Ok(entries)
}

fn read_settings(transaction: &Transaction<'_>) -> Result<Settings, RowError> {
    let mut settings = Settings::default();
    let mut select = transaction.prepare("SELECT key, value FROM meta")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (key, value): (String, String) = (row.get(0)?, row.get(1)?);
        match (key.as_str(), value.as_str()) {
            ("interface", "ar") => settings.interface = InterfaceLanguage::Arabic,
            ("auto-realign", "off") => settings.auto_realign = AutoRealign::Off,
            ("reviewer", _) => settings.reviewer = value,
            ("renewed", _) => settings.renewed = Settings::read_bookmarks(&value),
            ("bookmarks", _) => settings.bookmarks = Settings::read_bookmarks(&value),
            _ => {}
        }
    }
    Ok(settings)
}
