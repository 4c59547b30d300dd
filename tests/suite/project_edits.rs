//! Every sequence of edits, on every alignment: beads partition both sides, undo and redo lead back and
//! forth, the journal tells the whole story, and the file holds what memory holds.

use muqabala::bitext::{
    AlignedBead, Alignment, Bead, Bitext, Block, BlockKind, Document, Lang, Pin, Rival, Segment,
    SegmentedDocument, Side, Sides, TextSpan,
};
use muqabala::project::{
    Action, AutoRealign, BeadId, Decision, Direction, Edit, EditError, Journal, Project, ProjectFile,
    Replace, Stamp,
};
use proptest::prelude::*;

/// A bead as source range and target range.
type Link = ((u32, u32), (u32, u32));

pub(super) const STAMP: Stamp<'_> = Stamp { at: 1_721_692_800_000, reviewer: "سارة" };

/// A document of two blocks whose segments differ in length.
fn document(segments: usize, words: &[&str]) -> SegmentedDocument {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for i in 0..segments {
        let start = text.len();
        for w in 0..=(i * 7 + 3) % 5 {
            if w > 0 {
                text.push(' ');
            }
            text.push_str(words[(i + w) % words.len()]);
        }
        spans.push(TextSpan::new(start, text.len()));
        text.push_str(if i == segments / 2 { "\n\n" } else { "  " });
    }
    let half = segments / 2 + 1;
    let mut blocks = Vec::new();
    for part in spans.chunks(half.max(1)) {
        let span = TextSpan::new(part[0].start, part[part.len() - 1].end);
        blocks.push(Block { span, kind: BlockKind::Paragraph });
    }
    let segments = spans
        .iter()
        .enumerate()
        .map(|(i, &span)| Segment { span, block: (i / half.max(1)) as u32 })
        .collect();
    SegmentedDocument::new(Document::new(text, blocks).unwrap(), segments).unwrap()
}

fn bitext(n: usize, m: usize) -> Bitext {
    Bitext {
        documents: Sides::new(
            document(n, &["وزارة", "الدفاع", "بيان", "٢٠٢٤", "التعاون"]),
            document(m, &["ministry", "of", "defence", "2024", "statement"]),
        ),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    }
}

/// An aligner that keeps pins where they are in order and cuts the rest by a rule of thumb.
pub(super) fn aligner(seed: usize) -> impl Fn(&Bitext, &[Pin]) -> Alignment {
    move |bitext, pins| {
        let (n, m) = (bitext.documents.source.len(), bitext.documents.target.len());
        let mut beads = Vec::new();
        let mut at = (0, 0);
        let mut fill = |at: &mut (usize, usize), to: (usize, usize)| {
            while *at != to {
                let step = match ((seed + at.0 * 3 + at.1) % 7, to.0 - at.0, to.1 - at.1) {
                    (_, 0, _) => (0, 1),
                    (_, _, 0) | (2, ..) => (1, 0),
                    (0, s, _) if s > 1 => (2, 1),
                    (1, _, t) if t > 1 => (1, 2),
                    _ => (1, 1),
                };
                let next = (at.0 + step.0, at.1 + step.1);
                let range = |a: usize, b: usize| (a as u32, b as u32);
                beads.push(Bead::new(range(at.0, next.0), range(at.1, next.1)));
                *at = next;
            }
        };
        for pin in pins {
            let Pin::Bead(bead) = pin else { continue };
            let start = (bead.source.start(), bead.target.start());
            if start.0 < at.0 || start.1 < at.1 {
                continue;
            }
            fill(&mut at, start);
            at = (bead.source.end(), bead.target.end());
            // Pushed through a bead of its own.
            fill(&mut at, at_after(bead));
        }
        fill(&mut at, (n, m));
        let mut all: Vec<Bead> = beads;
        all.extend(pins.iter().filter_map(|p| match p {
            Pin::Bead(b) => Some(*b),
            _ => None,
        }));
        let known: Vec<AlignedBead> = all
            .iter()
            .map(|&bead| {
                let mut aligned = AlignedBead::bare(bead);
                aligned.confidence =
                    Some(((bead.source.start() * 37 + bead.target.end() * 11 + seed) % 100) as f64 / 100.0);
                let wider = Bead::new(
                    (bead.source.start() as u32, (bead.source.end() + 1).min(n) as u32),
                    (bead.target.start() as u32, bead.target.end() as u32),
                );
                aligned.rivals.push(Rival { bead: wider, probability: 0.25 });
                aligned
            })
            .collect();
        Alignment::new(known, n, m).unwrap_or_else(|_| {
            // Pins that cross are beyond this aligner.
            let beads = (0..n as u32)
                .map(|i| Bead::new((i, i + 1), (0, 0)))
                .chain((0..m as u32).map(|i| Bead::new((0, 0), (i, i + 1))));
            Alignment::new(beads.map(AlignedBead::bare).collect(), n, m).unwrap()
        })
    }
}

fn at_after(bead: &Bead) -> (usize, usize) {
    (bead.source.end(), bead.target.end())
}

pub(super) fn project(n: usize, m: usize, seed: usize) -> Project {
    let bitext = bitext(n, m);
    let alignment = aligner(seed)(&bitext, &[]);
    Project::new(&bitext, alignment, Sides::new("ar.txt".to_owned(), "en.txt".to_owned()))
}

/// What a random reviewer does next: numbers that are read against the project as it is then.
#[derive(Debug, Clone, Copy)]
pub(super) struct Move {
    pub(super) kind: u8,
    a: usize,
    b: usize,
}

pub(super) fn moves(most: usize) -> impl Strategy<Value = Vec<Move>> {
    prop::collection::vec(
        (0..32_u8, 0..1000_usize, 0..1000_usize).prop_map(|(kind, a, b)| Move { kind, a, b }),
        0..most,
    )
}

pub(super) fn edit_of(project: &Project, m: Move) -> Option<Edit> {
    let bead = |i: usize| project.bead_at(i % project.len().max(1)).map(|b| b.id);
    let side = if m.b.is_multiple_of(2) { Side::Source } else { Side::Target };
    let segments = project.segments(side);
    let segment = segments.get(m.a % segments.len().max(1));
    let start = segment.map(|s| s.span.start);
    let to = if m.b % 4 < 2 { Direction::Previous } else { Direction::Next };
    let side_name = side.into();
    Some(match m.kind {
        0 | 1 => Edit::Merge { bead: bead(m.a)?, with: to },
        2 | 3 => Edit::Split { bead: bead(m.a)?, source: m.b % 3, target: m.b / 3 % 3 },
        4..=6 => Edit::Move { side: side_name, segment: start?, to },
        7 | 8 => Edit::Place { side: side_name, segment: start?, bead: bead(m.b)? },
        9 => Edit::Unlink { bead: bead(m.a)? },
        10 | 11 => Edit::Link { source: bead(m.a)?, target: bead(m.b)? },
        12 | 13 => Edit::SplitSegment { side: side_name, segment: start?, at: start? + m.b % 40 },
        14 | 15 => Edit::JoinSegments { side: side_name, segment: start? },
        16 => Edit::Correct {
            side: side_name,
            segment: start?,
            text: (!m.b.is_multiple_of(3)).then(|| format!("corrected {}", m.b)),
        },
        17 | 18 => Edit::Decide { bead: bead(m.a)?, decision: Decision::ALL[m.b % 4] },
        19 => Edit::AcceptAbove { confidence: (m.b % 100) as f64 / 100.0, doubtful: m.a.is_multiple_of(2) },
        20 => Edit::Comment { bead: bead(m.a)?, text: ["", "ask", "انظر"][m.b % 3].to_owned() },
        21 => Edit::Pin { bead: bead(m.a)?, pinned: m.b.is_multiple_of(2) },
        22 => Edit::TakeRival { bead: bead(m.a)?, rival: m.b % 2 },
        23 => Edit::Realign { around: bead(m.a) },
        24 => Edit::Realign { around: None },
        26 | 27 => {
            let all = project.segments(Side::Target);
            let target = all.get(m.b % all.len().max(1))?.span.start;
            let all = project.segments(Side::Source);
            Edit::Belong { source: all.get(m.a % all.len().max(1))?.span.start, target }
        }
        28 | 29 => Edit::Shift { side: side_name, segment: start?, to },
        30 => Edit::AcceptUpTo { bead: bead(m.a)?, doubtful: m.b.is_multiple_of(2) },
        31 => Edit::Replace(Replace {
            side: m.b.is_multiple_of(2).then_some(side_name),
            find: ["a", "[0-9]+", "(\\w)e"][m.b % 3].to_owned(),
            with: ["x", "", "$1"][m.a % 3].to_owned(),
            regex: !m.b.is_multiple_of(3),
            case: m.a.is_multiple_of(2),
        }),
        _ => Edit::Decide { bead: BeadId(m.a as u64), decision: Decision::Accepted },
    })
}

/// The text of all beads is the text of all segments, corrected where somebody corrected it.
fn check_texts(project: &Project) {
    let bitext = project.bitext();
    for view in muqabala::export::reviewed(project, muqabala::export::Selection::default()) {
        for side in Side::BOTH {
            let range = view.segments.get(side).clone();
            if project.segments(side)[range.clone()].iter().all(|s| s.corrected.is_none()) {
                let original = muqabala::export::text_of(bitext.documents.get(side), range);
                assert_eq!(*view.texts.get(side), original);
            }
        }
    }
    for side in Side::BOTH {
        for bead in project.beads() {
            let text = project.bead_text(side, bead);
            let segments = project.segments_of(side, bead);
            if segments.iter().all(|s| s.corrected.is_none()) {
                let same_block = segments.iter().skip(1).all(|s| !s.opens_block);
                let (Some(first), Some(last)) = (segments.first(), segments.last()) else {
                    assert_eq!(text, "");
                    continue;
                };
                let original = &project.text(side)[first.span.start..last.span.end];
                if same_block {
                    assert_eq!(text, original);
                } else {
                    let squeezed = |t: &str| t.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert_eq!(squeezed(&text), squeezed(original));
                }
            } else {
                for segment in segments {
                    assert!(text.contains(project.segment_text(side, segment)));
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_keep_the_partition_and_can_be_undone_and_redone(
        n in 0..9_usize, m in 0..9_usize, seed in 0..50_usize, moves in moves(40),
    ) {
        let first = project(n, m, seed);
        let aligner = aligner(seed + 1);
        let (mut project, mut journal) = (first.clone(), Journal::default());
        for m in moves {
            if m.kind == 25 && m.a.is_multiple_of(2) {
                let before = project.clone();
                match if m.b % 3 > 0 { journal.undo(&mut project, STAMP) } else { journal.redo(&mut project, STAMP) } {
                    Ok(_) => {}
                    Err(EditError::EndOfHistory(_)) => prop_assert_eq!(before.state(), project.state()),
                    Err(error) => prop_assert!(false, "{}", error),
                }
            } else if let Some(edit) = edit_of(&project, m) {
                let before = project.clone();
                let edit_again = edit.clone();
                match journal.edit(&mut project, edit, STAMP, &aligner) {
                    Ok(change) => {
                        for id in &change.made {
                            prop_assert!(project.bead(*id).is_ok());
                        }
                        // The same edit on the same state does the same.
                        let mut twin = before;
                        let again = muqabala::project::edit::apply(&mut twin, &edit_again, STAMP.reviewer, &aligner);
                        prop_assert_eq!(again.unwrap(), change);
                        prop_assert_eq!(twin.state(), project.state());
                    }
                    Err(error) => {
                        prop_assert_eq!(before.state(), project.state(), "{} left something behind", error);
                        prop_assert!(!matches!(error, EditError::Conflict(_)), "{}", error);
                    }
                }
            }
            prop_assert_eq!(project.check(), Ok(()));
            // The order is that of an alignment of the same beads.
            let beads: Vec<_> = project.alignment().beads().iter().map(|b| b.bead).map(held).collect();
            let ours: Vec<_> = project.beads().map(|b| {
                let r = |side| project.indices(side, *b.places.get(side));
                (r(Side::Source), r(Side::Target))
            }).collect();
            prop_assert_eq!(beads, ours);
        }
        check_texts(&project);
        let last = project.clone();

        // The beads that edits made are in `project`; the first state has only its own.
        let mut story = project.clone();
        journal.rewind(&mut story).unwrap();
        prop_assert_eq!(story.state(), first.state());
        journal.replay(&mut story).unwrap();
        prop_assert_eq!(story.state(), last.state());

        let mut undone = 0;
        while journal.undoable().is_some() {
            journal.undo(&mut project, STAMP).unwrap();
            undone += 1;
        }
        prop_assert_eq!(project.state(), first.state());
        for _ in 0..undone {
            journal.redo(&mut project, STAMP).unwrap();
        }
        prop_assert_eq!(project.state(), last.state());
    }

    #[test]
    fn what_people_fixed_survives_realignment(
        n in 1..9_usize, m in 1..9_usize, seed in 0..50_usize, moves in moves(20),
    ) {
        let mut project = project(n, m, seed);
        let aligner = aligner(seed + 2);
        for m in moves {
            if let Some(edit) = edit_of(&project, m) {
                let _ = muqabala::project::edit::apply(&mut project, &edit, "", &aligner);
            }
        }
        let fixed: Vec<_> = project.beads().filter(|b| b.attributes.is_fixed()).cloned().collect();
        let _ = muqabala::project::edit::apply(&mut project, &Edit::Realign { around: None }, "", &aligner);
        for bead in fixed {
            prop_assert_eq!(project.bead(bead.id).unwrap(), &bead);
        }
    }
}

fn held(bead: Bead) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
    let range = |r: std::ops::Range<usize>| if r.is_empty() { 0..0 } else { r };
    (range(bead.source.indices()), range(bead.target.indices()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_file_holds_what_memory_holds(
        n in 0..7_usize, m in 0..7_usize, seed in 0..50_usize, moves in moves(25),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("بيان.muq");
        let first = project(n, m, seed);
        let aligner = aligner(seed + 1);
        let mut file = ProjectFile::create(&path, first).unwrap();
        for (i, m) in moves.into_iter().enumerate() {
            if m.kind == 25 && m.a.is_multiple_of(2) {
                let _ = if m.b % 3 > 0 { file.undo(STAMP) } else { file.redo(STAMP) };
            } else if let Some(edit) = edit_of(file.project(), m) {
                let _ = file.edit(edit, STAMP, &aligner);
            }
            if i % 9 == 8 {
                let before = file.project().clone();
                drop(file);
                file = ProjectFile::open(&path).unwrap();
                prop_assert_eq!(file.project().state(), before.state());
                for bead in before.beads() {
                    prop_assert_eq!(&file.project().bead(bead.id).unwrap().score, &bead.score);
                }
            }
        }
        file.verify().unwrap();
        let (project, journal) = muqabala::project::store::read(&path).unwrap();
        prop_assert_eq!(project.state(), file.project().state());
        prop_assert_eq!(&journal, file.journal());
    }
}

/// `check(fixture, edits, expect)`: the ladder after some edits, automatic re-alignment off.
fn check(n: usize, m: usize, links: &[Link], edits: &[fn(&Project) -> Edit], expect: &str) {
    let bitext = bitext(n, m);
    let beads = links.iter().map(|&(s, t)| AlignedBead::bare(Bead::new(s, t))).collect();
    let alignment = Alignment::new(beads, n, m).unwrap();
    let mut project = Project::new(&bitext, alignment, Sides::default());
    let as_it_is = |bitext: &Bitext, pins: &[Pin]| {
        let beads = pins.iter().filter_map(|p| match p {
            Pin::Bead(b) => Some(AlignedBead::bare(*b)),
            _ => None,
        });
        let size = bitext.documents.as_ref().map(SegmentedDocument::len);
        // Only what is held is given back; an answer that lacks segments is not taken.
        Alignment::new(beads.collect(), size.source, size.target).unwrap_or_default()
    };
    for edit in edits {
        let edit = edit(&project);
        muqabala::project::edit::apply(&mut project, &edit, "", &as_it_is).unwrap();
        project.check().unwrap();
    }
    let shown: Vec<_> = project
        .beads()
        .map(|b| {
            let side = |side| {
                let range = project.indices(side, *b.places.get(side));
                range.map(|i| (i + 1).to_string()).collect::<Vec<_>>().join(",")
            };
            let pinned = if b.attributes.pinned { "*" } else { "" };
            format!("{}={}{pinned}", side(Side::Source), side(Side::Target))
        })
        .collect();
    assert_eq!(shown.join(" "), expect);
}

const DIAGONAL: &[Link] = &[((0, 1), (0, 1)), ((1, 2), (1, 2)), ((2, 3), (2, 3))];

fn nth(project: &Project, position: usize) -> BeadId {
    project.bead_at(position).unwrap().id
}

#[test]
fn merging_takes_the_neighbour_in() {
    check(3, 3, DIAGONAL, &[|p| Edit::Merge { bead: nth(p, 0), with: Direction::Next }], "1,2=1,2* 3=3");
    check(3, 3, DIAGONAL, &[|p| Edit::Merge { bead: nth(p, 2), with: Direction::Previous }], "1=1 2,3=2,3*");
}

#[test]
fn a_segment_moves_across_the_border_and_an_emptied_bead_goes() {
    let up: fn(&Project) -> Edit = |p| Edit::Move {
        side: Side::Target.into(),
        segment: p.segments(Side::Target)[1].span.start,
        to: Direction::Previous,
    };
    check(3, 3, DIAGONAL, &[up], "1=1,2* 2= 3=3");
    let up_source: fn(&Project) -> Edit = |p| Edit::Move {
        side: Side::Source.into(),
        segment: p.segments(Side::Source)[1].span.start,
        to: Direction::Previous,
    };
    check(3, 3, DIAGONAL, &[up, up_source], "1,2=1,2* 3=3");
}

#[test]
fn linking_across_makes_a_crossing() {
    check(
        3,
        3,
        DIAGONAL,
        &[
            |p| Edit::Link { source: nth(p, 0), target: nth(p, 2) },
            |p| Edit::Link { source: nth(p, 3), target: nth(p, 0) },
        ],
        "1=3* 2=2 3=1*",
    );
}

#[test]
fn unlinking_leaves_single_segments() {
    check(
        3,
        3,
        &[((0, 2), (0, 1)), ((2, 3), (1, 3))],
        &[|p| Edit::Unlink { bead: nth(p, 0) }],
        "=1* 1=* 2=* 3=2,3",
    );
}

#[test]
fn splitting_a_segment_leaves_text_out_of_neither_part() {
    let cut: fn(&Project) -> Edit = |p| {
        let segment = p.segments(Side::Target)[0].span;
        let at = segment.start + p.text(Side::Target)[segment.range()].find(' ').unwrap();
        Edit::SplitSegment { side: Side::Target.into(), segment: segment.start, at }
    };
    check(3, 3, DIAGONAL, &[cut], "1=1,2 2=3 3=4");
    let join: fn(&Project) -> Edit =
        |p| Edit::JoinSegments { side: Side::Target.into(), segment: p.segments(Side::Target)[0].span.start };
    check(3, 3, DIAGONAL, &[cut, join], "1=1 2=2 3=3");
    // Joining across a border brings the second segment over.
    check(3, 3, DIAGONAL, &[join], "1=1 2= 3=2");
}

#[test]
fn an_edit_realigns_what_stands_around_it_but_not_what_is_accepted() {
    let bitext = bitext(6, 6);
    let diagonal = |bitext: &Bitext, pins: &[Pin]| {
        // Everything that is not pinned becomes null.
        let (n, m) = (bitext.documents.source.len(), bitext.documents.target.len());
        let held: Vec<Bead> =
            pins.iter().filter_map(|p| if let Pin::Bead(b) = p { Some(*b) } else { None }).collect();
        let mut beads: Vec<Bead> = held.clone();
        beads.extend(
            (0..n)
                .filter(|i| !held.iter().any(|b| b.source.indices().contains(i)))
                .map(|i| Bead::new((i as u32, i as u32 + 1), (0, 0))),
        );
        beads.extend(
            (0..m)
                .filter(|i| !held.iter().any(|b| b.target.indices().contains(i)))
                .map(|i| Bead::new((0, 0), (i as u32, i as u32 + 1))),
        );
        Alignment::new(beads.into_iter().map(AlignedBead::bare).collect(), n, m).unwrap()
    };
    let beads = (0..6).map(|i| AlignedBead::bare(Bead::new((i, i + 1), (i, i + 1)))).collect();
    let mut project = Project::new(&bitext, Alignment::new(beads, 6, 6).unwrap(), Sides::default());
    let accept = Edit::Decide { bead: nth(&project, 3), decision: Decision::Accepted };
    muqabala::project::edit::apply(&mut project, &accept, "", &diagonal).unwrap();
    let merge = Edit::Merge { bead: nth(&project, 0), with: Direction::Next };
    muqabala::project::edit::apply(&mut project, &merge, "", &diagonal).unwrap();
    let shown: Vec<_> = project.beads().map(|b| project.bead_type(b).to_string()).collect();
    // The third bead was re-aligned (to nulls); the accepted fourth and what lies beyond it stayed.
    assert_eq!(shown.join(" "), "2-2 0-1 1-0 1-1 1-1 1-1");
    assert_eq!(project.settings().auto_realign, AutoRealign::On);
}

#[test]
fn the_journal_names_its_edits_as_documented() {
    let mut project = project(4, 4, 3);
    let mut journal = Journal::default();
    let bead = nth(&project, 0);
    journal
        .edit(&mut project, Edit::Decide { bead, decision: Decision::Accepted }, STAMP, &aligner(3))
        .unwrap();
    let Action::Edit { edit, steps } = &journal.entries()[0].action else { panic!("an edit") };
    insta::assert_snapshot!(
        serde_json::to_string(edit).unwrap(),
        @r#"{"edit":"decide","bead":1,"decision":"accepted"}"#
    );
    insta::assert_snapshot!(
        serde_json::to_string(steps).unwrap(),
        @r#"[{"step":"attributes","bead":1,"before":{"decision":"pending"},"after":{"decision":"accepted","reviewer":"سارة"}}]"#
    );
}

#[test]
fn one_side_is_shifted_up_to_a_gap_a_fixed_bead_or_the_end() {
    let shift = |side: Side, at: usize, to: Direction| {
        move |p: &Project| Edit::Shift { side: side.into(), segment: p.segments(side)[at].span.start, to }
    };
    let down: fn(&Project) -> Edit = |p| Edit::Shift {
        side: Side::Target.into(),
        segment: p.segments(Side::Target)[0].span.start,
        to: Direction::Next,
    };
    let up: fn(&Project) -> Edit = |p| Edit::Shift {
        side: Side::Target.into(),
        segment: p.segments(Side::Target)[0].span.start,
        to: Direction::Previous,
    };
    // To the end: what is left over stands alone.
    check(3, 3, DIAGONAL, &[down], "1=* 2=1* 3=2* =3*");
    check(3, 3, DIAGONAL, &[up], "=1* 1=2* 2=3* 3=*");
    // A gap takes it up, and what follows stays.
    let gap: &[Link] = &[((0, 1), (0, 1)), ((1, 2), (1, 1)), ((2, 3), (1, 2))];
    check(3, 2, gap, &[down], "1=* 2=1* 3=2");
    let gap: &[Link] = &[((0, 1), (0, 0)), ((1, 2), (0, 1)), ((2, 3), (1, 2))];
    check(3, 2, gap, &[up], "1=1* 2=2* 3=*");
    // A bead that a person fixed stays.
    let pin: fn(&Project) -> Edit = |p| Edit::Pin { bead: nth(p, 2), pinned: true };
    check(3, 3, DIAGONAL, &[pin, down], "1=* 2=1* =2* 3=3*");
    // The source likewise.
    let (bitext, beads) = (bitext(2, 2), [((0, 1), (0, 1)), ((1, 2), (1, 2))]);
    let beads = beads.iter().map(|&(s, t)| AlignedBead::bare(Bead::new(s, t))).collect();
    let mut project = Project::new(&bitext, Alignment::new(beads, 2, 2).unwrap(), Sides::default());
    let edit = shift(Side::Source, 1, Direction::Next)(&project);
    muqabala::project::edit::apply(&mut project, &edit, "", &aligner(1)).unwrap();
    project.check().unwrap();
    assert_eq!(project.len(), 3);
}

#[test]
fn what_lies_between_two_segments_that_belong_together_is_aligned_around_them() {
    let four: &[Link] = &[((0, 1), (0, 1)), ((1, 2), (1, 2)), ((2, 3), (2, 3)), ((3, 4), (3, 4))];
    let beads = four.iter().map(|&(s, t)| AlignedBead::bare(Bead::new(s, t))).collect();
    let bitext = bitext(4, 4);
    let mut project = Project::new(&bitext, Alignment::new(beads, 4, 4).unwrap(), Sides::default());
    let start = |p: &Project, side: Side, at: usize| p.segments(side)[at].span.start;
    let edit =
        Edit::Belong { source: start(&project, Side::Source, 1), target: start(&project, Side::Target, 2) };
    muqabala::project::edit::apply(&mut project, &edit, "", &aligner(3)).unwrap();
    project.check().unwrap();
    let made: Vec<_> = project
        .beads()
        .map(|b| {
            (project.indices(Side::Source, b.places.source), project.indices(Side::Target, b.places.target))
        })
        .collect();
    assert!(made.contains(&(1..2, 2..3)), "{made:?}");
    // Nothing crosses: what stood across was aligned again.
    let targets: Vec<_> =
        made.iter().filter(|(s, t)| !s.is_empty() && !t.is_empty()).map(|(_, t)| t.start).collect();
    assert!(targets.is_sorted(), "{made:?}");
    let again =
        Edit::Belong { source: start(&project, Side::Source, 1), target: start(&project, Side::Target, 2) };
    let refused = muqabala::project::edit::apply(&mut project, &again, "", &aligner(3));
    assert_eq!(refused, Err(EditError::Together));
}
