#![no_main]
//! The reader of XLSX: the bytes are its strings and a sheet, parted by a zero byte.

use libfuzzer_sys::fuzz_target;
use muqabala::read::Format;
use muqabala_fuzz::{container, read_as};

const BOOK: &[u8] = br#"<w><sheet r:id="s"/></w>"#;
const RELATIONS: &[u8] = br#"<r><Relationship Id="s" Type="x/worksheet" Target="s.xml"/><Relationship Id="t" Type="x/sharedStrings" Target="t.xml"/></r>"#;

fuzz_target!(|data: &[u8]| {
    let mut parts = data.splitn(2, |b| *b == 0);
    let sheet = parts.next().unwrap_or_default();
    let strings = parts.next().unwrap_or(b"<sst><si><t>x</t></si></sst>");
    let parts =
        [("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", RELATIONS), ("xl/s.xml", sheet), ("xl/t.xml", strings)];
    read_as(Format::Xlsx, &container(&parts));
});
