//! Cost → alignment: the search.
//!
//! In: a [`CostModel`](crate::bitext::CostModel), pins. Out: the cheapest ladder and the posteriors of
//! beads; then, if asked, blocks that moved. Guarantee: this module knows costs, not languages; the
//! cheapest ladder is exact within the region searched (see [`search()`]); pins are honoured exactly; a model that
//! breaks its contract is an error, or ends in bounded time with some ladder.
//!
//! ```
//! use muqabala::align::{SearchOptions, search};
//! use muqabala::bitext::{Bead, Bitext, Lang, Pin, SegmentedDocument, Sides};
//! use muqabala::score::{ScoreOptions, Scorer};
//!
//! let lines = |texts: [&str; 2]| SegmentedDocument::from_lines(&texts.map(str::to_owned));
//! let bitext = Bitext {
//!     documents: Sides::new(lines(["12 Teile", "7 Wege"]), lines(["12 parts", "7 ways"])),
//!     languages: Sides::new("de".parse()?, Lang::english()),
//! };
//! let scorer = Scorer::new(&bitext, &[], &ScoreOptions::default());
//! let found = search(&scorer.model(), &[], &SearchOptions::default())?;
//! assert_eq!(found.beads, [Bead::new((0, 1), (0, 1)), Bead::new((1, 2), (1, 2))]);
//! // A pin holds whatever it costs.
//! let pin = Pin::Bead(Bead::new((0, 2), (0, 2)));
//! assert_eq!(search(&scorer.model(), &[pin], &SearchOptions::default())?.beads.len(), 1);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod along;
mod band;
mod chain;
mod coarse;
mod contract;
#[cfg(test)]
mod exhaustive;
mod exp;
mod forward;
mod found;
mod listed;
mod moved;
mod options;
mod pins;
mod posterior;
mod reading;
mod region;
mod search;
#[cfg(test)]
mod tests;
mod window;

pub use contract::{ModelError, SearchError};
pub use found::Searched;
pub(crate) use listed::listed;
pub(crate) use moved::{MovedBlock, moved_blocks};
pub use options::SearchOptions;
pub use pins::PinError;
pub use search::search;
pub(crate) use search::{Guide, search_near, signposts};
