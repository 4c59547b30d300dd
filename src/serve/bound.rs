//! A port of this machine, and serving a page there.

use std::net::{Ipv4Addr, SocketAddrV4, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use tokio::runtime::Runtime;

use super::connections;
use super::error::ServeError;
use super::guard::{self, Guard};
use super::interrupts::Interrupts;
use super::opening::Opening;
use super::secrets::{Secrets, address, random, same};
use super::standing::{self, Standing, Wanted};

/// The largest request, in bytes, unless an address has a limit of its own: an edit with the longest text, and room to
/// escape it.
const MAX_BODY: usize = 1024 * 1024;

/// The script by which a page gets its token, served at `/assets/token.js`.
const TOKEN_SCRIPT: &str = include_str!("token.js");

/// The header in which a page sends the code that stood in its address.
const CODE_HEADER: &str = "x-muqabala-code";

/// A port that is ours, and the secrets of this run.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    port: u16,
    secrets: Arc<Secrets>,
}

/// Takes `port` of 127.0.0.1; 0 takes any free one.
pub fn bind(port: u16) -> Result<Bound, ServeError> {
    let listener = TcpListener::bind(SocketAddrV4::new(Ipv4Addr::LOCALHOST, port))
        .map_err(|source| ServeError::Bind { port, source })?;
    let port = listener.local_addr()?.port();
    Ok(Bound { listener, port, secrets: Arc::new(Secrets::new()?) })
}

impl Bound {
    /// The port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The token that requests to `/api` must carry in the header `x-muqabala-token`; in no address.
    pub fn token(&self) -> &str {
        self.secrets.token()
    }

    /// The address for the user's own terminal. Its code opens the page as often as it is used while the program runs,
    /// so it belongs on no command line and in no log.
    pub fn address(&self) -> String {
        address(self.port, self.secrets.lasting())
    }

    /// Leaves the file `path`, by which other processes of this user find the page: see [`Standing`].
    ///
    /// # Errors
    /// If it cannot be written so that nobody else can read it.
    pub fn leave(&self, path: &Path) -> std::io::Result<Standing> {
        Standing::leave((self.port, self.secrets.standing()), path)
    }

    /// A way for another page of this program to lead its reader to this one.
    pub fn door(&self) -> Door {
        Door { port: self.port, secrets: Arc::clone(&self.secrets) }
    }

    /// Opens the page in the browser of the user, who alone can read the way there; see `docs/security.md`. The page
    /// must be served within two minutes.
    pub fn open_in_browser(&self) -> Result<(), ServeError> {
        open_in_browser(self.port, &self.secrets)
    }

    /// Serves `app` until the program is interrupted. Everything under `/api` asks for the token; `/api/enter` and
    /// `/assets/token.js`, by which a page gets it, are added. `begun` is called as soon as interrupts are listened to:
    /// a browser opened there leaves no file behind, whenever the interrupt comes.
    pub fn serve(self, app: Router, begun: impl FnOnce(&Self)) -> Result<(), ServeError> {
        self.serve_or_until(app, begun, std::future::pending::<()>()).map(drop)
    }

    /// As [`Bound::serve`], or until `stop` gives a value: that value, or `None` if the program was interrupted.
    pub fn serve_or_until<T>(
        self,
        app: Router,
        begun: impl FnOnce(&Self),
        stop: impl Future<Output = T>,
    ) -> Result<Option<T>, ServeError> {
        runtime()?.block_on(async {
            let mut interrupts = Interrupts::listen()?;
            begun(&self);
            let stop = async {
                tokio::select! {
                    () = interrupts.come() => None,
                    value = stop => Some(value),
                }
            };
            self.answer(app, stop).await.map(Option::flatten)
        })
    }

    /// As [`Bound::serve`], until `stop`, whatever the program is told.
    pub fn serve_until(self, app: Router, stop: impl Future<Output = ()>) -> Result<(), ServeError> {
        runtime()?.block_on(self.answer(app, stop)).map(drop)
    }

    /// Answers requests until `stop` gives a value, or `None` if no more can come.
    async fn answer<T>(self, app: Router, stop: impl Future<Output = T>) -> Result<Option<T>, ServeError> {
        self.listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let guard = Arc::new(Guard::new(self.port, self.secrets.token().to_owned()));
        let app = app
            .merge(entrance(Arc::clone(&self.secrets)))
            .merge(standing_at(self.port, Arc::clone(&self.secrets)))
            .layer(DefaultBodyLimit::max(MAX_BODY))
            .layer(middleware::from_fn_with_state(guard, guard::check));
        let stopped = tokio::select! {
            () = connections::accept(&listener, &app) => None,
            () = forget_in_time(&self.secrets) => None,
            value = stop => Some(value),
        };
        // The file that leads to the page, if no browser has opened it.
        self.secrets.forget_once();
        Ok(stopped)
    }
}

/// A way to a page, while it is served.
#[derive(Debug, Clone)]
pub struct Door {
    port: u16,
    secrets: Arc<Secrets>,
}

impl Door {
    /// An address that opens the page once, within two minutes; the one given before opens it no more.
    pub fn address(&self) -> Result<String, ServeError> {
        let code = random()?;
        let address = address(self.port, &code);
        self.secrets.allow_once(code, None);
        Ok(address)
    }

    /// Whether somebody is on the way to the page by an address that opens it once.
    pub fn is_awaited(&self) -> bool {
        self.secrets.end_of_once().is_some_and(|end| Instant::now() < end)
    }
}

/// As [`bind`] for the page of `path`, a project or a folder: at `port`, or else at the one that it has each time, or at
/// any if that one is not free.
pub fn bind_for(path: &Path, port: Option<u16>) -> Result<Bound, ServeError> {
    match port {
        Some(port) => bind(port),
        None => bind_usual(path).or_else(|_| bind(0)),
    }
}

/// As [`bind`] at the port that the page of `path` has each time.
pub fn bind_usual(path: &Path) -> Result<Bound, ServeError> {
    bind(usual_port(path))
}

/// A port that is the same for a project or a folder each time, among those that the system gives to nobody: a page
/// still open, and what the browser keeps for it, then find the program again.
fn usual_port(path: &Path) -> u16 {
    const DYNAMIC: std::ops::RangeInclusive<u16> = 49152..=65535;
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    // FNV-1a.
    let hash = path.as_os_str().as_encoded_bytes().iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    *DYNAMIC.start() + (hash % DYNAMIC.len() as u64) as u16
}

fn runtime() -> Result<Runtime, ServeError> {
    Ok(tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?)
}

fn open_in_browser(port: u16, secrets: &Secrets) -> Result<(), ServeError> {
    let code = random()?;
    let opening = Opening::new(&address(port, &code)).map_err(ServeError::Browser)?;
    let path = opening.path();
    secrets.allow_once(code, Some(opening));
    open::that_detached(path).map_err(|error| {
        secrets.forget_once();
        ServeError::Browser(error)
    })
}

/// The addresses by which a page gets the token.
fn entrance(secrets: Arc<Secrets>) -> Router {
    let script = || async { ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], TOKEN_SCRIPT) };
    Router::new()
        .route(guard::ENTRANCE, post(enter))
        .route("/assets/token.js", get(script))
        .with_state(secrets)
}

/// The token, for a code.
async fn enter(State(secrets): State<Arc<Secrets>>, headers: HeaderMap) -> Response {
    let code = headers.get(CODE_HEADER).and_then(|code| code.to_str().ok());
    match code.and_then(|code| secrets.exchange(code)) {
        Some(token) => Json(serde_json::json!({ "token": token })).into_response(),
        None => (StatusCode::UNAUTHORIZED, "this code was used or is none; open the start address")
            .into_response(),
    }
}

/// The address by which another process of this user gets the page's own.
fn standing_at(port: u16, secrets: Arc<Secrets>) -> Router {
    Router::new().route(standing::PATH, post(stands)).with_state((port, secrets))
}

async fn stands(State((port, secrets)): State<(u16, Arc<Secrets>)>, headers: HeaderMap) -> Response {
    let given = standing::HEADERS.map(|name| headers.get(name).and_then(|value| value.to_str().ok()));
    let [Some(nonce), Some(what), Some(proof)] = given else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let secret = secrets.standing();
    let wanted = Wanted::from_name(what).filter(|_| standing::is_random(nonce));
    let Some(wanted) = wanted.filter(|_| same(proof, &standing::proof(secret, nonce, what))) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let shown =
        wanted == Wanted::Address || tokio::task::block_in_place(|| open_in_browser(port, &secrets)).is_ok();
    if !shown {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let code = secrets.lasting().to_owned();
    let proof = standing::proof(secret, nonce, &code);
    Json(standing::Answer { code, proof }).into_response()
}

/// Removes the file that leads to the page when its code has ended; never returns.
async fn forget_in_time(secrets: &Secrets) {
    if let Some(end) = secrets.end_of_once() {
        tokio::time::sleep_until(end.into()).await;
        secrets.forget_once();
    }
    std::future::pending::<()>().await;
}
