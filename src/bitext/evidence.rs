//! Evidence: why a bead costs what it costs, and what makes it doubtful.

use std::fmt;

use super::bead::Bead;
use super::cost::Cost;
use super::document::TextSpan;
use super::side::{Side, Sides};

/// The kinds of evidence, one part of a bead's cost each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum EvidenceKind {
    /// How common the bead's type is: 1-1 is far more common than 4-1.
    BeadType,
    /// The lengths in characters (Gale and Church 1993).
    Length,
    /// Words that translate each other, by a lexicon or learnt from the documents.
    Words,
    /// Numbers, percentages, money, quantities.
    Numbers,
    /// Dates, months, years.
    Dates,
    /// Names recognised across scripts, and words shared as they are.
    Names,
    /// Web addresses, file names, Latin words inside another script, list markers.
    Symbols,
    /// Punctuation that survives translation, paragraph structure, continued sentences.
    Structure,
    /// Sentence embeddings supplied by the user.
    Embedding,
    /// Segments left unaligned.
    Unaligned,
}

impl EvidenceKind {
    /// All kinds, in the order in which they are shown.
    pub const ALL: [Self; 10] = [
        Self::Words,
        Self::Numbers,
        Self::Dates,
        Self::Names,
        Self::Symbols,
        Self::Length,
        Self::BeadType,
        Self::Structure,
        Self::Embedding,
        Self::Unaligned,
    ];

    /// The name used in output files and options.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BeadType => "type",
            Self::Length => "length",
            Self::Words => "words",
            Self::Numbers => "numbers",
            Self::Dates => "dates",
            Self::Names => "names",
            Self::Symbols => "symbols",
            Self::Structure => "structure",
            Self::Embedding => "embedding",
            Self::Unaligned => "unaligned",
        }
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
    /// Its part of the bead's cost, in nats. A negative cost speaks for the bead.
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

/// Another way to cut the same place.
#[derive(Debug, Clone, PartialEq)]
pub struct Rival {
    /// The bead that would stand there instead.
    pub bead: Bead,
    /// Its posterior probability, from 0 to 1.
    pub probability: f64,
}

/// What makes a bead doubtful.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Doubt {
    /// The lengths are further apart than those of nearly all translations.
    LengthsFarApart {
        /// Characters on each side.
        chars: Sides<usize>,
    },
    /// Little in the two sides shows that they translate each other at all: it is less likely than not.
    PerhapsUnrelated,
    /// No word of the one side explains a word of the other.
    NoWordInCommon,
    /// A number or date stands on one side alone.
    MissingValue {
        /// The side on which it does stand.
        side: Side,
        /// The value, for people.
        value: String,
    },
    /// Another bead may stand here instead: it is at least three tenths as likely.
    CloseRival(Rival),
    /// A segment in the bead brings little evidence of its own.
    WeakSegment {
        /// The side on which it stands.
        side: Side,
        /// Its index.
        segment: usize,
    },
}
