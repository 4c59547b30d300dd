//! Programs that others made, which read our files and write files that we read. What is not installed is left out.
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]

#[path = "../support/mod.rs"]
mod support;

mod cat_tools;
mod document_programs;
mod gettext;
mod office_tools;
mod pdf;
mod scans;
mod toolkit_made;
mod zoo;
