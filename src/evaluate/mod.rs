//! An alignment against gold: how good it is, and how well it knows that.
//!
//! In: a [`Gold`] and an [`Alignment`](crate::bitext::Alignment) of the same segments. Out: scores whose convention
//! is stated in [`metrics::CONVENTION`], and reports. Guarantee: gold is a partition of both sides, or an error
//! names the line; counts of several documents add up before dividing.

pub mod calibration;
pub mod gold;
pub mod metrics;
pub mod report;

pub use gold::{Gold, GoldError};
pub use metrics::{Scores, Tally};
pub use report::{Case, Report, Right};
