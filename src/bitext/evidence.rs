//! Evidence: why a bead costs what it costs. The kinds stand in one table.
//!
//! To add a kind: a row of the table below, what gives it a cost in `score/explain.rs`, and what
//! `docs/adding-evidence.md` names.

use std::fmt;

use super::cost::Cost;
use super::document::TextSpan;
use super::side::Side;

/// How a kind of evidence is told to people, in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shown {
    /// How many matches there are of this thing (`12 words`).
    Counted(&'static str),
    /// The values found, behind the name of one or of several (`dates 2024-07-22, 2024-07-23`).
    Listed(&'static str, &'static str),
    /// A sentence where it speaks for the bead.
    For(&'static str),
    /// The same, with the first value found in brackets (`embeddings agree (cosine 0.93)`).
    ForWithValue(&'static str),
    /// A sentence where it speaks for the bead, and another where it speaks clearly against it.
    ForOrAgainst(&'static str, &'static str),
    /// Not in words: its cost alone.
    AsCost,
}

macro_rules! evidence_kinds {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $shown:expr;)+) => {
        /// The kinds of evidence, one part of a bead's cost each, in the order in which they are shown.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum EvidenceKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl EvidenceKind {
            /// All kinds, in the order in which they are shown.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$name),+];

            /// The name used in output files and options.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// How it is told to people.
            pub const fn shown(self) -> Shown {
                match self { $(Self::$name => $shown,)+ }
            }
        }
    };
}

evidence_kinds! {
    /// Words that translate each other, by a lexicon or learnt from the documents.
    Words = "words", Shown::Counted("word");
    /// Numbers, percentages, money, quantities.
    Numbers = "numbers", Shown::Listed("number", "numbers");
    /// Dates, months, years.
    Dates = "dates", Shown::Listed("date", "dates");
    /// Names recognised across scripts, and words shared as they are.
    Names = "names", Shown::Listed("name", "names");
    /// Web addresses, file names, Latin words inside another script, list markers.
    Symbols = "symbols", Shown::Listed("symbol", "symbols");
    /// The lengths in characters (Gale and Church 1993).
    Length = "length", Shown::ForOrAgainst("lengths fit", "lengths differ");
    /// How usual the bead's type is (1-1 far before 4-1).
    BeadType = "type", Shown::AsCost;
    /// Punctuation that survives translation, paragraph structure, continued sentences.
    Structure = "structure", Shown::For("structure fits");
    /// Sentence embeddings supplied by the user.
    Embedding = "embedding", Shown::ForWithValue("embeddings agree");
    /// Segments left unaligned.
    Unaligned = "unaligned", Shown::AsCost;
}

impl EvidenceKind {
    /// The kind called `name`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kinds that an alignment can do without: all but unaligned segments, which are what is left over.
    pub fn optional() -> impl Iterator<Item = Self> + Clone {
        Self::ALL.into_iter().filter(|kind| *kind != Self::Unaligned)
    }
}

impl fmt::Display for EvidenceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One item of a bead's cost, with what was found.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Evidence {
    /// What kind of evidence.
    pub kind: EvidenceKind,
    /// Its part of the bead's cost; below 0 it speaks for the bead.
    pub cost: Cost,
    /// What was found on both sides, in source order.
    pub matches: Vec<Match>,
    /// Anchors found on one side alone.
    pub unmatched: Vec<Unmatched>,
}

/// Something that stands on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Match {
    /// Where it stands in the source document's text.
    pub source: TextSpan,
    /// Where it stands in the target document's text.
    pub target: TextSpan,
    /// What they have in common, for people: `2024-07-22`, `6`, `Austin`.
    pub value: String,
}

/// An anchor that has no partner on the other side of its bead.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unmatched {
    /// The side on which it stands.
    pub side: Side,
    /// Where it stands in that side's text.
    pub span: TextSpan,
    /// Its value, for people.
    pub value: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_kinds() {
        for kind in EvidenceKind::ALL {
            assert_eq!(EvidenceKind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(EvidenceKind::optional().count(), EvidenceKind::ALL.len() - 1);
    }
}
