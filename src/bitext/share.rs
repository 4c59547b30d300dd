//! Shares as people read them.
//!
//! In: a share from 0 to 1. Out: the same in hundredths. Guarantee: never more than the share, so that 1 is said of what
//! is certain alone.

/// What is lost to binary fractions: 0.29 × 100 is a little less than 29.
const LOST: f64 = 1e-9;

/// A share from 0 to 1 in whole hundredths, rounded down.
///
/// ```
/// use muqabala::bitext::rounded_down;
/// assert_eq!([0.29, 0.9999, 1.0].map(rounded_down), [0.29, 0.99, 1.0]);
/// ```
pub fn rounded_down(share: f64) -> f64 {
    (share * 100.0 + LOST).floor() / 100.0
}
