#![no_main]
//! The reader of DOCX: the bytes are its document, its styles and its footnotes, parted by a zero byte.

use libfuzzer_sys::fuzz_target;
use muqabala::read::Format;
use muqabala_fuzz::{container, read_as};

const RELATIONS: &[u8] = br#"<r><Relationship Id="1" Type="x/styles" Target="styles.xml"/><Relationship Id="2" Type="x/footnotes" Target="footnotes.xml"/></r>"#;

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(3, |b| *b == 0);
    let mut next = || parts.next().unwrap_or_default();
    let (document, styles, footnotes) = (next(), next(), next());
    let bytes = container(&[
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", RELATIONS),
        ("word/styles.xml", if styles.is_empty() { b"<styles/>" } else { styles }),
        ("word/footnotes.xml", if footnotes.is_empty() { b"<footnotes/>" } else { footnotes }),
    ]);
    read_as(Format::Docx, &bytes);
});
