//! What a record or a row of a manifest may ask for, over what the whole run asks for.
//!
//! In: a JSON object, or nothing. Out: [`AlignOptions`]. Guarantee: an option that is not known is refused.

use serde::{Deserialize, Serialize};

use crate::bitext::{BuiltinLexicon, Choices, Crossing, EvidenceKind};
use crate::pipeline::AlignOptions;

/// Options of one bitext; what is absent is as the run has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Settings {
    /// Whether moved blocks are looked for (false) or not (true).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monotone: Option<bool>,
    /// Kinds of evidence to leave out, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without: Option<Vec<KindName>>,
    /// Whether the built-in lexicon is used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub builtin_lexicon: Option<bool>,
    /// Whether the documents have one segment a line; for documents in files and texts in one string.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub presegmented: Option<bool>,
}

/// A kind of evidence, written by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KindName(pub EvidenceKind);

impl TryFrom<String> for KindName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        EvidenceKind::optional()
            .find(|k| k.name() == name)
            .map(Self)
            .ok_or_else(|| format!("`{name}` is no kind of evidence that can be left out"))
    }
}

impl From<KindName> for String {
    fn from(kind: KindName) -> Self {
        kind.0.name().to_owned()
    }
}

impl Settings {
    /// These settings where they say something, else `base`.
    #[must_use]
    pub fn over(&self, base: &Self) -> Self {
        Self {
            monotone: self.monotone.or(base.monotone),
            without: self.without.clone().or_else(|| base.without.clone()),
            builtin_lexicon: self.builtin_lexicon.or(base.builtin_lexicon),
            presegmented: self.presegmented.or(base.presegmented),
        }
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The options of aligning: `base`, changed as these settings say.
    pub fn align_options(&self, base: &AlignOptions) -> AlignOptions {
        let mut options = base.clone();
        self.choose(&mut options.choices);
        options
    }

    /// Makes `choices` what these settings say.
    fn choose(&self, choices: &mut Choices) {
        if let Some(monotone) = self.monotone {
            choices.crossing = if monotone { Crossing::Forbidden } else { Crossing::Allowed };
        }
        if let Some(used) = self.builtin_lexicon {
            choices.builtin_lexicon = if used { BuiltinLexicon::Used } else { BuiltinLexicon::Omitted };
        }
        if let Some(kinds) = &self.without {
            choices.without = kinds.iter().map(|k| k.0).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_wins_over_the_base() {
        let said: Settings = serde_json::from_str(r#"{"monotone": true, "without": ["words"]}"#).unwrap();
        let base = Settings { monotone: Some(false), presegmented: Some(true), ..Settings::default() };
        let both = said.over(&base);
        assert_eq!((both.monotone, both.presegmented), (Some(true), Some(true)));
        let options = both.align_options(&AlignOptions::default());
        assert_eq!(options.choices.crossing, Crossing::Forbidden);
        assert!(options.choices.without.contains(&EvidenceKind::Words));
        assert_eq!(options.choices.builtin_lexicon, BuiltinLexicon::Used);
    }

    #[test]
    fn what_is_not_known_is_refused() {
        let refused = |json: &str| serde_json::from_str::<Settings>(json).unwrap_err().to_string();
        insta::assert_snapshot!(refused(r#"{"monotonous": true}"#), @"unknown field `monotonous`, expected one of `monotone`, `without`, `builtin_lexicon`, `presegmented` at line 1 column 13");
        insta::assert_snapshot!(refused(r#"{"without": ["wrods"]}"#), @"`wrods` is no kind of evidence that can be left out at line 1 column 21");
    }
}
