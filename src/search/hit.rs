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
    /// Where the pair stands in the documents of its project, by which it is found again when its number is another;
    /// nothing of a memory, and of a side without text.
    pub spots: Sides<Option<Spot>>,
}

/// A place in a document of a project: a segment, and where in it the word found stands. Edits change pairs and numbers,
/// and never the documents.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spot {
    /// Where the segment begins in the document, in bytes.
    pub start: usize,
    /// How far into the segment the first word found stands, in bytes of the document; 0 where none was found on this
    /// side, or the segment was corrected.
    pub within: usize,
    /// The beginning of the segment as it stands in the document: at most [`Spot::LONGEST`] characters.
    pub text: String,
}

impl Spot {
    /// The most characters of a segment that a spot holds.
    pub const LONGEST: usize = 240;
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
