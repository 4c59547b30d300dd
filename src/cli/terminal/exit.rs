//! How the program ends: 0 done, 1 done but below a threshold or unfinished, 2 error.

use std::process::ExitCode;

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// All was done.
    Done,
    /// All was done, and the result is below what was asked for.
    Below,
    /// An error, told on standard error.
    Error,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0_u8,
            Exit::Below => 1,
            Exit::Error => 2,
        })
    }
}
