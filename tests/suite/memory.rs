//! A folder of broken memories: each is found and named, what can be mended is mended.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use muqabala::memory::{CheckOptions, Finding, FixOptions, Kind, Mend, check, fix};

use crate::support::check_snapshot;

/// The broken files: name, bytes.
fn broken_files() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/broken-tmx");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "tmx"))
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    assert!(files.len() >= 40, "only {} broken files were found", files.len());
    files
}

fn findings(bytes: &[u8]) -> Vec<Finding> {
    let mut found = Vec::new();
    let summary = check(bytes, &CheckOptions::default(), |finding| {
        found.push(finding.clone());
        Ok(())
    })
    .unwrap();
    let counted: u64 = summary.counts.iter().map(|(_, n)| n).sum();
    assert_eq!(counted, found.len() as u64);
    found
}

/// A file is named after what is wrong with it: `CODE--VARIANT.tmx`.
fn main_kind(name: &str) -> Kind {
    let code = name.split("--").next().unwrap();
    Kind::from_code(code).unwrap_or_else(|| panic!("{name} is not named after a kind of finding"))
}

#[test]
fn every_broken_file_is_found_and_named() {
    let mut covered = BTreeSet::new();
    for (name, bytes) in broken_files() {
        let found = findings(&bytes);
        let kind = main_kind(&name);
        assert!(found.iter().any(|f| f.kind == kind), "{name}: {found:#?}");
        covered.insert(kind);
        let lines: Vec<_> = found.iter().map(ToString::to_string).collect();
        check_snapshot("broken-tmx", &name, &lines.join("\n"));
    }
    // What is too large is made by other tests, not kept in the folder.
    let missing: Vec<_> = Kind::ALL
        .iter()
        .filter(|k| !covered.contains(k) && !matches!(k, Kind::LargeFile | Kind::TooLarge))
        .collect();
    assert!(missing.is_empty(), "no broken file for {missing:?}");
}

/// What `fix` makes of a file; nothing where it refuses.
fn fixed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    fix(bytes, &mut out, &FixOptions::default(), |_| {}).ok()?;
    Some(out)
}

#[test]
fn what_can_be_mended_is_mended_and_stays_so() {
    let mut refused = Vec::new();
    for (name, bytes) in broken_files() {
        let Some(mended) = fixed(&bytes) else {
            refused.push(name);
            continue;
        };
        let left: Vec<_> = findings(&mended).into_iter().filter(|f| f.mend() == Mend::Fix).collect();
        // A date that cannot be read, a name of a language: told, and left to a person.
        let by_hand = |f: &Finding| {
            matches!(f.kind, Kind::DateFormat if f.detail.contains("23/07/2024"))
                || matches!(f.kind, Kind::BadLang if f.detail.contains("English"))
        };
        assert!(left.iter().all(by_hand), "{name}: {left:#?}\n{}", String::from_utf8_lossy(&mended));
        assert_eq!(fixed(&mended).as_ref(), Some(&mended), "{name}: fixing again changes it");
    }
    assert_eq!(
        refused,
        ["not-tmx--empty", "not-tmx--html", "xml-broken--before-the-root"],
        "`fix` refuses only what has no place for units"
    );
}

#[test]
fn an_address_is_in_no_script() {
    let memory = |text: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n<header creationtool=\"x\" \
             creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"x\" adminlang=\"en\" srclang=\"en\" \
             datatype=\"plaintext\"/>\n<body>\n<tu><tuv xml:lang=\"en\"><seg>→ See https://example.org/en</seg></tuv>\
             <tuv xml:lang=\"ar\"><seg>{text}</seg></tuv></tu>\n</body>\n</tmx>\n"
        )
    };
    let kinds = |text: &str| findings(memory(text).as_bytes()).iter().map(|f| f.kind).collect::<Vec<_>>();
    assert_eq!(kinds("→ https://example.org/ar"), []);
    assert_eq!(kinds("→ look at https://example.org/ar"), [Kind::WrongScript]);
}

#[test]
fn the_documentation_lists_every_kind() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/tmx.md")).unwrap();
    let table = text.split_once("## Kinds of findings").unwrap().1;
    let rows: Vec<_> = table.lines().filter(|line| line.starts_with("| `")).collect();
    let expected: Vec<_> = Kind::ALL.iter().map(|kind| kind.row()).collect();
    assert_eq!(rows, expected, "docs/tmx.md must have the rows of `Kind::row`");
}

/// A line feed or page feed that XML has no place for is a blank between words, and goes with the indent at an end.
#[test]
fn what_stands_beside_an_indent_goes_with_it() {
    let memory = "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header creationtool=\"t\" creationtoolversion=\"1\" segtype=\"sentence\" o-tmf=\"t\" adminlang=\"en\" srclang=\"ar\" datatype=\"plaintext\"/><body><tu><tuv xml:lang=\"ar\"><seg>\n   &#x0B;نص&#11;آخر&#xC;\n  </seg></tuv><tuv xml:lang=\"en\"><seg>\n\u{b}another\u{c}text</seg></tuv></tu></body></tmx>";
    let mended = String::from_utf8(fixed(memory.as_bytes()).unwrap()).unwrap();
    assert!(mended.contains("<seg>نص آخر</seg>") && mended.contains("<seg>another text</seg>"), "{mended}");
}
