//! The start page: the way into the workbench without a command line.
//!
//! In: a folder for projects, then what the page sends: the contents of documents, memories and lexicons, never paths.
//! Out: projects in the folder, each with its review page at an address of its own; mended memories to download.
//! Guarantee: what a page sends is bounded and streamed to a temporary folder, and is gone with the program at the
//! latest; the folder is searched through an index that stands elsewhere; only projects that are listed in the folder are ever opened, renamed, copied or removed; nothing that is
//! there is replaced.
//!
//! ```no_run
//! use muqabala::start::{Start, serve};
//!
//! let start = Start { folder: "projects".into(), caches: None, stop_after: None, clock: || 1_721_736_000 };
//! serve(muqabala::serve::bind(0)?, start, |bound| println!("open {}", bound.address()))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod aligning;
mod assets;
mod desk;
pub mod example;
mod file_body;
mod jobs;
mod known;
mod look;
mod memory;
mod names;
mod opened;
mod pairs;
mod projects;
mod recent;
mod routes;
mod search;
mod server;
mod trouble;
mod uploads;

pub use server::{Ended, Start, serve};
