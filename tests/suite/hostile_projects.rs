//! Project files made to do harm: each is refused with a word, or harmless.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use muqabala::bitext::{AlignedBead, Alignment, Bead, Bitext, Lang, Pin, SegmentedDocument, Side, Sides};
use muqabala::export::{self, Format, Selection, WriteOptions};
use muqabala::project::{
    BeadId, Decision, Direction, Edit, Project, ProjectError, ProjectFile, SideName, Stamp, store,
};
use rusqlite::Connection;

use crate::support::run;

const TABLES: [&str; 8] =
    ["meta", "documents", "segments", "beads", "lexicon", "dictionaries", "dictionary_pairs", "journal"];
const STAMP: Stamp<'_> = Stamp { at: 0, reviewer: "r" };
/// The triggers that a project has.
const OWN: &str = "
CREATE TRIGGER journal_is_append_only_1 BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_is_append_only_2 BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;";

fn held(bitext: &Bitext, pins: &[Pin]) -> Alignment {
    let beads =
        pins.iter().filter_map(|p| if let Pin::Bead(b) = p { Some(AlignedBead::bare(*b)) } else { None });
    let size = bitext.documents.as_ref().map(SegmentedDocument::len);
    Alignment::new(beads.collect(), size.source, size.target).unwrap_or_default()
}

/// A project with edits of every sort behind it, one of them undone.
fn honest(path: &Path) {
    let bitext = Bitext {
        documents: Sides::new(
            SegmentedDocument::from_lines(&["الفصل 1", "واحد. اثنان.", "ثلاثة.", "أربعة."]),
            SegmentedDocument::from_lines(&["Chapter 1", "One. Two.", "Three.", "Four."]),
        ),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let beads = (0..4).map(|i| AlignedBead::bare(Bead::new((i, i + 1), (i, i + 1)))).collect();
    let alignment = Alignment::new(beads, 4, 4).unwrap();
    let project = Project::new(&bitext, alignment, Sides::new("ar.txt".to_owned(), "en.txt".to_owned()));
    let mut file = ProjectFile::create(path, project).unwrap();
    let second = file.project().segments(Side::Target)[1].span.start;
    let edits = [
        Edit::Decide { bead: BeadId(1), decision: Decision::Accepted },
        Edit::Comment { bead: BeadId(2), text: "?".to_owned() },
        Edit::SplitSegment { side: SideName::Target, segment: second, at: second + 5 },
        Edit::Correct { side: SideName::Target, segment: second, text: Some("One!".to_owned()) },
        Edit::Merge { bead: BeadId(3), with: Direction::Next },
    ];
    for edit in edits {
        file.edit(edit.clone(), STAMP, &held).unwrap_or_else(|error| panic!("{edit:?}: {error}"));
    }
    file.undo(STAMP).unwrap();
}

/// A copy of an honest project, changed by `sql`; an error is that SQLite refuses such a change.
fn crafted(folder: &Path, honest: &[u8], sql: &str) -> rusqlite::Result<PathBuf> {
    let path = folder.join("crafted.muq");
    for beside in ["crafted.muq", "crafted.muq-wal", "crafted.muq-shm"] {
        let _ = std::fs::remove_file(folder.join(beside));
    }
    std::fs::write(&path, honest).unwrap();
    let connection = Connection::open(&path).unwrap();
    let unlocked =
        "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON;
        DROP TRIGGER journal_is_append_only_1; DROP TRIGGER journal_is_append_only_2;";
    connection.execute_batch(&format!("{unlocked}{sql};{OWN}"))?;
    Ok(path)
}

/// Schemas that are not a project's.
fn schemas() -> Vec<String> {
    let endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n";
    let mut all = Vec::new();
    for table in TABLES {
        for event in ["INSERT", "UPDATE", "DELETE"] {
            let deeds = [
                format!("DELETE FROM {table}"),
                "SELECT RAISE(IGNORE)".to_owned(),
                format!("SELECT max(x) FROM ({endless})"),
            ];
            for (number, deed) in deeds.iter().enumerate() {
                let when = if number == 1 { "BEFORE" } else { "AFTER" };
                all.push(format!("CREATE TRIGGER t {when} {event} ON {table} BEGIN {deed}; END"));
            }
        }
        if table != "journal" {
            all.push(format!(
                "ALTER TABLE {table} RENAME TO kept; CREATE VIEW {table} AS SELECT kept.* FROM kept, ({endless})"
            ));
        }
        all.push(format!("CREATE TABLE other_{table} AS SELECT * FROM {table}"));
        all.push(format!("CREATE INDEX i ON {table} (length(hex(zeroblob(1000))))"));
        all.push(format!(
            "ALTER TABLE {table} ADD COLUMN more GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL"
        ));
    }
    all
}

/// Recorded steps that do not fit, of the entry numbered.
fn steps() -> Vec<String> {
    let segments = |number: u32, before: &str, after: &str| {
        format!("UPDATE journal SET steps = replace(steps, '{before}', '{after}') WHERE number = {number}")
    };
    let mut all = Vec::new();
    // The split of `One. Two.` at byte 10 of the target: other places, some outside, some beyond 64 bits.
    for end in [0, 1, 9, 11, 12, 13, 18, 25, 40, 1_000_000] {
        all.push(segments(3, "\"start\":15", &format!("\"start\":{end}")));
        all.push(segments(3, "\"end\":14", &format!("\"end\":{end}")));
    }
    for bead in [0, 2, 4, 5, 99, u64::MAX] {
        for entry in [1, 2, 3, 5] {
            all.push(segments(entry, "\"bead\":1", &format!("\"bead\":{bead}")));
            all.push(segments(entry, "\"removed\":[3", &format!("\"removed\":[{bead}")));
            all.push(segments(entry, "\"added\":[", &format!("\"added\":[{bead},")));
        }
    }
    let long = "x".repeat(300_000);
    all.push(segments(4, "One!", &long));
    all.extend([
        "UPDATE journal SET steps = '[]' WHERE action = 'edit'".to_owned(),
        "UPDATE journal SET steps = '[[[[[[[[' WHERE number = 1".to_owned(),
        "UPDATE journal SET \"of\" = 1 WHERE action = 'undo'".to_owned(),
        "UPDATE journal SET \"of\" = -5 WHERE action = 'undo'".to_owned(),
        "UPDATE journal SET number = number + 9 WHERE number = 6".to_owned(),
        "DELETE FROM journal WHERE number = 3".to_owned(),
        "DELETE FROM journal".to_owned(),
        "UPDATE journal SET action = 'redo', \"of\" = 5 WHERE number = 1".to_owned(),
    ]);
    all
}

/// Cells with other values, by a fixed sequence.
fn cells() -> Vec<String> {
    const CELLS: [(&str, &str); 18] = [
        ("documents", "text"),
        ("documents", "language"),
        ("documents", "name"),
        ("segments", "start"),
        ("segments", "\"end\""),
        ("segments", "kind"),
        ("segments", "corrected"),
        ("beads", "id"),
        ("beads", "live"),
        ("beads", "source_start"),
        ("beads", "source_end"),
        ("beads", "target_start"),
        ("beads", "target_end"),
        ("beads", "decision"),
        ("beads", "confidence"),
        ("beads", "score"),
        ("journal", "number"),
        ("journal", "at"),
    ];
    let values = ["-1", "0", "7", "9223372036854775807", "'ً'", "1e308", "x'ff00'"];
    let cell = |(table, column): (&str, &str)| {
        values.map(|value| {
            format!("UPDATE OR IGNORE {table} SET {column} = {value} WHERE rowid_of = (SELECT min(rowid_of) FROM {table})")
                .replace("rowid_of", if matches!(table, "beads" | "journal") { "rowid" } else { column })
        })
    };
    CELLS.into_iter().flat_map(cell).collect()
}

/// Opens a file in every way; what is opened is undone to the start, done again, written as a memory, and still whole.
fn survives(path: &Path, sql: &str) {
    let begun = Instant::now();
    if let Ok((project, _)) = store::read(path) {
        let options = WriteOptions::new(project.languages().clone());
        export::write(
            Format::Tmx,
            export::reviewed(&project, Selection::default()),
            &options,
            &mut Vec::new(),
        )
        .unwrap();
    }
    if let Ok(mut file) = ProjectFile::open(path) {
        while file.undo(STAMP).is_ok() {
            file.project().check().unwrap_or_else(|what| panic!("{sql}: {what}"));
        }
        while file.redo(STAMP).is_ok() {
            file.project().check().unwrap_or_else(|what| panic!("{sql}: {what}"));
        }
        let _ = file.edit(Edit::Decide { bead: BeadId(4), decision: Decision::Flagged }, STAMP, &held);
        drop(file);
        // What it wrote can be read again.
        ProjectFile::open(path).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }
    assert!(begun.elapsed() < Duration::from_secs(10), "{sql}: {:?}", begun.elapsed());
}

#[test]
fn crafted_projects_are_refused_or_harmless() {
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("honest.muq");
    honest(&original);
    let bytes = std::fs::read(&original).unwrap();
    survives(&original, "as it is");
    let schemas = schemas();
    for sql in &schemas {
        let path = crafted(folder.path(), &bytes, sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
        for error in [store::read(&path).err(), ProjectFile::open(&path).err()] {
            assert!(matches!(error, Some(ProjectError::Foreign { .. })), "{sql}: {error:?}");
        }
    }
    let others: Vec<String> = steps().into_iter().chain(cells()).collect();
    let (mut opened, mut refused) = (0, 0);
    for sql in &others {
        // Some values SQLite itself keeps out of a column.
        let Ok(path) = crafted(folder.path(), &bytes, sql) else { continue };
        survives(&path, sql);
        opened += 1;
        refused += usize::from(ProjectFile::open(&path).is_err());
    }
    assert!(schemas.len() + opened >= 200, "{} and {opened}", schemas.len());
    assert!(refused >= opened / 3, "{refused} of {opened}");
}

/// Another reviewer's project is only read by `merge`, and holds what no edit could have said.
#[test]
fn what_no_edit_could_say_is_not_taken_over() {
    const LONG: &str = "hex(zeroblob(150000))";
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    honest(&at("theirs.muq"));
    let theirs = std::fs::read(at("theirs.muq")).unwrap();
    // Nobody has said anything here, and each pair is cut as there.
    let (project, journal) = store::read(&at("theirs.muq")).unwrap();
    let mut project = project;
    journal.rewind(&mut project).unwrap();
    drop(ProjectFile::create(&at("own.muq"), project).unwrap());
    let own = std::fs::read(at("own.muq")).unwrap();
    // A journal that agrees, so that what is stored is all that is wrong.
    let forget = "DELETE FROM journal;";
    for (sql, unfit) in [
        (
            format!("UPDATE segments SET corrected = {LONG} WHERE start = (SELECT max(start) FROM segments)"),
            1,
        ),
        ("UPDATE segments SET corrected = ' ' WHERE side = 'source'".to_owned(), 4),
        (format!("UPDATE segments SET corrected = {LONG}"), 4),
        ("UPDATE beads SET comment = hex(zeroblob(3000000)) WHERE id = 1".to_owned(), 1),
        ("UPDATE beads SET decision = 'accepted', reviewer = hex(zeroblob(100000)) WHERE live".to_owned(), 4),
        // A segment that is another here.
        (format!("UPDATE segments SET corrected = {LONG} WHERE side = 'target' AND start = 10"), 1),
    ] {
        crafted(folder.path(), &theirs, &format!("{forget} {sql}")).unwrap();
        std::fs::write(at("own.muq"), &own).unwrap();
        let ran = run(folder.path(), &["merge", "own.muq", "crafted.muq", "--json"]);
        assert_eq!(ran.code, 1, "{sql}: {}", ran.err);
        let said: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(said["unfit"].as_array().unwrap().len(), unfit, "{sql}: {}", ran.out);
        assert!(ran.err.contains("would not have written"), "{}", ran.err);
        // What fits is taken, and what was written can be read, undone and done again.
        let mut file = ProjectFile::open(&at("own.muq")).unwrap();
        file.verify().unwrap();
        assert!(file.project().beads().all(|bead| bead.attributes.comment.len() < 1000));
        while file.undo(STAMP).is_ok() {}
        while file.redo(STAMP).is_ok() {}
        drop(file);
        ProjectFile::open(&at("own.muq")).unwrap();
        // People see where it is, and not all of it.
        std::fs::write(at("own.muq"), &own).unwrap();
        let ran = run(folder.path(), &["merge", "own.muq", "crafted.muq"]);
        assert!(ran.code == 1 && ran.out.contains(&format!("unfit        {unfit}")), "{}", ran.err);
        assert!(ran.out.len() < 20_000, "{sql}: {}", ran.out.len());
    }
    // Its journal has to agree with what it stores, as if it were opened to be edited.
    crafted(folder.path(), &theirs, "UPDATE beads SET comment = 'x' WHERE id = 1").unwrap();
    std::fs::write(at("own.muq"), &own).unwrap();
    let ran = run(folder.path(), &["merge", "own.muq", "crafted.muq"]);
    assert!(ran.code == 2 && ran.err.contains("crafted.muq: the project is damaged"), "{}", ran.err);
    assert_eq!(std::fs::read(at("own.muq")).unwrap(), own);
}

/// Two long corrections in one joined segment are longer than one may be; taking that back must not lock the project.
#[test]
fn a_text_that_was_there_may_always_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("p.muq");
    honest(&path);
    let mut file = ProjectFile::open(&path).unwrap();
    let starts: Vec<usize> = file.project().segments(Side::Source).iter().map(|s| s.span.start).collect();
    let side = SideName::Source;
    for &segment in &starts[2..4] {
        let text = Some("x".repeat(200_000));
        file.edit(Edit::Correct { side, segment, text }, STAMP, &held).unwrap();
    }
    file.edit(Edit::JoinSegments { side, segment: starts[2] }, STAMP, &held).unwrap();
    file.edit(Edit::Correct { side, segment: starts[2], text: None }, STAMP, &held).unwrap();
    drop(file);
    let mut file = ProjectFile::open(&path).unwrap();
    while file.undo(STAMP).is_ok() {}
    while file.redo(STAMP).is_ok() {}
    file.verify().unwrap();
}

#[test]
fn a_number_that_is_no_probability_is_named_and_refused() {
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("honest.muq");
    honest(&original);
    let bytes = std::fs::read(&original).unwrap();
    let lexicon = |number: &str| {
        format!("INSERT INTO lexicon (source, target, probability) VALUES ('بيت', 'house', {number})")
    };
    let dictionary = |number: &str| {
        format!(
            "INSERT INTO dictionaries (number) VALUES (1); \
             INSERT INTO dictionary_pairs (dictionary, first, second, weight) VALUES (1, 'كتاب', 'book', {number})"
        )
    };
    let confidence = |number: &str| format!("UPDATE beads SET confidence = {number} WHERE id = 3");
    let rival = |number: &str| {
        format!(
            "UPDATE beads SET score = '{{\"cost\":0,\"rivals\":[{{\"source\":[0,1],\"target\":null,\"probability\":{number}}}]}}' WHERE id = 2"
        )
    };
    for number in ["2.5", "-1", "-1e308", "1e308", "1.01", "9e999", "-9e999"] {
        let infinite = number.contains("e999");
        for (sql, said) in [
            (confidence(number), "pair 3: "),
            (lexicon(number), "`بيت` – `house`"),
            (dictionary(number), "`كتاب` – `book`"),
            // JSON holds no infinite number.
            (rival(if infinite { "7" } else { number }), "pair 2: "),
        ] {
            let path = crafted(folder.path(), &bytes, &sql).unwrap();
            for error in [store::read(&path).err(), ProjectFile::open(&path).err()] {
                let error = error.unwrap_or_else(|| panic!("{sql} is believed")).to_string();
                assert!(error.contains("the project is damaged") && error.contains(said), "{sql}: {error}");
            }
            let ran = run(folder.path(), &["export", "crafted.muq", "-f", "tmx", "-o", "out.tmx"]);
            assert!(ran.code == 2 && ran.err.contains(said), "{sql}: {}", ran.err);
        }
    }
    for number in ["0", "1", "0.5", "NULL"] {
        survives(&crafted(folder.path(), &bytes, &confidence(number)).unwrap(), number);
        let numbers = [number, "1"];
        let number = numbers[usize::from(number == "NULL")];
        for sql in [lexicon(number), dictionary(number), rival(number)] {
            store::read(&crafted(folder.path(), &bytes, &sql).unwrap())
                .unwrap_or_else(|e| panic!("{sql}: {e}"));
        }
    }
}

/// One undo of such a step damaged the project for good.
#[test]
fn a_recorded_step_that_cuts_a_letter_is_refused_on_opening() {
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("honest.muq");
    honest(&original);
    let bytes = std::fs::read(&original).unwrap();
    // The Arabic side's second segment, cut inside its first letter.
    let step = r#"[{"step":"segments","side":"source","removed":[{"start":14,"end":35,"kind":"presegmented","opens":true}],"added":[{"start":14,"end":15,"kind":"presegmented","opens":true},{"start":15,"end":35,"kind":"presegmented"}]}]"#;
    let undone = step.replace("removed", "x").replace("added", "removed").replace("\"x\"", "\"added\"");
    for steps in [step, &undone] {
        let path =
            crafted(folder.path(), &bytes, &format!("UPDATE journal SET steps = '{steps}' WHERE number = 4"))
                .unwrap();
        let error = ProjectFile::open(&path).unwrap_err().to_string();
        assert!(error.contains("the project is damaged"), "{error}");
    }
}

#[test]
fn every_command_refuses_a_project_that_holds_more_than_data() {
    let folder = tempfile::tempdir().unwrap();
    let original = folder.path().join("honest.muq");
    honest(&original);
    let bytes = std::fs::read(&original).unwrap();
    for sql in [
        "CREATE TRIGGER harm AFTER INSERT ON journal BEGIN DELETE FROM beads; END",
        "ALTER TABLE meta RENAME TO kept; CREATE VIEW meta AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS key, x AS value FROM n",
    ] {
        crafted(folder.path(), &bytes, sql).unwrap();
        for command in [
            &["status", "crafted.muq"] as &[&str],
            &["history", "crafted.muq"],
            &["export", "crafted.muq", "-f", "tmx", "-o", "out.tmx"],
            &["realign", "crafted.muq"],
            &["review", "crafted.muq", "--no-open"],
        ] {
            let ran = run(folder.path(), command);
            assert_eq!(ran.code, 2, "{command:?}: {}{}", ran.out, ran.err);
            assert!(ran.err.contains("crafted.muq is not opened: it holds"), "{command:?}: {}", ran.err);
            assert!(!folder.path().join("out.tmx").exists());
        }
    }
}
