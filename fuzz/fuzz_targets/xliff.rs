#![no_main]
//! The readers of XLIFF 1.x and 2.x and of TMX as it is imported.

use libfuzzer_sys::fuzz_target;
use muqabala::formats::{tmx, xliff};

fuzz_target!(|data: &[u8]| {
    let _ = xliff::read(data);
    let _ = tmx::read(data);
});
