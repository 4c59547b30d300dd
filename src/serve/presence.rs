//! Whether a page is open.
//!
//! In: requests that passed the guard. Out: for how long there was none. Guarantee: a page that waits for an answer,
//! as every open page does nearly always, is there, however slow its timers run in the background.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;

/// The requests of a server's pages.
#[derive(Debug)]
pub struct Presence(Mutex<Seen>);

#[derive(Debug)]
struct Seen {
    /// Requests that are being answered.
    open: usize,
    /// When the last one ended, or the server began.
    last: Instant,
    /// Whether there ever was a page.
    ever: bool,
}

impl Default for Presence {
    fn default() -> Self {
        Self(Mutex::new(Seen { open: 0, last: Instant::now(), ever: false }))
    }
}

impl Presence {
    fn change(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// For how long no page has been there; zero while there is one.
    pub fn quiet(&self) -> Duration {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.open > 0 { Duration::ZERO } else { seen.last.elapsed() }
    }

    /// Whether there ever was a page.
    pub fn was_seen(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).ever
    }
}

/// A request that is being answered; it ends also when the page goes away before it has its answer.
struct Visit(Arc<Presence>);

impl Visit {
    fn begin(presence: Arc<Presence>) -> Self {
        presence.change(|seen| {
            seen.open += 1;
            seen.ever = true;
        });
        Self(presence)
    }
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.0.change(|seen| {
            seen.open -= 1;
            seen.last = Instant::now();
        });
    }
}

/// `app`, whose requests to `/api` are noted in `presence`; all of them carry the token, as the guard sees to it.
pub(crate) fn noted(app: Router, presence: Arc<Presence>) -> Router {
    app.layer(middleware::from_fn_with_state(presence, note))
}

async fn note(State(presence): State<Arc<Presence>>, request: Request, next: Next) -> Response {
    let _visit = request.uri().path().starts_with("/api").then(|| Visit::begin(presence));
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_waits_is_there_and_one_that_left_is_not() {
        let presence = Arc::new(Presence::default());
        assert!(!presence.was_seen());
        let waiting = Visit::begin(Arc::clone(&presence));
        drop(Visit::begin(Arc::clone(&presence)));
        std::thread::sleep(Duration::from_millis(5));
        assert_eq!(presence.quiet(), Duration::ZERO);
        drop(waiting);
        std::thread::sleep(Duration::from_millis(5));
        assert!(presence.was_seen() && presence.quiet() >= Duration::from_millis(5));
    }
}
