#![no_main]
//! The records of `pipe`, aligned and answered: an answer is a line of JSON, and says what is wrong or not.

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use muqabala::batch::{Detail, RecordOptions, answer};

static OPTIONS: LazyLock<RecordOptions> = LazyLock::new(|| {
    let mut options = RecordOptions::default();
    options.detail = Detail::Evidence;
    options
});

fuzz_target!(|data: &[u8]| {
    let answer = answer(data, 1, &OPTIONS);
    let text = std::str::from_utf8(&answer.line).expect("JSON is UTF-8");
    assert!(text.ends_with('\n') && text.matches('\n').count() == 1, "not one line: {text:?}");
    assert!(serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok(), "not JSON: {text}");
});
