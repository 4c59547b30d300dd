//! Ladders (monotone partitions) and alignments (partitions whose beads may cross).

use super::bead::Bead;
use super::cost::Cost;
use super::doubt::{Doubt, Rival, Spoken, is_doubtful};
use super::evidence::Evidence;
use super::lexicon_worth::LexiconWorth;
use super::side::Side;

/// A boundary between beads: that many source and target segments lie before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rung {
    /// Source segments before the rung.
    pub source: u32,
    /// Target segments before the rung.
    pub target: u32,
}

impl Rung {
    /// The rung after `source` source and `target` target segments.
    pub const fn new(source: u32, target: u32) -> Self {
        Self { source, target }
    }
}

/// A list of beads that is not a partition of both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LadderError {
    /// Bead `0` has no segment on either side.
    #[error("pair {0} is empty on both sides")]
    Empty(usize),
    /// Bead `bead` does not start where the one before it ended.
    #[error("pair {bead} starts at {side} segment {found}, expected {expected}")]
    Gap {
        /// Index of the bead in the list.
        bead: usize,
        /// The side that does not fit.
        side: Side,
        /// The segment that should come next.
        expected: usize,
        /// The segment found.
        found: usize,
    },
    /// The beads end too early or too late.
    #[error("the pairs cover {found} {side} segments of {expected}")]
    End {
        /// The side that does not fit.
        side: Side,
        /// Number of segments of that side.
        expected: usize,
        /// Number of segments covered.
        found: usize,
    },
}

/// Beads that partition both sides in order: no gap, no overlap, no bead without segments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ladder(Vec<Bead>);

impl Ladder {
    /// The ladder of `beads`, which must partition both sides in order.
    pub fn new(beads: Vec<Bead>) -> Result<Self, LadderError> {
        let (mut source, mut target) = (0, 0);
        for (index, bead) in beads.iter().enumerate() {
            if bead.source.is_empty() && bead.target.is_empty() {
                return Err(LadderError::Empty(index));
            }
            for (side, expected, found) in
                [(Side::Source, source, bead.source.start()), (Side::Target, target, bead.target.start())]
            {
                if expected != found {
                    return Err(LadderError::Gap { bead: index, side, expected, found });
                }
            }
            (source, target) = (bead.source.end(), bead.target.end());
        }
        Ok(Self(beads))
    }

    /// The beads, in order.
    pub fn beads(&self) -> &[Bead] {
        &self.0
    }

    /// The rungs, from (0, 0) to the end.
    pub fn rungs(&self) -> Vec<Rung> {
        let ends = self.0.iter().map(|b| Rung::new(b.source.end() as u32, b.target.end() as u32));
        std::iter::once(Rung::new(0, 0)).chain(ends).collect()
    }

    /// The beads themselves.
    pub fn into_beads(self) -> Vec<Bead> {
        self.0
    }
}

/// A bead with all that is known of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct AlignedBead {
    /// What corresponds to what.
    pub bead: Bead,
    /// Its cost, the sum of its evidence.
    pub cost: Cost,
    /// How sure the aligner is, from 0 to 1: of beads with confidence c, a share of about c is right.
    /// `None` where it was not computed (a bead read from a file that says nothing of it).
    pub confidence: Option<f64>,
    /// What the cost is made of.
    pub evidence: Vec<Evidence>,
    /// What makes it doubtful.
    pub doubts: Vec<Doubt>,
    /// The likeliest other ways to cut this place, likeliest first.
    pub rivals: Vec<Rival>,
    /// Whether it links across others: part of a moved block.
    pub crossing: bool,
    /// Whether it was fixed from outside.
    pub pinned: bool,
}

impl AlignedBead {
    /// A bead of which nothing else is known.
    pub const fn bare(bead: Bead) -> Self {
        Self {
            bead,
            cost: Cost::ZERO,
            confidence: None,
            evidence: Vec::new(),
            doubts: Vec::new(),
            rivals: Vec::new(),
            crossing: false,
            pinned: false,
        }
    }

    /// Whether it deserves a second look: see [`is_doubtful`].
    pub fn is_doubtful(&self) -> bool {
        let spoken = if self.pinned { Spoken::Yes } else { Spoken::No };
        is_doubtful(spoken, self.confidence, self.doubts.iter().map(Doubt::name))
    }
}

/// Beads that together hold every segment of both sides exactly once; they may cross.
///
/// Order: beads with source segments come in source order; a bead with target segments alone stands
/// after the bead that holds the target segment before it, or first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Alignment {
    beads: Vec<AlignedBead>,
    cut_short: bool,
    lexicons: Vec<LexiconWorth>,
}

impl Alignment {
    /// The alignment of `beads`, given in any order, over `source` and `target` segments.
    pub fn new(mut beads: Vec<AlignedBead>, source: usize, target: usize) -> Result<Self, LadderError> {
        if let Some(index) = beads.iter().position(|b| b.bead.source.is_empty() && b.bead.target.is_empty()) {
            return Err(LadderError::Empty(index));
        }
        check_cover(&beads, Side::Source, source)?;
        check_cover(&beads, Side::Target, target)?;
        // Source order, with target-only beads put after the owner of the target segment before them.
        let mut owner: Vec<u32> = vec![0; target];
        beads.sort_by_key(|b| (b.bead.source.is_empty(), b.bead.source, b.bead.target));
        for b in beads.iter().filter(|b| !b.bead.source.is_empty()) {
            owner[b.bead.target.indices()].fill(b.bead.source.end() as u32);
        }
        for b in beads.iter().filter(|b| b.bead.source.is_empty()) {
            let before = b.bead.target.start().checked_sub(1).map_or(0, |t| owner[t]);
            owner[b.bead.target.indices()].fill(before);
        }
        beads.sort_by_key(|b| {
            if b.bead.source.is_empty() {
                (owner[b.bead.target.start()], 1, b.bead.target.start())
            } else {
                // A bead that ends at source segment e comes before the target-only beads that follow e.
                (b.bead.source.end() as u32, 0, b.bead.target.start())
            }
        });
        Ok(Self { beads, cut_short: false, lexicons: Vec::new() })
    }

    /// The beads, in order.
    pub fn beads(&self) -> &[AlignedBead] {
        &self.beads
    }

    /// The same, found with these lexicons.
    #[must_use]
    pub fn with_lexicons(self, lexicons: Vec<LexiconWorth>) -> Self {
        Self { lexicons, ..self }
    }

    /// The lexicons that it was found with, in the order of the options, and what each was worth.
    pub fn lexicons(&self) -> &[LexiconWorth] {
        &self.lexicons
    }

    /// The same, found by a search that the bound on what it may look at stopped somewhere, if `cut_short`.
    #[must_use]
    pub fn with_search_cut_short(self, cut_short: bool) -> Self {
        Self { cut_short, ..self }
    }

    /// Whether the bound on what the search may look at stopped it somewhere: a better alignment may stand there, a
    /// little further away than was looked.
    pub const fn search_cut_short(&self) -> bool {
        self.cut_short
    }

    /// The beads themselves.
    pub fn into_beads(self) -> Vec<AlignedBead> {
        self.beads
    }

    /// Number of segments on the source side and on the target side.
    pub fn size(&self) -> (usize, usize) {
        let count = |f: fn(&Bead) -> usize| self.beads.iter().map(|b| f(&b.bead)).sum();
        (count(|b| b.source.len()), count(|b| b.target.len()))
    }
}

impl From<Ladder> for Alignment {
    fn from(ladder: Ladder) -> Self {
        Self {
            beads: ladder.0.into_iter().map(AlignedBead::bare).collect(),
            cut_short: false,
            lexicons: Vec::new(),
        }
    }
}

fn check_cover(beads: &[AlignedBead], side: Side, expected: usize) -> Result<(), LadderError> {
    let range = |b: &AlignedBead| match side {
        Side::Source => b.bead.source.indices(),
        Side::Target => b.bead.target.indices(),
    };
    let mut order: Vec<usize> = (0..beads.len()).filter(|&i| !range(&beads[i]).is_empty()).collect();
    order.sort_by_key(|&i| range(&beads[i]).start);
    let mut next = 0;
    for i in order {
        let range = range(&beads[i]);
        if range.start != next {
            return Err(LadderError::Gap { bead: i, side, expected: next, found: range.start });
        }
        next = range.end;
    }
    if next != expected {
        return Err(LadderError::End { side, expected, found: next });
    }
    Ok(())
}

/// A place that an alignment must keep: fixed by a person or by structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Pin {
    /// Beads must end and begin here.
    Rung(Rung),
    /// This very bead.
    Bead(Bead),
}
