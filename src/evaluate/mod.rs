//! An alignment against gold: how good it is, and how well it knows that.
//!
//! In: a [`Gold`] and an [`Alignment`](crate::bitext::Alignment) of the same segments. Out: scores whose convention is stated in [`metrics::CONVENTION`], and reports. Guarantee: every line of a gold file
//! is understood, or an error names it; counts of several documents add up before dividing.
//!
//! ```
//! use muqabala::bitext::Bead;
//! use muqabala::evaluate::{Gold, Tally};
//!
//! let gold = Gold::parse("0\t0\n1\t1,2\n")?;
//! let found = [Bead::new((0, 1), (0, 1)), Bead::new((1, 2), (1, 2)), Bead::new((2, 2), (2, 3))];
//! let scores = Tally::of(gold.beads(), &found).scores();
//! assert_eq!(scores.strict.recall, 0.5);
//! # Ok::<(), muqabala::evaluate::GoldError>(())
//! ```

pub mod calibration;
pub mod gold;
pub mod metrics;
pub mod report;
pub mod unrelated;

pub use gold::{Gold, GoldBead, GoldError};
pub use metrics::{Scores, Tally};
pub use report::{Case, Report, Right};
pub use unrelated::{Couples, SureReport, Trial, trials};
