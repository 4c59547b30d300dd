//! Web addresses → bytes.
//!
//! In: an `http` or `https` address. Out: what the server sends, and the encoding it says this has. Guarantee:
//! bounded time, size and number of redirections; certificates are checked against those that the system trusts,
//! and an `https` address never leads to one without encryption, nor one elsewhere to this machine or a private
//! network; nothing is fetched but the address and what it redirects to.

#[cfg(feature = "web")]
mod http;
#[cfg(feature = "web")]
mod location;
#[cfg(feature = "web")]
mod network;

use std::time::Duration;

#[cfg(feature = "web")]
pub use http::fetch;

#[cfg(not(feature = "web"))]
use super::ReadError;
use super::TextEncoding;

/// How a web address is fetched.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WebOptions {
    /// The longest that all of it may take. Default: 60 seconds.
    pub timeout: Duration,
    /// Redirections followed, at most. Default: 10.
    pub max_redirects: u32,
    /// Whether addresses of this machine and of private networks are fetched. Default: where the one given is such.
    pub private: PrivateAddresses,
}

/// Whether addresses of this machine and of private networks are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PrivateAddresses {
    /// Where the address that was given is one itself; no page elsewhere leads there.
    #[default]
    IfGiven,
    /// Wherever an address leads.
    Allowed,
}

impl Default for WebOptions {
    fn default() -> Self {
        Self { timeout: Duration::from_mins(1), max_redirects: 10, private: PrivateAddresses::default() }
    }
}

/// What a server sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fetched {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The encoding that the server names.
    pub encoding: Option<TextEncoding>,
}

/// Refuses `address`: the feature `web`, which fetches, is left out.
#[cfg(not(feature = "web"))]
pub fn fetch(address: &str, _: u64, _: &WebOptions) -> Result<Fetched, ReadError> {
    Err(ReadError::Web {
        address: address.to_owned(),
        why: "this program was built without its feature `web`".to_owned(),
        hint: "open it in a browser, save the page, and give the saved file",
    })
}

/// Whether an argument is a web address.
pub fn is_address(argument: &str) -> bool {
    ["http://", "https://"]
        .iter()
        .any(|scheme| argument.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)))
}
