//! The core types: sides, documents, segments, beads, ladders, costs, evidence.
//!
//! In: nothing; this module uses no other of ours and does no I/O. Out: the words in which all others speak.
//! Guarantee: a [`Ladder`] or [`Alignment`] value is always a partition of both sides; [`SegmentRange`]s of
//! different sides do not mix; text is never copied into a bead.
//!
//! ```
//! use muqabala::bitext::{Bead, Ladder, Side};
//!
//! // Segment 0 answers to 0 and 1, segment 1 to 2.
//! let ladder = Ladder::new(vec![Bead::new((0, 1), (0, 2)), Bead::new((1, 2), (2, 3))])?;
//! assert_eq!(ladder.beads()[0].bead_type().to_string(), "1-2");
//! // What is no partition of both sides is no ladder.
//! assert!(Ladder::new(vec![Bead::new((0, 1), (0, 1)), Bead::new((0, 1), (1, 2))]).is_err());
//! # Ok::<(), muqabala::bitext::LadderError>(())
//! ```

mod bead;
mod choices;
mod cost;
mod document;
mod doubt;
mod evidence;
mod ladder;
mod lang;
mod lexicon_worth;
mod option_error;
mod segment;
mod share;
mod side;

pub use bead::{Bead, BeadType};
pub use choices::{BuiltinLexicon, Choices, Crossing};
pub use cost::{Cost, CostModel, DEAREST, Hint, RowCosts, SIGNATURE};
pub use document::{Block, BlockKind, Document, DocumentError, TextSpan};
pub use doubt::{Around, DOUBTFUL_BELOW, Doubt, Fact, Rival, Spoken, Weight, is_doubtful};
pub use evidence::{Evidence, EvidenceKind, Match, Shown, Unmatched};
pub use ladder::{AlignedBead, Alignment, Ladder, LadderError, Pin, Rung};
pub use lang::{Lang, LangError};
pub use lexicon_worth::LexiconWorth;
pub use option_error::OptionError;
pub(crate) use option_error::{Bounds, POSITIVE};
pub use segment::{Segment, SegmentRange, SegmentedDocument, SourceSide, TargetSide};
pub use share::rounded_down;
pub use side::{Side, Sides};

/// Two segmented documents held to be translations of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitext {
    /// The segmented documents.
    pub documents: Sides<SegmentedDocument>,
    /// Their languages.
    pub languages: Sides<Lang>,
}
