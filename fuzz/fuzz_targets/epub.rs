#![no_main]
//! The reader of EPUB: the bytes are a page, or, after a zero byte, the package document.

use libfuzzer_sys::fuzz_target;
use muqabala::read::Format;
use muqabala_fuzz::{container, read_as};

const ROOT: &[u8] = br#"<c><rootfile full-path="b.opf"/></c>"#;
const BOOK: &[u8] = br#"<p><item id="p" href="p.xhtml" media-type="application/xhtml+xml"/><itemref idref="p"/></p>"#;

fuzz_target!(|data: &[u8]| {
    let (page, book) = match data {
        [0, book @ ..] => (&b"<html/>"[..], book),
        page => (page, BOOK),
    };
    let parts = [("META-INF/container.xml", ROOT), ("b.opf", book), ("p.xhtml", page)];
    read_as(Format::Epub, &container(&parts));
});
