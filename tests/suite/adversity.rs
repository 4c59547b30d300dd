//! When the world fails: a full disk, a folder that cannot be written, files that vanish, a clock that goes back,
//! interrupts. Each time a clear word, nothing half under its final name, and nothing lost.
#![cfg(target_os = "linux")]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use muqabala::project::{ProjectFile, store};
use serde_json::json;
use tempfile::TempDir;

use crate::support::workbench::Server;
use crate::support::{Ran, program, run};

const PROGRAM: &str = env!("CARGO_BIN_EXE_muqabala");
const NO_SPACE: [&str; 2] = ["o space left on device", "hint: free some space"];

/// A folder with the statement, its memory and its project.
fn statement() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024");
    for name in ["ar.txt", "en.txt"] {
        fs::copy(corpus.join(name), folder.path().join(name)).unwrap();
    }
    fs::write(folder.path().join("pairs.tsv"), "ar.txt\ten.txt\n").unwrap();
    let ran = run(folder.path(), &["align", "ar.txt", "en.txt", "-o", "s.tmx", "--save", "s.muq"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    folder
}

/// The names in a folder, those that begin with a dot too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Runs a shell script in `folder` where it may mount what it likes, seen by nobody else. `$P` is the program.
/// `None` where the system does not allow that.
fn apart(folder: &Path, script: &str) -> Option<Ran> {
    let shell = |script: &str| {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", script]).env("P", PROGRAM);
        command.envs(crate::support::own_folders());
        command.env_remove("SOURCE_DATE_EPOCH").current_dir(folder).output()
    };
    if !shell("mount -t tmpfs tmpfs .").is_ok_and(|out| out.status.success()) {
        // Not by eprintln!, which shows only when a test fails.
        let line = b"left out: trials with mounted folders (they need `unshare --map-root-user --mount`)\n";
        std::io::stderr().write_all(line).unwrap();
        return None;
    }
    let out = shell(script).unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Some(Ran { code: out.status.code().unwrap(), out: text(out.stdout), err: text(out.stderr) })
}

fn assert_says(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "`{part}` is missing in\n{said}");
    }
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let folder = statement();
    for (command, place) in [
        ("align ar.txt en.txt -q -o full/x.tmx", "full/x.tmx"),
        ("align ar.txt en.txt -q -o x.jsonl --save full/p.muq", "full/p.muq"),
        ("export s.muq -o full/x.docx", "full/x.docx"),
        ("tmx fix s.tmx -o full/x.tmx", "full/x.tmx"),
        ("tmx split s.tmx --units 9 -o full/part", "full/part"),
    ] {
        let script = format!(
            "mkdir -p full && mount -t tmpfs -o size=16k tmpfs full && head -c 14000 /dev/zero >full/filler
             $P {command}; code=$?; ls -A full; exit $code"
        );
        let Some(ran) = apart(folder.path(), &script) else { return };
        assert_eq!((ran.code, &*ran.out), (2, "filler\n"), "{command}: {}", ran.err);
        if place.ends_with("muq") {
            assert_says(&ran.err, &[place, "full", "hint: "]);
        } else {
            assert_says(&ran.err, &[place]);
            assert_says(&ran.err, &NO_SPACE);
        }
    }
    assert!(!folder.path().join("x.jsonl").exists(), "a run that failed wrote its other output");
}

#[test]
fn a_batch_goes_on_when_there_is_space_again() {
    let folder = statement();
    let script = "mkdir full && mount -t tmpfs -o size=16k tmpfs full && head -c 8000 /dev/zero >full/filler
        $P batch pairs.tsv -o full/out --creation-date 2024-07-23; echo first $?; find full -name '*.tmx'
        rm full/filler; mount -o remount,size=1m full
        $P batch pairs.tsv -o full/out --resume; echo second $?
        cp full/out/*.tmx resumed.tmx";
    let Some(ran) = apart(folder.path(), script) else { return };
    assert!(matches!(&*ran.out, "first 1\nsecond 0\n" | "first 2\nsecond 0\n"), "{}\n{}", ran.out, ran.err);
    assert_says(&ran.err, &["o space left on device"]);
    let whole = run(folder.path(), &["batch", "pairs.tsv", "-o", "whole", "--creation-date", "2024-07-23"]);
    assert_eq!(whole.code, 0, "{}", whole.err);
    let whole = fs::read(folder.path().join("whole/ar.tmx")).unwrap();
    assert!(fs::read(folder.path().join("resumed.tmx")).unwrap() == whole, "the bytes differ");
}

#[test]
fn a_project_on_a_full_disk_stays_as_it_was() {
    let folder = statement();
    let script = "mkdir full && mount -t tmpfs -o size=1m tmpfs full && cp s.muq full
        cat /dev/zero >full/filler 2>/dev/null
        $P status full/s.muq >before; $P realign full/s.muq; echo $?
        rm full/filler; $P status full/s.muq >after; cmp before after && $P history full/s.muq && ls -A full";
    let Some(ran) = apart(folder.path(), script) else { return };
    assert_eq!(ran.out.lines().next(), Some("2"), "{}", ran.err);
    assert_eq!(ran.out.lines().last(), Some("s.muq"), "{}\n{}", ran.out, ran.err);
    assert_says(&ran.err, &["full/s.muq", "hint: "]);
}

#[test]
fn a_limit_on_the_size_of_files_is_told() {
    let folder = statement();
    // Whether the signal that comes with it is ignored already, or would end the program.
    for trap in ["trap '' XFSZ; ", ""] {
        let script = format!("{trap}ulimit -f 4; exec {PROGRAM} align ar.txt en.txt -q -o x.tmx");
        let out = Command::new("sh")
            .args(["-c", &script])
            .envs(crate::support::own_folders())
            .current_dir(folder.path())
            .output()
            .unwrap();
        assert_eq!(out.status.code(), Some(2));
        let said = String::from_utf8(out.stderr).unwrap();
        assert_says(&said, &["x.tmx cannot be written", "hint: ", "ulimit -f"]);
        assert_eq!(names(folder.path()), ["ar.txt", "en.txt", "pairs.tsv", "s.muq", "s.tmx"]);
    }
}

#[test]
fn standard_output_that_takes_nothing_is_named() {
    let folder = statement();
    for arguments in [
        &["align", "ar.txt", "en.txt"][..],
        &["tmx", "fix", "s.tmx", "-o", "-"],
        &["export", "s.muq"],
        &["pipe"],
        &["--help"],
        &["--version"],
        &["help", "align"],
        &["review", "--help"],
        &["status", "s.muq"],
        &["completions", "bash"],
    ] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut child = crate::support::plain()
            .args(arguments)
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Those that read nothing may be gone by now.
        let _ = child
            .stdin
            .take()
            .unwrap()
            .write_all("{\"source\": \"نعم.\", \"target\": \"Yes.\"}\n".as_bytes());
        let out = child.wait_with_output().unwrap();
        assert_eq!(out.status.code(), Some(2), "{arguments:?}");
        let said = String::from_utf8(out.stderr).unwrap();
        assert_says(&said, &["standard output cannot be written"]);
        assert_says(&said, &NO_SPACE);
    }
}

#[test]
fn messages_that_nobody_reads_stop_nothing() {
    let folder = statement();
    let mut child = start(folder.path(), &["align", "ar.txt", "en.txt", "-o", "x.tmx"]);
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(folder.path().join("x.tmx").exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_told_before_any_work() {
    let folder = statement();
    fs::create_dir(folder.path().join("ro")).unwrap();
    let mount = "mount --bind ro ro && mount -o remount,bind,ro ro";
    for (command, place) in [
        ("align ar.txt en.txt -o ro/x.tmx", "ro/x.tmx"),
        ("align ar.txt en.txt -o x.tmx --save ro/p.muq", "ro/p.muq"),
        ("review ar.txt en.txt --no-open --save ro/p.muq", "ro/p.muq"),
        ("batch pairs.tsv -o ro/out", "ro/out"),
        ("tmx fix s.tmx -o ro/x.tmx", "ro/x.tmx"),
        ("demo --write-documents ro/try", "ro/try"),
        ("man ro/man", "ro/man"),
    ] {
        let Some(ran) = apart(folder.path(), &format!("{mount} && $P {command}")) else { return };
        assert_eq!((ran.code, &*ran.out), (2, ""), "{command}: {}", ran.err);
        assert_says(&ran.err, &[place, "ead-only file", "hint: you may not write there"]);
        assert!(!ran.err.contains("segments"), "work was done first: {}", ran.err);
        assert!(!ran.err.contains(".part"), "{}", ran.err);
    }
    assert!(names(&folder.path().join("ro")).is_empty());
}

#[test]
fn a_project_in_a_folder_that_cannot_be_written_is_read() {
    let folder = statement();
    fs::create_dir(folder.path().join("a % b?")).unwrap();
    let script = "cp s.muq 'a % b?' && mount --bind 'a % b?' 'a % b?' && mount -o remount,bind,ro 'a % b?'
        $P status s.muq >here; $P status 'a % b?/s.muq' >there; $P history 'a % b?/s.muq' &&
        $P export 'a % b?/s.muq' -o x.tmx && cmp here there && $P review 'a % b?/s.muq' --no-open";
    let Some(ran) = apart(folder.path(), script) else { return };
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert_says(&ran.err, &["a % b?/s.muq.lock", "ead-only file", "hint: you may not write there"]);
    assert!(folder.path().join("x.tmx").exists());
}

fn accept(bead: u64) -> serde_json::Value {
    json!({ "edit": "decide", "bead": bead, "decision": "accepted" })
}

#[test]
fn a_project_removed_while_it_is_reviewed_is_put_back_by_the_next_edit() {
    let folder = statement();
    let place = folder.path().join("work");
    fs::create_dir(&place).unwrap();
    let path = place.join("s.muq");
    fs::rename(folder.path().join("s.muq"), &path).unwrap();
    let server = Server::start(&[&path]);
    assert_eq!(server.edit(0, &accept(1)).status, 200);
    fs::remove_file(&path).unwrap();
    assert_eq!(server.edit(1, &accept(2)).status, 200);
    assert_eq!(store::read(&path).unwrap().0.counts().accepted, 2);
    // With all that belongs to it.
    for name in names(&place) {
        fs::remove_file(place.join(name)).unwrap();
    }
    assert_eq!(server.edit(2, &accept(3)).status, 200);
    assert!(ProjectFile::open(&path).is_err(), "the lock was lost");
    // Another file in its place is nobody's to overwrite.
    fs::rename(&path, place.join("aside.muq")).unwrap();
    fs::write(&path, "mine").unwrap();
    let refused = server.edit(3, &accept(4));
    assert_eq!(refused.status, 500);
    assert_says(&refused.body, &["s.muq was replaced by another file", "move that one away"]);
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    // With its folder.
    fs::remove_dir_all(&place).unwrap();
    let refused = server.edit(3, &accept(4));
    assert_eq!(refused.status, 500);
    assert_says(&refused.body, &["s.muq was removed with its folder", "make the folder again"]);
    fs::create_dir(&place).unwrap();
    assert_eq!(server.edit(3, &accept(4)).status, 200);
    drop(server);
    let file = ProjectFile::open(&path).unwrap();
    file.verify().unwrap();
    assert_eq!((file.project().counts().accepted, file.journal().revision()), (4, 4));
}

/// Starts the program with its standard input held open.
fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = crate::support::plain();
    command.args(arguments).current_dir(folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::piped()).spawn().unwrap()
}

fn interrupt(child: &Child) {
    send("-INT", child);
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next_with_a_word() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("a.txt", "واحد.\n"), ("b.txt", "One.\n"), (".muqabala-aB3xY9.part", "half")] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let ran = run(folder.path(), &["align", "a.txt", "b.txt", "-o", "c.tsv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains(".muqabala-aB3xY9.part, which a run that was killed left behind"),
        "{}",
        ran.err
    );
    assert_eq!(names(folder.path()), ["a.txt", "b.txt", "c.tsv"]);
}

/// Waits until `holds`, or fails.
fn until(what: &str, holds: impl Fn() -> bool) {
    let start = Instant::now();
    while !holds() {
        assert!(start.elapsed() < Duration::from_mins(1), "{what} did not come");
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// How a child ended, and what it said.
fn ended(mut child: Child) -> (ExitStatus, String) {
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    (child.wait().unwrap(), said)
}

#[test]
fn an_output_folder_removed_meanwhile_is_told() {
    let folder = statement();
    let out = folder.path().join("out");
    fs::create_dir(&out).unwrap();
    let mut child = start(folder.path(), &["align", "-", "en.txt", "-o", "out/x.tmx"]);
    let mut input = child.stdin.take().unwrap();
    input.write_all(&fs::read(folder.path().join("ar.txt")).unwrap()).unwrap();
    // The place was looked at before the documents were read.
    until("the listener for interrupts", || listens(&child));
    std::thread::sleep(Duration::from_millis(500));
    fs::remove_dir(&out).unwrap();
    drop(input);
    let (status, said) = ended(child);
    assert_eq!(status.code(), Some(2), "{said}");
    assert_says(&said, &["out/x.tmx cannot be written", "hint: check that the folder exists"]);
}

/// Whether a process has a handler for SIGINT.
fn listens(child: &Child) -> bool {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
    u64::from_str_radix(caught.trim(), 16).unwrap() & 0b10 != 0
}

#[test]
fn an_interrupt_leaves_no_unfinished_file() {
    let folder = statement();
    let before = names(folder.path());
    let memory = fs::read(folder.path().join("s.tmx")).unwrap();
    // Before anything is written, and in the middle of it, over a file that was there.
    let align = start(folder.path(), &["align", "-", "en.txt", "-o", "s.tmx"]);
    until("the listener for interrupts", || listens(&align));
    interrupt(&align);
    let mut fix = start(folder.path(), &["tmx", "fix", "-", "-o", "s.tmx", "--force"]);
    fix.stdin.as_mut().unwrap().write_all(&memory[..memory.len() / 2]).unwrap();
    until("the file under way", || names(folder.path()).iter().any(|name| name.contains(".part")));
    interrupt(&fix);
    for child in [align, fix] {
        let (status, said) = ended(child);
        assert_eq!(status.signal(), Some(2), "{said}");
        assert_says(&said, &["interrupted; files that were not finished are removed"]);
    }
    assert_eq!(names(folder.path()), before);
    assert!(fs::read(folder.path().join("s.tmx")).unwrap() == memory, "the file that was there has changed");
}

/// Starts the program as a person does at a terminal: it ignores no signal, whatever those do who run the tests.
fn start_by_hand(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -c 0; exec env --default-signal=INT,HUP,QUIT \"$@\"", "sh", PROGRAM]);
    command.args(arguments).envs(crate::support::own_folders()).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn send(signal: &str, child: &Child) {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn whatever_ends_it_leaves_no_unfinished_file_and_no_lock() {
    let folder = statement();
    // Logs of edits stay: what they hold is nowhere else.
    let left = || names(folder.path()).into_iter().filter(|name| !name.contains(".muq-")).collect::<Vec<_>>();
    let before = left();
    let memory = fs::read(folder.path().join("s.tmx")).unwrap();
    for (signal, number) in [("-INT", 2), ("-QUIT", 3), ("-TERM", 15), ("-HUP", 1)] {
        let mut fix = start_by_hand(folder.path(), &["tmx", "fix", "-", "-o", "t.tmx"]);
        fix.stdin.as_mut().unwrap().write_all(&memory[..memory.len() / 2]).unwrap();
        // It holds the project while it waits for the new version of a document.
        let update = start_by_hand(folder.path(), &["update", "s.muq", "--target", "-"]);
        let has = |end: &str| left().iter().any(|name| name.ends_with(end));
        until("the file under way", || has(".part"));
        until("the lock", || has("s.muq.lock"));
        for child in [fix, update] {
            send(signal, &child);
            let (status, said) = ended(child);
            assert_eq!(status.signal(), Some(number), "{said}");
            assert_says(&said, &["interrupted; files that were not finished are removed"]);
        }
        assert_eq!(left(), before, "after {signal}");
    }
    ProjectFile::open(&folder.path().join("s.muq")).unwrap().verify().unwrap();
}

#[test]
fn what_is_to_survive_its_terminal_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' HUP; exec \"$1\" pipe", "sh", PROGRAM]).envs(crate::support::own_folders());
    command.current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    for id in 1..=2 {
        writeln!(input, "{{\"id\": {id}, \"source\": \"نعم.\", \"target\": \"Yes.\"}}").unwrap();
        let mut answer = String::new();
        output.read_line(&mut answer).unwrap();
        assert!(answer.contains("\"beads\""), "{answer}");
        send("-HUP", &child);
    }
    drop(input);
    let (status, said) = ended(child);
    assert!(status.success(), "{said}");
}

#[test]
fn an_interrupted_pipe_has_written_whole_answers() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = start(folder.path(), &["pipe"]);
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut answers = String::new();
    for id in 1..=3 {
        writeln!(input, "{{\"id\": {id}, \"source\": \"نعم.\", \"target\": \"Yes.\"}}").unwrap();
        output.read_line(&mut answers).unwrap();
    }
    interrupt(&child);
    output.read_to_string(&mut answers).unwrap();
    assert_eq!(ended(child).0.signal(), Some(2));
    let ids =
        answers.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].clone());
    assert_eq!(ids.collect::<Vec<_>>(), [json!(1), json!(2), json!(3)]);
}

#[test]
fn an_interrupted_review_has_every_edit_and_leaves_one_file() {
    let folder = statement();
    let path = folder.path().join("s.muq");
    for (round, signal) in (0..).zip(crate::support::ending_signals()) {
        let edits = 3 * round..3 * (round + 1);
        let mut server = Server::start(&[&path]);
        for revision in edits.clone() {
            assert_eq!(server.edit(revision, &accept(revision + 1)).status, 200);
        }
        send(signal, &server.child);
        assert_eq!(server.child.wait().unwrap().code(), Some(0));
        assert_eq!(names(folder.path()), ["ar.txt", "en.txt", "pairs.tsv", "s.muq", "s.tmx"]);
        let file = ProjectFile::open(&path).unwrap();
        file.verify().unwrap();
        assert_eq!(file.project().counts().accepted as u64, edits.end);
    }
}

#[test]
fn a_clock_that_goes_back_changes_dates_and_nothing_else() {
    let folder = statement();
    let batch = |epoch: &str, more: &[&str]| {
        let mut command = program();
        command.env("SOURCE_DATE_EPOCH", epoch).current_dir(folder.path());
        command.args(["batch", "pairs.tsv", "-o", "out"]).args(more).assert().success();
        fs::read_to_string(folder.path().join("out/ar.tmx")).unwrap()
    };
    let first = batch("1721692800", &[]);
    assert_says(&first, &["creationdate=\"20240723T000000Z\""]);
    // What is done again after the clock went back is still part of the first run.
    fs::remove_file(folder.path().join("out/ar.tmx")).unwrap();
    assert!(batch("1000", &["--resume"]) == first, "the bytes differ");
    // A clock before 1970, or one that nobody can believe, is refused or named, never a panic.
    for epoch in ["-5", "99999999999999"] {
        let mut command = program();
        let out = command.env("SOURCE_DATE_EPOCH", epoch).current_dir(folder.path());
        let out = out.args(["export", "s.muq", "-o", "x.tmx"]).output().unwrap();
        assert_eq!(out.status.code(), Some(2));
        assert_says(&String::from_utf8(out.stderr).unwrap(), &["SOURCE_DATE_EPOCH", "hint: "]);
    }
}
