#![no_main]
//! The readers of cesAlign: of links, and of the documents that they link.

use libfuzzer_sys::fuzz_target;
use muqabala::formats::ces;

fuzz_target!(|data: &[u8]| {
    let _ = ces::read_links(data);
    let _ = ces::read_document(data);
});
