//! Signposts: pairs of segments that share something rare, as a monotone chain to search around.
//!
//! In: hints (source segment, target segment, weight). Out: the heaviest chain that rises on both sides,
//! without its outliers. Guarantee: deterministic. Time O(h log h) (a weighted longest increasing
//! subsequence over a Fenwick tree of maxima), space O(h).

use crate::bitext::Hint;

/// The heaviest rising chain of `hints` inside the stretch, as (source, target) pairs. The hints are in the order of
/// their source segments, or the stretch holds the whole source side.
pub(super) fn chain(hints: &[Hint], source: (u32, u32), target: (u32, u32)) -> Vec<(usize, usize)> {
    let from = hints.partition_point(|h| h.source < source.0);
    let mut inside: Vec<Hint> = hints[from..]
        .iter()
        .take_while(|h| h.source < source.1)
        .filter(|h| (target.0..target.1).contains(&h.target))
        .copied()
        .collect();
    // Source ascending, target descending: of hints with the same source at most one joins the chain.
    inside.sort_unstable_by_key(|h| (h.source, std::cmp::Reverse(h.target), std::cmp::Reverse(h.weight)));
    // As wide as the hints reach, however large the bitext is said to be.
    let width = inside.iter().map(|hint| (hint.target - target.0) as usize + 1).max().unwrap_or(0) + 1;
    let mut tree = MaxTree { best: vec![(0, u32::MAX); width + 1] };
    let mut before = vec![u32::MAX; inside.len()];
    let mut top: (u64, u32) = (0, u32::MAX);
    for (index, hint) in inside.iter().enumerate() {
        let column = (hint.target - target.0) as usize;
        let (weight, from) = tree.max_below(column);
        before[index] = from;
        let total = (weight + u64::from(hint.weight), index as u32);
        tree.raise(column, total);
        if total.0 > top.0 {
            top = total;
        }
    }
    let mut out = Vec::new();
    let mut at = top.1;
    while at != u32::MAX {
        let hint = inside[at as usize];
        out.push((hint.source as usize, hint.target as usize));
        at = before[at as usize];
    }
    out.reverse();
    without_outliers(&out)
}

/// Drops chain points that lie far off the line through their neighbours: chance matches that happen to
/// rise. A run of points that agree among themselves stays, however far it jumps.
fn without_outliers(points: &[(usize, usize)]) -> Vec<(usize, usize)> {
    const REACH: usize = 4;
    let offset = |p: (usize, usize)| p.1 as i64 - p.0 as i64;
    points
        .iter()
        .enumerate()
        .filter(|&(i, &p)| {
            let near = points[i.saturating_sub(REACH)..(i + REACH + 1).min(points.len())].iter();
            let agree = near
                .filter(|&&q| {
                    let rows = (q.0 as i64 - p.0 as i64).abs();
                    q != p && (offset(q) - offset(p)).abs() <= 3 + rows
                })
                .count();
            agree >= 3
        })
        .map(|(_, &p)| p)
        .collect()
}

/// A Fenwick tree of prefix maxima with the index that reached them.
struct MaxTree {
    best: Vec<(u64, u32)>,
}

impl MaxTree {
    fn max_below(&self, column: usize) -> (u64, u32) {
        let mut at = column;
        let mut best = (0, u32::MAX);
        while at > 0 {
            if self.best[at].0 > best.0 {
                best = self.best[at];
            }
            at &= at - 1;
        }
        best
    }

    fn raise(&mut self, column: usize, value: (u64, u32)) {
        let mut at = column + 1;
        while at < self.best.len() {
            if value.0 > self.best[at].0 {
                self.best[at] = value;
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_rises_and_drops_outliers() {
        let hint = |source, target, weight| Hint { source, target, weight };
        let mut hints: Vec<Hint> = (0..20).map(|i| hint(i, i + 2, 10)).collect();
        hints.push(hint(5, 900, 3));
        hints.push(hint(7, 1, 50));
        let chain = chain(&hints, (0, 1000), (0, 1000));
        assert_eq!(chain.len(), 20, "{chain:?}");
        assert!(chain.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
    }

    #[test]
    fn a_side_cut_three_times_as_fine_makes_a_steep_chain() {
        let hints: Vec<Hint> = (0..20).map(|i| Hint { source: i, target: 3 * i, weight: 10 }).collect();
        let points: Vec<(usize, usize)> = (0..20).map(|i| (i, 3 * i)).collect();
        assert_eq!(chain(&hints, (0, 20), (0, 60)), points);
        // Only those inside the stretch.
        assert_eq!(chain(&hints, (5, 15), (0, 42)), points[5..14]);
    }

    #[test]
    fn the_heaviest_of_two_chains_is_taken() {
        let along =
            |offset: u32, weight| (0..12).map(move |i| Hint { source: i, target: i + offset, weight });
        let first = |hints: Vec<Hint>| chain(&hints, (0, 100), (0, 100))[0];
        assert_eq!(first(along(0, 2).chain(along(50, 3)).collect()), (0, 50));
        assert_eq!(first(along(0, 3).chain(along(50, 2)).collect()), (0, 0));
    }
}
