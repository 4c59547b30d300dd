//! Bilingual formats through the program: written, read back by `align --from`, split by status; SRX in and out.
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]

mod support;

use std::fs;
use std::path::Path;

use support::run;
use tempfile::TempDir;

/// A folder with the statement aligned, as `s.jsonl` and as the project `s.muq`.
fn statement() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024");
    for name in ["ar.txt", "en.txt"] {
        fs::copy(corpus.join(name), folder.path().join(name)).unwrap();
    }
    let ran = run(folder.path(), &["align", "ar.txt", "en.txt", "--save", "s.muq", "-o", "s.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder
}

/// The linked pairs of texts of a saved alignment.
fn pairs(path: &Path) -> Vec<(String, String)> {
    let lines = fs::read_to_string(path).unwrap();
    let beads = lines.lines().map(|line| {
        let bead: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| bead[field].as_str().unwrap().to_owned();
        (text("source_text"), text("target_text"))
    });
    beads.filter(|(s, t)| !s.is_empty() && !t.is_empty()).collect()
}

#[test]
fn what_is_exported_can_be_aligned_anew() {
    let folder = statement();
    let path = folder.path();
    let expected = pairs(&path.join("s.jsonl"));
    for file in ["x.tmx", "x.xlf", "x.xlf2", "x.po", "x.csv", "x.tsv", "x.docx", "x.ces"] {
        let ran = run(path, &["export", "s.muq", "-o", file]);
        assert_eq!(ran.code, 0, "{file}: {}", ran.err);
        let from =
            ["align", "--from", file, "--source-lang", "ar", "--target-lang", "en", "-o", "again.jsonl"];
        let ran = run(path, &from);
        assert_eq!(ran.code, 0, "{file}: {}", ran.err);
        let found = pairs(&path.join("again.jsonl"));
        let same = found.iter().filter(|p| expected.contains(p)).count();
        assert!(same * 10 >= expected.len() * 9, "{file}: {same} of {} pairs", expected.len());
        // With a unit a segment nothing is lost at all.
        let ran = run(path, &[&from[..], &["--presegmented"]].concat());
        assert_eq!(ran.code, 0, "{file}: {}", ran.err);
    }
}

#[test]
fn formats_of_several_files_say_what_they_wrote_and_need_a_name() {
    let folder = statement();
    let path = folder.path();
    let ran = run(path, &["export", "s.muq", "--format", "moses", "-o", "corpus"]);
    assert_eq!((ran.code, ran.err.contains("corpus.ar") && ran.err.contains("corpus.en")), (0, true));
    let lines = |name: &str| fs::read_to_string(path.join(name)).unwrap().lines().count();
    assert_eq!(lines("corpus.ar"), pairs(&path.join("s.jsonl")).len());
    assert_eq!(lines("corpus.ar"), lines("corpus.en"));
    let ran = run(path, &["export", "s.muq", "--format", "cesalign"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("is several files"), "{}", ran.err);
}

#[test]
fn a_file_is_written_for_each_status_that_occurs() {
    let folder = statement();
    let ran = run(folder.path(), &["export", "s.muq", "-o", "p.tmx", "--split-by-status"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(folder.path().join("p.pending.tmx").exists());
    // Nobody accepted or flagged anything.
    assert!(!folder.path().join("p.accepted.tmx").exists() && !folder.path().join("p.tmx").exists());
    assert_eq!(run(folder.path(), &["export", "s.muq", "--split-by-status"]).code, 2);
}

#[test]
fn the_shipped_rules_as_srx_cut_as_the_shipped_rules_do() {
    let folder = statement();
    let path = folder.path();
    let srx = run(path, &["segment", "--export-srx"]);
    assert_eq!(srx.code, 0, "{}", srx.err);
    fs::write(path.join("rules.srx"), &srx.out).unwrap();
    for file in ["ar.txt", "en.txt"] {
        let own = run(path, &["segment", file]);
        assert_eq!(run(path, &["segment", file, "--srx", "rules.srx"]).out, own.out);
        // Rules that never break give a segment a paragraph.
        let none = "<srx version='2.0'><header cascade='no'/><body><languagerules><languagerule languagerulename='D'/></languagerules><maprules><languagemap languagepattern='.*' languagerulename='D'/></maprules></body></srx>";
        fs::write(path.join("none.srx"), none).unwrap();
        let whole = run(path, &["segment", file, "--srx", "none.srx"]);
        assert!(whole.out.lines().count() < own.out.lines().count(), "{}", whole.err);
    }
    fs::write(path.join("bad.srx"), "<html/>").unwrap();
    let ran = run(path, &["align", "ar.txt", "en.txt", "--srx", "bad.srx"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("this is no SRX file"), "{}", ran.err);
}

#[test]
fn learnt_words_are_written_as_a_termbase_that_is_read_back() {
    let folder = statement();
    let path = folder.path();
    run(path, &["export", "s.muq", "-o", "s.tmx"]);
    for output in ["w.tsv", "w.tbx"] {
        let ran = run(path, &["lexicon", "learn", "s.tmx", "-o", output]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    let words = fs::read_to_string(path.join("w.tsv")).unwrap().lines().count();
    let ran = run(path, &["lexicon", "check", "w.tbx"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains(": TBX, ") && words > 0, "{}", ran.out);
}
