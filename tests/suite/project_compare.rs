//! Two reviewers: comparing their projects, and taking one's work over into the other's.

use std::path::{Path, PathBuf};

use muqabala::bitext::{AlignedBead, Alignment, Bead, Bitext, Lang, Pin, SegmentedDocument, Side, Sides};
use muqabala::project::{
    BeadId, Decision, Difference, Direction, Edit, Journal, Project, ProjectFile, compare, edit, store,
};
use proptest::prelude::*;

use super::project_edits::{STAMP, aligner, edit_of, moves, project};
use crate::support::run;

fn held(bitext: &Bitext, pins: &[Pin]) -> Alignment {
    let beads =
        pins.iter().filter_map(|p| if let Pin::Bead(b) = p { Some(AlignedBead::bare(*b)) } else { None });
    let size = bitext.documents.as_ref().map(SegmentedDocument::len);
    Alignment::new(beads.collect(), size.source, size.target).unwrap_or_default()
}

fn five(target: [&str; 5]) -> Project {
    let bitext = Bitext {
        documents: Sides::new(
            SegmentedDocument::from_lines(&["واحد.", "اثنان.", "ثلاثة.", "أربعة.", "خمسة."]),
            SegmentedDocument::from_lines(&target),
        ),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let beads = (0..5).map(|i| AlignedBead::bare(Bead::new((i, i + 1), (i, i + 1)))).collect();
    let names = Sides::new("ar.txt".to_owned(), "en.txt".to_owned());
    Project::new(&bitext, Alignment::new(beads, 5, 5).unwrap(), names)
}

const NUMBERS: [&str; 5] = ["One.", "Two.", "<b>Three</b>.", "Four.", "Five."];

fn nth(project: &Project, position: usize) -> BeadId {
    project.bead_at(position).unwrap().id
}

fn make(project: &mut Project, reviewer: &str, made: &Edit) {
    edit::apply(project, made, reviewer, &held).unwrap();
}

fn decide(project: &mut Project, reviewer: &str, position: usize, decision: Decision) {
    let bead = nth(project, position);
    make(project, reviewer, &Edit::Decide { bead, decision });
}

fn say(project: &mut Project, reviewer: &str, position: usize, text: &str) {
    let bead = nth(project, position);
    make(project, reviewer, &Edit::Comment { bead, text: text.to_owned() });
}

/// Sara and Omar on the same five pairs.
fn two() -> (Project, Project) {
    let (mut sara, mut omar) = (five(NUMBERS), five(NUMBERS));
    decide(&mut sara, "سارة", 0, Decision::Accepted);
    decide(&mut omar, "عمر", 0, Decision::Accepted);
    decide(&mut sara, "سارة", 1, Decision::Accepted);
    decide(&mut omar, "عمر", 1, Decision::Rejected);
    decide(&mut omar, "عمر", 2, Decision::Flagged);
    say(&mut omar, "عمر", 2, "who says so?");
    say(&mut sara, "سارة", 0, "good");
    let bead = nth(&omar, 3);
    make(&mut omar, "عمر", &Edit::Merge { bead, with: Direction::Next });
    (sara, omar)
}

#[test]
fn figures_and_places_say_where_two_differ() {
    let (sara, omar) = two();
    let found = compare(&sara, &omar).unwrap();
    assert_eq!(
        (found.agreement.first_pairs, found.agreement.second_pairs, found.agreement.shared_pairs),
        (5, 4, 3)
    );
    assert!((found.agreement.f1() - 2.0 * 3.0 / 9.0).abs() < 1e-12);
    assert_eq!((found.agreement.decided(), found.agreement.decided_by_one()), ((2, 1), (0, 1)));
    let kinds: Vec<_> =
        found.differences.iter().map(|(region, kinds)| (region.first.clone(), kinds.clone())).collect();
    assert_eq!(
        kinds,
        [
            (vec![0], vec![Difference::CommentOfOne]),
            (vec![1], vec![Difference::Decision]),
            (vec![2], vec![Difference::DecisionOfOne, Difference::CommentOfOne]),
            (vec![3, 4], vec![Difference::Cut]),
        ]
    );
    assert!(compare(&sara, &sara).unwrap().differences.is_empty());
    assert!(compare(&sara, &five(["One.", "Two.", "Three.", "Four.", "Six."])).is_err());
}

fn saved(folder: &Path, name: &str, project: Project) -> PathBuf {
    let path = folder.join(name);
    drop(ProjectFile::create(&path, project).unwrap());
    path
}

#[test]
fn merging_takes_what_does_not_conflict_as_one_edit() {
    let folder = tempfile::tempdir().unwrap();
    let (sara, omar) = two();
    let path = saved(folder.path(), "sara.muq", sara.clone());
    let mut file = ProjectFile::open(&path).unwrap();
    let adopted = file.adopt(&omar, "omar.muq", STAMP).unwrap();
    assert_eq!((adopted.decisions, adopted.comments, adopted.cuts, adopted.conflicts.len()), (1, 1, 1, 1));
    assert_eq!(adopted.conflicts[0].first, [1]);
    let merged = file.project();
    let decisions: Vec<_> = merged.beads().map(|b| b.attributes.decision).collect();
    assert_eq!(decisions, [Decision::Accepted, Decision::Accepted, Decision::Flagged, Decision::Pending]);
    let third = &merged.bead_at(2).unwrap().attributes;
    assert_eq!((&*third.comment, third.reviewer.as_deref()), ("who says so?", Some("عمر")));
    assert_eq!(merged.bead_at(0).unwrap().attributes.comment, "good");
    assert_eq!(file.journal().revision(), 1);
    file.verify().unwrap();
    let merged = merged.clone();
    // A second time there is nothing to take.
    assert_eq!(file.adopt(&omar, "omar.muq", STAMP).unwrap().taken(), 0);
    assert_eq!(file.journal().revision(), 1);
    file.undo(STAMP).unwrap();
    assert_eq!(file.project().state(), sara.state());
    file.redo(STAMP).unwrap();
    assert_eq!(file.project().state(), merged.state());
    drop(file);
    assert_eq!(ProjectFile::open(&path).unwrap().project().state(), merged.state());
}

#[test]
fn cuts_of_segments_and_corrections_come_along() {
    let (mut sara, mut omar) = (five(NUMBERS), five(NUMBERS));
    let at = |project: &Project, n: usize| project.segments(Side::Target)[n].span.start;
    let side = Side::Target.into();
    let cut = Edit::SplitSegment { side, segment: at(&omar, 2), at: at(&omar, 2) + 4 };
    make(&mut omar, "", &cut);
    let bead = nth(&omar, 2);
    make(&mut omar, "", &Edit::Pin { bead, pinned: true });
    let text = Some("Five!".to_owned());
    let segment = at(&omar, 5);
    make(&mut omar, "", &Edit::Correct { side, segment, text });
    let mut journal = Journal::default();
    let (_, adopted) = journal.adopt(&mut sara, &omar, "omar", STAMP).unwrap();
    assert_eq!((adopted.corrections, adopted.conflicts.len()), (1, 0), "{adopted:?}");
    sara.check().unwrap();
    assert_eq!(
        sara.segments(Side::Target)[sara.segments(Side::Target).len() - 1].corrected.as_deref(),
        Some("Five!")
    );
    // What is cut otherwise inside a pair that stands in both alike stays as it is here.
    assert!(sara.bead_at(2).unwrap().attributes.pinned);
}

#[test]
fn the_commands_say_it_as_text_as_json_and_as_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let (sara, omar) = two();
    let (a, b) = (saved(folder.path(), "sara.muq", sara.clone()), saved(folder.path(), "omar.muq", omar));
    let ran = run(folder.path(), &["compare", "sara.muq", "omar.muq", "--html", "c.html"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    insta::assert_snapshot!(ran.out, @r"
    pairs in sara.muq                  5
    pairs in omar.muq                  4
    pairs in both, alike               3
    F1 of the pairs                    0.667
    decided in both, of what is alike  2
    decided alike                      1 (50.0 %)
    Cohen's kappa                      0.000
    decided in sara.muq alone          0
    decided in omar.muq alone          1
    places cut otherwise               1
    decided otherwise                  1
    commented otherwise                0
    corrected otherwise                0

    decision
      sara.muq 2: accepted, by سارة
        اثنان.
        Two.
      omar.muq 2: rejected, by عمر
        اثنان.
        Two.

    cut
      sara.muq 4: pending
        أربعة.
        Four.
      sara.muq 5: pending
        خمسة.
        Five.
      omar.muq 4: pending, pinned
        أربعة. خمسة.
        Four. Five.
    ");
    let page = std::fs::read_to_string(folder.path().join("c.html")).unwrap();
    assert!(page.contains("<td lang=\"ar\" dir=\"rtl\">اثنان.</td>") && !page.contains("<b>Three"), "{page}");
    let all = run(folder.path(), &["compare", "sara.muq", "omar.muq", "--json"]);
    let all: serde_json::Value = serde_json::from_str(&all.out).unwrap();
    assert_eq!(all["differences"].as_array().unwrap().len(), 4);
    assert_eq!(all["decided"]["table"]["accepted"]["rejected"], 1);
    let shown = run(folder.path(), &["compare", "sara.muq", "omar.muq", "--all", "--show", "1"]);
    assert!(shown.out.contains("and 3 more places"), "{}", shown.out);

    let ran = run(folder.path(), &["merge", "sara.muq", "omar.muq"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    insta::assert_snapshot!(ran.out, @r"
    decisions    1
    comments     1
    corrections  0
    pins         0
    cuts         1
    conflicts    1

    here   2  accepted
      اثنان.
      Two.
    there  2  rejected
      اثنان.
      Two.
    ");
    assert_eq!(store::read(&a).unwrap().0.counts().flagged, 1);
    assert_eq!(store::read(&b).unwrap().1.revision(), 0);
    let history = run(folder.path(), &["history", "sara.muq"]);
    assert!(
        history.out.contains("{\"edit\":\"adopt\",\"from\":\"omar.muq\",\"taken\":3}"),
        "{}",
        history.out
    );
    let again = run(folder.path(), &["merge", "sara.muq", "omar.muq", "--json"]);
    let again: serde_json::Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!((&again["decisions"], &again["conflicts"][0]["here"][0]), (&0.into(), &2.into()));

    saved(folder.path(), "other.muq", five(["One.", "Two.", "Three.", "Four.", "Six."]));
    for (arguments, said) in [
        (["compare", "sara.muq", "sara.muq"], "given twice"),
        (["merge", "sara.muq", "other.muq"], "not of the same target text"),
        (["compare", "sara.muq", "none.muq"], "does not exist"),
    ] {
        let ran = run(folder.path(), &arguments);
        assert!(ran.code == 2 && ran.err.contains(said), "{arguments:?}: {}", ran.err);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever two reviewers did: the partition holds, what was said here stays, and undo leads back.
    #[test]
    fn taking_over_keeps_what_was_said_and_can_be_undone(
        n in 1..8_usize, m in 1..8_usize, seed in 0..50_usize, mine in moves(12), theirs in moves(12),
    ) {
        let first = project(n, m, seed);
        let aligner = aligner(seed + 1);
        let worked = |moves: Vec<super::project_edits::Move>| {
            let mut project = first.clone();
            for made in moves.into_iter().filter(|m| m.kind != 25) {
                let Some(made) = edit_of(&project, made) else { continue };
                // What cannot be done is not done.
                let _ = edit::apply(&mut project, &made, "", &aligner);
            }
            project
        };
        let (mut own, other) = (worked(mine), worked(theirs));
        let before = own.clone();
        let compared = compare(&own, &other).unwrap();
        let mut journal = Journal::default();
        let (change, adopted) = journal.adopt(&mut own, &other, "other", STAMP).unwrap();
        prop_assert_eq!(change.is_some(), adopted.taken() > 0);
        prop_assert_eq!(own.check(), Ok(()));
        prop_assert!(adopted.conflicts.len() <= compared.differences.len());
        for bead in before.beads().filter(|bead| bead.attributes.is_fixed()) {
            let now = own.bead(bead.id).unwrap();
            prop_assert_eq!(now.places, bead.places);
            if bead.attributes.decision != Decision::Pending {
                prop_assert_eq!(now.attributes.decision, bead.attributes.decision);
            }
            if !bead.attributes.comment.is_empty() {
                prop_assert_eq!(&now.attributes.comment, &bead.attributes.comment);
            }
        }
        // Again there is nothing left to take.
        let merged = own.clone();
        prop_assert_eq!(journal.adopt(&mut own, &other, "other", STAMP).unwrap().1.taken(), 0);
        prop_assert_eq!(merged.state(), own.state());
        if change.is_some() {
            journal.undo(&mut own, STAMP).unwrap();
        }
        prop_assert_eq!(own.state(), before.state());
    }
}

#[test]
fn what_a_person_decided_on_or_fixed_is_not_doubtful() {
    let (project, aligner) = (project(40, 40, 5), aligner(5));
    let at = |confidence: std::ops::Range<f64>| {
        let mut beads = project.beads();
        let bead = beads.find(|bead| bead.score.confidence.is_some_and(|c| confidence.contains(&c)));
        bead.expect("the aligner is sure of some and not of others").clone()
    };
    let (doubtful, sure) = (at(0.0..0.3), at(0.97..1.0));
    assert!(Project::is_doubtful(&doubtful) && !Project::is_doubtful(&sure));
    assert_eq!(doubtful.confidence(), doubtful.score.confidence);
    assert!(doubtful.confidence() > Some(0.0));
    let after = |edit: &Edit| {
        let mut project = project.clone();
        edit::apply(&mut project, edit, "سارة", &aligner).unwrap();
        project.bead(doubtful.id).unwrap().clone()
    };
    for decision in Decision::ALL.into_iter().filter(|decision| *decision != Decision::Pending) {
        let bead = after(&Edit::Decide { bead: doubtful.id, decision });
        assert!(!Project::is_doubtful(&bead), "{decision:?}");
        assert_eq!(bead.confidence(), doubtful.score.confidence);
    }
    let fixed = after(&Edit::Pin { bead: doubtful.id, pinned: true });
    assert!(!Project::is_doubtful(&fixed));
    assert_eq!(fixed.confidence(), None);
}
