//! Stage 7: the review workbench, a page served on this machine alone.
//!
//! In: an open [`crate::project::ProjectFile`] and an aligner. Out: a page in the browser and its edits in the
//! file. Guarantee: [`crate::serve`]'s, and: only the project's own edits; no request reaches the file system.

mod alternatives;
mod answer;
mod assets;
mod changes;
mod detail;
mod download;
mod find;
mod findings;
mod meanwhile;
mod replacing;
mod routes;
mod server;
mod view;
mod workbench;

pub use server::{serve, serve_until};
pub use workbench::{Clock, Workbench};

pub(crate) use answer::{Refusal, apart, json};
pub(crate) use assets::shared;
