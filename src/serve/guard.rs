//! Who may speak to a page's server.
//!
//! In: every request, before anything else. Out: the request, or a refusal. Guarantee: the `Host` is one of a fixed
//! list (a foreign name that resolves to this machine is refused); a request that another site caused is refused;
//! nothing under `/api` is reached without the token of this run, but for the entrance where a code is given for it;
//! every answer carries the page's policy.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::connections::Known;
use super::secrets::same;

/// Where a page gets the token for a code.
pub(super) const ENTRANCE: &str = "/api/enter";

/// The header in which the page sends the token.
const TOKEN_HEADER: &str = "x-muqabala-token";

/// The policy of every answer: own files only, no inline script or style, nobody may frame the page.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// What the guard knows.
#[derive(Debug)]
pub(super) struct Guard {
    token: String,
    hosts: [String; 2],
    origins: [String; 2],
}

impl Guard {
    /// The guard of a run that listens at `port`.
    pub(super) fn new(port: u16, token: String) -> Self {
        let hosts = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{port}"));
        let origins = hosts.clone().map(|host| format!("http://{host}"));
        Self { token, hosts, origins }
    }

    fn refusal(&self, path: &str, headers: &HeaderMap) -> Option<(StatusCode, &'static str)> {
        let one = |name: HeaderName| {
            let mut values = headers.get_all(name).iter();
            (values.next().map(|v| v.to_str().unwrap_or("")), values.next().is_some())
        };
        match one(header::HOST) {
            (Some(host), false) if self.hosts.iter().any(|h| h == host) => {}
            _ => return Some((StatusCode::MISDIRECTED_REQUEST, "this host is not served here")),
        }
        match one(header::ORIGIN) {
            (None, _) => {}
            (Some(origin), false) if self.origins.iter().any(|o| o == origin) => {}
            _ => return Some((StatusCode::FORBIDDEN, "requests of other sites are refused")),
        }
        match one(HeaderName::from_static("sec-fetch-site")) {
            (None | Some("same-origin" | "none"), _) => {}
            // A link on another page may open the page itself, which holds nothing of the project.
            _ if path == "/" => {}
            _ => return Some((StatusCode::FORBIDDEN, "requests of other sites are refused")),
        }
        match one(HeaderName::from_static(TOKEN_HEADER)) {
            _ if !needs_token(path) => None,
            (Some(token), false) if same(token, &self.token) => None,
            _ => Some((StatusCode::UNAUTHORIZED, "the token of this run is missing; open the start address")),
        }
    }
}

fn needs_token(path: &str) -> bool {
    path.starts_with("/api") && path != ENTRANCE
}

/// Lets a request through or refuses it, and puts the policy on the answer.
pub(super) async fn check(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let mut response = if let Some(refusal) = guard.refusal(path, request.headers()) {
        refusal.into_response()
    } else {
        if needs_token(path)
            && let Some(known) = request.extensions().get::<Known>()
        {
            known.shown();
        }
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cache-control", "no-store"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}
