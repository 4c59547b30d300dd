//! Where something stands in a file.
//!
//! In: a place and the text that begins there. Out: the place after it. Guarantee: columns count characters.

use std::fmt;

/// Where something stands in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Place {
    /// The line, from 1.
    pub line: u64,
    /// The character in that line, from 1.
    pub column: u64,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// The place after `text`, which begins at `place`.
pub(super) fn advanced(place: Place, text: &str) -> Place {
    match memchr::memrchr(b'\n', text.as_bytes()) {
        None => Place { line: place.line, column: place.column + text.chars().count() as u64 },
        Some(last) => Place {
            line: place.line + memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64,
            column: text[last + 1..].chars().count() as u64 + 1,
        },
    }
}
