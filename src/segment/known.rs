//! What the shipped rules know of a language, counted: for the table of languages.

use std::collections::BTreeSet;

use super::shipped::{lists_of, profiles_for};
use crate::bitext::Lang;

/// How a language is cut, besides by the general rules.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KnownRules {
    /// The languages by whose rules it is cut: its own first, if it has some.
    pub from: Vec<&'static str>,
    /// How many rules there are.
    pub rules: usize,
    /// Shortened words and others that do not end a sentence.
    pub abbreviations: usize,
}

/// What the shipped rules know of `language`.
///
/// ```
/// use muqabala::segment::known_rules;
/// assert!(known_rules(&"pl".parse()?).abbreviations > 20);
/// assert_eq!(known_rules(&"fa".parse()?).from, ["ar", "fa"]);
/// # Ok::<(), muqabala::bitext::LangError>(())
/// ```
pub fn known_rules(language: &Lang) -> KnownRules {
    let mut known = KnownRules { from: Vec::new(), rules: 0, abbreviations: 0 };
    let mut words = BTreeSet::new();
    for profile in profiles_for(language) {
        known.from.push(profile.code());
        let (rules, kept) = lists_of(profile);
        known.rules += rules;
        words.extend(kept);
    }
    known.abbreviations = words.len();
    known
}
