//! Tests: what stays, what is aligned anew, and that nothing said is lost in silence.

use proptest::prelude::*;

use super::told::original;
use super::*;
use crate::bitext::{Bitext, Lang};
use crate::pipeline::{self, AlignOptions};
use crate::project::{Decision, Edit, ReviewBead, SideName, edit};
use crate::read::ReadOptions;
use crate::segment::SegmentOptions;
use crate::session::{PipelineAligner, begin};

const AR: &[&str] = &[
    "وقع الطرفان الاتفاق في 14 تموز 2019.",
    "وبنت الوزارة 15 مدرسة في الموصل.",
    "وعدل الاتفاق مرة واحدة في بغداد.",
    "وانتهى الاجتماع في 3 آب.",
    "شكر الوزير الحاضرين.",
    "وغادر الوفد المدينة في المساء.",
];
const EN: &[&str] = &[
    "The two parties signed the agreement on July 14, 2019.",
    "The ministry built 15 schools in Mosul.",
    "The agreement was amended once in Baghdad.",
    "The meeting ended on August 3.",
    "The minister thanked those present.",
    "The delegation left the city in the evening.",
];

/// One paragraph a line, each cut into sentences.
fn cut(lines: &[&str], lang: &Lang) -> SegmentedDocument {
    let bytes = lines.join("\n\n").into_bytes();
    let document = crate::read::parse("new.txt", bytes, &ReadOptions::default()).unwrap().document;
    pipeline::prepare(document, Some(lang), &SegmentOptions::default()).document
}

fn project(ar: &[&str], en: &[&str]) -> Project {
    let bitext = Bitext {
        documents: Sides::new(cut(ar, &Lang::arabic()), cut(en, &Lang::english())),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let options = AlignOptions::default();
    let alignment = align(&bitext, &options).unwrap();
    begin(&bitext, alignment, Sides::new("ar.txt".into(), "en.txt".into()), &options)
}

fn target(lines: &[&str]) -> Sides<Option<NewVersion>> {
    Sides::new(None, Some(NewVersion { name: "new.txt".into(), document: cut(lines, &Lang::english()) }))
}

fn make(project: &mut Project, made: &Edit) {
    let aligner = PipelineAligner::of(project);
    edit::apply(project, made, "سارة", &aligner).unwrap();
}

fn decide(project: &mut Project, position: usize, decision: Decision) {
    let bead = project.bead_at(position).unwrap().id;
    make(project, &Edit::Decide { bead, decision });
}

fn comment(project: &mut Project, position: usize, text: &str) {
    let bead = project.bead_at(position).unwrap().id;
    make(project, &Edit::Comment { bead, text: text.to_owned() });
}

/// Each pair with its texts by number, and what was said.
fn shown(project: &Project) -> String {
    let pair = |bead: &ReviewBead| {
        let side = |side| {
            let range = project.indices(side, *bead.places.get(side));
            range.map(|at| at.to_string()).collect::<Vec<_>>().join(",")
        };
        let said = &bead.attributes;
        let comment = if said.comment.is_empty() { "" } else { "\"" };
        format!("{}={} {}{comment}", side(Side::Source), side(Side::Target), said.decision)
    };
    project.beads().map(pair).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_did_not_change_stays_and_the_rest_is_pending() {
    let mut old = project(AR, EN);
    for at in 0..4 {
        decide(&mut old, at, Decision::Accepted);
    }
    comment(&mut old, 1, "check the name");
    comment(&mut old, 4, "polite");
    let mut en = EN.to_vec();
    en[1] = "The ministry built 16 schools in Mosul.";
    let update = update(&old, target(&en)).unwrap();
    update.project.check().unwrap();
    insta::assert_snapshot!(shown(&update.project), @r#"
    0=0 accepted
    1=1 pending"
    2=2 accepted
    3=3 accepted
    4=4 pending"
    5=5 pending
    "#);
    assert_eq!((update.kept, &update.fresh[..], update.gone), (5, &[1][..], 1));
    // What is new is marked until somebody has decided on it.
    let new = |project: &Project| -> Vec<usize> {
        project.beads().enumerate().filter(|(_, bead)| project.is_renewed(bead)).map(|(row, _)| row).collect()
    };
    assert_eq!(new(&update.project), [1]);
    let mut seen = update.project.clone();
    decide(&mut seen, 1, Decision::Flagged);
    assert_eq!(new(&seen), [1]);
    decide(&mut seen, 1, Decision::Accepted);
    assert_eq!(new(&seen), [] as [usize; 0]);
    let [lost] = &update.lost[..] else { panic!("{:?}", update.lost) };
    assert_eq!((lost.position, lost.now, lost.attributes.decision), (1, Some(1), Decision::Accepted));
    assert_eq!(lost.texts.target, EN[1]);
    assert_eq!(update.project.name(Side::Target), "new.txt");
    assert_eq!(update.project.bead_at(1).unwrap().attributes.comment, "check the name");
    // What the aligner said stays with its pair, at its new place.
    let (before, after) = (old.bead_at(3).unwrap(), update.project.bead_at(3).unwrap());
    assert_eq!(before.score.confidence, after.score.confidence);
    let value = |project: &Project, bead: &ReviewBead| -> Vec<String> {
        let matches = bead.score.evidence.iter().flat_map(|e| e.matches.clone());
        matches.map(|m| project.text(Side::Target)[m.target.range()].to_owned()).collect()
    };
    assert_eq!(value(&old, before), value(&update.project, after));
    assert!(!value(&old, before).is_empty());
}

#[test]
fn sentences_that_come_and_go_leave_the_others_alone() {
    let mut old = project(AR, EN);
    (0..6).for_each(|at| decide(&mut old, at, Decision::Accepted));
    let en = [EN[0], "A wholly new sentence stands here.", EN[1], EN[2], EN[4], EN[5]];
    let update = update(&old, target(&en)).unwrap();
    insta::assert_snapshot!(shown(&update.project), @r"
    0=0 accepted
    =1 pending
    1=2 accepted
    2=3 accepted
    3= pending
    4=4 accepted
    5=5 accepted
    ");
    assert_eq!((update.kept, update.fresh.len(), update.gone, update.lost.len()), (5, 2, 1, 1));
    assert_eq!(update.lost[0].now, Some(4));
}

#[test]
fn cuts_corrections_and_crossings_of_people_stay() {
    let two = "The meeting ended on August 3. It was long.";
    let mut old = project(AR, &[EN[0], EN[1], EN[2], two, EN[4], EN[5]]);
    // One segment of two sentences, a corrected one, and two pairs that cross.
    let at = |project: &Project, n: usize| project.segments(Side::Target)[n].span.start;
    let joined = Edit::JoinSegments { side: SideName::Target, segment: at(&old, 3) };
    make(&mut old, &joined);
    let text = Some("The minister thanked everyone.".to_owned());
    let corrected = Edit::Correct { side: SideName::Target, segment: at(&old, 4), text };
    make(&mut old, &corrected);
    let id = |project: &Project, n: usize| project.bead_at(n).unwrap().id;
    let link = Edit::Link { source: id(&old, 1), target: id(&old, 2) };
    make(&mut old, &link);
    let (alone, bead) = (
        old.beads().find(|b| b.places.target.is_none()).unwrap().id,
        old.beads().find(|b| b.places.source.is_none()).unwrap().id,
    );
    make(&mut old, &Edit::Link { source: alone, target: bead });
    let crossing = shown(&old);
    let new = ["The parties signed nothing.", EN[1], EN[2], two, EN[4], EN[5]];
    let update = update(&old, target(&new)).unwrap();
    update.project.check().unwrap();
    assert_eq!(shown(&update.project), crossing);
    assert!(crossing.contains("1=2") && crossing.contains("2=1"), "{crossing}");
    assert_eq!(update.fresh, [0]);
    let segments = update.project.segments(Side::Target);
    assert_eq!(&update.project.text(Side::Target)[segments[3].span.range()], two);
    assert_eq!(segments[4].corrected.as_deref(), Some("The minister thanked everyone."));
    assert!(update.project.beads().filter(|b| b.attributes.pinned).count() >= 2);
    assert!(update.lost.is_empty() && update.corrections.is_empty());
}

#[test]
fn what_a_person_took_apart_is_not_put_together_again() {
    let mut old = project(AR, EN);
    let bead = old.bead_at(2).unwrap().id;
    make(&mut old, &Edit::Unlink { bead });
    for alone in [|b: &&ReviewBead| b.places.target.is_none(), |b: &&ReviewBead| b.places.source.is_none()] {
        let bead = old.beads().find(alone).unwrap().id;
        make(&mut old, &Edit::Decide { bead, decision: Decision::Accepted });
    }
    // The pair before it is new: what stands around that is aligned anew.
    let mut en = EN.to_vec();
    en[1] = "The ministry built 16 schools in Mosul.";
    let update = update(&old, target(&en)).unwrap();
    update.project.check().unwrap();
    assert_eq!(shown(&update.project), shown(&old));
    assert_eq!(update.fresh, [1]);
}

#[test]
fn a_correction_of_a_text_that_is_gone_is_told() {
    let mut old = project(AR, EN);
    let segment = old.segments(Side::Target)[5].span.start;
    let text = Some("The delegation left.".to_owned());
    make(&mut old, &Edit::Correct { side: SideName::Target, segment, text });
    let update = update(&old, target(&EN[..5])).unwrap();
    let [lost] = &update.corrections[..] else { panic!("{:?}", update.corrections) };
    assert_eq!((&*lost.original, &*lost.corrected), (EN[5], "The delegation left."));
}

#[test]
fn bookmarks_go_with_their_segments() {
    let mut old = project(AR, EN);
    let mut settings = old.settings().clone();
    for segment in [1, 2] {
        let segment = old.segments(Side::Target)[segment].span.start;
        settings.toggle(Bookmark { side: Side::Target, segment });
    }
    old.set_settings(settings);
    let update = update(&old, target(&[EN[0], "Something new.", EN[2], EN[3], EN[4], EN[5]])).unwrap();
    assert_eq!(update.bookmarks, 1);
    let segment = update.project.segments(Side::Target)[2].span.start;
    let left: Vec<Bookmark> = update.project.settings().bookmarks.iter().copied().collect();
    assert_eq!(left, [Bookmark { side: Side::Target, segment }]);
}

#[test]
fn the_same_documents_change_nothing() {
    let mut old = project(AR, EN);
    decide(&mut old, 2, Decision::Flagged);
    let same = update(&old, target(EN)).unwrap();
    assert_eq!(shown(&same.project), shown(&old));
    assert_eq!((same.kept, same.fresh.len(), same.gone), (old.len(), 0, 0));
    let none = update(&old, Sides::new(None, None)).unwrap();
    assert_eq!(none.project.bitext(), old.bitext());
}

const TWO: &str = "The café closed on August 3. It was long.";
const TWO_AR: &str = "وأغلق المقهى في 3 آب. وكان ذلك طويلا.";

/// A project in which people did all that can be done: cuts, a correction, a crossing, decisions, a bookmark, a comment.
fn worked_on() -> Project {
    let mut old = project(
        &[AR[0], AR[1], AR[2], TWO_AR, AR[4], AR[5]],
        &[
            EN[0],
            EN[1],
            EN[2],
            TWO,
            EN[4],
            "The delegation left the city in the evening, and the minister too.",
        ],
    );
    let at = |project: &Project, side, n: usize| project.segments(side)[n].span.start;
    let joined = Edit::JoinSegments { side: SideName::Target, segment: at(&old, Side::Target, 3) };
    make(&mut old, &joined);
    let joined = Edit::JoinSegments { side: SideName::Source, segment: at(&old, Side::Source, 3) };
    make(&mut old, &joined);
    let last = at(&old, Side::Target, 5);
    let place = "The delegation left the city in the evening,".len();
    make(&mut old, &Edit::SplitSegment { side: SideName::Target, segment: last, at: last + place });
    let text = Some("The minister thanked everyone.".to_owned());
    let corrected = Edit::Correct { side: SideName::Target, segment: at(&old, Side::Target, 4), text };
    make(&mut old, &corrected);
    let id = |project: &Project, n: usize| project.bead_at(n).unwrap().id;
    let link = Edit::Link { source: id(&old, 1), target: id(&old, 2) };
    make(&mut old, &link);
    decide(&mut old, 0, Decision::Accepted);
    decide(&mut old, 3, Decision::Rejected);
    comment(&mut old, 4, "polite");
    let mut settings = old.settings().clone();
    settings.toggle(Bookmark { side: Side::Target, segment: at(&old, Side::Target, 2) });
    old.set_settings(settings);
    old
}

/// The project's documents, each paragraph changed.
fn changed(
    project: &Project,
    ar: impl Fn(&str) -> String,
    en: impl Fn(&str) -> String,
) -> Sides<Option<NewVersion>> {
    let side = |side: Side, change: &dyn Fn(&str) -> String, lang| {
        let lines: Vec<String> = project.text(side).split("\n\n").map(change).collect();
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        Some(NewVersion { name: "new.txt".into(), document: cut(&lines, &lang) })
    };
    Sides::new(side(Side::Source, &ar, Lang::arabic()), side(Side::Target, &en, Lang::english()))
}

/// Nothing that people did is gone, and the texts are those of `new`.
fn all_is_kept(old: &Project, new: &Sides<Option<NewVersion>>, update: &Update) -> Result<(), String> {
    update.project.check().map_err(|e| format!("{e:?}"))?;
    let (before, after) = (shown(old), shown(&update.project));
    if before != after {
        return Err(format!("{before}\nis now\n{after}"));
    }
    let told = (update.kept, update.fresh.len(), update.gone, update.lost.len(), update.corrections.len());
    if told != (old.len(), 0, 0, 0, 0) || update.bookmarks != 0 {
        return Err(format!("{told:?}"));
    }
    for side in Side::BOTH {
        if update.project.text(side) != new.get(side).as_ref().unwrap().document.document().text() {
            return Err("another text".to_owned());
        }
        let corrected = |project: &Project| -> Vec<Option<String>> {
            project.segments(side).iter().map(|s| s.corrected.clone()).collect()
        };
        if corrected(old) != corrected(&update.project) {
            return Err("other corrections".to_owned());
        }
    }
    let said = |project: &Project| -> Vec<usize> {
        project.beads().map(|b| b.score.evidence.iter().map(|e| e.matches.len()).sum()).collect()
    };
    if said(old) != said(&update.project) {
        return Err(format!("{:?} is now {:?}", said(old), said(&update.project)));
    }
    Ok(())
}

#[test]
fn what_nobody_sees_takes_nothing_from_a_pair() {
    use unicode_normalization::UnicodeNormalization;
    let old = worked_on();
    let same = |line: &str| line.to_owned();
    let no_break = |line: &str| line.replacen(' ', "\u{a0}", 1);
    let doubled = |line: &str| line.replacen(' ', "  ", 1);
    let directed = |line: &str| format!("\u{200f}{line}");
    let decomposed = |line: &str| line.nfd().collect::<String>();
    let vocalised = |line: &str| line.replace('و', "وَ").replace('ل', "لْ");
    let stretched = |line: &str| line.replace("ا", "\u{640}ا");
    let versions: [(&str, Sides<Option<NewVersion>>, usize); 7] = [
        ("no-break", changed(&old, no_break, no_break), old.len()),
        ("doubled", changed(&old, same, doubled), old.len() - 1),
        ("directed", changed(&old, directed, directed), old.len()),
        ("decomposed", changed(&old, same, decomposed), 1),
        ("vocalised", changed(&old, vocalised, same), 6),
        ("stretched", changed(&old, stretched, same), 6),
        ("the same", changed(&old, same, same), 0),
    ];
    for (name, new, respelt) in versions {
        let update = update(&old, new.clone()).unwrap();
        assert_eq!(all_is_kept(&old, &new, &update), Ok(()), "{name}");
        assert_eq!(update.respelt, respelt, "{name}");
        let mark = update.project.settings().bookmarks.first().unwrap().segment;
        assert_eq!(mark, update.project.segments(Side::Target)[2].span.start, "{name}");
    }
    // What the aligner saw stands at its new place.
    let update = update(&old, changed(&old, vocalised, no_break)).unwrap();
    let score = &update.project.bead_at(0).unwrap().score;
    let matches = score.evidence.iter().flat_map(|e| &e.matches);
    let found: Vec<&str> = matches.map(|m| &update.project.text(Side::Target)[m.target.range()]).collect();
    assert!(found.iter().any(|text| text.contains("14")), "{found:?}");
}

#[test]
fn what_readers_see_is_a_new_text() {
    let old = project(AR, &[EN[0], "It covers 102 km.", EN[2], EN[3], EN[4], EN[5]]);
    let changed = update(&old, target(&[EN[0], "It covers 10² km.", EN[2], EN[3], EN[4], EN[5]])).unwrap();
    assert_eq!((changed.kept, changed.respelt, &changed.fresh[..]), (5, 0, &[1][..]));
    // Also at the very end of a segment.
    let changed = update(&old, target(&[EN[0], "It covers 102 km!", EN[2], EN[3], EN[4], EN[5]])).unwrap();
    assert_eq!((changed.kept, changed.respelt, &changed.fresh[..]), (5, 0, &[1][..]));
}

#[test]
fn a_pair_that_moved_keeps_its_decision_with_other_blanks_too() {
    let mut old = project(AR, EN);
    decide(&mut old, 1, Decision::Accepted);
    let move_up = |lines: &[&str], blank: &str| -> Vec<String> {
        let moved = [lines[4], lines[5], lines[0], lines[1], lines[2], lines[3]];
        moved.iter().map(|line| line.replacen(' ', blank, 1)).collect()
    };
    let (ar, en) = (move_up(AR, " "), move_up(EN, "\u{a0}"));
    let lines = |lines: &[String], lang: &Lang| {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        Some(NewVersion { name: "new.txt".into(), document: cut(&lines, lang) })
    };
    let update = update(&old, Sides::new(lines(&ar, &Lang::arabic()), lines(&en, &Lang::english()))).unwrap();
    assert_eq!((update.kept, update.respelt, update.lost.len()), (6, 6, 0));
    assert_eq!(update.project.bead_at(3).unwrap().attributes.decision, Decision::Accepted);
}

fn correct(project: &mut Project, segment: usize, text: &str) {
    let segment = project.segments(Side::Target)[segment].span.start;
    let text = Some(text.to_owned());
    make(project, &Edit::Correct { side: SideName::Target, segment, text });
}

#[test]
fn a_correction_that_the_new_version_holds_keeps_its_pair() {
    let mut old = project(AR, EN);
    correct(&mut old, 2, "The accord was amended once in Baghdad.");
    decide(&mut old, 2, Decision::Flagged);
    comment(&mut old, 2, "the client says accord");
    // One that is not taken over stays beside its segment.
    correct(&mut old, 4, "The minister thanked everyone.");
    for (held, respelt) in
        [("The accord was amended once in Baghdad.", 0), ("The accord was amended\u{a0}once in Baghdad.", 1)]
    {
        let update = update(&old, target(&[EN[0], EN[1], held, EN[3], EN[4], EN[5]])).unwrap();
        update.project.check().unwrap();
        assert_eq!(shown(&update.project), shown(&old));
        assert_eq!((update.kept, update.fresh.len(), update.gone), (6, 0, 0));
        assert_eq!((update.fulfilled, update.respelt), (1, respelt));
        assert!(update.corrections.is_empty() && update.lost.is_empty());
        let segments = update.project.segments(Side::Target);
        assert_eq!(&update.project.text(Side::Target)[segments[2].span.range()], held);
        assert_eq!(segments[2].corrected, None);
        assert_eq!(segments[4].corrected.as_deref(), Some("The minister thanked everyone."));
        assert_eq!(update.project.bead_at(2).unwrap().attributes.comment, "the client says accord");
    }
}

#[test]
fn a_correction_is_found_however_the_new_version_is_cut() {
    // The corrected text is two sentences in the new document, and stays one segment; also where the first of them is the
    // text that was corrected.
    for held in
        ["The meeting was over on August 3. All went home.", "The meeting ended on August 3. All went home."]
    {
        let mut old = project(AR, EN);
        correct(&mut old, 3, held);
        decide(&mut old, 3, Decision::Accepted);
        let unchanged = update(&old, target(EN)).unwrap();
        assert_eq!((unchanged.kept, unchanged.fulfilled), (6, 0));
        assert_eq!(unchanged.project.segments(Side::Target)[3].corrected.as_deref(), Some(held));
        let update = update(&old, target(&[EN[0], EN[1], EN[2], held, EN[4], EN[5]])).unwrap();
        assert_eq!(shown(&update.project), shown(&old));
        assert_eq!((update.kept, update.fulfilled), (6, 1));
        let segment = &update.project.segments(Side::Target)[3];
        assert_eq!(&update.project.text(Side::Target)[segment.span.range()], held);
    }
}

#[test]
fn a_correction_of_blanks_alone_is_fulfilled_by_these_blanks_alone() {
    let mut old = project(AR, EN);
    let with = EN[2].replacen(' ', "\u{a0}", 1);
    correct(&mut old, 2, &with);
    let held = update(&old, target(&[EN[0], EN[1], &with, EN[3], EN[4], EN[5]])).unwrap();
    assert_eq!((held.kept, held.fulfilled, held.respelt), (6, 1, 0));
    let other = EN[2].replacen(' ', "  ", 1);
    let not = update(&old, target(&[EN[0], EN[1], &other, EN[3], EN[4], EN[5]])).unwrap();
    assert_eq!((not.kept, not.fulfilled, not.respelt), (6, 0, 1));
    assert_eq!(not.project.segments(Side::Target)[2].corrected.as_deref(), Some(&*with));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever changes: every pair decided on is either there with its decision, or told.
    #[test]
    fn nothing_said_is_lost_in_silence(
        changes in prop::collection::vec((0..3_u8, 0..6_usize, 0..6_usize), 0..5),
        decided in prop::collection::vec(0..4_usize, 6),
    ) {
        let mut old = project(AR, EN);
        for (at, decision) in decided.iter().enumerate().take(old.len()) {
            if *decision > 0 {
                decide(&mut old, at, Decision::ALL[*decision]);
            }
        }
        let mut en: Vec<String> = EN.iter().map(|line| (*line).to_owned()).collect();
        for (kind, at, to) in changes {
            let at = at % en.len().max(1);
            match kind {
                0 if en.len() > 1 => drop(en.remove(at)),
                1 => en.insert(at, format!("Something new came in, number {to}.")),
                _ if !en.is_empty() => { let to = to % en.len(); en.swap(at, to) }
                _ => {}
            }
        }
        let lines: Vec<&str> = en.iter().map(String::as_str).collect();
        let update = update(&old, target(&lines)).unwrap();
        prop_assert_eq!(update.project.check(), Ok(()));
        prop_assert_eq!(update.kept + update.gone, old.len());
        prop_assert_eq!(update.kept + update.fresh.len(), update.project.len());
        let said = |project: &Project| -> Vec<([String; 2], Decision)> {
            let beads = project.beads().filter(|b| b.attributes.decision != Decision::Pending);
            beads.map(|b| (original(project, b).map(str::to_owned), b.attributes.decision)).collect()
        };
        let now = said(&update.project);
        for (texts, decision) in said(&old) {
            let told = update.lost.iter().any(|lost| {
                lost.attributes.decision == decision
                    && [&lost.texts.source, &lost.texts.target] == [&texts[0], &texts[1]]
            });
            prop_assert!(told || now.contains(&(texts.clone(), decision)), "{:?}", texts);
        }
    }
    /// Whatever changes that nobody sees: nothing that people did is gone.
    #[test]
    fn unseen_changes_take_nothing(
        changes in prop::collection::vec((0..6_u8, any::<prop::sample::Index>(), any::<bool>()), 1..12),
    ) {
        static OLD: std::sync::LazyLock<Project> = std::sync::LazyLock::new(worked_on);
        let old = &*OLD;
        let mut texts = Side::BOTH.map(|side| old.text(side).to_owned());
        for (kind, at, side) in changes {
            let text = &mut texts[usize::from(side)];
            let at = at.index(text.len());
            let Some(at) = (at..text.len()).find(|&at| text.is_char_boundary(at)) else { continue };
            // Not between paragraphs, which are told by their line ends.
            let blank = text[at..].find(' ').map(|blank| at + blank);
            match (kind, blank) {
                (0, Some(blank)) => text.replace_range(blank..=blank, "\u{a0}"),
                (1, Some(blank)) => text.insert(blank, ' '),
                (2, Some(blank)) => text.insert(blank, '\u{200e}'),
                (3, _) => if let Some(letter) = text[at..].find('ا') { text.insert(at + letter, '\u{640}') },
                (4, _) => if let Some(letter) = text[at..].find('ب') { text.insert(at + letter + 'ب'.len_utf8(), '\u{64e}') },
                (5, _) => if let Some(letter) = text[at..].find("é") { text.replace_range(at + letter..at + letter + 2, "e\u{301}") },
                _ => {}
            }
        }
        let version = |text: &str, lang: &Lang| {
            let lines: Vec<&str> = text.split("\n\n").collect();
            Some(NewVersion { name: "new.txt".into(), document: cut(&lines, lang) })
        };
        let new = Sides::new(version(&texts[0], &Lang::arabic()), version(&texts[1], &Lang::english()));
        let update = update(old, new.clone()).unwrap();
        prop_assert_eq!(all_is_kept(old, &new, &update), Ok(()));
    }
}
