#![no_main]
//! The reader of translation memories.

use libfuzzer_sys::fuzz_target;
use muqabala::tmx::{Inline, TmxReader};

fuzz_target!(|data: &[u8]| {
    for inline in [Inline::Flatten, Inline::Keep] {
        let Ok(reader) = TmxReader::new(data, inline) else { return };
        // An error may be followed by more; none may be followed by errors without end.
        assert!(reader.take(data.len() + 2).count() <= data.len() + 1);
    }
});
