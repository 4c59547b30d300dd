//! Bands: a path searched along a line, wider where it comes near the edge; posteriors along a path.
//!
//! In: a [`CostModel`], a stretch, points or a ladder to follow. Out: the cheapest ladder in the band with
//! its cost; posteriors of beads. Guarantee: exact within the band, which the path keeps clear of
//! everywhere; deterministic. Time and space O(rows · width · bead types).

use std::ops::Range;

use rayon::prelude::*;

use crate::bitext::{Bead, Cost, CostModel};

use super::forward::{Forward, Keep, Stretch, forward};
use super::region::Region;
use super::search::{SearchOptions, Searched};

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
            self.points = Self::along(self.stretch, &mended, 0).points;
        }
    }

    /// A ladder that keeps clear of the band's edge, from one pass and the cheapest ladders around each
    /// place where that came near: as a step on the way.
    pub(super) fn sketch(mut self, model: &dyn CostModel) -> (Vec<Bead>, Cost) {
        let (mut beads, mut cost, near) = self.pass(model);
        if !near.is_empty() {
            beads = self.mend(model, beads, &near);
            cost = super::search::cost_of(model, &beads);
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
const NEIGHBOURHOOD: usize = 6;
/// A bead of this posterior at the edge of what was summed up asks for more width.
const MATTERS: f64 = 0.01;

/// A window of a ladder: the rungs between which beads are taken, and those between which they are summed
/// up.
struct Window {
    core: ((u32, u32), (u32, u32)),
    stretch: Stretch,
    /// The ladder's beads inside.
    beads: Range<usize>,
}

/// Cuts a ladder at its rungs into windows.
fn windows(stretch: Stretch, beads: &[Bead], options: &SearchOptions) -> Vec<Window> {
    let rungs: Vec<(u32, u32)> = std::iter::once((stretch.source.0, stretch.target.0))
        .chain(beads.iter().map(|b| (b.source.end() as u32, b.target.end() as u32)))
        .collect();
    let far = |a: (u32, u32), b: (u32, u32)| ((b.0 - a.0).max(b.1 - a.1)) as usize;
    let mut cuts = vec![0];
    for (k, rung) in rungs.iter().enumerate() {
        // Not inside a run of unaligned segments, if it ends soon.
        let passed = far(rungs[cuts[cuts.len() - 1]], *rung);
        let linked = k > 0 && !beads[k - 1].is_null();
        if passed >= options.window.max(1) && (linked || passed >= 2 * options.window) {
            cuts.push(k);
        }
    }
    let last = rungs.len() - 1;
    if cuts[cuts.len() - 1] != last {
        cuts.push(last);
    }
    cuts.windows(2)
        .map(|cut| {
            let (from, to) = (cut[0], cut[1]);
            let before = (0..from).rev().find(|&k| far(rungs[k], rungs[from]) >= options.overlap);
            let after = (to..=last).find(|&k| far(rungs[to], rungs[k]) >= options.overlap);
            let (before, after) = (before.unwrap_or(0), after.unwrap_or(last));
            Window {
                core: (rungs[from], rungs[to]),
                stretch: Stretch {
                    source: (rungs[before].0, rungs[after].0),
                    target: (rungs[before].1, rungs[after].1),
                },
                beads: before..after,
            }
        })
        .collect()
}

/// Whether rung `end` comes after rung `rung`.
fn past(end: (u32, u32), rung: (u32, u32)) -> bool {
    end.0 > rung.0 || end.0 == rung.0 && end.1 > rung.1
}

impl Window {
    /// By their ends beads belong to one window each.
    fn holds(&self, bead: &Bead) -> bool {
        let end = (bead.source.end() as u32, bead.target.end() as u32);
        let first = self.core.0 == (self.stretch.source.0, self.stretch.target.0);
        (first || past(end, self.core.0)) && !past(end, self.core.1)
    }

    /// The forward pass within `width` of the ladder, and wider if a bead of some probability stands at
    /// the edge; with the posteriors of the beads that the window holds.
    fn sum_up<'a>(
        &self,
        model: &'a dyn CostModel,
        beads: &[Bead],
        mut width: usize,
        options: &SearchOptions,
    ) -> (Forward<'a>, Vec<(Bead, f64)>) {
        loop {
            let region = Band::along(self.stretch, &beads[self.beads.clone()], width).region();
            let pass = forward(model, self.stretch, region, Keep::All);
            let mut found = Vec::new();
            let mut cut = false;
            pass.posteriors(options.temperature).each(0.01, |bead, p| {
                if self.holds(&bead) {
                    let row = bead.source.end() - self.stretch.source.0 as usize;
                    let column = bead.target.end() - self.stretch.target.0 as usize;
                    let range = pass.region.columns(row);
                    cut |= p >= MATTERS
                        && (range.start > 0 && column == range.start
                            || range.end <= self.stretch.columns() && column + 1 == range.end);
                    found.push((bead, p));
                }
            });
            if !cut || pass.region.is_full() {
                return (pass, found);
            }
            width *= 2;
        }
    }
}

/// Posteriors of at least 0.01 along the ladder `beads` of `stretch`, by the beads' ends. They are summed
/// up window by window, each with as many segments beside it as the options' overlap says.
pub(super) fn posteriors_along(
    model: &dyn CostModel,
    stretch: Stretch,
    beads: &[Bead],
    options: &SearchOptions,
) -> Vec<(Bead, f64)> {
    let found: Vec<Vec<(Bead, f64)>> = windows(stretch, beads, options)
        .par_iter()
        .map(|window| window.sum_up(model, beads, NEIGHBOURHOOD, options).1)
        .collect();
    found.concat()
}

/// A window's ladder and the posteriors of the beads that it holds.
type Part = (Vec<Bead>, Vec<(Bead, f64)>);

/// A ladder near `before`, and posteriors along it, from one pass over each window; windows whose ladders
/// do not meet are made one. Each window's ladder is the cheapest within it. None if `before` does not
/// cover the stretch.
pub(super) fn pass_along(
    model: &dyn CostModel,
    stretch: Stretch,
    before: &[Bead],
    options: &SearchOptions,
) -> Option<Searched> {
    let inside = |b: &&Bead| {
        stretch.source.0 as usize <= b.source.start()
            && b.source.end() <= stretch.source.1 as usize
            && stretch.target.0 as usize <= b.target.start()
            && b.target.end() <= stretch.target.1 as usize
    };
    let before: Vec<Bead> = before.iter().filter(inside).copied().collect();
    let covered = |of: fn(&Bead) -> usize| before.iter().map(of).sum::<usize>();
    if (covered(|b| b.source.len()), covered(|b| b.target.len())) != (stretch.rows(), stretch.columns()) {
        return None;
    }
    let mut parts: Vec<(Window, Option<Part>)> =
        windows(stretch, &before, options).into_iter().map(|window| (window, None)).collect();
    loop {
        parts.par_iter_mut().filter(|(_, part)| part.is_none()).for_each(|(window, part)| {
            let (pass, posteriors) = window.sum_up(model, &before, options.narrow, options);
            *part = Some((pass.best().map_or_else(Vec::new, |best| best.0), posteriors));
        });
        let passes = |part: &Option<Part>, rung: (u32, u32)| {
            let at = |b: &Bead| (b.source.end() as u32, b.target.end() as u32) == rung;
            part.as_ref().is_some_and(|(beads, _)| beads.iter().any(at))
        };
        let mut joined: Vec<(Window, Option<Part>)> = Vec::with_capacity(parts.len());
        let mut all_meet = true;
        let mut met_before = true;
        for (window, part) in parts {
            match joined.last_mut() {
                Some((last, of_last)) if !(met_before && passes(&part, window.core.0)) => {
                    // The ladders on both sides miss the rung between them: one window of two.
                    last.core.1 = window.core.1;
                    last.stretch.source.1 = window.stretch.source.1;
                    last.stretch.target.1 = window.stretch.target.1;
                    last.beads.end = window.beads.end;
                    met_before = passes(&part, window.core.1);
                    *of_last = None;
                    all_meet = false;
                }
                _ => {
                    met_before = passes(&part, window.core.1);
                    joined.push((window, part));
                }
            }
        }
        parts = joined;
        if all_meet {
            break;
        }
    }
    let mut whole = Searched::default();
    for (window, part) in parts {
        let (beads, posteriors) = part?;
        whole.beads.extend(beads.into_iter().filter(|b| window.holds(b)));
        whole.posteriors.extend(posteriors);
    }
    whole.cost = super::search::cost_of(model, &whole.beads);
    whole.likelihood = -whole.cost.nats();
    Some(whole)
}
