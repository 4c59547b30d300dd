//! Fetching over HTTP.

use std::io::{self, Read};

use ureq::Agent;
use ureq::http::Uri;
use ureq::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use ureq::tls::{RootCerts, TlsConfig};

use super::{Fetched, WebOptions};
use crate::read::ReadError;

const SAVE: &str = "open it in a browser, save the page, and give the saved file";
const OFFLINE: &str = "check the address and your connection; without one, give a saved copy of the page";

/// Fetches `address`; at most `max_size` bytes are accepted.
pub fn fetch(address: &str, max_size: u64, options: &WebOptions) -> Result<Fetched, ReadError> {
    let error = |why: String, hint| ReadError::Web { address: address.to_owned(), why, hint };
    let uri: Uri = address
        .parse()
        .map_err(|e| error(format!("it is no web address ({e})"), "write it as the browser shows it"))?;
    let host = uri.host().unwrap_or_default().to_owned();
    let too_large = || ReadError::TooLarge { name: address.to_owned(), limit: max_size };
    let explained = |e: ureq::Error| {
        let (why, hint) = explain(&e, &host, options);
        error(why, hint)
    };
    let mut config = Agent::config_builder()
        .timeout_global(Some(options.timeout))
        .max_redirects(options.max_redirects)
        .tls_config(TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build())
        .https_only(uri.scheme_str() == Some("https"))
        .user_agent(concat!("Mozilla/5.0 (compatible; muqabala/", env!("CARGO_PKG_VERSION"), ")"))
        .accept("text/html, application/xhtml+xml, */*;q=0.8");
    if is_loopback(&host) {
        config = config.proxy(None);
    }
    let agent: Agent = config.build().into();
    let mut response = agent.get(&uri).call().map_err(explained)?;
    let header = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    if header(CONTENT_LENGTH).and_then(|l| l.parse::<u64>().ok()).is_some_and(|l| l > max_size) {
        return Err(too_large());
    }
    let encoding = header(CONTENT_TYPE).and_then(|t| {
        let (_, label) = t.split_once("charset=")?;
        label.trim_matches(['"', '\'', ' ']).split(';').next()?.parse().ok()
    });
    let mut bytes = Vec::new();
    let body = response.body_mut().with_config().limit(max_size.saturating_add(2)).reader();
    body.take(max_size.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| explained(ureq::Error::from(e)))?;
    if bytes.len() as u64 > max_size {
        return Err(too_large());
    }
    Ok(Fetched { bytes, encoding })
}

fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

fn explain(error: &ureq::Error, host: &str, options: &WebOptions) -> (String, &'static str) {
    use ureq::Error;
    match error {
        Error::StatusCode(code) => (format!("the server answers {code}{}", meaning(*code)), SAVE),
        Error::HostNotFound => (format!("there is no host {host} to be found"), OFFLINE),
        Error::ConnectionFailed => (format!("there is no connection to {host}"), OFFLINE),
        Error::Timeout(_) => {
            (format!("it takes longer than {} seconds", options.timeout.as_secs_f64()), OFFLINE)
        }
        Error::TooManyRedirects => (format!("it redirects more than {} times", options.max_redirects), SAVE),
        Error::RequireHttpsOnly(_) => ("it redirects to an address without encryption".to_owned(), SAVE),
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
