//! Stage 7: the review workbench, a page served on this machine alone.
//!
//! What comes in: an open [`crate::project::ProjectFile`] and an aligner. What goes out: a page in the
//! browser and its edits in the file. What it guarantees: only this machine, only the page that was opened
//! with the start address, only the project's own edits; no request reaches the file system.

mod aligner;
mod assets;
mod changes;
mod detail;
mod download;
mod find;
mod guard;
mod meanwhile;
mod routes;
mod server;
mod view;

pub use aligner::{PipelineAligner, aligning, learn};
pub use server::{Bound, Clock, ReviewError, Workbench, bind};
