//! What can be wrong with a file that should be a translation memory.

use std::io;

/// A file that is no translation memory.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TmxError {
    /// The operating system refuses.
    #[error("cannot be read")]
    Io(#[from] io::Error),
    /// The XML is broken.
    #[error("line {line}: broken XML: {message}")]
    Xml {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// An entity that is neither one of the five of XML nor declared in the file.
    #[error("line {line}: unknown entity &{name};")]
    Entity {
        /// The line, from 1.
        line: usize,
        /// The entity's name.
        name: String,
    },
    /// A reference that stands for no text that is known.
    #[error("line {line}: {message}")]
    Reference {
        /// The line, from 1.
        line: usize,
        /// The reference, and why.
        message: String,
    },
    /// The file is XML, but no TMX.
    #[error("not a TMX: the outermost element is <{found}>, not <tmx>")]
    NotTmx {
        /// The outermost element.
        found: String,
    },
    /// The file ends before `</tmx>`.
    #[error("line {line}: the file ends too early, inside <{inside}>")]
    EndsEarly {
        /// The line, from 1.
        line: usize,
        /// The innermost open element.
        inside: String,
    },
    /// A variant says nothing of its language.
    #[error("line {line}: a <tuv> without xml:lang")]
    NoLanguage {
        /// The line, from 1.
        line: usize,
    },
    /// A segment is longer than [`MAX_SEGMENT`].
    #[error("line {line}: a segment is longer than {MAX_SEGMENT} bytes")]
    TooLong {
        /// The line, from 1.
        line: usize,
    },
}

/// The longest segment accepted, in bytes.
pub const MAX_SEGMENT: usize = 16 << 20;
