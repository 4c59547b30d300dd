//! Stretches of which no word is known between right pairs: they are paired by their place and their lengths, and where
//! they are not, nothing is said with confidence.

use muqabala::bitext::{Bitext, Lang, SegmentedDocument, Sides};
use muqabala::pipeline::{AlignOptions, align};

const PAIRS: [(&str, &str); 12] = [
    ("وصل الوزير إلى المدينة صباح اليوم.", "The minister arrived in the city this morning."),
    ("بدأ الاجتماع في مبنى المجلس القديم.", "The meeting began in the old building of the council."),
    ("تحدث الرئيس عن الاقتصاد والتعليم.", "The president spoke about the economy and education."),
    ("كان الطلاب ينتظرون أمام باب المدرسة.", "The students were waiting in front of the door of the school."),
    ("قرأ المعلم الرسالة بصوت عال.", "The teacher read the letter in a loud voice."),
    ("فتحت الشركة مكتبا جديدا قرب البحر.", "The company opened a new office near the sea."),
    ("عاد المهندس من السفر يوم الخميس.", "The engineer came back from his journey on Thursday."),
    ("كتبت الصحف عن الماء والكهرباء.", "The newspapers wrote about water and electricity."),
    ("اشترى التاجر خمسة كتب من السوق.", "The merchant bought five books at the market."),
    ("زارت الطبيبة القرية مع فريقها.", "The doctor visited the village with her team."),
    ("سأل الولد أباه عن الحرب والسلام.", "The boy asked his father about war and peace."),
    ("انتهى اليوم ونام الناس في بيوتهم.", "The day ended and the people slept in their houses."),
];

/// The same letters in words that no lexicon has.
fn unknown(text: &str) -> String {
    let turned = |word: &str| word.chars().rev().flat_map(|c| [c, 'ظ']).collect::<String>();
    text.split(' ').map(turned).collect::<Vec<_>>().join(" ")
}

fn bitext(changed: impl Fn(usize, &str, &str) -> (String, String)) -> Bitext {
    let (source, target): (Vec<String>, Vec<String>) =
        PAIRS.iter().enumerate().map(|(at, (s, t))| changed(at, s, t)).unzip();
    Bitext {
        documents: Sides::new(SegmentedDocument::from_lines(&source), SegmentedDocument::from_lines(&target)),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    }
}

/// Whether all segments are paired with those in their place.
fn all_facing(bitext: &Bitext) -> bool {
    let alignment = align(bitext, &AlignOptions::default()).unwrap();
    let in_place = |b: &muqabala::bitext::AlignedBead| {
        b.bead.source.indices() == b.bead.target.indices() && b.bead.source.len() == 1
    };
    alignment.beads().iter().all(in_place)
}

#[test]
fn segments_of_unknown_words_between_right_pairs_face_each_other() {
    for middle in [5..6, 4..7, 3..9] {
        let found = bitext(|at, s, t| {
            if middle.contains(&at) { (unknown(s), t.to_owned()) } else { (s.to_owned(), t.to_owned()) }
        });
        assert!(all_facing(&found), "{middle:?}");
    }
}

#[test]
fn numbers_that_do_not_agree_tear_no_stretch_out() {
    for middle in [5..6, 4..7, 3..9] {
        let found = bitext(|at, s, t| {
            if middle.contains(&at) {
                (format!("{s} ({})", 7001 + at), format!("{t} ({}, {})", 4810 + at, 300 + at))
            } else {
                (s.to_owned(), t.to_owned())
            }
        });
        assert!(all_facing(&found), "{middle:?}");
    }
}

#[test]
fn what_is_left_alone_for_want_of_knowledge_is_not_left_with_confidence() {
    let found = bitext(|at, s, t| {
        if (4..7).contains(&at) {
            (format!("{} {}", unknown(s), 7001 + at), format!("{t} {}", 4810 + at))
        } else {
            (s.to_owned(), t.to_owned())
        }
    });
    let alignment = align(&found, &AlignOptions::default()).unwrap();
    let sure: Vec<_> =
        alignment.beads().iter().filter(|b| b.bead.is_null() && b.confidence >= Some(0.9)).collect();
    assert!(sure.is_empty(), "{sure:?}");
}
