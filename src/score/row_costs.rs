//! What beads cost, row by row: their tokens, and lengths, type and shape beside them.
//!
//! In: a [`Model`] and a band. Out: [`RowCosts`]. Guarantee: equal to [`Model::bead`], to the unit. Costs of
//! tokens do not depend on where fitting starts from: those of a small bitext are read once
//! ([`TokenCosts`]) for all starts; where tokens say nothing, none are read.

use std::ops::Range;

use rayon::prelude::*;

use crate::bitext::{BeadType, DEAREST, RowCosts};

use super::gains::units;
use super::model::Model;
use super::prior::{LINKED, LONGEST, USUAL_LONGEST};
use super::rows::Rows;
use super::token_costs::TokenCosts;

impl TokenCosts {
    /// The costs under `model`: time and space O(source · target segments).
    pub(crate) fn new(model: &Model<'_>) -> Self {
        /// Rows that are read by one thread at a time.
        const CHUNK: usize = 24;
        let (n, m) = (model.sides.source.len(), model.sides.target.len());
        let mut costs = vec![0; n * m * LINKED.len()];
        let columns = vec![0..m; n];
        costs.par_chunks_mut((CHUNK * m * LINKED.len()).max(1)).enumerate().for_each(|(chunk, costs)| {
            let first = chunk * CHUNK;
            let columns = &columns[first..(first + CHUNK).min(n)];
            let mut rows = Rows::<LONGEST>::new(model, first, columns);
            for (row, costs) in costs.chunks_exact_mut(m * LINKED.len()).enumerate() {
                rows.fill(row, costs);
            }
        });
        Self { targets: m, costs }
    }
}

/// A reader of what the tokens of beads cost roughly.
pub(super) trait RoughTokens {
    /// Writes into `costs` what the tokens of beads of type `t` cost that start in row `row` of the band, at target
    /// segment `from` and those after it.
    fn fill(&mut self, row: usize, t: BeadType, from: usize, costs: &mut [i32]);
}

/// Where the costs of tokens come from.
enum Tokens<'a> {
    /// They are computed.
    Read(Box<Rows<'a, LONGEST>>),
    /// The same for the usual types alone.
    ReadUsual(Box<Rows<'a, USUAL_LONGEST>>),
    /// They were, for the whole bitext.
    Held(&'a TokenCosts),
    /// They are computed, roughly.
    Drafted(Box<dyn RoughTokens + 'a>),
    /// They say nothing.
    Silent,
}

/// The reader of rows.
pub(super) struct CostRows<'a> {
    tokens: Tokens<'a>,
    model: &'a Model<'a>,
    first: usize,
    columns: &'a [Range<usize>],
}

impl<'a> CostRows<'a> {
    /// A reader of beads of all types, or of the usual ones alone.
    pub(super) fn new(model: &'a Model<'a>, first: usize, columns: &'a [Range<usize>], usual: bool) -> Self {
        let tokens = match model.token_costs() {
            Some(costs) => Tokens::Held(costs),
            None if model.tokens_are_silent() => Tokens::Silent,
            None if usual => Tokens::ReadUsual(Box::new(Rows::new(model, first, columns))),
            None => Tokens::Read(Box::new(Rows::new(model, first, columns))),
        };
        Self { tokens, model, first, columns }
    }

    /// A reader of a draft of `model`, whose tokens `rows` reads.
    pub(super) fn draft(
        model: &'a Model<'a>,
        rows: impl RoughTokens + 'a,
        first: usize,
        columns: &'a [Range<usize>],
    ) -> Self {
        let silent = model.tokens_are_silent() && !model.embedded();
        let tokens = if silent { Tokens::Silent } else { Tokens::Drafted(Box::new(rows)) };
        Self { tokens, model, first, columns }
    }
}

impl RowCosts for CostRows<'_> {
    fn fill(&mut self, row: usize, costs: &mut [i32]) {
        let (n, m) = (self.model.sides.source.len(), self.model.sides.target.len());
        let (source, columns) = (self.first + row, self.columns[row].clone());
        let width = columns.len();
        match &mut self.tokens {
            Tokens::Read(rows) => rows.fill(row, costs),
            Tokens::ReadUsual(rows) => rows.fill(row, costs),
            _ => costs.fill(DEAREST),
        }
        if source >= n || columns.start >= m || width == 0 {
            return;
        }
        let sides = &self.model.sides;
        let s_lengths = sides.source.running_lengths();
        let t_lengths = &sides.target.running_lengths()[columns.start..];
        let t_breaks = &sides.target.running_breaks()[columns.start..];
        let t_headings = &sides.target.running_headings()[columns.start..];
        for ((index, t), costs) in LINKED.iter().enumerate().zip(costs.chunks_exact_mut(width)) {
            let (a, b) = (t.source as usize, t.target as usize);
            if source + a > n || columns.start + b > m {
                continue;
            }
            // Where beads of this type start and stay inside.
            let places = width.min(m + 1 - b - columns.start);
            let costs = &mut costs[..places];
            match &mut self.tokens {
                Tokens::Read(_) | Tokens::ReadUsual(_) => {}
                Tokens::Drafted(rows) => rows.fill(row, *t, columns.start, costs),
                Tokens::Held(held) => {
                    costs.copy_from_slice(held.get(source, index, columns.start..columns.start + places));
                }
                Tokens::Silent => costs.fill(0),
            }
            let rest = Rest {
                type_nats: self.model.type_cost(index),
                length: (s_lengths[source + a] - s_lengths[source]) as f32,
                breaks: sides.source.breaks(source, source + a),
                heading: u32::from(sides.source.has_heading(source, source + a)),
                lengths: (&t_lengths[..places], &t_lengths[b..][..places]),
                breaks_at: (&t_breaks[..places], &t_breaks[b - 1..][..places]),
                headings: (&t_headings[..places], &t_headings[b..][..places]),
            };
            rest.add_to(self.model, costs);
        }
    }
}

/// What beads of one type that start at a source segment cost beside their tokens, by the target segment at
/// which they start: of the target side running sums before and behind them.
struct Rest<'a> {
    type_nats: f32,
    length: f32,
    breaks: u32,
    heading: u32,
    lengths: (&'a [u32], &'a [u32]),
    breaks_at: (&'a [u32], &'a [u32]),
    headings: (&'a [u32], &'a [u32]),
}

impl Rest<'_> {
    /// Adds them to `costs`: in two steps, each of which runs in parallel lanes.
    fn add_to(&self, model: &Model<'_>, costs: &mut [i32]) {
        /// Places whose costs are at work together.
        const MOST: usize = 64;
        let mut nats = [0f32; MOST];
        for (part, costs) in costs.chunks_mut(MOST).enumerate() {
            let here = part * MOST..part * MOST + costs.len();
            let (before, behind) = (&self.lengths.0[here.clone()], &self.lengths.1[here.clone()]);
            let (first, last) = (&self.breaks_at.0[here.clone()], &self.breaks_at.1[here.clone()]);
            let (above, below) = (&self.headings.0[here.clone()], &self.headings.1[here]);
            let nats = &mut nats[..costs.len()];
            for k in 0..nats.len() {
                // As i32, which turns into f32 in lanes.
                let length = (behind[k] - before[k]) as i32 as f32;
                let breaks = self.breaks + (last[k] - first[k]);
                let unlike = self.heading ^ u32::from(below[k] > above[k]);
                nats[k] = model.rest_nats(self.type_nats, (self.length, length), (breaks, unlike));
            }
            for (cost, nats) in costs.iter_mut().zip(nats) {
                *cost += units(*nats);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use proptest::prelude::*;

    use crate::bitext::{Bead, Bitext, CostModel, DEAREST, EvidenceKind, Lang, SegmentedDocument, Sides};
    use crate::lexicon;
    use crate::score::{Model, ScoreOptions, Scorer};

    use super::LINKED;

    const ARABIC: [&str; 8] = ["الوزير", "مدينة", "كتب", "٢٠٢٤", "تموز", "قال", "12", "؟"];
    const ENGLISH: [&str; 8] = ["minister", "city", "wrote", "2024", "July", "said", "12", "?"];

    fn bitext(source: &[Vec<usize>], target: &[Vec<usize>]) -> Bitext {
        let lines = |words: &[&str], segments: &[Vec<usize>]| {
            let line = |s: &Vec<usize>| s.iter().map(|&w| words[w]).collect::<Vec<_>>().join(" ");
            SegmentedDocument::from_lines(&segments.iter().map(line).collect::<Vec<_>>())
        };
        Bitext {
            documents: Sides::new(lines(&ARABIC, source), lines(&ENGLISH, target)),
            languages: Sides::new(Lang::arabic(), Lang::english()),
        }
    }

    /// Compares what the rows of `model` say with what its beads cost.
    fn agree(model: &Model<'_>, from: usize) -> Result<(), TestCaseError> {
        let (n, m) = model.size();
        let columns: Vec<Range<usize>> = vec![from.min(m - 1)..m; n];
        let mut rows = model.rows(0, &columns);
        for (row, columns) in columns.iter().enumerate() {
            let mut costs = vec![0; columns.len() * LINKED.len()];
            rows.fill(row, &mut costs);
            for (at, column) in columns.clone().enumerate() {
                for (index, t) in LINKED.iter().enumerate() {
                    let (a, b) = (row + t.source as usize, column + t.target as usize);
                    let wanted = if a > n || b > m {
                        DEAREST
                    } else {
                        let bead = Bead::new((row as u32, a as u32), (column as u32, b as u32));
                        model.bead(bead).units() as i32
                    };
                    prop_assert_eq!(
                        costs[index * columns.len() + at],
                        wanted,
                        "{} at {}, {}",
                        t,
                        row,
                        column
                    );
                }
            }
        }
        Ok(())
    }

    fn side() -> impl Strategy<Value = Vec<Vec<usize>>> {
        proptest::collection::vec(proptest::collection::vec(0..ARABIC.len(), 1..7), 1..32)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn costs_at_hand_are_those_of_every_start(source in side(), target in side(), from in 0..32usize) {
            let bitext = bitext(&source, &target);
            let dictionaries: Vec<_> = lexicon::builtin(&bitext.languages).into_iter().collect();
            let scorer = Scorer::new(&bitext, &dictionaries, &ScoreOptions::default());
            let costs = scorer.token_costs();
            for start in scorer.starts(&[]) {
                agree(&scorer.model_from(&start).with_token_costs(&costs), from)?;
            }
        }

        #[test]
        fn tokens_that_weigh_nothing_are_not_read(source in side(), target in side()) {
            let without = EvidenceKind::ALL.into_iter().filter(|k| *k != EvidenceKind::Length).collect();
            let options = ScoreOptions { without, ..ScoreOptions::default() };
            let scorer = Scorer::new(&bitext(&source, &target), &[], &options);
            let model = scorer.model();
            prop_assert!(model.tokens_are_silent());
            agree(&model, 0)?;
        }
    }
}
