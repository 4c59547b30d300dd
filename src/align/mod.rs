//! Cost → alignment: the search.
//!
//! In: a [`CostModel`](crate::bitext::CostModel), pins. Out: the cheapest ladder and the posteriors of
//! beads; then, if asked, blocks that moved. Guarantee: this module knows costs, not languages; the
//! cheapest ladder is exact within the region searched (see [`search()`]); pins are honoured exactly; a model that
//! breaks its contract is an error, or ends in bounded time with some ladder.

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
mod region;
mod search;
#[cfg(test)]
mod tests;
mod window;

pub use contract::{ModelError, SearchError};
pub use found::Searched;
pub use listed::listed;
pub use moved::{MovedBlock, moved_blocks};
pub use options::SearchOptions;
pub use pins::PinError;
pub use search::{Guide, search, search_near, signposts};
