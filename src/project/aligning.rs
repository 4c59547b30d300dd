//! What the documents were aligned with, so that re-alignment goes by the same.
//!
//! In: the choices made when a project was begun. Out: the same choices, from the file alone. Guarantee:
//! dictionaries are kept by their content, not by where they lay on the disk.

use std::collections::BTreeSet;

use crate::bitext::{EvidenceKind, Lang};

/// The choices of an alignment; the languages are those of the documents.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Aligning {
    /// Kinds of evidence that are left out.
    pub without: BTreeSet<EvidenceKind>,
    /// Whether blocks that moved are looked for.
    pub moved_blocks: MovedBlocks,
    /// Whether the lexicon that is built in is used.
    pub builtin_lexicon: BuiltinWords,
    /// The lexicons given besides it.
    pub dictionaries: Vec<SavedDictionary>,
}

/// Whether blocks that moved are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MovedBlocks {
    /// They are.
    #[default]
    Found,
    /// The alignment is monotone.
    Ignored,
}

/// Whether the lexicon that is built in is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BuiltinWords {
    /// Where it knows the languages.
    #[default]
    Used,
    /// Not at all.
    Omitted,
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
