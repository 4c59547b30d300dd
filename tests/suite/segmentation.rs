//! The hard cases of segmentation, one paragraph a line, as they must be cut.

use std::fs;
use std::path::Path;

use muqabala::bitext::{Block, BlockKind, Document, Lang, TextSpan};
use muqabala::segment::{SegmentOptions, detect_language, segment};

/// Fewest cases that a file must hold: a file that was emptied by mistake is no pass.
const FEWEST_CASES: usize = 80;

/// What stands in the files for characters that would not be seen there.
const NAMED: [(&str, &str); 3] = [("␤", "\n"), ("<RLM>", "\u{200F}"), ("<NBSP>", "\u{A0}")];

fn check_file(name: &str, language: &Lang) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/segmentation").join(name);
    let file = fs::read_to_string(path).expect("the cases can be read");
    let (mut cases, mut failures) = (0, Vec::new());
    for (number, line) in file.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        cases += 1;
        let line = NAMED.iter().fold(line.to_owned(), |line, (name, meaning)| line.replace(name, meaning));
        let text = line.replace('⏎', "");
        let expected: Vec<&str> = line.split('⏎').map(str::trim).collect();
        let block = Block { span: TextSpan::new(0, text.len()), kind: BlockKind::Paragraph };
        let document = Document::new(text.clone(), vec![block]).unwrap();
        let cut = segment(document, language, &SegmentOptions::default());
        assert_eq!(cut.rejoined(), text);
        let found: Vec<&str> = cut.texts().collect();
        if found != expected {
            failures.push(format!("line {}\n  expected {expected:#?}\n  found    {found:#?}", number + 1));
        }
    }
    assert!(cases >= FEWEST_CASES, "{name} holds {cases} cases");
    assert!(failures.is_empty(), "{name}:\n{}", failures.join("\n"));
}

#[test]
fn arabic_is_cut_as_a_translator_would() {
    check_file("ar.txt", &Lang::arabic());
}

#[test]
fn english_is_cut_as_a_translator_would() {
    check_file("en.txt", &Lang::english());
}

/// Kinds of cases in all languages: `code<TAB>text`, cut where `|` stands and nowhere else.
#[test]
fn kinds_of_cases_are_cut_in_every_language() {
    let named = [("{RLM}", "\u{200F}"), ("{LRM}", "\u{200E}"), ("{ALM}", "\u{61C}"), ("{ZWNJ}", "\u{200C}")];
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/segmentation/kinds.tsv");
    let file = fs::read_to_string(path).expect("the cases can be read");
    let (mut cases, mut failures) = (0, Vec::new());
    for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (code, marked) = line.split_once('\t').expect("a code and a text");
        let marked =
            named.iter().fold(marked.to_owned(), |text, (name, meaning)| text.replace(name, meaning));
        let text = marked.replace('|', "");
        let expected: Vec<&str> = marked.split('|').map(str::trim).collect();
        let block = Block { span: TextSpan::new(0, text.len()), kind: BlockKind::Paragraph };
        let language: Lang = code.parse().unwrap();
        let cut = segment(Document::new(text, vec![block]).unwrap(), &language, &SegmentOptions::default());
        let found: Vec<&str> = cut.texts().collect();
        cases += 1;
        if found != expected {
            failures.push(format!("{code}\n  expected {expected:#?}\n  found    {found:#?}"));
        }
    }
    assert!(cases >= 150, "{cases} cases");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The statement's segments, on which the indices of `gold.tsv` rest.
#[test]
fn the_statement_is_cut_as_its_gold_alignment_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024");
    let gold = fs::read_to_string(folder.join("gold.tsv")).unwrap();
    for (side, (file, language)) in [("ar.txt", "ar"), ("en.txt", "en")].into_iter().enumerate() {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        let language: Lang = language.parse().unwrap();
        assert_eq!(detect_language(&text).as_ref(), Some(&language));
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let end = at + line.trim_end().len();
            if end > at {
                blocks.push(Block { span: TextSpan::new(at, end), kind: BlockKind::Paragraph });
            }
            at += line.len();
        }
        let cut = segment(Document::new(text, blocks).unwrap(), &language, &SegmentOptions::default());
        let in_gold: Vec<usize> = gold
            .lines()
            .filter_map(|bead| bead.split('\t').nth(side))
            .flat_map(|indices| indices.split(',').filter(|i| !i.is_empty()))
            .map(|index| index.parse().unwrap())
            .collect();
        assert_eq!(in_gold, (0..cut.len()).collect::<Vec<_>>(), "{file}");
        assert!(cut.texts().enumerate().all(|(i, t)| t.ends_with('.') || cut.starts_block(i)), "{file}");
    }
}
