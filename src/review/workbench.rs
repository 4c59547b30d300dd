//! What the server works on: an open project, an aligner and a clock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::value::RawValue;
use tokio::sync::watch;

use crate::project::{Project, ProjectFile, Realigner};
use crate::serve::Door;

use super::findings::{self, Rows};
use super::meanwhile::Answers;

/// What the server works on.
pub struct Workbench {
    file: Mutex<ProjectFile>,
    aligner: Box<dyn Realigner + Send + Sync>,
    clock: Clock,
    answers: Mutex<Answers>,
    /// The revision of the project, for those who wait for another.
    revision: watch::Sender<u64>,
    /// The rows with a finding, as of a revision.
    findings: Mutex<Option<(u64, Arc<Rows>)>>,
    /// The way back to the page from which it was opened.
    home: Option<Door>,
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
        let revision = watch::Sender::new(file.journal().revision());
        Self {
            file: Mutex::new(file),
            aligner,
            clock,
            answers: Mutex::default(),
            revision,
            findings: Mutex::default(),
            home: None,
        }
    }

    /// The same, with a way back to the page from which it was opened.
    #[must_use]
    pub(crate) fn with_home(mut self, home: Door) -> Self {
        self.home = Some(home);
        self
    }

    /// The way back to the page from which it was opened, if there is one.
    pub(super) const fn home(&self) -> Option<&Door> {
        self.home.as_ref()
    }

    /// The rows of `project`, which is as of `revision`, with a finding; they are looked for once.
    pub(super) fn findings(&self, project: &Project, revision: u64) -> Arc<Rows> {
        let mut known = self.findings.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((then, rows)) = &*known
            && *then == revision
        {
            return Arc::clone(rows);
        }
        let rows = Arc::new(findings::rows(project));
        *known = Some((revision, Arc::clone(&rows)));
        rows
    }

    /// Remembers the answer to an edit, for the pages that did not make it, and tells those who wait.
    pub(super) fn tell(&self, revision: u64, answer: Arc<RawValue>) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).keep(revision, answer);
        self.revision.send_replace(revision);
    }

    /// The answers after revision `known` up to `now`; `None` if not all of them are remembered.
    pub(super) fn missed(&self, known: u64, now: u64) -> Option<Vec<Arc<RawValue>>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).between(known, now)
    }

    /// Waits until the revision is not `known`, and gives it.
    pub(super) async fn other_than(&self, known: u64) -> u64 {
        let mut revision = self.revision.subscribe();
        // The sender lives as long as the workbench.
        revision.wait_for(|now| *now != known).await.map_or(known, |now| *now)
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
