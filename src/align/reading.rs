//! Reading the costs that a pass needs from the model.
//!
//! In: a model, rows of a pass that begins, and what a pass before it over the same stretch knows, if there was one. Out: the
//! costs of the linked beads that begin in these rows, by row, type and column. Guarantee: what the pass before has read is not asked for
//! again, but for what lies between two ends that it lacks; the costs are the same as if all were asked for.

use std::ops::Range;

use crate::bitext::{CostModel, DEAREST, RowCosts};

/// The bead types that a pass looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Types {
    /// All linked ones.
    All,
    /// The usual ones alone ([`CostModel::usual_types`]).
    Usual,
}

/// Beads whose costs are read: of which types, how many these are, and the source segment of the first row.
pub(super) struct Beads {
    pub(super) which: Types,
    pub(super) types: usize,
    pub(super) first: usize,
}

/// What a pass before knows of a row's costs. Starts are target segments.
pub(super) struct Known<'a> {
    /// The costs that it read, by type and start.
    costs: &'a [i32],
    /// The starts that it read them for.
    of: Range<usize>,
    /// The starts for which costs must be read still; the others are among `of`.
    pub(super) missing: Range<usize>,
}

impl<'a> Known<'a> {
    /// Of starts of which no pass before knows anything.
    pub(super) const fn nothing(starts: &Range<usize>) -> Self {
        Self { costs: &[], of: starts.start..starts.start, missing: starts.start..starts.end }
    }

    /// At `starts`, of a pass that read these costs at the starts `of`.
    pub(super) fn of(costs: &'a [i32], of: Range<usize>, starts: &Range<usize>) -> Self {
        let missing = if of.start.max(starts.start) >= of.end.min(starts.end) {
            starts.clone()
        } else {
            match (starts.start < of.start, of.end < starts.end) {
                (false, false) => starts.end..starts.end,
                (true, false) => starts.start..of.start,
                (false, true) => of.end..starts.end,
                // What lies between is read once more.
                (true, true) => starts.clone(),
            }
        };
        Self { costs, of, missing }
    }

    /// Copies what is known of the costs at `starts`, but for those that are missing, to `costs`.
    fn copy_to(&self, starts: &Range<usize>, costs: &mut [i32]) {
        for part in [starts.start..self.missing.start, self.missing.end..starts.end] {
            if part.is_empty() {
                continue;
            }
            let (from, to) = (part.start - self.of.start, part.start - starts.start);
            let known = self.costs.chunks_exact(self.of.len());
            for (costs, known) in costs.chunks_exact_mut(starts.len()).zip(known) {
                costs[to..to + part.len()].copy_from_slice(&known[from..from + part.len()]);
            }
        }
    }
}

/// The costs of `rows`, in order: those that are known, and the others as the model says.
pub(super) fn read(
    model: &dyn CostModel,
    beads: &Beads,
    starts: &[Range<usize>],
    known: &[Known<'_>],
    (from, to): (usize, usize),
) -> Vec<i32> {
    let (types, rows) = (beads.types, from..to);
    let mut costs = vec![DEAREST; starts[rows.clone()].iter().map(Range::len).sum::<usize>() * types];
    let first = beads.first + from;
    let columns: Vec<Range<usize>> = known[rows.clone()].iter().map(|known| known.missing.clone()).collect();
    let reader = || match beads.which {
        Types::All => model.rows(first, &columns),
        Types::Usual => model.usual_rows(first, &columns),
    };
    let mut begun: Option<Box<dyn RowCosts + '_>> = None;
    let mut own = Vec::new();
    let mut at = 0;
    for (index, row) in rows.clone().enumerate() {
        let (starts, known) = (&starts[row], &known[row]);
        let costs = &mut costs[at..at + starts.len() * types];
        at += costs.len();
        if known.missing == *starts {
            if !starts.is_empty() {
                begun.get_or_insert_with(reader).fill(index, costs);
            }
            continue;
        }
        known.copy_to(starts, costs);
        if !known.missing.is_empty() {
            let width = known.missing.len();
            own.clear();
            own.resize(width * types, DEAREST);
            begun.get_or_insert_with(reader).fill(index, &mut own);
            let to = known.missing.start - starts.start;
            for (costs, own) in costs.chunks_exact_mut(starts.len()).zip(own.chunks_exact(width)) {
                costs[to..to + width].copy_from_slice(own);
            }
        }
    }
    costs
}
