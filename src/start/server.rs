//! The server of the start page.
//!
//! In: a port, and a folder for projects. Out: a page at an address of this machine alone, and review pages at others.
//! Guarantee: behind the guard of the review page; it ends when its last page has been closed for a while and no work
//! is under way, or when it is interrupted, and then all projects are closed.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::review::Clock;
use crate::serve::{Bound, Presence, ServeError, noted};

use super::desk::Desk;
use super::jobs::Jobs;
use super::known::Known;
use super::opened::Opened;
use super::recent::Recent;
use super::routes;
use super::uploads::Uploads;

/// The largest request but for those that send a file, in bytes.
const MAX_BODY: usize = 4 * 1024 * 1024;
/// How long a page is waited for that never came.
const NEVER_CAME: Duration = Duration::from_mins(10);

/// What is served.
#[derive(Debug, Clone)]
pub struct Start {
    /// The folder of the projects; it is there.
    pub folder: PathBuf,
    /// The user's folder for caches, where the index of the folder stands; without one it is made anew by each run.
    pub caches: Option<PathBuf>,
    /// How long after its last page was closed it ends; `None` never.
    pub stop_after: Option<Duration>,
    /// What tells the time.
    pub clock: Clock,
}

/// Why it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Somebody interrupted it.
    Interrupted,
    /// Its last page had been closed for a while.
    Closed,
    /// No page was ever opened.
    NeverOpened,
}

/// Serves the start page at `bound` until it ends; `begun` is called as by [`Bound::serve`].
pub fn serve(bound: Bound, start: Start, begun: impl FnOnce(&Bound)) -> Result<Ended, ServeError> {
    let desk = Arc::new(Desk {
        recent: Recent::of(&start.folder),
        folder: start.folder,
        uploads: Uploads::new()?,
        jobs: Jobs::default(),
        opened: Opened::new(bound.door()),
        known: Known::default(),
        caches: start.caches,
        searching: Mutex::default(),
        clock: start.clock,
        run: (start.clock)(),
    });
    let presence = Arc::new(Presence::default());
    let app = noted(router(Arc::clone(&desk)), Arc::clone(&presence));
    let served = bound.serve_or_until(app, begun, left_alone(&desk, &presence, start.stop_after));
    desk.opened.end();
    desk.uploads.end();
    served.map(|alone| alone.unwrap_or(Ended::Interrupted))
}

/// Waits until no page has been there for a while.
async fn left_alone(desk: &Desk, presence: &Presence, after: Option<Duration>) -> Ended {
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        // It waits for the threads of projects that it closes.
        tokio::task::block_in_place(|| desk.opened.tidy());
        let Some(after) = after else { continue };
        // A browser that has to be started may take its time.
        if desk.opened.is_home_awaited() {
            continue;
        }
        if desk.jobs.are_at_work() {
            continue;
        }
        let quiet = desk.opened.quiet().map_or(presence.quiet(), |other| other.min(presence.quiet()));
        if presence.was_seen() && quiet >= after {
            return Ended::Closed;
        }
        if !presence.was_seen() && quiet >= after.max(NEVER_CAME) {
            return Ended::NeverOpened;
        }
    }
}

fn router(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/api/ping", get(routes::ping))
        .route("/api/alive", get(routes::alive))
        .route("/api/desk", get(routes::desk))
        .route("/api/upload", post(routes::upload))
        .route("/api/discard", post(routes::discard))
        .route("/api/look", get(routes::look))
        .route("/api/align", post(routes::align))
        .route("/api/job", get(routes::job))
        .route("/api/stop", post(routes::stop))
        .route("/api/open", post(routes::open))
        .route("/api/example", post(routes::example))
        .route("/api/rename", post(routes::rename))
        .route("/api/copy", post(routes::copy))
        .route("/api/remove", post(routes::remove))
        .route("/api/check", post(routes::check))
        .route("/api/make", post(routes::make))
        .route("/api/file", get(routes::file))
        .route("/api/search", post(routes::search))
        .route("/api/around", get(routes::around))
        .route("/api/pair", post(routes::pair))
        .route("/api/pairs", post(routes::pairs))
        .route("/api/rows", get(routes::rows))
        .fallback(get(routes::page))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .with_state(desk)
}
