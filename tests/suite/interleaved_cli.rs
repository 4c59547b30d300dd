//! One document that holds both languages in turn, and text in a wrong encoding, through the program.

use std::fs;

use crate::support::run;

const TURNS: &str = "التقى الوزيران في واشنطن يوم 22 تموز.\nThe two ministers met in Washington on 22 July.\n\
    ناقشا التعاون الأمني بين البلدين.\nThey discussed the security cooperation of the two countries.\n\
    كلمة and word كلمة mixed هنا\n\
    شكر الوفد العراقي الحكومة.\nThe Iraqi delegation thanked the government.\n";

#[test]
fn a_document_in_both_languages_is_aligned() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("both.txt"), TURNS).unwrap();
    let ran = run(folder.path(), &["align", "--interleaved", "both.txt", "-o", "out.tsv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("both.txt: left out 1 piece of which the language could not be told: «كلمة and word كلمة mixed هنا»"),
        "{}",
        ran.err
    );
    let out = fs::read_to_string(folder.path().join("out.tsv")).unwrap();
    let lines: Vec<&str> = TURNS.lines().collect();
    for pair in [[0, 1], [2, 3], [5, 6]] {
        let [source, target] = pair.map(|at| lines[at]);
        assert!(out.lines().any(|l| l.contains(source) && l.contains(target)), "{source}: {out}");
    }
    // The source is the language that is named for it.
    let ran = run(
        folder.path(),
        &["align", "--interleaved", "both.txt", "--source-lang", "en", "-o", "turned.tsv"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("language en"), "{}", ran.err);
}

#[test]
fn what_cannot_be_taken_apart_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("one.txt"), "Only one language.\nIn all of its lines.\n").unwrap();
    let ran = run(folder.path(), &["align", "--interleaved", "one.txt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("one.txt: two languages in turn could not be found in it"), "{}", ran.err);
    let ran = run(folder.path(), &["align", "--interleaved", "one.txt", "other.txt", "third.txt"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("cannot be used with"), "{}", ran.err);
}

#[test]
fn text_in_a_wrong_encoding_is_named_and_put_right_where_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let arabic = "التقى الوزيران في واشنطن.\n";
    let twice: String = arabic.bytes().map(char::from).collect();
    fs::write(folder.path().join("twice.txt"), &twice).unwrap();
    let ran = run(folder.path(), &["read", "twice.txt"]);
    assert!(
        ran.err.contains("UTF-8 that was read as windows-1252") && ran.err.contains("--repair-encoding"),
        "{}",
        ran.err
    );
    assert!(!ran.out.contains("التقى"));
    let ran = run(folder.path(), &["read", "twice.txt", "--repair-encoding"]);
    assert!(ran.out.contains("التقى الوزيران في واشنطن."), "{}", ran.out);
}
