//! The search over a whole bitext: pins cut it into stretches, long stretches into windows.
//!
//! In: a [`CostModel`], [`Pin`]s, options. Out: [`Searched`]. Guarantee: pins are honoured; the same input
//! gives the same output on any number of threads. Time and space grow linearly with the bitext's length:
//! a long stretch is searched in overlapping windows around a chain of hints, each window exactly within
//! its band, and the band is widened until the path keeps clear of its edge; the windows' paths are joined
//! where they agree.

use rayon::prelude::*;

use crate::bitext::{Bead, Cost, CostModel, Hint, Ladder, Pin, Side};

use super::chain::chain;
use super::lattice::{Lattice, Stretch};
use super::pins::{PinError, stretches};
use super::region::Region;

/// How to search.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct SearchOptions {
    /// Stretches of at most this many cells are searched whole.
    pub whole_cells: usize,
    /// Half the band's width around the chain of hints, in target segments, before widening.
    pub band: usize,
    /// Source segments in a window of a long stretch.
    pub window: usize,
    /// Source segments that neighbouring windows share.
    pub overlap: usize,
    /// Costs are divided by this when probabilities are made of them.
    pub temperature: f64,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self { whole_cells: 160_000, band: 24, window: 768, overlap: 96, temperature: 1.0 }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Searched {
    /// The beads of the cheapest ladder, in order.
    pub beads: Vec<Bead>,
    /// The ladder's cost.
    pub cost: Cost,
    /// Beads with their posterior probabilities, those of 0.01 or more, by their ends. Unaligned
    /// segments appear once for every place that they may stand in.
    pub posteriors: Vec<(Bead, f64)>,
    /// ln of the sum of exp(−cost) over all ladders considered; where windows were joined, an estimate
    /// that counts the ladders beside the cheapest one twice in what two windows share.
    pub likelihood: f64,
}

/// Finds the cheapest ladder through all `pins`, and the posteriors.
pub fn search(model: &dyn CostModel, pins: &[Pin], options: &SearchOptions) -> Result<Searched, PinError> {
    let (n, m) = model.size();
    let parts = stretches(pins, n, m)?;
    let hints =
        if parts.iter().any(|p| cells(p.stretch) > options.whole_cells) { model.hints() } else { Vec::new() };
    let found: Vec<Searched> = parts
        .par_iter()
        .map(|part| {
            if part.one_bead {
                one_bead(model, part.stretch)
            } else {
                search_stretch(model, part.stretch, &hints, options)
            }
        })
        .collect();
    let mut whole = Searched::default();
    for part in found {
        whole.beads.extend(part.beads);
        whole.cost += part.cost;
        whole.posteriors.extend(part.posteriors);
        whole.likelihood += part.likelihood;
    }
    debug_assert!(Ladder::new(whole.beads.clone()).is_ok());
    Ok(whole)
}

const fn cells(stretch: Stretch) -> usize {
    (stretch.rows() + 1) * (stretch.columns() + 1)
}

fn one_bead(model: &dyn CostModel, stretch: Stretch) -> Searched {
    let bead = Bead::new(stretch.source, stretch.target);
    if bead.is_null() {
        // A pinned unaligned stretch: segment by segment, as anywhere else.
        return search_whole(model, stretch, 1.0);
    }
    let cost = model.bead(bead);
    Searched { beads: vec![bead], cost, posteriors: vec![(bead, 1.0)], likelihood: -cost.nats() }
}

/// Searches the whole lattice of a stretch.
fn search_whole(model: &dyn CostModel, stretch: Stretch, temperature: f64) -> Searched {
    let lattice = Lattice::new(model, stretch, Region::full(stretch.rows(), stretch.columns()));
    read_off(&lattice, temperature).expect("the whole lattice has a path: unaligned segments alone are one")
}

fn read_off(lattice: &Lattice<'_>, temperature: f64) -> Option<Searched> {
    let (beads, cost) = lattice.best()?;
    let found = lattice.posteriors(temperature);
    let mut posteriors = Vec::new();
    found.each(0.01, |bead, p| posteriors.push((bead, p)));
    Some(Searched { beads, cost, posteriors, likelihood: found.totals().0 })
}

fn search_stretch(
    model: &dyn CostModel,
    stretch: Stretch,
    hints: &[Hint],
    options: &SearchOptions,
) -> Searched {
    if cells(stretch) <= options.whole_cells {
        return search_whole(model, stretch, options.temperature);
    }
    let points = chain(hints, stretch.source, stretch.target);
    if stretch.rows() <= options.window * 3 / 2 {
        return search_banded(model, stretch, &points, options);
    }
    let windows = windows(stretch, &points, options);
    let found: Vec<Searched> =
        windows.par_iter().map(|&w| search_banded(model, w, &points, options)).collect();
    match join(model, &windows, found) {
        Ok(whole) => whole,
        Err(()) => search_banded(model, stretch, &points, options),
    }
}

/// Searches a band around the chain, wider and wider until the path keeps clear of its edges.
fn search_banded(
    model: &dyn CostModel,
    stretch: Stretch,
    points: &[(usize, usize)],
    options: &SearchOptions,
) -> Searched {
    let local: Vec<(usize, usize)> = points
        .iter()
        .filter(|p| {
            (stretch.source.0 as usize..stretch.source.1 as usize).contains(&p.0)
                && (stretch.target.0 as usize..stretch.target.1 as usize).contains(&p.1)
        })
        .map(|p| (p.0 - stretch.source.0 as usize, p.1 - stretch.target.0 as usize))
        .collect();
    let mut width = options.band;
    loop {
        let region = Region::around(stretch.rows(), stretch.columns(), &local, width);
        let lattice = Lattice::new(model, stretch, region);
        let clear = lattice
            .best()
            .is_some_and(|(beads, _)| lattice.region().is_full() || keeps_clear(&lattice, stretch, &beads));
        if clear && let Some(found) = read_off(&lattice, options.temperature) {
            return found;
        }
        width *= 3;
    }
}

/// Whether a path stays a third of the band's half-width, at least 8 columns, from its edges.
fn keeps_clear(lattice: &Lattice<'_>, stretch: Stretch, beads: &[Bead]) -> bool {
    const MARGIN: usize = 8;
    beads.iter().all(|bead| {
        let row = bead.source.end() - stretch.source.0 as usize;
        let column = bead.target.end() - stretch.target.0 as usize;
        let range = lattice.region().columns(row);
        (range.start == 0 || column >= range.start + MARGIN)
            && (range.end == stretch.columns() + 1 || column + MARGIN < range.end)
    })
}

/// Overlapping windows along the chain.
#[expect(clippy::many_single_char_names, reason = "two sides, two points and a place between them")]
fn windows(stretch: Stretch, points: &[(usize, usize)], options: &SearchOptions) -> Vec<Stretch> {
    let (s, t) = (stretch.source, stretch.target);
    let line: Vec<(usize, usize)> = std::iter::once((s.0 as usize, t.0 as usize))
        .chain(points.iter().copied())
        .chain(std::iter::once((s.1 as usize, t.1 as usize)))
        .collect();
    let at = |row: usize| -> u32 {
        let k = line.partition_point(|p| p.0 <= row).clamp(1, line.len() - 1);
        let (a, b) = (line[k - 1], line[k]);
        if b.0 == a.0 { b.1 as u32 } else { (a.1 + (row - a.0) * (b.1 - a.1) / (b.0 - a.0)) as u32 }
    };
    let mut out = Vec::new();
    let mut start = s.0 as usize;
    let end = s.1 as usize;
    loop {
        let stop = if end - start <= options.window + options.overlap { end } else { start + options.window };
        let column = |row: usize| {
            if row == s.0 as usize {
                t.0
            } else if row == end {
                t.1
            } else {
                at(row)
            }
        };
        out.push(Stretch { source: (start as u32, stop as u32), target: (column(start), column(stop)) });
        if stop == end {
            return out;
        }
        start = stop - options.overlap;
    }
}

/// Joins the windows' ladders at rungs that both of two neighbours have, as near as possible to the
/// middle of what they share.
fn join(model: &dyn CostModel, windows: &[Stretch], found: Vec<Searched>) -> Result<Searched, ()> {
    let mut whole: Option<Searched> = None;
    // How much likelier all ladders together are than the cheapest alone.
    let beside: f64 = found.iter().map(|part| part.likelihood + part.cost.nats()).sum();
    for (index, part) in found.into_iter().enumerate() {
        let Some(mut left) = whole.take() else {
            whole = Some(part);
            continue;
        };
        let (from, to) = (windows[index].source.0 as usize, windows[index - 1].source.1 as usize);
        let middle = usize::midpoint(from, to);
        let rung = |b: &Bead| (b.source.end(), b.target.end());
        let right: std::collections::BTreeSet<(usize, usize)> = part.beads.iter().map(rung).collect();
        let cut = left
            .beads
            .iter()
            .map(rung)
            .filter(|r| right.contains(r) && (from..=to).contains(&r.0))
            .min_by_key(|r| (r.0.abs_diff(middle), r.1))
            .ok_or(())?;
        let before = |b: &Bead| b.source.end() <= cut.0 && b.target.end() <= cut.1;
        let after = |b: &Bead| b.source.start() >= cut.0 && b.target.start() >= cut.1;
        left.beads.retain(before);
        left.beads.extend(part.beads.into_iter().filter(after));
        left.posteriors.retain(|(b, _)| before(b));
        left.posteriors.extend(part.posteriors.into_iter().filter(|(b, _)| after(b)));
        whole = Some(left);
    }
    let mut whole = whole.ok_or(())?;
    // The windows' own costs count what they share twice.
    whole.cost = cost_of(model, &whole.beads);
    whole.likelihood = beside - whole.cost.nats();
    Ok(whole)
}

/// The cost of consecutive beads, each unaligned segment a bead of its own.
fn cost_of(model: &dyn CostModel, beads: &[Bead]) -> Cost {
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
