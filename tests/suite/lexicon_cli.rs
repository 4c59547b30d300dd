//! Lexicons, evidence and pins on the command line.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;

use crate::support::run;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Two documents of four lines, and their gold.
fn documents() -> TempDir {
    folder(&[
        (
            "ar.txt",
            "التقى الوزيران في بغداد.\nناقش الوفدان ستة ملفات.\nوقع الطرفان الاتفاق.\nغادر الوفد العاصمة.\n",
        ),
        (
            "en.txt",
            "The ministers met in Baghdad.\nThe delegations discussed six files.\nBoth sides signed the agreement.\n\
             The delegation left the capital.\n",
        ),
        ("gold.tsv", "0\t0\n1\t1\n2\t2\n3\t3\n"),
    ])
}

#[test]
fn a_malformed_line_is_reported_and_the_rest_used() {
    let folder = documents();
    fs::write(folder.path().join("mine.tsv"), "minister\tوزير\nbroken\nfile\tملف\n").unwrap();
    let ran = run(folder.path(), &["align", "ar.txt", "en.txt", "--lexicon", "mine.tsv", "-f", "beads"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("mine.tsv: line 2: expected two words"), "{}", ran.err);
    assert_eq!(ran.out, "0\t0\n1\t1\n2\t2\n3\t3\n");

    let ran = run(folder.path(), &["lexicon", "check", "mine.tsv"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.out, @r"
    mine.tsv: line 2: expected two words, or two words and a probability, found 1 fields
    mine.tsv: word pairs, 2 entries, 2 word pairs, 1 passed over
    ");
}

#[test]
fn an_unreadable_lexicon_is_an_error() {
    let folder = documents();
    fs::write(folder.path().join("bad.tbx"), "<html></html>").unwrap();
    for file in ["bad.tbx", "missing.dic"] {
        let ran = run(folder.path(), &["align", "ar.txt", "en.txt", "--lexicon", file]);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{}", ran.err);
        assert!(ran.err.starts_with("error: ") && ran.err.contains(file), "{}", ran.err);
    }
}

#[test]
fn words_are_looked_up_in_both_directions() {
    let folder = folder(&[("mine.dic", "Haus @ house\nGarten @ garden\n")]);
    let ask = |word: &str| {
        run(folder.path(), &["lexicon", "show", word, "--lexicon", "mine.dic", "--no-builtin-lexicon"])
    };
    assert_eq!(ask("house").out, "house\thaus\t1.000\tmine.dic\n");
    assert_eq!(ask("Haus").out, "Haus\thouse\t1.000\tmine.dic\n");
    let unknown = ask("tree");
    assert_eq!((unknown.code, &*unknown.out), (1, ""));
    let builtin = run(folder.path(), &["lexicon", "show", "house"]);
    assert!(builtin.out.contains("بيت"), "{}", builtin.out);
    for (form, shown) in [("نحتاج", "يحتاج\tneed\t"), ("taught", "taught\t"), ("withstood", "withstand\t")]
    {
        let found = run(folder.path(), &["lexicon", "show", form]);
        assert!(found.out.contains(shown), "{form}: {}", found.out);
    }
}

#[test]
fn what_is_learnt_can_be_loaded() {
    let mut units = String::new();
    for (en, de) in [
        ("the house is big", "das haus ist gross"),
        ("the house burns down", "das haus brennt ab"),
        ("the book is big today", "das buch ist heute gross"),
        ("the book blooms in may", "das buch blüht im mai"),
        ("the house still stands", "das haus steht noch"),
        ("the book grows there", "das buch wächst dort"),
    ] {
        write!(
            units,
            "<tu><tuv xml:lang='en'><seg>{en}</seg></tuv><tuv xml:lang='de'><seg>{de}</seg></tuv></tu>"
        )
        .unwrap();
    }
    let tmx = format!("<tmx version='1.4'><header srclang='en'/><body>{units}</body></tmx>");
    let folder = folder(&[("memory.tmx", &tmx)]);
    let ran = run(folder.path(), &["lexicon", "learn", "memory.tmx", "-o", "learnt.tsv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let learnt = fs::read_to_string(folder.path().join("learnt.tsv")).unwrap();
    assert!(learnt.lines().is_sorted(), "{learnt}");
    assert_eq!(run(folder.path(), &["lexicon", "check", "learnt.tsv"]).code, 0);
    let shown =
        run(folder.path(), &["lexicon", "show", "house", "--lexicon", "learnt.tsv", "--no-builtin-lexicon"]);
    assert!(shown.out.starts_with("house\thaus\t"), "{}", shown.out);
}

#[test]
fn pins_hold_and_impossible_ones_are_refused() {
    let folder = documents();
    let align = |pins: &str| {
        fs::write(folder.path().join("pins"), pins).unwrap();
        run(folder.path(), &["align", "ar.txt", "en.txt", "--presegmented", "--pins", "pins", "-f", "beads"])
    };
    let pinned = align("1,2\t1\n");
    assert!(pinned.out.contains("1,2\t1\n"), "{}", pinned.out);
    let clash = align("0\t2\n2\t0\n");
    assert_eq!(clash.code, 2);
    assert!(clash.err.contains("cannot both hold"), "{}", clash.err);
    let outside = align("9|9\n");
    assert_eq!(outside.code, 2);
    assert!(
        outside.err.contains("lies outside the bitext of 4 source and 4 target segments"),
        "{}",
        outside.err
    );
    let malformed = align("0\t0\nx\n");
    assert_eq!(malformed.code, 2);
    assert!(malformed.err.contains("pins: line 2: expected a pair or a boundary"), "{}", malformed.err);
}

#[test]
fn evidence_that_is_left_out_is_gone() {
    let folder = documents();
    let kinds = |without: &[&str]| {
        let mut arguments = vec!["align", "ar.txt", "en.txt", "-f", "jsonl"];
        arguments.extend(without);
        let ran = run(folder.path(), &arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.out
    };
    let all = kinds(&[]);
    for kind in ["words", "numbers", "length", "type"] {
        assert!(all.contains(&format!("\"{kind}\"")), "{kind} in {all}");
    }
    let none = kinds(&["--without", "words,names,numbers,length,type,structure,symbols,dates"]);
    for line in none.lines() {
        let bead: serde_json::Value = serde_json::from_str(line).unwrap();
        for item in bead["evidence"].as_array().into_iter().flatten() {
            if item["kind"] != "unaligned" {
                assert_eq!(item["cost"].as_f64(), Some(0.0), "{item}");
            }
        }
    }
    let bad = run(folder.path(), &["evaluate", ".", "--without", "luck"]);
    assert_eq!(bad.code, 2);
    assert!(bad.err.contains("`luck` is no kind of evidence"), "{}", bad.err);
    let ran = run(
        folder.path(),
        &["evaluate", ".", "--without", "words,numbers", "--no-builtin-lexicon", "--monotone"],
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
}

/// A glossary that knows hardly any word of a text is no reason to give up what it does not know.
#[test]
fn a_glossary_of_a_few_terms_does_no_harm() {
    let folder = folder(&[("terms.tsv", "العراق\tIraq\nالدفاع\tdefense\n")]);
    let statement = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024");
    let alone = ["evaluate", statement.to_str().unwrap(), "--no-builtin-lexicon", "--fail-under", "0.85"];
    for options in [&[] as &[&str], &["--lexicon", "terms.tsv"]] {
        let ran = run(folder.path(), &[&alone, options].concat());
        assert_eq!(ran.code, 0, "{}", ran.out);
    }
}

/// `evaluate` tells a lexicon that helps from one that is wrong.
#[test]
fn what_each_lexicon_was_worth_is_told() {
    let wrong = "مشترك\tIraq\nالولايات\tsecurity\nبغداد\tforces\nالقوات\tminister\nوزير\tcooperation\n\
                 التزام\tmilitary\nالطائرات\tdialogue\nالعلاقة\tdefense\nالعراق\tstates\nالأمن\tunited\n";
    let folder = folder(&[("wrong.tsv", wrong)]);
    let statement = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024");
    let evaluate = |more: &[&str]| {
        run(
            folder.path(),
            &[&["evaluate", statement.to_str().unwrap(), "--lexicon", "wrong.tsv"], more].concat(),
        )
    };
    let report: serde_json::Value = serde_json::from_str(&evaluate(&["--json"]).out).unwrap();
    let lexicons = report["total"]["lexicons"].as_array().unwrap();
    assert_eq!(&report["cases"][0]["lexicons"], &report["total"]["lexicons"]);
    let of = |name: &str, what: &str| -> f64 {
        lexicons.iter().find(|l| l["lexicon"] == name).and_then(|l| l[what].as_f64()).unwrap()
    };
    assert!(of("wrong.tsv", "words") > 50.0, "{report}");
    assert!(of("wrong.tsv", "trust") < 0.5 && of("wrong.tsv", "found") < 0.2, "{report}");
    assert!(of("built-in", "trust") > 0.9 && of("built-in", "found") > 0.3, "{report}");
    let text = evaluate(&[]).out;
    assert!(text.contains("lexicons, by the words that each alone has equivalents for:"), "{text}");
    assert!(text.lines().any(|line| line.ends_with("1.00  built-in")), "{text}");
    assert!(!evaluate(&["--no-builtin-lexicon"]).out.contains("built-in"));
}
