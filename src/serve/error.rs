//! Why a page is not served.

/// Why a page cannot be served or shown.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The port is taken or not allowed.
    #[error("port {port} of 127.0.0.1 cannot be used; another number, or 0 for any free port, may do")]
    Bind {
        /// The port asked for.
        port: u16,
        /// What the operating system says.
        source: std::io::Error,
    },
    /// The operating system gives no random numbers.
    #[error("the operating system gives no random numbers for the page's token")]
    Random,
    /// No browser could be started, or not be led to the page.
    #[error("no browser could be opened")]
    Browser(#[source] std::io::Error),
    /// The server stopped.
    #[error("the server of the page stopped")]
    Serve(#[from] std::io::Error),
}
