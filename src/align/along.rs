//! Ladders and posteriors along a ladder, from windows of it.
//!
//! In: a [`CostModel`], a stretch, a ladder through it. Out: the ladder near it that is cheapest window by window, and
//! posteriors. Guarantee: every bead belongs to one window, by its end; the same on any number of threads. Time
//! O(rows · width · bead types), space as much for the windows at work.
//!
//! Windows overlap. Where the ladders of two neighbours have a rung in common near the place where they were cut, one goes
//! over into the other there; else they are made one window, which begins with what both found, up to a length.

use rayon::prelude::*;

use crate::bitext::{Bead, CostModel};
use crate::tuned::search as tuned;

use super::band::alone;
use super::forward::{Stretch, Types};
use super::found::{Searched, all_of};
use super::options::SearchOptions;
use super::window::{Part, Window, end_of, start_of, windows};

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

/// Where a window's ladder goes over into the `next` one's: the rung of both that is nearest to the one between the windows,
/// if enough was looked at on either side of it.
fn meeting(
    (window, part): (&Window, Option<&Part>),
    (next, of_next): (&Window, Option<&Part>),
    options: &SearchOptions,
) -> Option<(u32, u32)> {
    let rung = window.core.1;
    let passes = |part: &Part, rung: (u32, u32)| {
        // Rungs rise.
        let at = part.beads.partition_point(|bead| end_of(bead) < rung);
        part.beads.get(at).is_some_and(|bead| end_of(bead) == rung)
    };
    let part = part?;
    if next.begins_at_core() {
        // It was kept to its core: no bead of its ladder ends where it begins.
        return passes(part, rung).then_some(rung);
    }
    let of_next = of_next?;
    let away = |(s, t): (u32, u32)| s.abs_diff(rung.0).max(t.abs_diff(rung.1));
    let most = u32::try_from(options.overlap / tuned::ASIDE).unwrap_or(u32::MAX);
    // On one side the windows may not meet their other neighbours, and their ladders miss the rungs there.
    let (from, to) = (window.core.0, next.core.1);
    let between = |at: (u32, u32)| {
        at != from && at != to && from.0 <= at.0 && from.1 <= at.1 && at.0 <= to.0 && at.1 <= to.1
    };
    let from_there = part.beads.partition_point(|bead| end_of(bead).0.saturating_add(most) < rung.0);
    part.beads[from_there..]
        .iter()
        .map(end_of)
        .take_while(|at| at.0 <= rung.0.saturating_add(most))
        .filter(|at| away(*at) <= most && between(*at) && passes(of_next, *at))
        .min_by_key(|at| away(*at))
}

/// The ladder of a stretch that goes along `a`, which begins where it does, to about `rung` and from there along `b`, which ends
/// where it does; in between nothing is aligned.
fn bridged(stretch: Stretch, a: &[Bead], b: &[Bead], rung: (u32, u32)) -> Vec<Bead> {
    let before = |bead: &&Bead| end_of(bead).0 <= rung.0 && end_of(bead).1 <= rung.1;
    let behind = |bead: &&Bead| start_of(bead).0 >= rung.0 && start_of(bead).1 >= rung.1;
    let mut beads: Vec<Bead> = a.iter().take_while(before).copied().collect();
    let rest = b.iter().skip_while(|bead| !behind(bead));
    let from = beads.last().map_or((stretch.source.0, stretch.target.0), end_of);
    let to = rest.clone().next().map_or((stretch.source.1, stretch.target.1), start_of);
    beads.extend(alone(Stretch { source: (from.0, to.0), target: (from.1, to.1) }));
    beads.extend(rest);
    beads
}

/// Lets each window begin where its ladder and that of the window before meet; gives whether they do.
fn meetings(parts: &mut [(Window, Option<Part>)], options: &SearchOptions) -> Vec<bool> {
    let mut meet = vec![true; parts.len()];
    for k in 1..parts.len() {
        let (before, after) = parts.split_at_mut(k);
        let ((window, part), (next, of_next)) = (&mut before[k - 1], &mut after[0]);
        let rung = meeting((window, part.as_ref()), (next, of_next.as_ref()), options);
        meet[k] = rung.is_some();
        if let Some(rung) = rung {
            (window.core.1, next.core.0) = (rung, rung);
        }
    }
    meet
}

/// Makes one window of two, which goes on with the ladders of both.
fn join((window, part): (&mut Window, &mut Option<Part>), (next, of_next): (Window, Option<Part>)) {
    let rung = next.core.0;
    window.spent += next.spent;
    window.core.1 = next.core.1;
    window.stretch.source.1 = next.stretch.source.1;
    window.stretch.target.1 = next.stretch.target.1;
    window.beads.end = next.beads.end;
    let found = part.take().map(|part| part.beads).or(window.found.take());
    window.found = found.zip(of_next).map(|(a, b)| bridged(window.stretch, &a, &b.beads, rung));
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
                let along = window.found.as_deref().unwrap_or(&before[window.beads.clone()]);
                *part = Some(window.settle(model, along, how, options));
            });
        }
        let meet = meetings(&mut parts, options);
        let all_meet = meet.iter().all(|meets| *meets);
        let mut joined: Vec<(Window, Option<Part>)> = Vec::with_capacity(parts.len());
        for ((mut window, mut part), meets) in parts.into_iter().zip(meet) {
            match joined.last_mut() {
                Some((last, of_last)) if !meets => {
                    last.spent += of_last.as_ref().map_or(0, |part| part.cells);
                    window.spent += part.as_ref().map_or(0, |part| part.cells);
                    if joins < tuned::JOINS && last.may_join(&window, options) {
                        join((last, of_last), (window, part));
                    } else {
                        for (window, part) in [(last, of_last), (&mut window, &mut part)] {
                            *part = None;
                            window.keep_to_core(before);
                        }
                        whole.cut_short = true;
                        joined.push((window, part));
                    }
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
        whole.posteriors.extend(part.posteriors.into_iter().filter(|(bead, _)| window.holds(bead)));
        whole.cells += window.spent + part.cells;
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
        whole.posteriors.extend(posteriors.into_iter().filter(|(bead, _)| window.holds(bead)));
        at = window.beads.end;
    }
    whole.beads.extend_from_slice(&before[at..]);
    whole
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A ladder from `at` on, of beads of these types.
    fn ladder(mut at: (u32, u32), types: &[(u32, u32)]) -> Vec<Bead> {
        let next = |&(a, b): &(u32, u32)| {
            let bead = Bead::new((at.0, at.0 + a), (at.1, at.1 + b));
            at = (at.0 + a, at.1 + b);
            bead
        };
        types.iter().map(next).collect()
    }

    fn types() -> impl Strategy<Value = Vec<(u32, u32)>> {
        let usual = [(1, 1), (1, 1), (1, 1), (1, 2), (2, 1), (1, 0), (0, 1)];
        proptest::collection::vec(proptest::sample::select(usual.to_vec()), 1..60)
    }

    /// Two neighbours whose cores are cut at `rung`, and what was found in them.
    fn neighbours(a: Vec<Bead>, b: Vec<Bead>, rung: (u32, u32)) -> [(Window, Option<Part>); 2] {
        let from = start_of(&a[0]);
        let begun = start_of(&b[0]);
        let (until, to) = (end_of(&a[a.len() - 1]), end_of(&b[b.len() - 1]));
        let window = |core, (from, to): ((u32, u32), (u32, u32))| Window {
            core,
            stretch: Stretch { source: (from.0, to.0), target: (from.1, to.1) },
            beads: 0..0,
            found: None,
            spent: 0,
        };
        let part = |beads: Vec<Bead>| {
            let costs = vec![None; beads.len()];
            Some(Part { beads, costs, posteriors: Vec::new(), cells: 1, cut_short: false })
        };
        [(window((from, rung), (from, until)), part(a)), (window((rung, to), (begun, to)), part(b))]
    }

    #[test]
    fn ladders_meet_at_the_nearest_rung_that_both_have() {
        let options = SearchOptions { overlap: 8, ..SearchOptions::default() };
        let met = |a: &[(u32, u32)], b: &[(u32, u32)], rung| {
            let mut pair = neighbours(ladder((0, 0), a), ladder((4, 4), b), rung);
            let met = meetings(&mut pair, &options)[1];
            assert_eq!(pair[0].0.core.1, pair[1].0.core.0);
            met.then_some(pair[0].0.core.1)
        };
        let ones = [(1, 1); 16];
        assert_eq!(met(&ones, &ones, (10, 10)), Some((10, 10)));
        // One takes two segments together where the windows were cut.
        let mut two = ones.to_vec();
        two.splice(9..11, [(2, 2)]);
        assert_eq!(met(&two, &ones, (10, 10)), Some((9, 9)));
        // One runs beside the other: (k, k + 1).
        let mut aside = vec![(0, 1)];
        aside.extend(ones);
        assert_eq!(met(&ones, &aside, (10, 10)), None);
        // They join only further off than half the overlap.
        let mut later = vec![(0, 1)];
        later.extend([(1, 1); 11]);
        later.extend([(1, 0), (1, 1)]);
        assert_eq!(met(&[(1, 1); 18], &later, (10, 10)), None);
    }

    #[test]
    fn a_bridge_goes_along_one_ladder_to_the_rung_and_along_the_other_from_there() {
        let a = ladder((0, 0), &[(1, 1); 8]);
        let b = ladder((0, 0), &[&[(0, 1)][..], &[(1, 1); 6]].concat());
        let bridge = |rung| bridged(Stretch { source: (0, 6), target: (0, 7) }, &a, &b, rung);
        let stepped = |first: usize| {
            ladder((0, 0), &[&vec![(1, 1); first][..], &[(0, 1)], &vec![(1, 1); 6 - first]].concat())
        };
        assert_eq!(bridge((4, 4)), stepped(4));
        assert_eq!(bridge((1, 1)), stepped(1));
        // A bead that reaches beyond the rung is left out on both sides.
        let b = ladder((0, 0), &[(3, 3), (2, 3), (1, 1)]);
        let found = bridged(Stretch { source: (0, 6), target: (0, 7) }, &a, &b, (4, 4));
        assert_eq!(found, ladder((0, 0), &[(1, 1), (1, 1), (1, 1), (1, 1), (1, 0), (0, 1), (0, 1), (1, 1)]));
    }

    proptest! {
        #[test]
        fn windows_that_meet_hold_each_bead_once_and_make_a_ladder(
            (head, a, b, tail) in (types(), types(), types(), types()),
            at in 0..60usize,
        ) {
            // Both go through `middle`; one ladder goes on with `b` behind it, one came with `a` before it.
            let whole = ladder((0, 0), &head);
            let middle = end_of(&whole[whole.len() - 1]);
            let left = ladder((0, 0), &[&head[..], &b].concat());
            let came = a.iter().fold((0, 0), |sum, t| (sum.0 + t.0, sum.1 + t.1));
            prop_assume!(came.0 < middle.0 && came.1 < middle.1);
            let right = ladder((middle.0 - came.0, middle.1 - came.1), &[&a[..], &tail].concat());
            let rung = end_of(&whole[at % whole.len()]);
            let end = end_of(&right[right.len() - 1]);
            prop_assume!((0, 0) < rung && rung < end);
            let mut pair = neighbours(left, right, rung);
            let options = SearchOptions { overlap: 48, ..SearchOptions::default() };
            if meetings(&mut pair, &options)[1] {
                let mut joined = Vec::new();
                for (window, part) in &pair {
                    joined.extend(part.iter().flat_map(|p| &p.beads).filter(|b| window.holds(b)).copied());
                }
                let mut reached = (0, 0);
                for bead in &joined {
                    prop_assert_eq!(start_of(bead), reached);
                    reached = end_of(bead);
                }
                prop_assert_eq!(reached, end);
            }
        }

        #[test]
        fn windows_meet_between_their_other_ends(
            (a, b) in (types(), types()),
            ends in ((0..80u32, 0..80u32), (0..80u32, 0..80u32)),
            overlap in 0..60usize,
        ) {
            // Where windows miss other neighbours, their ends are no rungs of their ladders.
            let mut pair = neighbours(ladder((0, 0), &a), ladder((0, 0), &b), (40, 40));
            let (from, to) = ((ends.0.0.min(40), ends.0.1.min(40)), (ends.1.0.max(40), ends.1.1.max(40)));
            (pair[0].0.core.0, pair[1].0.core.1) = (from, to);
            let options = SearchOptions { overlap, ..SearchOptions::default() };
            if meetings(&mut pair, &options)[1] {
                let rung = pair[0].0.core.1;
                prop_assert_eq!(pair[1].0.core.0, rung);
                prop_assert!(from.0 <= rung.0 && from.1 <= rung.1 && rung.0 <= to.0 && rung.1 <= to.1);
                prop_assert!(rung != from && rung != to);
            }
        }

        #[test]
        fn what_two_windows_found_is_one_ladder_through_both(a in types(), b in types(), s in 0..90u32, t in 0..90u32) {
            let (a, b) = (ladder((3, 5), &a), ladder((8, 8), &b));
            let to = end_of(&b[b.len() - 1]);
            let stretch = Stretch { source: (3, to.0), target: (5, to.1) };
            let rung = (s.clamp(3, to.0), t.clamp(5, to.1));
            let mut reached = (3, 5);
            for bead in bridged(stretch, &a, &b, rung) {
                prop_assert_eq!(start_of(&bead), reached);
                reached = end_of(&bead);
            }
            prop_assert_eq!(reached, to);
        }
    }
}
