//! Which addresses belong to this machine or to a private network, and who may fetch them.
//!
//! In: the host of an address. Out: the addresses to connect to, or a refusal. Guarantee: what is looked at is the very
//! address that is connected to, not one that a name had before.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::PrivateAddresses;

/// Looks up hosts, and keeps back addresses that may not be connected to.
#[derive(Debug)]
pub(super) struct Lookup {
    inner: DefaultResolver,
    options: PrivateAddresses,
    /// Whether this is the address that was given, not one that it redirected to.
    given: bool,
    /// Whether the address that was given is private.
    inside: Arc<AtomicBool>,
}

impl Lookup {
    pub(super) fn new(options: PrivateAddresses, given: bool, inside: Arc<AtomicBool>) -> Self {
        Self { inner: DefaultResolver::default(), options, given, inside }
    }

    /// Of the addresses of a host, those that may be connected to: whether private ones stay.
    fn keeps_private(&self, all_are: bool) -> bool {
        if self.options == PrivateAddresses::Allowed {
            return true;
        }
        if self.given && all_are {
            self.inside.store(true, Ordering::Relaxed);
        }
        self.inside.load(Ordering::Relaxed)
    }
}

impl Resolver for Lookup {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        // A proxy is the user's own choice, wherever it stands.
        if config.proxy().is_some_and(|proxy| proxy.uri() == uri) {
            return Ok(found);
        }
        if self.keeps_private(found.iter().all(|address| is_private(address.ip()))) {
            return Ok(found);
        }
        let mut public = self.empty();
        for address in found.iter().filter(|address| !is_private(address.ip())) {
            public.push(*address);
        }
        if public.is_empty() { Err(refusal()) } else { Ok(public) }
    }
}

/// Refuses a host that is a private address in figures: where a proxy looks names up, nothing else can be told.
pub(super) fn check_host(lookup: &Lookup, host: &str) -> Result<(), ureq::Error> {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let private = host.parse().map_or_else(|_| host.eq_ignore_ascii_case("localhost"), is_private);
    if private && !lookup.keeps_private(true) { Err(refusal()) } else { Ok(()) }
}

/// An address that may not be connected to.
#[derive(Debug, thiserror::Error)]
#[error("an address of this machine or of a private network")]
struct Inside;

fn refusal() -> ureq::Error {
    ureq::Error::Other(Box::new(Inside))
}

/// Whether a request failed because nobody may be asked there.
pub(super) fn is_refusal(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Other(other) if other.is::<Inside>())
}

/// Whether `address` is of this machine, of a private network, or of no network.
pub(super) fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_4(address),
        IpAddr::V6(address) => is_private_6(address),
    }
}

fn is_private_4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || a == 0
        // Shared by the customers of a provider; of protocols; for measurements; reserved.
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 240
}

fn is_private_6(address: Ipv6Addr) -> bool {
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_private_4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // ::, ::1, and addresses of IPv4 written in those of IPv6; NAT64 and 6to4, which lead to one.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => inner(high, low),
        [0x64, 0xff9b, 1, ..] => true,
        // Local networks, links, sites, groups.
        [first, ..] => {
            (first & 0xfe00) == 0xfc00
                || (first & 0xffc0) == 0xfe80
                || (first & 0xffc0) == 0xfec0
                || (first & 0xff00) == 0xff00
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_this_machine_and_of_private_networks_are_known_however_they_are_written() {
        for private in [
            "127.0.0.1",
            "127.9.9.9",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "::ffff:169.254.169.254",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "64:ff9b::a00:1",
            "2002:7f00:1::",
            "64:ff9b:1::1",
        ] {
            assert!(is_private(private.parse().unwrap()), "{private}");
        }
        for public in [
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "192.0.2.1",
            "193.168.1.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2002:808:808::",
        ] {
            assert!(!is_private(public.parse().unwrap()), "{public}");
        }
    }

    /// The addresses that a host has when it is connected to: a name may have had others before.
    #[test]
    fn what_is_connected_to_is_looked_at() {
        let resolve = |options, given| {
            let lookup = Lookup::new(options, given, Arc::default());
            let uri = "http://127.0.0.1:80/".parse().unwrap();
            lookup.resolve(&uri, &Config::default(), NextTimeout::default())
        };
        assert_eq!(resolve(PrivateAddresses::IfGiven, true).unwrap().len(), 1);
        assert_eq!(resolve(PrivateAddresses::Allowed, false).unwrap().len(), 1);
        assert!(is_refusal(&resolve(PrivateAddresses::IfGiven, false).unwrap_err()));
    }

    #[test]
    fn a_page_elsewhere_leads_to_no_private_address() {
        let lookup = |options, given| Lookup::new(options, given, Arc::default());
        let refused = |lookup: &Lookup, host| check_host(lookup, host).is_err();
        for host in ["127.0.0.1", "[::1]", "LocalHost", "10.0.0.1"] {
            assert!(!refused(&lookup(PrivateAddresses::IfGiven, true), host));
            assert!(refused(&lookup(PrivateAddresses::IfGiven, false), host));
            assert!(!refused(&lookup(PrivateAddresses::Allowed, false), host));
        }
        assert!(!refused(&lookup(PrivateAddresses::IfGiven, false), "example.org"));
        // Where the address given is a private one, it leads to others.
        let given = lookup(PrivateAddresses::IfGiven, true);
        assert!(check_host(&given, "192.168.0.1").is_ok());
        let next = Lookup::new(PrivateAddresses::IfGiven, false, Arc::clone(&given.inside));
        assert!(check_host(&next, "10.0.0.1").is_ok());
    }
}
