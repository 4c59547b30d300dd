//! The joint statement in every format that is read: what is read of it, and how well it is aligned.
//!
//! The gold alignment counts segments of `ar.txt`, and another format may be cut otherwise. So beads are
//! compared by their text: a bead found is right if the letters and marks of both its sides, white space
//! aside, are exactly those of a gold bead. A word lost, added or cut off on either side makes it wrong, and
//! so does a sentence more or less. Both precision and recall are over beads with both sides.

use std::fs;
use std::path::Path;

use muqabala::bitext::{Bead, Bitext, Lang, SegmentedDocument, Sides};
use muqabala::evaluate::{Gold, GoldBead};
use muqabala::pipeline;
use muqabala::read::{self, ReadOptions};
use muqabala::segment::{SegmentOptions, segment};

use crate::support::documents::{Part, books, corpus, office, page, statement};
use crate::support::{check_snapshot, run};

fn segmented(name: &str, bytes: Vec<u8>, lang: &Lang) -> SegmentedDocument {
    let read = read::parse(name, bytes, &ReadOptions::default()).unwrap();
    segment(read.document, lang, &SegmentOptions::default())
}

fn english() -> SegmentedDocument {
    segmented("en.txt", fs::read(corpus().join("en.txt")).unwrap(), &Lang::english())
}

/// The text without white space and what the formats do not share: the asterisk before a heading.
fn letters(text: &str) -> String {
    text.trim_start_matches('*').chars().filter(|c| !c.is_whitespace()).collect()
}

fn pair(source: &SegmentedDocument, target: &SegmentedDocument, bead: Bead) -> (String, String) {
    (letters(source.range_text(bead.source.indices())), letters(target.range_text(bead.target.indices())))
}

/// The strict F1 of `document`, aligned with the English text, against the gold beads by their text.
fn strict_f1(name: &str, document: Vec<u8>) -> f64 {
    let gold = Gold::parse(&fs::read_to_string(corpus().join("gold.tsv")).unwrap()).unwrap();
    let arabic = segmented("ar.txt", fs::read(corpus().join("ar.txt")).unwrap(), &Lang::arabic());
    assert_eq!(gold.size(), (arabic.len(), english().len()), "the gold fits the plain text");
    // Its segments, which stand together in this gold.
    let bead = |b: &GoldBead| {
        let range = |indices: &[u32]| indices.first().zip(indices.last()).map(|(&a, &b)| (a, b + 1));
        Some(Bead::new(range(b.source())?, range(b.target())?))
    };
    let mut wanted: Vec<_> =
        gold.beads().iter().filter_map(bead).map(|b| pair(&arabic, &english(), b)).collect();
    let bitext = Bitext {
        documents: Sides::new(segmented(name, document, &Lang::arabic()), english()),
        languages: Sides::new(Lang::arabic(), Lang::english()),
    };
    let alignment = pipeline::align(&bitext, &pipeline::AlignOptions::default()).unwrap();
    let found: Vec<_> = alignment.beads().iter().map(|b| b.bead).filter(|b| !b.is_null()).collect();
    let (of_found, of_gold) = (found.len(), wanted.len());
    let mut hits = 0;
    for bead in found {
        let pair = pair(&bitext.documents.source, &bitext.documents.target, bead);
        if let Some(at) = wanted.iter().position(|w| *w == pair) {
            wanted.swap_remove(at);
            hits += 1;
        }
    }
    2.0 * f64::from(hits) / (of_found + of_gold) as f64
}

/// Checks what `muqabala read` says of the document, and its alignment.
fn check(file: &str, document: &[u8], least: f64) {
    let folder = tempfile::tempdir().unwrap();
    // The content tells the format, not the name.
    fs::write(folder.path().join("document"), document).unwrap();
    let ran = run(folder.path(), &["read", "document"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let f1 = strict_f1("document", document.to_vec());
    check_snapshot("read", file, &format!("{}\nstrict F1 {f1:.4}\n{}", ran.err.trim_end(), ran.out));
    assert!(f1 >= least, "{file}: strict F1 {f1:.4} is below {least}");
}

#[test]
fn the_score_by_text_is_that_by_indices_on_the_plain_text() {
    let f1 = strict_f1("ar.txt", fs::read(corpus().join("ar.txt")).unwrap());
    assert!(f1 >= 0.95, "{f1}");
    // A sentence less in one bead is a bead less.
    let text = fs::read_to_string(corpus().join("ar.txt")).unwrap();
    let cut = text.replacen(
        "وأكد الوفدان على قيمة التعليم العسكري المهني وبرامج التدريب الفني وقررا تعزيز كليهما.",
        "",
        1,
    );
    assert!(cut.len() < text.len());
    assert!(strict_f1("ar.txt", cut.into_bytes()) < f1);
}

#[test]
fn a_news_page() {
    check("statement.html", page::html(&statement()).as_bytes(), 0.95);
}

#[test]
fn markdown() {
    check("statement.md", page::markdown(&statement()).as_bytes(), 0.95);
}

#[test]
fn docx_with_runs_split_at_numbers() {
    check("statement.docx", &office::docx(&statement()), 0.95);
}

#[test]
fn odt() {
    check("statement.odt", &office::odt(&statement()), 0.95);
}

#[test]
fn epub() {
    check("statement.epub", &books::epub(&statement()), 0.95);
}

/// The blocks that were made are the blocks that are read.
#[test]
fn nothing_is_lost_and_nothing_is_added() {
    let parts = statement();
    let texts = |parts: &[Part]| parts.iter().map(|p| p.text().trim().to_owned()).collect::<Vec<_>>();
    for (name, bytes) in made(&parts) {
        let document = read::parse(name, bytes, &ReadOptions::default()).unwrap().document;
        let read: Vec<_> = document.blocks().iter().map(|b| document.slice(b.span).to_owned()).collect();
        assert_eq!(read, texts(&parts), "{name}");
    }
}

fn made(parts: &[Part]) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("x.docx", office::docx(parts)),
        ("x.odt", office::odt(parts)),
        ("x.epub", books::epub(parts)),
        ("x.md", page::markdown(parts).into_bytes()),
    ]
}

/// Both commands on a file whose name says something else.
#[test]
fn align_reads_a_page_and_a_word_document() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("page.txt"), page::html(&statement())).unwrap();
    fs::copy(corpus().join("en.txt"), folder.path().join("en.txt")).unwrap();
    let ran = run(folder.path(), &["align", "page.txt", "en.txt", "-o", "out.tmx", "-v"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("read as html"), "{}", ran.err);
    assert!(Path::new(&folder.path().join("out.tmx")).exists());
}
