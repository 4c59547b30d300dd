//! What can be wrong with a bilingual file.

use std::io;

/// A bilingual file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FormatError {
    /// The file's own syntax is broken.
    #[error("line {line}: {message}")]
    Syntax {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// The file is of another kind.
    #[error("not {expected}: {found}")]
    Other {
        /// What it should be, with its article.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// It holds no unit.
    #[error("it holds no {0}")]
    Nothing(&'static str),
    /// A table has no such column.
    #[error("there is no column `{asked}`; the columns are {columns}")]
    Column {
        /// What was asked for.
        asked: String,
        /// What there is.
        columns: String,
    },
    /// The file is packed, and a part of it is missing, too large or broken.
    #[error("{part}: {message}")]
    Part {
        /// The part's name in the package.
        part: String,
        /// What is wrong with it.
        message: String,
    },
    /// The operating system refuses.
    #[error("cannot be read")]
    Io(#[from] io::Error),
}

impl FormatError {
    pub(super) fn at(line: usize, message: impl Into<String>) -> Self {
        Self::Syntax { line, message: message.into() }
    }
}
