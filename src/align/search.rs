//! The search over a whole bitext: pins cut it into stretches, long stretches are searched in a band.
//!
//! In: a [`CostModel`], [`Pin`]s, options, and where to look first. Out: [`Searched`]. Guarantee: pins are
//! honoured; the same input gives the same output on any number of threads; time and space grow linearly
//! with the bitext's length.
//!
//! Short stretches are searched whole. A long one is searched in windows of a band around a chain of hints or
//! around a ladder found before, again wherever the ladder leaves its line, and wider where a bead of some
//! probability stands at the edge. The path found is held against the whole lattice where that has at most
//! [`SearchOptions::proof_cells`] cells: there the result is proven to be the cheapest ladder there is.

use rayon::prelude::*;

use crate::bitext::{Bead, CostModel, Hint, Ladder, Pin};
use crate::tuned::search as tuned;

use super::along::{pass_along, posteriors_along, sample_along};
use super::band::{Drafted, cost_of, draft};
use super::chain::chain;
use super::coarse::alike;
use super::contract::{SearchError, check_model, checked_draft};
use super::forward::{Keep, Stretch, Types, forward};
use super::found::{Searched, all_of};
use super::options::SearchOptions;
use super::pins::{Part, stretches};
use super::region::Region;

/// Where a search looks first, and how hard it looks beyond.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Guide<'a> {
    /// Around a chain of hints; the band is held against a wider one, and against the whole lattice.
    #[default]
    Hints,
    /// Around a chain of these hints of the model's, as a step on the way: the band is only kept clear of.
    FirstLook(&'a [Hint]),
    /// Around a ladder found before, as a step on the way: the band is only kept clear of.
    Passing(&'a [Bead]),
    /// Around a ladder found before; held against a wider band and against the whole lattice.
    Final(&'a [Bead]),
}

/// Finds the cheapest ladder through all `pins`, and the posteriors.
pub fn search(model: &dyn CostModel, pins: &[Pin], options: &SearchOptions) -> Result<Searched, SearchError> {
    search_near(model, pins, Guide::Hints, options)
}

/// Finds the cheapest ladder through all `pins`, and the posteriors, looking first where `guide` says.
pub(crate) fn search_near(
    model: &dyn CostModel,
    pins: &[Pin],
    guide: Guide<'_>,
    options: &SearchOptions,
) -> Result<Searched, SearchError> {
    check_model(model)?;
    options.check()?;
    let (n, m) = model.size();
    let parts = stretches(pins, n, m)?;
    let options = &in_proportion(&parts, n + m, options);
    let whole_cells = match guide {
        Guide::Passing(_) => options.whole_cells.min(options.passing_cells),
        _ => options.whole_cells,
    };
    let long = parts.iter().any(|p| cells(p.stretch) > whole_cells);
    let mut hints = match guide {
        Guide::Hints if long => model.hints(),
        Guide::FirstLook(hints) if long => hints.to_vec(),
        _ => Vec::new(),
    };
    hints.sort_unstable_by_key(|h| h.source);
    let first = long && matches!(guide, Guide::Hints | Guide::FirstLook(_));
    let drafted = if first { checked_draft(model)? } else { None };
    let found: Vec<Searched> = parts
        .par_iter()
        .map(|part| {
            if part.one_bead {
                one_bead(model, part.stretch)
            } else if cells(part.stretch) <= whole_cells {
                search_whole(model, part.stretch, options.temperature)
            } else {
                search_long(model, drafted.as_deref(), part.stretch, &hints, guide, options)
            }
        })
        .collect();
    let mut whole = Searched::default();
    for part in found {
        let before = whole.beads.len();
        whole.costs.extend(part.costs);
        whole.costs.resize(before + part.beads.len(), None);
        whole.looked_at.extend(part.looked_at.iter().map(|r| r.start + before..r.end + before));
        whole.beads.extend(part.beads);
        whole.cost += part.cost;
        whole.posteriors.extend(part.posteriors);
        whole.likelihood += part.likelihood;
        whole.cells += part.cells;
        whole.cut_short |= part.cut_short;
    }
    debug_assert!(Ladder::new(whole.beads.clone()).is_ok());
    Ok(whole)
}

/// Places (source segment, target segment) that a path through the bitext very likely passes, rising: the
/// heaviest chain of `hints`, without its outliers, in a bitext of the given size.
pub(crate) fn signposts(hints: &[Hint], size: (usize, usize)) -> Vec<(usize, usize)> {
    chain(hints, (0, size.0 as u32), (0, size.1 as u32))
}

/// The options for a bitext of so many segments that pins cut into these parts: what is looked at whole in all of them
/// together stays in proportion to the bitext. A proof that was asked for is not given up.
fn in_proportion(parts: &[Part], segments: usize, options: &SearchOptions) -> SearchOptions {
    let room = (tuned::WHOLE_A_SEGMENT * segments).max(tuned::WHOLE_AT_LEAST);
    let free = parts.iter().filter(|part| !part.one_bead).map(|part| cells(part.stretch));
    let takes = |least: usize, most: usize| {
        free.clone().filter(|cells| *cells > least && *cells <= most).fold(0, usize::saturating_add)
    };
    let mut options = *options;
    if takes(options.passing_cells, options.whole_cells) > room {
        options.whole_cells = options.passing_cells;
    }
    if takes(options.whole_cells, options.draft_cells) > room {
        options.draft_cells = options.whole_cells;
    }
    if options.proof_cells <= tuned::PROOF_CELLS && takes(options.whole_cells, options.proof_cells) > room {
        options.proof_cells = options.whole_cells;
    }
    options
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
    let likelihood = -cost.nats();
    let posteriors = vec![(bead, 1.0)];
    Searched {
        beads: vec![bead],
        costs: vec![Some(cost)],
        cost,
        looked_at: all_of(1),
        posteriors,
        likelihood,
        cells: 1,
        cut_short: false,
    }
}

/// Searches the whole lattice of a stretch.
fn search_whole(model: &dyn CostModel, stretch: Stretch, temperature: f64) -> Searched {
    let region = Region::full(stretch.rows(), stretch.columns());
    let pass = forward(model, stretch, region, Keep::All);
    let (beads, cost) = pass.best().expect("the whole lattice has a path: unaligned segments alone are one");
    let found = pass.posteriors(temperature);
    let mut posteriors = Vec::new();
    found.each(0.01, |bead, p| posteriors.push((bead, p)));
    Searched {
        looked_at: all_of(beads.len()),
        costs: Vec::new(),
        beads,
        cost,
        posteriors,
        likelihood: found.totals().0,
        cells: pass.read,
        cut_short: false,
    }
}

/// Searches one stretch along the chain of its `hints`, which are in the order of their source segments.
pub(super) fn search_stretch(
    model: &dyn CostModel,
    stretch: Stretch,
    hints: &[Hint],
    options: &SearchOptions,
) -> Searched {
    search_long(model, None, stretch, hints, Guide::Hints, options)
}

fn search_long(
    model: &dyn CostModel,
    drafted: Option<&dyn CostModel>,
    stretch: Stretch,
    hints: &[Hint],
    guide: Guide<'_>,
    options: &SearchOptions,
) -> Searched {
    let first = || {
        // A draft that cannot be used is none.
        let own = if drafted.is_none() { checked_draft(model).ok().flatten() } else { None };
        let rough = drafted.or(own.as_deref()).unwrap_or(model);
        let mut points = chain(hints, stretch.source, stretch.target);
        // Few keys are rare on both sides: groups of segments say more.
        if points.len() * tuned::FEW < stretch.rows().min(stretch.columns())
            && cells(stretch) > options.draft_cells
        {
            points = chain(&[hints, &alike(rough, stretch)].concat(), stretch.source, stretch.target);
        }
        draft(rough, stretch, &points, options)
    };
    let counted = |drafted: Drafted, found: &dyn Fn(&[Bead]) -> Searched| {
        let found = found(&drafted.beads);
        Searched { cells: found.cells + drafted.cells, ..found }
    };
    let settled = |along: &[Bead]| {
        let mut found = pass_along(model, stretch, along, (options.check, Types::All), options);
        found.cost = cost_of(model, &found.beads, &found.costs);
        found.likelihood = -found.cost.nats();
        prove(model, stretch, found, options)
    };
    let neighbourhood = |along: &[Bead]| look(model, stretch, along, tuned::NEIGHBOURHOOD, options);
    match guide {
        Guide::Passing(before) => match within(stretch, before) {
            Some(before) => look(model, stretch, &before, options.narrow, options),
            None => counted(first(), &neighbourhood),
        },
        Guide::FirstLook(_) => {
            let drafted = first();
            let cost = drafted.cost;
            Searched { cost, likelihood: -cost.nats(), ..counted(drafted, &neighbourhood) }
        }
        Guide::Final(before) => match within(stretch, before) {
            Some(before) => settled(&before),
            None => counted(first(), &settled),
        },
        Guide::Hints => counted(first(), &settled),
    }
}

/// The beads of a ladder inside `stretch`, if they cover it.
fn within(stretch: Stretch, ladder: &[Bead]) -> Option<Vec<Bead>> {
    let inside = |b: &&Bead| {
        stretch.source.0 as usize <= b.source.start()
            && b.source.end() <= stretch.source.1 as usize
            && stretch.target.0 as usize <= b.target.start()
            && b.target.end() <= stretch.target.1 as usize
    };
    // In order on both sides, so that a ladder with many stretches is gone through but once in all.
    let before =
        |b: &Bead| b.source.end() < stretch.source.0 as usize || b.target.end() < stretch.target.0 as usize;
    let beyond = |b: &Bead| {
        b.source.start() > stretch.source.1 as usize || b.target.start() > stretch.target.1 as usize
    };
    let near = ladder[ladder.partition_point(before)..].iter().take_while(|b| !beyond(b));
    let beads: Vec<Bead> = near.filter(inside).copied().collect();
    let covered = |of: fn(&Bead) -> usize| beads.iter().map(of).sum::<usize>();
    let whole = (covered(|b| b.source.len()), covered(|b| b.target.len()));
    (whole == (stretch.rows(), stretch.columns()) && Ladder::new(beads.clone()).is_ok()).then_some(beads)
}

/// A step on the way: posteriors of beads of the usual types along a ladder, which is mended there; of a long one,
/// along a sample.
fn look(
    model: &dyn CostModel,
    stretch: Stretch,
    beads: &[Bead],
    width: usize,
    options: &SearchOptions,
) -> Searched {
    if stretch.rows() > 2 * options.sample {
        sample_along(model, stretch, beads, (width, Types::Usual), options)
    } else {
        pass_along(model, stretch, beads, (width, Types::Usual), options)
    }
}

/// Holds what was found against the whole lattice, if that is not too large.
fn prove(model: &dyn CostModel, stretch: Stretch, found: Searched, options: &SearchOptions) -> Searched {
    if cells(stretch) > options.proof_cells {
        return found;
    }
    let whole = forward(model, stretch, Region::full(stretch.rows(), stretch.columns()), Keep::Path);
    match whole.best() {
        Some((beads, cost)) if cost < found.cost => {
            let posteriors = posteriors_along(model, stretch, &beads, options);
            Searched {
                looked_at: all_of(beads.len()),
                costs: Vec::new(),
                beads,
                cost,
                posteriors,
                likelihood: -cost.nats(),
                cells: found.cells + whole.read,
                cut_short: false,
            }
        }
        _ => found,
    }
}
