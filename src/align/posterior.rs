//! Posteriors: for every bead the probability that it stands in the alignment.
//!
//! In: a forward pass of which everything was kept. Out: [`Posteriors`]. Guarantee: paths are as likely as
//! their costs say, divided by the temperature; cells that carry less than 10^-14 of what their row carries
//! are left out. Time O(cells that matter · bead types).
//!
//! Forward–backward sums over *reduced* costs: what a step costs beyond the cheapest way to where it ends.
//! They are never below 0, so exp(−reduced) is at most 1, and a cell far from every likely path is seen to
//! be so before its steps are looked at. What steps into a row's cells are worth lies type by type, so that
//! sums over them run in parallel lanes.

use std::ops::Range;

use crate::bitext::{Bead, BeadType, Cost, DEAREST};

use super::exp::exp;
use super::forward::{Forward, STATES, State, UNREACHED};

/// Less than this share of its row's most is nothing.
const NOTHING: f64 = 1e-14;
/// Steps of which the logarithm is below this are nothing.
const HOPELESS: f64 = -36.0;
/// Sums are scaled down when they outgrow this.
const FULL: f64 = 1e120;

/// Sums by cell, with a scale by row: the true value is `value · exp(scale)`.
struct Sums {
    states: Vec<[f64; STATES]>,
    /// For linked beads begun at the cell, which cost the same whatever came before: all states together.
    any: Vec<f64>,
    scales: Vec<f64>,
}

impl Sums {
    fn new(rows: usize, cells: usize) -> Self {
        Self { states: vec![[0.0; STATES]; cells], any: vec![0.0; cells], scales: vec![0.0; rows] }
    }

    /// What a run brings from `cell`, its steps being worth `likes` by the state before.
    fn brought(&self, cell: usize, likes: &[f64; STATES]) -> f64 {
        self.states[cell].iter().zip(likes).map(|(value, like)| value * like).sum()
    }

    /// Makes the sums of `cells` smaller by [`FULL`].
    fn scale_down(&mut self, cells: Range<usize>) {
        for value in &mut self.any[cells.clone()] {
            *value /= FULL;
        }
        for value in &mut self.states[cells] {
            *value = value.map(|v| v / FULL);
        }
    }
}

/// What the runs into a cell are worth, and how its states share in what begins there.
#[derive(Clone, Copy, Default)]
struct Runs {
    shares: [f64; STATES],
    /// From above: an unaligned source segment, by the state before.
    source: [f64; STATES],
    /// From the left: an unaligned target segment, by the state before.
    target: [f64; STATES],
}

/// The cells of a row that matter, from the first to the last, and where their steps are kept.
#[derive(Clone, Default)]
struct ReachedRow {
    columns: Range<usize>,
    likes: usize,
    runs: usize,
}

/// For the cells that matter exp(−what a step there costs beyond the cheapest way to where it ends).
struct Steps {
    rows: Vec<ReachedRow>,
    /// Of linked beads: by row, type and column where they end.
    likes: Vec<f64>,
    runs: Vec<Runs>,
}

impl Steps {
    fn likes(&self, row: usize, index: usize) -> &[f64] {
        let reached = &self.rows[row];
        let width = reached.columns.len();
        &self.likes[reached.likes + index * width..][..width]
    }

    fn runs(&self, row: usize) -> &[Runs] {
        let reached = &self.rows[row];
        &self.runs[reached.runs..][..reached.columns.len()]
    }
}

/// Linked beads of one type that end in some columns of a row.
struct Ending {
    columns: Range<usize>,
    row_before: usize,
    /// The first cell in which they begin, and the first of their costs; the others follow.
    cell_before: usize,
    cost: usize,
}

/// Probabilities of beads over a lattice.
pub(super) struct Posteriors<'a> {
    pass: &'a Forward<'a>,
    forward: Sums,
    backward: Sums,
    steps: Steps,
    /// ln of the sum over all paths, as the forward and the backward pass have it, against the cheapest.
    beside: (f64, f64),
    scale: f64,
}

/// What the cheapest way to a cell costs.
fn least(totals: &[i64; STATES]) -> i64 {
    totals[0].min(totals[1]).min(totals[2])
}

/// e^x, nothing where that is hopelessly little; for lanes.
#[inline]
fn likeness(x: f64) -> f64 {
    let like = exp(x.min(0.0));
    if x < HOPELESS { 0.0 } else { like }
}

/// The same for one number alone: the cheapest way is often the one asked for, and others hopeless.
#[inline]
fn likeness_alone(x: f64) -> f64 {
    if x >= 0.0 {
        1.0
    } else if x < HOPELESS {
        0.0
    } else {
        exp(x)
    }
}

impl Forward<'_> {
    /// The linked beads of type `index` that end in row `row` and in `columns`, if any stay inside.
    fn ending(&self, row: usize, columns: &Range<usize>, index: usize) -> Option<Ending> {
        let (a, b) = (self.types[index].source as usize, self.types[index].target as usize);
        let row_before = row.checked_sub(a)?;
        let starts = self.starts(row_before);
        let columns = columns.start.max(starts.start + b)..columns.end.min(starts.end + b);
        if columns.is_empty() {
            return None;
        }
        let first = columns.start - b;
        Some(Ending {
            columns,
            row_before,
            cell_before: self.region.first_cell(row_before) + first - self.region.columns(row_before).start,
            cost: self.first_cost(row_before) + index * starts.len() + first - starts.start,
        })
    }

    /// Where the costs of row `row` begin.
    pub(super) fn first_cost(&self, row: usize) -> usize {
        // Every row before holds a column more than beads start at, if it reaches the last column.
        (self.region.first_cell(row) - self.region.last_columns_before(row)) * self.types.len()
    }

    /// What a run's step from `state` of `cell` is worth, ending where the cheapest way costs `here`.
    #[inline]
    fn run_likeness(&self, cell: usize, state: State, cost: i64, here: i64, scale: f64) -> f64 {
        let from = self.totals[cell][state as usize];
        if from >= UNREACHED { 0.0 } else { likeness_alone((from + cost - here) as f64 * scale) }
    }

    /// For each state of a cell exp(−what it costs beyond the cheapest of them).
    #[inline]
    fn shares(&self, cell: usize, scale: f64) -> [f64; STATES] {
        let totals = &self.totals[cell];
        let low = least(totals);
        totals
            .map(|total| if total >= UNREACHED { 0.0 } else { likeness_alone((total - low) as f64 * scale) })
    }

    /// The posteriors, given that paths are as likely as their costs say, divided by `temperature`. The
    /// pass must have kept all.
    pub(super) fn posteriors(&self, temperature: f64) -> Posteriors<'_> {
        let scale = -1.0 / (Cost::from_nats(1.0).units() as f64 * temperature);
        let (backward, steps) = self.backward(scale);
        let forward = self.forward_sums(&steps);
        let end = self.region.cells() - 1;
        let rows = self.region.rows();
        let sum: f64 = (0..STATES).map(|s| forward.states[end][s] * self.at_end(s, scale)).sum();
        let first = backward.states[0][State::Linked as usize];
        let beside = (sum.ln() + forward.scales[rows - 1], first.ln() + backward.scales[0]);
        Posteriors { pass: self, forward, backward, steps, beside, scale }
    }

    fn at_end(&self, state: usize, scale: f64) -> f64 {
        let total = self.last()[state];
        if total >= UNREACHED { 0.0 } else { likeness_alone((total - self.cheapest()) as f64 * scale) }
    }

    /// Backward sums, and the steps that matter.
    fn backward(&self, scale: f64) -> (Sums, Steps) {
        const LINKED: usize = State::Linked as usize;
        let rows = self.region.rows();
        let cells = self.region.cells();
        let mut sums = Sums::new(rows, cells);
        // As many at most; what is not used is never touched.
        let likes = Vec::with_capacity(cells * self.types.len());
        let mut steps =
            Steps { rows: vec![ReachedRow::default(); rows], likes, runs: Vec::with_capacity(cells) };
        sums.states[cells - 1] = std::array::from_fn(|s| self.at_end(s, scale));
        let lows: Vec<f64> = self.totals.iter().map(|totals| least(totals) as f64).collect();
        let longest = self.types.iter().map(|t| t.source as usize).max().unwrap_or(0).max(1);
        let (mut runs, mut own, mut here) = (Vec::new(), Vec::new(), Vec::new());
        let mut now = 0.0;
        for row in (0..rows).rev() {
            sums.scales[row] = now;
            let columns = self.region.columns(row);
            let first = self.region.first_cell(row);
            runs.clear();
            runs.resize(columns.len(), Runs::default());
            let (reached, most) = self.runs_backward(row, &mut sums, &mut runs, scale);
            let within = reached.start - columns.start..reached.end - columns.start;
            let at = first + within.start..first + within.end;
            own.clear();
            own.extend(sums.states[at.clone()].iter().map(|states| states[LINKED]));
            here.clear();
            here.extend(self.totals[at].iter().map(|totals| totals[LINKED] as f64));
            let width = reached.len();
            let (likes, kept) = (steps.likes.len(), steps.runs.len());
            steps.likes.resize(likes + width * self.types.len(), 0.0);
            steps.runs.extend_from_slice(&runs[within]);
            for index in 0..self.types.len() {
                let Some(ending) = self.ending(row, &reached, index) else { continue };
                let (shift, length) = (ending.columns.start - reached.start, ending.columns.len());
                linked_backward(
                    &mut sums.any[ending.cell_before..],
                    &mut steps.likes[likes + index * width + shift..][..length],
                    &lows[ending.cell_before..],
                    &self.linked[ending.cost..],
                    &here[shift..],
                    &own[shift..],
                    scale,
                );
            }
            steps.rows[row] = ReachedRow { columns: reached, likes, runs: kept };
            if most > FULL && row > 0 {
                sums.scale_down(self.region.first_cell(row.saturating_sub(longest))..first);
                now += FULL.ln();
            }
        }
        (sums, steps)
    }

    /// Settles a row's own sums, from the right to the left, and passes on what runs bring: gives the columns
    /// that matter, from the first to the last, and the most that a cell of the row carries.
    fn runs_backward(
        &self,
        row: usize,
        sums: &mut Sums,
        runs: &mut [Runs],
        scale: f64,
    ) -> (Range<usize>, f64) {
        let columns = self.region.columns(row);
        let first = self.region.first_cell(row);
        let mut most = 0.0f64;
        let mut reached = columns.start..columns.start;
        for column in columns.clone().rev() {
            let at = column - columns.start;
            let here = first + at;
            let run = &mut runs[at];
            // What linked beads bring goes to the states by their shares.
            let any = std::mem::take(&mut sums.any[here]);
            if any > 0.0 {
                run.shares = self.shares(here, scale);
                for (value, share) in sums.states[here].iter_mut().zip(run.shares) {
                    *value += any * share;
                }
            }
            // What lies in this row may still grow through runs of target segments, from the right.
            most = sums.states[here].iter().fold(most, |m, v| m.max(*v));
            let own = sums.states[here].map(|v| if v < most * NOTHING { 0.0 } else { v });
            sums.states[here] = own;
            if own.iter().all(|v| *v == 0.0) {
                continue;
            }
            reached = column..if reached.is_empty() { column + 1 } else { reached.end };
            let totals = &self.totals[here];
            let value = own[State::SourceRun as usize];
            if value > 0.0
                && row > 0
                && let Some(cell) = self.region.cell(row - 1, column)
            {
                let null = self.null[0][row - 1];
                for (state, cost) in [(State::Linked, null + self.open[0]), (State::SourceRun, null)] {
                    let total = totals[State::SourceRun as usize];
                    let like = self.run_likeness(cell, state, cost, total, scale);
                    sums.states[cell][state as usize] += value * like;
                    run.source[state as usize] = like;
                }
            }
            let value = own[State::TargetRun as usize];
            if value > 0.0 && at > 0 {
                let null = self.null[1][column - 1];
                let opened = null + self.open[1];
                for (state, cost) in
                    [(State::Linked, opened), (State::SourceRun, opened), (State::TargetRun, null)]
                {
                    let total = totals[State::TargetRun as usize];
                    let like = self.run_likeness(here - 1, state, cost, total, scale);
                    sums.states[here - 1][state as usize] += value * like;
                    run.target[state as usize] = like;
                }
            }
        }
        (reached, most)
    }

    /// Forward sums over the steps that matter.
    fn forward_sums(&self, steps: &Steps) -> Sums {
        let rows = self.region.rows();
        let mut sums = Sums::new(rows, self.region.cells());
        let mut linked: Vec<f64> = Vec::new();
        for row in 0..rows {
            let reached = &steps.rows[row].columns;
            let first = self.region.first_cell(row);
            let from = self.region.columns(row).start;
            let scale = if row > 0 { sums.scales[row - 1] } else { 0.0 };
            sums.scales[row] = scale;
            linked.clear();
            linked.resize(reached.len(), 0.0);
            // Where no path leads through the region no cell matters.
            if row == 0
                && reached.start == 0
                && let Some(start) = linked.first_mut()
            {
                *start = 1.0;
            }
            for index in 0..self.types.len() {
                let Some(ending) = self.ending(row, reached, index) else { continue };
                let (shift, length) = (ending.columns.start - reached.start, ending.columns.len());
                let factor = exp(sums.scales[ending.row_before] - scale);
                let begun = &sums.any[ending.cell_before..][..length];
                let likes = &steps.likes(row, index)[shift..][..length];
                for ((linked, any), like) in linked[shift..].iter_mut().zip(begun).zip(likes) {
                    *linked += any * factor * like;
                }
            }
            let mut most = 0.0f64;
            for ((column, run), linked) in reached.clone().zip(steps.runs(row)).zip(&linked) {
                let here = first + column - from;
                // The row above has the scale that this one begins with.
                let above = if row > 0 { self.region.cell(row - 1, column) } else { None };
                let source = above.map_or(0.0, |cell| sums.brought(cell, &run.source));
                let target = if column > from { sums.brought(here - 1, &run.target) } else { 0.0 };
                let states = [*linked, source, target];
                sums.any[here] = states.iter().zip(run.shares).map(|(sum, share)| sum * share).sum();
                sums.states[here] = states;
                most = states.iter().fold(most, |m, v| m.max(*v));
            }
            if most > FULL {
                sums.scale_down(first..first + self.region.columns(row).len());
                sums.scales[row] += FULL.ln();
            }
        }
        sums
    }
}

/// Adds up what linked beads of a type bring to the cells where they begin, and keeps in `likes` what each step
/// is worth; runs in parallel lanes.
///
/// Where the beads begin: the sums (`any`), the cheapest ways there (`lows`), the beads' `costs`. Where they end:
/// the cheapest ways there (`here`) and the values there (`own`).
fn linked_backward(
    any: &mut [f64],
    likes: &mut [f64],
    lows: &[f64],
    costs: &[i32],
    here: &[f64],
    own: &[f64],
    scale: f64,
) {
    let length = likes.len();
    let (any, lows, costs) = (&mut any[..length], &lows[..length], &costs[..length]);
    let (here, own) = (&here[..length], &own[..length]);
    for k in 0..length {
        let like = likeness((lows[k] + f64::from(costs[k]) - here[k]) * scale);
        let like = if own[k] > 0.0 && costs[k] != DEAREST { like } else { 0.0 };
        likes[k] = like;
        any[k] += own[k] * like;
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
        let (pass, region) = (self.pass, &self.pass.region);
        for row in 0..region.rows() {
            let reached = &self.steps.rows[row].columns;
            let scale = self.backward.scales[row] - self.beside.0;
            let here = (scale + self.forward.scales[row]).exp();
            for (at, column) in reached.clone().enumerate() {
                let cell = region.first_cell(row) + column - region.columns(row).start;
                let back = self.backward.states[cell];
                let through: f64 = back.iter().zip(self.forward.states[cell]).map(|(b, f)| b * f).sum();
                if through == 0.0 || through * here < least.max(1e-12) {
                    continue;
                }
                for (index, t) in pass.types.iter().enumerate() {
                    let like = self.steps.likes(row, index)[at];
                    if like == 0.0 {
                        continue;
                    }
                    let (a, b) = (t.source as usize, t.target as usize);
                    let before = region.first_cell(row - a) + column - b - region.columns(row - a).start;
                    let p = self.forward.any[before] * back[State::Linked as usize] * like;
                    let p = p * (scale + self.forward.scales[row - a]).exp();
                    if p > 0.0 && p >= least {
                        f(pass.bead(row - a, column - b, *t), p.min(1.0));
                    }
                }
                let run = &self.steps.runs(row)[at];
                if row > 0
                    && let Some(above) = region.cell(row - 1, column)
                {
                    let p = self.forward.brought(above, &run.source) * back[State::SourceRun as usize];
                    let p = p * (scale + self.forward.scales[row - 1]).exp();
                    if p > 0.0 && p >= least {
                        f(pass.bead(row - 1, column, BeadType::new(1, 0)), p.min(1.0));
                    }
                }
                if column > region.columns(row).start {
                    let p =
                        self.forward.brought(cell - 1, &run.target) * back[State::TargetRun as usize] * here;
                    if p > 0.0 && p >= least {
                        f(pass.bead(row, column - 1, BeadType::new(0, 1)), p.min(1.0));
                    }
                }
            }
        }
    }
}
