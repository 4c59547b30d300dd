#![no_main]
//! The reader of markdown.

use libfuzzer_sys::fuzz_target;
use muqabala::read::Format;
use muqabala_fuzz::read_as;

fuzz_target!(|data: &[u8]| read_as(Format::Markdown, data));
