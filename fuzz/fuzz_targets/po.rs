#![no_main]
//! The reader of PO.

use libfuzzer_sys::fuzz_target;
use muqabala::formats::po;

fuzz_target!(|data: &[u8]| {
    let _ = po::read(&String::from_utf8_lossy(data));
});
