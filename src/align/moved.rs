//! Moved blocks: text that stands elsewhere in the other document.
//!
//! In: a [`CostModel`] and the beads of a monotone ladder. Out: blocks of beads that cross the rest, each
//! made of segments that the ladder left unaligned. Guarantee: blocks do not overlap; a block is reported
//! only if linking its segments is cheaper by a margin than leaving them unaligned, counting a fixed cost
//! for the move.

use std::collections::BTreeSet;

use crate::bitext::{Bead, Cost, CostModel, Side, Sides};
use crate::tuned::search as tuned;

use super::contract::{SearchError, check_model};
use super::forward::{Keep, Stretch, forward};
use super::options::SearchOptions;
use super::region::Region;
use super::window::posteriors_along;

/// A block that moved: its beads, linked and unaligned ones, in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MovedBlock {
    /// The block's linked beads.
    pub beads: Vec<Bead>,
    /// How much cheaper the block is than leaving it unaligned, below 0.
    pub gain: Cost,
    /// Posterior probability of each bead, given that the block moved.
    pub confidence: Vec<f64>,
}

/// Cells that are looked at for each segment of both sides, at most, and in all, at least and at most.
const CELLS_A_SEGMENT: usize = 40;
const CELLS: (usize, usize) = (200_000, 4_000_000);
/// Up to so many pairs of runs are all compared.
const MOST_PAIRS: usize = 400;

/// A run of unaligned segments, half open.
type Run = (u32, u32);

/// Finds moved blocks among the unaligned segments of `ladder`.
///
/// Where there are many runs of unaligned segments, those are compared that share a hint. Beads beyond the end of the
/// bitext are passed over.
pub(crate) fn moved_blocks(
    model: &dyn CostModel,
    ladder: &[Bead],
    options: &SearchOptions,
) -> Result<Vec<MovedBlock>, SearchError> {
    check_model(model)?;
    options.check()?;
    let (n, m) = model.size();
    let inside = |bead: &&Bead| bead.source.end() <= n && bead.target.end() <= m;
    let ladder: Vec<Bead> = ladder.iter().filter(inside).copied().collect();
    let (source, target) = (runs(&ladder, Side::Source), runs(&ladder, Side::Target));
    let mut found: Vec<MovedBlock> = Vec::new();
    let mut budget = (CELLS_A_SEGMENT * (n + m)).clamp(CELLS.0, CELLS.1);
    for (s, t) in pairs(model, &source, &target) {
        let stretch = Stretch { source: s, target: t };
        let cells = (stretch.rows() + 1) * (stretch.columns() + 1);
        if cells > budget {
            continue;
        }
        budget -= cells;
        found.extend(best_block(model, stretch, options));
    }
    found.sort_by(|a, b| a.gain.cmp(&b.gain).then_with(|| a.beads.cmp(&b.beads)));
    // By the segments that they hold.
    let mut taken = Sides::new(BTreeSet::new(), BTreeSet::new());
    found.retain(|block| {
        let held = |side| block.beads.iter().flat_map(move |bead| bead.seen_from(side).0);
        let is_free = Side::BOTH.into_iter().all(|side| held(side).all(|at| !taken.get(side).contains(&at)));
        if is_free {
            taken.source.extend(held(Side::Source));
            taken.target.extend(held(Side::Target));
        }
        is_free
    });
    Ok(found)
}

/// Pairs of runs to compare, in order.
fn pairs(model: &dyn CostModel, source: &[Run], target: &[Run]) -> Vec<(Run, Run)> {
    if source.len() * target.len() <= MOST_PAIRS {
        return source.iter().flat_map(|s| target.iter().map(|t| (*s, *t))).collect();
    }
    let within = |runs: &[Run], segment: u32| {
        let at = runs.partition_point(|r| r.1 <= segment);
        runs.get(at).filter(|r| r.0 <= segment).copied()
    };
    let shared: BTreeSet<(Run, Run)> = model
        .hints()
        .iter()
        .filter_map(|h| Some((within(source, h.source)?, within(target, h.target)?)))
        .collect();
    shared.into_iter().collect()
}

/// Runs of consecutive unaligned segments of one side.
fn runs(ladder: &[Bead], side: Side) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for bead in ladder {
        let (own, other) = bead.seen_from(side);
        if own.is_empty() || !other.is_empty() {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.1 as usize == own.start => last.1 = own.end as u32,
            _ => out.push((own.start as u32, own.end as u32)),
        }
    }
    out
}

fn best_block(model: &dyn CostModel, stretch: Stretch, options: &SearchOptions) -> Option<MovedBlock> {
    let region = Region::full(stretch.rows(), stretch.columns());
    let (beads, _) = forward(model, stretch, region, Keep::Path).best()?;
    let linked: Vec<Bead> = beads.iter().filter(|b| !b.is_null()).copied().collect();
    // A null segment inside the block costs what it cost in its run, so only the linked beads' own costs
    // and the runs that the block opens again count.
    let freed: Cost = linked
        .iter()
        .flat_map(|b| {
            let s = b.source.indices().map(|i| model.null(Side::Source, i));
            s.chain(b.target.indices().map(|j| model.null(Side::Target, j)))
        })
        .sum();
    let gain = linked.iter().map(|&b| model.bead(b)).sum::<Cost>() - freed;
    if linked.is_empty() || gain + Cost::from_nats(tuned::MOVE) >= Cost::ZERO {
        return None;
    }
    let all = posteriors_along(model, stretch, &beads, options);
    let confidence =
        linked.iter().map(|b| all.iter().find(|(a, _)| a == b).map_or(0.0, |(_, p)| *p)).collect();
    Some(MovedBlock { beads: linked, gain, confidence })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_what_stands_alone_without_a_break() {
        let ladder = [
            Bead::new((0, 1), (0, 0)),
            Bead::new((1, 2), (0, 0)),
            Bead::new((2, 3), (0, 1)),
            Bead::new((3, 4), (1, 1)),
            Bead::new((4, 4), (1, 2)),
            Bead::new((4, 5), (2, 2)),
            Bead::new((5, 5), (2, 4)),
        ];
        assert_eq!(runs(&ladder, Side::Source), [(0, 2), (3, 5)]);
        assert_eq!(runs(&ladder, Side::Target), [(1, 4)]);
    }
}
