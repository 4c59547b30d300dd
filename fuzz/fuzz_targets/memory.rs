#![no_main]
//! Checking and mending translation memories: each command on the same bytes; what it mends is a memory without broken places.

use std::io;

use libfuzzer_sys::fuzz_target;
use muqabala::memory::{self, CheckOptions, CleanOptions, FixOptions, Repeated, Splitter};
use muqabala::tmx::{Inline, TmxError, TmxReader};

fuzz_target!(|data: &[u8]| {
    let _ = memory::check(data, &CheckOptions::default(), |_| Ok(()));
    let _ = memory::stats(data);
    let _ = memory::clean(data, &mut io::sink(), &CleanOptions::default(), |_| {});
    let _ = memory::reverse(data, &mut io::sink(), None, |_| {});
    let _ = memory::merge([data, data], &mut io::sink(), Repeated::Once, |_, _| {});
    let _ = memory::diff(|| Ok(data), || Ok(&data[..data.len() / 2]), |_| Ok(()));
    if let Ok(mut parts) = Splitter::new(data) {
        // Each part takes a unit at least, and a unit takes bytes.
        for _ in 0..=data.len() {
            if !parts.has_more() || parts.part(1, &mut io::sink()).is_err() {
                break;
            }
        }
        assert!(!parts.has_more());
    }
    let mut mended = Vec::new();
    let Ok(report) = memory::fix(data, &mut mended, &FixOptions::default(), |_| {}) else { return };
    // What was mended is XML, and has all the units that were not left out.
    match TmxReader::new(&*mended, Inline::Keep) {
        Ok(reader) => {
            for unit in reader {
                let fine = unit.as_ref().map_or_else(|e| !matches!(e, TmxError::Xml { .. }), |_| true);
                assert!(fine, "broken after mending: {unit:?}\n{}", String::from_utf8_lossy(&mended));
            }
        }
        Err(error) => panic!("no memory after mending: {error}\n{}", String::from_utf8_lossy(&mended)),
    }
    let again = memory::fix(&*mended, &mut io::sink(), &FixOptions::default(), |_| {});
    let again = again.unwrap_or_else(|e| panic!("refused after mending: {e}"));
    assert_eq!((again.units, again.left_out), (report.units, 0), "{}", String::from_utf8_lossy(&mended));
});
