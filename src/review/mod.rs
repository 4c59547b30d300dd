//! Stage 7: the review workbench, a page served on this machine alone.
//!
//! In: an open [`crate::project::ProjectFile`] and an aligner. Out: a page in the browser and its edits in the
//! file. Guarantee: only this machine, only the page that was opened with the start address, only the project's own
//! edits; no request reaches the file system.

mod alternatives;
mod answer;
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
mod workbench;

pub use server::{Bound, ReviewError, bind};
pub use workbench::{Clock, Workbench};
