//! Ctrl-C, SIGTERM, the end of the terminal and SIGQUIT, while a page is served.

use std::io;

use tokio::signal;

#[cfg(unix)]
use crate::signals;

/// Listens to what ends the program.
pub(super) struct Interrupts {
    #[cfg(unix)]
    ctrl_c: signal::unix::Signal,
    #[cfg(unix)]
    terminate: signal::unix::Signal,
    /// `None` where whoever started the program had it ignore this.
    #[cfg(unix)]
    hangup: Option<signal::unix::Signal>,
    #[cfg(unix)]
    quit: Option<signal::unix::Signal>,
}

/// Waits for a signal; without one for ever.
#[cfg(unix)]
async fn heard(signal: &mut Option<signal::unix::Signal>) {
    match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}

impl Interrupts {
    /// Listens from now on; what comes before it is asked for is kept.
    #[cfg(unix)]
    pub(super) fn listen() -> io::Result<Self> {
        use signal::unix::{SignalKind, signal};
        let unless_ignored = |ends: bool, kind| ends.then(|| signal(kind)).transpose();
        Ok(Self {
            ctrl_c: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hangup: unless_ignored(signals::ends_with_its_terminal(), SignalKind::hangup())?,
            quit: unless_ignored(signals::ends_by_quit(), SignalKind::quit())?,
        })
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "elsewhere it may fail")]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for one.
    #[cfg(unix)]
    pub(super) async fn come(&mut self) {
        tokio::select! {
            _ = self.ctrl_c.recv() => {}
            _ = self.terminate.recv() => {}
            () = heard(&mut self.hangup) => {}
            () = heard(&mut self.quit) => {}
        }
    }

    #[cfg(not(unix))]
    pub(super) async fn come(&mut self) {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
