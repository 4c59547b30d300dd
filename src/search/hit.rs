//! A pair in which the words stand.

use std::path::PathBuf;

use crate::bitext::{Side, Sides, TextSpan};

/// A pair in which the words stand, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hit {
    /// Its file, below the folder.
    pub file: PathBuf,
    /// Its number in the file, from 1.
    pub number: u64,
    /// The languages; empty where a memory has one only.
    pub languages: Sides<String>,
    /// The texts.
    pub texts: Sides<String>,
    /// Where the words stand, in order.
    pub places: Sides<Vec<TextSpan>>,
}

/// A word with what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context<'a> {
    /// The side it stands on.
    pub side: Side,
    /// What stands before it.
    pub before: &'a str,
    /// It.
    pub word: &'a str,
    /// What stands after it.
    pub after: &'a str,
}

impl Hit {
    /// The words found, each with the text around it.
    pub fn contexts(&self) -> impl Iterator<Item = Context<'_>> {
        Side::BOTH.into_iter().flat_map(move |side| {
            let text = self.texts.get(side);
            self.places.get(side).iter().map(move |place| Context {
                side,
                before: &text[..place.start],
                word: &text[place.range()],
                after: &text[place.end..],
            })
        })
    }
}
