//! A page that is served to this machine alone, and to its user: what the review page and others share.
//!
//! In: a port, then the addresses of a page. Out: a server, and a browser that shows the page. Guarantee: it listens on
//! 127.0.0.1 and nowhere else; what stands under `/api` is for those who carry the token of this run; the token is
//! written into no address, no command line and no file; a connection that says nothing ends after seconds, and
//! however many there are, the page is answered.
//!
//! ```no_run
//! use muqabala::serve::bind;
//!
//! // Any free port of this machine.
//! let bound = bind(0)?;
//! println!("the page will be at {}", bound.address());
//! # Ok::<(), muqabala::serve::ServeError>(())
//! ```

mod bound;
mod connections;
mod error;
mod guard;
mod interrupts;
mod opening;
mod presence;
mod secrets;

pub use bound::{Bound, Door, bind, bind_for};
pub use error::ServeError;
pub use presence::Presence;

pub(crate) use presence::noted;
