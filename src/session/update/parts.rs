//! The documents without what is set aside, and what the aligner finds there, put together again.
//!
//! In: both documents and the beads that stay. Out: documents to align with their pins, then the alignment of the whole.
//! Guarantee: the whole holds every segment once, and the beads that were set aside as they were.

use std::ops::Range;

use crate::bitext::{AlignedBead, Alignment, Bead, Pin, Rival, SegmentedDocument, Side, Sides};

use super::carried::Carried;
use super::kept::{Held, Hold, Kept};

/// Both documents without the segments that are set aside.
pub(super) struct Reduced {
    documents: Sides<SegmentedDocument>,
    /// The number in the whole document of each segment that is left.
    whole: Sides<Vec<usize>>,
    /// How many segments there are in all.
    sizes: Sides<usize>,
}

impl Reduced {
    pub(super) fn of(carried: &Sides<Carried<'_>>, kept: &Kept) -> Self {
        let side = |side: Side| {
            let document = &carried.get(side).document;
            let mut aside = vec![false; document.len()];
            for range in kept.held(Hold::Aside).filter_map(|held| held[index(side)]) {
                aside[range.0..range.1].fill(true);
            }
            let whole: Vec<usize> = (0..document.len()).filter(|&at| !aside[at]).collect();
            let segments = whole.iter().map(|&at| document.segments()[at]).collect();
            (SegmentedDocument::of_segments(document.document().clone(), segments), whole, document.len())
        };
        let (source, target) = (side(Side::Source), side(Side::Target));
        Self {
            documents: Sides::new(source.0, target.0),
            whole: Sides::new(source.1, target.1),
            sizes: Sides::new(source.2, target.2),
        }
    }

    /// The documents to align.
    pub(super) fn documents(&self) -> Sides<SegmentedDocument> {
        self.documents.clone()
    }

    /// The beads that the aligner is to keep, in its own numbers.
    pub(super) fn pins(&self, kept: &Kept) -> Vec<Pin> {
        let own = |side, range: Option<(usize, usize)>| {
            let whole = self.whole.get(side);
            let (start, end) = range.unwrap_or_default();
            let first = whole.partition_point(|&at| at < start) as u32;
            (first, first + (end - start) as u32)
        };
        let pin = |held: Held| Pin::Bead(Bead::new(own(Side::Source, held[0]), own(Side::Target, held[1])));
        kept.held(Hold::Pinned).map(pin).collect()
    }

    /// The alignment of the whole: what the aligner found, and what was set aside.
    pub(super) fn whole(&self, aligned: Alignment, kept: &Kept) -> Alignment {
        let mut beads: Vec<AlignedBead> = Vec::new();
        for aligned in aligned.into_beads() {
            self.put_back(aligned, &mut beads);
        }
        beads.extend(kept.held(Hold::Aside).map(|held| {
            let side = |range: Option<(usize, usize)>| {
                let (start, end) = range.unwrap_or_default();
                (start as u32, end as u32)
            };
            AlignedBead::bare(Bead::new(side(held[0]), side(held[1])))
        }));
        for bead in &mut beads {
            // What was pinned for this alone is not what a person pinned.
            bead.pinned = false;
        }
        Alignment::new(beads, self.sizes.source, self.sizes.target)
            .expect("what was aligned and what was set aside hold every segment once")
    }

    /// Adds a bead in the numbers of the whole. Where it would reach over something that is set aside, its longest
    /// piece on either side stays linked and the others stand alone.
    fn put_back(&self, mut aligned: AlignedBead, beads: &mut Vec<AlignedBead>) {
        let runs = |bead: Bead| {
            Sides::new(
                runs(&self.whole.source[bead.source.indices()]),
                runs(&self.whole.target[bead.target.indices()]),
            )
        };
        let whole = runs(aligned.bead);
        if Side::BOTH.iter().all(|&side| whole.get(side).len() <= 1) {
            aligned.rivals = aligned
                .rivals
                .into_iter()
                .filter_map(|rival| {
                    let whole = runs(rival.bead);
                    let one = Side::BOTH.iter().all(|&side| whole.get(side).len() <= 1);
                    one.then(|| Rival { bead: joined(&whole), ..rival })
                })
                .collect();
            aligned.bead = joined(&whole);
            beads.push(aligned);
            return;
        }
        let longest = Sides::new(Side::Source, Side::Target)
            .map(|side| whole.get(side).iter().max_by_key(|run| run.len()).cloned().into_iter().collect());
        beads.push(AlignedBead::bare(joined(&longest)));
        for side in Side::BOTH {
            for run in whole.get(side).iter().filter(|run| !longest.get(side).contains(run)) {
                let mut alone = Sides::new(Vec::new(), Vec::new());
                alone.get_mut(side).push(run.clone());
                beads.push(AlignedBead::bare(joined(&alone)));
            }
        }
    }
}

const fn index(side: Side) -> usize {
    match side {
        Side::Source => 0,
        Side::Target => 1,
    }
}

/// Numbers as the ranges of those that follow each other.
fn runs(numbers: &[usize]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for &at in numbers {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The bead of at most one range on either side.
fn joined(runs: &Sides<Vec<Range<usize>>>) -> Bead {
    let side = |side| match runs.get(side).first() {
        Some(run) => (run.start as u32, run.end as u32),
        None => (0, 0),
    };
    Bead::new(side(Side::Source), side(Side::Target))
}
