//! Entries of two lists that stand in different orders.
//!
//! In: a [`CostModel`] and the segments of a list on either side. Out: the pairs of which each entry is the other's
//! best by far. Guarantee: no entry stands in two pairs; each pair costs less than leaving both unaligned.
//! Time and space are proportional to the product of the lists' lengths.
//!
//! How likely a pair is right is told by what is one step away from all pairs together: the pair taken apart, one of its
//! entries with an entry that is free, or two pairs that change partners. To sum over all pairings exactly is to compute
//! a permanent, which grows exponentially (Valiant 1979).

use std::ops::Range;

use crate::bitext::{Bead, CostModel, Side};

/// Pairs of entries that are looked at.
const MOST_CELLS: usize = 16_000_000;

/// By so many nats each entry of a pair must fit the other better than any third one.
const LEAD: f64 = 1.5;

/// The pairs of entries that tell each other, in the source's order, with their probabilities. Entries beyond the end of
/// the bitext are passed over, and of lists that make more than [`MOST_CELLS`] pairs nothing is told.
pub(crate) fn listed(model: &dyn CostModel, source: Range<u32>, target: Range<u32>) -> Vec<(Bead, f64)> {
    let (n, m) = model.size();
    let inside = |range: Range<u32>, most: usize| {
        let most = u32::try_from(most).unwrap_or(u32::MAX);
        range.start.min(most)..range.end.min(most)
    };
    let (source, target) = (inside(source, n), inside(target, m));
    if source.len().saturating_mul(target.len()) > MOST_CELLS {
        return Vec::new();
    }
    let bead = |s: u32, t: u32| Bead::new((s, s + 1), (t, t + 1));
    let alone_source: Vec<f64> =
        source.clone().map(|s| model.null(Side::Source, s as usize).nats()).collect();
    let alone_target: Vec<f64> =
        target.clone().map(|t| model.null(Side::Target, t as usize).nats()).collect();
    let (rows, columns) = (alone_source.len(), alone_target.len());
    // How much better linking two entries is than leaving both unaligned.
    let mut gains = Vec::with_capacity(rows * columns);
    for (s, alone_s) in source.clone().zip(&alone_source) {
        gains.extend(
            target
                .clone()
                .zip(&alone_target)
                .map(|(t, alone_t)| alone_s + alone_t - model.bead(bead(s, t)).nats()),
        );
    }
    let by_row: Vec<Best> =
        (0..rows).map(|i| Best::of((0..columns).map(|j| gains[i * columns + j]))).collect();
    let by_column: Vec<Best> =
        (0..columns).map(|j| Best::of((0..rows).map(|i| gains[i * columns + j]))).collect();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (i, row) in by_row.iter().enumerate() {
        let Some(column) = by_column.get(row.at) else { continue };
        if column.at == i && row.is_clear() && column.is_clear() {
            pairs.push((i, row.at));
        }
    }
    let gain = |i: usize, j: usize| gains[i * columns + j];
    let free_row: Vec<bool> = (0..rows).map(|i| pairs.iter().all(|pair| pair.0 != i)).collect();
    let free_column: Vec<bool> = (0..columns).map(|j| pairs.iter().all(|pair| pair.1 != j)).collect();
    let probability = |&(i, j): &(usize, usize)| {
        let own = gain(i, j);
        let mut others = (-own).exp();
        for &(k, l) in pairs.iter().filter(|pair| pair.0 != i) {
            others += (gain(i, l) + gain(k, j) - own - gain(k, l)).exp();
        }
        others += (0..columns).filter(|&l| free_column[l]).map(|l| (gain(i, l) - own).exp()).sum::<f64>();
        others += (0..rows).filter(|&k| free_row[k]).map(|k| (gain(k, j) - own).exp()).sum::<f64>();
        1.0 / (1.0 + others)
    };
    let place = |&(i, j): &(usize, usize)| bead(source.start + i as u32, target.start + j as u32);
    pairs.iter().map(|pair| (place(pair), probability(pair))).collect()
}

/// The best of an entry's gains.
struct Best {
    at: usize,
    gain: f64,
    /// The best of the others, and of none.
    second: f64,
}

impl Best {
    fn of(gains: impl Iterator<Item = f64>) -> Self {
        let mut best = Self { at: usize::MAX, gain: f64::NEG_INFINITY, second: 0.0 };
        for (at, gain) in gains.enumerate() {
            if gain > best.gain {
                if best.at != usize::MAX {
                    best.second = best.second.max(best.gain);
                }
                (best.at, best.gain) = (at, gain);
            } else {
                best.second = best.second.max(gain);
            }
        }
        best
    }

    fn is_clear(&self) -> bool {
        self.gain >= self.second + LEAD
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{BeadType, Cost};

    /// A model by the gains of its 1-1 beads.
    struct Gains(Vec<Vec<f64>>);

    impl CostModel for Gains {
        fn size(&self) -> (usize, usize) {
            (self.0.len(), self.0.first().map_or(0, Vec::len))
        }
        fn linked_types(&self) -> &[BeadType] {
            &[BeadType { source: 1, target: 1 }]
        }
        fn bead(&self, bead: Bead) -> Cost {
            Cost::from_nats(-self.0[bead.source.start()][bead.target.start()])
        }
        fn null(&self, _: Side, _: usize) -> Cost {
            Cost::ZERO
        }
        fn null_open(&self, _: Side) -> Cost {
            Cost::ZERO
        }
    }

    fn pairs(gains: &[&[f64]]) -> Vec<(usize, usize)> {
        let model = Gains(gains.iter().map(|row| row.to_vec()).collect());
        let (n, m) = model.size();
        let found = listed(&model, 0..n as u32, 0..m as u32);
        assert!(found.iter().all(|(_, p)| (0.5..=1.0).contains(p)), "{found:?}");
        found.iter().map(|(bead, _)| (bead.source.start(), bead.target.start())).collect()
    }

    #[test]
    fn entries_that_fit_each_other_alone_are_pairs() {
        assert_eq!(pairs(&[&[0.0, 5.0, 0.0], &[0.0, 0.0, 6.0], &[4.0, 1.0, 0.0]]), [(0, 1), (1, 2), (2, 0)]);
    }

    #[test]
    fn what_fits_two_or_none_is_left() {
        // The first fits two; the second fits what fits another better; the third fits nothing.
        assert_eq!(pairs(&[&[5.0, 4.5, 0.0], &[0.0, 0.0, 3.0], &[0.0, 0.5, 9.0]]), [(2, 2)]);
        assert_eq!(pairs(&[&[-2.0, 1.0]]), []);
        assert_eq!(pairs(&[]), []);
    }
}
