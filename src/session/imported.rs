//! What a file with two languages says of the pairs made of it: its own pairs, where they are to be kept, and what was
//! decided about them.
//!
//! In: what was read, and an alignment of its documents. Out: pins, and decisions by the places of beads. Guarantee: a
//! decision is taken over only where a bead is the very unit that was decided on.

use std::ops::Range;

use crate::bitext::{Alignment, Bead, Bitext, Pin, SegmentedDocument, Side, Sides};
use crate::formats::Status;
use crate::project::Decision;

/// What a file with two languages gives besides its texts.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// What was decided about each unit.
    pub decided: Vec<Status>,
    /// Whether each unit is to stay a pair.
    pub kept: bool,
}

impl Imported {
    /// The units' own pairs, where they are to be kept.
    pub fn pins(&self, bitext: &Bitext) -> Vec<Pin> {
        if !self.kept {
            return Vec::new();
        }
        let units = units(bitext);
        let range = |range: &Range<usize>| (range.start as u32, range.end as u32);
        let pairs = units.source.iter().zip(&units.target).filter(|(s, t)| !s.is_empty() && !t.is_empty());
        pairs.map(|(source, target)| Pin::Bead(Bead::new(range(source), range(target)))).collect()
    }

    /// What the file says of the beads of a project, by their places: a bead that is a whole unit is decided as the
    /// unit was, one inside a unit that asks for review is flagged.
    pub fn decisions(&self, bitext: &Bitext, alignment: &Alignment) -> Vec<(usize, Decision)> {
        let units = units(bitext);
        let holder = |side: Side, own: &Range<usize>| {
            let ranges = units.get(side);
            let at = ranges.partition_point(|unit| unit.end <= own.start);
            ranges.get(at).filter(|unit| unit.start <= own.start && own.end <= unit.end).map(|_| at)
        };
        let mut decisions = Vec::new();
        for (place, aligned) in alignment.beads().iter().enumerate() {
            let (source, target) = (aligned.bead.source.indices(), aligned.bead.target.indices());
            let unit = holder(Side::Source, &source);
            if aligned.bead.is_null() || unit.is_none() || unit != holder(Side::Target, &target) {
                continue;
            }
            let Some(unit) = unit else { continue };
            let whole = units.source.get(unit) == Some(&source) && units.target.get(unit) == Some(&target);
            match self.decided.get(unit) {
                Some(Status::Accepted) if whole => decisions.push((place, Decision::Accepted)),
                Some(Status::Flagged) => decisions.push((place, Decision::Flagged)),
                _ => {}
            }
        }
        decisions
    }
}

/// The segments of each unit, which is a block on either side.
fn units(bitext: &Bitext) -> Sides<Vec<Range<usize>>> {
    let of = |document: &SegmentedDocument| {
        let segments = document.segments();
        let mut from = 0;
        (0..document.document().blocks().len())
            .map(|block| {
                let start = from;
                from += segments[start..].iter().take_while(|s| s.block as usize == block).count();
                start..from
            })
            .collect()
    };
    bitext.documents.as_ref().map(of)
}
