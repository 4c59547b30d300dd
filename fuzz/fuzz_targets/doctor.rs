#![no_main]
//! The doctor of translation memories: each command on the same bytes; what it mends needs no mending again.

use std::io;

use libfuzzer_sys::fuzz_target;
use muqabala::doctor::{self, CheckOptions, CleanOptions, FixOptions, Repeated, Splitter};

fuzz_target!(|data: &[u8]| {
    let _ = doctor::check(data, &CheckOptions::default(), |_| Ok(()));
    let _ = doctor::stats(data);
    let _ = doctor::clean(data, &mut io::sink(), &CleanOptions::default(), |_| {});
    let _ = doctor::reverse(data, &mut io::sink(), None, |_| {});
    let _ = doctor::merge([data, data], &mut io::sink(), Repeated::Once, |_, _| {});
    let _ = doctor::diff(|| Ok(data), || Ok(&data[..data.len() / 2]), |_| Ok(()));
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
    if doctor::fix(data, &mut mended, &FixOptions::default(), |_| {}).is_ok() {
        let mut again = Vec::new();
        let second = doctor::fix(&*mended, &mut again, &FixOptions::default(), |_| {});
        assert!(second.is_ok(), "what was mended is no file any more");
        assert_eq!(String::from_utf8_lossy(&again), String::from_utf8_lossy(&mended), "mended differently a second time");
    }
});
