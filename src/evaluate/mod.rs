//! An alignment against gold: how good it is, and how well it knows that.
//!
//! In: a [`Gold`] and an [`Alignment`](crate::bitext::Alignment) of the same segments. Out: scores whose convention is stated in [`metrics::CONVENTION`], and reports. Guarantee: every line of a gold file
//! is understood, or an error names it; counts of several documents add up before dividing.

pub mod calibration;
pub mod gold;
pub mod metrics;
pub mod report;
pub mod unrelated;

pub use gold::{Gold, GoldBead, GoldError};
pub use metrics::{Scores, Tally};
pub use report::{Case, Report, Right};
pub use unrelated::{Couples, SureReport, Trial, trials};
