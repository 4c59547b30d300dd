//! Paths that lead to what is no file: pipes, sockets, folders, open files of a process. Nothing of it is replaced or
//! waited for where a file is needed; where a stream will do, it is read or written as it stands.
//!
//! All of it stands in folders of the tests' own.

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::support::{Ran, plain, program, run};

/// A folder with two documents, a project of them, and a pipe called `pipe`.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("ar.txt", "واحد.\nاثنان.\n"), ("en.txt", "One.\nTwo.\n")] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let ran = run(folder.path(), &["align", "ar.txt", "en.txt", "--save", "p.muq", "-o", "t.tsv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    pipe(folder.path(), "pipe");
    folder
}

fn pipe(folder: &Path, name: &str) {
    assert!(Command::new("mkfifo").arg(folder.join(name)).status().unwrap().success());
}

fn is_pipe(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_fifo())
}

/// Runs the program, which must not wait: it is ended after a while, by a signal, which fails the test.
fn soon(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = program();
    command.current_dir(folder).args(arguments).timeout(std::time::Duration::from_mins(1));
    let out = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let code = out.status.code().unwrap_or_else(|| panic!("{arguments:?} waited"));
    Ran { code, out: text(out.stdout), err: text(out.stderr) }
}

/// Runs a shell script in `folder`; `$P` is the program.
fn script(folder: &Path, script: &str) -> Ran {
    let program = plain();
    let mut command = Command::new("sh");
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let out = command
        .args(["-c", script])
        .env("P", program.get_program())
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: out.status.code().unwrap(), out: text(out.stdout), err: text(out.stderr) }
}

#[test]
fn an_index_is_made_in_the_place_of_nothing_else() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let _socket = UnixListener::bind(at("socket")).unwrap();
    fs::create_dir(at("below")).unwrap();
    fs::write(at("empty"), "").unwrap();
    fs::write(at("head"), [b"SQLite format 3\0".as_slice(), &[0; 84]].concat()).unwrap();
    // Bytes that say `MUQS` where an index does, in what is no database.
    let mut note = vec![b'.'; 100];
    note[68..72].copy_from_slice(b"MUQS");
    fs::write(at("note"), &note).unwrap();
    for name in ["pipe", "socket", "below", "empty", "head", "note", "p.muq"] {
        let kind = fs::metadata(at(name)).unwrap().file_type();
        let before = kind.is_file().then(|| fs::read(at(name)).unwrap());
        for more in [["one"].as_slice(), &["--forget"]] {
            let arguments = [["search", "--folder", ".", "--index", name].as_slice(), more].concat();
            let ran = soon(folder.path(), &arguments);
            assert_eq!(ran.code, 2, "{arguments:?}: {}", ran.err);
            assert!(
                ran.err.contains("is no index of muqabala; it is left alone"),
                "{arguments:?}: {}",
                ran.err
            );
            assert!(fs::metadata(at(name)).unwrap().file_type() == kind, "{name} is what it was");
            assert_eq!(kind.is_file().then(|| fs::read(at(name)).unwrap()), before);
            assert!(!at(&format!("{name}-lock")).exists(), "nothing is left beside {name}");
        }
    }
    // Nor does its lock stand in the place of anything, or its journal.
    for (index, other) in [("i", "i-lock"), ("j", "j-wal")] {
        if index == "j" {
            assert_eq!(soon(folder.path(), &["search", "one", "--folder", ".", "--index", index]).code, 0);
            fs::write(at(index), &fs::read(at(index)).unwrap()[..100]).unwrap();
            let _ = fs::remove_file(at(other));
        }
        pipe(folder.path(), other);
        let ran = soon(folder.path(), &["search", "--forget", "--folder", ".", "--index", index]);
        let tried = soon(folder.path(), &["search", "one", "--folder", ".", "--index", index]);
        assert!(is_pipe(&at(other)), "{other}: {} {}", ran.err, tried.err);
        assert_eq!(tried.code, 2, "{}", tried.err);
    }
    // One that was begun and not finished is empty beside its lock.
    fs::write(at("begun"), "").unwrap();
    fs::write(at("begun-lock"), "").unwrap();
    let ran = soon(folder.path(), &["search", "one", "--folder", ".", "--index", "begun"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn a_project_is_a_file_and_so_is_its_lock() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    for arguments in [
        ["status", "pipe"].as_slice(),
        &["history", "pipe"],
        &["export", "pipe", "-o", "x.tsv"],
        &["realign", "pipe"],
        &["merge", "pipe", "p.muq"],
        &["merge", "p.muq", "pipe"],
        &["compare", "p.muq", "pipe"],
        &["update", "pipe", "--target", "en.txt"],
    ] {
        let ran = soon(folder.path(), arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains("device or a pipe, not a file"), "{arguments:?}: {}", ran.err);
        assert!(is_pipe(&at("pipe")) && !at("pipe.lock").exists(), "{arguments:?}");
    }
    pipe(folder.path(), "p.muq.lock");
    let ran = soon(folder.path(), &["realign", "p.muq"]);
    assert_eq!(ran.code, 2, "{}", ran.err);
    assert!(is_pipe(&at("p.muq.lock")), "{}", ran.err);
    fs::remove_file(at("p.muq.lock")).unwrap();
    // A file of the user's by the name of the lock is neither written to nor removed.
    fs::write(at("p.muq.lock"), "my notes").unwrap();
    let ran = soon(folder.path(), &["realign", "p.muq"]);
    assert!(ran.code == 2 && ran.err.contains("it is no lock of muqabala; move it away"), "{}", ran.err);
    assert_eq!(fs::read_to_string(at("p.muq.lock")).unwrap(), "my notes");
    // One that a killed process left stops nobody.
    fs::write(at("p.muq.lock"), "process 1, http://127.0.0.1:1/").unwrap();
    assert_eq!(soon(folder.path(), &["realign", "p.muq"]).code, 0);
    assert!(!at("p.muq.lock").exists());
    // Nor is a log beside a new project anything but a file.
    pipe(folder.path(), "new.muq-wal");
    let ran = soon(folder.path(), &["align", "ar.txt", "en.txt", "--save", "new.muq"]);
    assert!(ran.code == 2 && is_pipe(&at("new.muq-wal")), "{}", ran.err);
}

#[test]
fn documents_and_lexicons_come_through_a_pipe_where_they_are_read_once() {
    let folder = folder();
    let ran = script(
        folder.path(),
        "cat ar.txt > pipe & \"$P\" align pipe en.txt --source-lang ar --format tsv -o piped.tsv --quiet; wait
         \"$P\" align ar.txt en.txt --format tsv -o plain.tsv --quiet && cmp piped.tsv plain.tsv && echo same",
    );
    assert_eq!(ran.out, "same\n", "{}", ran.err);
    // A run over many pairs reads everything more than once.
    for (option, value) in [("--lexicon", "pipe"), ("--srx", "pipe"), ("--lexicon", "-")] {
        let ran = soon(folder.path(), &["batch", "list.tsv", "-o", "out", option, value]);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains(&format!("{value} can be read only once")), "{}", ran.err);
    }
    fs::write(folder.path().join("list.tsv"), "pipe\ten.txt\nar.txt\ten.txt\n").unwrap();
    let ran = soon(folder.path(), &["batch", "list.tsv", "-o", "out"]);
    assert!(ran.code == 1 && ran.err.contains("pipe is a device or a pipe, not a file"), "{}", ran.err);
    let ran = soon(folder.path(), &["batch", "list.tsv", "-o", "out", "--state", "pipe"]);
    assert!(ran.code == 2 && ran.err.contains("pipe: it is not a file"), "{}", ran.err);
    let ran = soon(folder.path(), &["tmx", "diff", "pipe", "pipe"]);
    assert!(ran.code == 2 && ran.err.contains("cannot be read twice"), "{}", ran.err);
    assert!(is_pipe(&folder.path().join("pipe")));
}

#[test]
fn results_go_into_a_pipe_or_an_open_file_as_they_stand() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let plain = run(folder.path(), &["align", "ar.txt", "en.txt", "--format", "tsv"]).out;
    // Standard output is a file that others write to, before and after.
    let ran = script(
        folder.path(),
        "{ echo before; \"$P\" align ar.txt en.txt --format tsv -o /dev/stdout; echo after; } > all.txt
         ln -s /dev/stdout link; { echo before; \"$P\" align ar.txt en.txt --format tsv -o link; echo after; } > two.txt
         echo before > three.txt; \"$P\" align ar.txt en.txt --format tsv -o /dev/fd/3 3>> three.txt; echo after >> three.txt
         \"$P\" align ar.txt en.txt --format tsv -o /dev/stdout | cat > four.txt",
    );
    assert!(!ran.err.contains("replaced") && ran.err.contains("written"), "{}", ran.err);
    let whole = format!("before\n{plain}after\n");
    for name in ["all.txt", "two.txt", "three.txt"] {
        assert_eq!(fs::read_to_string(at(name)).unwrap(), whole, "{name}: {}", ran.err);
    }
    assert_eq!(fs::read_to_string(at("four.txt")).unwrap(), plain);
    assert!(fs::symlink_metadata(at("link")).unwrap().is_symlink());
    // A pipe gets them too, and stays one.
    let reader = std::thread::spawn({
        let path = at("pipe");
        move || {
            let mut read = String::new();
            File::open(path).unwrap().read_to_string(&mut read).unwrap();
            read
        }
    });
    let ran = soon(folder.path(), &["align", "ar.txt", "en.txt", "--format", "tsv", "-o", "pipe"]);
    assert_eq!((ran.code, reader.join().unwrap()), (0, plain), "{}", ran.err);
    assert!(is_pipe(&at("pipe")));
    // A project is made in the place of nothing.
    let ran = soon(folder.path(), &["align", "ar.txt", "en.txt", "--save", "pipe"]);
    assert!(ran.code == 2 && ran.err.contains("pipe exists already"), "{}", ran.err);
}
