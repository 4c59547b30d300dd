//! The project file: older formats, newer formats, other files, a second process, damage.

use std::path::Path;

use muqabala::bitext::{
    AlignedBead, Alignment, Bead, Bitext, BuiltinLexicon, Choices, Crossing, Doubt, EvidenceKind, Lang, Pin,
    SegmentedDocument, Side, Sides,
};
use muqabala::project::{
    Aligning, AutoRealign, BeadId, Decision, Edit, EditError, InterfaceLanguage, LexiconPair, Project,
    ProjectError, ProjectFile, SavedDictionary, Stamp, migrate, store,
};

const STAMP: Stamp<'_> = Stamp { at: 0, reviewer: "r" };

fn held(bitext: &Bitext, pins: &[Pin]) -> Alignment {
    let beads =
        pins.iter().filter_map(|p| if let Pin::Bead(b) = p { Some(AlignedBead::bare(*b)) } else { None });
    let size = bitext.documents.as_ref().map(SegmentedDocument::len);
    Alignment::new(beads.collect(), size.source, size.target).unwrap_or_default()
}

fn project() -> Project {
    project_of("ar.txt")
}

fn project_of(source: &str) -> Project {
    let bitext = Bitext {
        documents: Sides::new(
            SegmentedDocument::from_lines(&["واحد.", "اثنان."]),
            SegmentedDocument::from_lines(&["One.", "Two."]),
        ),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let beads = (0..2).map(|i| AlignedBead::bare(Bead::new((i, i + 1), (i, i + 1)))).collect();
    let alignment = Alignment::new(beads, 2, 2).unwrap();
    Project::new(&bitext, alignment, Sides::new(source.to_owned(), "en.txt".to_owned()))
}

fn accept(bead: u64) -> Edit {
    Edit::Decide { bead: BeadId(bead), decision: Decision::Accepted }
}

fn raw(path: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(path).unwrap()
}

#[test]
fn a_file_of_format_1_is_brought_to_todays_format_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.muq");
    raw(&path).execute_batch(include_str!("../fixtures/project-v1.sql")).unwrap();
    // Reading alone does it too, so that `status` works on an old file.
    let (read, _) = store::read(&path).unwrap();
    assert_eq!(read.counts().accepted, 1);
    let mut file = ProjectFile::open(&path).unwrap();
    let version: u32 = raw(&path).pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
    assert_eq!(version, migrate::FORMAT);
    file.verify().unwrap();
    let project = file.project();
    assert_eq!(project.settings().interface, InterfaceLanguage::Arabic);
    assert_eq!(project.settings().auto_realign, AutoRealign::Off);
    let second = project.bead(BeadId(2)).unwrap();
    assert_eq!(project.bead_text(Side::Target, second), "Second.");
    assert_eq!(project.bead_text(Side::Source, second), "اثنان.");
    assert_eq!(second.attributes.comment, "ask");
    assert!(!second.attributes.pinned);
    assert_eq!(second.score.evidence.len(), 1, "evidence of a later version is passed over");
    assert_eq!(second.score.doubts, [Doubt::NoWordInCommon]);
    file.edit(accept(2), STAMP, &held).unwrap();
    for _ in 0..4 {
        file.undo(STAMP).unwrap();
    }
    assert_eq!(file.project().counts().pending, 2);
    drop(file);
    let file = ProjectFile::open(&path).unwrap();
    assert_eq!(file.journal().revision(), 10);
    file.verify().unwrap();
}

#[test]
fn a_file_of_format_2_is_brought_to_todays_format_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.muq");
    raw(&path).execute_batch(include_str!("../fixtures/project-v2.sql")).unwrap();
    let mut file = ProjectFile::open(&path).unwrap();
    let version: u32 = raw(&path).pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
    assert_eq!(version, migrate::FORMAT);
    file.verify().unwrap();
    assert_eq!(file.project().aligning(), &Aligning::default(), "what it was aligned with was not kept then");
    assert_eq!(file.project().lexicon()[0].target, "one");
    assert_eq!(file.project().settings().reviewer, "سارة");
    let second = &file.project().bead(BeadId(2)).unwrap().attributes;
    assert!(second.pinned && second.reviewer.as_deref() == Some("سارة"));
    file.edit(accept(2), STAMP, &held).unwrap();
    for _ in 0..5 {
        file.undo(STAMP).unwrap();
    }
    assert_eq!(file.project().counts().pending, 2);
    drop(file);
    ProjectFile::open(&path).unwrap().verify().unwrap();
}

#[test]
fn a_file_of_format_3_is_brought_to_todays_format_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.muq");
    raw(&path).execute_batch(include_str!("../fixtures/project-v3.sql")).unwrap();
    let mut file = ProjectFile::open(&path).unwrap();
    let version: u32 = raw(&path).pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
    assert_eq!(version, migrate::FORMAT);
    file.verify().unwrap();
    let aligning = file.project().aligning();
    assert_eq!(aligning.choices.crossing, Crossing::Forbidden);
    assert_eq!(aligning.dictionaries[0].pairs[0].target, "two");
    assert_eq!(file.project().counts().accepted, 1);
    file.edit(accept(2), STAMP, &held).unwrap();
    for _ in 0..5 {
        file.undo(STAMP).unwrap();
    }
    assert_eq!(file.project().counts().pending, 2);
    drop(file);
    ProjectFile::open(&path).unwrap().verify().unwrap();
}

#[test]
fn a_file_of_a_newer_version_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.muq");
    drop(ProjectFile::create(&path, project()).unwrap());
    raw(&path).pragma_update(None, "user_version", migrate::FORMAT + 1).unwrap();
    let before = std::fs::read(&path).unwrap();
    let error = ProjectFile::open(&path).unwrap_err();
    assert!(matches!(error, ProjectError::Newer { .. }));
    assert!(error.to_string().contains("newer version of muqabala (format 5, this version reads up to 4)"));
    assert!(matches!(store::read(&path), Err(ProjectError::Newer { .. })));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn other_files_are_no_projects() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text.muq");
    std::fs::write(&text, "This is no database, but it is long enough to be taken for one. ".repeat(40))
        .unwrap();
    let other = folder.path().join("other.muq");
    raw(&other).execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1);").unwrap();
    let empty = folder.path().join("empty.muq");
    std::fs::write(&empty, "").unwrap();
    for path in [text, other, empty] {
        let before = std::fs::read(&path).unwrap();
        assert!(matches!(ProjectFile::open(&path), Err(ProjectError::NotAProject(_))), "{}", path.display());
        assert!(matches!(store::read(&path), Err(ProjectError::NotAProject(_))));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }
    assert!(matches!(ProjectFile::open(&folder.path().join("none.muq")), Err(ProjectError::Missing(_))));
    assert!(!folder.path().join("none.muq").exists());
}

#[test]
fn an_existing_file_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.muq");
    drop(ProjectFile::create(&path, project()).unwrap());
    assert!(matches!(ProjectFile::create(&path, project()), Err(ProjectError::Exists(_))));
}

#[test]
fn the_second_to_open_is_told_who_was_first_and_may_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.muq");
    let mut first = ProjectFile::create(&path, project()).unwrap();
    first.announce("process 1234, http://127.0.0.1:4321/").unwrap();
    let error = ProjectFile::open(&path).unwrap_err();
    assert!(matches!(error, ProjectError::Locked { .. }));
    if cfg!(unix) {
        assert!(error.to_string().contains("http://127.0.0.1:4321/"), "{error}");
    }
    first.edit(accept(1), STAMP, &held).unwrap();
    let (seen, _) = store::read(&path).unwrap();
    assert_eq!(seen.counts().accepted, 1);
    first.edit(accept(2), STAMP, &held).unwrap();
    drop(first);
    assert_eq!(ProjectFile::open(&path).unwrap().project().counts().accepted, 2);
}

#[test]
fn an_edit_on_top_of_another_programs_is_refused_in_file_and_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.muq");
    let mut file = ProjectFile::create(&path, project()).unwrap();
    raw(&path).execute("INSERT INTO journal VALUES (1, 0, '', 'edit', NULL, '{}', '[]')", []).unwrap();
    let before = file.project().clone();
    let merge = Edit::Merge { bead: BeadId(1), with: muqabala::project::Direction::Next };
    assert!(matches!(file.edit(merge, STAMP, &held), Err(ProjectError::ChangedOutside(_))));
    assert_eq!(file.project().state(), before.state());
    assert_eq!(file.journal().revision(), 0);
}

#[test]
fn the_order_of_edits_is_not_that_of_the_clock() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.muq");
    let mut file = ProjectFile::create(&path, project()).unwrap();
    let at = |at| Stamp { at, ..STAMP };
    file.edit(accept(1), at(2_000), &held).unwrap();
    // The clock goes back by a second, then to before 1970, as on a machine whose battery is empty.
    file.edit(accept(2), at(1_000), &held).unwrap();
    file.undo(at(-5)).unwrap();
    drop(file);
    let mut file = ProjectFile::open(&path).unwrap();
    file.verify().unwrap();
    let times: Vec<_> = file.journal().entries().iter().map(|entry| entry.at).collect();
    assert_eq!(times, [2_000, 1_000, -5]);
    assert_eq!(file.project().counts().accepted, 1);
    file.redo(at(0)).unwrap();
    assert_eq!(file.project().counts().accepted, 2);
}

#[test]
fn the_journal_refuses_to_be_rewritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.muq");
    let mut file = ProjectFile::create(&path, project()).unwrap();
    file.edit(accept(1), STAMP, &held).unwrap();
    for sql in ["DELETE FROM journal", "UPDATE journal SET reviewer = 'x'"] {
        let error = raw(&path).execute(sql, []).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{error}");
    }
}

#[test]
fn damage_is_said_not_guessed() {
    for (sql, what) in [
        ("UPDATE beads SET target_end = 9 WHERE id = 1", "is in no pair or in two"),
        ("DELETE FROM beads WHERE id = 1", "a number is missing"),
        ("UPDATE beads SET live = 0 WHERE id = 2", "is in no pair"),
        ("UPDATE segments SET \"end\" = 8 WHERE start = 0 AND side = 'source'", "cuts through"),
        ("UPDATE segments SET \"end\" = 1 WHERE start = 0 AND side = 'source'", "does not fit the text"),
        ("UPDATE beads SET score = '{' WHERE id = 2", "pair 2"),
        ("UPDATE beads SET decision = 'maybe' WHERE id = 2", "`maybe` is not a decision"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.muq");
        drop(ProjectFile::create(&path, project()).unwrap());
        raw(&path).execute(sql, []).unwrap();
        let error = ProjectFile::open(&path).unwrap_err();
        assert!(matches!(error, ProjectError::Damaged { .. }), "{sql}: {error}");
        assert!(error.to_string().contains(what), "{sql}: {error}");
    }
}

#[test]
fn names_that_are_too_long_are_refused_and_change_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.muq");
    let mut file = ProjectFile::create(&path, project()).unwrap();
    let long = "n".repeat(201);
    let is_too_long =
        |error: ProjectError| matches!(error, ProjectError::Edit(EditError::TooLong { limit: 200 }));
    let mut settings = file.project().settings().clone();
    settings.reviewer.clone_from(&long);
    assert!(is_too_long(file.set_settings(settings).unwrap_err()));
    let named = |reviewer| Stamp { at: 0, reviewer };
    assert!(is_too_long(file.edit(accept(1), named(&long), &held).unwrap_err()));
    file.edit(accept(1), named(&long[..200]), &held).unwrap();
    assert!(is_too_long(file.undo(named(&long)).unwrap_err()));
    file.undo(named("")).unwrap();
    assert!(is_too_long(file.redo(named(&long)).unwrap_err()));
    assert_eq!((file.journal().revision(), file.project().settings().reviewer.as_str()), (2, ""));
    let refused =
        ProjectFile::create(&folder.path().join("b.muq"), project_of(&"n".repeat(4097))).unwrap_err();
    assert!(matches!(refused, ProjectError::Edit(EditError::TooLong { limit: 4096 })));
}

#[test]
fn settings_and_lexicon_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.muq");
    let mut project = project();
    project.set_lexicon(vec![LexiconPair {
        source: "واحد".to_owned(),
        target: "one".to_owned(),
        probability: 0.75,
    }]);
    let mut file = ProjectFile::create(&path, project).unwrap();
    let mut settings = file.project().settings().clone();
    settings.interface = InterfaceLanguage::Arabic;
    settings.auto_realign = AutoRealign::Off;
    settings.reviewer = "سارة".to_owned();
    file.set_settings(settings.clone()).unwrap();
    let mut choices = Choices::default();
    choices.without = [EvidenceKind::Dates, EvidenceKind::Words].into();
    choices.crossing = Crossing::Forbidden;
    choices.builtin_lexicon = BuiltinLexicon::Omitted;
    let aligning = Aligning {
        choices,
        dictionaries: vec![
            SavedDictionary {
                languages: Some((Lang::english(), Lang::arabic())),
                pairs: vec![pair("one", "واحد", 1.0), pair("two", "اثنان", 0.5)],
            },
            SavedDictionary { languages: None, pairs: vec![pair("a", "ب", 0.25)] },
        ],
    };
    file.set_aligning(aligning.clone()).unwrap();
    drop(file);
    let mut file = ProjectFile::open(&path).unwrap();
    assert_eq!(file.project().settings(), &settings);
    assert_eq!(file.project().lexicon()[0].probability.to_string(), "0.75");
    assert_eq!(file.project().aligning(), &aligning);
    // Fewer of both take the place of more.
    file.set_aligning(Aligning::default()).unwrap();
    file.set_lexicon(vec![pair("اثنان", "two", 0.5)]).unwrap();
    drop(file);
    let file = ProjectFile::open(&path).unwrap();
    assert_eq!(file.project().aligning(), &Aligning::default());
    assert_eq!(file.project().lexicon(), [pair("اثنان", "two", 0.5)]);
}

fn pair(source: &str, target: &str, probability: f64) -> LexiconPair {
    LexiconPair { source: source.to_owned(), target: target.to_owned(), probability }
}
