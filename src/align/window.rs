//! Posteriors along a ladder, window by window.
//!
//! In: a [`CostModel`], a stretch, a ladder through it. Out: posteriors of beads near the ladder, and the
//! ladder that they make likeliest. Guarantee: every bead belongs to one window, by its end; deterministic
//! on any number of threads. Time O(rows · width · bead types), space as much for the windows at work.

use std::ops::Range;

use rayon::prelude::*;

use crate::bitext::{Bead, Cost, CostModel};
use crate::tuned::search as tuned;

use super::band::Band;
use super::forward::{Forward, Keep, Stretch, Types, forward_again};
use super::found::{Searched, all_of, same_line};
use super::options::SearchOptions;

/// A window of a ladder: the rungs between which beads are taken, and those between which they are summed
/// up.
struct Window {
    core: ((u32, u32), (u32, u32)),
    stretch: Stretch,
    /// The ladder's beads inside.
    beads: Range<usize>,
    /// Cells of which costs were read for the windows that were made this one.
    spent: usize,
}

/// Cuts a ladder at its rungs into windows.
fn windows(stretch: Stretch, beads: &[Bead], options: &SearchOptions) -> Vec<Window> {
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
                spent: 0,
            }
        })
        .collect()
}

/// Where a bead ends.
fn end_of(bead: &Bead) -> (u32, u32) {
    (bead.source.end() as u32, bead.target.end() as u32)
}

impl Window {
    /// By their ends beads belong to one window each.
    fn holds(&self, bead: &Bead) -> bool {
        (self.begins_at_core() || end_of(bead) > self.core.0) && end_of(bead) <= self.core.1
    }

    fn begins_at_core(&self) -> bool {
        (self.stretch.source.0, self.stretch.target.0) == self.core.0
    }

    /// Whether a window of this one and the `next` would not be too long: its space is held at once.
    const fn may_join(&self, next: &Self, options: &SearchOptions) -> bool {
        let (from, to) = (self.stretch, next.stretch);
        let rows = (to.source.1 - from.source.0) as usize;
        let columns = (to.target.1 - from.target.0) as usize;
        rows + columns <= tuned::JOINED * 2 * (options.window + 2 * options.overlap)
    }

    /// Makes the window end at its rungs, so that it meets its neighbours there; `ladder` is the whole one.
    fn keep_to_core(&mut self, ladder: &[Bead]) {
        let (from, to) = self.core;
        self.stretch = Stretch { source: (from.0, to.0), target: (from.1, to.1) };
        while !self.beads.is_empty() && end_of(&ladder[self.beads.start]) <= from {
            self.beads.start += 1;
        }
        while !self.beads.is_empty() && end_of(&ladder[self.beads.end - 1]) > to {
            self.beads.end -= 1;
        }
    }

    /// The posteriors of the beads that the window holds; and rows where one of some probability stands at an
    /// edge of what was summed up, behind which there is more.
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
                found.push((bead, p));
            }
        });
        (found, cut)
    }

    /// The posteriors within `width` of a ladder through the window, and wider where it takes more.
    fn sum_up(
        &self,
        model: &dyn CostModel,
        beads: &[Bead],
        width: usize,
        options: &SearchOptions,
    ) -> Vec<(Bead, f64)> {
        let mut band = Band::along(self.stretch, beads, width);
        let mut last: Option<Forward<'_>> = None;
        loop {
            let pass =
                forward_again(model, self.stretch, band.region(), Keep::All, last.as_ref(), Types::All);
            let (posteriors, cut) = self.posteriors(&pass, options);
            if !band.widen_at(&cut) {
                return posteriors;
            }
            last = Some(pass);
        }
    }

    /// Cells of which costs may be read for the window, beyond those of a first pass.
    fn most_cells(&self, options: &SearchOptions) -> usize {
        (self.stretch.rows() + self.stretch.columns() + 2).saturating_mul(options.most_cells)
    }

    /// The window's cheapest ladder within `width` of `beads`, and around what was found in turn as long as
    /// that leads further away and costs less; with the posteriors of the beads that the window holds.
    fn settle(
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
            let pass = forward_again(model, self.stretch, region, Keep::All, last.as_ref(), types);
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
            let spent = self.spent + cells + region.changed_from(&pass.region) > self.most_cells(options);
            if spent || settled && !wider {
                let (posteriors, cut) = found.unwrap_or_else(|| self.posteriors(&pass, options));
                let cut_short = !settled || !cut.is_empty();
                return Part { beads: along, costs, posteriors, cells, cut_short };
            }
            last = Some(pass);
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
        .map(|window| window.sum_up(model, &beads[window.beads.clone()], tuned::NEIGHBOURHOOD, options))
        .collect();
    found.concat()
}

/// What was found in a window.
struct Part {
    /// Its ladder.
    beads: Vec<Bead>,
    /// See [`Searched::costs`].
    costs: Vec<Option<Cost>>,
    /// Of the beads that the window holds.
    posteriors: Vec<(Bead, f64)>,
    /// Cells of which costs were read.
    cells: usize,
    /// Whether the search stopped because these were too many.
    cut_short: bool,
}

/// The ladder within a width of `before`, of beads of some types, and posteriors along it, from passes over windows; windows whose
/// ladders do not meet are made one, up to a length. Each window's ladder is the cheapest within it. What it costs is not counted.
pub(super) fn pass_along(
    model: &dyn CostModel,
    stretch: Stretch,
    before: &[Bead],
    how: (usize, Types),
    options: &SearchOptions,
) -> Searched {
    let segments = stretch.rows() + stretch.columns() + 2;
    let options =
        &SearchOptions { most_cells: options.most_cells.max(options.least_cells / segments), ..*options };
    let mut parts: Vec<(Window, Option<Part>)> =
        windows(stretch, before, options).into_iter().map(|window| (window, None)).collect();
    let mut whole = Searched::default();
    for joins in 0.. {
        let mut wanting: Vec<_> = parts.iter_mut().filter(|(_, part)| part.is_none()).collect();
        // A few at a time: a thread that waits inside a window would begin others, and the space of each is held until its
        // end.
        for some in wanting.chunks_mut(rayon::current_num_threads()) {
            some.par_iter_mut().for_each(|(window, part)| {
                *part = Some(window.settle(model, &before[window.beads.clone()], how, options));
            });
        }
        let passes = |part: &Option<Part>, rung: (u32, u32)| {
            part.as_ref().is_some_and(|part| part.beads.iter().any(|b| end_of(b) == rung))
        };
        let mut joined: Vec<(Window, Option<Part>)> = Vec::with_capacity(parts.len());
        let mut all_meet = true;
        let mut met_before = true;
        for (mut window, mut part) in parts {
            // One that is kept to its core begins at the rung: no bead of its ladder ends there.
            let meets =
                met_before && (joined.is_empty() || window.begins_at_core() || passes(&part, window.core.0));
            met_before = passes(&part, window.core.1);
            match joined.last_mut() {
                Some((last, of_last))
                    if !meets && joins < tuned::JOINS && last.may_join(&window, options) =>
                {
                    // The ladders on both sides miss the rung between them: one window of two.
                    let read = of_last.as_ref().map_or(0, |p| p.cells) + part.map_or(0, |p| p.cells);
                    whole.cells += read;
                    last.spent += window.spent + read;
                    last.core.1 = window.core.1;
                    last.stretch.source.1 = window.stretch.source.1;
                    last.stretch.target.1 = window.stretch.target.1;
                    last.beads.end = window.beads.end;
                    *of_last = None;
                    all_meet = false;
                }
                Some((last, of_last)) if !meets => {
                    for (window, part) in [(last, of_last), (&mut window, &mut part)] {
                        let read = part.take().map_or(0, |p| p.cells);
                        whole.cells += read;
                        window.spent += read;
                        window.keep_to_core(before);
                    }
                    whole.cut_short = true;
                    all_meet = false;
                    joined.push((window, part));
                }
                _ => joined.push((window, part)),
            }
        }
        parts = joined;
        if all_meet {
            break;
        }
    }
    for (window, part) in parts {
        let part = part.expect("the loop ends when every window has its part");
        let held = part.beads.into_iter().zip(part.costs).filter(|(bead, _)| window.holds(bead));
        for (bead, cost) in held {
            whole.beads.push(bead);
            whole.costs.push(cost);
        }
        whole.posteriors.extend(part.posteriors);
        whole.cells += part.cells;
        whole.cut_short |= part.cut_short;
    }
    whole.looked_at = all_of(whole.beads.len());
    whole
}

/// Source segments of a window of a sample, at most, and of what is summed up on either side of it.
const SAMPLED: (usize, usize) = (64, 12);

/// Windows evenly spread along the ladder `before`, with about as many source segments as the options' sample
/// says: in each the ladder is mended within a width, and posteriors are summed up. Costs are not.
pub(super) fn sample_along(
    model: &dyn CostModel,
    stretch: Stretch,
    before: &[Bead],
    how: (usize, Types),
    options: &SearchOptions,
) -> Searched {
    let (window, overlap) = (options.window.min(SAMPLED.0), options.overlap.min(SAMPLED.1));
    let all = windows(stretch, before, &SearchOptions { window, overlap, ..*options });
    let wanted = options.sample.div_ceil(window).clamp(1, all.len());
    let mut chosen: Vec<&Window> = Vec::with_capacity(wanted);
    for k in 0..wanted {
        let window = &all[(2 * k + 1) * all.len() / (2 * wanted)];
        if chosen.last().is_none_or(|last| last.beads.end <= window.beads.start) {
            chosen.push(window);
        }
    }
    let parts: Vec<Part> = chosen
        .par_iter()
        .map(|window| window.settle(model, &before[window.beads.clone()], how, options))
        .collect();
    let mut whole = Searched::default();
    let mut at = 0;
    for (window, part) in chosen.into_iter().zip(parts) {
        let Part { beads, costs: _, posteriors, cells, cut_short } = part;
        whole.cells += cells;
        whole.cut_short |= cut_short;
        whole.beads.extend_from_slice(&before[at..window.beads.start]);
        let first = whole.beads.len() + beads.iter().take_while(|b| !window.holds(b)).count();
        let held = beads.iter().filter(|b| window.holds(b)).count();
        whole.looked_at.push(first..first + held);
        whole.beads.extend(beads);
        whole.posteriors.extend(posteriors);
        at = window.beads.end;
    }
    whole.beads.extend_from_slice(&before[at..]);
    whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
                let starts = inside.first().map(|b| (b.source.start() as u32, b.target.start() as u32));
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
