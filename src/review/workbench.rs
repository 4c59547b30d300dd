//! What the server works on: an open project, an aligner and a clock.

use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::project::{ProjectFile, Realigner};

/// What the server works on.
pub struct Workbench {
    file: Mutex<ProjectFile>,
    aligner: Box<dyn Realigner + Send + Sync>,
    clock: Clock,
}

/// What tells the time: milliseconds since 1970, UTC.
pub type Clock = fn() -> i64;

impl std::fmt::Debug for Workbench {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workbench").finish_non_exhaustive()
    }
}

impl Workbench {
    /// A workbench for `file` that re-aligns with `aligner` and dates edits by `clock`.
    pub fn new(file: ProjectFile, aligner: Box<dyn Realigner + Send + Sync>, clock: Clock) -> Self {
        Self { file: Mutex::new(file), aligner, clock }
    }

    pub(super) fn file(&self) -> MutexGuard<'_, ProjectFile> {
        // A request that panicked left the file as the last edit did: edits are made whole or not at all.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn aligner(&self) -> &dyn Realigner {
        &*self.aligner
    }

    pub(super) fn now(&self) -> i64 {
        (self.clock)()
    }
}
