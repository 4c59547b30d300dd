//! Where a search may start from, and the first look.
//!
//! In: the evidence of a bitext. Out: what a search found from the likeliest start, and that. Guarantee: deterministic.

use rayon::prelude::*;

use super::options::AlignOptions;
use crate::align::{Guide, SearchError, SearchOptions, Searched, search_near, signposts};
use crate::bitext::{CostModel, Hint};
use crate::score::{Scorer, Start};

/// What the first look is taken with, whose beads are learnt from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FirstLook {
    /// The model, around what a draft finds.
    Whole,
    /// A draft of it alone.
    Drafted,
}

/// From where a search may start, and where its path very likely passes.
pub(super) struct Ways {
    hints: Vec<Hint>,
    /// Segments of the source and of the target.
    pub(super) size: (usize, usize),
    starts: Vec<Start>,
}

type Tried = (Result<Searched, SearchError>, Start);

impl Ways {
    pub(super) fn of(scorer: &Scorer) -> Self {
        // Hints do not depend on where fitting starts from.
        let (hints, size) = {
            let model = scorer.model();
            (model.hints(), model.size())
        };
        let starts = scorer.starts(&signposts(&hints, size));
        Self { hints, size, starts }
    }

    /// Whether signposts are so many that they say how long translations are and how finely cut: a single start is left.
    pub(super) fn are_signposted(&self) -> bool {
        self.starts.len() == 1
    }

    /// How the first look is taken where signposts lead: a draft holds beads of at most four segments.
    pub(super) fn first_look(&self) -> FirstLook {
        if self.starts.iter().any(Start::is_finely_cut) { FirstLook::Whole } else { FirstLook::Drafted }
    }

    /// Searches from every start worth trying; gives the one of the likeliest result, and that.
    pub(super) fn likeliest(
        self,
        scorer: &Scorer,
        options: &AlignOptions,
        search: &SearchOptions,
        first: FirstLook,
    ) -> Result<(Searched, Start), SearchError> {
        let Self { hints, size, starts } = self;
        let guide = if options.rounds == 0 { Guide::Hints } else { Guide::FirstLook(&hints) };
        let whole = (size.0 + 1) * (size.1 + 1) <= search.whole_cells;
        if first == FirstLook::Drafted {
            return likeliest(drafts(scorer, &hints, starts, options, search));
        }
        if starts.len() > 1 && !whole {
            return around_likeliest_draft(scorer, &hints, starts, options, search);
        }
        let held = (starts.len() > 1).then(|| scorer.token_costs());
        let tried: Vec<Tried> = starts
            .into_par_iter()
            .map(|start| {
                let mut model = scorer.model_from(&start);
                if let Some(costs) = &held {
                    model = model.with_token_costs(costs);
                }
                (search_near(&model, &options.pins, guide, search), start)
            })
            .collect();
        likeliest(tried)
    }
}

/// What drafts of the model find from each start; the model itself where it has no draft.
fn drafts(
    scorer: &Scorer,
    hints: &[Hint],
    starts: Vec<Start>,
    options: &AlignOptions,
    search: &SearchOptions,
) -> Vec<Tried> {
    let tried = starts.into_par_iter().map(|start| {
        let model = scorer.model_from(&start);
        let draft = model.draft();
        let draft = draft.as_deref().unwrap_or(&model);
        (search_near(draft, &options.pins, Guide::FirstLook(hints), search), start)
    });
    tried.collect()
}

/// In a long bitext drafts tell the starts apart, and around the likeliest draft is searched.
fn around_likeliest_draft(
    scorer: &Scorer,
    hints: &[Hint],
    starts: Vec<Start>,
    options: &AlignOptions,
    search: &SearchOptions,
) -> Result<(Searched, Start), SearchError> {
    let (drafted, start) = likeliest(drafts(scorer, hints, starts, options, search))?;
    let beads = &drafted.beads;
    let guide = if options.rounds == 0 { Guide::Final(beads) } else { Guide::Passing(beads) };
    let found = search_near(&scorer.model_from(&start), &options.pins, guide, search)?;
    Ok((Searched { cells: found.cells + drafted.cells, ..found }, start))
}

fn likeliest(tried: Vec<Tried>) -> Result<(Searched, Start), SearchError> {
    let mut best: Option<(Searched, Start)> = None;
    for (found, start) in tried {
        let found = found?;
        if best.as_ref().is_none_or(|(b, _)| found.likelihood > b.likelihood) {
            best = Some((found, start));
        }
    }
    Ok(best.expect("there is at least one start"))
}
