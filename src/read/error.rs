//! What can go wrong while reading, and what to do about it.

use std::io;

use super::text_encoding::TextEncoding;

/// An input that cannot be read. Every variant names the input; [`ReadError::hint`] says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is no such file.
    #[error("{name}: no such file")]
    Missing {
        /// The input.
        name: String,
    },
    /// A directory was given in place of a file.
    #[error("{name} is a directory, not a file")]
    Directory {
        /// The input.
        name: String,
    },
    /// The operating system refuses.
    #[error("{name} cannot be read")]
    Io {
        /// The input.
        name: String,
        /// What the operating system says.
        source: io::Error,
    },
    /// The input has no bytes.
    #[error("{name} is empty")]
    Empty {
        /// The input.
        name: String,
    },
    /// The input has white space alone.
    #[error("{name} holds no text, only white space")]
    Blank {
        /// The input.
        name: String,
    },
    /// The input is larger than allowed.
    #[error("{name} is larger than the limit of {limit} bytes")]
    TooLarge {
        /// The input.
        name: String,
        /// The limit, in bytes.
        limit: u64,
    },
    /// The input is no text.
    #[error("{name} is not text: {what}")]
    Binary {
        /// The input.
        name: String,
        /// What it seems to be.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// The bytes do not fit the encoding.
    #[error("{name}: byte {offset} (line {line}) is not valid {encoding}")]
    Encoding {
        /// The input.
        name: String,
        /// The encoding tried.
        encoding: TextEncoding,
        /// Offset of the first byte that does not fit, from 0.
        offset: usize,
        /// Its line, from 1.
        line: usize,
    },
    /// The input holds two languages and is no document.
    #[error("{name} is a {format} file, which holds two languages")]
    TwoLanguages {
        /// The input.
        name: String,
        /// Its format.
        format: &'static str,
    },
    /// A presegmented input has a line without text.
    #[error("{name}: line {line} is empty, but each line of a presegmented file is one segment")]
    EmptyLine {
        /// The input.
        name: String,
        /// The line, from 1.
        line: usize,
    },
    /// The format's own syntax is broken, or the file is cut off.
    #[error("{name} is damaged: {message}")]
    Damaged {
        /// The input.
        name: String,
        /// What is wrong and where.
        message: String,
    },
    /// The input could be read, but only at a danger, or something that is needed for it is missing.
    #[error("{name} is not read: {why}")]
    Refused {
        /// The input.
        name: String,
        /// Why.
        why: String,
        /// What to do.
        hint: &'static str,
    },
    /// A web address does not give its page.
    #[error("{address} cannot be fetched: {why}")]
    Web {
        /// The address.
        address: String,
        /// Why.
        why: String,
        /// What to do.
        hint: &'static str,
    },
    /// The format's own syntax is broken.
    #[error("{name}: {message}")]
    Syntax {
        /// The input.
        name: String,
        /// What is wrong and where.
        message: String,
    },
}

impl ReadError {
    /// The error for what the operating system said of `name`.
    pub fn from_io(name: &str, source: io::Error) -> Self {
        let name = name.to_owned();
        match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { name },
            io::ErrorKind::IsADirectory => Self::Directory { name },
            _ => Self::Io { name, source },
        }
    }

    /// That the input `name` is not as its format has it.
    pub(super) fn broken(name: &str, message: impl Into<String>) -> Self {
        Self::Syntax { name: name.to_owned(), message: message.into() }
    }

    /// The same, as `error` and its causes say it.
    pub(super) fn because(name: &str, error: &dyn std::error::Error) -> Self {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(inner) = cause {
            message.push_str(": ");
            message.push_str(&inner.to_string());
            cause = inner.source();
        }
        Self::broken(name, message)
    }

    /// What the user can do.
    pub fn hint(&self) -> Option<&str> {
        Some(match self {
            Self::Missing { .. } => "check the spelling; web addresses begin with https://",
            Self::Directory { .. } => "give a file in it; to align the documents of two folders, use `batch`",
            Self::Io { .. } | Self::Syntax { .. } => return None,
            Self::Empty { .. } | Self::Blank { .. } => "both documents need text to be aligned",
            Self::TooLarge { .. } => "raise the limit with --max-input-size, or cut the document into parts",
            Self::Binary { hint, .. } | Self::Refused { hint, .. } | Self::Web { hint, .. } => hint,
            Self::Damaged { .. } => "open it in the program that made it and save it again",
            Self::Encoding { .. } => {
                "name the right encoding, such as --encoding windows-1256, or repair the file"
            }
            Self::TwoLanguages { .. } => "to align its texts anew, give it alone, with `align --from`",
            Self::EmptyLine { .. } => "remove the line, or leave out --presegmented",
        })
    }
}
