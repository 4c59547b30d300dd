#![no_main]
//! The readers of tables and of pairs of files; those of a pair are parted by a zero byte.

use libfuzzer_sys::fuzz_target;
use muqabala::bitext::Sides;
use muqabala::formats::{moses, table, wordfast};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let _ = table::read(&text, table::Table::Csv);
    let _ = table::read(&text, table::Table::Tsv);
    let _ = wordfast::read(&format!("{}\n{text}", wordfast::MARK));
    let (source, target) = text.split_once('\0').unwrap_or((&text, &text));
    let _ = moses::read(Sides::new(source, target));
});
