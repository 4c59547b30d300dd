//! The search over a whole bitext: pins cut it into stretches, long stretches are searched in a band.
//!
//! In: a [`CostModel`], [`Pin`]s, options, and where to look first. Out: [`Searched`]. Guarantee: pins are
//! honoured; the same input gives the same output on any number of threads; time and space grow linearly
//! with the bitext's length.
//!
//! Short stretches are searched whole. A long one is searched exactly within a band around a chain of
//! hints or around a ladder found before; the band is widened wherever the path comes near its edge. The
//! path found is then held against a wider band, and against the whole lattice where that has at most
//! [`SearchOptions::proof_cells`] cells: there the result is proven to be the cheapest ladder there is.

use rayon::prelude::*;

use crate::bitext::{Bead, Cost, CostModel, Hint, Ladder, Pin};

use super::band::Band;
use super::chain::chain;
use super::forward::{Keep, Stretch, forward};
use super::pins::{PinError, stretches};
use super::region::Region;
use super::window::{pass_along, posteriors_along};

/// How to search.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct SearchOptions {
    /// Stretches of at most this many cells are searched whole.
    pub whole_cells: usize,
    /// Longer stretches of at most this many cells are searched in a band, and the result held against the
    /// whole lattice: time O(cells), space 2 bytes a cell.
    pub proof_cells: usize,
    /// Half the band's width around the chain of hints, in target segments, before widening.
    pub band: usize,
    /// Half the band's width around a ladder found before, on the way.
    pub narrow: usize,
    /// Half the width of the band that a result is held against.
    pub check: usize,
    /// Source segments whose posteriors are summed up together.
    pub window: usize,
    /// Source segments on either side of them that the sums take in.
    pub overlap: usize,
    /// Costs are divided by this when probabilities are made of them.
    pub temperature: f64,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            whole_cells: 40_000,
            proof_cells: 400_000,
            band: 24,
            narrow: 8,
            check: 16,
            window: 1024,
            overlap: 48,
            temperature: 1.0,
        }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Searched {
    /// The beads of the cheapest ladder, in order.
    pub beads: Vec<Bead>,
    /// The ladder's cost.
    pub cost: Cost,
    /// Beads with their posterior probabilities, those of 0.01 or more, by their ends. Unaligned
    /// segments appear once for every place that they may stand in.
    pub posteriors: Vec<(Bead, f64)>,
    /// ln of the sum of exp(−cost) over all ladders considered; for a stretch searched in a band, −cost.
    pub likelihood: f64,
}

/// Where a search looks first, and how hard it looks beyond.
#[derive(Debug, Clone, Copy, Default)]
pub enum Guide<'a> {
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
pub fn search(model: &dyn CostModel, pins: &[Pin], options: &SearchOptions) -> Result<Searched, PinError> {
    search_near(model, pins, Guide::Hints, options)
}

/// Finds the cheapest ladder through all `pins`, and the posteriors, looking first where `guide` says.
pub fn search_near(
    model: &dyn CostModel,
    pins: &[Pin],
    guide: Guide<'_>,
    options: &SearchOptions,
) -> Result<Searched, PinError> {
    let (n, m) = model.size();
    let parts = stretches(pins, n, m)?;
    let long = parts.iter().any(|p| cells(p.stretch) > options.whole_cells);
    let own = if long && matches!(guide, Guide::Hints) { model.hints() } else { Vec::new() };
    let hints = if let Guide::FirstLook(hints) = guide { hints } else { &own };
    let found: Vec<Searched> = parts
        .par_iter()
        .map(|part| {
            if part.one_bead {
                one_bead(model, part.stretch)
            } else if cells(part.stretch) <= options.whole_cells {
                search_whole(model, part.stretch, options.temperature)
            } else {
                search_long(model, part.stretch, hints, guide, options)
            }
        })
        .collect();
    let mut whole = Searched::default();
    for part in found {
        whole.beads.extend(part.beads);
        whole.cost += part.cost;
        whole.posteriors.extend(part.posteriors);
        whole.likelihood += part.likelihood;
    }
    debug_assert!(Ladder::new(whole.beads.clone()).is_ok());
    Ok(whole)
}

/// Places (source segment, target segment) that a path through the bitext very likely passes, rising: the
/// heaviest chain of `hints`, without its outliers, in a bitext of the given size.
pub fn signposts(hints: &[Hint], size: (usize, usize)) -> Vec<(usize, usize)> {
    chain(hints, (0, size.0 as u32), (0, size.1 as u32))
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
    Searched { beads: vec![bead], cost, posteriors: vec![(bead, 1.0)], likelihood: -cost.nats() }
}

/// Searches the whole lattice of a stretch.
fn search_whole(model: &dyn CostModel, stretch: Stretch, temperature: f64) -> Searched {
    let region = Region::full(stretch.rows(), stretch.columns());
    let pass = forward(model, stretch, region, Keep::All);
    let (beads, cost) = pass.best().expect("the whole lattice has a path: unaligned segments alone are one");
    let found = pass.posteriors(temperature);
    let mut posteriors = Vec::new();
    found.each(0.01, |bead, p| posteriors.push((bead, p)));
    Searched { beads, cost, posteriors, likelihood: found.totals().0 }
}

fn search_long(
    model: &dyn CostModel,
    stretch: Stretch,
    hints: &[Hint],
    guide: Guide<'_>,
    options: &SearchOptions,
) -> Searched {
    if let Guide::Passing(before) = guide
        && let Some(found) = pass_along(model, stretch, before, options)
    {
        return found;
    }
    let (mut beads, mut cost) = match guide {
        Guide::Hints | Guide::FirstLook(_) => {
            let points = chain(hints, stretch.source, stretch.target);
            Band::through(stretch, &points, options.band).sketch(model)
        }
        Guide::Passing(before) => Band::along(stretch, before, options.narrow).search(model),
        Guide::Final(before) => Band::along(stretch, before, options.check).search(model),
    };
    if matches!(guide, Guide::Hints | Guide::Final(_)) {
        // Whatever a wider band finds is searched around in turn, as long as the cost falls: it cannot rise,
        // as the band holds the ladder that it runs along.
        let mut along = if let Guide::Final(before) = guide { before.to_vec() } else { Vec::new() };
        let mut falls = true;
        while falls && !same_line(&along, &beads) {
            let (wider, wider_cost) = Band::along(stretch, &beads, options.check).search(model);
            falls = wider_cost < cost;
            along = std::mem::replace(&mut beads, wider);
            cost = wider_cost;
        }
        if cells(stretch) <= options.proof_cells {
            let whole = forward(model, stretch, Region::full(stretch.rows(), stretch.columns()), Keep::Path);
            if let Some(cheaper) = whole.best().filter(|best| best.1 < cost) {
                (beads, cost) = cheaper;
            }
        }
    }
    let posteriors = posteriors_along(model, stretch, &beads, options);
    Searched { beads, cost, posteriors, likelihood: -cost.nats() }
}

/// Whether a ladder keeps so near another that a band around either reaches the other's surroundings.
fn same_line(before: &[Bead], now: &[Bead]) -> bool {
    /// Target segments that the two may be apart.
    const NEAR: usize = 4;
    let mut at = 0;
    !before.is_empty()
        && now.iter().all(|bead| {
            while at + 1 < before.len() && before[at].source.end() < bead.source.end() {
                at += 1;
            }
            let from = before[at..].iter().take_while(|b| b.source.end() <= bead.source.end());
            from.chain(before[at..].first()).any(|b| b.target.end().abs_diff(bead.target.end()) <= NEAR)
        })
}
