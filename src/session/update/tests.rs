//! Tests: what stays, what is aligned anew, and that nothing said is lost in silence.

use proptest::prelude::*;

use super::*;
use crate::bitext::{Bitext, Lang};
use crate::pipeline::{self, AlignOptions};
use crate::project::{Edit, SideName, edit};
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
}
