//! The command line: what is written where, exit codes, and one clear message for each kind of bad input.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{self, Ran, check_snapshot, run, run_with_input};

const ARABIC: &str = "التقى الوزيران في بغداد.\nناقش الوفدان ستة ملفات.\n";
const ENGLISH: &str = "The ministers met in Baghdad.\nThe delegations discussed six files.\n";

/// A folder with `ar.txt` and `en.txt`, and whatever else a test puts there.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ar.txt"), ARABIC).unwrap();
    fs::write(folder.path().join("en.txt"), ENGLISH).unwrap();
    folder
}

/// The message of a run that must fail, and leave nothing behind.
fn refused(folder: &TempDir, arguments: &[&str]) -> String {
    let before = listing(folder.path());
    let Ran { code, out, err } = run(folder.path(), arguments);
    assert_eq!(code, 2, "{err}");
    assert_eq!(out, "");
    assert_eq!(listing(folder.path()), before, "something was left behind");
    err
}

fn listing(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn help_texts() {
    let folder = folder();
    for command in [
        "",
        "align",
        "read",
        "segment",
        "anchors",
        "show",
        "evaluate",
        "lexicon",
        "batch",
        "pipe",
        "completions",
        "demo",
        "doctor",
        "languages",
        "man",
        "snapshot",
    ] {
        let mut arguments = vec!["--help"];
        let name = if command.is_empty() { "muqabala" } else { command };
        if !command.is_empty() {
            arguments.insert(0, command);
        }
        let ran = run(folder.path(), &arguments);
        assert_eq!(ran.code, 0);
        check_snapshot("help", name, &ran.out);
    }
}

#[test]
fn a_misspelt_option_is_corrected() {
    let err = refused(&folder(), &["align", "ar.txt", "en.txt", "--ouput", "x.tmx"]);
    assert!(err.contains("'--output'"), "{err}");
}

#[test]
fn a_language_that_is_not_written_in_the_script_of_the_text_is_refused() {
    for (option, lang) in [("--source-lang", "en"), ("--target-lang", "ar")] {
        let err = refused(&folder(), &["align", "ar.txt", "en.txt", option, lang]);
        assert!(err.contains("letters, and") && err.contains("is not written in these"), "{err}");
        assert!(err.contains("detected"), "{err}");
    }
}

#[test]
fn align_says_what_it_did() {
    let folder = folder();
    let ran =
        run(folder.path(), &["align", "ar.txt", "en.txt", "-o", "out.tmx", "--creation-date", "2024-07-23"]);
    assert_eq!((ran.code, &*ran.out), (0, ""));
    for part in
        ["ar.txt: 2 segments, language ar, UTF-8", "en.txt: 2 segments, language en", "out.tmx (2 units)"]
    {
        assert!(ran.err.contains(part), "{part} is missing in\n{}", ran.err);
    }
    let tmx = fs::read_to_string(folder.path().join("out.tmx")).unwrap();
    assert!(tmx.contains("creationdate=\"20240723T000000Z\""));
    assert!(tmx.contains("<tuv xml:lang=\"ar\"><seg>التقى الوزيران في بغداد.</seg></tuv>"));
    let quiet = run(folder.path(), &["align", "ar.txt", "en.txt", "-o", "out.tmx", "--quiet"]);
    assert_eq!((quiet.code, &*quiet.out, &*quiet.err), (0, "", ""));
}

#[test]
fn every_format_is_written_to_a_file_and_to_standard_output() {
    let folder = folder();
    let path = folder.path();
    for format in ["tmx", "tsv", "jsonl", "beads", "text"] {
        let date = ["--creation-date", "2024-07-23", "--quiet"];
        let to_stdout = [&["align", "ar.txt", "en.txt", "--format", format, "-o", "-"], &date[..]].concat();
        let shown = run(path, &to_stdout);
        assert_eq!((shown.code, &*shown.err), (0, ""));
        let file = format!("out.{}", if format == "text" { "txt" } else { format });
        run(path, &[&["align", "ar.txt", "en.txt", "-o", &file], &date[..]].concat());
        assert_eq!(fs::read_to_string(path.join(file)).unwrap(), shown.out, "{format}");
        let again = run(path, &to_stdout);
        assert_eq!(again.out, shown.out, "two runs differ");
    }
    assert_eq!(fs::read_to_string(path.join("out.beads")).unwrap(), "0\t0\n1\t1\n");
}

#[test]
fn source_date_epoch_fixes_the_date() {
    let folder = folder();
    let run = |epoch: &str| {
        let output = support::program()
            .current_dir(folder.path())
            .env("SOURCE_DATE_EPOCH", epoch)
            .args(["align", "ar.txt", "en.txt", "--format", "tmx"])
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    assert!(run("1721779199").1.contains("creationdate=\"20240723T235959Z\""));
    assert_eq!(run("yesterday").0, 2);
}

#[test]
fn standard_input_is_read() {
    let folder = folder();
    let arguments = ["align", "-", "en.txt", "--format", "beads", "--presegmented", "--source-lang", "ar"];
    let ran = run_with_input(folder.path(), &arguments, ARABIC.as_bytes());
    assert_eq!((ran.code, &*ran.out), (0, "0\t0\n1\t1\n"));
    assert!(ran.err.contains("standard input: 2 segments, language ar"), "{}", ran.err);
}

#[test]
fn old_encodings_are_detected_or_named() {
    let folder = folder();
    let bytes = encoding_rs::WINDOWS_1256.encode(ARABIC).0;
    fs::write(folder.path().join("ar.txt"), &bytes).unwrap();
    let right = run(folder.path(), &["align", "ar.txt", "en.txt", "--format", "tsv"]);
    assert!(
        right.out.contains("التقى الوزيران في بغداد.") && right.err.contains("windows-1256"),
        "{}",
        right.err
    );
    let named = ["align", "ar.txt", "en.txt", "--format", "tsv", "--source-encoding", "cp1256"];
    assert_eq!(run(folder.path(), &named).out, right.out);
}

#[test]
fn a_saved_alignment_is_shown_again() {
    let folder = folder();
    let path = folder.path();
    run(path, &["align", "ar.txt", "en.txt", "-o", "a.jsonl"]);
    let fresh = run(path, &["align", "ar.txt", "en.txt"]);
    let saved = run(path, &["show", "a.jsonl"]);
    assert_eq!((saved.code, &*saved.out), (0, &*fresh.out));
    let date = ["--creation-date", "2024-07-23", "--format", "tmx"];
    let tmx = [&["show", "a.jsonl", "--source-lang", "ar", "--target-lang", "en"], &date[..]].concat();
    let direct = [&["align", "ar.txt", "en.txt"], &date[..]].concat();
    assert_eq!(run(path, &tmx).out, run(path, &direct).out);
}

#[test]
fn segments_and_anchors_are_listed() {
    let folder = folder();
    fs::write(folder.path().join("x.txt"), "A title\n\nOne sentence of 2024. Another one.\n").unwrap();
    let numbered = run(folder.path(), &["segment", "x.txt", "--numbered", "--lang", "en"]);
    assert_eq!(numbered.out, "1\theading\tA title\n2\tparagraph\tOne sentence of 2024.\n3\t\tAnother one.\n");
    let anchors = run(folder.path(), &["anchors", "x.txt", "--lang", "en"]);
    assert!(anchors.out.starts_with("2\t") && anchors.out.contains("2024"), "{}", anchors.out);
}

#[test]
fn evaluate_scores_folders_and_has_a_threshold() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("gold.tsv"), "0\t0\n1\t1\n").unwrap();
    let arguments = ["evaluate", ".", "--write-beads", "beads"];
    let ran = run(path, &arguments);
    assert_eq!(ran.code, 0, "{}", ran.err);
    // Nothing is unaligned in the gold: there is no score of it.
    assert!(ran.out.contains("1.0000 1.0000 1.0000   1.0000        -     1.0000"), "{}", ran.out);
    assert!(ran.out.contains("no bead is wrong"), "{}", ran.out);
    let written: Vec<_> = listing(&path.join("beads"));
    assert_eq!(fs::read_to_string(&written[0]).unwrap(), "0\t0\n1\t1\n");
    fs::write(path.join("gold.tsv"), "0,1\t0,1\n").unwrap();
    let below = run(path, &["evaluate", ".", "--fail-under", "0.9", "--json"]);
    assert_eq!(below.code, 1);
    let report: serde_json::Value = serde_json::from_str(&below.out).unwrap();
    assert_eq!(report["total"]["scores"]["strict"]["f1"], 0.0);
    assert_eq!(report["total"]["scores"]["joined"]["f1"], 1.0);
}

#[test]
fn pairs_less_sure_than_asked_for_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    // The last two have nothing to do with each other.
    fs::write(path.join("ar.txt"), format!("{ARABIC}لم يحضر الطبيب أمس.\n")).unwrap();
    fs::write(path.join("en.txt"), format!("{ENGLISH}Cows eat green grass.\n")).unwrap();
    let align = |more: &[&str]| {
        let ran = run(
            path,
            &[&["align", "ar.txt", "en.txt", "--presegmented", "--format", "jsonl"], more].concat(),
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran
    };
    let all = align(&[]);
    assert!(!all.err.contains("left out"), "{}", all.err);
    let confidence = |line: &str| -> Option<f64> {
        let bead: serde_json::Value = serde_json::from_str(line).unwrap();
        let linked = |side: &str| bead[side].as_array().is_some_and(|s| !s.is_empty());
        (linked("source") && linked("target")).then(|| bead["confidence"].as_f64().unwrap())
    };
    let mut confidences: Vec<f64> = all.out.lines().filter_map(confidence).collect();
    confidences.sort_by(f64::total_cmp);
    assert!(confidences.len() == 3 && confidences[0] < confidences[1], "{confidences:?}");
    let least = confidences[1].to_string();
    let some = align(&["--min-confidence", &least, "--save", "all.muq"]);
    assert_eq!(some.out.lines().count(), all.out.lines().count() - 1, "{}", some.out);
    assert!(some.err.contains(&format!("left out  1 pair less sure than {least}\n")), "{}", some.err);
    // Above every confidence no pair is left, and what stands alone stays; the project keeps all.
    let none = align(&["--min-confidence", "1"]);
    assert!(none.out.lines().all(|line| confidence(line).is_none_or(|c| c >= 1.0)), "{}", none.out);
    let kept = run(path, &["export", "all.muq", "--format", "jsonl"]);
    assert_eq!(kept.out.lines().count(), all.out.lines().count());
    let beyond = run(path, &["align", "ar.txt", "en.txt", "--min-confidence", "70"]);
    assert_eq!(beyond.code, 2);
    assert!(beyond.err.contains("--min-confidence"), "{}", beyond.err);
}

#[test]
fn sentence_vectors_are_read_in_the_layout_of_vecalign() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let floats = |rows: &[[f32; 3]]| rows.iter().flatten().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
    let (x, y, z) = ([1.0, 0.1, 0.1], [0.1, 1.0, 0.1], [0.1, 0.1, 1.0]);
    // Texts of like length: without the vectors nothing says which target segment is the one too many.
    fs::write(path.join("s.txt"), "kalo mi re\nsudo re lo\n").unwrap();
    fs::write(path.join("t.txt"), "quist an o\nblord ey u\nfrump ol i\n").unwrap();
    fs::write(path.join("s.f32"), floats(&[x, y])).unwrap();
    // Runs of segments have vectors of their own, as in vecalign.
    let overlaps = "quist an o\nblord ey u\nfrump ol i\nquist an o blord ey u\nblord ey u frump ol i\n";
    fs::write(path.join("overlaps.txt"), overlaps).unwrap();
    fs::write(path.join("t.f32"), floats(&[x, z, y, z, z])).unwrap();
    fs::write(path.join("short.f32"), [0; 8]).unwrap();
    fs::write(path.join("wide.f32"), floats(&[x; 10])).unwrap();
    let align = |extra: &[&str]| {
        let languages = ["--source-lang", "hu", "--target-lang", "fi"];
        let format = ["--presegmented", "--format", "beads", "--output", "-"];
        run(path, &[&["align", "s.txt", "t.txt"], &languages[..], &format[..], extra].concat())
    };
    let vectors = |target: &'static str| {
        [
            "--overlaps-source",
            "s.txt",
            "--embeddings-source",
            "s.f32",
            "--overlaps-target",
            "overlaps.txt",
            "--embeddings-target",
            target,
        ]
    };
    let ran = align(&vectors("t.f32"));
    assert_eq!((ran.code, &*ran.out), (0, "0\t0\n\t1\n1\t2\n"), "{}", ran.err);
    let short = align(&vectors("short.f32"));
    assert_eq!(short.code, 2);
    assert!(short.err.contains("not the same number of floats for each of 5 texts"), "{}", short.err);
    let wide = align(&vectors("wide.f32"));
    assert!(
        wide.err.contains("the vectors of the source have 3 numbers, those of the target 6"),
        "{}",
        wide.err
    );
    let one = align(&["--overlaps-source", "s.txt"]);
    assert_eq!(one.code, 2);
    assert!(one.err.contains("--embeddings-source"), "{}", one.err);
}

#[test]
fn folders_can_be_learnt_from_together() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("gold.tsv"), "0\t0\n1\t1\n").unwrap();
    let other = path.join("other");
    fs::create_dir(&other).unwrap();
    for name in ["ar.txt", "en.txt", "gold.tsv"] {
        fs::copy(path.join(name), other.join(name)).unwrap();
    }
    let ran = run(path, &["evaluate", "--learn-together", "--write-beads", "beads", ".", "other"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(listing(&path.join("beads")).len(), 2);
    let twice = run(path, &["evaluate", "--write-beads", "beads", "other", "other"]);
    assert_eq!(twice.code, 2);
    assert!(twice.err.contains("two folders of the name other"), "{}", twice.err);
}

#[test]
fn evidence_can_be_left_out_and_its_kinds_are_named() {
    let folder = folder();
    let arguments =
        ["align", "ar.txt", "en.txt", "--format", "beads", "--without", "length", "--without", "words"];
    assert_eq!(run(folder.path(), &arguments).code, 0);
    let err = refused(&folder, &["align", "ar.txt", "en.txt", "--without", "colour"]);
    assert!(err.contains("`colour` is no kind of evidence; the kinds are words, numbers"), "{err}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = folder();
    let long = "One of very many sentences.\n".repeat(20_000);
    fs::write(folder.path().join("en.txt"), long).unwrap();
    let mut child = support::plain()
        .current_dir(folder.path())
        .args(["segment", "en.txt"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), &*output.stderr), (Some(0), &b""[..]));
}

#[test]
fn completions_are_written() {
    let ran = run(folder().path(), &["completions", "bash"]);
    assert!(ran.code == 0 && ran.out.contains("muqabala"));
}

// Bad input: one message with file, line or offset and a hint, exit code 2, nothing half-written.

#[test]
fn missing_file() {
    insta::assert_snapshot!(refused(&folder(), &["align", "none.txt", "en.txt", "-o", "x.tmx"]), @r"
    error: none.txt: no such file

    hint: check the spelling; web addresses begin with https://
    ");
}

#[test]
fn directory() {
    let folder = folder();
    fs::create_dir(folder.path().join("d")).unwrap();
    insta::assert_snapshot!(refused(&folder, &["align", "d", "en.txt", "-o", "x.tmx"]), @r"
    error: d is a directory, not a file

    hint: give a file in it; to align the documents of two folders, use `batch`
    ");
}

#[test]
fn one_side_empty() {
    let folder = folder();
    fs::write(folder.path().join("en.txt"), "").unwrap();
    insta::assert_snapshot!(refused(&folder, &["align", "ar.txt", "en.txt", "-o", "x.tmx"]), @r"
    error: en.txt is empty

    hint: both documents need text to be aligned
    ");
    fs::write(folder.path().join("en.txt"), " \n\n").unwrap();
    insta::assert_snapshot!(refused(&folder, &["align", "ar.txt", "en.txt", "-o", "x.tmx"]), @r"
    error: en.txt holds no text, only white space

    hint: both documents need text to be aligned
    ");
}

#[test]
fn binary_file() {
    let folder = folder();
    fs::write(folder.path().join("ar.doc"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0").unwrap();
    insta::assert_snapshot!(refused(&folder, &["align", "ar.doc", "en.txt", "-o", "x.tmx"]), @r"
    error: ar.doc is not text: a file of an old program of Microsoft Office, of a kind not known

    hint: save it as DOCX
    ");
    fs::write(folder.path().join("ar.bin"), b"\0\x01\0\0\x07zz").unwrap();
    insta::assert_snapshot!(refused(&folder, &["align", "ar.bin", "en.txt", "-o", "x.tmx"]), @r"
    error: ar.bin is not text: it holds zero bytes

    hint: give a text file; if it is text, name its encoding with --encoding
    ");
}

#[test]
fn wrong_encoding() {
    let folder = folder();
    let bytes = encoding_rs::WINDOWS_1256.encode(ARABIC).0;
    fs::write(folder.path().join("ar.txt"), &bytes).unwrap();
    let arguments = ["align", "ar.txt", "en.txt", "--encoding", "utf-8", "-o", "x.tmx"];
    insta::assert_snapshot!(refused(&folder, &arguments), @r"
    error: ar.txt: byte 0 (line 1) is not valid UTF-8

    hint: name the right encoding, such as --encoding windows-1256, or repair the file
    ");
    let err = refused(&folder, &["align", "ar.txt", "en.txt", "--encoding", "klingon"]);
    assert!(err.contains("not an encoding known here"), "{err}");
}

#[test]
fn a_line_longer_than_the_limit() {
    let folder = folder();
    fs::write(folder.path().join("ar.txt"), "ا".repeat(3000)).unwrap();
    let arguments = ["align", "ar.txt", "en.txt", "--max-input-size", "4K", "-o", "x.tmx"];
    insta::assert_snapshot!(refused(&folder, &arguments), @r"
    error: ar.txt is larger than the limit of 4096 bytes

    hint: raise the limit with --max-input-size, or cut the document into parts
    ");
    let ran = run_with_input(
        folder.path(),
        &["align", "-", "en.txt", "--max-input-size", "4K"],
        "ا".repeat(3000).as_bytes(),
    );
    assert_eq!(ran.code, 2);
}

#[test]
fn an_empty_line_in_a_presegmented_file() {
    let folder = folder();
    fs::write(folder.path().join("ar.txt"), "أ\n\nب\n").unwrap();
    insta::assert_snapshot!(refused(&folder, &["align", "ar.txt", "en.txt", "--presegmented"]), @r"
    error: ar.txt: line 2 is empty, but each line of a presegmented file is one segment

    hint: remove the line, or leave out --presegmented
    ");
}

#[test]
fn the_same_file_twice() {
    insta::assert_snapshot!(refused(&folder(), &["align", "ar.txt", "./ar.txt", "-o", "x.tmx"]), @r"
    error: ar.txt is given as source and as target

    hint: give the document and its translation
    ");
    insta::assert_snapshot!(refused(&folder(), &["align", "-", "-", "-o", "x.tmx"]), @r"
    error: both documents are to come from standard input

    hint: give `-` for one of them and a file for the other
    ");
}

#[test]
fn both_sides_in_one_language_is_a_warning() {
    let folder = folder();
    fs::write(folder.path().join("en2.txt"), ENGLISH).unwrap();
    let ran = run(folder.path(), &["align", "en.txt", "en2.txt", "--format", "beads"]);
    assert_eq!(ran.code, 0);
    let warning: Vec<_> = ran.err.lines().skip_while(|l| !l.starts_with("warning")).take(2).collect();
    let warning = warning.join("\n");
    insta::assert_snapshot!(warning, @r"
    warning: both documents are in one language (en)
    hint: check the files, or name the languages with --source-lang and --target-lang
    ");
}

#[test]
fn documents_that_do_not_translate_each_other_are_a_warning() {
    let folder = folder();
    let other = "غسلت الجدة الباذنجان وقطعته شرائح رقيقة.\nرشت عليه الملح وتركته ساعة حتى خرج ماؤه.\n\
                 ثم قلته في زيت ساخن.\nلما نضج وضعته في طبق كبير.\nأضافت إليه الثوم والليمون.\n\
                 جلس الأطفال حول المائدة ينتظرون.\nأكلوا حتى شبعوا وشكروها.\nنام الصغير على ركبتها.\n";
    fs::write(folder.path().join("other.txt"), other).unwrap();
    let english = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024/en.txt");
    let said = |source: &Path| {
        let (source, target) = (source.to_str().unwrap(), english.to_str().unwrap());
        let ran = run(folder.path(), &["align", source, target, "-o", "out.tsv"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.err
    };
    let warning = "warning: the two documents seem not to translate each other";
    let err = said(&folder.path().join("other.txt"));
    assert!(err.contains(warning) || err.contains("warning: nothing could be aligned"), "{err}");
    let err = said(&Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024/ar.txt"));
    assert!(!err.contains("warning"), "{err}");
}

#[test]
fn invalid_gold() {
    let folder = folder();
    let gold = folder.path().join("gold.tsv");
    insta::assert_snapshot!(refused(&folder, &["evaluate", "."]), @r"
    error: cannot evaluate .: ./gold.tsv: No such file or directory (os error 2)

    hint: each folder needs a gold file; --gold gives its name
    ");
    fs::write(&gold, "0\t0\n1 1\n").unwrap();
    insta::assert_snapshot!(refused(&folder, &["evaluate", "."]), @r"
    error: cannot evaluate .: ./gold.tsv: line 2: expected two fields separated by one tab, found 1

    hint: a gold file has `source indices<TAB>target indices` a line, from 0, separated by commas; docs/evaluation.md names the other forms
    ");
    fs::write(&gold, "0\t0\n1\t1\n2\t2\n").unwrap();
    insta::assert_snapshot!(refused(&folder, &["evaluate", "."]), @r"
    error: cannot evaluate .: ./gold.tsv covers 3 source and 3 target segments, the documents have 2 and 2

    hint: `muqabala segment --numbered FILE` shows the segments
    ");
    // Published gold may count the other document as the source.
    fs::write(&gold, "0\t0\n1\t1\n2\t1\n").unwrap();
    fs::write(folder.path().join("en.txt"), "One line.\nAnother line.\nA third line.\n").unwrap();
    insta::assert_snapshot!(refused(&folder, &["evaluate", "."]), @r"
    error: cannot evaluate .: ./gold.tsv covers 3 source and 2 target segments, the documents have 2 and 3

    hint: the gold counts the other document as the source: --source-lang en
    ");
    fs::remove_file(folder.path().join("en.txt")).unwrap();
    insta::assert_snapshot!(refused(&folder, &["evaluate", "."]), @r"
    error: cannot evaluate .: .: expected two documents named LANG.txt, found 1

    hint: put the two documents there as, for example, ar.txt and en.txt
    ");
    fs::create_dir_all(folder.path().join("corpora/one")).unwrap();
    insta::assert_snapshot!(refused(&folder, &["evaluate", "corpora"]), @r"
    error: cannot evaluate corpora: corpora: expected two documents named LANG.txt, found 0

    hint: there are folders in it: give these, as in corpora/*
    ");
}

#[test]
fn a_broken_saved_alignment() {
    let folder = folder();
    fs::write(folder.path().join("a.jsonl"), "{\"source\":[0]}\n").unwrap();
    insta::assert_snapshot!(refused(&folder, &["show", "a.jsonl"]), @r"
    error: a.jsonl: line 1 is not a pair of a saved alignment: missing field `target` at line 1 column 14

    hint: give an alignment written with `align --format jsonl`
    ");
    insta::assert_snapshot!(refused(&folder, &["show", "none.jsonl"]), @r"
    error: none.jsonl: no such file

    hint: check the spelling; web addresses begin with https://
    ");
}

#[test]
fn unwritable_output() {
    let folder = folder();
    fs::create_dir(folder.path().join("d")).unwrap();
    insta::assert_snapshot!(refused(&folder, &["align", "ar.txt", "en.txt", "-o", "no/x.tmx"]), @r"
    error: no/x.tmx cannot be written: there is no folder no

    hint: make the folder first
    ");
    insta::assert_snapshot!(refused(&folder, &["align", "ar.txt", "en.txt", "-o", "d"]), @r"
    error: d is a directory, not a file

    hint: name a file in it, such as alignment.tmx
    ");
    insta::assert_snapshot!(refused(&folder, &["align", "ar.txt", "en.txt", "-o", "x.doc"]), @r"
    error: x.doc: the extension does not say which format to write

    hint: name it with --format, one of tmx, xliff, xliff2, po, tsv, csv, xlsx, docx, html, moses, cesalign, jsonl, beads, text; did you mean `docx`?
    ");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let folder = folder();
    let ran = run(folder.path(), &["align", "ar.txt", "en.txt", "-o", "/dev/full", "--format", "tsv"]);
    assert_eq!(ran.code, 2);
    let error: Vec<_> = ran.err.lines().skip_while(|l| !l.starts_with("error")).collect();
    let error = error.join("\n");
    insta::assert_snapshot!(error, @r"
    error: /dev/full cannot be written: No space left on device (os error 28)

    hint: free some space, or write elsewhere
    ");
}
