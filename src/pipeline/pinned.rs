//! Pinned beads, to look up.
//!
//! In: pins that one alignment can keep. Out: whether a bead is pinned, lies in one pinned to have no counterpart, or leads
//! across a pinned boundary.
//! Guarantee: a look takes O(log p) with p pins, so that pinning every bead of a long bitext costs no more than that.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::bitext::{Bead, Pin, Rung, Side, Sides};

/// The beads among some pins.
pub(super) struct Pinned {
    beads: FxHashSet<Bead>,
    /// Segments of each side pinned to have no counterpart: ranges in order, of which no two overlap.
    alone: Sides<Vec<Range<usize>>>,
    /// Boundaries, in order.
    rungs: Vec<Rung>,
}

impl Pinned {
    pub(super) fn new(pins: &[Pin]) -> Self {
        let bead = |pin: &Pin| if let Pin::Bead(bead) = pin { Some(*bead) } else { None };
        let beads: FxHashSet<Bead> = pins.iter().filter_map(bead).collect();
        let alone = Sides::new(Side::Source, Side::Target).map(|side| {
            let mut ranges: Vec<Range<usize>> = pins
                .iter()
                .filter_map(bead)
                .map(|bead| bead.seen_from(side))
                .filter(|(own, opposite)| !own.is_empty() && opposite.is_empty())
                .map(|(own, _)| own)
                .collect();
            ranges.sort_unstable_by_key(|range| range.start);
            ranges
        });
        let mut rungs: Vec<Rung> = pins
            .iter()
            .filter_map(|pin| if let Pin::Rung(rung) = pin { Some(*rung) } else { None })
            .collect();
        rungs.sort_unstable_by_key(|rung| (rung.source, rung.target));
        Self { beads, alone, rungs }
    }

    /// Whether the bead links what stands before a pinned boundary with what stands behind it.
    pub(super) fn parts(&self, bead: Bead) -> bool {
        let (source, target) = (bead.source.indices(), bead.target.indices());
        let behind = self.rungs.partition_point(|rung| (rung.source as usize) < source.end);
        let before = self.rungs.partition_point(|rung| rung.source as usize <= source.start);
        self.rungs.get(behind).is_some_and(|rung| rung.target as usize <= target.start)
            || before.checked_sub(1).is_some_and(|at| target.end <= self.rungs[at].target as usize)
    }

    /// Whether this very bead is pinned.
    pub(super) fn holds(&self, bead: Bead) -> bool {
        self.beads.contains(&bead)
    }

    /// Whether the bead is without a counterpart, and all its segments are pinned to be so by one pin.
    pub(super) fn keeps_alone(&self, bead: Bead) -> bool {
        [Side::Source, Side::Target].into_iter().any(|side| {
            let (own, opposite) = bead.seen_from(side);
            let ranges = self.alone.get(side);
            let up_to = ranges.partition_point(|range| range.start <= own.start);
            !own.is_empty()
                && opposite.is_empty()
                && up_to.checked_sub(1).is_some_and(|at| own.end <= ranges[at].end)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Walking through all pins for each bead would take minutes.
    #[test]
    fn every_second_bead_of_a_long_bitext_may_be_pinned() {
        let beads: Vec<Bead> = (0..160_000).map(|at| Bead::new((at, at + 1), (at, at + 1))).collect();
        let pins: Vec<Pin> = beads.iter().step_by(2).map(|&bead| Pin::Bead(bead)).collect();
        let pinned = Pinned::new(&pins);
        let start = std::time::Instant::now();
        assert_eq!(beads.iter().filter(|&&bead| pinned.holds(bead)).count(), pins.len());
        assert!(!beads.iter().any(|&bead| pinned.keeps_alone(bead)));
        assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
    }

    proptest! {
        /// Against the definition: a walk through all pins.
        #[test]
        fn looking_up_finds_what_a_walk_finds(
            steps in prop::collection::vec((0..3u32, 0..3u32, any::<bool>(), any::<bool>()), 0..12),
            looked_up in prop::collection::vec((0..20u32, 0..3u32, 0..20u32, 0..3u32), 1..40),
        ) {
            // Pins one after another along the bitext, as those are that an alignment can keep.
            let (mut at, mut pins) = ((0, 0), Vec::new());
            for (source, target, pinned, bound) in steps {
                let bead = Bead::new((at.0, at.0 + source), (at.1, at.1 + target));
                at = (at.0 + source, at.1 + target);
                if pinned && (source, target) != (0, 0) {
                    pins.push(Pin::Bead(bead));
                }
                if bound {
                    pins.push(Pin::Rung(Rung::new(at.0, at.1)));
                }
            }
            pins.reverse();
            let rungs: Vec<Rung> =
                pins.iter().filter_map(|pin| if let Pin::Rung(rung) = pin { Some(*rung) } else { None }).collect();
            let beads: Vec<Bead> =
                pins.iter().filter_map(|pin| if let Pin::Bead(b) = pin { Some(*b) } else { None }).collect();
            let pinned = Pinned::new(&pins);
            let others = looked_up
                .into_iter()
                .filter(|(_, rows, _, columns)| rows + columns > 0)
                .map(|(s, rows, t, columns)| Bead::new((s, s + rows), (t, t + columns)));
            for bead in beads.iter().copied().chain(others) {
                prop_assert_eq!(pinned.holds(bead), beads.contains(&bead));
                let walked = beads.iter().any(|pin| pin.is_null() && pin.contains(bead));
                prop_assert_eq!(pinned.keeps_alone(bead), walked, "{:?} {:?}", pins, bead);
                let (source, target) = (bead.source.indices(), bead.target.indices());
                let parted = rungs.iter().map(|rung| (rung.source as usize, rung.target as usize)).any(|(s, t)| {
                    source.end <= s && t <= target.start || s <= source.start && target.end <= t
                });
                prop_assert!(bead.is_null() || pinned.parts(bead) == parted, "{:?} {:?}", pins, bead);
            }
        }
    }
}
