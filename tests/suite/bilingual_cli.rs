//! Bilingual formats through the program: written, read back by `align --from`, split by status; SRX in and out.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{run, run_with_input};

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
    for file in ["x.tmx", "x.xlf", "x.xlf2", "x.po", "x.csv", "x.tsv", "x.xlsx", "x.docx", "x.ces", "x.moses"]
    {
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

/// The decisions and comments of a project go into its JSON lines, and from there into other formats.
#[test]
fn json_lines_of_a_project_hold_what_was_decided() {
    let folder = statement();
    let path = folder.path();
    assert_eq!(run(path, &["export", "s.muq", "-o", "all.jsonl"]).code, 0);
    let lines = fs::read_to_string(path.join("all.jsonl")).unwrap();
    let mut beads: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert!(beads.iter().all(|b| b["status"] == "pending" && b.get("comment").is_none()), "{lines}");
    beads[0]["status"] = "flagged".into();
    beads[0]["comment"] = "راجع".into();
    let changed: String = beads.iter().map(|b| format!("{b}\n")).collect();
    let ran = run_with_input(path, &["show", "-", "--format", "csv"], changed.as_bytes());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.lines().nth(1).is_some_and(|l| l.ends_with(",flagged,راجع")), "{}", ran.out);
    // An alignment that nobody reviewed says nothing of it.
    assert!(!fs::read_to_string(path.join("s.jsonl")).unwrap().contains("\"status\""));
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

/// Rules that cut at every comma and nowhere else, so that it shows whose rules cut.
const COMMAS: &str = r#"<?xml version="1.0"?><srx xmlns="http://www.lisa.org/srx20" version="2.0"><header segmentsubflows="yes" cascade="no"/><body><languagerules><languagerule languagerulename="all"><rule break="yes"><beforebreak>[,،]</beforebreak><afterbreak>\s</afterbreak></rule></languagerule></languagerules><maprules><languagemap languagepattern=".*" languagerulename="all"/></maprules></body></srx>"#;

#[test]
fn collections_and_records_are_cut_by_the_rules_given() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let (source, target) = ("أولا. ثانيا، ثالثا.", "First. Second, third.");
    fs::write(path.join("commas.srx"), COMMAS).unwrap();
    fs::write(path.join("a.txt"), format!("{source}\n")).unwrap();
    fs::write(path.join("b.txt"), format!("{target}\n")).unwrap();
    fs::write(path.join("list.tsv"), "a.txt\tb.txt\n").unwrap();
    let batch = |more: &[&str]| {
        let all = ["batch", "list.tsv", "--output", "out", "--format", "tsv", "--resume"];
        let ran = run(path, &[&all[..], more].concat());
        let report = fs::read_to_string(path.join("out/report.tsv")).unwrap_or_default();
        (ran, report)
    };
    let ours = batch(&[]);
    assert_eq!(ours.0.code, 0, "{}", ours.0.err);
    let theirs = batch(&["--srx", "commas.srx"]);
    assert!(theirs.1.contains("\tdone\t"), "other rules are another result: {}", theirs.1);
    let written = fs::read_dir(path.join("out")).unwrap().map(|e| e.unwrap().path());
    let written = written.filter(|p| p.extension().is_some_and(|e| e == "tsv") && !p.ends_with("report.tsv"));
    let written: String = written.map(|p| fs::read_to_string(p).unwrap()).collect();
    assert!(written.contains("أولا. ثانيا،") && written.contains("First. Second,"), "{written}");
    let again = batch(&["--srx", "commas.srx"]);
    assert!(again.1.contains("\tunchanged\t"), "{}", again.1);
    for bad in ["none.srx", "-"] {
        let refused = batch(&["--srx", bad]).0;
        assert_eq!((refused.code, refused.err.starts_with("error: ")), (2, true), "{bad}: {}", refused.err);
    }
    let record = serde_json::json!({ "source": source, "target": target }).to_string();
    let piped = run_with_input(path, &["pipe", "--srx", "commas.srx", "-q"], record.as_bytes());
    let answer: serde_json::Value = serde_json::from_str(&piped.out).unwrap();
    let texts: Vec<_> = answer["beads"].as_array().unwrap().iter().map(|b| &b["target_text"]).collect();
    assert_eq!(texts, ["First. Second,", "third."]);
}

#[test]
fn rules_that_are_not_used_are_told_by_every_command_that_cuts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    // A property that is not known has no counterpart here.
    let broken = COMMAS.replace(r"[,،]", r"\p{InKlingon}[,،]");
    fs::write(path.join("pairs.srx"), &broken).unwrap();
    fs::write(path.join("a.txt"), "أولا. ثانيا، ثالثا.\n").unwrap();
    fs::write(path.join("b.txt"), "First. Second, third.\n").unwrap();
    fs::write(path.join("list.tsv"), "a.txt\tb.txt\n").unwrap();
    fs::write(path.join("both.tsv"), "ar\ten\nأولا. ثانيا، ثالثا.\tFirst. Second, third.\n").unwrap();
    let record = r#"{"source": "أولا.", "target": "First."}"#;
    for command in [
        &["align", "a.txt", "b.txt", "-o", "one.tmx"][..],
        &["align", "--from", "both.tsv", "-o", "two.tmx"],
        &["batch", "list.tsv", "--output", "out"],
        &["segment", "a.txt"],
        &["pipe"],
    ] {
        let ran = run_with_input(path, &[command, &["--srx", "pairs.srx"]].concat(), record.as_bytes());
        assert_eq!(ran.code, 0, "{command:?}: {}", ran.err);
        assert!(
            ran.err.contains("rule 1 of `all`") && ran.err.contains("cut otherwise"),
            "{command:?}: {}",
            ran.err
        );
    }
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

/// A language that the user names must be written in the script of its side; what the file itself says is only doubted.
#[test]
fn a_side_in_another_script_than_the_language_named_for_it_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let row = "وصل الوزير إلى العاصمة أمس.\tThe minister arrived in the capital yesterday.\n";
    fs::write(path.join("named.tsv"), format!("ar\ten\n{row}")).unwrap();
    // The heads are the wrong way round.
    fs::write(path.join("swapped.tsv"), format!("en\tar\n{row}")).unwrap();
    let align = |file: &str, languages: [&str; 2]| {
        let [source, target] = languages;
        let arguments = ["align", "--from", file, "--source-lang", source, "--target-lang", target];
        let ran = run(path, &[&arguments[..], &["-o", "out.tmx"]].concat());
        (ran.code, ran.err)
    };
    let (code, err) = align("swapped.tsv", ["ar", "en"]);
    assert_ne!(code, 0, "{err}");
    assert!(
        err.contains("swapped.tsv: the text is in Latin letters, and ar is not written in these"),
        "{err}"
    );
    assert!(err.contains("check the file"), "{err}");
    assert!(!path.join("out.tmx").exists());
    let (code, err) = align("named.tsv", ["ar", "en"]);
    assert_eq!(code, 0, "{err}");
    assert!(!err.contains("letters"), "{err}");
    let ran = run(path, &["align", "--from", "swapped.tsv", "-o", "kept.tmx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("by the file the text is in Arabic letters, and en is not"), "{}", ran.err);
}
