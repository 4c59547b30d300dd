//! Arabic words between which the blanks are missing, as extraction from PDF leaves them.

use muqabala::bitext::{Bitext, EvidenceKind, Lang, SegmentedDocument, Sides};
use muqabala::pipeline::{AlignOptions, align};

const GLUED: &str = "وصلالوزيرإلىاجتماعالمجلس.";

#[test]
fn a_segment_of_glued_words_meets_its_translation_and_says_which_words_do() {
    let lines = |texts: &[&str]| {
        SegmentedDocument::from_lines(&texts.iter().map(|&t| t.to_owned()).collect::<Vec<_>>())
    };
    let bitext = Bitext {
        documents: Sides::new(
            lines(&["كتب الطالب رسالة طويلة.", GLUED, "نام الطفل في البيت."]),
            lines(&[
                "The student wrote a long letter.",
                "The window of the old house was open.",
                "The minister arrived at the meeting of the council.",
                "The child slept in the house.",
            ]),
        ),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let alignment = align(&bitext, &AlignOptions::default()).unwrap();
    let glued = alignment.beads().iter().find(|b| b.bead.source.indices() == (1..2)).unwrap();
    assert_eq!(glued.bead.target.indices(), 2..3, "{:?}", alignment.beads());
    let documents = &bitext.documents;
    let words: Vec<(&str, &str)> = glued
        .evidence
        .iter()
        .filter(|e| e.kind == EvidenceKind::Words)
        .flat_map(|e| &e.matches)
        .map(|m| (documents.source.document().slice(m.source), documents.target.document().slice(m.target)))
        .collect();
    assert_eq!(
        words,
        [
            ("وصل", "arrived"),
            ("الوزير", "minister"),
            ("إلى", "at"),
            ("اجتماع", "meeting"),
            ("المجلس", "council")
        ]
    );
    // They lie inside the glued word, in its order, and none overlaps another.
    assert_eq!(words.iter().map(|(arabic, _)| *arabic).collect::<String>() + ".", GLUED);
}
