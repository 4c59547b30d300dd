//! The lattice of a stretch of bitext: costs of all its beads, the best path, the posteriors.
//!
//! In: a [`CostModel`] and a [`Region`]. Out: the cheapest [`Ladder`] inside the region, its cost, and for
//! every bead the probability that it stands in the alignment. Guarantee: exact within the region; ties
//! go to the bead type that comes first. Time O(cells · bead types), space O(cells · bead types).
//!
//! Viterbi (1967) over beads as in Gale and Church (1993), with affine runs of unaligned segments (Gotoh
//! 1982): three states a cell. Posteriors by forward–backward over the same lattice.

use std::ops::Range;

use crate::bitext::{Bead, BeadType, Cost, CostModel, Side};

use super::region::Region;

/// What the last step into a cell was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum State {
    /// A linked bead, or the start.
    Linked = 0,
    /// An unaligned source segment.
    SourceRun = 1,
    /// An unaligned target segment.
    TargetRun = 2,
}

const STATES: usize = 3;
const STATE_OF: [State; STATES] = [State::Linked, State::SourceRun, State::TargetRun];

/// The stretch of bitext that a lattice spans: source and target segments, half open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) source: (u32, u32),
    pub(super) target: (u32, u32),
}

impl Stretch {
    pub(super) const fn rows(self) -> usize {
        (self.source.1 - self.source.0) as usize
    }

    pub(super) const fn columns(self) -> usize {
        (self.target.1 - self.target.0) as usize
    }
}

/// The costs of all beads of a stretch, within a region.
pub(super) struct Lattice<'a> {
    stretch: Stretch,
    region: Region,
    types: &'a [BeadType],
    /// Units of [`Cost`], by cell and bead type; `FORBIDDEN` where a bead leaves the stretch.
    linked: Vec<i32>,
    null: [Vec<i64>; 2],
    open: [i64; 2],
}

const FORBIDDEN: i32 = i32::MAX;
const UNREACHED: i64 = Cost::FORBIDDEN.units();

impl<'a> Lattice<'a> {
    /// Reads the costs of `stretch` from `model`. Rows and columns of `region` count from the stretch's
    /// start.
    pub(super) fn new(model: &'a dyn CostModel, stretch: Stretch, region: Region) -> Self {
        let types = model.linked_types();
        let mut linked = vec![FORBIDDEN; region.cells() * types.len()];
        let mut costs = Vec::new();
        let mut reader = model.rows();
        let (n, m) = (stretch.rows(), stretch.columns());
        let offset = |range: Range<usize>| {
            range.start + stretch.target.0 as usize..range.end + stretch.target.0 as usize
        };
        let mut at = 0;
        for row in 0..region.rows() {
            let columns = region.columns(row);
            let inside = columns.start..columns.end.min(m);
            if row < n && !inside.is_empty() {
                costs.resize(inside.len() * types.len(), Cost::ZERO);
                reader.fill(row + stretch.source.0 as usize, offset(inside.clone()), &mut costs);
                for (column, costs) in inside.clone().zip(costs.chunks_exact(types.len())) {
                    let cell = at + (column - columns.start) * types.len();
                    for ((out, cost), t) in linked[cell..].iter_mut().zip(costs).zip(types) {
                        let (a, b) = (row + t.source as usize, column + t.target as usize);
                        if *cost < Cost::FORBIDDEN && a <= n && region.cell(a, b).is_some() {
                            *out = i32::try_from(cost.units()).unwrap_or(FORBIDDEN);
                        }
                    }
                }
            }
            at += columns.len() * types.len();
        }
        let nulls = |side: Side, range: (u32, u32)| {
            (range.0..range.1).map(|i| model.null(side, i as usize).units()).collect::<Vec<_>>()
        };
        Self {
            null: [nulls(Side::Source, stretch.source), nulls(Side::Target, stretch.target)],
            open: [model.null_open(Side::Source).units(), model.null_open(Side::Target).units()],
            stretch,
            region,
            types,
            linked,
        }
    }

    pub(super) fn region(&self) -> &Region {
        &self.region
    }

    fn bead(&self, row: usize, column: usize, t: BeadType) -> Bead {
        let (s, c) = (self.stretch.source.0 + row as u32, self.stretch.target.0 + column as u32);
        Bead::new((s, s + t.source), (c, c + t.target))
    }

    /// Calls `step` for every step into cell (`row`, `column`): the cell it comes from, the state there,
    /// the state here, its cost, and the bead type's index for linked beads.
    #[inline]
    fn steps_into(
        &self,
        row: usize,
        column: usize,
        mut step: impl FnMut(usize, State, State, i64, Option<usize>),
    ) {
        for (index, t) in self.types.iter().enumerate() {
            let (a, b) = (t.source as usize, t.target as usize);
            if a > row || b > column {
                continue;
            }
            let Some(from) = self.region.cell(row - a, column - b) else { continue };
            let cost = self.linked[from * self.types.len() + index];
            if cost == FORBIDDEN {
                continue;
            }
            for state in STATE_OF {
                step(from, state, State::Linked, i64::from(cost), Some(index));
            }
        }
        if row > 0
            && let Some(from) = self.region.cell(row - 1, column)
        {
            let null = self.null[0][row - 1];
            step(from, State::Linked, State::SourceRun, null + self.open[0], None);
            step(from, State::SourceRun, State::SourceRun, null, None);
        }
        if column > 0
            && let Some(from) = self.region.cell(row, column - 1)
        {
            let null = self.null[1][column - 1];
            step(from, State::Linked, State::TargetRun, null + self.open[1], None);
            step(from, State::SourceRun, State::TargetRun, null + self.open[1], None);
            step(from, State::TargetRun, State::TargetRun, null, None);
        }
    }

    /// The cheapest path through the region, as beads in order, and its cost; `None` if the region has no
    /// path.
    pub(super) fn best(&self) -> Option<(Vec<Bead>, Cost)> {
        let cells = self.region.cells();
        let mut cost = vec![[UNREACHED; STATES]; cells];
        // Where each state came from: the state before (2 bits) and, for linked beads, the type.
        let mut back = vec![[0u8; STATES]; cells];
        cost[0][State::Linked as usize] = 0;
        for row in 0..self.region.rows() {
            for column in self.region.columns(row) {
                let here = self.region.cell(row, column).expect("the region's own cell");
                let (mut best, mut came) = (cost[here], back[here]);
                self.steps_into(row, column, |from, before, after, step, index| {
                    let total = cost[from][before as usize].saturating_add(step);
                    if total < best[after as usize] && cost[from][before as usize] < UNREACHED {
                        best[after as usize] = total;
                        came[after as usize] = before as u8 | (index.unwrap_or(0) as u8) << 2;
                    }
                });
                cost[here] = best;
                back[here] = came;
            }
        }
        let (mut row, mut column) = (self.stretch.rows(), self.stretch.columns());
        let end = self.region.cell(row, column)?;
        let mut state = STATE_OF.into_iter().min_by_key(|&s| (cost[end][s as usize], s as u8))?;
        let total = cost[end][state as usize];
        if total >= UNREACHED {
            return None;
        }
        let mut beads = Vec::new();
        while (row, column) != (0, 0) {
            let cell = self.region.cell(row, column)?;
            let came = back[cell][state as usize];
            let t = match state {
                State::Linked => self.types[(came >> 2) as usize],
                State::SourceRun => BeadType::new(1, 0),
                State::TargetRun => BeadType::new(0, 1),
            };
            row -= t.source as usize;
            column -= t.target as usize;
            beads.push(self.bead(row, column, t));
            state = STATE_OF[(came & 3) as usize];
        }
        beads.reverse();
        Some((beads, Cost::from_units(total)))
    }

    /// The posteriors: for every bead the probability that it stands in the alignment, given that paths
    /// are as likely as their costs say, divided by `temperature`.
    pub(super) fn posteriors(&self, temperature: f64) -> Posteriors<'_> {
        let scale = -1.0 / (Cost::from_nats(1.0).units() as f64 * temperature);
        let cells = self.region.cells();
        let mut forward = vec![[f64::NEG_INFINITY; STATES]; cells];
        forward[0][State::Linked as usize] = 0.0;
        for row in 0..self.region.rows() {
            for column in self.region.columns(row) {
                let here = self.region.cell(row, column).expect("the region's own cell");
                let mut sums = [LogSum::of(forward[here][0]), LogSum::default(), LogSum::default()];
                self.steps_into(row, column, |from, before, after, cost, _| {
                    sums[after as usize].add(forward[from][before as usize] + cost as f64 * scale);
                });
                forward[here] = sums.map(LogSum::value);
            }
        }
        let mut backward = vec![[LogSum::default(); STATES]; cells];
        let last = cells - 1;
        backward[last] = [LogSum::of(0.0); STATES];
        for row in (0..self.region.rows()).rev() {
            for column in self.region.columns(row).rev() {
                let here = self.region.cell(row, column).expect("the region's own cell");
                let values = backward[here].map(LogSum::value);
                self.steps_into(row, column, |from, before, after, cost, _| {
                    backward[from][before as usize].add(values[after as usize] + cost as f64 * scale);
                });
            }
        }
        let backward: Vec<[f64; STATES]> = backward.into_iter().map(|s| s.map(LogSum::value)).collect();
        let total = {
            let mut sum = LogSum::default();
            for state in forward[last] {
                sum.add(state);
            }
            sum.value()
        };
        Posteriors { lattice: self, forward, backward, total, scale }
    }
}

/// ln of a sum of exponentials, added up one by one.
#[derive(Debug, Clone, Copy)]
struct LogSum {
    max: f64,
    sum: f64,
}

impl Default for LogSum {
    fn default() -> Self {
        Self { max: f64::NEG_INFINITY, sum: 0.0 }
    }
}

impl LogSum {
    const fn of(value: f64) -> Self {
        Self { max: value, sum: 1.0 }
    }

    #[inline]
    fn add(&mut self, value: f64) {
        if value <= self.max {
            let below = value - self.max;
            if below > -50.0 {
                self.sum += below.exp();
            }
        } else if value > f64::NEG_INFINITY {
            let below = self.max - value;
            self.sum = if below > -50.0 { self.sum * below.exp() + 1.0 } else { 1.0 };
            self.max = value;
        }
    }

    fn value(self) -> f64 {
        if self.max == f64::NEG_INFINITY { self.max } else { self.max + self.sum.ln() }
    }
}

/// Probabilities of beads over a lattice.
pub(super) struct Posteriors<'a> {
    lattice: &'a Lattice<'a>,
    forward: Vec<[f64; STATES]>,
    backward: Vec<[f64; STATES]>,
    total: f64,
    scale: f64,
}

impl Posteriors<'_> {
    /// ln of the sum over all paths, as the forward pass and as the backward pass have it.
    pub(super) fn totals(&self) -> (f64, f64) {
        (self.total, self.backward[0][State::Linked as usize])
    }

    /// Calls `f` with every bead whose probability is above 0 and at least `least`, by its end, source
    /// first.
    pub(super) fn each(&self, least: f64, mut f: impl FnMut(Bead, f64)) {
        let lattice = self.lattice;
        let floor = least.max(1e-12).ln();
        for row in 0..lattice.region.rows() {
            for column in lattice.region.columns(row) {
                let here = lattice.region.cell(row, column).expect("the region's own cell");
                // No path through this cell is likely enough: skip its steps.
                let through = |s: usize| self.forward[here][s] + self.backward[here][s] - self.total;
                if (0..STATES).all(|s| through(s) < floor) {
                    continue;
                }
                let mut sums = vec![0.0f64; lattice.types.len()];
                let mut nulls = [0.0f64; STATES];
                lattice.steps_into(row, column, |from, before, after, cost, index| {
                    let ln = self.forward[from][before as usize]
                        + cost as f64 * self.scale
                        + self.backward[here][after as usize]
                        - self.total;
                    if ln < -60.0 {
                        return;
                    }
                    match index {
                        Some(index) => sums[index] += ln.exp(),
                        None => nulls[after as usize] += ln.exp(),
                    }
                });
                for (t, sum) in lattice.types.iter().zip(sums) {
                    if sum > 0.0 && sum >= least {
                        let (a, b) = (t.source as usize, t.target as usize);
                        f(lattice.bead(row - a, column - b, *t), sum.min(1.0));
                    }
                }
                for (state, t) in
                    [(State::SourceRun, BeadType::new(1, 0)), (State::TargetRun, BeadType::new(0, 1))]
                {
                    let p = nulls[state as usize];
                    if p > 0.0 && p >= least {
                        f(lattice.bead(row - t.source as usize, column - t.target as usize, t), p.min(1.0));
                    }
                }
            }
        }
    }
}
