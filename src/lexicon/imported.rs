//! What reading a lexicon's file gives: dictionaries, what was passed over, or why it is no lexicon.

use crate::tmx::TmxError;

use super::dictionary::Dictionary;

/// A lexicon file's content.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct ImportedLexicon {
    /// A dictionary for each pair of languages; one without languages where the file names none.
    pub dictionaries: Vec<Dictionary>,
    /// What was passed over, by line.
    pub notices: Vec<LexiconNotice>,
    /// Number of entries used.
    pub entries: usize,
    /// The format found, for people.
    pub format: &'static str,
}

/// An entry that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconNotice {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

/// A file that is no lexicon.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LexiconError {
    /// It has no entry at all.
    #[error("it is empty")]
    Empty,
    /// It has bytes that no text has.
    #[error("it is not text; a lexicon is a file of word pairs, a TBX or a TMX")]
    Binary,
    /// Its XML is neither a termbase nor a translation memory.
    #[error("its outermost element is <{found}>; expected a TBX (<martif> or <tbx>) or a TMX (<tmx>)")]
    UnknownXml {
        /// The outermost element.
        found: String,
    },
    /// Its XML is broken before any entry could be read.
    #[error("line {line}: broken XML: {message}")]
    Xml {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// It is a translation memory that cannot be read.
    #[error(transparent)]
    Tmx(#[from] TmxError),
    /// No line could be used.
    #[error("no line of it could be used; line {line}: {message}")]
    NothingUsable {
        /// The first line passed over, from 1.
        line: usize,
        /// What is wrong with it.
        message: String,
    },
}
