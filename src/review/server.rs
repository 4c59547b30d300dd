//! The addresses of the workbench, put together.
//!
//! In: a port that is ours and an open project. Out: the review page there.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::serve::{Bound, Presence, ServeError, noted};

use super::workbench::Workbench;
use super::{download, replacing, routes};

/// Serves `workbench` at `bound` until the program is interrupted; `begun` is called as by [`Bound::serve`]. The file
/// is closed when this returns.
pub fn serve(bound: Bound, workbench: Workbench, begun: impl FnOnce(&Bound)) -> Result<(), ServeError> {
    bound.serve(router(Arc::new(workbench)), begun)
}

/// Serves `workbench` at `bound` until `stop`; `presence` tells whether a page is open. The file is closed when this
/// returns.
pub(crate) fn serve_until(
    bound: Bound,
    workbench: Workbench,
    presence: Arc<Presence>,
    stop: impl Future<Output = ()>,
) -> Result<(), ServeError> {
    bound.serve_until(noted(router(Arc::new(workbench)), presence), stop)
}

fn router(workbench: Arc<Workbench>) -> Router {
    Router::new()
        .route("/api/ping", get(routes::ping))
        .route("/api/project", get(routes::project))
        .route("/api/home", post(routes::home))
        .route("/api/sought", post(routes::sought))
        .route("/api/outline", get(routes::outline))
        .route("/api/rows", get(routes::rows))
        .route("/api/bead/{id}", get(routes::detail))
        .route("/api/alternatives/{id}", get(routes::alternatives))
        .route("/api/find", get(routes::find_rows))
        .route("/api/next", get(routes::next_row))
        .route("/api/export", get(download::download))
        .route("/api/findings", get(routes::findings))
        .route("/api/replace", post(replacing::preview))
        .route("/api/export/count", get(download::leaving))
        .route("/api/changes", get(routes::changes))
        .route("/api/edit", post(routes::edit))
        .route("/api/undo", post(routes::undo))
        .route("/api/redo", post(routes::redo))
        .route("/api/takes", get(routes::takes))
        .route("/api/bookmark", post(routes::bookmark))
        .route("/api/settings", post(routes::settings))
        .fallback(get(routes::page))
        .with_state(workbench)
}
