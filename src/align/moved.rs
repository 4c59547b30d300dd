//! Moved blocks: text that stands elsewhere in the other document.
//!
//! In: a [`CostModel`] and the beads of a monotone ladder. Out: blocks of beads that cross the rest, each
//! made of segments that the ladder left unaligned. Guarantee: blocks do not overlap; a block is reported
//! only if linking its segments is cheaper by a margin than leaving them unaligned, counting a fixed cost
//! for the move.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::bitext::{Bead, Cost, CostModel, Hint, Side, Sides};
use crate::tuned::search as tuned;

use super::along::posteriors_along;
use super::chain::chain;
use super::contract::{SearchError, check_model};
use super::forward::{Keep, Stretch, forward};
use super::options::SearchOptions;
use super::region::Region;
use super::search::search_stretch;

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

/// Cells that are looked at for each segment of both sides, at most, and in all, at least and at most, where pairs of runs
/// are compared whole.
const CELLS_A_SEGMENT: usize = 40;
const CELLS: (usize, usize) = (200_000, 4_000_000);
/// Pairs of runs of at most so many cells are compared whole first, others where no hints lead.
const FEW_CELLS: usize = 10_000;
/// Segments on either side of a chain of hints that may belong to its block.
const BESIDE: u32 = 16;
/// How many times as many segments as the bitext has are searched along hints, at most.
const TIMES: usize = 4;
/// Up to so many pairs of runs are all compared.
const MOST_PAIRS: usize = 400;
/// How often what is still unaligned is looked through again, after blocks were found.
const ROUNDS: usize = 24;

/// A run of unaligned segments, half open.
type Run = (u32, u32);

/// Finds moved blocks among the unaligned segments of `ladder`; and whether a bound on what may be looked at left out runs
/// that may hold one.
///
/// Where there are many runs of unaligned segments, those are compared that share a hint. What a block leaves of its runs
/// is compared again. Long runs are searched along the chain of their hints, where that is longer than chance would have it,
/// and else compared whole, up to a bound. Beads beyond the end of the bitext are passed over.
pub(crate) fn moved_blocks(
    model: &dyn CostModel,
    ladder: &[Bead],
    options: &SearchOptions,
) -> Result<(Vec<MovedBlock>, bool), SearchError> {
    check_model(model)?;
    options.check()?;
    let (n, m) = model.size();
    let inside = |bead: &&Bead| bead.source.end() <= n && bead.target.end() <= m;
    let ladder: Vec<Bead> = ladder.iter().filter(inside).copied().collect();
    let alone = Sides::new(runs(&ladder, Side::Source), runs(&ladder, Side::Target));
    let mut search = Search {
        model,
        options,
        hints: Vec::new(),
        cells: (CELLS_A_SEGMENT * (n + m)).clamp(CELLS.0, CELLS.1),
        segments: TIMES * (n + m),
        cut_short: false,
        compared: BTreeSet::new(),
    };
    let mut found: Vec<MovedBlock> = Vec::new();
    if alone.source.is_empty() || alone.target.is_empty() {
        return Ok((found, false));
    }
    search.hints = model.hints();
    search.hints.sort_unstable_by_key(|hint| hint.source);
    // By the segments that they hold.
    let mut taken = Sides::new(BTreeSet::new(), BTreeSet::new());
    for _ in 0..ROUNDS {
        let rest = |side| without(alone.get(side), taken.get(side));
        let mut blocks = search.compare(&rest(Side::Source), &rest(Side::Target));
        blocks.sort_by(|a, b| a.gain.cmp(&b.gain).then_with(|| a.beads.cmp(&b.beads)));
        let before = found.len();
        for block in blocks {
            let held = |side| block.beads.iter().flat_map(move |bead| bead.seen_from(side).0);
            if Side::BOTH.into_iter().all(|side| held(side).all(|at| !taken.get(side).contains(&at))) {
                taken.source.extend(held(Side::Source));
                taken.target.extend(held(Side::Target));
                found.push(block);
            }
        }
        if found.len() == before {
            break;
        }
    }
    Ok((found, search.cut_short))
}

/// The search for blocks: what is left of what may be looked at.
struct Search<'a> {
    model: &'a dyn CostModel,
    options: &'a SearchOptions,
    /// By source segment.
    hints: Vec<Hint>,
    /// Cells that may be looked at where runs are compared whole.
    cells: usize,
    /// Segments that may be searched along hints.
    segments: usize,
    cut_short: bool,
    /// Pairs of runs that were looked at.
    compared: BTreeSet<(Run, Run)>,
}

impl Search<'_> {
    /// The best block of each pair of runs that was not compared before.
    fn compare(&mut self, source: &[Run], target: &[Run]) -> Vec<MovedBlock> {
        let mut out = Vec::new();
        for (s, t) in self.pairs(source, target) {
            if !self.compared.insert((s, t)) {
                continue;
            }
            let stretch = Stretch { source: s, target: t };
            let cells = (stretch.rows() + 1) * (stretch.columns() + 1);
            let signposted = if cells > FEW_CELLS { self.signposted(stretch) } else { None };
            if let Some(around) = signposted {
                let segments = around.rows() + around.columns();
                if segments > self.segments {
                    self.cut_short = true;
                    continue;
                }
                self.segments -= segments;
                out.extend(long_block(self.model, around, &self.hints, self.options));
            } else if cells <= self.cells {
                self.cells -= cells;
                out.extend(best_block(self.model, stretch, self.options));
            }
        }
        out
    }

    /// Pairs of runs to compare: those that share most hints first.
    fn pairs(&self, source: &[Run], target: &[Run]) -> Vec<(Run, Run)> {
        let within = |runs: &[Run], segment: u32| {
            let at = runs.partition_point(|r| r.1 <= segment);
            runs.get(at).filter(|r| r.0 <= segment).copied()
        };
        let mut shared: BTreeMap<(Run, Run), usize> = BTreeMap::new();
        if source.len() * target.len() <= MOST_PAIRS {
            shared.extend(source.iter().flat_map(|s| target.iter().map(|t| ((*s, *t), 0))));
        }
        for hint in &self.hints {
            if let (Some(s), Some(t)) = (within(source, hint.source), within(target, hint.target)) {
                *shared.entry((s, t)).or_default() += 1;
            }
        }
        let mut out: Vec<((Run, Run), usize)> = shared.into_iter().collect();
        out.sort_by_key(|(_, hints)| std::cmp::Reverse(*hints));
        out.into_iter().map(|(pair, _)| pair).collect()
    }

    /// Where in a stretch more hints rise together than would by chance: of k in any order about 2·√k do (Logan and
    /// Shepp 1977), and of a few hardly ever three quarters. Of blocks in any order one is found, as the others do not rise with it.
    fn signposted(&self, stretch: Stretch) -> Option<Stretch> {
        const FEWEST: usize = 8;
        let chained = chain(&self.hints, stretch.source, stretch.target);
        let (first, last) = (chained.first()?, chained.last()?);
        let (source, target) = ((first.0 as u32, last.0 as u32 + 1), (first.1 as u32, last.1 as u32 + 1));
        let from = self.hints.partition_point(|hint| hint.source < source.0);
        let inside = self.hints[from..].iter().take_while(|hint| hint.source < source.1);
        let all = inside.filter(|h| (target.0..target.1).contains(&h.target)).count();
        let around = |(from, to): Run, (least, most): Run| {
            (from.saturating_sub(BESIDE).max(least), to.saturating_add(BESIDE).min(most))
        };
        let more = chained.len() * chained.len() >= 16 * all || 4 * chained.len() >= 3 * all;
        (chained.len() >= FEWEST && more).then(|| Stretch {
            source: around(source, stretch.source),
            target: around(target, stretch.target),
        })
    }
}

/// What is left of `runs` without the segments `taken`.
fn without(runs: &[Run], taken: &BTreeSet<usize>) -> Vec<Run> {
    let mut out = Vec::new();
    for &(start, end) in runs {
        let mut from = start;
        for &at in taken.range(start as usize..end as usize) {
            let at = at as u32;
            if from < at {
                out.push((from, at));
            }
            from = at + 1;
        }
        if from < end {
            out.push((from, end));
        }
    }
    out
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

/// The cheapest block of a stretch, found by looking at all of it.
fn best_block(model: &dyn CostModel, stretch: Stretch, options: &SearchOptions) -> Option<MovedBlock> {
    let region = Region::full(stretch.rows(), stretch.columns());
    let (beads, _) = forward(model, stretch, region, Keep::Path).best()?;
    let linked = |bead: &&Bead| !bead.is_null();
    let costs: Vec<(Bead, Cost)> = beads.iter().filter(linked).map(|b| (*b, model.bead(*b))).collect();
    let gain = gain(model, &costs)?;
    let all = posteriors_along(model, stretch, &beads, options);
    Some(MovedBlock::new(&costs, gain, &all))
}

/// The block along the hints of a stretch.
fn long_block(
    model: &dyn CostModel,
    stretch: Stretch,
    hints: &[Hint],
    options: &SearchOptions,
) -> Option<MovedBlock> {
    let found = search_stretch(model, stretch, hints, &SearchOptions { proof_cells: 0, ..*options });
    let linked = found.beads.iter().enumerate().filter(|(_, bead)| !bead.is_null());
    let costs: Vec<(Bead, Cost)> = linked
        .map(|(at, b)| (*b, found.costs.get(at).copied().flatten().unwrap_or_else(|| model.bead(*b))))
        .collect();
    let gain = gain(model, &costs)?;
    Some(MovedBlock::new(&costs, gain, &found.posteriors))
}

/// How much cheaper linked beads are than leaving their segments unaligned, if by more than a move costs: a null segment
/// inside the block costs what it cost in its run, so only the linked beads' own costs count.
fn gain(model: &dyn CostModel, linked: &[(Bead, Cost)]) -> Option<Cost> {
    let freed: Cost = linked
        .iter()
        .flat_map(|(b, _)| {
            let s = b.source.indices().map(|i| model.null(Side::Source, i));
            s.chain(b.target.indices().map(|j| model.null(Side::Target, j)))
        })
        .sum();
    let gain = linked.iter().map(|(_, cost)| *cost).sum::<Cost>() - freed;
    (!linked.is_empty() && gain + Cost::from_nats(tuned::MOVE) < Cost::ZERO).then_some(gain)
}

impl MovedBlock {
    fn new(linked: &[(Bead, Cost)], gain: Cost, posteriors: &[(Bead, f64)]) -> Self {
        let known: FxHashMap<Bead, f64> = posteriors.iter().copied().collect();
        let beads: Vec<Bead> = linked.iter().map(|(bead, _)| *bead).collect();
        let confidence = beads.iter().map(|bead| known.get(bead).copied().unwrap_or(0.0)).collect();
        Self { beads, gain, confidence }
    }
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

    #[test]
    fn what_is_taken_cuts_runs() {
        let taken = |segments: &[usize]| segments.iter().copied().collect::<BTreeSet<usize>>();
        assert_eq!(without(&[(0, 3), (5, 9)], &taken(&[])), [(0, 3), (5, 9)]);
        assert_eq!(without(&[(0, 3), (5, 9)], &taken(&[0, 2, 4, 6, 7])), [(1, 2), (5, 6), (8, 9)]);
        assert_eq!(without(&[(5, 7)], &taken(&[5, 6])), []);
    }

    /// A model of which nothing is asked.
    struct Hinted;

    impl CostModel for Hinted {
        fn size(&self) -> (usize, usize) {
            (1000, 1000)
        }

        fn linked_types(&self) -> &[crate::bitext::BeadType] {
            &[]
        }

        fn bead(&self, _: Bead) -> Cost {
            Cost::ZERO
        }

        fn null(&self, _: Side, _: usize) -> Cost {
            Cost::ZERO
        }

        fn null_open(&self, _: Side) -> Cost {
            Cost::ZERO
        }
    }

    #[test]
    fn hints_in_any_order_are_no_signposts() {
        let hint = |(source, target)| Hint { source, target, weight: 1 };
        let signposted = |hints: &[(u32, u32)], source: Run, target: Run| {
            let mut hints: Vec<Hint> = hints.iter().copied().map(hint).collect();
            hints.sort_unstable_by_key(|hint| hint.source);
            let model = Hinted;
            let search = Search {
                model: &model,
                options: &SearchOptions::default(),
                hints,
                cells: 0,
                segments: 0,
                cut_short: false,
                compared: BTreeSet::new(),
            };
            search.signposted(Stretch { source, target }).map(|found| (found.source, found.target))
        };
        // Of 500 that rise all do; of 500 in no order some 44.
        let line: Vec<(u32, u32)> = (0..500).map(|k| (k, k + 300)).collect();
        let none: Vec<(u32, u32)> = (0..500).map(|k| (k, 300 + k * 211 % 500)).collect();
        let all = ((0, 500), (300, 800));
        assert_eq!(signposted(&line, all.0, all.1), Some(all));
        assert_eq!(signposted(&none, all.0, all.1), None);
        // A line among hints that lead elsewhere, and a few points.
        let both = |k: usize| [&line[..k], &none[k..]].concat();
        assert!(signposted(&both(250), all.0, all.1).is_some());
        assert_eq!(signposted(&both(20), all.0, all.1), None);
        assert_eq!(signposted(&line, (0, 7), (300, 307)), None);
        // What lies outside the stretch does not count.
        assert!(signposted(&both(100), (0, 100), (300, 400)).is_some());
        assert_eq!(signposted(&both(100), (100, 500), (300, 800)), None);
        // Of ten chapters in reverse order one is found, with what may belong to it.
        let reversed: Vec<(u32, u32)> = (0..500).map(|k| (k, 300 + 450 - k / 50 * 50 + k % 50)).collect();
        let (source, target) = signposted(&reversed, all.0, all.1).expect("a chapter");
        assert_eq!((source.1 - source.0, target.1 - target.0), (66, 66));
    }
}
