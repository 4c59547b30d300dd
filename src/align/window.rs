//! Windows of a ladder, and what is found in each.
//!
//! In: a [`CostModel`], a stretch, a ladder through it. Out: windows that overlap, and for each the cheapest ladder near the
//! one given, with posteriors. Guarantee: every bead belongs to one window, by its end; each window's time and space are
//! O(rows · width · bead types), and the cells that it reads bounded by the options.

use std::ops::Range;

use crate::bitext::{Bead, Cost, CostModel};
use crate::tuned::search as tuned;

use super::band::{Band, alone};
use super::forward::{Forward, Stretch, Types, forward_again};
use super::found::same_line;
use super::options::SearchOptions;

/// A window of a ladder: the rungs between which beads are taken, and those between which they are summed
/// up.
pub(super) struct Window {
    pub(super) core: ((u32, u32), (u32, u32)),
    pub(super) stretch: Stretch,
    /// The ladder's beads inside.
    pub(super) beads: Range<usize>,
    /// What was found in the windows that were made this one, where that is known of all.
    pub(super) found: Option<Vec<Bead>>,
    /// Cells of which costs were read for the windows that were made this one.
    pub(super) spent: usize,
}

/// Cuts a ladder at its rungs into windows.
pub(super) fn windows(stretch: Stretch, beads: &[Bead], options: &SearchOptions) -> Vec<Window> {
    let rungs: Vec<(u32, u32)> =
        std::iter::once((stretch.source.0, stretch.target.0)).chain(beads.iter().map(end_of)).collect();
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
                found: None,
                spent: 0,
            }
        })
        .collect()
}

/// Where a bead begins.
pub(super) fn start_of(bead: &Bead) -> (u32, u32) {
    (bead.source.start() as u32, bead.target.start() as u32)
}

/// Where a bead ends.
pub(super) fn end_of(bead: &Bead) -> (u32, u32) {
    (bead.source.end() as u32, bead.target.end() as u32)
}

impl Window {
    /// By their ends beads belong to one window each.
    pub(super) fn holds(&self, bead: &Bead) -> bool {
        (self.begins_at_core() || end_of(bead) > self.core.0) && end_of(bead) <= self.core.1
    }

    pub(super) fn begins_at_core(&self) -> bool {
        (self.stretch.source.0, self.stretch.target.0) == self.core.0
    }

    /// Whether a window of this one and the `next` would not be too long: its space is held at once.
    pub(super) const fn may_join(&self, next: &Self, options: &SearchOptions) -> bool {
        let (from, to) = (self.stretch, next.stretch);
        let rows = (to.source.1 - from.source.0) as usize;
        let columns = (to.target.1 - from.target.0) as usize;
        rows + columns <= tuned::JOINED * 2 * (options.window + 2 * options.overlap)
    }

    /// Makes the window end at its rungs, so that it meets its neighbours there; `ladder` is the whole one.
    pub(super) fn keep_to_core(&mut self, ladder: &[Bead]) {
        self.found = None;
        let (from, to) = self.core;
        self.stretch = Stretch { source: (from.0, to.0), target: (from.1, to.1) };
        while !self.beads.is_empty() && end_of(&ladder[self.beads.start]) <= from {
            self.beads.start += 1;
        }
        while !self.beads.is_empty() && end_of(&ladder[self.beads.end - 1]) > to {
            self.beads.end -= 1;
        }
    }

    /// Whether the beads of a ladder that lie in the window begin and end where it does.
    fn is_covered_by(&self, beads: &[Bead]) -> bool {
        let (from, to) = (self.stretch.source, self.stretch.target);
        let begins = |b: &Bead| start_of(b) == (from.0, to.0);
        let ends = |b: &Bead| end_of(b) == (from.1, to.1);
        beads.first().is_some_and(begins) && beads.last().is_some_and(ends)
    }

    /// The posteriors of all beads; and rows where one of some probability that the window holds stands at an edge of what was
    /// summed up, behind which there is more.
    fn posteriors(&self, pass: &Forward<'_>, options: &SearchOptions) -> (Vec<(Bead, f64)>, Vec<usize>) {
        let (mut found, mut cut) = (Vec::new(), Vec::new());
        pass.posteriors(options.temperature).each(0.01, |bead, p| {
            if self.holds(&bead) {
                let row = bead.source.end() - self.stretch.source.0 as usize;
                let column = bead.target.end() - self.stretch.target.0 as usize;
                let range = pass.region.columns(row);
                let at_edge = range.start > 0 && column == range.start
                    || range.end <= self.stretch.columns() && column + 1 == range.end;
                if p >= tuned::MATTERS && at_edge {
                    cut.push(row);
                }
            }
            found.push((bead, p));
        });
        (found, cut)
    }

    /// The posteriors within `width` of a ladder through the window, and wider where it takes more.
    pub(super) fn sum_up(
        &self,
        model: &dyn CostModel,
        beads: &[Bead],
        width: usize,
        options: &SearchOptions,
    ) -> Vec<(Bead, f64)> {
        let mut band = Band::along(self.stretch, beads, width);
        let mut last: Option<Forward<'_>> = None;
        loop {
            let pass = forward_again(model, self.stretch, band.region(), last.take(), Types::All);
            let (mut posteriors, cut) = self.posteriors(&pass, options);
            if !band.widen_at(&cut) {
                posteriors.retain(|(bead, _)| self.holds(bead));
                return posteriors;
            }
            last = Some(pass);
        }
    }

    /// Whether so many cells may be read for the window, beyond those of a first pass.
    const fn may_read(&self, cells: usize, options: &SearchOptions) -> bool {
        let segments = self.stretch.rows() + self.stretch.columns() + 2;
        self.spent.saturating_add(cells) <= segments.saturating_mul(options.most_cells)
    }

    /// The window's cheapest ladder within `width` of `beads`, and around what was found in turn as long as
    /// that leads further away and costs less; with the posteriors.
    pub(super) fn settle(
        &self,
        model: &dyn CostModel,
        beads: &[Bead],
        (width, types): (usize, Types),
        options: &SearchOptions,
    ) -> Part {
        let (mut along, mut costs) = (beads.to_vec(), vec![None; beads.len()]);
        let mut band = Band::along(self.stretch, &along, width);
        let mut cheapest: Option<Cost> = None;
        let mut last: Option<Forward<'_>> = None;
        let mut cells = 0;
        let mut region = band.region();
        loop {
            let pass = forward_again(model, self.stretch, region, last.take(), types);
            cells += pass.read;
            let mut settled = true;
            if let Some((found, cost)) = pass.best()
                && cheapest.is_none_or(|c| cost < c)
            {
                settled = same_line(&along, &found);
                cheapest = Some(cost);
                costs = found.iter().map(|bead| pass.cost_at_hand(*bead)).collect();
                along = found;
            }
            let found = settled.then(|| self.posteriors(&pass, options));
            let wider = found.as_ref().is_some_and(|(_, cut)| band.widen_at(cut));
            band.follow(&along);
            region = band.region();
            let spent = !self.may_read(cells + region.changed_from(&pass.region), options);
            if spent || settled && !wider {
                let (posteriors, cut) = found.unwrap_or_else(|| self.posteriors(&pass, options));
                let cut_short = !settled || !cut.is_empty();
                if cheapest.is_none() && !self.is_covered_by(&along) {
                    along = alone(self.stretch);
                    costs = vec![None; along.len()];
                }
                return Part { beads: along, costs, posteriors, cells, cut_short };
            }
            last = Some(pass);
        }
    }
}

/// What was found in a window.
pub(super) struct Part {
    /// Its ladder.
    pub(super) beads: Vec<Bead>,
    /// See [`Searched::costs`].
    pub(super) costs: Vec<Option<Cost>>,
    /// Of all beads in the window, those that its neighbours hold too.
    pub(super) posteriors: Vec<(Bead, f64)>,
    /// Cells of which costs were read.
    pub(super) cells: usize,
    /// Whether the search stopped because these were too many.
    pub(super) cut_short: bool,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::ones;
    use super::*;

    #[test]
    fn a_run_of_segments_that_stand_alone_is_cut_only_where_it_is_long() {
        let cores = |run: u32| {
            let alone = (6..6 + run).map(|t| Bead::new((6, 6), (t, t + 1)));
            let beads: Vec<Bead> = [ones(0..6, 0), alone.collect(), ones(6..8, 6 + run)].concat();
            let stretch = Stretch { source: (0, 8), target: (0, 8 + run) };
            let options = SearchOptions { window: 4, overlap: 1, ..SearchOptions::default() };
            windows(stretch, &beads, &options).iter().map(|w| w.core.1).collect::<Vec<_>>()
        };
        assert_eq!(cores(4), [(4, 4), (7, 11), (8, 12)]);
        assert_eq!(cores(9), [(4, 4), (6, 12), (7, 16), (8, 17)]);
    }

    #[test]
    fn windows_are_made_one_up_to_a_length() {
        let window = |source: (u32, u32), target: (u32, u32)| Window {
            core: ((source.0, target.0), (source.1, target.1)),
            stretch: Stretch { source, target },
            beads: 0..0,
            found: None,
            spent: 0,
        };
        let options = SearchOptions { window: 10, overlap: 5, ..SearchOptions::default() };
        let most = u32::try_from(tuned::JOINED).expect("a few") * 2 * 20;
        let may = |end: u32| window((3, 9), (5, 9)).may_join(&window((9, 3 + 70), (9, end)), &options);
        assert!(may(5 + most - 70) && !may(5 + most - 70 + 1));
    }

    proptest! {
        #[test]
        fn windows_cut_a_ladder_into_pieces_of_the_length_asked_for(
            types in proptest::collection::vec(proptest::sample::select(vec![(1, 1), (1, 1), (1, 1), (1, 2), (2, 1), (0, 1)]), 1..120),
            window in 3..20usize,
            overlap in 1..12usize,
        ) {
            let (mut beads, mut at) = (Vec::new(), (5u32, 9u32));
            for (a, b) in types {
                beads.push(Bead::new((at.0, at.0 + a), (at.1, at.1 + b)));
                at = (at.0 + a, at.1 + b);
            }
            let stretch = Stretch { source: (5, at.0), target: (9, at.1) };
            let cut = windows(stretch, &beads, &SearchOptions { window, overlap, ..SearchOptions::default() });
            let far = |a: (u32, u32), b: (u32, u32)| (b.0 - a.0).max(b.1 - a.1) as usize;
            let mut reached = (5, 9);
            for (k, w) in cut.iter().enumerate() {
                prop_assert_eq!(w.core.0, reached);
                reached = w.core.1;
                let length = far(w.core.0, w.core.1);
                // A bead is at most two segments long, and a window ends with a linked one if it may.
                prop_assert!(k + 1 == cut.len() || (window..2 * window + 2).contains(&length), "{}", length);
                // The overlap is whole, but no longer than it takes.
                let (from, to) = ((w.stretch.source.0, w.stretch.target.0), (w.stretch.source.1, w.stretch.target.1));
                let (before, after) = (far(from, w.core.0), far(w.core.1, to));
                prop_assert!((overlap..overlap + 2).contains(&before) || (from == (5, 9) && before < overlap));
                prop_assert!((overlap..overlap + 2).contains(&after) || (to == at && after < overlap));
                let inside = &beads[w.beads.clone()];
                let starts = inside.first().map(start_of);
                prop_assert!(starts.is_none_or(|start| start == from) && inside.last().is_none_or(|b| end_of(b) == to));
            }
            prop_assert_eq!(reached, at);
            // Each bead belongs to one window, and that one sees it.
            for bead in &beads {
                let sees = |w: &&Window| beads[w.beads.clone()].contains(bead) && w.holds(bead);
                prop_assert_eq!(cut.iter().filter(sees).count(), 1, "{:?}", bead);
            }
        }
    }
}
