//! Projects that are open: each has a review page of its own, served on its own port by a thread of this program.
//!
//! In: the path of a project. Out: an address that opens its page once. Guarantee: a project that is open already is
//! found at the same port; one that no page shows any more is closed after a while, or at once where it is to be renamed,
//! copied or removed; ending closes all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::project::ProjectFile;
use crate::review::{self, Clock, Refusal, Workbench};
use crate::serve::{self, Door, Presence};
use crate::session::PipelineAligner;

use super::trouble::{conflict, inner};

/// A project is closed when no page has shown it for this long.
const CLOSE_AFTER: Duration = Duration::from_mins(2);
/// A page that was there this short a time ago may be loading again.
const LOADING: Duration = Duration::from_secs(3);

#[derive(Debug)]
struct One {
    door: Door,
    presence: Arc<Presence>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl One {
    fn has_ended(&self) -> bool {
        self.thread.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl Drop for One {
    /// Closes the project, and waits until it is closed.
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // One that failed has said so, or has nobody left to tell.
            let _ = thread.join();
        }
    }
}

/// The projects that are open.
#[derive(Debug)]
pub(super) struct Opened {
    all: Mutex<BTreeMap<PathBuf, One>>,
    /// The way back to the start page.
    home: Door,
}

impl Opened {
    pub(super) fn new(home: Door) -> Self {
        Self { all: Mutex::default(), home }
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<PathBuf, One>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a project; gives the address of its page.
    pub(super) fn open(&self, path: &Path, clock: Clock) -> Result<String, Refusal> {
        let mut all = self.all();
        if let Some(one) = all.get(path).filter(|one| !one.has_ended()) {
            return one.door.address().map_err(inner);
        }
        all.remove(path);
        let one = begin(ProjectFile::open(path)?, clock, self.home.clone())?;
        let address = one.door.address().map_err(inner);
        all.insert(path.to_owned(), one);
        address
    }

    /// Closes a project, so that its file can be moved.
    pub(super) fn close(&self, path: &Path) -> Result<(), Refusal> {
        let mut all = self.all();
        if all.get(path).is_some_and(|one| !one.has_ended() && one.presence.quiet() < LOADING) {
            return Err(conflict("open", "the project is open in a page; close that page first"));
        }
        all.remove(path);
        Ok(())
    }

    /// Whether somebody is on the way to the start page.
    pub(super) fn is_home_awaited(&self) -> bool {
        self.home.is_awaited()
    }

    /// Whether a page shows the project.
    pub(super) fn is_shown(&self, path: &Path) -> bool {
        self.all().get(path).is_some_and(|one| !one.has_ended() && one.presence.quiet() < LOADING)
    }

    /// For how long no page of any project has been there; `None` where none is open.
    pub(super) fn quiet(&self) -> Option<Duration> {
        self.all().values().filter(|one| !one.has_ended()).map(|one| one.presence.quiet()).min()
    }

    /// Closes the projects that no page has shown for a while.
    pub(super) fn tidy(&self) {
        self.all().retain(|_, one| !one.has_ended() && one.presence.quiet() < CLOSE_AFTER);
    }

    /// Closes all.
    pub(super) fn end(&self) {
        self.all().clear();
    }
}

fn begin(mut file: ProjectFile, clock: Clock, home: Door) -> Result<One, Refusal> {
    let bound = serve::bind_for(file.path(), None).map_err(inner)?;
    let door = bound.door();
    file.announce(&format!("process {}, http://127.0.0.1:{}/", std::process::id(), bound.port()))?;
    let aligner = PipelineAligner::of(file.project());
    let presence = Arc::new(Presence::default());
    let (stop, stopped) = oneshot::channel::<()>();
    let seen = Arc::clone(&presence);
    let thread = std::thread::spawn(move || {
        let stopped = async {
            let _ = stopped.await;
        };
        // A server that fails closes the project; its page says that the program does not answer.
        let workbench = Workbench::new(file, Box::new(aligner), clock).with_home(home);
        let _ = review::serve_until(bound, workbench, seen, stopped);
    });
    Ok(One { door, presence, stop: Some(stop), thread: Some(thread) })
}
