//! `snapshot`: a corpus guarded against regressions.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::run;

const ARABIC: &str = "التقى الوزيران في بغداد.\nناقش الوفدان ستة ملفات.\nغادر الوفد في 14 تموز 2019.\n";
const ENGLISH: &str = "The ministers met in Baghdad.\nThe delegations discussed six files.\nThe delegation left on 14 July 2019.\n";

/// A corpus of two pairs with their snapshots, one pair below a folder.
fn corpus() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for pair in ["talks", "more/talks"] {
        let path = folder.path().join(pair);
        fs::create_dir_all(&path).unwrap();
        fs::write(path.join("ar.txt"), ARABIC).unwrap();
        fs::write(path.join("en.txt"), ENGLISH).unwrap();
    }
    let written = run(folder.path(), &["snapshot", "."]);
    assert_eq!((written.code, &*written.out), (0, ""), "{}", written.err);
    assert!(written.err.contains("2 snapshots"), "{}", written.err);
    folder
}

fn check(folder: &Path, more: &[&str]) -> (i32, String) {
    let ran = run(folder, &[&["snapshot", ".", "--check", "--quiet"], more].concat());
    assert_eq!(ran.err, "");
    (ran.code, ran.out)
}

#[test]
fn what_did_not_change_passes_and_writing_again_gives_the_same_bytes() {
    let folder = corpus();
    let path = folder.path().join("snapshots/talks.snap");
    let first = fs::read_to_string(&path).unwrap();
    assert!(first.starts_with("muqabala snapshot 1\nar 3 | en 3\n\n1-1  "), "{first}");
    assert!(first.contains("S3| غادر الوفد في 14 تموز 2019.\nT3| The delegation left"), "{first}");
    assert!(first.contains("  dates ") && first.contains("2019-07-14"), "{first}");
    assert_eq!(fs::read_to_string(folder.path().join("snapshots/more/talks.snap")).unwrap(), first);
    assert_eq!(check(folder.path(), &[]), (0, String::new()));
    run(folder.path(), &["snapshot", "."]);
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    let shown = run(&folder.path().join("talks"), &["snapshot", ".", "--show", "--quiet"]);
    assert_eq!(shown.out, first);
}

#[test]
fn other_evidence_is_a_change_and_can_be_passed_over() {
    let folder = corpus();
    let (code, out) = check(folder.path(), &["--without", "dates"]);
    assert_eq!(code, 1);
    assert!(out.contains("== talks\n") && out.contains("== more/talks\n"), "{out}");
    assert!(out.contains("@ evidence\n") && out.contains("\n-   dates "), "{out}");
    assert!(!out.contains("@ broken") && out.contains("  T3| The delegation left"), "{out}");
    assert_eq!(check(folder.path(), &["--without", "dates", "--compare", "beads"]), (0, String::new()));
}

#[test]
fn a_link_that_is_lost_is_broken_and_one_that_is_won_is_mended() {
    let folder = corpus();
    let english = folder.path().join("talks/en.txt");
    fs::write(&english, ENGLISH.replace("The delegations discussed six files.\n", "")).unwrap();
    let (code, out) = check(folder.path(), &[]);
    assert_eq!(code, 1);
    assert!(out.contains("== talks\n") && !out.contains("== more/talks"), "{out}");
    let place = out.split("@ broken").nth(1).expect("a broken place");
    assert!(place.contains("- S2| ناقش") && place.contains("- T2| The delegations discussed"), "{out}");
    assert!(place.contains("+ 1-0") && place.contains("+ S2| ناقش"), "{out}");

    assert_eq!(run(folder.path(), &["snapshot", ".", "--quiet"]).code, 0);
    fs::write(&english, ENGLISH).unwrap();
    let (code, out) = check(folder.path(), &[]);
    assert!(code == 1 && out.contains("@ mended"), "{out}");
}

#[test]
fn with_gold_the_known_alignment_says_what_is_broken() {
    let folder = corpus();
    fs::write(folder.path().join("talks/gold.tsv"), "0\t0\n1\t1\n2\t\n\t2\n").unwrap();
    // A snapshot in which the last link was not made, as the gold has it.
    let path = folder.path().join("snapshots/talks.snap");
    let text = fs::read_to_string(&path).unwrap();
    let (head, _) = text
        .split_once("\n\n1-1  1.00\nS3|")
        .or_else(|| {
            let at = text.find("\nS3|")?;
            let start = text[..at].rfind("\n\n")?;
            Some((&text[..start], ""))
        })
        .unwrap();
    let apart = format!(
        "{head}\n\n1-0  0.90\nS3| غادر الوفد في 14 تموز 2019.\n\n0-1  0.90\nT3| The delegation left on 14 July 2019.\n"
    );
    fs::write(&path, apart).unwrap();
    let (code, out) = check(folder.path(), &[]);
    assert_eq!(code, 1);
    assert!(out.contains("@ broken"), "linking what the gold leaves alone is no gain\n{out}");
    fs::remove_file(folder.path().join("talks/gold.tsv")).unwrap();
    assert!(check(folder.path(), &[]).1.contains("@ mended"));
}

#[test]
fn what_is_missing_is_told() {
    let folder = corpus();
    let path = folder.path();
    fs::remove_file(path.join("snapshots/talks.snap")).unwrap();
    fs::remove_dir_all(path.join("more")).unwrap();
    let (code, out) = check(path, &[]);
    assert_eq!(code, 1);
    assert!(out.contains("talks: there is no snapshot"), "{out}");
    assert!(out.contains("talks.snap: its documents are not there"), "{out}");
    fs::write(path.join("snapshots/talks.snap"), "something else").unwrap();
    let ran = run(path, &["snapshot", ".", "--check"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("muqabala snapshot 1") && ran.err.contains("hint:"), "{}", ran.err);

    let empty = tempfile::tempdir().unwrap();
    let ran = run(empty.path(), &["snapshot", "."]);
    assert!(ran.code == 2 && ran.err.contains("no pair of documents"), "{}", ran.err);
    for name in ["ar.txt", "en.txt", "fr.txt"] {
        fs::write(empty.path().join(name), "x").unwrap();
    }
    let ran = run(empty.path(), &["snapshot", "."]);
    assert!(ran.code == 2 && ran.err.contains("3 documents"), "{}", ran.err);
}
