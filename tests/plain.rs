//! The library without its features: `cargo test --no-default-features --test plain`. With them there is nothing here.
#![cfg(not(any(feature = "documents", feature = "web")))]
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]

use muqabala::export::Format;
use muqabala::read::{BilingualOptions, Input, ReadOptions, read, read_bilingual};

fn refusal(name: &str, content: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, content).unwrap();
    let alone = read(&Input::File(path.clone()), &ReadOptions::default()).map(drop);
    let both =
        read_bilingual(&Input::File(path), &ReadOptions::default(), &BilingualOptions::default()).map(drop);
    format!("{} | {}", alone.unwrap_err(), both.unwrap_err())
}

#[test]
fn texts_are_aligned_and_written_as_a_memory() {
    let (source, target) =
        ("وصل القطار في 14 تموز 2019. وغادر.", "The train arrived on July 14, 2019. It left.");
    let aligned = muqabala::align_texts(source, target, &Default::default()).unwrap();
    let mut file = Vec::new();
    aligned.write(Format::Tmx, &mut file).unwrap();
    assert_eq!(String::from_utf8(file).unwrap().matches("</tu>").count(), 2);
}

#[test]
fn what_is_left_out_is_refused_by_name() {
    let left_out = "built without its feature `documents`";
    for (name, content) in [
        ("a.docx", &b"PK\x03\x04word/document.xml"[..]),
        ("a.xlsx", b"PK\x03\x04xl/workbook.xml"),
        ("a.tmx.gz", b"\x1f\x8b\x08"),
        ("a.sdltm", b"SQLite format 3\0"),
    ] {
        let said = refusal(name, content);
        assert!(said.contains(left_out), "{said}");
    }
    for (name, content) in
        [("a.pdf", &b"%PDF-1.7"[..]), ("a.html", b"<!doctype html><p>x"), ("a.rtf", b"{\\rtf1 x}")]
    {
        let said = refusal(name, content);
        assert!(said.split(" | ").next().unwrap().contains(left_out), "{said}");
    }
    let web = read(&Input::Web("https://example.org/".to_owned()), &ReadOptions::default()).unwrap_err();
    assert_eq!(
        web.to_string(),
        "https://example.org/ cannot be fetched: this program was built without its feature `web`"
    );
    assert!(Format::from_name("tmx").is_some() && Format::from_name("xlsx").is_none());
}
