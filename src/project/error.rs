//! What can go wrong with a project: an edit that does not fit, a file that cannot be used.
//!
//! In: nothing. Out: the errors of this folder, each with what, where and what to do.

use std::path::PathBuf;

use crate::bitext::{LadderError, Side};

/// An edit that cannot be made. The project is as it was before.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// There is no such bead, or it was replaced by others.
    #[error("there is no pair {0} any more; reload the page")]
    UnknownBead(u64),
    /// No segment starts there.
    #[error("no {side} segment starts at byte {start}; reload the page")]
    UnknownSegment {
        /// The side.
        side: Side,
        /// The byte named.
        start: usize,
    },
    /// The bead is the first or the last.
    #[error("there is no pair on that side of it to work with")]
    NoNeighbour,
    /// The segments that should share a bead do not follow each other.
    #[error("the {0} segments do not follow each other; only neighbouring segments can share a pair")]
    NotAdjacent(Side),
    /// The bead has nothing to cut at that place.
    #[error("the pair cannot be split there; both parts need a segment")]
    NothingToSplit,
    /// The bead has one side only.
    #[error("the pair has no {0} segment")]
    NoSegment(Side),
    /// Both sides given are the same bead.
    #[error("the two segments belong together already")]
    Together,
    /// The byte is not inside the segment's text, or leaves one part empty.
    #[error("the segment cannot be split there; both parts need text")]
    BadCut,
    /// There is no segment after it.
    #[error("there is no segment after it to join with")]
    LastSegment,
    /// The segment's text was corrected, so that places in the original say nothing.
    #[error("the segment's text was corrected; take the correction back before splitting it")]
    Corrected,
    /// The corrected text is blank.
    #[error("a corrected text cannot be empty; reject the pair or break it up instead")]
    EmptyText,
    /// The text is longer than allowed.
    #[error("the text is longer than {limit} bytes")]
    TooLong {
        /// The longest allowed, in bytes.
        limit: usize,
    },
    /// The bead has no such rival, or the segments have changed since.
    #[error("this alternative does not fit the segments any more")]
    NoRival,
    /// A confidence outside 0 to 1.
    #[error("a confidence lies between 0 and 1")]
    BadConfidence,
    /// The edit changes nothing.
    #[error("nothing to change")]
    Nothing,
    /// There is nothing to undo or redo.
    #[error("there is nothing to {0}")]
    EndOfHistory(&'static str),
    /// A recorded change does not fit the state it is applied to.
    #[error(
        "a recorded change does not fit the project's state ({0}); the file was changed by another program"
    )]
    Conflict(String),
}

impl EditError {
    /// Its name, under which an interface may have words of its own.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::UnknownBead(_) => "unknown-bead",
            Self::UnknownSegment { .. } => "unknown-segment",
            Self::NoNeighbour => "no-neighbour",
            Self::NotAdjacent(_) => "not-adjacent",
            Self::NothingToSplit => "nothing-to-split",
            Self::NoSegment(_) => "no-segment",
            Self::Together => "together",
            Self::BadCut => "bad-cut",
            Self::LastSegment => "last-segment",
            Self::Corrected => "corrected",
            Self::EmptyText => "empty-text",
            Self::TooLong { .. } => "too-long",
            Self::NoRival => "no-rival",
            Self::BadConfidence => "bad-confidence",
            Self::Nothing => "nothing",
            Self::EndOfHistory(_) => "end-of-history",
            Self::Conflict(_) => "conflict",
        }
    }
}

/// Two projects that cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// They are not of the same texts.
    #[error("the two projects are not of the same {0} text")]
    Texts(Side),
}

/// A project file that cannot be made, opened or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectError {
    /// SQLite refuses.
    #[error("{path}: the project file cannot be used")]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// The operating system refuses.
    #[error("{path}: the file cannot be used")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The file exists already.
    #[error("{0} exists already; name another file, or open it with `muqabala review`")]
    Exists(PathBuf),
    /// There is no such file.
    #[error("{0} does not exist")]
    Missing(PathBuf),
    /// The file is no project.
    #[error("{0} is not a muqabala project")]
    NotAProject(PathBuf),
    /// The file was written by a newer version of the program.
    #[error(
        "{path} was written by a newer version of muqabala (format {found}, this version reads up to {known}); \
         install the newer version to open it"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
        /// The newest format known here.
        known: u32,
    },
    /// Another process has the project open.
    #[error("{path} is open in another process ({holder}); close it there first")]
    Locked {
        /// The file.
        path: PathBuf,
        /// What the other process says of itself.
        holder: String,
    },
    /// Another process wrote to the file although this one has it open.
    #[error("{0} was changed by another process; open it again")]
    ChangedOutside(PathBuf),
    /// Another file has the project's name.
    #[error(
        "{0} was replaced by another file while it was open; move that one away, and the next edit writes this \
         project there again"
    )]
    Replaced(PathBuf),
    /// The project was removed with the folder that it was in.
    #[error(
        "{0} was removed with its folder while it was open; make the folder again, and the next edit writes the \
         project there again"
    )]
    FolderGone(PathBuf),
    /// The file's schema is not what this program makes.
    #[error(
        "{path} is not opened: it holds {what}. A project made by hand can do harm that way; ask for another copy, or \
         for a TMX file"
    )]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What does not belong there, or is missing.
        what: String,
    },
    /// What is stored contradicts itself.
    #[error("{path}: the project is damaged: {what}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        what: String,
    },
    /// The beads stored are no partition.
    #[error("{path}: the project is damaged")]
    Partition {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        source: LadderError,
    },
    /// The edit itself does not fit.
    #[error(transparent)]
    Edit(#[from] EditError),
}

/// The longest comment or corrected text, in bytes.
const MAX_TEXT: usize = 256 * 1024;

/// The longest name of a reviewer, in bytes.
const MAX_NAME: usize = 200;

/// The longest name of a document, in bytes; file systems allow less.
const MAX_DOCUMENT_NAME: usize = 4096;

/// Refuses a comment or corrected text that is longer.
pub(super) fn check_length(text: &str) -> Result<(), EditError> {
    at_most(MAX_TEXT, text)
}

/// Refuses a longer name of a reviewer, which every entry of the journal holds.
pub(super) fn check_reviewer(name: &str) -> Result<(), EditError> {
    at_most(MAX_NAME, name)
}

/// Refuses a longer name of a document.
pub(super) fn check_document_name(name: &str) -> Result<(), EditError> {
    at_most(MAX_DOCUMENT_NAME, name)
}

fn at_most(limit: usize, text: &str) -> Result<(), EditError> {
    if text.len() > limit { Err(EditError::TooLong { limit }) } else { Ok(()) }
}
