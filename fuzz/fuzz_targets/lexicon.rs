#![no_main]
//! The reader of lexicons: word lists, hunalign's `.dic`, TBX and TMX.

use libfuzzer_sys::fuzz_target;
use muqabala::lexicon;

fuzz_target!(|data: &[u8]| {
    let _ = lexicon::import(data);
    let _ = lexicon::tmx_units(data, &mut Vec::new());
});
