//! `evaluate` on gold as it is published, and on texts that do not translate each other.

use std::fs;
use std::path::Path;

use crate::support::{Ran, run};
use serde_json::Value;
use tempfile::TempDir;

const GERMAN: &str =
    "Der Minister kam am 4. Mai 2012 nach Basel.\n.EOA\nEr sprach mit 17 Bauern.\nDann fuhr er heim.\n";
const FRENCH: &str =
    "Le ministre est venu à Bâle le 4 mai 2012.\n.EOA\nIl a parlé avec 17 paysans.\nPuis il est rentré.\n";

/// A folder of two published documents: `one.de`, `one.fr` and `one.defr`, `two_de.txt`, `two_fr.txt` and `two.defr`.
fn published() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in
        [("one.de", GERMAN), ("one.fr", FRENCH), ("two_de.txt", GERMAN), ("two_fr.txt", FRENCH)]
    {
        fs::write(folder.path().join(name), text).unwrap();
    }
    fs::write(folder.path().join("one.defr"), "[2]:[2]\n[0]:[0]\n[3]:[3]\n").unwrap();
    fs::write(folder.path().join("two.defr"), "[0]:[0]:0.25\n[2]:[2]:0.5\n[2]:[2]:0.5\n").unwrap();
    folder
}

fn evaluate(folder: &Path, arguments: &[&str]) -> (Ran, Value) {
    let ran = run(folder, &[&["evaluate", "--json"], arguments].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let report = serde_json::from_str(&ran.out).unwrap();
    (ran, report)
}

#[test]
fn published_gold_is_found_by_its_names_and_its_gaps_are_told() {
    let folder = published();
    let (ran, report) = evaluate(folder.path(), &["."]);
    let cases = report["cases"].as_array().unwrap();
    let names: Vec<&str> = cases.iter().map(|case| case["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["one", "two"]);
    assert!(
        cases.iter().all(|case| case["source_segments"] == 4 && case["target_segments"] == 4),
        "{report}"
    );
    assert_eq!((&cases[0]["gold_beads"], &cases[1]["gold_beads"]), (&Value::from(3), &Value::from(3)));
    assert!(ran.err.contains("one.defr: 1 source and 1 target segments stand in no bead\n"), "{}", ran.err);
    // The last segments are left out as well, and one bead is named twice.
    let told = "two.defr: 2 source and 2 target segments stand in no bead, 1 source and 1 target segments in several\n";
    assert!(ran.err.contains(told), "{}", ran.err);
    // All are linked line by line: what the gold leaves out counts against precision, what it names is found.
    let strict = |case: &Value, of: &str| case["scores"]["strict"][of].as_f64().unwrap();
    for (case, precision) in cases.iter().zip([0.75, 0.5]) {
        assert!((strict(case, "precision") - precision).abs() < 1e-9, "{case}");
        assert!((strict(case, "recall") - 1.0).abs() < 1e-9, "{case}");
    }
}

#[test]
fn a_gold_that_ends_early_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for (name, text) in [("de.txt", GERMAN), ("fr.txt", FRENCH)] {
        fs::write(path.join(name), text).unwrap();
    }
    fs::write(path.join("gold.tsv"), "0\t0\n1\t1\n2\t2\n").unwrap();
    let (ran, report) = evaluate(path, &["."]);
    assert!(ran.err.contains("gold.tsv: 1 source and 1 target segments stand in no bead\n"), "{}", ran.err);
    assert_eq!(report["cases"][0]["scores"]["strict"]["recall"], 1.0, "{report}");
    // One that is of another text is refused, as before.
    fs::write(path.join("gold.tsv"), "0\t0\n").unwrap();
    let other = run(path, &["evaluate", "."]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains("covers 1 source and 1 target segments"), "{}", other.err);
}

#[test]
fn one_published_document_is_named_by_its_gold() {
    let folder = published();
    let (_, report) = evaluate(folder.path(), &["two.defr", "--source-lang", "de"]);
    assert_eq!(report["cases"].as_array().unwrap().len(), 1);
    let other = run(folder.path(), &["evaluate", "two.defr", "--source-lang", "fr"]);
    assert_eq!(other.code, 2);
    assert!(other.err.contains("two.defr has de first, not fr"), "{}", other.err);
    let document = run(folder.path(), &["evaluate", "one.de"]);
    assert_eq!(document.code, 2);
    assert!(
        document.err.contains("one.de is neither a folder nor the gold of documents beside it"),
        "{}",
        document.err
    );
}

#[test]
fn the_ladder_of_hunalign_is_gold() {
    let folder = published();
    fs::rename(folder.path().join("one.de"), folder.path().join("de.txt")).unwrap();
    fs::rename(folder.path().join("one.fr"), folder.path().join("fr.txt")).unwrap();
    fs::write(folder.path().join("hand.ladder"), "0\t0\t0.3\n1\t1\t0.3\n2\t2\t0.3\n3\t3\t0.3\n4\t4\t0\n")
        .unwrap();
    let (ran, report) = evaluate(folder.path(), &[".", "--gold", "hand.ladder"]);
    assert!(!ran.err.contains("stand in no bead"), "{}", ran.err);
    assert_eq!(report["cases"][0]["scores"]["strict"]["f1"], 1.0, "{report}");
    fs::write(folder.path().join("hand.ladder"), "0\t0\t0.3\n1\t1\n").unwrap();
    let torn = run(folder.path(), &["evaluate", ".", "--gold", "hand.ladder"]);
    assert_eq!(torn.code, 2);
    assert!(torn.err.contains("hand.ladder: line 2: expected a rung"), "{}", torn.err);
}

#[test]
fn unrelated_texts_are_less_sure_than_related_ones() {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/gold");
    let sure = |seed: &str| {
        let arguments =
            ["--unrelated", "--seed", seed, "de-fr-1", "de-fr-2", "de-fr-3", "hu-en"].map(str::to_owned);
        evaluate(&gold, &arguments.each_ref().map(|a| &**a)).1
    };
    let report = sure("3");
    let rows = report["rows"].as_array().unwrap();
    let lengths: Vec<u64> = rows.iter().map(|row| row["segments"].as_u64().unwrap()).collect();
    assert_eq!(lengths, [1, 2, 3, 5, 8]);
    for row in rows {
        let share = |of: &str| row[of].as_f64().unwrap();
        // Nothing is known of these languages: few are sure, of unrelated texts hardly any.
        assert!(share("unrelated") <= 0.1 && share("unrelated") < share("related"), "{report}");
    }
    assert_eq!(sure("3"), report);
    assert_ne!(sure("4"), report);
    let text = run(&gold, &["evaluate", "--unrelated", "de-fr-1", "de-fr-2"]);
    assert!(text.out.contains("segments  unrelated  related\n       1  "), "{}", text.out);
    // There must be two documents of the same languages.
    let alone = run(&gold, &["evaluate", "--unrelated", "de-fr-1", "hu-en"]);
    assert_eq!(alone.code, 2);
    assert!(alone.err.contains("there are no unrelated texts to take"), "{}", alone.err);
}
