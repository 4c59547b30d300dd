//! The connections of a page's server, so bounded that nobody keeps the page waiting.
//!
//! In: a listener and an application. Out: answers. Guarantee: a connection that has not sent a whole head after
//! [`HEAD_TIME`] ends, also one that waits for its next request; of those that never showed the token there are at
//! most [`MOST_STRANGERS`], the oldest gives way to the newest, but not before it had [`GRACE`] to show it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;

/// How long the head of a request may take.
const HEAD_TIME: Duration = Duration::from_secs(5);
/// The longest head of a request, in bytes.
const MOST_HEAD: usize = 64 * 1024;
/// Connections that never showed the token, at most. A browser opens six for a page.
const MOST_STRANGERS: usize = 64;
/// Connections that showed the token, at most.
const MOST_KNOWN: usize = 256;
/// How long a stranger is given in any case.
const GRACE: Duration = Duration::from_millis(100);
/// The pause after the system refused a connection, for want of file handles mostly.
const PAUSE: Duration = Duration::from_millis(100);

/// Whether a connection has shown the token; in the extensions of each of its requests.
#[derive(Debug, Clone, Default)]
pub(super) struct Known(Arc<AtomicBool>);

impl Known {
    /// Notes that the token was shown.
    pub(super) fn shown(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_shown(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// A connection that is served.
struct Connection {
    since: Instant,
    known: Known,
    task: AbortHandle,
}

/// Takes connections and serves `app` on them, for ever.
pub(super) async fn accept(listener: &TcpListener, app: &Router) {
    let mut served = VecDeque::new();
    loop {
        make_room(&mut served).await;
        match listener.accept().await {
            Ok((stream, _)) => {
                let known = Known::default();
                let task = tokio::spawn(serve(stream, app.clone(), known.clone())).abort_handle();
                served.push_back(Connection { since: Instant::now(), known, task });
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// Ends the oldest connections where there are too many.
async fn make_room(served: &mut VecDeque<Connection>) {
    served.retain(|connection| !connection.task.is_finished());
    for (known, most) in [(false, MOST_STRANGERS), (true, MOST_KNOWN)] {
        if served.iter().filter(|c| c.known.is_shown() == known).count() < most {
            continue;
        }
        let Some(oldest) = served.iter().position(|c| c.known.is_shown() == known) else { continue };
        tokio::time::sleep_until((served[oldest].since + GRACE).into()).await;
        // Where it has shown the token meanwhile, there is room.
        if served[oldest].known.is_shown() == known
            && let Some(connection) = served.remove(oldest)
        {
            connection.task.abort();
        }
    }
}

/// Serves one connection to its end.
async fn serve(stream: TcpStream, app: Router, known: Known) {
    let app = TowerToHyperService::new(app);
    let service = service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(known.clone());
        app.call(request)
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(MOST_HEAD);
    // Why it ended is nobody's concern: the one who asked is gone, or asked wrongly and was told.
    let _ = builder.serve_connection(TokioIo::new(stream), service).await;
}
