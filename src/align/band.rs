//! Bands: a path searched along a line, wider where it comes near the edge.
//!
//! In: a [`CostModel`], a stretch, points or a ladder to follow. Out: the cheapest ladder in the band with
//! its cost. Guarantee: exact within the band, whose edge the path keeps clear of everywhere;
//! deterministic. Time O(rows · width · bead types), space O(rows · width).

use crate::bitext::{Bead, Cost, CostModel, Side};

use super::forward::{Keep, Stretch, forward};
use super::region::Region;

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

    /// A band through `points`, at most `width` wide to either side: near a point it is narrower, as the
    /// path likely passes there.
    pub(super) fn through(stretch: Stretch, points: &[(usize, usize)], width: usize) -> Self {
        const LEAST: usize = 8;
        let mut band = Self::new(stretch, points, width);
        let mut rows = band.points.iter().map(|p| p.0).peekable();
        let mut before: Option<usize> = None;
        for row in 0..band.widths.len() {
            while let Some(next) = rows.next_if(|next| *next <= row) {
                before = Some(next);
            }
            let far = |point: Option<usize>| point.map_or(usize::MAX, |point| point.abs_diff(row));
            let nearest = far(before).min(far(rows.peek().copied()));
            band.widths[row] = width.min(nearest.saturating_add(LEAST)) as u32;
        }
        band
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
            let (beads, cost, near) = self.pass(model);
            if near.is_empty() {
                return (beads, cost);
            }
            let mended = self.mend(model, beads, &near);
            self.follow(&mended);
        }
    }

    /// A ladder that keeps clear of the band's edge, from one pass and the cheapest ladders around each
    /// place where that came near: as a step on the way.
    pub(super) fn sketch(mut self, model: &dyn CostModel) -> (Vec<Bead>, Cost) {
        let (mut beads, mut cost, near) = self.pass(model);
        if !near.is_empty() {
            beads = self.mend(model, beads, &near);
            cost = cost_of(model, &beads);
        }
        (beads, cost)
    }

    /// The cheapest ladder in the band as it is, its cost, and rows where it comes near the edge.
    fn pass(&mut self, model: &dyn CostModel) -> (Vec<Bead>, Cost, Vec<usize>) {
        loop {
            let pass = forward(model, self.stretch, self.region(), Keep::Path);
            if let Some((beads, cost)) = pass.best() {
                let near = self.near_edge(&pass.region, &beads);
                return (beads, cost, near);
            }
            self.widths.iter_mut().for_each(|width| *width = width.saturating_mul(3));
        }
    }

    /// Widens the band at `rows`, and puts in the cheapest ladders around each.
    fn mend(&mut self, model: &dyn CostModel, mut beads: Vec<Bead>, rows: &[usize]) -> Vec<Bead> {
        for &row in rows {
            self.widen(row);
            let source = row + self.stretch.source.0 as usize;
            // Between two rungs far enough above and below.
            let from = beads.partition_point(|b| b.source.end() + 2 * AROUND < source);
            let to = beads.partition_point(|b| b.source.end() < source + 2 * AROUND);
            let to = (to + 1).min(beads.len());
            if to - from > beads.len() / 2 {
                continue;
            }
            let (first, last) = (beads[from], beads[to - 1]);
            let stretch = Stretch {
                source: (first.source.start() as u32, last.source.end() as u32),
                target: (first.target.start() as u32, last.target.end() as u32),
            };
            let around = Self::along(stretch, &beads[from..to], self.widths[row] as usize);
            beads.splice(from..to, around.search(model).0);
        }
        beads
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
        neighbourhoods(&out)
    }

    /// Runs along another ladder from now on, as wide at each row as before.
    pub(super) fn follow(&mut self, beads: &[Bead]) {
        self.points = Self::along(self.stretch, beads, 0).points;
    }

    /// Widens the band at `rows`, rising, and around them.
    pub(super) fn widen_at(&mut self, rows: &[usize]) {
        for row in neighbourhoods(rows) {
            self.widen(row);
        }
    }

    fn widen(&mut self, row: usize) {
        let wider = self.widths[row].saturating_mul(3);
        let end = (row + AROUND).min(self.widths.len() - 1);
        for width in &mut self.widths[row.saturating_sub(AROUND)..=end] {
            *width = (*width).max(wider);
        }
    }
}

/// Of `rows`, rising, those that are not around one taken before: each neighbourhood once.
fn neighbourhoods(rows: &[usize]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for &row in rows {
        if out.last().is_none_or(|last| row.abs_diff(*last) > AROUND / 2) {
            out.push(row);
        }
    }
    out
}

/// The cost of consecutive beads, each unaligned segment a bead of its own.
pub(super) fn cost_of(model: &dyn CostModel, beads: &[Bead]) -> Cost {
    let mut cost = Cost::ZERO;
    let mut run = None;
    for bead in beads {
        let side = match (bead.source.is_empty(), bead.target.is_empty()) {
            (false, false) => None,
            (_, true) => Some((Side::Source, bead.source.start())),
            (true, _) => Some((Side::Target, bead.target.start())),
        };
        cost += match side {
            None => model.bead(*bead),
            Some((side, segment)) if run == Some(side) => model.null(side, segment),
            Some((side, segment)) => model.null_open(side) + model.null(side, segment),
        };
        run = side.map(|(side, _)| side);
    }
    cost
}
