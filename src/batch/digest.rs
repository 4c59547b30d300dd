//! Digests by which a resumed run tells what has changed.
//!
//! In: bytes. Out: their SHA-256. Guarantee: parts are told apart: "ab", "c" and "a", "bc" differ.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// A digest in hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Digest(String);

impl Digest {
    /// Its digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Makes a digest of several parts.
#[derive(Debug, Clone, Default)]
pub struct Digester(Sha256);

impl Digester {
    /// A digester that has seen nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part.
    pub fn add(&mut self, part: &[u8]) {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
    }

    /// The digest of the parts.
    pub fn finish(self) -> Digest {
        let mut digits = String::with_capacity(64);
        for byte in self.0.finalize() {
            write!(digits, "{byte:02x}").expect("a string takes everything");
        }
        Digest(digits)
    }

    /// The digest of one part.
    pub fn of(part: &[u8]) -> Digest {
        let mut digester = Self::new();
        digester.add(part);
        digester.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart() {
        let digest = |parts: [&str; 2]| {
            let mut digester = Digester::new();
            for part in parts {
                digester.add(part.as_bytes());
            }
            digester.finish()
        };
        assert_ne!(digest(["ab", "c"]), digest(["a", "bc"]));
        assert_eq!(digest(["ab", "c"]), digest(["ab", "c"]));
        assert_eq!(Digester::of(b"").as_str().len(), 64);
    }
}
