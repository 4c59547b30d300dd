//! Posteriors: for every bead the probability that it stands in the alignment.
//!
//! In: a forward pass of which everything was kept. Out: [`Posteriors`]. Guarantee: paths are as likely as
//! their costs say, divided by the temperature; steps that carry less than 10^-18 of what their row carries
//! are left out. Time O(cells that matter · bead types).
//!
//! Forward–backward sums over *reduced* costs: what a step costs beyond the cheapest way to where it ends.
//! They are never below 0, so exp(−reduced) is at most 1, and a cell far from every likely path is seen to
//! be so before its steps are looked at.

use crate::bitext::{Bead, BeadType, Cost, DEAREST};

use super::forward::{Forward, STATE_OF, STATES, State, UNREACHED};

/// Less than this share of its row's most is nothing.
const NOTHING: f64 = 1e-18;
/// Steps of which the logarithm is below this are nothing.
const HOPELESS: f64 = -60.0;
/// Sums are scaled down when they outgrow this.
const FULL: f64 = 1e120;

/// A step into a cell.
#[derive(Clone, Copy)]
struct Step {
    /// Row and cell that it comes from, and the states there and here.
    row: usize,
    cell: usize,
    before: State,
    after: State,
    cost: i64,
    /// The bead type's index, for linked beads.
    index: Option<usize>,
}

/// Sums by cell and state, with a scale by row: the true value is `value · exp(scale)`.
struct Scaled {
    values: Vec<[f64; STATES]>,
    scales: Vec<f64>,
}

/// Probabilities of beads over a lattice.
pub(super) struct Posteriors<'a> {
    pass: &'a Forward<'a>,
    forward: Scaled,
    backward: Scaled,
    /// ln of the sum over all paths, as the forward and the backward pass have it, against the cheapest.
    beside: (f64, f64),
    scale: f64,
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
            for before in STATE_OF {
                let after = State::Linked;
                f(Step { row, cell, before, after, cost: i64::from(cost), index: Some(index) });
            }
        }
        if row > 0
            && let Some(cell) = self.region.cell(row - 1, column)
        {
            let null = self.null[0][row - 1];
            let step = Step {
                row: row - 1,
                cell,
                before: State::Linked,
                after: State::SourceRun,
                cost: null + self.open[0],
                index: None,
            };
            f(step);
            f(Step { before: State::SourceRun, cost: null, ..step });
        }
        if column > 0
            && let Some(cell) = self.region.cell(row, column - 1)
        {
            let null = self.null[1][column - 1];
            let step = Step {
                row,
                cell,
                before: State::Linked,
                after: State::TargetRun,
                cost: null + self.open[1],
                index: None,
            };
            f(step);
            f(Step { before: State::SourceRun, ..step });
            f(Step { before: State::TargetRun, cost: null, ..step });
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
        let from = self.totals[step.cell][step.before as usize];
        if from >= UNREACHED {
            return 0.0;
        }
        let beyond = (from + step.cost - self.totals[here][step.after as usize]) as f64 * scale;
        if beyond < HOPELESS { 0.0 } else { beyond.exp() }
    }

    /// The posteriors, given that paths are as likely as their costs say, divided by `temperature`. The
    /// pass must have kept all.
    pub(super) fn posteriors(&self, temperature: f64) -> Posteriors<'_> {
        let scale = -1.0 / (Cost::from_nats(1.0).units() as f64 * temperature);
        let backward = self.backward(scale);
        let forward = self.forward_sums(&backward, scale);
        let end = self.region.cells() - 1;
        let rows = self.region.rows();
        let sum: f64 = (0..STATES).map(|s| forward.values[end][s] * self.at_end(s, scale)).sum();
        let first = backward.values[0][State::Linked as usize];
        let beside = (sum.ln() + forward.scales[rows - 1], first.ln() + backward.scales[0]);
        Posteriors { pass: self, forward, backward, beside, scale }
    }

    fn at_end(&self, state: usize, scale: f64) -> f64 {
        let total = self.last()[state];
        if total >= UNREACHED { 0.0 } else { ((total - self.cheapest()) as f64 * scale).exp() }
    }

    fn backward(&self, scale: f64) -> Scaled {
        let rows = self.region.rows();
        let cells = self.region.cells();
        let mut values = vec![[0.0; STATES]; cells];
        let mut scales = vec![0.0; rows];
        values[cells - 1] = std::array::from_fn(|s| self.at_end(s, scale));
        let longest = self.types.iter().map(|t| t.source as usize).max().unwrap_or(0).max(1);
        let mut now = 0.0;
        for row in (0..rows).rev() {
            scales[row] = now;
            let columns = self.region.columns(row);
            let first = self.region.first_cell(row);
            let mut most = 0.0f64;
            for column in columns.clone().rev() {
                let here = first + column - columns.start;
                // What lies in this row may still grow through runs of target segments, from the right.
                most = values[here].iter().fold(most, |m, v| m.max(*v));
                let own = values[here].map(|v| if v < most * NOTHING { 0.0 } else { v });
                values[here] = own;
                if own.iter().all(|v| *v == 0.0) {
                    continue;
                }
                self.steps_into(row, column, |step| {
                    let value = own[step.after as usize];
                    if value > 0.0 {
                        values[step.cell][step.before as usize] += value * self.likeness(&step, here, scale);
                    }
                });
            }
            if most > FULL && row > 0 {
                let from = self.region.first_cell(row.saturating_sub(longest));
                for value in &mut values[from..first] {
                    *value = value.map(|v| v / FULL);
                }
                now += FULL.ln();
            }
        }
        Scaled { values, scales }
    }

    /// Forward sums over the cells that the backward pass holds to matter.
    fn forward_sums(&self, backward: &Scaled, scale: f64) -> Scaled {
        let rows = self.region.rows();
        let mut values = vec![[0.0; STATES]; self.region.cells()];
        let mut scales = vec![0.0; rows];
        values[0][State::Linked as usize] = 1.0;
        for row in 0..rows {
            let columns = self.region.columns(row);
            let first = self.region.first_cell(row);
            scales[row] = if row > 0 { scales[row - 1] } else { 0.0 };
            let mut most = 0.0f64;
            for column in columns.clone() {
                let here = first + column - columns.start;
                if backward.values[here].iter().all(|v| *v == 0.0) {
                    continue;
                }
                let mut sums = values[here];
                self.steps_into(row, column, |step| {
                    let value = values[step.cell][step.before as usize];
                    if value > 0.0 {
                        let apart: f64 = scales[step.row] - scales[row];
                        let value = if apart < 0.0 { value * apart.exp() } else { value };
                        sums[step.after as usize] += value * self.likeness(&step, here, scale);
                    }
                });
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
        for row in 0..pass.region.rows() {
            let columns = pass.region.columns(row);
            let first = pass.region.first_cell(row);
            for column in columns.clone() {
                let here = first + column - columns.start;
                let back = self.backward.values[here];
                let through: f64 = back.iter().zip(self.forward.values[here]).map(|(b, f)| b * f).sum();
                let scale = self.forward.scales[row] + self.backward.scales[row] - self.beside.0;
                if through == 0.0 || through * scale.exp() < least.max(1e-12) {
                    continue;
                }
                sums.fill(0.0);
                let mut nulls = [0.0f64; STATES];
                pass.steps_into(row, column, |step| {
                    let p = self.forward.values[step.cell][step.before as usize] * back[step.after as usize];
                    if p == 0.0 {
                        return;
                    }
                    let scale = self.forward.scales[step.row] + self.backward.scales[row] - self.beside.0;
                    let p = p * pass.likeness(&step, here, self.scale) * scale.exp();
                    match step.index {
                        Some(index) => sums[index] += p,
                        None => nulls[step.after as usize] += p,
                    }
                });
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
}
