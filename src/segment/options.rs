//! How to cut: at which marks, and by which rules.

use std::sync::Arc;

use super::rule::{AtMark, Mark};
use super::rules::SegmentationRules;

/// How to cut.
///
/// ```
/// use muqabala::segment::{AtMark, SegmentOptions};
/// let mut options = SegmentOptions::default();
/// options.semicolons = AtMark::Break;
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct SegmentOptions {
    /// At `;` and `؛`. Default: keep.
    pub semicolons: AtMark,
    /// At `:`. Default: keep.
    pub colons: AtMark,
    /// At `..`. Default: keep.
    pub two_dots: AtMark,
    /// The rules to cut by; [`shipped_rules`](super::shipped_rules) where there are none.
    pub rules: Option<Arc<SegmentationRules>>,
}

impl SegmentOptions {
    /// What these options say of `mark`.
    pub const fn at(&self, mark: Mark) -> AtMark {
        match mark {
            Mark::Semicolon => self.semicolons,
            Mark::Colon => self.colons,
            Mark::TwoDots => self.two_dots,
        }
    }
}
