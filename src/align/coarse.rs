//! A coarse look over a whole stretch: groups of segments that say the same, as hints.
//!
//! In: a [`CostModel`] with signatures, a stretch. Out: [`Hint`]s along the path on which groups of segments are most
//! alike. Guarantee: deterministic; at most [`groups::MOST`] groups a side, so that time and space are those of so many
//! squared and of reading the segments once.
//!
//! As vecalign looks at averaged runs first (Thompson and Koehn 2019), with counts of keys in place of embeddings.

use crate::bitext::{CostModel, Hint, SIGNATURE, Side};
use crate::tuned::groups;

use super::forward::Stretch;

/// Hints of groups of segments that are alike and rise on both sides.
pub(super) fn alike(model: &dyn CostModel, stretch: Stretch) -> Vec<Hint> {
    let size = stretch.rows().max(stretch.columns()).div_ceil(groups::MOST).max(groups::FEWEST);
    let cuts = |(from, to): (u32, u32)| -> Vec<usize> {
        (from as usize..to as usize).step_by(size).chain([to as usize]).collect()
    };
    let (s_cuts, t_cuts) = (cuts(stretch.source), cuts(stretch.target));
    let (source, target) = (model.signatures(Side::Source, &s_cuts), model.signatures(Side::Target, &t_cuts));
    let complete = |vectors: &[f32], cuts: &[usize]| vectors.len() == (cuts.len() - 1) * SIGNATURE;
    if !complete(&source, &s_cuts) || !complete(&target, &t_cuts) {
        return Vec::new();
    }
    let middle = |cuts: &[usize], at: usize| cuts[at].midpoint(cuts[at + 1] - 1) as u32;
    best_path(&source, &target)
        .into_iter()
        .map(|(s, t)| Hint { source: middle(&s_cuts, s), target: middle(&t_cuts, t), weight: groups::WEIGHT })
        .collect()
}

/// The rising pairs of vectors along the path on which they are most alike.
fn best_path(source: &[f32], target: &[f32]) -> Vec<(usize, usize)> {
    let (n, m) = (source.len() / SIGNATURE, target.len() / SIGNATURE);
    let width = m + 1;
    let mut totals = vec![0f32; width];
    // The step into each cell: 0 along the diagonal, 1 from above, 2 from the left; 4 more where the two are alike.
    let mut steps = vec![0u8; (n + 1) * width];
    for (i, own) in source.chunks_exact(SIGNATURE).enumerate() {
        let mut diagonal = totals[0];
        for (j, other) in target.chunks_exact(SIGNATURE).enumerate() {
            // Of paths that are as good the one nearest to the diagonal.
            let off = (i as f32 / n as f32 - j as f32 / m as f32).abs();
            let alike = dot(own, other) - groups::ALIKE - 1e-3 * off;
            let beside = groups::BESIDE * alike.max(0.0);
            let (straight, above, left) = (diagonal + alike, totals[j + 1] + beside, totals[j] + beside);
            let (best, step) = if straight >= above && straight >= left {
                (straight, 0)
            } else if above >= left {
                (above, 1)
            } else {
                (left, 2)
            };
            diagonal = totals[j + 1];
            totals[j + 1] = best;
            steps[(i + 1) * width + j + 1] = step | if alike > 0.0 { 4 } else { 0 };
        }
    }
    let (mut i, mut j) = (n, m);
    let mut path = Vec::new();
    while i > 0 && j > 0 {
        let step = steps[i * width + j];
        if step == 4 {
            path.push((i - 1, j - 1));
        }
        match step & 3 {
            0 => (i, j) = (i - 1, j - 1),
            1 => i -= 1,
            _ => j -= 1,
        }
    }
    path.reverse();
    path
}

/// The product of two vectors, in lanes whose sums are added in order.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0f32; 16];
    for (a, b) in a.chunks_exact(16).zip(b.chunks_exact(16)) {
        for k in 0..16 {
            lanes[k] += a[k] * b[k];
        }
    }
    lanes.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors of one direction each.
    fn directions(of: &[usize]) -> Vec<f32> {
        let mut out = vec![0.0; of.len() * SIGNATURE];
        for (at, direction) in of.iter().enumerate() {
            out[at * SIGNATURE + direction] = 1.0;
        }
        out
    }

    #[test]
    fn groups_that_are_alike_are_found_beyond_what_is_missing() {
        // Ten groups are missing opposite, then three are new there.
        let source: Vec<usize> = (0..40).collect();
        let target: Vec<usize> = (0..12).chain(22..30).chain(100..103).chain(30..40).collect();
        let path = best_path(&directions(&source), &directions(&target));
        let right: Vec<(usize, usize)> =
            source.iter().filter_map(|s| Some((*s, target.iter().position(|t| t == s)?))).collect();
        assert_eq!(path, right);
        assert_eq!(best_path(&directions(&[1, 2]), &directions(&[3, 4, 5])), []);
    }
}
