//! What is known of projects from looking at them before, so that a list of many is shown at once.
//!
//! In: the path of a project. Out: its summary. Guarantee: a project whose file changed is looked at again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use crate::project::store::{self, Summary};
use crate::project::{ProjectError, with_suffix};

/// What a file looked like when it was looked at: times and sizes of the file and of its log.
pub(super) type Look = [Option<(SystemTime, u64)>; 2];

/// What is known of projects from looking at them before.
#[derive(Debug, Default)]
pub(super) struct Known(Mutex<BTreeMap<PathBuf, (Look, Summary)>>);

impl Known {
    /// What is known of the project at `path`; it is looked at again if it changed.
    pub(super) fn summary(&self, path: &Path) -> Result<Summary, ProjectError> {
        let look = look(path);
        if let Some((before, summary)) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(path)
            && *before == look
        {
            return Ok(summary.clone());
        }
        let summary = store::summary(path)?;
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert(path.to_owned(), (look, summary.clone()));
        Ok(summary)
    }
}

/// What a project's file and its log look like now.
pub(super) fn look(path: &Path) -> Look {
    let of = |path: &Path| {
        let metadata = std::fs::metadata(path).ok()?;
        Some((metadata.modified().ok()?, metadata.len()))
    };
    [of(path), of(&with_suffix(path, "-wal"))]
}
