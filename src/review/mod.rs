//! Stage 7: the review workbench, a page served on this machine alone.
//!
//! In: an open [`crate::project::ProjectFile`] and an aligner. Out: a page in the browser and its edits in the
//! file. Guarantee: [`crate::serve`]'s, and: only the project's own edits; no request reaches the file system.
//!
//! ```no_run
//! use muqabala::project::store::ProjectFile;
//! use muqabala::review::{Workbench, serve};
//! use muqabala::session::PipelineAligner;
//!
//! let file = ProjectFile::open("statement.muq".as_ref())?;
//! let aligner = PipelineAligner::of(file.project());
//! // Seconds since 1970, for what is remembered of each edit.
//! let workbench = Workbench::new(file, Box::new(aligner), || 1_721_736_000);
//! serve(muqabala::serve::bind(0)?, workbench, |bound| println!("open {}", bound.address()))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
mod sought;
mod view;
mod workbench;

pub use server::serve;
pub(crate) use server::serve_until;
pub use workbench::{Clock, Workbench};

pub(crate) use answer::{Refusal, apart, json};
pub(crate) use assets::shared;
