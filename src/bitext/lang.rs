//! Language codes, as far as the core needs them: a BCP 47 tag that keeps its spelling.

use std::fmt;
use std::str::FromStr;

/// A BCP 47 language tag such as `ar`, `en` or `ar-IQ`.
///
/// Guarantee: ASCII letters, digits and single hyphens only; the primary subtag is 2 to 8 letters, stored
/// in lower case; the rest keeps its spelling.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang(Box<str>);

/// A text that is no language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language code such as ar, en or ar-IQ")]
pub struct LangError(pub String);

impl Lang {
    /// Arabic.
    pub fn arabic() -> Self {
        Self("ar".into())
    }

    /// English.
    pub fn english() -> Self {
        Self("en".into())
    }

    /// The undetermined language, `und`: general rules apply.
    pub fn undetermined() -> Self {
        Self("und".into())
    }

    /// The whole tag.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `ar` of `ar-IQ`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Whether the primary subtag is `code`.
    pub fn is(&self, code: &str) -> bool {
        self.primary() == code
    }
}

impl FromStr for Lang {
    type Err = LangError;

    fn from_str(tag: &str) -> Result<Self, LangError> {
        let mut parts = tag.split('-');
        let primary = parts.next().unwrap_or_default();
        let well_formed = (2..=8).contains(&primary.len())
            && primary.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !well_formed {
            return Err(LangError(tag.to_owned()));
        }
        Ok(Self(format!("{}{}", primary.to_ascii_lowercase(), &tag[primary.len()..]).into()))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
