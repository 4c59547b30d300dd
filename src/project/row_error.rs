//! Why rows of a project file cannot be read; what a number in them must be.

/// Why rows cannot be read.
#[derive(Debug)]
pub(super) enum RowError {
    /// SQLite refuses.
    Sqlite(rusqlite::Error),
    /// They contradict themselves.
    Damaged(String),
}

impl From<rusqlite::Error> for RowError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

/// How far beyond 0 and 1 a probability may lie: sums of small numbers are not exact.
const ROUNDING: f64 = 1e-6;

/// Whether a number can be a probability. What is no number, and what is infinite, is none.
pub(super) fn is_probability(number: f64) -> bool {
    (-ROUNDING..=1.0 + ROUNDING).contains(&number)
}
