//! Bands: a path searched along a line, again around what was found where that comes near the edge.
//!
//! In: a [`CostModel`], a stretch, points or a ladder to follow. Out: a ladder, the cheapest in the band.
//! Guarantee: the cells looked at are at most a fixed number for each segment, whatever the costs; deterministic.
//! Time O(rows · width · bead types), space O(rows · width).

use crate::bitext::{Bead, Cost, CostModel, Side};
use crate::tuned::search as tuned;

use super::forward::{Keep, Stretch, forward};
use super::options::SearchOptions;
use super::region::Region;

/// A band along a line of points.
pub(super) struct Band {
    stretch: Stretch,
    /// Row and column, counted from the stretch's start.
    points: Vec<(usize, usize)>,
    widths: Vec<u32>,
}

impl Band {
    /// A band of half-width `width` through `points`, places in the whole bitext; those outside the
    /// stretch are left out.
    pub(super) fn new(stretch: Stretch, points: &[(usize, usize)], width: usize) -> Self {
        let (s, t) = (stretch.source, stretch.target);
        let inside = |p: &&(usize, usize)| {
            (s.0 as usize..=s.1 as usize).contains(&p.0) && (t.0 as usize..=t.1 as usize).contains(&p.1)
        };
        let points = points.iter().filter(inside).map(|p| (p.0 - s.0 as usize, p.1 - t.0 as usize)).collect();
        let width = u32::try_from(width).unwrap_or(u32::MAX);
        Self { stretch, points, widths: vec![width; stretch.rows() + 1] }
    }

    /// A band through `points`, at most `width` wide to either side; where points are many it is narrower: about
    /// as wide as the [`tuned::MANY`]th nearest of them is far, as a few may be wrong.
    pub(super) fn through(stretch: Stretch, points: &[(usize, usize)], width: usize) -> Self {
        const LEAST: usize = 8;
        let mut band = Self::new(stretch, points, width);
        let mut first = 0;
        for row in 0..band.widths.len() {
            let far = |first: usize| {
                let points = band.points.get(first..first + tuned::MANY)?;
                Some(points[0].0.abs_diff(row).max(points[tuned::MANY - 1].0.abs_diff(row)))
            };
            while far(first).is_some_and(|here| far(first + 1).is_some_and(|next| next <= here)) {
                first += 1;
            }
            let near = far(first).unwrap_or(usize::MAX).saturating_add(LEAST);
            band.widths[row] = band.widths[row].min(u32::try_from(near).unwrap_or(u32::MAX));
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

    /// Rows, rising, where a path comes within an eighth of the band's half-width of an edge behind which there are
    /// more columns.
    fn near_edge(&self, region: &Region, beads: &[Bead]) -> Vec<usize> {
        let mut out = Vec::new();
        for bead in beads {
            let row = bead.source.end() - self.stretch.source.0 as usize;
            let column = bead.target.end() - self.stretch.target.0 as usize;
            let margin = (self.widths[row] as usize / 8).max(1);
            let range = region.columns(row);
            let clear = (range.start == 0 || column >= range.start + margin)
                && (range.end == self.stretch.columns() + 1 || column + margin < range.end);
            if !clear && out.last() != Some(&row) {
                out.push(row);
            }
        }
        out
    }

    /// Runs along another ladder from now on, as wide at each row as before.
    pub(super) fn follow(&mut self, beads: &[Bead]) {
        self.points = Self::along(self.stretch, beads, 0).points;
    }

    /// Widens the band at `rows`, rising, and around them, up to [`tuned::WIDEST`]; gives whether it did.
    pub(super) fn widen_at(&mut self, rows: &[usize]) -> bool {
        let narrow = neighbourhoods(rows)
            .into_iter()
            .filter(|&row| self.widths[row] < tuned::WIDEST)
            .collect::<Vec<_>>();
        for row in &narrow {
            self.widen(*row);
        }
        !narrow.is_empty()
    }

    fn widen(&mut self, row: usize) {
        let wider = self.widths[row].saturating_mul(tuned::WIDER).min(tuned::WIDEST);
        let end = (row + tuned::WIDENED).min(self.widths.len() - 1);
        for width in &mut self.widths[row.saturating_sub(tuned::WIDENED)..=end] {
            *width = (*width).max(wider);
        }
    }
}

/// A ladder found by a draft.
pub(super) struct Drafted {
    pub(super) beads: Vec<Bead>,
    /// What it costs.
    pub(super) cost: Cost,
    /// Cells looked at.
    pub(super) cells: usize,
}

/// The cheapest ladder in a band through `points`, or in the whole stretch if it is small; and anew around what was
/// found, wherever that comes near the band's edge: at most [`tuned::MENDS`] times.
pub(super) fn draft(
    model: &dyn CostModel,
    stretch: Stretch,
    points: &[(usize, usize)],
    options: &SearchOptions,
) -> Drafted {
    let look = |stretch: Stretch, band: &Band, region: Region| {
        let pass = forward(model, stretch, region, Keep::Path);
        // A band has no path where no bead in it may be linked, for between two linked ones the source's segments that
        // stand alone come first.
        let found = pass.best().unwrap_or_else(|| {
            let beads = alone(stretch);
            let cost = cost_of(model, &beads, &[]);
            (beads, cost)
        });
        let near: Vec<usize> = band.near_edge(&pass.region, &found.0);
        (found, near.into_iter().map(|row| row + stretch.source.0 as usize).collect::<Vec<_>>(), pass.read)
    };
    let band = Band::through(stretch, points, options.band);
    let (n, m) = (stretch.rows(), stretch.columns());
    let region = if (n + 1) * (m + 1) <= options.draft_cells { Region::full(n, m) } else { band.region() };
    let ((mut beads, mut cost), mut near, mut cells) = look(stretch, &band, region);
    let mend = !near.is_empty();
    let own = |source: &usize| band.widths[source - stretch.source.0 as usize] as usize;
    let mut width = near.iter().map(own).max().unwrap_or(0);
    for _ in 0..tuned::MENDS {
        if near.is_empty() {
            break;
        }
        width = options.band.min(4 * width);
        let mut still = Vec::new();
        // From the last on, so that the places of those before stay.
        for (first, last) in ranges(&near).into_iter().rev() {
            // Between two rungs far enough above and below.
            let from = beads.partition_point(|b| b.source.end() + 2 * tuned::AROUND < first);
            let to = beads.partition_point(|b| b.source.end() < last + 2 * tuned::AROUND);
            let to = (to + 1).min(beads.len());
            let (above, below) = (beads[from], beads[to - 1]);
            let part = Stretch {
                source: (above.source.start() as u32, below.source.end() as u32),
                target: (above.target.start() as u32, below.target.end() as u32),
            };
            let band = Band::along(part, &beads[from..to], width);
            let ((found, _), near, read) = look(part, &band, band.region());
            cells += read;
            still.extend(near.into_iter().rev());
            beads.splice(from..to, found);
        }
        still.reverse();
        near = still;
    }
    if mend {
        // What it costs as a whole.
        let band = Band::along(stretch, &beads, 1);
        let read;
        ((beads, cost), _, read) = look(stretch, &band, band.region());
        cells += read;
    }
    Drafted { beads, cost, cells }
}

/// The ladder of segments that all stand alone.
pub(super) fn alone(stretch: Stretch) -> Vec<Bead> {
    let ((s, end), (t, last)) = (stretch.source, stretch.target);
    let source = (s..end).map(|i| Bead::new((i, i + 1), (t, t)));
    source.chain((t..last).map(|j| Bead::new((end, end), (j, j + 1)))).collect()
}

/// Of `rows`, rising, the first and last of those that are near each other.
fn ranges(rows: &[usize]) -> Vec<(usize, usize)> {
    let mut out: Vec<(usize, usize)> = Vec::new();
    for &row in rows {
        match out.last_mut() {
            Some(last) if row <= last.1 + 4 * tuned::AROUND + 1 => last.1 = last.1.max(row),
            _ => out.push((row, row)),
        }
    }
    out
}

/// Of `rows`, rising, those that are not around one taken before: each neighbourhood once.
fn neighbourhoods(rows: &[usize]) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for &row in rows {
        if out.last().is_none_or(|last| row.abs_diff(*last) > tuned::WIDENED / 2) {
            out.push(row);
        }
    }
    out
}

/// The cost of consecutive beads, each unaligned segment a bead of its own; what is `known` of them is not asked for.
pub(super) fn cost_of(model: &dyn CostModel, beads: &[Bead], known: &[Option<Cost>]) -> Cost {
    let mut cost = Cost::ZERO;
    let mut run = None;
    for (at, bead) in beads.iter().enumerate() {
        let side = match (bead.source.is_empty(), bead.target.is_empty()) {
            (false, false) => None,
            (_, true) => Some((Side::Source, bead.source.start())),
            (true, _) => Some((Side::Target, bead.target.start())),
        };
        cost += match side {
            None => known.get(at).copied().flatten().unwrap_or_else(|| model.bead(*bead)),
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
        let half = tuned::WIDENED / 2;
        assert_eq!(neighbourhoods(&[]), Vec::<usize>::new());
        assert_eq!(neighbourhoods(&[3, 4, half, half + 3, half + 4, 90]), [3, half + 4, 90]);
    }

    #[test]
    fn a_band_is_narrow_where_points_are_many_and_of_full_width_elsewhere() {
        let stretch = Stretch { source: (10, 110), target: (20, 120) };
        // The first two points lie outside.
        let mut points = vec![(9, 30), (30, 121)];
        assert_eq!(Band::through(stretch, &points, 24).widths, [24; 101]);
        points.extend((0..7).map(|k| (40 + k, 50 + k)));
        assert_eq!(Band::through(stretch, &points, 24).widths, [24; 101], "a few may be wrong");
        points.push((47, 57));
        let band = Band::through(stretch, &points, 24);
        assert_eq!((band.points[0], band.points.len()), ((30, 30), 8));
        let widths = |rows: &[usize]| rows.iter().map(|&r| band.widths[r]).collect::<Vec<_>>();
        assert_eq!(
            widths(&[0, 20, 21, 30, 33, 34, 37, 44, 46, 100]),
            [24, 24, 24, 15, 12, 12, 15, 22, 24, 24]
        );
    }

    #[test]
    fn rows_near_each_other_make_ranges() {
        let gap = 4 * tuned::AROUND + 1;
        assert_eq!(ranges(&[]), []);
        assert_eq!(
            ranges(&[3, 3 + gap, 4 + 2 * gap, 5 + 3 * gap]),
            [(3, 3 + gap), (4 + 2 * gap, 4 + 2 * gap), (5 + 3 * gap, 5 + 3 * gap)]
        );
    }

    #[test]
    fn widening_reaches_so_many_rows_and_never_narrows() {
        let stretch = Stretch { source: (0, 300), target: (0, 300) };
        let mut band = Band::new(stretch, &[], 4);
        band.widths[150 + tuned::WIDENED] = 50;
        band.widen_at(&[150, 151]);
        let wide: Vec<usize> = (0..=300).filter(|&row| band.widths[row] == 12).collect();
        assert_eq!(
            (wide[0], wide[wide.len() - 1], wide.len()),
            (150 - tuned::WIDENED, 149 + tuned::WIDENED, 2 * tuned::WIDENED)
        );
        assert_eq!(band.widths[150 + tuned::WIDENED], 50);
        band.widen(300);
        assert_eq!((band.widths[300 - tuned::WIDENED], band.widths[300]), (12, 12));
    }

    #[test]
    fn a_line_leaves_out_what_falls_back() {
        let stretch = Stretch { source: (0, 9), target: (0, 9) };
        let bead = |s: u32, t: u32| Bead::new((s - 1, s), (t - 1, t));
        let band = Band::along(stretch, &[bead(1, 1), bead(2, 7), bead(3, 2), bead(4, 7), bead(4, 6)], 2);
        assert_eq!(band.points, [(1, 1), (2, 7), (4, 7)]);
    }
}
