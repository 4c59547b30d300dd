//! The edits there are, and a table of what the program and the page know of each besides making it.
//!
//! To add an edit: a variant of [`Edit`], a row of [`Edit::kind`] with a name of [`EditName`], and a line of `make` in
//! `edit.rs` with the function that makes it. `docs/adding-an-edit.md` names what the page needs.
//!
//! [`Edit`] is a wire type: the page sends it and the journal keeps it, both as JSON. Its names are part of
//! the project format, see `docs/project-format.md`.

use serde::{Deserialize, Serialize};

use super::change::SideName;
use super::decision::Decision;
use super::model::BeadId;

/// Something a reviewer does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "edit", deny_unknown_fields)]
pub enum Edit {
    /// Makes one bead of two that follow each other.
    Merge {
        /// The bead.
        bead: BeadId,
        /// Which neighbour to merge it with.
        with: Direction,
    },
    /// Makes two beads of one.
    Split {
        /// The bead.
        bead: BeadId,
        /// How many source segments the first part keeps.
        source: usize,
        /// How many target segments the first part keeps.
        target: usize,
    },
    /// Moves a segment into the bead before or after, with those that stand between it and the border.
    Move {
        /// The segment's side.
        side: SideName,
        /// The byte at which the segment starts.
        segment: usize,
        /// Where to.
        to: Direction,
    },
    /// Puts a segment into a bead further off, which may link across others.
    Place {
        /// The segment's side.
        side: SideName,
        /// The byte at which the segment starts.
        segment: usize,
        /// The bead to put it into.
        bead: BeadId,
    },
    /// Breaks a bead up into unaligned segments.
    Unlink {
        /// The bead.
        bead: BeadId,
    },
    /// Links the source segments of one bead with the target segments of another.
    Link {
        /// The bead whose source segments are meant.
        source: BeadId,
        /// The bead whose target segments are meant.
        target: BeadId,
    },
    /// Cuts a segment in two.
    SplitSegment {
        /// The segment's side.
        side: SideName,
        /// The byte at which the segment starts.
        segment: usize,
        /// The byte of the document's text to cut at.
        at: usize,
    },
    /// Makes one segment of two that follow each other.
    JoinSegments {
        /// The segments' side.
        side: SideName,
        /// The byte at which the first segment starts.
        segment: usize,
    },
    /// Puts a corrected text beside the original of a segment, or takes it back.
    Correct {
        /// The segment's side.
        side: SideName,
        /// The byte at which the segment starts.
        segment: usize,
        /// The corrected text; `None` for the original.
        text: Option<String>,
    },
    /// Decides on a bead.
    Decide {
        /// The bead.
        bead: BeadId,
        /// The decision.
        decision: Decision,
    },
    /// Brings a source and a target segment together in a bead of their own, and aligns again what lies between.
    Belong {
        /// The byte at which the source segment starts.
        source: usize,
        /// The byte at which the target segment starts.
        target: usize,
    },
    /// Shifts one side by one bead from a segment's bead on, up to the next gap on that side, the next fixed bead, or
    /// the end.
    Shift {
        /// The side that is shifted.
        side: SideName,
        /// The byte at which the segment starts.
        segment: usize,
        /// Which way.
        to: Direction,
    },
    /// Accepts all beads that nobody decided on and whose confidence is high enough; those made by hand have none.
    AcceptAbove {
        /// The least confidence, from 0 to 1.
        confidence: f64,
        /// Whether doubtful ones too; earlier versions, which did not say so, accepted them.
        #[serde(default = "taken")]
        doubtful: bool,
    },
    /// Accepts all beads that nobody decided on, from the first to this one.
    AcceptUpTo {
        /// The last bead.
        bead: BeadId,
        /// Whether doubtful ones too.
        doubtful: bool,
    },
    /// Comments a bead; an empty text takes the comment away.
    Comment {
        /// The bead.
        bead: BeadId,
        /// The comment.
        text: String,
    },
    /// Fixes a bead's shape against re-alignment, or frees it.
    Pin {
        /// The bead.
        bead: BeadId,
        /// Whether it is to be fixed.
        pinned: bool,
    },
    /// Takes one of the alternatives that the aligner named for a bead.
    TakeRival {
        /// The bead.
        bead: BeadId,
        /// Which alternative, from 0.
        rival: usize,
    },
    /// Aligns again what is not fixed.
    Realign {
        /// The bead around which to do so; `None` everywhere.
        around: Option<BeadId>,
    },
    /// Takes over what another reviewer did in a project of the same texts. The journal keeps what it did;
    /// [`ProjectFile::adopt`](super::ProjectFile::adopt) makes it, for it takes the other project.
    Adopt {
        /// What the other project is called.
        from: String,
        /// How many things were taken over.
        taken: usize,
    },
}

/// What an edit by an earlier version means that does not say whether doubtful beads are accepted.
const fn taken() -> bool {
    true
}

/// Towards the beginning or the end of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Towards the beginning.
    Previous,
    /// Towards the end.
    Next,
}

macro_rules! edit_names {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal;)+) => {
        /// What an edit is called on the page, which has words for each name.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum EditName {
            $($(#[doc = $doc])+ $name,)+
        }

        impl EditName {
            /// All names.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name as it is written.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }
        }
    };
}

edit_names! {
    /// Merged with the bead after it.
    MergeNext = "merge-next";
    /// Merged with the bead before it.
    MergePrevious = "merge-previous";
    /// A bead made two.
    Split = "split";
    /// A segment put into another bead.
    Move = "move";
    /// Broken up.
    Unlink = "unlink";
    /// Linked across.
    Link = "link";
    /// A segment cut in two.
    SplitSegment = "split-segment";
    /// Two segments made one.
    JoinSegments = "join-segments";
    /// A text corrected, or the correction taken back.
    Correct = "correct";
    /// Accepted.
    Accept = "accept";
    /// Flagged.
    Flag = "flag";
    /// Rejected.
    Reject = "reject";
    /// Pending again.
    Reopen = "reopen";
    /// Accepted from a confidence on.
    AcceptAbove = "accept-above";
    /// Accepted up to a bead.
    AcceptUpTo = "accept-up-to";
    /// Two segments brought together.
    Belong = "belong";
    /// One side shifted by one.
    Shift = "shift";
    /// Commented.
    Comment = "comment";
    /// Pinned.
    Pin = "pin";
    /// Freed.
    Unpin = "unpin";
    /// An alternative taken.
    TakeRival = "take-rival";
    /// Aligned again.
    Realign = "realign";
    /// Taken over from another project.
    Adopt = "adopt";
}

/// Where an edit is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditPlace {
    /// At a bead.
    Bead(BeadId),
    /// At the bead that holds the segment which starts at this byte.
    Holder(SideName, usize),
    /// At the segment which starts at this byte, wherever the edit puts it.
    Segment(SideName, usize),
    /// Everywhere.
    Everywhere,
}

/// What an edit asks of the aligner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It makes beads: what is around them is aligned again if the project says so, and they are scored.
    Shapes,
    /// It brings two segments, named by their first bytes, together: what lies between is aligned again.
    Joins(usize, usize),
    /// It makes beads that are to stay as they are: they are scored.
    Sets,
    /// It says something of beads and segments: nothing is aligned.
    Says,
    /// It frees a bead: what is around it is aligned again if the project says so.
    Frees(BeadId),
    /// It is a call to align again, around a bead or everywhere.
    Aligns(Option<BeadId>),
}

/// What is known of an edit besides making it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EditKind {
    /// Its name.
    pub name: EditName,
    /// Where it is made.
    pub place: EditPlace,
    /// What it asks of the aligner.
    pub effect: Effect,
}

impl Edit {
    /// Its row: name, place, effect.
    pub const fn kind(&self) -> EditKind {
        use EditName as Name;
        use EditPlace::{Bead, Everywhere, Holder, Segment};
        use Effect::{Aligns, Frees, Joins, Says, Sets, Shapes};
        let (name, place, effect) = match *self {
            Self::Merge { bead, with: Direction::Next } => (Name::MergeNext, Bead(bead), Shapes),
            Self::Merge { bead, with: Direction::Previous } => (Name::MergePrevious, Bead(bead), Shapes),
            Self::Split { bead, .. } => (Name::Split, Bead(bead), Shapes),
            Self::Move { side, segment, .. } => (Name::Move, Holder(side, segment), Shapes),
            Self::Place { side, segment, .. } => (Name::Move, Segment(side, segment), Shapes),
            Self::Unlink { bead } => (Name::Unlink, Bead(bead), Shapes),
            Self::Link { source, .. } => (Name::Link, Bead(source), Shapes),
            Self::SplitSegment { side, segment, .. } => (Name::SplitSegment, Holder(side, segment), Shapes),
            Self::JoinSegments { side, segment } => (Name::JoinSegments, Holder(side, segment), Shapes),
            Self::Correct { side, segment, .. } => (Name::Correct, Holder(side, segment), Says),
            Self::Decide { bead, decision: Decision::Accepted } => (Name::Accept, Bead(bead), Says),
            Self::Decide { bead, decision: Decision::Flagged } => (Name::Flag, Bead(bead), Says),
            Self::Decide { bead, decision: Decision::Rejected } => (Name::Reject, Bead(bead), Says),
            Self::Decide { bead, decision: Decision::Pending } => (Name::Reopen, Bead(bead), Says),
            Self::AcceptAbove { .. } => (Name::AcceptAbove, Everywhere, Says),
            Self::AcceptUpTo { bead, .. } => (Name::AcceptUpTo, Bead(bead), Says),
            Self::Belong { source, target } => {
                (Name::Belong, Segment(SideName::Source, source), Joins(source, target))
            }
            Self::Shift { side, segment, .. } => (Name::Shift, Segment(side, segment), Sets),
            Self::Comment { bead, .. } => (Name::Comment, Bead(bead), Says),
            Self::Pin { bead, pinned: true } => (Name::Pin, Bead(bead), Says),
            Self::Pin { bead, pinned: false } => (Name::Unpin, Bead(bead), Frees(bead)),
            Self::TakeRival { bead, .. } => (Name::TakeRival, Bead(bead), Shapes),
            Self::Realign { around: Some(bead) } => (Name::Realign, Bead(bead), Aligns(Some(bead))),
            Self::Adopt { .. } => (Name::Adopt, Everywhere, Says),
            Self::Realign { around: None } => (Name::Realign, Everywhere, Aligns(None)),
        };
        EditKind { name, place, effect }
    }
}
