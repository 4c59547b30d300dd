//! Posteriors: for every bead the probability that it stands in the alignment.
//!
//! In: a forward pass of which everything was kept. Out: [`Posteriors`]. Guarantee: paths are as likely as
//! their costs say, divided by the temperature; steps that carry less than 10^-14 of what their row carries
//! are left out. Time O(cells that matter · bead types).
//!
//! Forward–backward sums over *reduced* costs: what a step costs beyond the cheapest way to where it ends.
//! They are never below 0, so exp(−reduced) is at most 1, and a cell far from every likely path is seen to
//! be so before its steps are looked at.

use crate::bitext::{Bead, BeadType, Cost, DEAREST};

use super::exp::exp;
use super::forward::{Forward, STATES, State, UNREACHED};

/// Less than this share of its row's most is nothing.
const NOTHING: f64 = 1e-14;
/// Steps of which the logarithm is below this are nothing.
const HOPELESS: f64 = -36.0;
/// Sums are scaled down when they outgrow this.
const FULL: f64 = 1e120;

/// Where a step comes from, as a place among a cell's sums: a state by its number, or whichever.
const FROM: usize = STATES + 1;
/// A linked bead costs the same whatever came before it: its step starts from all states of a cell together.
const ANY: usize = STATES;

/// A step into a cell.
#[derive(Clone, Copy)]
struct Step {
    /// Row and cell that it comes from, the state there or [`ANY`], and the state here.
    row: usize,
    cell: usize,
    before: usize,
    after: State,
    cost: i64,
    /// The bead type's index, for linked beads.
    index: Option<usize>,
}

/// Sums by cell and state, with a scale by row: the true value is `value · exp(scale)`. The last of a cell's
/// are for steps from [`ANY`] state.
struct Scaled {
    values: Vec<[f64; FROM]>,
    scales: Vec<f64>,
}

/// A step that matters, with exp(−what it costs beyond the cheapest way to where it ends).
struct Way {
    likeness: f64,
    cell: u32,
    row: u32,
    before: u8,
    after: State,
    /// The bead type's index, or [`NULL`].
    index: u8,
}

const NULL: u8 = u8::MAX;

/// A cell from which the end is reached, and where its ways begin.
#[derive(Clone, Copy)]
struct ReachedCell {
    row: u32,
    column: u32,
    from: usize,
}

/// The steps that matter by the cells that they lead into, last cells first.
struct Ways {
    ways: Vec<Way>,
    cells: Vec<ReachedCell>,
}

impl Ways {
    /// The cells from the first to the last, with the ways into each.
    fn in_order(&self) -> impl Iterator<Item = (ReachedCell, &[Way])> + '_ {
        (0..self.cells.len()).rev().map(|k| {
            let end = self.cells.get(k + 1).map_or(self.ways.len(), |next| next.from);
            (self.cells[k], &self.ways[self.cells[k].from..end])
        })
    }
}

/// Probabilities of beads over a lattice.
pub(super) struct Posteriors<'a> {
    pass: &'a Forward<'a>,
    forward: Scaled,
    backward: Scaled,
    ways: Ways,
    /// ln of the sum over all paths, as the forward and the backward pass have it, against the cheapest.
    beside: (f64, f64),
    scale: f64,
}

/// What the cheapest way to a cell costs.
fn least(totals: &[i64; STATES]) -> i64 {
    totals[0].min(totals[1]).min(totals[2])
}

impl Forward<'_> {
    /// Calls `f` with every step into cell (`row`, `column`).
    #[inline]
    fn steps_into(&self, row: usize, column: usize, mut f: impl FnMut(Step)) {
        for (index, t) in self.types.iter().enumerate() {
            let (a, b) = (t.source as usize, t.target as usize);
            if a > row || b > column {
                continue;
            }
            let (row, column) = (row - a, column - b);
            let starts = self.starts(row);
            if !starts.contains(&column) {
                continue;
            }
            let at = self.first_cost(row) + index * starts.len() + column - starts.start;
            let cost = self.linked[at];
            if cost == DEAREST {
                continue;
            }
            let cell = self.region.first_cell(row) + column - self.region.columns(row).start;
            let after = State::Linked;
            f(Step { row, cell, before: ANY, after, cost: i64::from(cost), index: Some(index) });
        }
        if row > 0
            && let Some(cell) = self.region.cell(row - 1, column)
        {
            let null = self.null[0][row - 1];
            let step = Step {
                row: row - 1,
                cell,
                before: State::Linked as usize,
                after: State::SourceRun,
                cost: null + self.open[0],
                index: None,
            };
            f(step);
            f(Step { before: State::SourceRun as usize, cost: null, ..step });
        }
        if column > 0
            && let Some(cell) = self.region.cell(row, column - 1)
        {
            let null = self.null[1][column - 1];
            let step = Step {
                row,
                cell,
                before: State::Linked as usize,
                after: State::TargetRun,
                cost: null + self.open[1],
                index: None,
            };
            f(step);
            f(Step { before: State::SourceRun as usize, ..step });
            f(Step { before: State::TargetRun as usize, cost: null, ..step });
        }
    }

    /// Where the costs of row `row` begin.
    fn first_cost(&self, row: usize) -> usize {
        // Every row before holds a column more than beads start at, if it reaches the last column.
        (self.region.first_cell(row) - self.region.last_columns_before(row)) * self.types.len()
    }

    /// exp(−what a step costs beyond the cheapest way to where it ends).
    #[inline]
    fn likeness(&self, step: &Step, here: usize, scale: f64) -> f64 {
        let totals = &self.totals[step.cell];
        let from = if step.before == ANY { least(totals) } else { totals[step.before] };
        if from >= UNREACHED {
            return 0.0;
        }
        let beyond = (from + step.cost - self.totals[here][step.after as usize]) as f64 * scale;
        if beyond < HOPELESS { 0.0 } else { exp(beyond) }
    }

    /// For each state of a cell exp(−what it costs beyond the cheapest of them).
    #[inline]
    fn shares(&self, cell: usize, scale: f64) -> [f64; STATES] {
        let totals = &self.totals[cell];
        let low = least(totals);
        totals.map(|total| {
            let beyond = (total - low) as f64 * scale;
            if total >= UNREACHED || beyond < HOPELESS { 0.0 } else { exp(beyond) }
        })
    }

    /// The posteriors, given that paths are as likely as their costs say, divided by `temperature`. The
    /// pass must have kept all.
    pub(super) fn posteriors(&self, temperature: f64) -> Posteriors<'_> {
        let scale = -1.0 / (Cost::from_nats(1.0).units() as f64 * temperature);
        let (backward, ways) = self.backward(scale);
        let forward = self.forward_sums(&ways, scale);
        let end = self.region.cells() - 1;
        let rows = self.region.rows();
        let sum: f64 = (0..STATES).map(|s| forward.values[end][s] * self.at_end(s, scale)).sum();
        let first = backward.values[0][State::Linked as usize];
        let beside = (sum.ln() + forward.scales[rows - 1], first.ln() + backward.scales[0]);
        Posteriors { pass: self, forward, backward, ways, beside, scale }
    }

    fn at_end(&self, state: usize, scale: f64) -> f64 {
        let total = self.last()[state];
        if total >= UNREACHED { 0.0 } else { exp((total - self.cheapest()) as f64 * scale) }
    }

    /// Backward sums, and the ways that matter.
    fn backward(&self, scale: f64) -> (Scaled, Ways) {
        let rows = self.region.rows();
        let cells = self.region.cells();
        let mut values = vec![[0.0; FROM]; cells];
        let mut scales = vec![0.0; rows];
        let mut ways = Ways { ways: Vec::new(), cells: Vec::new() };
        values[cells - 1] = std::array::from_fn(|s| if s == ANY { 0.0 } else { self.at_end(s, scale) });
        let longest = self.types.iter().map(|t| t.source as usize).max().unwrap_or(0).max(1);
        let mut now = 0.0;
        for row in (0..rows).rev() {
            scales[row] = now;
            let columns = self.region.columns(row);
            let first = self.region.first_cell(row);
            let mut most = 0.0f64;
            for column in columns.clone().rev() {
                let here = first + column - columns.start;
                // What linked beads bring goes to the states by their shares.
                let any = std::mem::take(&mut values[here][ANY]);
                if any > 0.0 {
                    for (value, share) in values[here].iter_mut().zip(self.shares(here, scale)) {
                        *value += any * share;
                    }
                }
                // What lies in this row may still grow through runs of target segments, from the right.
                most = values[here].iter().fold(most, |m, v| m.max(*v));
                let own = values[here].map(|v| if v < most * NOTHING { 0.0 } else { v });
                values[here] = own;
                if own.iter().all(|v| *v == 0.0) {
                    continue;
                }
                let from = ways.ways.len();
                self.steps_into(row, column, |step| {
                    let value = own[step.after as usize];
                    if value > 0.0 {
                        let likeness = self.likeness(&step, here, scale);
                        if likeness > 0.0 {
                            values[step.cell][step.before] += value * likeness;
                            ways.ways.push(Way {
                                likeness,
                                cell: step.cell as u32,
                                row: step.row as u32,
                                before: step.before as u8,
                                after: step.after,
                                index: step.index.map_or(NULL, |index| index as u8),
                            });
                        }
                    }
                });
                ways.cells.push(ReachedCell { row: row as u32, column: column as u32, from });
            }
            if most > FULL && row > 0 {
                let from = self.region.first_cell(row.saturating_sub(longest));
                for value in &mut values[from..first] {
                    *value = value.map(|v| v / FULL);
                }
                now += FULL.ln();
            }
        }
        (Scaled { values, scales }, ways)
    }

    /// Forward sums over the ways that matter.
    fn forward_sums(&self, ways: &Ways, scale: f64) -> Scaled {
        let rows = self.region.rows();
        let mut values = vec![[0.0; FROM]; self.region.cells()];
        let mut scales = vec![0.0; rows];
        values[0][State::Linked as usize] = 1.0;
        values[0][ANY] = 1.0;
        let mut reached = ways.in_order().peekable();
        for row in 0..rows {
            let columns = self.region.columns(row);
            let first = self.region.first_cell(row);
            scales[row] = if row > 0 { scales[row - 1] } else { 0.0 };
            let mut most = 0.0f64;
            while let Some((cell, ways)) = reached.next_if(|(cell, _)| cell.row as usize == row) {
                let here = first + cell.column as usize - columns.start;
                let mut sums = values[here];
                for way in ways {
                    let value = values[way.cell as usize][way.before as usize];
                    if value > 0.0 {
                        let apart: f64 = scales[way.row as usize] - scales[row];
                        let value = if apart < 0.0 { value * exp(apart) } else { value };
                        sums[way.after as usize] += value * way.likeness;
                    }
                }
                let shares = self.shares(here, scale);
                sums[ANY] = sums.iter().zip(shares).map(|(sum, share)| sum * share).sum();
                values[here] = sums;
                most = sums.iter().fold(most, |m, v| m.max(*v));
            }
            if most > FULL {
                for value in &mut values[first..first + columns.len()] {
                    *value = value.map(|v| v / FULL);
                }
                scales[row] += FULL.ln();
            }
        }
        Scaled { values, scales }
    }
}

impl Posteriors<'_> {
    /// ln of the sum over all paths, as the forward pass and as the backward pass have it.
    pub(super) fn totals(&self) -> (f64, f64) {
        let cheapest = self.pass.cheapest() as f64 * self.scale;
        (self.beside.0 + cheapest, self.beside.1 + cheapest)
    }

    /// Calls `f` with every bead whose probability is above 0 and at least `least`, by its end, source
    /// first.
    pub(super) fn each(&self, least: f64, mut f: impl FnMut(Bead, f64)) {
        let pass = self.pass;
        let mut sums = vec![0.0f64; pass.types.len()];
        for (cell, ways) in self.ways.in_order() {
            let (row, column) = (cell.row as usize, cell.column as usize);
            let here = pass.region.first_cell(row) + column - pass.region.columns(row).start;
            let back = self.backward.values[here];
            let through: f64 = back.iter().zip(self.forward.values[here]).map(|(b, f)| b * f).sum();
            let scale = self.backward.scales[row] - self.beside.0;
            if through == 0.0 || through * (scale + self.forward.scales[row]).exp() < least.max(1e-12) {
                continue;
            }
            sums.fill(0.0);
            let mut nulls = [0.0f64; STATES];
            for way in ways {
                let p = self.forward.values[way.cell as usize][way.before as usize]
                    * back[way.after as usize]
                    * way.likeness;
                if p > 0.0 {
                    let p = p * (scale + self.forward.scales[way.row as usize]).exp();
                    match way.index {
                        NULL => nulls[way.after as usize] += p,
                        index => sums[index as usize] += p,
                    }
                }
            }
            for (t, sum) in pass.types.iter().zip(&sums) {
                if *sum > 0.0 && *sum >= least {
                    let (a, b) = (t.source as usize, t.target as usize);
                    f(pass.bead(row - a, column - b, *t), sum.min(1.0));
                }
            }
            for (state, t) in
                [(State::SourceRun, BeadType::new(1, 0)), (State::TargetRun, BeadType::new(0, 1))]
            {
                let p = nulls[state as usize];
                if p > 0.0 && p >= least {
                    f(pass.bead(row - t.source as usize, column - t.target as usize, t), p.min(1.0));
                }
            }
        }
    }
}
