#![no_main]
//! What is made of the text that `pdftotext` gives.

use libfuzzer_sys::fuzz_target;
use muqabala::read::pdf;

fuzz_target!(|data: &[u8]| {
    let _ = pdf::document(&String::from_utf8_lossy(data));
});
