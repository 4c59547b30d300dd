#![no_main]
//! The reader of PPTX: the bytes are a slide.

use libfuzzer_sys::fuzz_target;
use muqabala::read::Format;
use muqabala_fuzz::{container, read_as};

const SHOW: &[u8] = br#"<p><sldId id="1" r:id="s"/></p>"#;
const RELATIONS: &[u8] = br#"<r><Relationship Id="s" Type="x/slide" Target="s.xml"/></r>"#;

fuzz_target!(|data: &[u8]| {
    let parts = [("ppt/presentation.xml", SHOW), ("ppt/_rels/presentation.xml.rels", RELATIONS), ("ppt/s.xml", data)];
    read_as(Format::Pptx, &container(&parts));
});
