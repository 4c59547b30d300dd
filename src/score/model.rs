//! The scoring model: what a bead costs, from lengths, words, anchors and its type.
//!
//! In: both sides as numbers, the table of word pairs, parameters fitted to the bitext. Out: [`Cost`]s
//! through the trait [`CostModel`]. Guarantee: pure; [`Model::bead`] and the row reader agree to the unit.

use std::ops::Range;

use crate::bitext::{Bead, BeadType, Side, Sides};
use crate::lexicon::PairTable;

use super::embedding::Embedded;
use super::fit::{Fit, Weights, diluted, length_nats};
use super::gains::{Gains, Unexplained, bounded, units};
use super::ln::{ln, ln_f32};
use super::prior::LINKED;
use super::side_data::{Class, SideData, Token};
use super::token_costs::TokenCosts;

/// An anchor key's ratios 1 / p(key), by the side that it is expected on.
pub(crate) type AnchorRatios = Vec<Sides<f32>>;

/// The model of one bitext.
#[derive(Debug, Clone)]
pub struct Model<'a> {
    pub(crate) sides: Sides<&'a SideData>,
    pub(crate) table: &'a PairTable,
    pub(crate) anchors: &'a AnchorRatios,
    pub(crate) fit: Fit,
    pub(crate) weights: Weights,
    type_costs: Vec<f32>,
    target_keys: usize,
    /// ln(1 − share), by side and class.
    unexplained: Sides<[f64; Class::COUNT]>,
    /// share / (1 − share), by side and class.
    odds: Sides<[f32; Class::COUNT]>,
    /// 1 / (how much so many tokens opposite dilute an explanation), by their number.
    undiluted: Vec<f32>,
    /// Weights by class.
    class_weights: [f32; Class::COUNT],
    /// Tokens of the target segments that something may explain, with their places in the segments.
    explainable: Vec<(u32, Token)>,
    explainable_offsets: Vec<u32>,
    /// For each segment the cost of its tokens if nothing opposite explains them.
    base: Sides<Vec<f32>>,
    /// By side, whether a word key has any pair in the table.
    known: Sides<Vec<bool>>,
    /// For each segment how many of its words have a pair.
    known_words: Sides<Vec<f32>>,
    /// Words without any pair in the segments before each, and in all.
    strangers: Sides<Vec<u32>>,
    /// The costs of tokens, where they were read for the whole bitext.
    token_costs: Option<&'a TokenCosts>,
    /// Sentence vectors and their weight, where there are any.
    embedded: Option<(&'a Embedded, f64)>,
}

/// Tokens of a segment that a window opposite explains, in the order in which the window's segments first
/// explain them: token index, and by how much.
pub(crate) type Masses = Vec<(u32, f32)>;

/// What the tokens of a segment gain by one window opposite.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given {
    /// By class, what a token's mass is multiplied by to give the odds that it is explained.
    coefficients: [f32; Class::COUNT],
    /// What each word that has a pair gains by chance, in nats.
    chance: f32,
}

/// What words gain by windows of 1 to `W` segments opposite.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WordWindows<const W: usize> {
    /// What their masses are multiplied by to give the odds that they are explained.
    pub(crate) coefficients: [f32; W],
    /// What each word that has a pair gains by chance, in nats.
    pub(crate) chance: [f32; W],
}

/// Dilutions are looked up for windows of fewer tokens than this.
const DILUTIONS: usize = 4096;

impl<'a> Model<'a> {
    pub(crate) fn new(
        sides: Sides<&'a SideData>,
        table: &'a PairTable,
        anchors: &'a AnchorRatios,
        target_keys: usize,
        fit: Fit,
        weights: Weights,
    ) -> Self {
        let type_costs = LINKED
            .iter()
            .map(|&t| (weights.bead_type * fit.prior.nats(t, weights.both_sides)) as f32)
            .collect();
        let unexplained = fit.shares.map(|shares| {
            Class::ALL.map(|class| if class.is_expected() { ln(1.0 - shares[class as usize]) } else { 0.0 })
        });
        let odds = fit.shares.map(|shares| shares.map(|share| (share / (1.0 - share)) as f32));
        let undiluted = (0..DILUTIONS).map(|count| 1.0 / diluted(&weights, count as u32)).collect();
        let class_weights = weights.classes.map(|weight| weight as f32);
        let mut known = Sides::new(vec![false; table.rows()], vec![false; target_keys]);
        for key in 0..table.rows() {
            for r in table.row(key as u32) {
                known.source[key] = true;
                known.target[r.target as usize] = true;
            }
        }
        let base = |side: Side| -> Vec<f32> {
            let data = sides.get(side);
            let (known, unexplained) = (known.get(side), unexplained.get(side));
            let cost = |t: &Token| {
                if t.class == Class::Word && !known[t.key as usize] {
                    0.0
                } else {
                    -weights.classes[t.class as usize] * unexplained[t.class as usize]
                }
            };
            (0..data.len()).map(|segment| data.tokens(segment).iter().map(cost).sum::<f64>() as f32).collect()
        };
        let base = Sides::new(base(Side::Source), base(Side::Target));
        let words = |side: Side| -> (Vec<f32>, Vec<u32>) {
            let (data, known) = (sides.get(side), known.get(side));
            let (mut known_words, mut strangers, mut sum) = (Vec::with_capacity(data.len()), vec![0], 0);
            for segment in 0..data.len() {
                let words = data.tokens(segment).iter().filter(|t| t.class == Class::Word);
                let (all, with_pair) = words.fold((0, 0), |(all, with_pair), t| {
                    (all + 1, with_pair + u32::from(known[t.key as usize]))
                });
                known_words.push(with_pair as f32);
                sum += all - with_pair;
                strangers.push(sum);
            }
            (known_words, strangers)
        };
        let (source, target) = (words(Side::Source), words(Side::Target));
        let (known_words, strangers) = (Sides::new(source.0, target.0), Sides::new(source.1, target.1));
        let (mut explainable, mut explainable_offsets) = (Vec::new(), vec![0]);
        for segment in 0..sides.target.len() {
            let tokens = (0u32..).zip(sides.target.tokens(segment).iter().copied());
            explainable
                .extend(tokens.filter(|(_, t)| t.class != Class::Word || known.target[t.key as usize]));
            explainable_offsets.push(explainable.len() as u32);
        }
        Self {
            sides,
            table,
            anchors,
            fit,
            weights,
            type_costs,
            target_keys,
            unexplained,
            odds,
            undiluted,
            class_weights,
            explainable,
            explainable_offsets,
            base,
            known,
            known_words,
            strangers,
            token_costs: None,
            embedded: None,
        }
    }

    /// Tokens of a target segment that something may explain, with their places in the segment.
    #[inline]
    pub(crate) fn explainable(&self, target: usize) -> &[(u32, Token)] {
        let offsets = &self.explainable_offsets;
        &self.explainable[offsets[target] as usize..offsets[target + 1] as usize]
    }

    /// What words of `side` gain in each window of 1 to `W` segments opposite that starts at `from`.
    pub(crate) fn word_windows<const W: usize>(&self, side: Side, from: usize) -> WordWindows<W> {
        let data = self.sides.get(side.opposite());
        let mut out = WordWindows { coefficients: [0.0; W], chance: [0.0; W] };
        for k in 0..W {
            let to = (from + k + 1).min(data.len());
            let count = data.class_count(Class::Word, from, to);
            (out.coefficients[k], out.chance[k]) = self.words_given(side, count, from, to);
        }
        out
    }

    /// What masses of words of `side` are multiplied by, and what each of them that has a pair gains by
    /// chance, opposite the segments `from..to`, which hold `count` words.
    ///
    /// Each of them of which no pair is known explains a word *t* as chance does: m grows by α for each. So
    /// all words that have a pair gain ln(1 + c·α·u), and c becomes c / (1 + c·α·u).
    #[inline]
    fn words_given(&self, side: Side, count: u32, from: usize, to: usize) -> (f32, f32) {
        let strangers = self.strangers.get(side.opposite());
        let strangers = (strangers[to] - strangers[from]) as i32 as f32;
        let coefficient = self.coefficient(side, Class::Word, count);
        let by_chance = 1.0 + coefficient * self.weights.stranger_chance as f32 * strangers;
        (coefficient / by_chance, ln_f32(by_chance))
    }

    /// What to multiply masses by, for tokens of `class` on `side`, in each window of 1 to `W` segments
    /// opposite that starts at `from`.
    pub(crate) fn window_coefficients<const W: usize>(
        &self,
        side: Side,
        class: Class,
        from: usize,
    ) -> [f32; W] {
        let data = self.sides.get(side.opposite());
        let mut out = [0.0; W];
        for (k, out) in out.iter_mut().enumerate() {
            let to = (from + k + 1).min(data.len());
            *out = self.coefficient(side, class, data.count_alike(class, from, to));
        }
        out
    }

    #[inline]
    fn coefficient(&self, side: Side, class: Class, count: u32) -> f32 {
        let undiluted = match self.undiluted.get(count as usize) {
            Some(known) => *known,
            None => 1.0 / diluted(&self.weights, count),
        };
        self.odds.get(side)[class as usize] * undiluted
    }

    /// With sentence vectors as evidence, of this weight.
    pub(super) fn with_vectors(self, embedded: Option<&'a Embedded>, weight: f64) -> Self {
        Self { embedded: embedded.filter(|_| weight > 0.0).map(|e| (e, weight)), ..self }
    }

    /// With the costs of tokens at hand, which must be this model's or that of another start.
    #[must_use]
    pub fn with_token_costs(self, costs: &'a TokenCosts) -> Self {
        Self { token_costs: Some(costs), ..self }
    }

    /// The costs of tokens, where they are at hand.
    pub(super) fn token_costs(&self) -> Option<&'a TokenCosts> {
        self.token_costs
    }

    /// Whether sentence vectors are evidence.
    pub(super) fn embedded(&self) -> bool {
        self.embedded.is_some()
    }

    /// Number of word keys on `side`.
    pub(super) fn word_keys(&self, side: Side) -> usize {
        if side == Side::Source { self.table.rows() } else { self.target_keys }
    }

    /// Whether the word key `key` of `side` has any pair.
    pub(super) fn is_known(&self, side: Side, key: u32) -> bool {
        self.known.get(side)[key as usize]
    }

    /// Whether no token weighs anything.
    pub(super) fn tokens_are_silent(&self) -> bool {
        self.class_weights.iter().all(|weight| *weight == 0.0)
    }

    /// The weighted evidence of sentence vectors for a linked bead, 0 where there are none.
    pub(super) fn embedding_nats(&self, bead: Bead) -> f64 {
        self.embedded.map_or(0.0, |(embedded, weight)| weight * embedded.nats(bead))
    }

    /// The cosine of a linked bead's vectors, where both sides have one.
    pub(super) fn cosine(&self, bead: Bead) -> Option<f32> {
        self.embedded.and_then(|(embedded, _)| embedded.cosine(bead))
    }

    /// Number of word keys on the target side.
    pub(crate) fn target_keys(&self) -> usize {
        self.target_keys
    }

    /// −ln of the prior of a bead type, before it is weighted.
    pub(crate) fn type_prior_nats(&self, t: BeadType) -> f64 {
        self.fit.prior.nats(t, self.weights.both_sides)
    }

    pub(crate) fn type_cost(&self, index: usize) -> f32 {
        self.type_costs[index]
    }

    /// Cost of `breaks` block boundaries inside a bead, and of a heading against running text (`unlike`): a
    /// bead seldom reaches across paragraphs.
    #[inline]
    pub(crate) fn shape_nats(&self, breaks: u32, unlike: u32) -> f32 {
        self.weights.block_break as f32 * ((breaks + unlike) as i32 as f32)
    }

    /// Block boundaries inside a bead, and 1 where a heading stands on one side alone.
    pub(crate) fn shape(&self, source: Range<usize>, target: Range<usize>) -> (u32, u32) {
        let breaks = self.sides.source.breaks(source.start, source.end)
            + self.sides.target.breaks(target.start, target.end);
        // A heading answers to a heading.
        let unlike = self.sides.source.has_heading(source.start, source.end)
            != self.sides.target.has_heading(target.start, target.end);
        (breaks, u32::from(unlike))
    }

    /// Units of a bead's cost beside its tokens: lengths in characters, type, shape.
    #[inline]
    pub(crate) fn rest_units(&self, type_nats: f32, lengths: (f32, f32), shape: (u32, u32)) -> i32 {
        units(self.rest_nats(type_nats, lengths, shape))
    }

    /// The same in nats.
    #[inline]
    pub(crate) fn rest_nats(&self, type_nats: f32, lengths: (f32, f32), shape: (u32, u32)) -> f32 {
        let length = self.weights.length as f32 * self.length_nats(lengths.0, lengths.1);
        length + type_nats + self.shape_nats(shape.0, shape.1)
    }

    /// The cost of a segment's tokens by class if nothing opposite explains them.
    pub(crate) fn base_by_class(&self, side: Side, segment: usize) -> Vec<(Class, f64)> {
        let (known, unexplained) = (self.known.get(side), self.unexplained.get(side));
        self.sides
            .get(side)
            .tokens(segment)
            .iter()
            .filter(|t| t.class != Class::Word || known[t.key as usize])
            .map(|t| (t.class, -self.weights.classes[t.class as usize] * unexplained[t.class as usize]))
            .collect()
    }

    /// Evidence in nats (negative speaks for the bead) that the lengths give.
    #[inline]
    pub(crate) fn length_nats(&self, source: f32, target: f32) -> f32 {
        length_nats(&self.fit, source, target)
    }

    /// By class, what to multiply masses by, for tokens of `side`, given the numbers of tokens opposite.
    #[inline]
    pub(crate) fn coefficients(&self, side: Side, counts: &[u32; Class::COUNT]) -> [f32; Class::COUNT] {
        Class::ALL.map(|class| self.coefficient(side, class, class.alike(counts)))
    }

    /// The cost in nats of a segment's tokens if nothing opposite explains them.
    pub(crate) fn base_nats(&self, side: Side, segment: usize) -> f64 {
        f64::from(self.base.get(side)[segment])
    }

    /// What tokens of `side` gain by the segments `from..to` opposite.
    #[inline]
    pub(crate) fn given(&self, side: Side, from: usize, to: usize) -> Given {
        let counts = self.sides.get(side.opposite()).class_counts(from, to);
        let mut coefficients = self.coefficients(side, &counts);
        let (of_words, chance) = self.words_given(side, counts[Class::Word as usize], from, to);
        coefficients[Class::Word as usize] = of_words;
        Given { coefficients, chance }
    }

    /// Units of cost of the tokens of `segment` on `side`, given what they gain in each window opposite by
    /// what explains them, and what each known word gains by chance.
    #[inline]
    pub(crate) fn tokens_units<const W: usize>(
        &self,
        side: Side,
        segment: usize,
        gains: &Gains<W>,
        chance: &[f32; W],
    ) -> [i32; W] {
        let unexplained = Unexplained {
            base: self.base.get(side)[segment],
            known: self.known_words.get(side)[segment],
            weight: self.class_weights[Class::Word as usize],
            most: self.weights.most_against as f32,
        };
        gains.units(&unexplained, chance)
    }

    /// What the tokens of a segment count against a bead, if they cost `nats`.
    pub(crate) fn bounded(&self, nats: f64) -> f64 {
        f64::from(bounded(nats as f32, self.weights.most_against as f32))
    }

    /// The weight of a class of tokens.
    #[inline]
    pub(crate) fn class_weight(&self, class: Class) -> f32 {
        self.class_weights[class as usize]
    }

    /// What tokens of `segment` on `side` gain by a window opposite, given `masses` and the window's
    /// coefficients.
    fn gains(&self, side: Side, segment: usize, masses: &[(u32, f32)], given: &Given) -> Gains<1> {
        let tokens = self.sides.get(side).tokens(segment);
        let mut gains = Gains::NONE;
        for &(token, mass) in masses {
            let class = tokens[token as usize].class;
            let coefficients = [given.coefficients[class as usize]];
            if class == Class::Word {
                gains.add_word(&coefficients, &[mass]);
            } else {
                gains.add_other(self.class_weight(class), &coefficients, &[mass]);
            }
        }
        gains
    }

    /// What tokens of `segment` on `side` cost in nats by class, beyond what they would cost if nothing
    /// explained them: at most 0.
    pub(crate) fn changes(
        &self,
        side: Side,
        segment: usize,
        masses: &[(u32, f32)],
        given: &Given,
    ) -> [f64; Class::COUNT] {
        let tokens = self.sides.get(side).tokens(segment);
        let mut changes = [0.0; Class::COUNT];
        for &(token, mass) in masses {
            let class = tokens[token as usize].class as usize;
            let odds = given.coefficients[class] * mass;
            changes[class] -= f64::from(self.class_weights[class] * ln_f32(1.0 + odds));
        }
        let by_chance = self.class_weight(Class::Word) * self.known_words.get(side)[segment] * given.chance;
        changes[Class::Word as usize] -= f64::from(by_chance);
        changes
    }

    /// Units of a bead's cost.
    pub(crate) fn bead_units(&self, bead: Bead, masses: &Sides<Vec<Masses>>) -> i64 {
        let mut cost = 0;
        for side in Side::BOTH {
            let (own, other) = bead.seen_from(side);
            let given = self.given(side, other.start, other.end);
            for (segment, masses) in own.zip(masses.get(side)) {
                let gains = self.gains(side, segment, masses, &given);
                cost += i64::from(self.tokens_units(side, segment, &gains, &[given.chance])[0]);
            }
        }
        cost + i64::from(self.bead_rest_units(bead))
    }

    /// Units of a bead's cost beside its tokens.
    pub(super) fn bead_rest_units(&self, bead: Bead) -> i32 {
        let (s, t) = (bead.source, bead.target);
        let lengths = (
            self.sides.source.length(s.start(), s.end()) as f32,
            self.sides.target.length(t.start(), t.end()) as f32,
        );
        let type_nats = match LINKED.iter().position(|&l| l == bead.bead_type()) {
            Some(index) => self.type_costs[index],
            None => (self.weights.bead_type * self.type_prior_nats(bead.bead_type())) as f32,
        };
        self.rest_units(type_nats, lengths, self.shape(s.indices(), t.indices()))
    }
}
