//! The forward pass: the cheapest path through a region of the lattice.
//!
//! In: a [`CostModel`], a [`Stretch`] and a [`Region`]. Out: [`Forward`], from which the cheapest ladder
//! inside the region is read, and, where everything was kept, the posteriors. Guarantee: exact within the
//! region; ties go to the bead type that comes first, then to the state that comes first; the same on any
//! number of threads. Time O(cells · bead types); space O(cells) where only the path is kept, of 2 bytes a
//! cell.
//!
//! Viterbi (1967) over beads as in Gale and Church (1993), with affine runs of unaligned segments (Gotoh
//! 1982): three states a cell. Costs are read for many rows at once, in parallel; the rows are then gone
//! through in order.

use std::ops::Range;

use rayon::prelude::*;

use crate::bitext::{Bead, BeadType, Cost, CostModel, DEAREST, Side};

pub(super) use super::reading::Types;
use super::reading::{Beads, Known, read};
use super::region::Region;

/// What the last step into a cell was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum State {
    /// A linked bead, or the start.
    Linked = 0,
    /// An unaligned source segment.
    SourceRun = 1,
    /// An unaligned target segment.
    TargetRun = 2,
}

pub(super) const STATES: usize = 3;
pub(super) const STATE_OF: [State; STATES] = [State::Linked, State::SourceRun, State::TargetRun];

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

/// What is kept of the pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// The way back.
    Path,
    /// All costs too, as the posteriors need them.
    All,
}

/// Costs in units; a cell that no path reaches.
pub(super) const UNREACHED: i64 = 1 << 57;
/// Less than this is what a path costs: as much is one step from a cell that no path reaches.
const REACHED: i64 = 1 << 56;
/// A linked bead's total and its type, as one number that is least for the cheapest and then the first.
pub(super) const TYPE_BITS: u32 = 6;
/// What a segment alone, and the opening of a run, costs at most.
const MOST_ALONE: i64 = 1 << 30;
/// Rows whose costs are read by one thread at a time: at most, and at least.
const CHUNK: (usize, usize) = (128, 24);

/// What the pass found.
pub(super) struct Forward<'a> {
    pub(super) stretch: Stretch,
    pub(super) region: Region,
    pub(super) types: &'a [BeadType],
    /// For each cell the linked bead's type and, packed, the states before.
    back: Vec<[u8; 2]>,
    /// The last cell's totals by state.
    last: [i64; STATES],
    /// For each cell the cheapest way there, by state; empty unless kept.
    pub(super) totals: Vec<[i64; STATES]>,
    /// Costs of linked beads, by row, type and column; empty unless kept.
    pub(super) linked: Vec<i32>,
    pub(super) null: [Vec<i64>; 2],
    pub(super) open: [i64; 2],
    pub(super) which: Types,
    /// Cells of which the model was asked for costs.
    pub(super) read: usize,
}

/// What beads now begun bring to the rows that they may reach.
struct Ahead {
    /// By row, modulo as many as there are: for each column the cheapest that was brought. Empty if none was begun that
    /// may reach the row.
    rows: Vec<Vec<i64>>,
    /// The row's cheapest ways, by column.
    cheapest: Vec<i64>,
    /// Nothing is brought to rows before this one.
    first: usize,
}

impl Ahead {
    fn new(longest: usize, first: usize) -> Self {
        Self { rows: vec![Vec::new(); longest + 1], cheapest: Vec::new(), first }
    }

    /// What beads bring to `row`, of so many columns; where none was begun that may reach it, nothing.
    fn take(&mut self, row: usize, columns: usize) -> Vec<i64> {
        let slot = row % self.rows.len();
        let mut reached = std::mem::take(&mut self.rows[slot]);
        reached.resize(columns, i64::MAX);
        reached
    }
}

/// Goes through `region` of `stretch`; rows and columns of the region count from the stretch's start.
pub(super) fn forward(model: &dyn CostModel, stretch: Stretch, region: Region, keep: Keep) -> Forward<'_> {
    let pass = Forward::new(model, stretch, region, Types::All);
    pass.go(model, keep, 0, None)
}

/// The same, and everything is kept, after a pass over the same stretch of which everything was: rows before the first
/// that holds other columns stay as they are, and costs of beads that began in `before` are not read again. It must have
/// looked at the same types.
pub(super) fn forward_again<'a>(
    model: &'a dyn CostModel,
    stretch: Stretch,
    region: Region,
    before: Option<Forward<'a>>,
    which: Types,
) -> Forward<'a> {
    let Some(mut before) = before else {
        return Forward::new(model, stretch, region, which).go(model, Keep::All, 0, None);
    };
    debug_assert!(before.stretch == stretch && before.which == which && !before.totals.is_empty());
    let first = region.unchanged(&before.region);
    if first == region.rows() {
        return Forward { read: 0, ..before };
    }
    let behind = before.linked.split_off(before.first_cost(first));
    let mut pass = Forward {
        stretch,
        types: before.types,
        back: std::mem::take(&mut before.back),
        last: before.last,
        totals: std::mem::take(&mut before.totals),
        linked: std::mem::replace(&mut before.linked, behind),
        null: std::mem::take(&mut before.null),
        open: before.open,
        which,
        read: 0,
        region,
    };
    pass.back.truncate(pass.region.first_cell(first));
    pass.back.resize(pass.region.cells(), [0; 2]);
    pass.totals.truncate(pass.region.first_cell(first));
    pass.go(model, Keep::All, first, Some(&before))
}

impl<'a> Forward<'a> {
    /// A pass that has looked at nothing yet.
    fn new(model: &'a dyn CostModel, stretch: Stretch, region: Region, which: Types) -> Self {
        let types = match which {
            Types::All => model.linked_types(),
            Types::Usual => &model.linked_types()[..model.usual_types()],
        };
        debug_assert!(types.len() <= 1 << TYPE_BITS);
        // Whatever the model says, sums along a path stay numbers, and below what says that there is none: a segment
        // alone adds the cost of opening a run at most.
        let bounded = |cost: Cost| cost.units().clamp(-MOST_ALONE, MOST_ALONE);
        let nulls = |side: Side, range: (u32, u32)| {
            (range.0..range.1).map(|i| bounded(model.null(side, i as usize))).collect::<Vec<_>>()
        };
        Self {
            null: [nulls(Side::Source, stretch.source), nulls(Side::Target, stretch.target)],
            open: [bounded(model.null_open(Side::Source)), bounded(model.null_open(Side::Target))],
            back: vec![[0; 2]; region.cells()],
            last: [UNREACHED; STATES],
            totals: Vec::new(),
            linked: Vec::new(),
            stretch,
            region,
            types,
            which,
            read: 0,
        }
    }

    /// Goes through the rows from `first` on, those before being known; with the pass `before`, which has left the costs of
    /// those to this one.
    fn go(
        mut self,
        model: &'a dyn CostModel,
        keep: Keep,
        first: usize,
        before: Option<&Forward<'_>>,
    ) -> Self {
        let types = self.types.len();
        let starts = self.all_starts();
        let known: Vec<Known<'_>> = starts
            .iter()
            .enumerate()
            .map(|(row, starts)| match before {
                Some(before) if row >= first => before.costs_of(row, starts, first),
                _ => Known::nothing(starts),
            })
            .collect();
        let changed = starts.iter().zip(&known).skip(first).filter(|(_, known)| !known.missing.is_empty());
        self.read = changed.map(|(starts, _)| starts.len()).sum();
        if keep == Keep::All {
            self.totals.reserve_exact(self.region.cells() - self.totals.len());
            self.linked.reserve_exact(starts[first..].iter().map(Range::len).sum::<usize>() * types);
        }
        let mut row_before: Vec<[i64; STATES]> = Vec::new();
        let mut ahead = self.ahead(first, &mut row_before);
        let mut totals = Vec::new();
        let rows = self.region.rows();
        let threads = rayon::current_num_threads();
        let chunk = (rows - first).div_ceil(threads).clamp(CHUNK.1, CHUNK.0);
        let batch = chunk * 2 * threads;
        for from in (first..rows).step_by(batch) {
            let to = (from + batch).min(rows);
            let chunks: Vec<(usize, usize)> =
                (from..to).step_by(chunk).map(|at| (at, (at + chunk).min(to))).collect();
            let beads = Beads { which: self.which, types, first: self.stretch.source.0 as usize };
            let costs: Vec<Vec<i32>> =
                chunks.par_iter().map(|&rows| read(model, &beads, &starts, &known, rows)).collect();
            for (&(from, to), costs) in chunks.iter().zip(&costs) {
                let mut at = 0;
                for (row, starts) in (from..to).zip(&starts[from..to]) {
                    let length = starts.len() * types;
                    self.reach(row, &row_before, &mut totals, &mut ahead);
                    self.begin(row, &costs[at..at + length], &totals, &mut ahead);
                    if keep == Keep::All {
                        self.totals.extend_from_slice(&totals);
                    }
                    std::mem::swap(&mut row_before, &mut totals);
                    at += length;
                }
                if keep == Keep::All {
                    self.linked.extend_from_slice(costs);
                }
            }
        }
        self.last = row_before.last().copied().unwrap_or([UNREACHED; STATES]);
        self
    }

    /// What beads that begin in the rows before `first`, which are known, bring to those from there on; the totals of the last
    /// of them go to `row_before`.
    fn ahead(&self, first: usize, row_before: &mut Vec<[i64; STATES]>) -> Ahead {
        // Rows beyond the last are never reached, however many segments a type names.
        let longest = self.types.iter().map(|t| t.source as usize).max().unwrap_or(0);
        let longest = longest.clamp(1, self.region.rows());
        let mut ahead = Ahead::new(longest, first);
        if first == 0 {
            ahead.rows[0] = vec![i64::MAX; self.region.columns(0).len()];
            ahead.rows[0][0] = 0;
        }
        for row in first.saturating_sub(longest)..first {
            let totals = &self.totals[self.region.first_cell(row)..self.region.first_cell(row + 1)];
            let costs = &self.linked[self.first_cost(row)..][..self.starts(row).len() * self.types.len()];
            self.begin(row, costs, totals, &mut ahead);
            row_before.clear();
            row_before.extend_from_slice(totals);
        }
        ahead
    }
}

impl Forward<'_> {
    /// For each row the target segments at which linked beads may start there.
    fn all_starts(&self) -> Vec<Range<usize>> {
        (0..self.region.rows()).map(|row| self.starts_of_row(row)).collect()
    }

    fn starts_of_row(&self, row: usize) -> Range<usize> {
        let (columns, first) = (self.starts(row), self.stretch.target.0 as usize);
        columns.start + first..columns.end + first
    }

    /// What this pass read of the costs of the beads that begin in row `row` at `starts` (target segments), if it keeps those of
    /// row `first_kept` and the rows behind.
    fn costs_of(&self, row: usize, starts: &Range<usize>, first_kept: usize) -> Known<'_> {
        let of = self.starts_of_row(row);
        let from = self.first_cost(row) - self.first_cost(first_kept);
        Known::of(&self.linked[from..][..of.len() * self.types.len()], of, starts)
    }

    /// The columns of row `row` at which linked beads may start.
    pub(super) fn starts(&self, row: usize) -> Range<usize> {
        let columns = self.region.columns(row);
        let end = if row < self.stretch.rows() { columns.end.min(self.stretch.columns()) } else { 0 };
        columns.start.min(end)..end
    }

    /// Goes through one row, whose totals it writes: what was reached there is final.
    fn reach(
        &mut self,
        row: usize,
        before: &[[i64; STATES]],
        totals: &mut Vec<[i64; STATES]>,
        ahead: &mut Ahead,
    ) {
        let columns = self.region.columns(row);
        let reached = ahead.take(row, columns.len());
        let above = if row > 0 { self.region.columns(row - 1) } else { 0..0 };
        totals.clear();
        let first = self.region.first_cell(row);
        for (at, column) in columns.enumerate() {
            let key = reached[at];
            let (linked, of_type) = if key == i64::MAX {
                (UNREACHED, 0)
            } else {
                (key >> TYPE_BITS, (key & ((1 << TYPE_BITS) - 1)) as u8)
            };
            let (mut source_run, mut source_from) = (UNREACHED, State::Linked);
            if above.contains(&column) {
                let null = self.null[0][row - 1];
                let up = before[column - above.start];
                (source_run, source_from) = least([
                    (up[0] + null + self.open[0], State::Linked),
                    (up[1] + null, State::SourceRun),
                    (UNREACHED, State::Linked),
                ]);
            }
            let (mut target_run, mut target_from) = (UNREACHED, State::Linked);
            if at > 0 {
                let null = self.null[1][column - 1];
                let left: [i64; STATES] = totals[at - 1];
                (target_run, target_from) = least([
                    (left[0] + null + self.open[1], State::Linked),
                    (left[1] + null + self.open[1], State::SourceRun),
                    (left[2] + null, State::TargetRun),
                ]);
            }
            let here = [linked, source_run, target_run].map(|t| if t < REACHED { t } else { UNREACHED });
            totals.push(here);
            let (_, state) = least(std::array::from_fn(|s| (here[s], STATE_OF[s])));
            self.back[first + at] =
                [of_type, state as u8 | (source_from as u8) << 2 | (target_from as u8) << 4];
        }
        // Its space serves a row further on.
        let slot = row % ahead.rows.len();
        ahead.rows[slot] = reached;
        ahead.rows[slot].clear();
    }

    /// Begins the beads of one row, of these totals.
    fn begin(&self, row: usize, costs: &[i32], totals: &[[i64; STATES]], ahead: &mut Ahead) {
        let columns = self.region.columns(row);
        ahead.cheapest.clear();
        ahead.cheapest.extend(totals.iter().map(|of| of[0].min(of[1]).min(of[2])));
        let starts = self.starts(row);
        for (index, t) in self.types.iter().enumerate() {
            let (to_row, b) = (row + t.source as usize, t.target as usize);
            if to_row < ahead.first || to_row >= self.region.rows() {
                continue;
            }
            let slot = to_row % ahead.rows.len();
            let to = self.region.columns(to_row);
            if ahead.rows[slot].is_empty() {
                ahead.rows[slot].resize(to.len(), i64::MAX);
            }
            // Columns at which a bead of this type starts and ends inside the region.
            let from = starts.start.max(to.start.saturating_sub(b))..starts.end.min(to.end.saturating_sub(b));
            if from.is_empty() {
                continue;
            }
            let costs = &costs[index * starts.len()..][from.start - starts.start..from.end - starts.start];
            let cheapest = &ahead.cheapest[from.start - columns.start..from.end - columns.start];
            let reach = &mut ahead.rows[slot][from.start + b - to.start..from.end + b - to.start];
            for ((cost, total), reach) in costs.iter().zip(cheapest).zip(reach) {
                let key = (*total + i64::from(*cost)) << TYPE_BITS | index as i64;
                let key = if *cost == DEAREST || *total == UNREACHED { i64::MAX } else { key };
                *reach = key.min(*reach);
            }
        }
    }

    pub(super) fn bead(&self, row: usize, column: usize, t: BeadType) -> Bead {
        let (s, c) = (self.stretch.source.0 + row as u32, self.stretch.target.0 + column as u32);
        Bead::new((s, s + t.source), (c, c + t.target))
    }

    /// What `bead` costs, if it is linked and its cost was read and kept.
    pub(super) fn cost_at_hand(&self, bead: Bead) -> Option<Cost> {
        let row = bead.source.start().checked_sub(self.stretch.source.0 as usize)?;
        let column = bead.target.start().checked_sub(self.stretch.target.0 as usize)?;
        let t = BeadType::new(bead.source.len() as u32, bead.target.len() as u32);
        let index = self.types.iter().position(|known| *known == t)?;
        let starts = if row < self.region.rows() { self.starts(row) } else { 0..0 };
        if !starts.contains(&column) {
            return None;
        }
        let cost = *self.linked.get(self.first_cost(row) + index * starts.len() + column - starts.start)?;
        (cost != DEAREST).then(|| Cost::from_units(i64::from(cost)))
    }

    /// The cost of the cheapest path, or [`UNREACHED`].
    pub(super) fn cheapest(&self) -> i64 {
        self.last[0].min(self.last[1]).min(self.last[2])
    }

    /// The totals at the end, by state.
    pub(super) const fn last(&self) -> [i64; STATES] {
        self.last
    }

    /// The cheapest path through the region, as beads in order, and its cost; `None` if the region has no
    /// path.
    pub(super) fn best(&self) -> Option<(Vec<Bead>, Cost)> {
        let (total, mut state) = least(std::array::from_fn(|s| (self.last[s], STATE_OF[s])));
        if total >= UNREACHED {
            return None;
        }
        let (mut row, mut column) = (self.stretch.rows(), self.stretch.columns());
        let mut beads = Vec::new();
        while (row, column) != (0, 0) {
            let [of_type, states] = self.back[self.region.cell(row, column)?];
            let (t, shift) = match state {
                State::Linked => (self.types[of_type as usize], 0),
                State::SourceRun => (BeadType::new(1, 0), 2),
                State::TargetRun => (BeadType::new(0, 1), 4),
            };
            row -= t.source as usize;
            column -= t.target as usize;
            beads.push(self.bead(row, column, t));
            let came = match state {
                // A linked bead comes from the cheapest state of the cell where it starts.
                State::Linked => self.back[self.region.cell(row, column)?][1] & 3,
                _ => states >> shift & 3,
            };
            state = STATE_OF[came as usize];
        }
        beads.reverse();
        Some((beads, Cost::from_units(total)))
    }
}

/// The least of three, the first of equals.
#[inline]
fn least(of: [(i64, State); STATES]) -> (i64, State) {
    let mut best = of[0];
    for other in &of[1..] {
        if other.0 < best.0 {
            best = *other;
        }
    }
    best
}
