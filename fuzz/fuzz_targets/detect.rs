#![no_main]
//! Telling the format of any bytes, and reading them as that: damaged containers, encodings, wrong extensions.

use libfuzzer_sys::fuzz_target;
use muqabala::read::{self, BilingualFormat, ReadOptions};

fuzz_target!(|data: &[u8]| {
    // A PDF goes to another program.
    if data.windows(5).any(|w| w == b"%PDF-") {
        return;
    }
    let mut options = ReadOptions::default();
    options.max_size = 16 << 20;
    for name in ["x", "x.docx", "x.html", "x.md", "x.srt", "x.vtt"] {
        let _ = read::parse(name, data.to_vec(), &options);
        let _ = BilingualFormat::detect(name, data);
    }
});
