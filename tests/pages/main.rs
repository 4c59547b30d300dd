//! The review page: over HTTP, and in a real browser where there is one.
#![expect(clippy::unwrap_used, reason = "a test may panic, and clippy sees tests only where #[test] stands")]

#[path = "../support/mod.rs"]
mod support;

mod browser;
mod jobs;
mod review_browser;
mod review_browser_column;
mod review_browser_look;
mod review_browser_place;
mod review_browser_queue;
mod review_browser_speed;
mod review_browser_ways;
mod review_edits;
mod review_http;
mod review_lookup;
// A desktop of which a script can take the place, and /proc.
#[cfg(target_os = "linux")]
mod secret_address;
mod sizes;
mod start_browser;
mod start_http;
mod start_search;
mod start_times;
