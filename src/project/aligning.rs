//! What the documents were aligned with, so that re-alignment goes by the same.
//!
//! In: the choices made when a project was begun. Out: the same choices, from the file alone. Guarantee:
//! dictionaries are kept by their content, not by where they lay on the disk.

use crate::bitext::{Choices, Lang};

/// What documents were aligned with; the languages are those of the documents.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Aligning {
    /// What was chosen.
    pub choices: Choices,
    /// The lexicons given besides the built-in one.
    pub dictionaries: Vec<SavedDictionary>,
}

/// A lexicon by its content.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SavedDictionary {
    /// The languages of its first and second terms, where known.
    pub languages: Option<(Lang, Lang)>,
    /// Its pairs of terms as comparison keys, each with a weight in (0, 1].
    pub pairs: Vec<LexiconPair>,
}

/// A pair of words, learnt or from a lexicon.
#[derive(Debug, Clone, PartialEq)]
pub struct LexiconPair {
    /// The source word, or a lexicon's first term.
    pub source: String,
    /// The target word, or a lexicon's second term.
    pub target: String,
    /// Its probability or weight, from 0 to 1.
    pub probability: f64,
}
