//! Snapshots of every stage for the joint statement and for small made-up pairs, one phenomenon each.

use std::path::{Path, PathBuf};

use crate::support::{check_snapshot, run};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What `arguments` write in `folder`, which must succeed.
fn output(folder: &Path, arguments: &[&str]) -> String {
    let ran = run(folder, &[arguments, &["--quiet"]].concat());
    assert_eq!((ran.code, &*ran.err), (0, ""), "{arguments:?}");
    ran.out
}

/// Checks all stages of the pair `ar.txt`, `en.txt` in `folder`.
fn check(fixture: &str, folder: &Path) {
    for lang in ["ar", "en"] {
        let file = format!("{lang}.txt");
        let segments = output(folder, &["segment", &file, "--numbered", "--lang", lang]);
        check_snapshot("segments", &format!("{lang}@{fixture}"), &segments);
        let anchors = output(folder, &["anchors", &file, "--lang", lang]);
        check_snapshot("anchors", &format!("{lang}@{fixture}"), &anchors);
    }
    // Named, because nothing but numbers has no language.
    let inputs = ["align", "ar.txt", "en.txt", "--source-lang", "ar", "--target-lang", "en"];
    let align = |rest: &[&str]| output(folder, &[&inputs, rest].concat());
    check_snapshot("beads", &format!("indices@{fixture}"), &align(&["--format", "beads"]));
    // The form that `muqabala snapshot` keeps for users too.
    check_snapshot("beads", &format!("evidence@{fixture}"), &output(folder, &["snapshot", ".", "--show"]));
    check_snapshot("beads", &format!("readable@{fixture}"), &align(&["--format", "text", "--width", "100"]));
    let tmx = align(&["--format", "tmx", "--creation-date", "2024-07-23"]);
    check_snapshot("tmx", &format!("pairs@{fixture}"), &tmx);
}

#[test]
fn the_joint_statement() {
    check("jscd-2024", &root().join("corpora/jscd-2024"));
}

/// One test for each made-up pair.
macro_rules! pairs {
    ($($name:ident: $folder:literal),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                check($folder, &root().join("tests/fixtures/pairs").join($folder));
            }
        )*

        #[test]
        fn every_pair_has_a_test() {
            let mut found: Vec<String> = std::fs::read_dir(root().join("tests/fixtures/pairs"))
                .expect("the folder of pairs")
                .map(|entry| entry.expect("a folder").file_name().to_string_lossy().into_owned())
                .collect();
            found.sort();
            let mut tested = vec![$($folder),*];
            tested.sort_unstable();
            assert_eq!(found, tested);
        }
    };
}

pairs! {
    dates_in_three_month_systems: "dates",
    headings_and_lists: "headings",
    two_sentences_for_one: "merge",
    words_of_other_scripts: "mixed-scripts",
    nothing_but_numbers: "numbers",
    one_sentence_for_two: "split",
    vocalised_text: "vocalised",
    wrapped_text: "wrapped",
}
