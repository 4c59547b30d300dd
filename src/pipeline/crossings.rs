//! What crosses a ladder: entries of lists in another order, and blocks that moved.
//!
//! In: the beads of a ladder, of which each null bead holds one segment; pairs of entries; blocks. Out: the beads with
//! those pairs and blocks in the place of the segments that stood alone. Guarantee: each segment stands in one bead
//! still; time grows with the number of segments.

use rustc_hash::FxHashSet;

use crate::align::MovedBlock;
use crate::bitext::{Bead, Side, Sides};

/// A bead, its probability, and whether it crosses the ladder.
pub(super) type Placed = (Bead, f64, bool);

/// Segments of both sides.
#[derive(Default)]
struct Segments(Sides<FxHashSet<usize>>);

impl Segments {
    fn insert(&mut self, bead: Bead) {
        for side in Side::BOTH {
            self.0.get_mut(side).extend(bead.seen_from(side).0);
        }
    }

    fn remove(&mut self, bead: Bead) {
        for side in Side::BOTH {
            for segment in bead.seen_from(side).0 {
                self.0.get_mut(side).remove(&segment);
            }
        }
    }

    fn hold_all(&self, bead: Bead) -> bool {
        Side::BOTH.into_iter().all(|side| bead.seen_from(side).0.all(|at| self.0.get(side).contains(&at)))
    }

    fn hold_any(&self, bead: Bead) -> bool {
        Side::BOTH.into_iter().any(|side| bead.seen_from(side).0.any(|at| self.0.get(side).contains(&at)))
    }
}

/// Adds the `entries` whose segments stand alone, and the `blocks` that have none of their segments.
pub(super) fn add(
    mut beads: Vec<Placed>,
    entries: impl Iterator<Item = (Bead, f64)>,
    blocks: Vec<MovedBlock>,
) -> Vec<Placed> {
    let (mut alone, mut listed) = (Segments::default(), Segments::default());
    beads.iter().filter(|(bead, _, _)| bead.is_null()).for_each(|(bead, _, _)| alone.insert(*bead));
    let mut added: Vec<Placed> = Vec::new();
    for (pair, p) in entries {
        if alone.hold_all(pair) {
            alone.remove(pair);
            listed.insert(pair);
            added.push((pair, p, true));
        }
    }
    for block in blocks {
        if block.beads.iter().any(|bead| listed.hold_any(*bead)) {
            continue;
        }
        block.beads.iter().for_each(|bead| alone.remove(*bead));
        added.extend(block.beads.iter().zip(&block.confidence).map(|(&bead, &p)| (bead, p, true)));
    }
    beads.retain(|(bead, _, _)| !bead.is_null() || alone.hold_all(*bead));
    beads.extend(added);
    beads
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Cost;

    #[test]
    fn what_crosses_takes_the_place_of_what_stood_alone() {
        let source = |s| Bead::new((s, s + 1), (0, 0));
        let target = |t| Bead::new((9, 9), (t, t + 1));
        let pair = |s, t| Bead::new((s, s + 1), (t, t + 1));
        let block = |beads: &[Bead]| MovedBlock {
            beads: beads.to_vec(),
            gain: Cost::ZERO,
            confidence: vec![0.8; beads.len()],
        };
        let ladder: Vec<Placed> =
            [source(0), source(1), source(2), pair(3, 0), target(1), target(2), target(3)]
                .map(|bead| (bead, 0.5, false))
                .to_vec();
        // The second entry does not stand alone on the target side; the first block would take the first entry's segment.
        let entries = [(pair(0, 2), 0.9), (pair(1, 0), 0.9)];
        let blocks = vec![block(&[pair(1, 2)]), block(&[pair(1, 1), pair(2, 3)])];
        let found = add(ladder, entries.into_iter(), blocks);
        assert_eq!(
            found,
            [
                (pair(3, 0), 0.5, false),
                (pair(0, 2), 0.9, true),
                (pair(1, 1), 0.8, true),
                (pair(2, 3), 0.8, true)
            ]
        );
    }
}
