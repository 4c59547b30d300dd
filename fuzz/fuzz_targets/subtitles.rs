#![no_main]
//! The reader of subtitles.

use libfuzzer_sys::fuzz_target;
use muqabala::read::Format;
use muqabala_fuzz::read_as;

fuzz_target!(|data: &[u8]| {
    read_as(Format::Srt, data);
    read_as(Format::Vtt, data);
    read_as(Format::Sbv, data);
    read_as(Format::Ass, data);
});
