//! `batch` as a program: what is written, what a bad pair costs, stopping, killing and resuming.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::support::{Ran, run};

/// A folder with `count` pairs of documents in `ar` and `en`.
fn collection(count: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for side in ["ar", "en"] {
        fs::create_dir(folder.path().join(side)).unwrap();
    }
    for i in 0..count {
        let (day, files) = (i % 28 + 1, i + 10);
        let arabic =
            format!("التقى الوزيران في {day} مايو.\nناقش الوفدان {files} ملفا.\nانتهى اللقاء في بغداد.\n");
        let english = format!(
            "The ministers met on {day} May.\nThe delegations discussed {files} files.\nThe meeting ended in Baghdad.\n"
        );
        fs::write(folder.path().join(format!("ar/{i:03}.ar.txt")), arabic).unwrap();
        fs::write(folder.path().join(format!("en/{i:03}.en.txt")), english).unwrap();
    }
    folder
}

/// So many pairs that a signal sent after the first of them comes before the last, however busy the machine.
const MANY: usize = 150;

const RUN: [&str; 9] =
    ["batch", "ar", "en", "--creation-date", "2024-07-23", "--jobs", "2", "--json-progress", "--output"];

fn batch(folder: &Path, out: &str, more: &[&str]) -> Ran {
    run(folder, &[&RUN[..], &[out], more].concat())
}

fn start(folder: &Path, out: &str, more: &[&str]) -> Child {
    crate::support::plain()
        .current_dir(folder)
        .args(RUN)
        .arg(out)
        .args(more)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Reads lines of progress until `count` pairs are done.
fn wait_for(child: &mut Child, count: usize) -> BufReader<std::process::ChildStderr> {
    let mut progress = BufReader::new(child.stderr.take().unwrap());
    for _ in 0..count {
        let mut line = String::new();
        assert!(progress.read_line(&mut line).unwrap() > 0, "it ended early");
        assert!(line.starts_with('{'), "{line}");
    }
    progress
}

/// The files of translation memories and their bytes.
fn written(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let memories = files.filter(|path| path.extension().is_some_and(|e| e == "tmx"));
    memories.map(|p| (p.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&p).unwrap())).collect()
}

/// Id and status of each row of the report.
fn statuses(folder: &Path) -> BTreeMap<String, String> {
    let report = fs::read_to_string(folder.join("report.tsv")).unwrap();
    let rows = report.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|cells| (cells[0].to_owned(), cells[1].to_owned())).collect()
}

fn count(statuses: &BTreeMap<String, String>, status: &str) -> usize {
    statuses.values().filter(|s| *s == status).count()
}

#[test]
fn a_bad_pair_stops_nothing_and_is_listed_with_its_reason() {
    let folder = collection(6);
    fs::write(folder.path().join("ar/002.ar.txt"), "").unwrap();
    fs::write(folder.path().join("en/004.en.txt"), b"\x7fELF\x02\x01\x01\0\0\0\0").unwrap();
    fs::write(folder.path().join("en/alone.en.txt"), "Alone.\n").unwrap();
    let Ran { code, out, err } = batch(folder.path(), "out", &[]);
    assert_eq!((code, &*out), (1, ""), "{err}");
    for part in [
        "002: ",
        "ar.txt is empty",
        "004: ",
        "alone.en.txt has no counterpart",
        "4 document pairs, 0 unchanged, 2 failed",
    ] {
        assert!(err.contains(part), "{part} is missing in\n{err}");
    }
    let out = folder.path().join("out");
    assert_eq!(written(&out).keys().collect::<Vec<_>>(), ["000.tmx", "001.tmx", "003.tmx", "005.tmx"]);
    assert_eq!(count(&statuses(&out), "failed"), 2);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("Document pairs that failed") && page.contains("<svg"));
    // The same as one pair alone.
    let alone = ["align", "ar/003.ar.txt", "en/003.en.txt", "-o", "3.tmx", "--creation-date", "2024-07-23"];
    assert_eq!(run(folder.path(), &alone).code, 0);
    assert_eq!(written(&out)["003.tmx"], fs::read(folder.path().join("3.tmx")).unwrap());
}

#[test]
fn a_manifest_names_outputs_formats_and_options() {
    let folder = collection(3);
    let manifest = "id\tsource\ttarget\toutput\toptions\n\
        one\tar/000.ar.txt\ten/000.en.txt\t\t{\"monotone\": true}\n\
        two\tar/001.ar.txt\ten/001.en.txt\tdeep/er/two.beads\t\n\
        bad\tar/002.ar.txt\t\t\t\n\
        gone\tar/9.txt\ten/9.txt\t\t\n";
    fs::create_dir(folder.path().join("lists")).unwrap();
    fs::write(folder.path().join("lists/m.tsv"), manifest.replace("ar/", "../ar/").replace("en/", "../en/"))
        .unwrap();
    let ran = run(folder.path(), &["batch", "lists/m.tsv", "-o", "out", "--format", "tsv"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let out = folder.path().join("out");
    assert!(fs::read_to_string(out.join("one.tsv")).unwrap().contains("The ministers met on 1 May."));
    assert_eq!(fs::read_to_string(out.join("deep/er/two.beads")).unwrap(), "0\t0\n1\t1\n2\t2\n");
    assert!(ran.err.contains("bad: the row names no target"), "{}", ran.err);
    assert!(ran.err.contains("gone: "), "{}", ran.err);
    let lines = fs::read_to_string(out.join("report.tsv")).unwrap();
    let ids: Vec<&str> = lines.lines().skip(1).map(|l| l.split('\t').next().unwrap()).collect();
    assert_eq!(ids, ["one", "two", "bad", "gone"]);
}

#[test]
fn what_cannot_be_begun_is_an_error() {
    let folder = collection(1);
    fs::write(folder.path().join("m.tsv"), "source\ttarget\tlangs\n").unwrap();
    fs::write(folder.path().join("empty.tsv"), "# nothing\n").unwrap();
    let refused = |arguments: &[&str]| {
        let ran = run(folder.path(), &[&["batch", "-o", "out"], arguments].concat());
        assert_eq!(ran.code, 2, "{}", ran.err);
        ran.err
    };
    assert!(refused(&["m.tsv"]).contains("a column `langs`"));
    assert!(refused(&["empty.tsv"]).contains("there is no document pair"));
    assert!(refused(&["ar"]).contains("there is no second one"));
    assert!(refused(&["nowhere.tsv"]).contains("nowhere.tsv"));
    assert!(refused(&["ar", "en", "--timeout=-1"]).contains("not a number of seconds"));
    fs::create_dir(folder.path().join("out")).unwrap();
    fs::write(folder.path().join("out/muqabala-batch.state"), "something else\n").unwrap();
    assert!(refused(&["ar", "en"]).contains("is not a state file"));
}

#[test]
fn killed_and_resumed_it_writes_the_same_bytes() {
    let folder = collection(MANY);
    assert_eq!(batch(folder.path(), "whole", &[]).code, 0);
    let expected = written(&folder.path().join("whole"));
    assert_eq!(expected.len(), MANY);
    let mut killed = start(folder.path(), "cut", &[]);
    let _progress = wait_for(&mut killed, 7);
    killed.kill().unwrap();
    killed.wait().unwrap();
    let out = folder.path().join("cut");
    assert!(!out.join("report.tsv").exists());
    // A part of a line, as a kill at a worse moment leaves it.
    let state = out.join("muqabala-batch.state");
    let mut noted = fs::read(&state).unwrap();
    noted.extend_from_slice(b"{\"id\":\"02");
    fs::write(&state, noted).unwrap();
    let resumed = batch(folder.path(), "cut", &["--resume"]);
    assert_eq!(resumed.code, 0, "{}", resumed.err);
    assert!(written(&out) == expected, "the bytes differ");
    let statuses = statuses(&out);
    assert!(count(&statuses, "unchanged") >= 7, "{statuses:?}");
    assert!(count(&statuses, "done") >= 1, "{statuses:?}");
    let leftovers: Vec<_> = fs::read_dir(&out).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(leftovers.len(), MANY + 3, "{leftovers:?}");
}

#[test]
fn resuming_goes_by_content_and_options_not_by_time() {
    let folder = collection(5);
    assert_eq!(batch(folder.path(), "out", &[]).code, 0);
    let out = folder.path().join("out");
    let again = |more: &[&str]| {
        assert_eq!(batch(folder.path(), "out", &[&["--resume"], more].concat()).code, 0);
        let done = statuses(&out).into_iter().filter(|(_, status)| status == "done");
        done.map(|(id, _)| id).collect::<Vec<_>>()
    };
    // Touched, but the same.
    let first = folder.path().join("ar/000.ar.txt");
    fs::write(&first, fs::read(&first).unwrap()).unwrap();
    assert_eq!(again(&[]), Vec::<String>::new());
    // Changed, lost, damaged.
    fs::write(&first, "التقى الوزيران في 9 مايو.\n").unwrap();
    fs::remove_file(out.join("002.tmx")).unwrap();
    fs::write(out.join("003.tmx"), "<tmx").unwrap();
    assert_eq!(again(&[]), ["000", "002", "003"]);
    assert_eq!(again(&[]), Vec::<String>::new());
    // Other options.
    assert_eq!(again(&["--without", "words"]).len(), 5);
    assert_eq!(again(&["--duplicates", "all", "--without", "words"]).len(), 5);
    let lexicon = folder.path().join("words.tsv");
    fs::write(&lexicon, "ملف\tfile\n").unwrap();
    let with = ["--lexicon", "words.tsv"];
    assert_eq!(again(&with).len(), 5);
    assert_eq!(again(&with).len(), 0);
    fs::write(&lexicon, "ملف\tfile\nوزير\tminister\n").unwrap();
    assert_eq!(again(&with).len(), 5);
}

#[test]
fn words_learnt_from_all_pairs_are_used_for_each() {
    let folder = collection(12);
    let learning = ["--learn-together", "--no-builtin-lexicon"];
    let ran = batch(folder.path(), "out", &learning);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("word pairs from 12 document pairs with 72 segments\n"), "{}", ran.err);
    let out = folder.path().join("out");
    let learnt = fs::read_to_string(out.join("learnt.tsv")).unwrap();
    assert!(learnt.lines().nth(1) == Some("# words of ar en"), "{learnt}");
    assert!(learnt.contains("الوفدان\tdelegations\t"), "{learnt}");
    let resumed = batch(folder.path(), "out", &[&learning[..], &["--resume"]].concat());
    assert!(resumed.err.contains("with 72 segments, earlier"), "{}", resumed.err);
    assert_eq!(count(&statuses(&out), "unchanged"), 12);
    // Without what was learnt the results are others, and what was learnt from is part of what is compared.
    assert_eq!(batch(folder.path(), "alone", &["--no-builtin-lexicon"]).code, 0);
    assert!(written(&folder.path().join("alone")) != written(&out));
    fs::write(folder.path().join("ar/005.ar.txt"), "التقى الوزيران في 6 مايو.\nناقش الوفدان 15 ملفا.\n")
        .unwrap();
    assert_eq!(batch(folder.path(), "out", &[&learning[..], &["--resume"]].concat()).code, 0);
    assert_eq!(count(&statuses(&out), "done"), 12);
}

#[test]
fn a_time_limit_costs_the_pair_that_exceeds_it() {
    let folder = collection(3);
    let ran = batch(folder.path(), "out", &["--timeout", "0.001"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.err.matches("it took longer than 0.001 s").count(), 6, "{}", ran.err);
    assert_eq!(count(&statuses(&folder.path().join("out")), "failed"), 3);
    assert_eq!(batch(folder.path(), "out", &["--resume", "--timeout", "100"]).code, 0);
    assert_eq!(written(&folder.path().join("out")).len(), 3);
}

#[cfg(unix)]
fn send(signal: &str, process: u32) {
    let sent = Command::new("kill").args([signal, &process.to_string()]).status().unwrap();
    assert!(sent.success());
}

#[cfg(unix)]
#[test]
fn an_interrupt_lets_the_pairs_under_way_be_finished() {
    let folder = collection(MANY);
    assert_eq!(batch(folder.path(), "whole", &[]).code, 0);
    let mut child = start(folder.path(), "cut", &[]);
    let mut progress = wait_for(&mut child, 5);
    send("-INT", child.id());
    let mut rest = String::new();
    progress.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{rest}");
    assert!(rest.contains("with --resume to go on"), "{rest}");
    let out = folder.path().join("cut");
    let stopped = statuses(&out);
    assert!(count(&stopped, "not-done") > 0 && count(&stopped, "failed") == 0, "{stopped:?}");
    assert_eq!(batch(folder.path(), "cut", &["--resume"]).code, 0);
    assert_eq!(count(&statuses(&out), "unchanged"), count(&stopped, "done"));
    assert!(written(&out) == written(&folder.path().join("whole")));
}

#[cfg(target_os = "linux")]
#[test]
fn a_worker_that_dies_costs_its_pair_alone() {
    let folder = collection(MANY);
    let mut child = start(folder.path(), "out", &[]);
    let mut progress = wait_for(&mut child, 3);
    let id = child.id();
    // Workers are started by threads; each thread lists its own.
    let tasks = fs::read_dir(format!("/proc/{id}/task")).unwrap();
    let lists = tasks.filter_map(|t| fs::read_to_string(t.unwrap().path().join("children")).ok());
    let workers: String = lists.collect::<Vec<_>>().join(" ");
    send("-KILL", workers.split_whitespace().next().expect("there is a worker").parse().unwrap());
    let mut rest = String::new();
    progress.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1), "{rest}");
    assert_eq!(rest.matches("warning: ").count(), 1, "{rest}");
    assert!(rest.contains("the aligner ended unexpectedly (signal: 9"), "{rest}");
    assert_eq!(count(&statuses(&folder.path().join("out")), "done"), MANY - 1);
}

#[test]
fn pairs_less_sure_than_asked_for_are_left_out_and_asking_otherwise_aligns_again() {
    let folder = collection(2);
    let path = folder.path();
    fs::write(path.join("ar/001.ar.txt"), "لم يحضر الطبيب أمس إلى العيادة.\n").unwrap();
    fs::write(path.join("en/001.en.txt"), "Cows and sheep eat green grass in the fields.\n").unwrap();
    let units = |out: &str| -> Vec<usize> {
        let files = written(&path.join(out));
        files.values().map(|memory| String::from_utf8_lossy(memory).matches("<tu ").count()).collect()
    };
    let all = batch(path, "all", &[]);
    assert!(!all.err.contains("left out"), "{}", all.err);
    assert_eq!(units("all"), [3, 1]);
    let sure = batch(path, "sure", &["--min-confidence", "0.8"]);
    assert_eq!(sure.code, 0, "{}", sure.err);
    let kept = units("sure");
    assert!(kept[0] >= 2 && kept[1] == 0, "{kept:?}");
    let left_out = 4 - kept.iter().sum::<usize>();
    let told =
        format!("left out  {left_out} pair{} less sure than 0.8", if left_out == 1 { "" } else { "s" });
    assert!(sure.err.contains(&told), "{}", sure.err);
    // What was finished counts for the same limit alone.
    let again = batch(path, "sure", &["--min-confidence", "0.8", "--resume"]);
    assert!(again.err.contains("2 unchanged") && again.err.contains(&told), "{}", again.err);
    let other = batch(path, "sure", &["--min-confidence", "0", "--resume"]);
    assert!(other.err.contains("0 unchanged"), "{}", other.err);
    assert_eq!(units("sure"), [3, 1]);
}

#[test]
fn documents_with_both_languages_are_taken_apart() {
    let folder = collection(2);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("both")).unwrap();
    for name in ["000", "001"] {
        let sides = [("ar", "ar"), ("en", "en")]
            .map(|(a, b)| fs::read_to_string(at(&format!("{a}/{name}.{b}.txt"))).unwrap());
        let turns: String =
            sides[0].lines().zip(sides[1].lines()).map(|(ar, en)| format!("{ar}\n{en}\n")).collect();
        fs::write(at(&format!("both/{name}.txt")), turns).unwrap();
    }
    let odd = fs::read_to_string(at("both/001.txt")).unwrap() + "كلمة and word كلمة mixed هنا\n";
    fs::write(at("both/001.txt"), odd).unwrap();
    fs::write(at("both/one.txt"), "Only one language.\nIn all of its lines.\n").unwrap();
    let ran =
        run(folder.path(), &["batch", "both", "--interleaved", "-o", "out", "--creation-date", "2024-07-23"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("one.txt: two languages in turn could not be found in it"), "{}", ran.err);
    assert!(ran.err.contains("left out  1 piece of which the language could not be told"), "{}", ran.err);
    let report = fs::read_to_string(at("out/report.tsv")).unwrap();
    let odd: Vec<&str> = report.lines().find(|line| line.starts_with("001\t")).unwrap().split('\t').collect();
    assert_eq!((odd[1], odd[11], odd[16]), ("done", "text-left-out", "1"), "{report}");
    // The same as of the two documents.
    let ran = batch(folder.path(), "two", &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(written(&at("out"))["000.tmx"], written(&at("two"))["000.tmx"]);
    // A manifest has such documents among others, and what has not changed is not aligned again.
    fs::write(
        at("pairs.tsv"),
        "id\tsource\ttarget\tinterleaved\na\tar/000.ar.txt\ten/000.en.txt\t\nb\t\t\tboth/000.txt\n",
    )
    .unwrap();
    for (done, unchanged) in [(2, 0), (0, 2)] {
        let ran = run(
            folder.path(),
            &["batch", "pairs.tsv", "--resume", "-o", "list", "--creation-date", "2024-07-23"],
        );
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(
            (count(&statuses(&at("list")), "done"), count(&statuses(&at("list")), "unchanged")),
            (done, unchanged)
        );
    }
    assert_eq!(written(&at("list"))["a.tmx"], written(&at("list"))["b.tmx"]);
    let ran = run(folder.path(), &["batch", "pairs.tsv", "--interleaved", "-o", "no"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("a manifest names such documents in a column `interleaved`"), "{}", ran.err);
}

#[test]
fn what_reading_warns_of_stands_in_the_report() {
    let folder = collection(2);
    // UTF-8 that was read as Windows-1252 and saved so.
    let arabic = fs::read(folder.path().join("ar/001.ar.txt")).unwrap();
    let twice: String = encoding_rs::WINDOWS_1252.decode(&arabic).0.into_owned();
    fs::write(folder.path().join("ar/001.ar.txt"), twice).unwrap();
    for again in [false, true] {
        let ran = batch(folder.path(), "out", if again { &["--resume"] } else { &[] });
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.err.contains("warned    of 1 document pair when they were read"), "{}", ran.err);
        let report = fs::read_to_string(folder.path().join("out/report.tsv")).unwrap();
        let last =
            |id: &str| report.lines().find(|l| l.starts_with(id)).unwrap().split('\t').nth(17).unwrap();
        assert_eq!(last("000"), "");
        let told = last("001");
        assert!(
            told.contains("001.ar.txt: the text seems to be") && told.contains("--repair-encoding"),
            "{told}"
        );
        let page = fs::read_to_string(folder.path().join("out/report.html")).unwrap();
        assert!(page.contains("Said when the documents were read"), "{page}");
    }
}
