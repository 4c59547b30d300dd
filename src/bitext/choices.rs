//! What a person may choose about an alignment, in one type for the pipeline, projects and collections.

use std::collections::BTreeSet;

use super::evidence::EvidenceKind;

/// The choices of an alignment. Lexicons given besides are not among them: each place keeps those in a form of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Choices {
    /// Kinds of evidence that are left out.
    pub without: BTreeSet<EvidenceKind>,
    /// Whether blocks may cross.
    pub crossing: Crossing,
    /// Whether the lexicon that ships is used.
    pub builtin_lexicon: BuiltinLexicon,
}

/// Whether the alignment may hold blocks that cross the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Crossing {
    /// Moved blocks are looked for after the monotone pass.
    #[default]
    Allowed,
    /// Monotone only.
    Forbidden,
}

/// Whether the lexicon that ships is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BuiltinLexicon {
    /// Where it knows both languages.
    #[default]
    Used,
    /// Not at all.
    Omitted,
}
