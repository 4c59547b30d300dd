//! The one place that names the stages in order: where a newcomer starts.
//!
//! In: a bitext (read and segmented), options. Out: an [`Alignment`] with confidence and evidence.
//! Guarantee: the same input gives the same output on any number of threads; pins are honoured.

mod pinned;
mod together;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::align::{Guide, PinError, SearchOptions, Searched, moved_blocks, search_near, signposts};
use crate::bitext::{AlignedBead, Alignment, Bead, Bitext, CostModel, Doubt, Hint, Pin, Rival, Side, Sides};
use crate::lexicon::{self, Dictionary, LearntPair};
use crate::score::{EncodeError, ScoreOptions, Scorer, Start, TextEncoder, TextVectors, confidence};

use pinned::Pinned;

pub use together::{align_together, learn, learn_together};

/// Options of an alignment.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct AlignOptions {
    /// The scoring model.
    pub score: ScoreOptions,
    /// The search.
    pub search: SearchOptions,
    /// Places that the alignment must keep.
    pub pins: Vec<Pin>,
    /// Dictionaries to use besides the built-in one and what is learnt from the documents.
    pub dictionaries: Vec<Dictionary>,
    /// Whether the built-in lexicon is used, where it knows the languages.
    pub builtin_lexicon: BuiltinLexicon,
    /// Sentence vectors of both sides' texts, if there are any.
    pub vectors: Option<Arc<Sides<TextVectors>>>,
    /// What makes sentence vectors of the texts, such as a model folder; where there are `vectors`, they count.
    pub encoder: Option<Arc<dyn TextEncoder>>,
    /// Rounds of learning from the documents themselves.
    pub rounds: usize,
    /// Beads of at least this posterior are learnt from, 0 to 1.
    pub believe: f64,
    /// Whether blocks may cross.
    pub crossing: Crossing,
    /// Whether each bead says why it stands.
    pub explanations: Explanations,
}

/// Whether the alignment may hold blocks that cross the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Crossing {
    /// Moved blocks are looked for after the monotone pass.
    #[default]
    Allowed,
    /// Monotone only.
    Forbidden,
}

/// Whether each bead carries its evidence and what is doubtful in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Explanations {
    /// Evidence and doubts, itemised.
    #[default]
    Full,
    /// Beads with their costs and confidence alone: faster, for whoever keeps no more than these.
    Omitted,
}

/// Whether the lexicon that ships is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BuiltinLexicon {
    /// Where it knows both languages.
    #[default]
    Used,
    /// Not at all.
    Omitted,
}

impl Default for AlignOptions {
    fn default() -> Self {
        Self {
            score: ScoreOptions::default(),
            search: SearchOptions::default(),
            pins: Vec::new(),
            dictionaries: Vec::new(),
            builtin_lexicon: BuiltinLexicon::default(),
            vectors: None,
            encoder: None,
            rounds: 3,
            believe: 0.8,
            crossing: Crossing::default(),
            explanations: Explanations::default(),
        }
    }
}

/// A bitext that cannot be aligned as asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AlignError {
    /// No alignment keeps the pins.
    #[error(transparent)]
    Pins(#[from] PinError),
    /// A text has no sentence vector because its encoder failed.
    #[error(transparent)]
    Encode(#[from] EncodeError),
}

/// Aligns a bitext.
pub fn align(bitext: &Bitext, options: &AlignOptions) -> Result<Alignment, AlignError> {
    let mut run = Run::begin(bitext, options)?;
    for _ in 0..options.rounds {
        let believed = run.believed();
        let learnt = run.scorer.induce(&believed);
        run.next(&believed, learnt)?;
    }
    Ok(run.finish())
}

/// A bitext on its way through the rounds of learning.
struct Run<'a> {
    bitext: &'a Bitext,
    options: &'a AlignOptions,
    search: SearchOptions,
    scorer: Scorer,
    /// What the last search found.
    found: Searched,
    /// Rounds that are left.
    left: usize,
}

impl<'a> Run<'a> {
    /// Gathers the evidence and searches from the likeliest start, before anything is learnt.
    fn begin(bitext: &'a Bitext, options: &'a AlignOptions) -> Result<Self, AlignError> {
        let mut dictionaries: Vec<&Dictionary> = options
            .dictionaries
            .iter()
            .filter(|d| d.serves(&bitext.languages.source, &bitext.languages.target))
            .collect();
        if options.builtin_lexicon == BuiltinLexicon::Used {
            dictionaries.extend(lexicon::builtin(&bitext.languages));
        }
        let mut scorer = Scorer::new(bitext, &dictionaries, &options.score);
        if let Some(vectors) = &options.vectors {
            scorer.take_vectors(bitext, vectors);
        } else if let Some(encoder) = &options.encoder {
            scorer.encode(bitext, &**encoder)?;
        }
        // Steps on the way look at no more than is learnt from.
        let sample = options.search.sample.min(scorer.enough_to_learn_from());
        let search = SearchOptions { sample, ..options.search };
        let (found, start) = likeliest_start(&scorer, options, &search)?;
        scorer.begin(&start);
        Ok(Self { bitext, options, search, scorer, found, left: options.rounds })
    }

    /// The linked beads sure enough to learn from, with their posteriors.
    fn believed(&self) -> Vec<(Bead, f64)> {
        let sure = |(b, p): &&(Bead, f64)| !b.is_null() && *p >= self.options.believe;
        self.found.posteriors.iter().filter(sure).copied().collect()
    }

    /// Fits the model to the beads that are believed and to the pairs learnt, and searches again.
    fn next(&mut self, believed: &[(Bead, f64)], learnt: Vec<LearntPair>) -> Result<(), AlignError> {
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
    fn finish(self) -> Alignment {
        let believed = self.believed();
        let Self { bitext, options, search, scorer, found, left: _ } = self;
        let model = scorer.model();
        let pinned = Pinned::new(&options.pins);
        let last = with_probabilities(&found);
        // What is pinned to have no counterpart cannot have moved.
        let ladder: Vec<Bead> =
            last.iter().map(|(bead, _)| *bead).filter(|bead| !pinned.keeps_alone(*bead)).collect();
        let mut beads: Vec<(Bead, f64, bool)> = last.into_iter().map(|(bead, p)| (bead, p, false)).collect();
        if options.crossing == Crossing::Allowed {
            for block in moved_blocks(&model, &ladder, &search) {
                beads.retain(|(b, _, _)| !b.is_null() || !block.covers(*b));
                beads.extend(block.beads.iter().zip(&block.confidence).map(|(&bead, &p)| (bead, p, true)));
            }
        }
        let fixed: Vec<(Bead, bool)> =
            beads.iter().map(|&(bead, _, _)| (bead, !bead.is_null() && pinned.holds(bead))).collect();
        let related = scorer.related(&model, &believed, &fixed);
        // What is not related after all may rather stand alone, as the posterior by itself did not know.
        let alone = Alone::new(&found);
        let (beads, related): (Vec<_>, Vec<_>) = beads
            .into_iter()
            .zip(related)
            .flat_map(|((bead, p, crossing), related)| {
                let stays = bead.is_null() || crossing || pinned.holds(bead);
                if stays || !alone.outweighs(bead, confidence(p, related)) {
                    vec![((bead, p, crossing), related)]
                } else {
                    alone.apart(bead).map(|(bead, p)| ((bead, p, false), 1.0)).collect()
                }
            })
            .unzip();
        let rivals = (options.explanations == Explanations::Full).then(|| Rivals::new(&found.posteriors));
        let aligned: Vec<AlignedBead> = beads
            .into_par_iter()
            .zip(related)
            .map(|((bead, p, crossing), related)| {
                let mut aligned = AlignedBead::bare(bead);
                aligned.crossing = crossing;
                aligned.cost = match options.explanations {
                    Explanations::Omitted => scorer.cost(&model, bead),
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
                if related < UNRELATED && options.explanations == Explanations::Full && !aligned.pinned {
                    aligned.doubts.push(Doubt::PerhapsUnrelated);
                }
                if let Some(rivals) = &rivals
                    && !aligned.pinned
                    && !crossing
                {
                    aligned.rivals = rivals.of(bead);
                }
                if let Some(close) = aligned.rivals.first().filter(|r| r.probability >= 0.3 * p) {
                    aligned.doubts.push(Doubt::CloseRival(close.clone()));
                }
                aligned
            })
            .collect();
        let (n, m) = (bitext.documents.source.len(), bitext.documents.target.len());
        Alignment::new(aligned, n, m)
            .expect("a ladder with moved blocks still covers both sides once")
            .with_search_cut_short(found.cut_short)
    }
}

/// Searches from every start worth trying; gives the one of the likeliest result, and that.
fn likeliest_start(
    scorer: &Scorer,
    options: &AlignOptions,
    search: &SearchOptions,
) -> Result<(Searched, Start), PinError> {
    // Hints do not depend on where fitting starts from.
    let (hints, size) = {
        let model = scorer.model();
        (model.hints(), model.size())
    };
    let guide = if options.rounds == 0 { Guide::Hints } else { Guide::FirstLook(&hints) };
    let signposts = signposts(&hints, size);
    let starts = scorer.starts(&signposts);
    let whole = (size.0 + 1) * (size.1 + 1) <= search.whole_cells;
    if starts.len() > 1 && !whole {
        return likeliest_draft(scorer, &hints, starts, options, search);
    }
    let held = (starts.len() > 1).then(|| scorer.token_costs());
    let tried: Vec<(Result<Searched, PinError>, Start)> = starts
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

/// The same for a long bitext: drafts tell the starts apart, and around the likeliest draft is searched.
fn likeliest_draft(
    scorer: &Scorer,
    hints: &[Hint],
    starts: Vec<Start>,
    options: &AlignOptions,
    search: &SearchOptions,
) -> Result<(Searched, Start), PinError> {
    let tried = starts.into_par_iter().map(|start| {
        let model = scorer.model_from(&start);
        let draft = model.draft();
        let draft = draft.as_deref().unwrap_or(&model);
        (search_near(draft, &options.pins, Guide::FirstLook(hints), search), start)
    });
    let (drafted, start) = likeliest(tried.collect())?;
    let beads = &drafted.beads;
    let guide = if options.rounds == 0 { Guide::Final(beads) } else { Guide::Passing(beads) };
    let found = search_near(&scorer.model_from(&start), &options.pins, guide, search)?;
    Ok((Searched { cells: found.cells + drafted.cells, ..found }, start))
}

fn likeliest(tried: Vec<(Result<Searched, PinError>, Start)>) -> Result<(Searched, Start), PinError> {
    let mut best: Option<(Searched, Start)> = None;
    for (found, start) in tried {
        let found = found?;
        if best.as_ref().is_none_or(|(b, _)| found.likelihood > b.likelihood) {
            best = Some((found, start));
        }
    }
    Ok(best.expect("there is at least one start"))
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

/// A bead whose sides are less likely related than this may not be a translation.
const UNRELATED: f64 = 0.5;

/// A link of probability p is given up when each of its segments is unaligned with a probability above
/// `SHARE_ALONE` × p. It is below 1, since a wrong unit in a translation memory costs more than a missing one.
const SHARE_ALONE: f64 = 0.4;

/// The ladder's beads that were looked at, with their posteriors; that of an unaligned segment is the sum over all
/// places where it may stand.
///
/// The cheapest ladder may link segments that are each likely unaligned, the ways of leaving them
/// unaligned being many: such a bead is taken apart.
fn with_probabilities(found: &Searched) -> Vec<(Bead, f64)> {
    let alone = Alone::new(found);
    let linked: FxHashMap<Bead, f64> =
        found.posteriors.iter().copied().filter(|(bead, _)| !bead.is_null()).collect();
    let mut out = Vec::with_capacity(found.beads.len());
    for &bead in found.looked_at.iter().flat_map(|range| &found.beads[range.clone()]) {
        let p = linked.get(&bead).copied().unwrap_or(0.0).min(1.0);
        if bead.is_null() || alone.outweighs(bead, p) {
            out.extend(alone.apart(bead));
        } else {
            out.push((bead, p));
        }
    }
    out
}

/// The probability of each segment that it is unaligned, over all places where it may stand.
struct Alone(FxHashMap<(Side, usize), f64>);

impl Alone {
    fn new(found: &Searched) -> Self {
        let mut unaligned: FxHashMap<(Side, usize), f64> = FxHashMap::default();
        for &(bead, p) in found.posteriors.iter().filter(|(bead, _)| bead.is_null()) {
            let segment = if bead.source.is_empty() {
                (Side::Target, bead.target.start())
            } else {
                (Side::Source, bead.source.start())
            };
            *unaligned.entry(segment).or_default() += p;
        }
        Self(unaligned)
    }

    fn of(&self, side: Side, segment: usize) -> f64 {
        self.0.get(&(side, segment)).copied().unwrap_or(0.0).min(1.0)
    }

    /// Whether each segment of `bead`, a link of probability `p`, rather stands alone.
    fn outweighs(&self, bead: Bead, p: f64) -> bool {
        bead.source.indices().all(|s| self.of(Side::Source, s) > p * SHARE_ALONE)
            && bead.target.indices().all(|t| self.of(Side::Target, t) > p * SHARE_ALONE)
    }

    /// The segments of `bead`, each alone, with the probability that it is.
    fn apart(&self, bead: Bead) -> impl Iterator<Item = (Bead, f64)> {
        let (s, t) = (bead.source, bead.target);
        let (before, after) = (t.start() as u32, s.end() as u32);
        let source = s
            .indices()
            .map(move |i| (Bead::new((i as u32, i as u32 + 1), (before, before)), self.of(Side::Source, i)));
        let target = t
            .indices()
            .map(move |j| (Bead::new((after, after), (j as u32, j as u32 + 1)), self.of(Side::Target, j)));
        source.chain(target)
    }
}
