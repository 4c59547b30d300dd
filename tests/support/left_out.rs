//! Saying what a run of the tests leaves out.

use std::io::Write;

/// Says that `what` is left out, and why. Not by `eprintln!`, which shows only when a test fails.
pub(crate) fn say(what: &str, why: &str) {
    let line = format!("left out: {what}, {why}\n");
    std::io::stderr().write_all(line.as_bytes()).expect("standard error can be written to");
}
