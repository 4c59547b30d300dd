//! `muqabala tmx`: what is written where, exit codes, and that our own memories are clean.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{Ran, check_snapshot, run, run_with_input};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n<header creationtool=\"t\" creationtoolversion=\"1\" \
    segtype=\"sentence\" o-tmf=\"t\" adminlang=\"en\" srclang=\"ar\" datatype=\"plaintext\"/>\n<body>\n";

fn memory(pairs: &[(&str, &str)]) -> String {
    let units = pairs.iter().map(|(ar, en)| {
        format!(
            "<tu><tuv xml:lang=\"ar\"><seg>{ar}</seg></tuv><tuv xml:lang=\"en\"><seg>{en}</seg></tuv></tu>\n"
        )
    });
    format!("{HEAD}{}</body>\n</tmx>\n", units.collect::<String>())
}

/// A folder with a sound memory, `good.tmx`, and one with trouble, `bad.tmx`.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let pairs = [("نعم", "Yes"), ("لا", "No"), ("شكرا", "Thank you")];
    fs::write(folder.path().join("good.tmx"), memory(&pairs)).unwrap();
    let bad = memory(&[("نعم", "Yes"), ("لا", ""), ("نعم", "Yes"), ("حسنا & كذلك", "All right &amp; so")]);
    fs::write(folder.path().join("bad.tmx"), bad.replace("xml:lang=\"en\"", "lang=\"en\"")).unwrap();
    folder
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn help_texts() {
    let folder = folder();
    for command in ["", "check", "fix", "clean", "merge", "split", "diff", "stats", "reverse", "extract"] {
        let mut arguments = vec!["tmx"];
        if !command.is_empty() {
            arguments.push(command);
        }
        arguments.push("--help");
        let ran = run(folder.path(), &arguments);
        assert_eq!(ran.code, 0);
        let name = format!("tmx-{command}");
        check_snapshot("help", name.trim_end_matches('-'), &ran.out);
    }
}

#[test]
fn check_tells_people_and_programs() {
    let folder = folder();
    let good = run(folder.path(), &["tmx", "check", "good.tmx"]);
    assert_eq!((good.code, &*good.out), (0, "good.tmx: 3 units, 0 errors, 0 warnings, 0 notes\n"));
    let bad = run(folder.path(), &["tmx", "check", "bad.tmx", "--most", "2"]);
    assert_eq!(bad.code, 1);
    check_snapshot("memory", "check", &bad.out);
    let omegat = run(folder.path(), &["tmx", "check", "bad.tmx", "--tool", "omegat", "--least", "error"]);
    assert!(omegat.out.contains("empty-segment") && !omegat.out.contains("bare-lang"), "{}", omegat.out);
    let json = run(folder.path(), &["tmx", "check", "good.tmx", "bad.tmx", "--json"]);
    assert_eq!(json.code, 1);
    let lines: Vec<serde_json::Value> = json.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    let of_code = |code: &str| lines.iter().filter(|l| l["code"] == code).count();
    assert_eq!((of_code("bare-lang"), of_code("duplicate"), of_code("unescaped")), (4, 1, 1));
    assert_eq!(lines.last().unwrap()["summary"]["counts"]["bare-lang"], 4);
    let all = "bare-lang,empty-segment,duplicate,unescaped";
    assert_eq!(run(folder.path(), &["tmx", "check", "bad.tmx", "--without", all]).code, 0);
    let stdin = run_with_input(folder.path(), &["tmx", "check", "-"], read(&folder, "good.tmx").as_bytes());
    assert_eq!((stdin.code, &*stdin.out), (0, "standard input: 3 units, 0 errors, 0 warnings, 0 notes\n"));
}

#[test]
fn fix_then_clean_leaves_nothing_to_find() {
    let folder = folder();
    let fixed = run(folder.path(), &["tmx", "fix", "bad.tmx", "-o", "fixed.tmx"]);
    assert_eq!((fixed.code, &*fixed.out), (0, ""));
    assert_eq!(
        fixed.err,
        "mended    unescaped × 1, bare-lang × 4\nwrote     fixed.tmx (4 units, 0 left out)\n"
    );
    let cleaned = run(folder.path(), &["tmx", "clean", "fixed.tmx", "-o", "clean.tmx"]);
    assert_eq!(cleaned.err, "left out  empty-segment × 1, duplicate × 1\nwrote     clean.tmx (2 units)\n");
    assert_eq!(run(folder.path(), &["tmx", "check", "clean.tmx"]).code, 0);
    assert_eq!(
        read(&folder, "clean.tmx"),
        memory(&[("نعم", "Yes"), ("حسنا &amp; كذلك", "All right &amp; so")])
    );
    // In place, and to standard output.
    assert_eq!(run(folder.path(), &["tmx", "fix", "bad.tmx", "-o", "bad.tmx", "-q"]).code, 0);
    assert_eq!(read(&folder, "bad.tmx"), read(&folder, "fixed.tmx"));
    let shown = run(folder.path(), &["tmx", "fix", "good.tmx", "-o", "-", "--lang", "en=en-GB"]);
    assert_eq!(shown.out, read(&folder, "good.tmx").replace("\"en\"><seg", "\"en-GB\"><seg"));
    assert!(shown.err.contains("respelt   3 languages"), "{}", shown.err);
}

#[test]
fn an_old_encoding_is_named() {
    let folder = folder();
    let old = encoding_rs::WINDOWS_1256
        .encode(&memory(&[("العراق والمملكة العربية", "Iraq and the Kingdom")]))
        .0
        .into_owned();
    fs::write(folder.path().join("old.tmx"), old).unwrap();
    let ran = run(folder.path(), &["tmx", "check", "old.tmx"]);
    assert!(ran.out.contains("windows-1256"), "{}", ran.out);
    let fixed = run(folder.path(), &["tmx", "fix", "old.tmx", "-o", "new.tmx", "--encoding", "cp1256"]);
    assert_eq!(fixed.code, 0);
    assert!(read(&folder, "new.tmx").contains("العراق والمملكة العربية"));
}

#[test]
fn a_truncated_file_gives_what_was_read() {
    let folder = folder();
    let whole = read(&folder, "good.tmx");
    fs::write(folder.path().join("cut.tmx"), &whole[..whole.find("Thank").unwrap()]).unwrap();
    let ran = run(folder.path(), &["tmx", "fix", "cut.tmx", "-o", "mended.tmx"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("cut.tmx:7:69: error[truncated]: unit 3: left out: the file ends inside <seg>"),
        "{}",
        ran.err
    );
    assert_eq!(
        run(folder.path(), &["tmx", "check", "mended.tmx"]).out,
        "mended.tmx: 2 units, 0 errors, 0 warnings, 0 notes\n"
    );
}

#[test]
fn split_and_merge_and_reverse_keep_every_byte() {
    let folder = folder();
    let path = folder.path();
    let ran = run(path, &["tmx", "split", "good.tmx", "--parts", "2", "-o", "part.tmx"]);
    assert_eq!(ran.err, "wrote     part-1.tmx (2 units)\nwrote     part-2.tmx (1 unit)\n");
    assert_eq!(run(path, &["tmx", "merge", "part-1.tmx", "part-2.tmx", "-o", "whole.tmx"]).code, 0);
    assert_eq!(read(&folder, "whole.tmx"), read(&folder, "good.tmx"));
    let ran = run(path, &["tmx", "merge", "good.tmx", "good.tmx", "-o", "-"]);
    assert_eq!(ran.out, read(&folder, "good.tmx"));
    assert!(ran.err.contains("once only 3 repeated units"), "{}", ran.err);
    let ran = run(path, &["tmx", "reverse", "good.tmx", "-o", "reversed.tmx"]);
    assert_eq!(ran.err, "wrote     reversed.tmx (3 units, en to ar)\n");
    assert!(
        read(&folder, "reversed.tmx")
            .contains("<tu><tuv xml:lang=\"en\"><seg>Yes</seg></tuv><tuv xml:lang=\"ar\">")
    );
    assert_eq!(run(path, &["tmx", "reverse", "reversed.tmx", "-o", "again.tmx"]).code, 0);
    assert_eq!(read(&folder, "again.tmx"), read(&folder, "good.tmx"));
    let ran = run(path, &["tmx", "merge", "good.tmx", "reversed.tmx", "-o", "no.tmx"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err, @r"
    error: reversed.tmx: the source language is `en`, that of the first file `ar`

    hint: turn it around first with `muqabala tmx reverse`, or spell the language alike with `muqabala tmx fix --lang`
    ");
    assert!(!path.join("no.tmx").exists(), "something was left behind");
}

/// A memory that names its elements under a prefix is ended as it is begun, and told of once.
#[test]
fn prefixed_memories_are_written_without_their_prefixes() {
    let folder = folder();
    let path = folder.path();
    let declared = " xmlns:m=\"http://www.lisa.org/tmx14\" version";
    let root = read(&folder, "good.tmx").replace("<tmx version", &format!("<m:tmx{declared}"));
    fs::write(path.join("root.tmx"), root.replace("</tmx>", "</m:tmx>")).unwrap();
    let all = read(&folder, "good.tmx").replace('<', "<m:").replace("<m:/", "</m:").replace("<m:?", "<?");
    fs::write(path.join("all.tmx"), all.replace(" version=\"1.4\"", &format!("{declared}=\"1.4\""))).unwrap();
    for name in ["root.tmx", "all.tmx"] {
        let ran = run(path, &["tmx", "fix", name, "-o", "-"]);
        assert_eq!((ran.code, ran.out), (0, read(&folder, "good.tmx")), "{name}: {}", ran.err);
        let ran = run(path, &["tmx", "check", name]);
        assert!(!ran.out.contains("unknown-attribute") && ran.out.contains("namespace × 1"), "{}", ran.out);
        let ran = run(path, &["tmx", "split", name, "--units", "1", "-o", "one.tmx"]);
        assert_eq!((ran.code, ran.err.matches("their prefix `m`").count()), (0, 3), "{}", ran.err);
        for (one, two) in [(name, "good.tmx"), ("good.tmx", name), ("one-1.tmx", "one-3.tmx")] {
            let ran = run(path, &["tmx", "merge", one, two, "--duplicates", "all", "-o", "-"]);
            assert_eq!(ran.code, 0, "{}", ran.err);
            assert!(ran.out.contains("<tmx ") && ran.out.ends_with("</body>\n</tmx>\n"), "{}", ran.out);
            assert!(!ran.out.contains("<m:") && !ran.out.contains("</m:"), "{}", ran.out);
        }
    }
    assert_eq!(run(path, &["tmx", "fix", "all.tmx", "-o", "all.tmx"]).code, 0);
    assert_eq!(read(&folder, "all.tmx"), read(&folder, "good.tmx"));
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(content).unwrap();
    out.finish().unwrap()
}

/// Every command that reads memories reads packed ones; what is called `.gz` is written so.
#[test]
fn packed_memories_are_read_and_written() {
    let folder = folder();
    let path = folder.path();
    let good = read(&folder, "good.tmx");
    let (one, two) = good.split_at(200);
    let members = [gzip(one.as_bytes()), gzip(two.as_bytes())].concat();
    fs::write(path.join("good.tmx.gz"), &members).unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("tm/good.tmx", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(good.as_bytes()).unwrap();
    fs::write(path.join("good.zip"), zip.finish().unwrap().into_inner()).unwrap();
    for name in ["good.tmx.gz", "good.zip"] {
        for command in ["fix", "clean", "reverse", "merge", "extract --source-lang ar --target-lang en"] {
            let line = |name| format!("tmx {command} {name} -o -");
            let said = |line: &str| run(path, &line.split(' ').collect::<Vec<_>>()).out;
            assert_eq!(said(&line(name)), said(&line("good.tmx")), "{command} {name}");
        }
        assert_eq!(run(path, &["tmx", "check", name]).code, 0);
        assert!(run(path, &["tmx", "stats", name]).out.contains("3 units"), "{name}");
        assert_eq!(run(path, &["tmx", "diff", "good.tmx", name]).code, 0);
        let learnt = run(path, &["lexicon", "learn", name, "-o", "-"]);
        assert_eq!(learnt.code, 0, "{}", learnt.err);
        let split = run(path, &["tmx", "split", name, "--parts", "3", "-o", "part.tmx.gz"]);
        assert!(split.err.ends_with("part-3.tmx.gz (1 unit)\n"), "{}", split.err);
    }
    let piped = run_with_input(path, &["tmx", "clean", "-", "-o", "-"], &members);
    assert_eq!(piped.out, good);
    let ran = run(path, &["tmx", "fix", "good.tmx.gz", "-o", "good.tmx.gz"]);
    assert!(ran.code == 0 && ran.err.contains("in place  good.tmx.gz"), "{}", ran.err);
    assert!(fs::read(path.join("good.tmx.gz")).unwrap().starts_with(b"\x1f\x8b"));
    assert_eq!(run(path, &["tmx", "fix", "good.tmx.gz", "-o", "-"]).out, good);
    let parts = ["tmx", "merge", "part-1.tmx.gz", "part-2.tmx.gz", "part-3.tmx.gz", "-o", "-"];
    assert_eq!(run(path, &parts).out, good);
    let ran = run(path, &["tmx", "fix", "good.zip", "-o", "good.zip"]);
    assert!(ran.code == 2 && ran.err.contains("not written into a ZIP container"), "{}", ran.err);
}

/// What is no memory is called what it is, by whatever command.
#[test]
fn other_formats_are_named() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("m.sdltm"), b"SQLite format 3\0 <Segment>").unwrap();
    fs::write(path.join("m.tmx.bz2"), b"BZh91AY&SY").unwrap();
    fs::write(path.join("cut.tmx.gz"), &gzip(&memory(&vec![("نعم", "Yes"); 900]).into_bytes())[..90])
        .unwrap();
    for (name, said) in [
        ("m.sdltm", "it is a Trados memory file, not TMX"),
        ("m.tmx.bz2", "it is bzip2 data, not TMX"),
        ("cut.tmx.gz", "the packed data is broken"),
    ] {
        for command in ["check", "stats", "fix -o out.tmx", "merge good.tmx -o out.tmx", "diff good.tmx"] {
            let words: Vec<&str> = format!("tmx {command} {name}").leak().split(' ').collect();
            let ran = run(path, &words);
            assert!(ran.code == 2 && ran.err.contains(said), "{command} {name}: {}", ran.err);
        }
        let ran = run(path, &["lexicon", "learn", name, "-o", "-"]);
        assert!(ran.code == 2 && ran.err.contains(said), "{name}: {}", ran.err);
        assert!(!path.join("out.tmx").exists());
    }
}

#[test]
fn differences_are_shown_in_both_languages() {
    let folder = folder();
    let pairs = [("لا", "No"), ("نعم", "Aye"), ("ربما", "Perhaps")];
    fs::write(folder.path().join("other.tmx"), memory(&pairs)).unwrap();
    let same = run(folder.path(), &["tmx", "diff", "good.tmx", "good.tmx"]);
    assert_eq!((same.code, &*same.out), (0, ""));
    let ran = run(folder.path(), &["tmx", "diff", "good.tmx", "other.tmx"]);
    assert_eq!(ran.code, 1);
    check_snapshot("memory", "diff", &ran.out);
    assert_eq!(ran.err, "1 unit the same, 1 changed, 1 only in good.tmx, 1 only in other.tmx\n");
    let json = run(folder.path(), &["tmx", "diff", "good.tmx", "other.tmx", "--json"]);
    assert!(json.out.lines().all(|l| serde_json::from_str::<serde_json::Value>(l).is_ok()));
}

#[test]
fn stats_count() {
    let folder = folder();
    let ran = run(folder.path(), &["tmx", "stats", "bad.tmx"]);
    check_snapshot("memory", "stats", &ran.out);
    let json = run(folder.path(), &["tmx", "stats", "bad.tmx", "--json"]);
    let value: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(
        (&value["units"], &value["repeated"], &value["languages"]["en"]["empty"]),
        (&4.into(), &1.into(), &1.into())
    );
}

#[test]
fn what_is_no_memory_is_refused_and_leaves_nothing_behind() {
    let folder = folder();
    fs::write(folder.path().join("page.tmx"), "<html/>").unwrap();
    for command in ["fix", "clean", "reverse", "merge"] {
        let Ran { code, out, err } = run(folder.path(), &["tmx", command, "page.tmx", "-o", "out.tmx"]);
        assert_eq!((code, &*out), (2, ""), "{command}");
        assert!(
            err.starts_with("error: page.tmx: not a TMX: the outermost element is <html>, not <tmx>"),
            "{err}"
        );
        assert!(!folder.path().join("out.tmx").exists());
    }
    assert_eq!(run(folder.path(), &["tmx", "check", "page.tmx"]).code, 1);
    for arguments in [["tmx", "check", "none.tmx"], ["tmx", "stats", "."]] {
        let ran = run(folder.path(), &arguments);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{arguments:?}");
    }
}

/// Pairs of documents of this project: folders with `ar.txt` and `en.txt`.
fn pairs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<_> =
        fs::read_dir(root.join("tests/fixtures/pairs")).unwrap().map(|e| e.unwrap().path()).collect();
    folders.push(root.join("corpora/jscd-2024"));
    folders.retain(|f| f.join("ar.txt").is_file() && f.join("en.txt").is_file());
    folders.sort();
    assert!(folders.len() > 5);
    folders
}

#[test]
fn our_own_memories_are_clean() {
    let folder = folder();
    for pair in pairs() {
        let (ar, en) = (pair.join("ar.txt"), pair.join("en.txt"));
        let ran =
            run(folder.path(), &["align", ar.to_str().unwrap(), en.to_str().unwrap(), "-o", "own.tmx", "-q"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        let checked = run(folder.path(), &["tmx", "check", "own.tmx"]);
        assert_eq!(checked.code, 0, "{}: {}", pair.display(), checked.out);
    }
}

/// Units inside other elements are kept where there is no body around these either.
#[test]
fn units_in_groups_without_a_body_are_kept() {
    let folder = folder();
    let path = folder.path();
    let good = read(&folder, "good.tmx");
    let grouped = good.replace("<body>\n", "<group>\n<group>\n").replace("</body>", "</group></group>");
    fs::write(path.join("grouped.tmx"), &grouped).unwrap();
    for command in ["fix", "clean", "merge", "reverse"] {
        let ran = run(path, &["tmx", command, "grouped.tmx", "-o", "-"]);
        assert_eq!((ran.code, ran.out.matches("<tu>").count()), (0, 3), "{command}: {}", ran.err);
        assert!(!ran.out.contains("group>") && ran.out.contains("<body>"), "{command}: {}", ran.out);
        assert!(ran.err.contains("left out, but not the units: `<group>"), "{command}: {}", ran.err);
    }
    let ran = run(path, &["tmx", "split", "grouped.tmx", "--units", "2", "-o", "g.tmx"]);
    assert!(ran.code == 0 && ran.err.contains("g-2.tmx (1 unit)"), "{}", ran.err);
    // A header that is not closed is no group.
    let open =
        good.replace("datatype=\"plaintext\"/>\n<body>", "datatype=\"plaintext\">").replace("</body>", "");
    fs::write(path.join("open.tmx"), open).unwrap();
    let ran = run(path, &["tmx", "fix", "open.tmx", "-o", "-"]);
    assert!(ran.code == 2 && ran.err.contains("there is no <body>"), "{}", ran.err);
}

/// What entities add to a mended memory is bounded: the rest stays as it is written.
#[test]
fn entities_do_not_swell_a_memory_without_end() {
    let folder = folder();
    let path = folder.path();
    let doctype = format!("<!DOCTYPE tmx [<!ENTITY a \"{}\">]>\n<tmx", "كلمة ".repeat(400));
    let many = read(&folder, "good.tmx").replacen("<tmx", &doctype, 1).replacen(
        "<seg>",
        &format!("<seg>{} ", "&a;".repeat(40_000)),
        1,
    );
    fs::write(path.join("many.tmx"), &many).unwrap();
    let ran = run(path, &["tmx", "fix", "many.tmx", "-o", "fixed.tmx"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let fixed = read(&folder, "fixed.tmx");
    assert!(fixed.len() < 24 << 20, "{} bytes", fixed.len());
    assert!(fixed.contains("كلمة كلمة") && fixed.contains("&amp;a;"), "what stands there is kept");
}
