//! The TMX that `align` writes: our own schema, and texts that come through to the last invisible mark.

use std::fs;
use std::path::Path;

use crate::support::run;
use crate::tmx_schema::{Element, check};

fn texts(root: &Element) -> Vec<(String, String)> {
    let variant = |unit: &Element, index: usize| {
        unit.all("tuv").nth(index).unwrap().children.iter().find(|c| c.name == "seg").unwrap().text.clone()
    };
    root.children[1].children.iter().map(|unit| (variant(unit, 0), variant(unit, 1))).collect()
}

#[test]
fn the_statement_is_valid_and_its_text_stands_in_the_documents() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024");
    let ran = run(&corpus, &["align", "ar.txt", "en.txt", "--format", "tmx", "--quiet"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let root = check(&ran.out);
    let pairs = texts(&root);
    assert!(pairs.len() > 10);
    let (ar, en) = (
        fs::read_to_string(corpus.join("ar.txt")).unwrap(),
        fs::read_to_string(corpus.join("en.txt")).unwrap(),
    );
    // A unit of several paragraphs has a space where they meet.
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (flat_ar, flat_en) = (flat(&ar), flat(&en));
    for (source, target) in pairs {
        assert!(ar.contains(&source) || flat_ar.contains(&flat(&source)), "{source}");
        assert!(en.contains(&target) || flat_en.contains(&flat(&target)), "{target}");
    }
}

#[test]
fn ugly_text_comes_through_exactly_and_what_xml_cannot_hold_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let source = "قال: \u{ab}نعم\u{bb}\u{200f} & <b>لا</b>\u{a0}\"١\"\nمی\u{200c}خواهم \u{1f600} \u{200e}x\u{202b}y\u{202c}";
    let target = "He said: \"yes\" & <b>no</b>\u{a0}'1'\nI want\u{b} \u{10ffff}\u{1d11e}\u{feff}";
    fs::write(folder.path().join("ar.txt"), source).unwrap();
    fs::write(folder.path().join("en.txt"), target).unwrap();
    let arguments = [
        "align",
        "ar.txt",
        "en.txt",
        "--presegmented",
        "--format",
        "tmx",
        "--source-lang",
        "ar-IQ",
        "--target-lang",
        "en",
    ];
    let ran = run(folder.path(), &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("characters that XML cannot hold were left out: 1"), "{}", ran.err);
    let root = check(&ran.out);
    assert_eq!(root.children[0].get("srclang"), Some("ar-IQ"));
    let found: Vec<String> = texts(&root).into_iter().flat_map(|(s, t)| [s, t]).collect();
    let wanted = format!("{source}\n{}", target.replace('\u{b}', ""));
    for text in &found {
        assert!(wanted.contains(&**text), "{text:?}");
    }
    assert!(found.concat().contains("\u{200f} & <b>لا</b>\u{a0}\"١\""), "{found:?}");
}
