//! Bands: a path searched along a line, wider where it comes near the edge; posteriors along a path.
//!
//! In: a [`CostModel`], a stretch, points or a ladder to follow. Out: the cheapest ladder in the band with
//! its cost; posteriors of beads. Guarantee: exact within the band, which the path keeps clear of
//! everywhere; deterministic. Time and space O(rows · width · bead types).

use rayon::prelude::*;

use crate::bitext::{Bead, Cost, CostModel};

use super::forward::{Keep, Stretch, forward};
use super::region::Region;
use super::search::SearchOptions;

/// A band along a line of points.
pub(super) struct Band {
    stretch: Stretch,
    /// Row and column, counted from the stretch's start.
    points: Vec<(usize, usize)>,
    widths: Vec<u32>,
}

/// Rows around a place where the path comes near the edge that are widened with it.
const AROUND: usize = 48;

impl Band {
    /// A band of half-width `width` through `points`, places in the whole bitext; those outside the
    /// stretch are left out.
    pub(super) fn new(stretch: Stretch, points: &[(usize, usize)], width: usize) -> Self {
        let (s, t) = (stretch.source, stretch.target);
        let inside = |p: &&(usize, usize)| {
            (s.0 as usize..=s.1 as usize).contains(&p.0) && (t.0 as usize..=t.1 as usize).contains(&p.1)
        };
        let points = points.iter().filter(inside).map(|p| (p.0 - s.0 as usize, p.1 - t.0 as usize)).collect();
        Self { stretch, points, widths: vec![width as u32; stretch.rows() + 1] }
    }

    /// A band of half-width `width` along the beads of a ladder.
    pub(super) fn along(stretch: Stretch, beads: &[Bead], width: usize) -> Self {
        let mut points: Vec<(usize, usize)> =
            beads.iter().map(|b| (b.source.end(), b.target.end())).collect();
        // Moved blocks are no part of the line.
        let mut last = (0, 0);
        points.retain(|p| {
            let rises = p.0 >= last.0 && p.1 >= last.1;
            if rises {
                last = *p;
            }
            rises
        });
        Self::new(stretch, &points, width)
    }

    pub(super) fn region(&self) -> Region {
        Region::around(self.stretch.rows(), self.stretch.columns(), &self.points, |row| {
            self.widths[row] as usize
        })
    }

    /// The cheapest ladder in the band, widened wherever the ladder comes near its edge.
    pub(super) fn search(mut self, model: &dyn CostModel) -> (Vec<Bead>, Cost) {
        loop {
            let pass = forward(model, self.stretch, self.region(), Keep::Path);
            if let Some((beads, cost)) = pass.best() {
                let near = self.near_edge(&pass.region, &beads);
                if near.is_empty() {
                    return (beads, cost);
                }
                for row in near {
                    self.widen(row);
                }
            } else {
                (0..self.widths.len()).for_each(|row| self.widths[row] *= 3);
            }
        }
    }

    /// Rows where a path comes within a third of the band's half-width of an edge behind which there are
    /// more columns.
    fn near_edge(&self, region: &Region, beads: &[Bead]) -> Vec<usize> {
        let mut out = Vec::new();
        for bead in beads {
            let row = bead.source.end() - self.stretch.source.0 as usize;
            let column = bead.target.end() - self.stretch.target.0 as usize;
            let margin = (self.widths[row] as usize / 3).max(1);
            let range = region.columns(row);
            let clear = (range.start == 0 || column >= range.start + margin)
                && (range.end == self.stretch.columns() + 1 || column + margin < range.end);
            if !clear && out.last() != Some(&row) {
                out.push(row);
            }
        }
        // Each neighbourhood once.
        let mut last = None;
        out.retain(|row| {
            let new = last.is_none_or(|l: usize| row - l > AROUND / 2);
            if new {
                last = Some(*row);
            }
            new
        });
        out
    }

    fn widen(&mut self, row: usize) {
        let wider = self.widths[row].saturating_mul(3);
        let end = (row + AROUND).min(self.widths.len() - 1);
        for width in &mut self.widths[row.saturating_sub(AROUND)..=end] {
            *width = (*width).max(wider);
        }
    }
}

/// Half the width in which posteriors are summed up, before widening.
const NEIGHBOURHOOD: usize = 8;
/// A bead of this posterior at the edge of what was summed up asks for more width.
const MATTERS: f64 = 0.01;

/// Posteriors of at least 0.01 along the ladder `beads` of `stretch`, by the beads' ends. They are summed
/// up window by window, each with as many rows beside it as the options' overlap says, between two rungs
/// of the ladder.
pub(super) fn posteriors_along(
    model: &dyn CostModel,
    stretch: Stretch,
    beads: &[Bead],
    options: &SearchOptions,
) -> Vec<(Bead, f64)> {
    let rungs: Vec<(u32, u32)> = std::iter::once((stretch.source.0, stretch.target.0))
        .chain(beads.iter().map(|b| (b.source.end() as u32, b.target.end() as u32)))
        .collect();
    // Windows as indices of rungs: a new one begins when enough source or target segments have passed.
    let mut cuts = vec![0];
    for (k, rung) in rungs.iter().enumerate() {
        let from = rungs[cuts[cuts.len() - 1]];
        if ((rung.0 - from.0).max(rung.1 - from.1)) as usize >= options.window.max(1) {
            cuts.push(k);
        }
    }
    if cuts[cuts.len() - 1] != rungs.len() - 1 {
        cuts.push(rungs.len() - 1);
    }
    let found: Vec<Vec<(Bead, f64)>> = cuts
        .par_windows(2)
        .map(|cut| window_posteriors(model, &rungs, (cut[0], cut[1]), beads, options))
        .collect();
    found.concat()
}

fn window_posteriors(
    model: &dyn CostModel,
    rungs: &[(u32, u32)],
    (from, to): (usize, usize),
    beads: &[Bead],
    options: &SearchOptions,
) -> Vec<(Bead, f64)> {
    let far = |a: (u32, u32), b: (u32, u32)| (b.0 - a.0).max(b.1 - a.1) as usize >= options.overlap;
    let before = (0..from).rev().find(|&k| far(rungs[k], rungs[from])).unwrap_or(0);
    let after = (to..rungs.len()).find(|&k| far(rungs[to], rungs[k])).unwrap_or(rungs.len() - 1);
    let stretch =
        Stretch { source: (rungs[before].0, rungs[after].0), target: (rungs[before].1, rungs[after].1) };
    // By their ends beads belong to one window each.
    let core = |b: &Bead| {
        let end = (b.source.end() as u32, b.target.end() as u32);
        let past = |rung: (u32, u32)| end.0 > rung.0 || end.0 == rung.0 && end.1 > rung.1;
        (past(rungs[from]) || from == 0) && !past(rungs[to])
    };
    let mut width = NEIGHBOURHOOD;
    loop {
        let region = Band::along(stretch, &beads[before..after], width).region();
        let pass = forward(model, stretch, region, Keep::All);
        let mut found = Vec::new();
        let mut cut = false;
        pass.posteriors(options.temperature).each(0.01, |bead, p| {
            if core(&bead) {
                let row = bead.source.end() - stretch.source.0 as usize;
                let column = bead.target.end() - stretch.target.0 as usize;
                let range = pass.region.columns(row);
                cut |= p >= MATTERS
                    && (range.start > 0 && column == range.start
                        || range.end <= stretch.columns() && column + 1 == range.end);
                found.push((bead, p));
            }
        });
        if !cut || pass.region.is_full() {
            return found;
        }
        width *= 2;
    }
}
