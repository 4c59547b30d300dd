//! An encoding by its name.

use std::fmt;
use std::str::FromStr;

use encoding_rs::{Encoding, UTF_8};

/// An encoding of text, by any name the WHATWG Encoding Standard knows: `utf-8`, `windows-1256`, `cp1252`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(pub(super) &'static Encoding);

/// A name that is no encoding's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not an encoding known here; try utf-8, utf-16le, utf-16be, windows-1256, windows-1252 or iso-8859-6"
)]
pub struct UnknownEncoding(pub String);

impl TextEncoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(UTF_8);

    /// Its usual name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

impl FromStr for TextEncoding {
    type Err = UnknownEncoding;

    fn from_str(name: &str) -> Result<Self, UnknownEncoding> {
        // The standard has no label for the usual short names "cp1256" (it has "cp1252") and "1256".
        let name = name.trim();
        let spellings = [
            name.to_owned(),
            name.to_lowercase().replace("cp", "windows-"),
            name.replace('_', "-"),
            format!("windows-{name}"),
        ];
        let found = spellings.iter().find_map(|s| Encoding::for_label_no_replacement(s.as_bytes()));
        found.map(Self).ok_or_else(|| UnknownEncoding(name.to_owned()))
    }
}

impl fmt::Display for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for TextEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
