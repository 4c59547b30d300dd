//! What a search found, and how two ladders are held against each other.
//!
//! In: beads of ladders. Out: [`Searched`]. Guarantee: pure.

use std::ops::Range;

use crate::bitext::{Bead, Cost};

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Searched {
    /// The beads of the cheapest ladder, in order.
    pub beads: Vec<Bead>,
    /// What each bead costs, where the search has it at hand: of linked beads of a long stretch. None are at hand where
    /// this is empty.
    pub costs: Vec<Option<Cost>>,
    /// The ladder's cost, as far as it was counted: not for a long stretch on the way; of a
    /// first look that of its draft.
    pub cost: Cost,
    /// The beads, as ranges of their places in the ladder, of which the posteriors are known: all, or a
    /// sample.
    pub looked_at: Vec<Range<usize>>,
    /// Beads with their posterior probabilities, those of 0.01 or more, by their ends. Unaligned
    /// segments appear once for every place that they may stand in.
    pub posteriors: Vec<(Bead, f64)>,
    /// ln of the sum of exp(−cost) over all ladders considered; for a long stretch, −cost.
    pub likelihood: f64,
    /// Cells looked at: places where beads may start of which costs were read, counted as often as they were.
    pub cells: usize,
    /// Whether the bound on cells ([`SearchOptions::most_cells`](super::SearchOptions::most_cells)) stopped the search somewhere, so that a cheaper
    /// ladder may stand a little further away.
    pub cut_short: bool,
}

/// The places of `beads` beads, all looked at.
pub(super) fn all_of(beads: usize) -> Vec<Range<usize>> {
    std::iter::once(0..beads).collect()
}

/// Whether a ladder keeps so near another that a band around either reaches the other's surroundings.
pub(super) fn same_line(before: &[Bead], now: &[Bead]) -> bool {
    /// Target segments that the two may be apart.
    const NEAR: usize = 4;
    let mut at = 0;
    !before.is_empty()
        && now.iter().all(|bead| {
            while at + 1 < before.len() && before[at].source.end() < bead.source.end() {
                at += 1;
            }
            let from = before[at..].iter().take_while(|b| b.source.end() <= bead.source.end());
            from.chain(before[at..].first()).any(|b| b.target.end().abs_diff(bead.target.end()) <= NEAR)
        })
}
