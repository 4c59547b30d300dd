//! The library and the command line. One program, so that the library is linked once and not for every file.
//!
//! The tests of all modules run beside each other in one process: none may change the environment, the current
//! folder, or anything else that the process has but once.
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]

#[path = "../support/mod.rs"]
mod support;

mod adversity;
mod batch_cli;
mod bilingual_cli;
mod cli;
mod cli_project;
mod detection;
mod docs;
mod embeddings;
mod facing;
mod figures_cli;
mod first_minutes;
mod glued;
mod gold_cli;
mod hostile;
mod hostile_projects;
mod import;
mod import_properties;
mod interleaved_cli;
mod languages;
mod lexicon_cli;
mod memory;
mod memory_cli;
mod memory_hostile;
mod memory_properties;
mod overwriting;
mod pipe_cli;
mod progress_cli;
mod project_compare;
mod project_edits;
mod project_file;
mod properties;
mod read_documents;
mod read_formats;
mod read_markup;
mod read_office;
mod search;
mod segmentation;
mod settings;
mod snapshot_cli;
mod snapshots;
#[cfg(target_os = "linux")]
mod special_files;
mod srx_rules;
// Pseudo-terminals, by their Linux names.
#[cfg(target_os = "linux")]
mod terminal;
mod tmx;
mod tmx_schema;
mod value_pairs;
mod web;
