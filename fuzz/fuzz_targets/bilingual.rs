#![no_main]
//! The readers of files with two languages: each is given the same bytes.

use libfuzzer_sys::fuzz_target;
use muqabala::bitext::Sides;
use muqabala::formats::{ces, docx, moses, po, table, xliff};

fuzz_target!(|data: &[u8]| {
    let _ = xliff::read(data);
    let _ = ces::read_links(data);
    let _ = ces::read_document(data);
    let _ = docx::read(data);
    let text = String::from_utf8_lossy(data);
    let _ = po::read(&text);
    let _ = table::read(&text, table::Table::Csv);
    let _ = table::read(&text, table::Table::Tsv);
    let _ = moses::read(Sides::new(&text, &text));
});
