//! The server of the workbench.
//!
//! What comes in: a port, then an open project. What goes out: a page at an address of this machine alone.
//! What it guarantees: it listens on 127.0.0.1 and nowhere else; the address it gives carries a token that
//! nobody can guess, in the fragment, which browsers do not send on; requests have a bounded size.

use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};

use serde_json::Value;
use tokio::sync::watch;

use crate::project::{ProjectFile, Realigner};

use super::guard::{self, Guard};
use super::meanwhile::Answers;
use super::{download, routes};

/// The largest request, in bytes: an edit with the longest text, and room to escape it.
const MAX_BODY: usize = 1024 * 1024;

/// Why the workbench cannot be served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReviewError {
    /// The port is taken or not allowed.
    #[error("port {port} of 127.0.0.1 cannot be used; another number, or 0 for any free port, may do")]
    Bind {
        /// The port asked for.
        port: u16,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers for the page's token")]
    Random,
    /// The server stopped.
    #[error("the review server stopped")]
    Serve(#[from] std::io::Error),
}

/// A port that is ours, and the token of this run.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    port: u16,
    token: String,
}

/// What the server works on.
pub struct Workbench {
    file: Mutex<ProjectFile>,
    aligner: Box<dyn Realigner + Send + Sync>,
    clock: Clock,
    answers: Mutex<Answers>,
    /// The revision of the project, for those who wait for another.
    revision: watch::Sender<u64>,
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
        Self { file: Mutex::new(file), aligner, clock, answers: Mutex::default(), revision }
    }

    /// Remembers the answer to an edit, for the pages that did not make it, and tells those who wait.
    pub(super) fn tell(&self, revision: u64, answer: Arc<Value>) {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).keep(revision, answer);
        self.revision.send_replace(revision);
    }

    /// The answers after revision `known` up to `now`; `None` if not all of them are remembered.
    pub(super) fn missed(&self, known: u64, now: u64) -> Option<Vec<Arc<Value>>> {
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

/// Takes `port` of 127.0.0.1; 0 takes any free one.
pub fn bind(port: u16) -> Result<Bound, ReviewError> {
    let listener = TcpListener::bind(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port))
        .map_err(|source| ReviewError::Bind { port, source })?;
    let port = listener.local_addr()?.port();
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes).map_err(|_| ReviewError::Random)?;
    let token = bytes.iter().fold(String::new(), |token, byte| token + &format!("{byte:02x}"));
    Ok(Bound { listener, port, token })
}

impl Bound {
    /// The port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The token that requests must carry.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// The address to open, with the token.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/#token={}", self.port, self.token)
    }

    /// Serves `workbench` until the program is interrupted. The file is closed when this returns.
    pub fn serve(self, workbench: Workbench) -> Result<(), ReviewError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(async {
            self.listener.set_nonblocking(true)?;
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let guard = Arc::new(Guard::new(self.port, self.token));
            let app = router(Arc::new(workbench), guard);
            tokio::select! {
                served = axum::serve(listener, app) => served?,
                () = interrupted() => {}
            }
            Ok(())
        })
    }
}

async fn interrupted() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

fn router(workbench: Arc<Workbench>, guard: Arc<Guard>) -> Router {
    Router::new()
        .route("/api/ping", get(routes::ping))
        .route("/api/project", get(routes::project))
        .route("/api/outline", get(routes::outline))
        .route("/api/rows", get(routes::rows))
        .route("/api/bead/{id}", get(routes::detail))
        .route("/api/find", get(routes::find_rows))
        .route("/api/next", get(routes::next_row))
        .route("/api/export", get(download::download))
        .route("/api/changes", get(routes::changes))
        .route("/api/edit", post(routes::edit))
        .route("/api/undo", post(routes::undo))
        .route("/api/redo", post(routes::redo))
        .route("/api/settings", post(routes::settings))
        .fallback(get(routes::page))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(guard, guard::check))
        .with_state(workbench)
}
