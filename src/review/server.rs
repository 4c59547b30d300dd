//! The server of the workbench.
//!
//! In: a port, then an open project. Out: a page at an address of this machine alone. Guarantee: it listens on
//! 127.0.0.1 and nowhere else; the address it gives carries a token that nobody can guess, in the fragment, which
//! browsers do not send on; requests have a bounded size.

use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::{get, post};

use super::guard::{self, Guard};
use super::workbench::Workbench;
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
        .route("/api/alternatives/{id}", get(routes::alternatives))
        .route("/api/find", get(routes::find_rows))
        .route("/api/next", get(routes::next_row))
        .route("/api/export", get(download::download))
        .route("/api/changes", get(routes::changes))
        .route("/api/edit", post(routes::edit))
        .route("/api/undo", post(routes::undo))
        .route("/api/redo", post(routes::redo))
        .route("/api/takes", get(routes::takes))
        .route("/api/bookmark", post(routes::bookmark))
        .route("/api/settings", post(routes::settings))
        .fallback(get(routes::page))
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(middleware::from_fn_with_state(guard, guard::check))
        .with_state(workbench)
}
