//! The scorer of one bitext: gathers the evidence, and fits the model round by round.
//!
//! In: a bitext, dictionaries, options; then, each round, the beads that are believed so far. Out: the
//! [`Model`] of the next round. Guarantee: deterministic.

use rustc_hash::FxHashMap;

use crate::bitext::{Bead, Bitext, EvidenceKind, LexiconWorth, Side, Sides};
use crate::lexicon::{
    Dictionary, KeyId, LearntPair, MOST_PAIRS, PairTable, PairTableBuilder, TrainingBead, Vocabulary, learn,
};
use crate::tuned::{learning, model as tuned};

use super::embedding::Embedded;
use super::encode::{EncodeError, TextEncoder};
use super::fit::{Fit, Weights};
use super::known::{Holders, Known, KnownPairs};
use super::model::{AnchorRatios, Model};
use super::nulls::NullPrior;
use super::options::ScoreOptions;
use super::prior::TypePrior;
use super::side_data::{Class, SideData};
use super::token_costs::TokenCosts;
use super::tokens::{AnchorIndex, Reading};
use super::vectors::TextVectors;
use super::worth::{Worth, worth};

/// All evidence of one bitext.
pub struct Scorer {
    pub(super) vocabularies: Sides<Vocabulary>,
    pub(super) sides: Sides<SideData>,
    pub(super) index: AnchorIndex,
    anchors: AnchorRatios,
    known: Vec<Known>,
    /// Which dictionaries hold known pairs, and what they were found to be worth.
    sources: Vec<Holders>,
    worth: Vec<Worth>,
    /// By side, the words that dictionaries know, with or without an equivalent opposite.
    pub(super) in_dictionaries: Sides<Vec<bool>>,
    /// Whether dictionaries know most of the running words of a side.
    pub(super) mostly_known: bool,
    /// Pairs known by their looks, sorted.
    pub(super) lookalikes: Vec<(u32, u32)>,
    learnt: Vec<LearntPair>,
    table: PairTable,
    fit: Fit,
    round: usize,
    start: Start,
    /// The share of words explained is not fitted above this.
    most_explained: f64,
    /// See [`ScoreOptions::unaided_stay_strength`].
    stay_strength: f64,
    embedded: Option<Embedded>,
    pub(super) options: ScoreOptions,
}

/// Where fitting may start from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Start {
    length_ratio: f64,
    prior: TypePrior,
}

impl Start {
    /// Whether so many segments are taken together on one side that beads of four segments are too short for most.
    pub(crate) fn is_finely_cut(&self) -> bool {
        self.prior.source_extends.max(self.prior.target_extends) > learning::FINE
    }
}

impl Fit {
    /// The same, begun from `start`.
    fn begun_at(self, start: &Start) -> Self {
        Self { length_ratio: start.length_ratio, prior: start.prior, ..self }
    }
}

impl Scorer {
    /// Gathers the evidence of `bitext`.
    pub fn new(bitext: &Bitext, dictionaries: &[&Dictionary], options: &ScoreOptions) -> Self {
        let reading = if options.reads_tokens() { Reading::Tokens } else { Reading::Lengths };
        let vocabulary = |side: Side| {
            let (document, language) = (bitext.documents.get(side), bitext.languages.get(side));
            match reading {
                Reading::Tokens => Vocabulary::with_dictionaries(document, language, dictionaries),
                Reading::Lengths => Vocabulary::without_words(document, language),
            }
        };
        let (source, target) = rayon::join(|| vocabulary(Side::Source), || vocabulary(Side::Target));
        let vocabularies = Sides::new(source, target);
        let (index, sides) = AnchorIndex::new(bitext, &vocabularies, reading);
        let known = KnownPairs::new(&vocabularies, dictionaries, options);
        let fit = Fit {
            length_ratio: options.length_ratio,
            length_variance: options.length_variance,
            shares: Sides::new(shares(options), shares(options)),
            prior: TypePrior::default(),
            null_enter: options.null_enter,
            null_stay: options.null_stay,
        };
        let mut scorer = Self {
            anchors: index.ratios(),
            index,
            vocabularies,
            sides,
            known: known.pairs,
            worth: Vec::new(),
            sources: known.sources,
            in_dictionaries: known.in_dictionaries,
            mostly_known: known.mostly,
            lookalikes: known.lookalikes,
            learnt: Vec::new(),
            table: PairTable::default(),
            fit,
            round: 0,
            start: Start { length_ratio: options.length_ratio, prior: TypePrior::default() },
            // Words learnt from beads explain those very beads better than any others: without a dictionary
            // the share found in them says too much, and what is not learnt yet would be given up.
            most_explained: if dictionaries.is_empty() { options.word_share } else { 0.6 },
            stay_strength: if known.mostly { options.stay_strength } else { options.unaided_stay_strength },
            embedded: None,
            options: options.clone(),
        };
        scorer.table = scorer.build_table();
        scorer
    }

    /// The model as it is fitted now.
    pub fn model(&self) -> Model<'_> {
        self.model_of(self.fit)
    }

    /// The model as it would be, had fitting begun from `start`.
    pub fn model_from(&self, start: &Start) -> Model<'_> {
        self.model_of(self.fit.begun_at(start))
    }

    /// The costs of tokens over the whole bitext, which are the same for every start.
    pub fn token_costs(&self) -> TokenCosts {
        TokenCosts::new(&self.model())
    }

    fn model_of(&self, fit: Fit) -> Model<'_> {
        let o = &self.options;
        let on = |kind, weight: f64| if o.without.contains(&kind) { 0.0 } else { weight };
        let weights = Weights {
            classes: Class::ALL.map(|class| match class {
                _ if !o.counts(class) => 0.0,
                Class::Word => o.word_weight,
                _ => o.anchor_weight,
            }),
            length: on(EvidenceKind::Length, if self.round == 0 { 1.0 } else { o.length_weight }),
            block_break: on(EvidenceKind::Structure, o.block_break),
            bead_type: on(EvidenceKind::BeadType, o.type_weight),
            both_sides: if self.mostly_known {
                let segments = self.sides.source.len().min(self.sides.target.len()) as f64;
                o.both_sides * o.both_sides_strength / (o.both_sides_strength + segments)
            } else {
                o.both_sides
            },
            dilution: o.dilution,
            stranger_chance: if self.mostly_known { o.stranger_chance } else { o.unaided_stranger_chance },
            most_against: if self.mostly_known { o.most_against } else { o.unaided_most_against },
            null_open: -(fit.null_enter / 2.0).ln() - (1.0 - fit.null_stay).ln() + fit.null_stay.ln(),
            null_extend: -fit.null_stay.ln(),
        };
        let target_keys = self.vocabularies.target.len();
        Model::new(self.sides.as_ref(), &self.table, &self.anchors, target_keys, fit, weights)
            .with_vectors(self.embedded.as_ref(), on(EvidenceKind::Embedding, o.embedding_weight))
    }

    /// Takes sentence vectors as evidence; ones that cannot be compared (of different dimensions) say nothing.
    pub fn take_vectors(&mut self, bitext: &Bitext, vectors: &Sides<TextVectors>) {
        self.embedded = Embedded::new(bitext, vectors);
    }

    /// Takes as evidence the vectors that `encoder` makes of the bitext's segments and runs of segments.
    ///
    /// Nothing is encoded where that evidence is left out.
    pub fn encode(&mut self, bitext: &Bitext, encoder: &dyn TextEncoder) -> Result<(), EncodeError> {
        if !self.options.without.contains(&EvidenceKind::Embedding) {
            self.embedded = Some(Embedded::encode(bitext, encoder)?);
        }
        Ok(())
    }

    /// The words of beads that are believed, to learn from.
    pub fn training(&self, believed: &[(Bead, f64)]) -> Vec<TrainingBead> {
        believed
            .iter()
            .map(|&(bead, weight)| TrainingBead {
                source: self.word_keys(Side::Source, bead.source.indices()),
                target: self.word_keys(Side::Target, bead.target.indices()),
                weight: weight as f32,
            })
            .collect()
    }

    /// About how many source segments hold, with the target segments opposite, as many pairs of words as learning
    /// takes in: half as many again, as not all of them are believed.
    pub fn enough_to_learn_from(&self) -> usize {
        const FEWEST: usize = 1_000;
        let (n, m) = (self.sides.source.len() as f64, self.sides.target.len() as f64);
        let words = |v: &Vocabulary| v.tokens() as f64;
        let pairs = words(&self.vocabularies.source) * words(&self.vocabularies.target) / (n * m).max(1.0);
        let of_one_row = pairs * (m / n.max(1.0)).max(1.0);
        (1.5 * MOST_PAIRS as f64 / of_one_row.max(1.0)).max(FEWEST as f64) as usize
    }

    /// Whether dictionaries know most of the running words of a side.
    pub(crate) const fn mostly_known(&self) -> bool {
        self.mostly_known
    }

    /// The words of both sides.
    pub const fn vocabularies(&self) -> &Sides<Vocabulary> {
        &self.vocabularies
    }

    /// Pairs of keys held to be translations before anything is learnt, with how likely, 0 to 1; a pair
    /// may come twice.
    pub fn known(&self) -> impl Iterator<Item = (KeyId, KeyId, f32)> + '_ {
        self.trusted().map(|k| (k.source, k.target, k.forward.max(k.backward)))
    }

    /// Learns word pairs from the beads that are believed; none where words are no evidence.
    pub fn induce(&self, believed: &[(Bead, f64)]) -> Vec<LearntPair> {
        if self.options.without.contains(&EvidenceKind::Words) {
            return Vec::new();
        }
        let known: FxHashMap<(u32, u32), f32> = self.known().map(|(s, t, p)| ((s, t), p)).collect();
        let (s, t) = (self.vocabularies.source.len(), self.vocabularies.target.len());
        learn(&self.training(believed), s, t, |s, t| known.get(&(s, t)).copied().unwrap_or(0.0))
    }

    /// Takes the word pairs learnt, and fits the length ratio, the bead types and the shares of words
    /// explained to the beads that are believed.
    pub fn learn(&mut self, believed: &[(Bead, f64)], learnt: Vec<LearntPair>) {
        self.learnt = learnt;
        self.worth = worth(&self.known, &self.sources, &self.sides, believed);
        self.table = self.build_table();
        self.fit_length(believed);
        self.fit_prior(believed);
        self.fit_shares(believed);
        self.round += 1;
    }

    /// Starting points worth trying: the documents may be whole translations of each other, or one may
    /// stand inside the other; one may be cut finer than the other. Where `signposts`, places that a path
    /// very likely passes, are many, the text between them says how long translations are and how finely they are cut.
    pub fn starts(&self, signposts: &[(usize, usize)]) -> Vec<Start> {
        if let Some((length_ratio, cut)) = self.between(signposts) {
            return vec![Start { length_ratio, prior: TypePrior::of_cut(cut) }];
        }
        let (n, m) = (self.sides.source.len(), self.sides.target.len());
        let totals = self.sides.target.length(0, m) / self.sides.source.length(0, n).max(1.0);
        let mut ratios = vec![1.0, 1.2, 1.45];
        if (0.4..2.5).contains(&totals) {
            ratios.push(totals);
        }
        let cut = m as f64 / (n as f64).max(1.0);
        let mut priors = vec![TypePrior::default()];
        // With more segments than that one text stands inside the other.
        if (0.3..3.5).contains(&cut) && TypePrior::of_cut(cut) != priors[0] {
            priors.push(TypePrior::of_cut(cut));
        }
        let of_ratio = |length_ratio| priors.iter().map(move |&prior| Start { length_ratio, prior });
        ratios.into_iter().flat_map(of_ratio).collect()
    }

    /// Between `signposts`, if these are many: the median ratio of the lengths; and how many target segments there are to a
    /// source segment, where no more than half of either text seems to be left out.
    fn between(&self, signposts: &[(usize, usize)]) -> Option<(f64, f64)> {
        const MANY: usize = 100;
        let rises = |w: &&[(usize, usize)]| w[0].0 < w[1].0 && w[0].1 < w[1].1;
        let lengths = |w: &[(usize, usize)]| {
            let source = self.sides.source.length(w[0].0, w[1].0).max(1.0);
            let target = self.sides.target.length(w[0].1, w[1].1).max(1.0);
            (target / source, source.min(target))
        };
        let gaps: Vec<&[(usize, usize)]> = signposts.windows(2).filter(rises).collect();
        if gaps.len() < MANY {
            return None;
        }
        let mut ratios: Vec<(f64, f64)> = gaps.iter().map(|gap| lengths(gap)).collect();
        ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
        let ratio = weighted_median(&ratios).filter(|r| (0.4..2.5).contains(r))?;
        let whole = gaps.iter().filter(|gap| (ratio / 2.0..=ratio * 2.0).contains(&lengths(gap).0));
        let (source, target) =
            whole.fold((0, 0), |sum, gap| (sum.0 + gap[1].0 - gap[0].0, sum.1 + gap[1].1 - gap[0].1));
        Some((ratio, target as f64 / source as f64))
    }

    /// How often runs of unaligned segments begin and how long they go on, from the best ladder with the
    /// probabilities of its beads.
    pub fn fit_nulls(&mut self, ladder: &[(Bead, f64)]) {
        let prior = NullPrior::of(ladder, &self.options, self.stay_strength);
        (self.fit.null_enter, self.fit.null_stay) = (prior.enter, prior.stay);
    }

    /// Begins from `start`.
    pub fn begin(&mut self, start: &Start) {
        self.start = *start;
        self.fit = self.fit.begun_at(start);
    }

    fn fit_prior(&mut self, believed: &[(Bead, f64)]) {
        let start = self.start.prior;
        let (mut beads, mut source, mut target) = (0.0, 0.0, 0.0);
        for (bead, weight) in believed {
            beads += weight;
            source += weight * bead.source.len() as f64;
            target += weight * bead.target.len() as f64;
        }
        let fitted = |segments: f64, prior: f64| {
            let pseudo = tuned::TYPE_BEADS / (1.0 - prior);
            (1.0 - (beads + tuned::TYPE_BEADS) / (segments + pseudo)).clamp(0.02, 0.7)
        };
        self.fit.prior = TypePrior {
            source_extends: fitted(source, start.source_extends),
            target_extends: fitted(target, start.target_extends),
        };
    }

    /// Whether a pair of word keys is one of names or lookalikes.
    pub(super) fn is_name(&self, source: u32, target: u32) -> bool {
        self.lookalikes.binary_search(&(source, target)).is_ok()
    }

    fn word_keys(&self, side: Side, segments: std::ops::Range<usize>) -> Vec<u32> {
        let data = self.sides.get(side);
        segments.flat_map(|s| data.tokens(s)).filter(|t| t.class == Class::Word).map(|t| t.key).collect()
    }

    /// Known pairs, as far as the dictionaries that hold them are trusted.
    pub(super) fn trusted(&self) -> impl Iterator<Item = Known> + '_ {
        self.known.iter().filter_map(|&k| {
            let trust = match self.worth.get(k.of as usize) {
                Some(worth) if !k.is_by_looks() => worth.trust as f32,
                _ => 1.0,
            };
            let trusted = Known { forward: trust * k.forward, backward: trust * k.backward, ..k };
            (trust >= tuned::LEAST_TRUST).then_some(trusted)
        })
    }

    /// What the pairs that each of the dictionaries given has alone were worth, in their order, by their names.
    pub fn lexicon_worth(&self, names: &[String]) -> Vec<LexiconWorth> {
        let of = |place: u32| self.sources.iter().position(|holders| holders[..] == [place]);
        (0..)
            .zip(names)
            .map(|(place, name)| match of(place).and_then(|at| self.worth.get(at)) {
                Some(worth) => LexiconWorth::new(name.clone(), worth.words, worth.found, worth.trust),
                None => LexiconWorth::new(name.clone(), 0.0, 0.0, 1.0),
            })
            .collect()
    }

    fn build_table(&self) -> PairTable {
        let mut builder = PairTableBuilder::default();
        for k in self.trusted() {
            builder.add(k.source, k.target, k.forward, k.backward);
        }
        let words = !self.options.without.contains(&EvidenceKind::Words);
        for p in self.learnt.iter().filter(|_| words) {
            builder.add(p.source, p.target, p.forward, p.backward);
        }
        builder.build(&self.vocabularies.source, &self.vocabularies.target, 2.0)
    }

    /// The length ratio of believed beads: their weighted median, drawn towards the prior.
    fn fit_length(&mut self, believed: &[(Bead, f64)]) {
        let mut ratios: Vec<(f64, f64)> = believed
            .iter()
            .map(|(b, w)| {
                let s = self.sides.source.length(b.source.start(), b.source.end());
                let t = self.sides.target.length(b.target.start(), b.target.end());
                ((t / s.max(1.0)).max(1e-3).ln(), w * s.min(t))
            })
            .collect();
        ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
        let Some(median) = weighted_median(&ratios) else { return };
        let n: f64 = believed.iter().map(|b| b.1).sum();
        let prior = self.start.length_ratio.ln();
        self.fit.length_ratio = ((median * n + prior * tuned::RATIO_BEADS) / (n + tuned::RATIO_BEADS)).exp();
    }

    /// The shares of words, numbers and dates that believed beads explain, drawn towards the prior (one step of
    /// expectation and maximisation of the mixture's weight).
    fn fit_shares(&mut self, believed: &[(Bead, f64)]) {
        /// So many beads, evenly spread, say enough about one number.
        const ENOUGH: usize = 600;
        const FITTED: [Class; 3] = [Class::Word, Class::Number, Class::Date];
        let model = self.model();
        let mut explained = Sides::new([0.0; Class::COUNT], [0.0; Class::COUNT]);
        let mut total = explained;
        for &(bead, weight) in believed.iter().step_by(believed.len().div_ceil(ENOUGH).max(1)) {
            let masses = model.bead_masses(bead);
            for side in Side::BOTH {
                let (own, other) = bead.seen_from(side);
                let given = model.sides.get(side.opposite()).class_counts(other.start, other.end);
                let shares = self.fit.shares.get(side);
                for (o, masses) in own.zip(masses.get(side)) {
                    let tokens = model.sides.get(side).tokens(o);
                    for &(k, mass) in masses {
                        let class = tokens[k as usize].class;
                        let share = shares[class as usize];
                        let r = share * f64::from(mass) / f64::from(class.alike(&given).max(1));
                        explained.get_mut(side)[class as usize] += weight * r / (1.0 - share + r);
                    }
                    let counts = model.sides.get(side).class_counts(o, o + 1);
                    for (total, count) in total.get_mut(side).iter_mut().zip(counts) {
                        *total += weight * f64::from(count);
                    }
                }
            }
        }
        let priors = shares(&self.options);
        for side in Side::BOTH {
            for class in FITTED {
                let place = class as usize;
                let (strength, most) = match class {
                    Class::Word => (self.options.share_strength, self.most_explained),
                    _ => (self.options.value_share_strength, MOST_VALUES_EXPLAINED),
                };
                let share = (explained.get(side)[place] + priors[place] * strength)
                    / (total.get(side)[place] + strength);
                self.fit.shares.get_mut(side)[place] = share.clamp(0.05, most);
            }
        }
    }

    /// What was fitted, in a line for diagnostics.
    pub fn describe(&self) -> String {
        format!(
            "ratio {:.2} {:.2}/{:.2} null {:.3}/{:.2} shares {:.2} {:.2} pairs {} learnt {}",
            self.fit.length_ratio,
            self.fit.prior.source_extends,
            self.fit.prior.target_extends,
            self.fit.null_enter,
            self.fit.null_stay,
            self.fit.shares.source[0],
            self.fit.shares.target[0],
            self.table.len(),
            self.learnt.len()
        )
    }
}

/// The median of sorted values, each with its weight; none if nothing weighs.
fn weighted_median(sorted: &[(f64, f64)]) -> Option<f64> {
    let half = sorted.iter().map(|r| r.1).sum::<f64>() / 2.0;
    let mut seen = 0.0;
    let reached = |r: &&(f64, f64)| {
        seen += r.1;
        half > 0.0 && seen >= half
    };
    sorted.iter().find(reached).map(|r| r.0)
}

/// Share of numbers or dates that is expected to be explained at most.
const MOST_VALUES_EXPLAINED: f64 = 0.9;

fn shares(o: &ScoreOptions) -> [f64; Class::COUNT] {
    let mut shares = [0.0; Class::COUNT];
    shares[Class::Word as usize] = o.word_share;
    shares[Class::Number as usize] = o.number_share;
    shares[Class::Date as usize] = o.date_share;
    shares[Class::Symbol as usize] = o.symbol_share;
    shares[Class::Mark as usize] = o.mark_share;
    shares[Class::MaybeNumber as usize] = o.maybe_share;
    shares[Class::MaybeDate as usize] = o.maybe_share;
    shares
}

#[cfg(test)]
mod tests {
    use super::weighted_median;

    #[test]
    fn half_the_weight_lies_on_either_side_of_the_median() {
        let median = |sorted: &[(f64, f64)]| weighted_median(sorted).map(|m| format!("{m:.1}"));
        assert_eq!(median(&[(1.0, 1.0), (2.0, 1.0), (3.0, 5.0)]).as_deref(), Some("3.0"));
        assert_eq!(median(&[(1.0, 2.0), (2.0, 2.0)]).as_deref(), Some("1.0"));
        assert_eq!((median(&[]), median(&[(1.0, 0.0), (2.0, 0.0)])), (None, None), "nothing weighs");
    }
}
