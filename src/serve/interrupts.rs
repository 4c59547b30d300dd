//! Ctrl-C and SIGTERM, while a page is served.

use std::io;

use tokio::signal;

/// Listens to what ends the program.
pub(super) struct Interrupts {
    #[cfg(unix)]
    ctrl_c: signal::unix::Signal,
    #[cfg(unix)]
    terminate: signal::unix::Signal,
}

impl Interrupts {
    /// Listens from now on; what comes before it is asked for is kept.
    #[cfg(unix)]
    pub(super) fn listen() -> io::Result<Self> {
        use signal::unix::{SignalKind, signal};
        Ok(Self { ctrl_c: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
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
        }
    }

    #[cfg(not(unix))]
    pub(super) async fn come(&mut self) {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
