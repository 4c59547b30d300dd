//! Why rows of a project file cannot be read.

/// Why rows cannot be read.
#[derive(Debug)]
pub(super) enum RowError {
    /// SQLite refuses.
    Sqlite(rusqlite::Error),
    /// They contradict themselves.
    Damaged(String),
}

impl From<rusqlite::Error> for RowError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}
