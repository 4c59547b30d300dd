//! What can go wrong in a search.

use std::path::PathBuf;

/// A search that cannot be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SearchError {
    /// There is no such folder.
    #[error("{0} is not a folder")]
    NoFolder(PathBuf),
    /// A folder or the index cannot be read or written.
    #[error("{path} cannot be used")]
    Io {
        /// Where.
        path: PathBuf,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// SQLite refuses.
    #[error("the index {path} cannot be used")]
    Sqlite {
        /// The index.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// What is searched for holds no word.
    #[error("`{0}` holds no letter or digit that could be searched for")]
    NoWord(String),
    /// The file at the index's place is something else.
    #[error("{0} is no index of muqabala; it is left alone")]
    Foreign(PathBuf),
}
