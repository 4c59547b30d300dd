//! Fetching a web address, and what it redirects to.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, Instant};

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ureq::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, LOCATION};
use ureq::http::{Response, Uri};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};

use super::location::resolved;
use super::network::{Lookup, check_host, is_refusal};
use super::{Fetched, WebOptions};
use crate::read::ReadError;

const SAVE: &str = "open it in a browser, save the page, and give the saved file";
const OFFLINE: &str = "check the address and your connection; without one, give a saved copy of the page";

const INSIDE: &str =
    "if that is meant, say --allow-private; else whoever wrote the address wants to see your network";

/// Fetches `address`; at most `max_size` bytes are accepted.
pub fn fetch(address: &str, max_size: u64, options: &WebOptions) -> Result<Fetched, ReadError> {
    let error = |(why, hint)| ReadError::Web { address: address.to_owned(), why, hint };
    let mut uri: Uri = address
        .parse()
        .map_err(|e| error((format!("it is no web address ({e})"), "write it as the browser shows it")))?;
    let begun = Instant::now();
    let inside = Arc::default();
    for redirections in 0..=options.max_redirects {
        let lookup = Lookup::new(options.private, redirections == 0, Arc::clone(&inside));
        let time = options.timeout.saturating_sub(begun.elapsed());
        let host = uri.host().unwrap_or_default();
        let explained = |e: &ureq::Error| error(explain(e, host, options, redirections > 0));
        let response = ask(&uri, lookup, time).map_err(|e| explained(&e))?;
        if !response.status().is_redirection() {
            return received(address, response, max_size, &explained);
        }
        uri = next(&uri, &response).map_err(error)?;
    }
    Err(error((format!("it redirects more than {} times", options.max_redirects), SAVE)))
}

/// Asks for one address, and follows nothing.
fn ask(uri: &Uri, lookup: Lookup, time: Duration) -> Result<Response<Body>, ureq::Error> {
    let host = uri.host().unwrap_or_default();
    check_host(&lookup, host)?;
    let mut config = Agent::config_builder()
        .timeout_global(Some(time))
        .max_redirects(0)
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        .user_agent(concat!("Mozilla/5.0 (compatible; muqabala/", env!("CARGO_PKG_VERSION"), ")"))
        .accept("text/html, application/xhtml+xml, */*;q=0.8");
    if is_loopback(host) {
        config = config.proxy(None);
    }
    Agent::with_parts(config.build(), DefaultConnector::default(), lookup).get(uri).call()
}

/// Where a redirection leads.
fn next(uri: &Uri, response: &Response<Body>) -> Result<Uri, (String, &'static str)> {
    let status = response.status().as_u16();
    let Some(location) = response.headers().get(LOCATION) else {
        return Err((format!("the server answers {status} and does not say where the page is"), SAVE));
    };
    let location = resolved(uri, location.as_bytes());
    let next = location.parse::<Uri>().ok().filter(|next| next.host().is_some_and(|host| !host.is_empty()));
    let Some(next) = next else {
        return Err((format!("it redirects to `{location}`, which is no web address"), SAVE));
    };
    match (uri.scheme_str(), next.scheme_str()) {
        (_, Some("https")) | (Some("http"), Some("http")) => Ok(next),
        (_, Some("http")) => Err(("it redirects to an address without encryption".to_owned(), SAVE)),
        _ => Err((format!("it redirects to `{location}`, which is no web address"), SAVE)),
    }
}

/// What a server sent, unpacked.
fn received(
    address: &str,
    mut response: Response<Body>,
    max_size: u64,
    explained: &dyn Fn(&ureq::Error) -> ReadError,
) -> Result<Fetched, ReadError> {
    let too_large = || ReadError::TooLarge { name: address.to_owned(), limit: max_size };
    let header =
        |name: HeaderName| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    if header(CONTENT_LENGTH).and_then(|l| l.parse::<u64>().ok()).is_some_and(|l| l > max_size) {
        return Err(too_large());
    }
    let encoding = header(CONTENT_TYPE).and_then(|t| {
        let (_, label) = t.split_once("charset=")?;
        label.trim_matches(['"', '\'', ' ']).split(';').next()?.parse().ok()
    });
    let packing = header(CONTENT_ENCODING).unwrap_or_default().trim().to_ascii_lowercase();
    let mut bytes = Vec::new();
    let body = response.body_mut().with_config().limit(max_size.saturating_add(2)).reader();
    body.take(max_size.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| explained(&ureq::Error::from(e)))?;
    let why = |why: String| ReadError::Web { address: address.to_owned(), why, hint: SAVE };
    if let Some(unpacked) = unpacked(&packing, &bytes, max_size).map_err(why)? {
        bytes = unpacked;
    }
    if bytes.len() as u64 > max_size {
        return Err(too_large());
    }
    Ok(Fetched { bytes, encoding })
}

/// What was packed without our asking for it: at most a byte more than `max_size`; `None` for what is not packed.
fn unpacked(packing: &str, bytes: &[u8], max_size: u64) -> Result<Option<Vec<u8>>, String> {
    let unpack = |from: &mut dyn Read| {
        let mut whole = Vec::new();
        from.take(max_size.saturating_add(1)).read_to_end(&mut whole).map(|_| whole)
    };
    let whole = match packing {
        "" | "identity" => return Ok(None),
        "gzip" | "x-gzip" => unpack(&mut MultiGzDecoder::new(bytes)),
        // The standard means zlib's form, and some servers send the bare one.
        "deflate" => {
            unpack(&mut ZlibDecoder::new(bytes)).or_else(|_| unpack(&mut DeflateDecoder::new(bytes)))
        }
        _ => return Err(format!("the server packs the page as `{packing}`, for which nobody asked")),
    };
    whole.map(Some).map_err(|_| format!("what the server sends is not packed as it says, by {packing}"))
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn explain(
    error: &ureq::Error,
    host: &str,
    options: &WebOptions,
    redirected: bool,
) -> (String, &'static str) {
    use ureq::Error;
    if is_refusal(error) {
        let leads = if redirected { "redirects" } else { "leads" };
        return (format!("it {leads} to {host}, an address of this machine or of a private network"), INSIDE);
    }
    match error {
        Error::StatusCode(code) => (format!("the server answers {code}{}", meaning(*code)), SAVE),
        Error::HostNotFound => (format!("there is no host {host} to be found"), OFFLINE),
        Error::ConnectionFailed => (format!("there is no connection to {host}"), OFFLINE),
        Error::Timeout(_) => {
            (format!("it takes longer than {} seconds", options.timeout.as_secs_f64()), OFFLINE)
        }
        Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) => {
            (format!("the connection to {host} cannot be trusted ({error})"), SAVE)
        }
        Error::Io(e) => match e.kind() {
            io::ErrorKind::TimedOut => {
                (format!("it takes longer than {} seconds", options.timeout.as_secs_f64()), OFFLINE)
            }
            io::ErrorKind::InvalidData => {
                (format!("the connection to {host} cannot be trusted ({error})"), SAVE)
            }
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted => {
                (format!("the connection to {host} broke off ({error})"), OFFLINE)
            }
            _ => (format!("there is no connection to {host} ({error})"), OFFLINE),
        },
        _ => (error.to_string(), SAVE),
    }
}

const fn meaning(code: u16) -> &'static str {
    match code {
        401 => " (a login is needed)",
        402 => " (payment is needed)",
        403 => " (access refused)",
        404 => " (no such page)",
        410 => " (the page is gone)",
        429 => " (too many requests)",
        451 => " (refused for legal reasons)",
        500..=599 => " (the server is in trouble)",
        _ => "",
    }
}
