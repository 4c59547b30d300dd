//! Patterns that only a search with backtracking can look for, within bounds.
//!
//! In: a pattern of the crate `fancy-regex`. Out: whether it fits the text on one side of a position. Guarantee: a search
//! takes at most [`MOST_STEPS`] steps and sees as much of the text as other patterns do; one that takes more does not fit.

use fancy_regex::{Regex, RegexBuilder};

use super::rule::GuardSide;

/// Steps back that a search may take.
const MOST_STEPS: usize = 50_000;
/// Bytes that the parts of a compiled pattern may take, each.
const SIZE_LIMIT: usize = 8 << 20;
/// What look-behind sees beyond where a pattern may begin, in bytes.
const BEYOND: usize = 128;

/// A pattern made ready for one side of positions.
#[derive(Debug)]
pub(super) struct Backtracking {
    regex: Regex,
    side: GuardSide,
}

/// A pattern that a short text, such as a language code, must fit as a whole, in any case of letters.
#[derive(Debug)]
pub(super) struct WholeText(Regex);

impl WholeText {
    /// Makes `pattern` ready, or says why it cannot be used.
    pub(super) fn new(pattern: &str) -> Result<Self, String> {
        let mut builder = RegexBuilder::new(&format!("(?i)^(?:{pattern})$"));
        builder.backtrack_limit(MOST_STEPS).delegate_size_limit(SIZE_LIMIT);
        builder.build().map(Self).map_err(|e| e.to_string())
    }

    /// Whether `text` fits, within the steps that a search may take.
    pub(super) fn fits(&self, text: &str) -> bool {
        self.0.is_match(text).unwrap_or(false)
    }
}

/// A search that took too many steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLong;

impl Backtracking {
    /// Makes `pattern` ready, or says why it cannot be used.
    pub(super) fn new(pattern: &str, side: GuardSide) -> Result<Self, String> {
        let anchored = match side {
            GuardSide::Before => format!(r"(?:{pattern})\z"),
            GuardSide::After => format!(r"\G(?:{pattern})"),
        };
        let mut builder = RegexBuilder::new(&anchored);
        builder.backtrack_limit(MOST_STEPS).delegate_size_limit(SIZE_LIMIT);
        let regex =
            builder.build().map_err(|e| e.to_string().lines().last().unwrap_or_default().to_owned())?;
        Ok(Self { regex, side })
    }

    /// Whether it fits the text that ends at `at`, or starts there, seeing `from..to`.
    pub(super) fn fits(&self, text: &str, (from, at, to): (usize, usize, usize)) -> Result<bool, TooLong> {
        let start = text.floor_char_boundary(from.saturating_sub(BEYOND));
        let (end, begin) = match self.side {
            GuardSide::Before => (at, from),
            GuardSide::After => (to, at),
        };
        match self.regex.find_from_pos(&text[start..end], begin - start) {
            Ok(found) => Ok(found.is_some()),
            Err(_) => Err(TooLong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_bounded() {
        let pattern = Backtracking::new(r"(?:(a+)+(?!b))+\1c", GuardSide::Before).unwrap();
        let text = "a".repeat(600);
        assert_eq!(pattern.fits(&text, (0, 600, 600)), Err(TooLong));
        assert!(Backtracking::new(r"(?<=a", GuardSide::After).is_err());
    }

    #[test]
    fn a_pattern_ends_or_starts_at_the_position() {
        let fits = |pattern: &str, side, text: &str, at| {
            Backtracking::new(pattern, side).unwrap().fits(text, (0, at, text.len())).unwrap()
        };
        assert!(fits(r"(?<!Dr)\.+", GuardSide::Before, "x.. y", 3));
        assert!(!fits(r"(?<!Dr)\.", GuardSide::Before, "Dr. y", 3));
        assert!(fits(r"(\w)\1", GuardSide::After, "x aa", 2));
        assert!(!fits(r"(\w)\1", GuardSide::After, "x  aa", 2));
        assert!(fits(r"(?<=x )a", GuardSide::After, "x aa", 2));
    }
}
