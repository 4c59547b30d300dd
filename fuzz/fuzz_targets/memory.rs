#![no_main]
//! Checking and mending translation memories: each command on the same bytes. What each writes is XML, and its units with
//! those that it names are those of the file; what is mended is a memory without broken places.

use std::io;

use libfuzzer_sys::fuzz_target;
use muqabala::memory::{self, CheckOptions, CleanOptions, FixOptions, Repeated, Splitter};
use muqabala::tmx::{Inline, TmxError, TmxReader};

fuzz_target!(|data: &[u8]| {
    let _ = memory::check(data, &CheckOptions::default(), |_| Ok(()));
    let _ = memory::stats(data, |_| {});
    let _ = memory::clean(data, &mut io::sink(), &CleanOptions::default(), |_| {});
    let _ = memory::reverse(data, &mut io::sink(), None, |_| {});
    let _ = memory::merge([data, data], &mut io::sink(), Repeated::ONCE, |_, _| {});
    let _ = memory::diff(|| Ok(data), || Ok(&data[..data.len() / 2]), |_| Ok(()), |_, _| {});
    if let Ok(mut parts) = Splitter::new(data) {
        // Each part takes a unit at least, and a unit takes bytes.
        for _ in 0..=data.len() {
            if !parts.has_more() || parts.part(1, &mut io::sink()).is_err() {
                break;
            }
        }
        assert!(!parts.has_more());
    }
    written_is_xml(data);
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

/// What each command writes is XML, and the units that it wrote and left out are those of the file.
fn written_is_xml(data: &[u8]) {
    let all = |units: u64, left_out: u64, out: &[u8], name: &str| {
        let there = memory::stats(data, |_| {}).expect("it was read before").units;
        assert_eq!(units + left_out, there, "{name}: {}", String::from_utf8_lossy(out));
        let again = memory::stats(out, |finding| panic!("{name}: {finding}\n{}", String::from_utf8_lossy(out)));
        let again = again.unwrap_or_else(|e| panic!("{name} wrote what is refused: {e}"));
        assert_eq!(again.units, units, "{name}: {}", String::from_utf8_lossy(out));
        let reader = TmxReader::new(out, Inline::Flatten);
        let reader = reader.unwrap_or_else(|e| panic!("{name}: {e}\n{}", String::from_utf8_lossy(out)));
        for unit in reader {
            let fine = unit.as_ref().map_or_else(|e| !matches!(e, TmxError::Xml { .. }), |_| true);
            assert!(fine, "{name} wrote what is broken: {unit:?}\n{}", String::from_utf8_lossy(out));
        }
    };
    let mut out = Vec::new();
    let mut options = CleanOptions::default();
    options.drop.clear();
    if let Ok(r) = memory::clean(data, &mut out, &options, |_| {}) {
        all(r.units, r.unreadable, &out, "clean");
    }
    out.clear();
    if let Ok(r) = memory::merge([data], &mut out, Repeated::All, |_, _| {}) {
        all(r.units, r.unreadable, &out, "merge");
    }
    out.clear();
    if let Ok(r) = memory::reverse(data, &mut out, None, |_| {}) {
        all(r.units, r.unreadable, &out, "reverse");
    }
    out.clear();
    if let Ok(r) = memory::extract(data, &mut out, ("ar", "en"), |_| {}) {
        all(r.units, r.unreadable + r.without, &out, "extract");
    }
}
