#![no_main]
//! The reader of segmentation rules.

use libfuzzer_sys::fuzz_target;
use muqabala::segment::{OnUntranslatable, read_srx};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        let _ = read_srx(text, OnUntranslatable::LeaveOut);
    }
});
