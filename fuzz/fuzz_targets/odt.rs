#![no_main]
//! The reader of OpenDocument: the bytes are its content.

use libfuzzer_sys::fuzz_target;
use muqabala::read::Format;
use muqabala_fuzz::{container, read_as};

fuzz_target!(|data: &[u8]| read_as(Format::Odt, &container(&[("content.xml", data)])));
