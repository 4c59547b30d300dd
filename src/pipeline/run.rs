//! One bitext on its way through the rounds: evidence, search, learning, and what is said of each bead.
//!
//! In: a bitext, options. Out: an [`Alignment`] with confidence, evidence and doubts. Guarantee: deterministic.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::AlignError;
use super::check::check;
use super::crossings;
use super::first_look::{FirstLook, Ways};
use super::listed::{BY_PLACE, Lists};
use super::options::{AlignOptions, Explanations};
use super::pinned::Pinned;
use crate::align::{Guide, SearchOptions, Searched, moved_blocks, search_near};
use crate::bitext::{
    AlignedBead, Alignment, Bead, Bitext, BuiltinLexicon, Cost, Crossing, Doubt, Rival, Side,
};
use crate::lexicon::{self, Dictionary, LearntPair};
use crate::score::{ScoreOptions, Scorer, confidence};
use crate::tuned::{deciding, learning};

/// A bitext on its way through the rounds of learning.
pub(super) struct Run<'a> {
    pub(super) bitext: &'a Bitext,
    options: &'a AlignOptions,
    search: SearchOptions,
    pub(super) scorer: Scorer,
    /// What the last search found.
    found: Searched,
    /// Lists in alphabetical order on both sides.
    lists: Lists,
    /// Rounds that are left.
    left: usize,
    /// The names of the dictionaries that serve.
    lexicons: Vec<String>,
}

/// How many rounds of learning there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rounds {
    /// As many as the options say.
    All,
    /// As many of them as it takes: where dictionaries know most words already, what further ones would learn of a long
    /// bitext changes next to nothing.
    Enough,
}

impl<'a> Run<'a> {
    /// Gathers the evidence and searches from the likeliest start, before anything is learnt.
    pub(super) fn begin(
        bitext: &'a Bitext,
        options: &'a AlignOptions,
        rounds: Rounds,
    ) -> Result<Self, AlignError> {
        check(options)?;
        let mut dictionaries: Vec<&Dictionary> = options
            .dictionaries
            .iter()
            .filter(|d| d.serves(&bitext.languages.source, &bitext.languages.target))
            .collect();
        if options.choices.builtin_lexicon == BuiltinLexicon::Used {
            dictionaries.extend(lexicon::builtin(&bitext.languages));
        }
        let lexicons = dictionaries.iter().map(|d| d.name().to_owned()).collect();
        let score = ScoreOptions { without: options.choices.without.clone(), ..options.score.clone() };
        let mut scorer = Scorer::new(bitext, &dictionaries, &score);
        if let Some(vectors) = &options.vectors {
            scorer.take_vectors(bitext, vectors);
        } else if let Some(encoder) = &options.encoder {
            scorer.encode(bitext, &**encoder)?;
        }
        // Steps on the way look at no more than is learnt from.
        let sample = options.search.sample.min(scorer.enough_to_learn_from());
        let search = SearchOptions { sample, ..options.search };
        let ways = Ways::of(&scorer);
        let (n, m) = ways.size;
        let long = (n + 1) * (m + 1) > search.proof_cells;
        let (mut left, mut first) = (options.rounds, FirstLook::Whole);
        if rounds == Rounds::Enough && long && scorer.mostly_known() {
            left = left.min(learning::ROUNDS_OF_LONG);
            if ways.are_signposted() && left > 0 {
                (left, first) = (learning::ROUNDS_OF_SIGNPOSTED, ways.first_look());
            }
        }
        let (found, start) = ways.likeliest(&scorer, options, &search, first)?;
        scorer.begin(&start);
        let lists = Lists::find(bitext, &scorer.model(), &found.beads);
        Ok(Self { bitext, options, search, scorer, found, lists, left, lexicons })
    }

    /// Rounds that are left.
    pub(super) const fn left(&self) -> usize {
        self.left
    }

    /// The linked beads sure enough to learn from, with their posteriors. Entries of a list that are paired by their
    /// place are not.
    pub(super) fn believed(&self) -> Vec<(Bead, f64)> {
        let sure =
            |(b, p): &&(Bead, f64)| !b.is_null() && *p >= self.options.believe && !self.lists.is_by_place(*b);
        self.found.posteriors.iter().filter(sure).copied().collect()
    }

    /// Fits the model to the beads that are believed and to the pairs learnt, and searches again.
    pub(super) fn next(
        &mut self,
        believed: &[(Bead, f64)],
        learnt: Vec<LearntPair>,
    ) -> Result<(), AlignError> {
        let ladder = with_probabilities(&self.found);
        self.scorer.learn(believed, learnt);
        self.scorer.fit_nulls(&ladder);
        self.left = self.left.saturating_sub(1);
        let before = &self.found.beads;
        let guide = if self.left == 0 { Guide::Final(before) } else { Guide::Passing(before) };
        self.found = search_near(&self.scorer.model(), &self.options.pins, guide, &self.search)?;
        Ok(())
    }

    /// Adds moved blocks, confidence, evidence and doubts.
    pub(super) fn finish(self) -> Alignment {
        let believed = self.believed();
        let Self { bitext, options, search, scorer, mut found, lists, left: _, lexicons } = self;
        let model = scorer.model();
        let pinned = Pinned::new(&options.pins);
        let crossing = options.choices.crossing == Crossing::Allowed;
        let mut last = with_probabilities(&found);
        if crossing {
            last = unlinked(last, |bead| lists.is_misplaced(bead) && !pinned.holds(bead));
        }
        // What is pinned to have no counterpart cannot have moved.
        let ladder: Vec<Bead> =
            last.iter().map(|(bead, _)| *bead).filter(|bead| !pinned.keeps_alone(*bead)).collect();
        let mut beads: Vec<(Bead, f64, bool)> = last.into_iter().map(|(bead, p)| (bead, p, false)).collect();
        if crossing {
            // The search before went by the same model and options.
            let (mut blocks, cut_short) = moved_blocks(&model, &ladder, &search).unwrap_or_default();
            found.cut_short |= cut_short;
            blocks.retain(|block| !block.beads.iter().any(|bead| pinned.parts(*bead)));
            let entries = lists.pairs().filter(|(bead, _)| !pinned.parts(*bead));
            beads = crossings::add(beads, entries, blocks);
        }
        let fixed: Vec<(Bead, bool)> =
            beads.iter().map(|&(bead, _, _)| (bead, !bead.is_null() && pinned.holds(bead))).collect();
        let related = scorer.related(&model, &believed, &fixed);
        // What the last search read of the beads' costs is not worked out again, where no explanation does so anyway.
        let costs: FxHashMap<Bead, Cost> = match options.explanations {
            Explanations::Full => FxHashMap::default(),
            Explanations::Omitted => {
                let known = found.beads.iter().zip(&found.costs);
                known.filter_map(|(bead, cost)| Some((*bead, (*cost)?))).collect()
            }
        };
        let rivals = (options.explanations == Explanations::Full).then(|| Rivals::new(&found.posteriors));
        let aligned: Vec<AlignedBead> = beads
            .into_par_iter()
            .zip(related)
            .map(|((bead, p, crossing), related)| {
                let mut aligned = AlignedBead::bare(bead);
                aligned.crossing = crossing;
                aligned.cost = match options.explanations {
                    Explanations::Omitted => {
                        costs.get(&bead).copied().unwrap_or_else(|| scorer.cost(&model, bead))
                    }
                    Explanations::Full => {
                        let explanation = scorer.explain(&model, bitext, bead);
                        aligned.evidence = explanation.evidence;
                        aligned.doubts = explanation.doubts;
                        explanation.cost
                    }
                };
                aligned.pinned = pinned.holds(bead);
                // That a segment stands alone does not depend on whether others are related.
                let related = if bead.is_null() { 1.0 } else { related };
                aligned.confidence = Some(if aligned.pinned { 1.0 } else { confidence(p, related) });
                let by_place = !crossing && lists.is_by_place(bead) && !aligned.pinned;
                if by_place {
                    aligned.confidence = aligned.confidence.map(|sure| sure.min(BY_PLACE));
                }
                let unrelated = by_place || related < deciding::UNRELATED;
                if unrelated && options.explanations == Explanations::Full && !aligned.pinned {
                    aligned.doubts.push(Doubt::PerhapsUnrelated);
                }
                if let Some(rivals) = &rivals
                    && !aligned.pinned
                    && !crossing
                {
                    aligned.rivals = rivals.of(bead);
                }
                if let Some(close) = aligned.rivals.first().filter(|r| r.probability >= 0.3 * p) {
                    let probability = close.probability;
                    aligned.doubts.push(Doubt::CloseRival { probability });
                }
                aligned
            })
            .collect();
        let (n, m) = (bitext.documents.source.len(), bitext.documents.target.len());
        Alignment::new(aligned, n, m)
            .expect("a ladder with moved blocks still covers both sides once")
            .with_search_cut_short(found.cut_short)
            .with_lexicons(scorer.lexicon_worth(&lexicons))
    }
}

/// The ladder with each bead that `wrong` names taken apart: its segments stand alone.
fn unlinked(ladder: Vec<(Bead, f64)>, wrong: impl Fn(Bead) -> bool) -> Vec<(Bead, f64)> {
    let mut out = Vec::with_capacity(ladder.len());
    for (bead, p) in ladder {
        if bead.is_null() || !wrong(bead) {
            out.push((bead, p));
            continue;
        }
        let (source, target) = (bead.source, bead.target);
        let before = target.start() as u32;
        // What no entry opposite tells is as likely to have none as one.
        let alone = 0.5;
        out.extend(source.indices().map(|i| (Bead::new((i as u32, i as u32 + 1), (before, before)), alone)));
        let after = source.end() as u32;
        out.extend(target.indices().map(|j| (Bead::new((after, after), (j as u32, j as u32 + 1)), alone)));
    }
    out
}

/// Beads by the segments that they hold, to look up what else might stand in a bead's place.
struct Rivals {
    by_source: BTreeMap<u32, Vec<(Bead, f64)>>,
    by_target: BTreeMap<u32, Vec<(Bead, f64)>>,
}

impl Rivals {
    /// Rivals less likely than this are not worth a linguist's look.
    const LEAST: f64 = 0.05;
    const MOST: usize = 3;

    fn new(posteriors: &[(Bead, f64)]) -> Self {
        let mut rivals = Self { by_source: BTreeMap::new(), by_target: BTreeMap::new() };
        for &(bead, p) in posteriors.iter().filter(|(b, p)| !b.is_null() && *p >= Self::LEAST) {
            for s in bead.source.indices() {
                rivals.by_source.entry(s as u32).or_default().push((bead, p));
            }
            for t in bead.target.indices() {
                rivals.by_target.entry(t as u32).or_default().push((bead, p));
            }
        }
        rivals
    }

    /// The likeliest linked beads that share a segment with `bead`, likeliest first.
    fn of(&self, bead: Bead) -> Vec<Rival> {
        let sources = bead.source.indices().filter_map(|s| self.by_source.get(&(s as u32)));
        let targets = bead.target.indices().filter_map(|t| self.by_target.get(&(t as u32)));
        let mut found: Vec<(Bead, f64)> = sources.chain(targets).flatten().copied().collect();
        found.retain(|(b, _)| *b != bead);
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.dedup_by_key(|(b, _)| *b);
        found.truncate(Self::MOST);
        found.into_iter().map(|(bead, probability)| Rival { bead, probability }).collect()
    }
}

/// The ladder's beads that were looked at, with their posteriors; that of an unaligned segment is the sum over all
/// places where it may stand.
///
/// The cheapest ladder may link segments that are each likely unaligned, the ways of leaving them
/// unaligned being many: such a bead is taken apart.
fn with_probabilities(found: &Searched) -> Vec<(Bead, f64)> {
    let mut linked: FxHashMap<Bead, f64> = FxHashMap::default();
    let mut unaligned: FxHashMap<(Side, usize), f64> = FxHashMap::default();
    for &(bead, p) in &found.posteriors {
        if bead.source.is_empty() {
            *unaligned.entry((Side::Target, bead.target.start())).or_default() += p;
        } else if bead.target.is_empty() {
            *unaligned.entry((Side::Source, bead.source.start())).or_default() += p;
        } else {
            linked.insert(bead, p);
        }
    }
    let alone = |side, segment| unaligned.get(&(side, segment)).copied().unwrap_or(0.0).min(1.0);
    let mut out = Vec::with_capacity(found.beads.len());
    for &bead in found.looked_at.iter().flat_map(|range| &found.beads[range.clone()]) {
        let p = linked.get(&bead).copied().unwrap_or(0.0).min(1.0);
        let apart = bead.is_null()
            || (bead.source.indices().all(|s| alone(Side::Source, s) > p * deciding::SHARE_ALONE)
                && bead.target.indices().all(|t| alone(Side::Target, t) > p * deciding::SHARE_ALONE));
        if !apart {
            out.push((bead, p));
            continue;
        }
        let (s, t) = (bead.source, bead.target);
        let before = t.start() as u32;
        out.extend(
            s.indices()
                .map(|i| (Bead::new((i as u32, i as u32 + 1), (before, before)), alone(Side::Source, i))),
        );
        let after = s.end() as u32;
        out.extend(
            t.indices()
                .map(|j| (Bead::new((after, after), (j as u32, j as u32 + 1)), alone(Side::Target, j))),
        );
    }
    out
}
