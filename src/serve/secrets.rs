//! The secrets of a run: the token that requests carry, and the codes for which a page gets it.
//!
//! Three of them, so that none stays where others look: the token is never part of an address; the code on the way
//! through a browser's command line and history works once and not for long; the code in the address that the program
//! prints works as long as the program runs, for that address is typed and copied.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::error::ServeError;
use super::opening::Opening;

/// How long a code that works once can be used: a browser that has to be started may take a minute.
pub(super) const LIFE: Duration = Duration::from_mins(2);

/// A code that works once, and the file that leads to it, if one does; it goes with it.
struct Once {
    code: String,
    until: Instant,
    _file: Option<Opening>,
}

/// The secrets of a run.
pub(super) struct Secrets {
    token: String,
    lasting: String,
    standing: String,
    once: Mutex<Option<Once>>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets").finish_non_exhaustive()
    }
}

impl Secrets {
    pub(super) fn new() -> Result<Self, ServeError> {
        Ok(Self { token: random()?, lasting: random()?, standing: random()?, once: Mutex::default() })
    }

    /// What requests must carry.
    pub(super) fn token(&self) -> &str {
        &self.token
    }

    /// The code that works as long as the program runs.
    pub(super) fn lasting(&self) -> &str {
        &self.lasting
    }

    /// What other processes of this user know by a file: see `standing.rs`.
    pub(super) fn standing(&self) -> &str {
        &self.standing
    }

    /// Lets `code`, to which `file` leads if there is one, be used once within [`LIFE`]; an earlier one is forgotten.
    pub(super) fn allow_once(&self, code: String, file: Option<Opening>) {
        *self.once() = Some(Once { code, until: Instant::now() + LIFE, _file: file });
    }

    /// The token, for a code that is good. One that works once is used up, and its file is removed.
    pub(super) fn exchange(&self, code: &str) -> Option<&str> {
        if same(code, &self.lasting) {
            return Some(&self.token);
        }
        let mut once = self.once();
        if !once.as_ref().is_some_and(|once| same(code, &once.code)) {
            return None;
        }
        let used = once.take()?;
        (Instant::now() < used.until).then_some(&*self.token)
    }

    /// When the code that works once ends, if there is one.
    pub(super) fn end_of_once(&self) -> Option<Instant> {
        self.once().as_ref().map(|once| once.until)
    }

    /// Forgets the code that works once, and removes its file.
    pub(super) fn forget_once(&self) {
        *self.once() = None;
    }

    fn once(&self) -> std::sync::MutexGuard<'_, Option<Once>> {
        self.once.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The address of a page at `port`, with a code that opens it.
pub(super) fn address(port: u16, code: &str) -> String {
    format!("http://127.0.0.1:{port}/#code={code}")
}

/// 192 bits that nobody can guess.
pub(super) fn random() -> Result<String, ServeError> {
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes).map_err(|_| ServeError::Random)?;
    Ok(in_digits(&bytes))
}

/// Bytes in hexadecimal digits.
pub(super) fn in_digits(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Compares without telling by its duration where two texts differ.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    a.len() == b.len() && a.iter().zip(b).fold(0, |difference, (x, y)| difference | (x ^ y)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_on_a_command_line_works_once_and_takes_its_file_along() {
        let secrets = Secrets::new().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let opening = Opening::inside(folder.path(), "http://127.0.0.1:1/#code=abc").unwrap();
        let file = opening.path();
        secrets.allow_once("abc".to_owned(), Some(opening));
        assert!(file.exists() && secrets.exchange("abd").is_none() && file.exists());
        assert_eq!(secrets.exchange("abc"), Some(secrets.token()));
        assert!(!file.exists() && secrets.exchange("abc").is_none());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_printed_code_works_again_and_again_and_is_not_the_token() {
        let secrets = Secrets::new().unwrap();
        for _ in 0..3 {
            assert_eq!(secrets.exchange(secrets.lasting()), Some(secrets.token()));
        }
        assert_ne!(secrets.lasting(), secrets.token());
        assert!(secrets.exchange(secrets.token()).is_none() && secrets.exchange("").is_none());
    }

    #[test]
    fn a_code_that_nobody_used_ends() {
        let secrets = Secrets::new().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let opening = Opening::inside(folder.path(), "http://127.0.0.1:1/#code=abc").unwrap();
        secrets.allow_once("abc".to_owned(), Some(opening));
        secrets.once().as_mut().unwrap().until = Instant::now();
        assert!(secrets.exchange("abc").is_none() && secrets.end_of_once().is_none());
    }
}
