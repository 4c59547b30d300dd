//! The commands on many documents: `batch`, `pipe`, `evaluate`, `snapshot`, `lexicon`.

pub(crate) mod batch;
pub(crate) mod evaluate;
mod gold_files;
pub(crate) mod lexicon;
pub(crate) mod pipe;
mod progress;
pub(crate) mod search;
pub(crate) mod snapshot;
