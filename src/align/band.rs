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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_rows_near_each_other_one_is_widened() {
        let half = AROUND / 2;
        assert_eq!(neighbourhoods(&[]), Vec::<usize>::new());
        assert_eq!(neighbourhoods(&[3, 4, half, half + 3, half + 4, 90]), [3, half + 4, 90]);
    }

    #[test]
    fn a_band_is_narrow_near_points_and_of_full_width_far_from_them() {
        let stretch = Stretch { source: (10, 70), target: (20, 80) };
        // The first two points lie outside.
        let band = Band::through(stretch, &[(9, 30), (30, 81), (30, 40), (32, 42)], 24);
        assert_eq!(band.points, [(20, 20), (22, 22)]);
        let widths = |rows: &[usize]| rows.iter().map(|&r| band.widths[r]).collect::<Vec<_>>();
        assert_eq!(widths(&[0, 10, 19, 20, 21, 22, 30, 38, 39, 60]), [24, 18, 9, 8, 9, 8, 16, 24, 24, 24]);
        assert_eq!(Band::through(stretch, &[], 24).widths, [24; 61]);
    }

    #[test]
    fn widening_reaches_so_many_rows_and_never_narrows() {
        let stretch = Stretch { source: (0, 300), target: (0, 300) };
        let mut band = Band::new(stretch, &[], 4);
        band.widths[150 + AROUND] = 50;
        band.widen_at(&[150, 151]);
        let wide: Vec<usize> = (0..=300).filter(|&row| band.widths[row] == 12).collect();
        assert_eq!((wide[0], wide[wide.len() - 1], wide.len()), (150 - AROUND, 149 + AROUND, 2 * AROUND));
        assert_eq!(band.widths[150 + AROUND], 50);
        band.widen(300);
        assert_eq!((band.widths[300 - AROUND], band.widths[300]), (12, 12));
    }

    #[test]
    fn a_line_leaves_out_what_falls_back() {
        let stretch = Stretch { source: (0, 9), target: (0, 9) };
        let bead = |s: u32, t: u32| Bead::new((s - 1, s), (t - 1, t));
        let band = Band::along(stretch, &[bead(1, 1), bead(2, 7), bead(3, 2), bead(4, 7), bead(4, 6)], 2);
        assert_eq!(band.points, [(1, 1), (2, 7), (4, 7)]);
    }
}
