//! The scoring model: what a bead costs, from lengths, words, anchors and its type.
//!
//! In: both sides as numbers, the table of word pairs, parameters fitted to the bitext. Out: [`Cost`]s
//! through the trait [`CostModel`]. Guarantee: pure; [`Model::bead`] and the row reader agree to the unit.

use std::ops::Range;

use crate::bitext::{Bead, BeadType, Cost, CostModel, Hint, RowCosts, Side, Sides};
use crate::lexicon::PairTable;

use super::hints;
use super::prior::{LINKED, TypePrior};
use super::rows::Rows;
use super::side_data::{Class, SideData, Token};

/// Parameters that are fitted to the bitext, round by round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fit {
    /// Target characters per source character.
    pub(crate) length_ratio: f64,
    /// Variance of the length of a translation, per character.
    pub(crate) length_variance: f64,
    /// For each class the share of tokens expected to be explained, by the side whose tokens they are.
    pub(crate) shares: Sides<[f64; Class::COUNT]>,
    /// Bead types.
    pub(crate) prior: TypePrior,
    /// Probability that a run of unaligned segments begins after a bead.
    pub(crate) null_enter: f64,
    /// Probability that it goes on.
    pub(crate) null_stay: f64,
}

/// Weights and fixed costs, in nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Weights {
    pub(crate) classes: [f64; Class::COUNT],
    pub(crate) length: f64,
    /// Cost of each block boundary inside a bead.
    pub(crate) block_break: f64,
    pub(crate) bead_type: f64,
    pub(crate) dilution: f64,
    pub(crate) null_open: f64,
    pub(crate) null_extend: f64,
}

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
    type_costs: Vec<f64>,
    target_keys: usize,
    /// ln(1 − share), by side and class.
    unexplained: Sides<[f64; Class::COUNT]>,
    /// For each segment the cost of its tokens if nothing opposite explains them.
    base: Sides<Vec<f64>>,
    /// By side, whether a word key has any pair in the table.
    known: Sides<Vec<bool>>,
}

/// Words of a segment that a window opposite explains: token index, and by how much.
pub(crate) type Masses = Vec<(u32, f32)>;

impl<'a> Model<'a> {
    pub(crate) fn new(
        sides: Sides<&'a SideData>,
        table: &'a PairTable,
        anchors: &'a AnchorRatios,
        target_keys: usize,
        fit: Fit,
        weights: Weights,
    ) -> Self {
        let type_costs = LINKED.iter().map(|&t| weights.bead_type * fit.prior.nats(t)).collect();
        let unexplained = fit.shares.map(|shares| shares.map(|share| (1.0 - share).ln()));
        let mut known = Sides::new(vec![false; table.rows()], vec![false; target_keys]);
        for key in 0..table.rows() {
            for r in table.row(key as u32) {
                known.source[key] = true;
                known.target[r.target as usize] = true;
            }
        }
        let base = |side: Side| -> Vec<f64> {
            let data = sides.get(side);
            let (known, unexplained) = (known.get(side), unexplained.get(side));
            let cost = |t: &Token| {
                if t.class == Class::Word && !known[t.key as usize] {
                    0.0
                } else {
                    -weights.classes[t.class as usize] * unexplained[t.class as usize]
                }
            };
            (0..data.len()).map(|segment| data.tokens(segment).iter().map(cost).sum()).collect()
        };
        let base = Sides::new(base(Side::Source), base(Side::Target));
        Self { sides, table, anchors, fit, weights, type_costs, target_keys, unexplained, base, known }
    }

    /// Number of word keys on the target side.
    pub(crate) fn target_keys(&self) -> usize {
        self.target_keys
    }

    pub(crate) fn type_cost(&self, index: usize) -> f64 {
        self.type_costs[index]
    }

    /// Cost of the block boundaries inside a bead, and of a heading against running text: a bead seldom
    /// reaches across paragraphs.
    pub(crate) fn shape_nats(&self, source: Range<usize>, target: Range<usize>) -> f64 {
        let breaks = self.sides.source.breaks(source.start, source.end)
            + self.sides.target.breaks(target.start, target.end);
        // A heading answers to a heading.
        let unlike = self.sides.source.has_heading(source.start, source.end)
            != self.sides.target.has_heading(target.start, target.end);
        self.weights.block_break * (f64::from(breaks) + f64::from(u8::from(unlike)))
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
    pub(crate) fn length_nats(&self, source: f64, target: f64) -> f64 {
        length_nats(&self.fit, source, target)
    }

    /// Cost of the tokens of `segment` on `side`, given `masses` (how much each explained token is
    /// explained by a window opposite) and `given`, the numbers of tokens in that window by class.
    pub(crate) fn explained(
        &self,
        side: Side,
        segment: usize,
        masses: &[(u32, f32)],
        given: &[u32; Class::COUNT],
        mut each: impl FnMut(Class, f64),
    ) -> f64 {
        let data = self.sides.get(side);
        let tokens = data.tokens(segment);
        let shares = self.fit.shares.get(side);
        let unexplained = self.unexplained.get(side);
        let mut nats = self.base.get(side)[segment];
        for &(token, mass) in masses {
            let class = tokens[token as usize].class;
            let c = class as usize;
            let gain = (1.0 - shares[c] + shares[c] * f64::from(mass) / self.diluted(given[c])).ln();
            let change = -self.weights.classes[c] * (gain - unexplained[c]);
            nats += change;
            each(class, change);
        }
        nats
    }

    fn diluted(&self, count: u32) -> f64 {
        let count = f64::from(count.max(1));
        if self.weights.dilution >= 1.0 { count } else { count.powf(self.weights.dilution) }
    }

    /// How much each token of the target segment is explained by the source segment, and the other way
    /// round: only tokens that are explained at all.
    pub(crate) fn masses(&self, source: usize, target: usize) -> Sides<Masses> {
        let (s_tokens, t_tokens) = (self.sides.source.tokens(source), self.sides.target.tokens(target));
        let mut out = Sides::<Masses>::default();
        let mut backward = vec![0f32; s_tokens.len()];
        for (k, t) in t_tokens.iter().enumerate() {
            let mut forward = 0f32;
            for (l, s) in s_tokens.iter().enumerate() {
                if s.class != t.class {
                    continue;
                }
                let Some((f, b)) = self.pair(s.class, s.key, t.key) else { continue };
                forward += f;
                backward[l] += b;
            }
            if forward > 0.0 {
                out.target.push((k as u32, forward));
            }
        }
        out.source = (0u32..).zip(backward).filter(|&(_, b)| b > 0.0).collect();
        out
    }

    fn pair(&self, class: Class, source: u32, target: u32) -> Option<(f32, f32)> {
        if class == Class::Word {
            self.table.get(source, target).map(|r| (r.forward, r.backward))
        } else if source == target {
            let ratios = self.anchors[source as usize];
            Some((ratios.target, ratios.source))
        } else {
            None
        }
    }
}

/// −ln of the likelihood ratio of the target length given the source length, against a length drawn by
/// chance: Gale and Church (1993) with heavy tails (a Student t with 5 degrees of freedom), so that one
/// free translation costs a bead a few nats and not its life.
pub(crate) fn length_nats(fit: &Fit, source: f64, target: f64) -> f64 {
    const FREEDOM: f64 = 5.0;
    /// Spread of segment lengths by chance, as the standard deviation of their logarithm.
    const CHANCE: f64 = 0.6;
    let mean = f64::midpoint(source * fit.length_ratio, target).max(1.0);
    let variance = mean * fit.length_variance;
    let delta2 = (target - source * fit.length_ratio).powi(2) / variance;
    let fits = (1.0 + delta2 / FREEDOM).ln() * f64::midpoint(FREEDOM, 1.0);
    let bonus = (mean * CHANCE).ln() - 0.5 * variance.ln();
    fits - bonus.clamp(-1.0, 1.5)
}

impl CostModel for Model<'_> {
    fn size(&self) -> (usize, usize) {
        (self.sides.source.len(), self.sides.target.len())
    }

    fn linked_types(&self) -> &[BeadType] {
        &LINKED
    }

    fn bead(&self, bead: Bead) -> Cost {
        let (s, t) = (bead.source, bead.target);
        let mut cost = Cost::ZERO;
        let given = self.sides.source.class_counts(s.start(), s.end());
        for j in t.indices() {
            let mut masses = Masses::new();
            for i in s.indices() {
                add_masses(&mut masses, &self.masses(i, j).target);
            }
            cost += Cost::from_nats(self.explained(Side::Target, j, &masses, &given, |_, _| ()));
        }
        let given = self.sides.target.class_counts(t.start(), t.end());
        for i in s.indices() {
            let mut masses = Masses::new();
            for j in t.indices() {
                add_masses(&mut masses, &self.masses(i, j).source);
            }
            cost += Cost::from_nats(self.explained(Side::Source, i, &masses, &given, |_, _| ()));
        }
        let lengths =
            (self.sides.source.length(s.start(), s.end()), self.sides.target.length(t.start(), t.end()));
        let type_nats = match LINKED.iter().position(|&l| l == bead.bead_type()) {
            Some(index) => self.type_costs[index],
            None => self.weights.bead_type * self.fit.prior.nats(bead.bead_type()),
        };
        let shape = self.shape_nats(s.indices(), t.indices());
        cost + Cost::from_nats(
            self.weights.length * self.length_nats(lengths.0, lengths.1) + type_nats + shape,
        )
    }

    fn null(&self, _side: Side, _segment: usize) -> Cost {
        Cost::from_nats(self.weights.null_extend)
    }

    fn null_open(&self, _side: Side) -> Cost {
        Cost::from_nats(self.weights.null_open)
    }

    fn hints(&self) -> Vec<Hint> {
        hints::hints(self)
    }

    fn rows(&self) -> Box<dyn RowCosts + '_> {
        Box::new(Rows::new(self))
    }
}

/// Adds `more` to `masses`; both are sorted by token.
pub(crate) fn add_masses(masses: &mut Masses, more: &[(u32, f32)]) {
    for &(token, mass) in more {
        match masses.binary_search_by_key(&token, |m| m.0) {
            Ok(at) => masses[at].1 += mass,
            Err(at) => masses.insert(at, (token, mass)),
        }
    }
}
