#![no_main]
//! The reader of plain.

use libfuzzer_sys::fuzz_target;
use muqabala::read::Format;
use muqabala_fuzz::read_as;

fuzz_target!(|data: &[u8]| read_as(Format::Text, data));
