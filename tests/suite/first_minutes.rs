//! The first five minutes: no arguments, the demonstration, the look at the machine, the manual, and slips of the
//! keyboard.

use std::fs;
use std::path::Path;

use crate::support::{self, Ran, program, run};

/// The messages of a run that must fail.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let Ran { code, out, err } = run(folder, arguments);
    assert_eq!((code, &*out), (2, ""), "{err}");
    err
}

#[test]
fn without_arguments_it_says_what_to_do_next() {
    let folder = tempfile::tempdir().unwrap();
    let said = refused(folder.path(), &[]);
    assert!(!said.contains("error"), "{said}");
    for part in [
        "muqabala demo",
        "muqabala start",
        "muqabala align SOURCE TARGET -o memory.tmx",
        "muqabala doctor",
        "--help",
    ] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
}

#[test]
fn the_demonstration_is_the_alignment_of_the_statement() {
    let folder = tempfile::tempdir().unwrap();
    let demo = run(folder.path(), &["demo"]);
    assert_eq!(demo.code, 0, "{}", demo.err);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024");
    let aligned = run(&corpus, &["align", "ar.txt", "en.txt", "--source-lang", "ar", "--target-lang", "en"]);
    assert_eq!(demo.out, aligned.out);
    assert!(demo.err.contains("not the official release"), "{}", demo.err);
    // Nobody is asked where nobody could answer, and nothing is left behind.
    assert!(!demo.err.contains("[y/N]"), "{}", demo.err);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    let quiet = run(folder.path(), &["demo", "--quiet"]);
    assert_eq!((&*quiet.out, &*quiet.err), (&*demo.out, ""));
}

#[test]
fn the_documents_of_the_demonstration_can_be_had() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    assert_eq!(run(path, &["demo", "--quiet", "--write-documents", "try"]).code, 0);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/jscd-2024");
    for name in ["ar.txt", "en.txt"] {
        assert_eq!(fs::read(path.join("try").join(name)).unwrap(), fs::read(corpus.join(name)).unwrap());
    }
    let again = refused(path, &["demo", "--write-documents", "try"]);
    assert!(again.contains("exists already"), "{again}");
}

#[test]
fn the_demonstration_opens_its_review_page() {
    use std::io::{BufRead, BufReader, Read, Write};
    let folder = tempfile::tempdir().unwrap();
    let mut child = support::plain()
        .args(["demo", "--review", "--no-open", "--save", "kept.muq"])
        .current_dir(folder.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.find_map(|line| line.ok().filter(|l| l.starts_with("http://"))).unwrap();
    let host = address.trim_start_matches("http://").split('/').next().unwrap();
    let mut stream = std::net::TcpStream::connect(host).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(folder.path().join("kept.muq").is_file());
}

#[test]
fn the_doctor_names_what_is_there_and_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let bare = program().current_dir(folder.path()).env("PATH", "").arg("doctor").output().unwrap();
    let said = String::from_utf8(bare.stdout).unwrap();
    assert_eq!(bare.status.code(), Some(0), "what is absent is optional\n{said}");
    assert!(said.contains("absent   pdftotext") && said.contains("apt install poppler-utils"), "{said}");
    assert!(said.contains("absent   tesseract") && said.contains("tesseract-ocr-ara"), "{said}");
    assert!(said.contains("found    127.0.0.1"), "{said}");
    assert!(said.contains("sentence embeddings"), "{said}");

    #[cfg(unix)]
    {
        support::programs::stand_in_for_pdftotext(folder.path(), "echo pdftotext version 99.1 >&2");
        let there = program().env("PATH", folder.path()).arg("doctor").output().unwrap();
        let said = String::from_utf8(there.stdout).unwrap();
        assert!(said.contains("found    pdftotext version 99.1"), "{said}");
        let nowhere = program().env("TMPDIR", folder.path().join("none")).arg("doctor").output().unwrap();
        assert_eq!(nowhere.status.code(), Some(1), "a temporary folder is needed");
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(run(folder.path(), &["man", "pages", "--quiet"]).code, 0);
    let page = |name: &str| fs::read_to_string(folder.path().join("pages").join(name)).unwrap();
    assert!(page("muqabala-align.1").contains("law.ar.docx"), "the examples stand in the manual");
    for name in ["muqabala.1", "muqabala-demo.1", "muqabala-tmx-check.1", "muqabala-lexicon-learn.1"] {
        assert!(page(name).starts_with(".ie"), "{name} is no manual page");
    }
}

#[test]
fn what_was_probably_meant_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    for name in ["law.ar.txt", "law.en.txt", "law.muq", "law.tmx"] {
        fs::write(path.join(name), "one line\n").unwrap();
    }
    let meant = |arguments: &[&str], hint: &str| {
        let said = refused(path, arguments);
        assert!(said.contains(hint), "{arguments:?} says\n{said}");
    };
    meant(&["law.ar.txt", "law.en.txt"], "run `muqabala align law.ar.txt law.en.txt`");
    meant(&["law.ar.txt"], "`muqabala align law.ar.txt TARGET`");
    meant(&["law.muq"], "`muqabala review law.muq`");
    meant(&["law.tmx"], "`muqabala tmx check law.tmx`");
    meant(&["algn", "law.ar.txt", "law.en.txt"], "'align'");
    meant(&["align", "lwa.ar.txt", "law.en.txt"], "did you mean law.ar.txt?");
    meant(&["status", "lwa.muq"], "did you mean law.muq?");
    meant(&["align", "law.ar.txt", "law.en.txt", "--source-lang", "Arabic"], "did you mean `ar`?");
    meant(&["align", "law.ar.txt", "law.en.txt", "-o", "law.tmxx"], "did you mean `tmx`?");
    meant(&["align", "law.ar.txt", "law.en.txt", "--format", "tmz"], "'tmx'");
    meant(&["align", "law.ar.txt", "law.en.txt", "--without", "word"], "did you mean `words`?");
    meant(&["read", "law.ar.txt", "--input-format", "htm"], "did you mean `html`?");
    meant(&["tmx", "check", "law.tmx", "--tool", "omgat"], "did you mean `omegat`?");
    meant(&["tmx", "check", "law.tmx", "--without", "duplicates"], "did you mean `duplicate`?");
}

#[test]
fn what_was_meant_is_said_for_files_and_projects() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    assert_eq!(run(path, &["demo", "--quiet", "--write-documents", "."]).code, 0);
    let batch = refused(path, &["batch", "ar.txt", "en.txt", "-o", "out"]);
    assert!(batch.contains("`muqabala align ar.txt en.txt`"), "{batch}");
    fs::write(path.join("law.tmx"), "").unwrap();
    // A memory is no project, however alike the names.
    let missing = refused(path, &["status", "law.muq"]);
    assert!(missing.contains("`muqabala align SOURCE TARGET --save law.muq`"), "{missing}");
    let other = refused(path, &["review", "law.tmx", "--no-open"]);
    assert!(other.contains("`muqabala align --from MEMORY --save NAME.muq`"), "{other}");
    fs::write(path.join("laws.muq"), "").unwrap();
    let missing = refused(path, &["status", "law.muq"]);
    assert!(missing.contains("did you mean laws.muq?"), "{missing}");
}
