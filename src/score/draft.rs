//! A draft of the model: nearly its costs, at a fraction of the time, to tell the search where to look.
//!
//! In: a [`Model`]. Out: a [`CostModel`] with the bead types of at most four segments. What the words and anchors
//! of a bead explain is the sum over its pairs of segments, each read once; only the rarest
//! [`MOST_TOKENS`] tokens of a segment count. Guarantee: pure; the row reader agrees with [`Draft::bead`] to the
//! unit. Time O(cells · tokens of a segment), bounded by a constant a cell.

use std::ops::Range;
use std::sync::Mutex;

use crate::bitext::{Bead, BeadType, Cost, CostModel, RowCosts, SIGNATURE, Side};

use super::gains::units;
use super::ln::ln_f32;
use super::model::Model;
use super::prior::{LINKED, SIMPLE};
use super::row_costs::{CostRows, RoughTokens};
use super::side_data::{Class, Token};

/// Tokens of a segment that count, at most.
const MOST_TOKENS: usize = 48;
/// What two segments explain of each other, at most, in nats: sums of six of them, sixteenfold, stay in range.
const MOST_NATS: f32 = 2e3;
/// The longest side of a bead of at most four segments.
const LONGEST: usize = 3;

/// The draft of one model.
pub(super) struct Draft<'a> {
    model: &'a Model<'a>,
    /// The tokens of each side that count, as word keys or, from the number of word keys on, anchor keys.
    tokens: [Kept; 2],
    /// Running sums, by side, of what the segments' tokens cost if nothing explains them; they may wrap around.
    base: [Vec<i32>; 2],
    /// For each key of the target, words first, what a token of it counts in a signature: less where it is frequent.
    weights: Vec<f32>,
    /// Gains of readers that have ended, all nought, for others: they are as many as the keys.
    spare: Mutex<Vec<Vec<f32>>>,
}

/// Tokens that count, segment by segment.
struct Kept {
    offsets: Vec<u32>,
    tokens: Vec<Token>,
}

impl Kept {
    fn get(&self, segment: usize) -> &[Token] {
        &self.tokens[self.offsets[segment] as usize..self.offsets[segment + 1] as usize]
    }
}

/// What of the gains of single pairs of segments is left in a bead of so many segments: what explains more than
/// one segment explains each less.
const fn left(segments: usize) -> i32 {
    match segments {
        0..=2 => 16,
        3 => 14,
        _ => 13,
    }
}

impl<'a> Draft<'a> {
    pub(super) fn new(model: &'a Model<'a>) -> Self {
        let (source, s_base, _) = Self::side(model, Side::Source);
        let (target, t_base, frequency) = Self::side(model, Side::Target);
        let segments = model.sides.target.len() as f32 + 2.0;
        let weights = frequency.iter().map(|f| ln_f32(segments / (*f as f32 + 1.0)).max(0.1)).collect();
        Self { model, tokens: [source, target], base: [s_base, t_base], weights, spare: Mutex::default() }
    }

    fn side(model: &Model<'_>, side: Side) -> (Kept, Vec<i32>, Vec<u32>) {
        let data = model.sides.get(side);
        let words = model.word_keys(side);
        let place = |t: &Token| if t.class == Class::Word { t.key as usize } else { words + t.key as usize };
        let counts = |t: &Token| t.class != Class::Word || model.is_known(side, t.key);
        let mut frequency = vec![0u32; words + model.anchors.len()];
        for segment in 0..data.len() {
            for token in data.tokens(segment) {
                frequency[place(token)] += 1;
            }
        }
        let mut kept = Kept { offsets: vec![0], tokens: Vec::new() };
        let mut base = vec![0i32];
        let mut own: Vec<Token> = Vec::new();
        for segment in 0..data.len() {
            own.clear();
            own.extend(data.tokens(segment).iter().filter(|t| counts(t)));
            let all = own.len();
            if all > MOST_TOKENS {
                own.sort_by_key(|t| (frequency[place(t)], place(t)));
                own.truncate(MOST_TOKENS);
            }
            let share = own.len() as f64 / all.max(1) as f64;
            let nats = model.base_nats(side, segment) * share;
            base.push(base[segment].wrapping_add(units(nats as f32)));
            kept.tokens.extend_from_slice(&own);
            kept.offsets.push(kept.tokens.len() as u32);
        }
        (kept, base, frequency)
    }

    /// Adds to `vector` a key of the target, `times` times.
    fn add_key(&self, vector: &mut [f32], key: usize, times: f32) {
        // Spread evenly by Fibonacci hashing; the sign too, so that chance meetings cancel out.
        let mixed = (key as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let sign = if mixed >> 20 & 1 == 0 { 1.0 } else { -1.0 };
        vector[(mixed >> 57) as usize % SIGNATURE] += sign * times * self.weights[key];
    }

    /// What the tokens of a bead would cost if nothing explained them.
    fn base(&self, bead: Bead) -> i32 {
        let side = |base: &[i32], range: Range<usize>| base[range.end].wrapping_sub(base[range.start]);
        side(&self.base[0], bead.source.indices()).wrapping_add(side(&self.base[1], bead.target.indices()))
    }
}

impl CostModel for Draft<'_> {
    fn size(&self) -> (usize, usize) {
        self.model.size()
    }

    fn linked_types(&self) -> &[BeadType] {
        &LINKED[..SIMPLE]
    }

    fn bead(&self, bead: Bead) -> Cost {
        let mut reader = Likeness::new(self);
        let left = left(bead.source.len() + bead.target.len());
        let mut tokens = self.base(bead);
        let mut of_target = Vec::new();
        for s in bead.source.indices() {
            of_target.clear();
            reader.read(s, bead.target.indices(), &mut of_target);
            let gained = of_target.iter().fold(0i32, |sum, gain| sum.wrapping_add(*gain));
            tokens = tokens.wrapping_sub(gained.wrapping_mul(left) >> 4);
        }
        Cost::from_units(i64::from(tokens.wrapping_add(self.model.bead_rest_units(bead))))
    }

    fn null(&self, side: Side, segment: usize) -> Cost {
        self.model.null(side, segment)
    }

    fn null_open(&self, side: Side) -> Cost {
        self.model.null_open(side)
    }

    fn signatures(&self, side: Side, cuts: &[usize]) -> Vec<f32> {
        let model = self.model;
        let words = model.word_keys(Side::Target);
        let groups = cuts.len().saturating_sub(1);
        let mut out = vec![0f32; groups * SIGNATURE];
        for (vector, cut) in out.chunks_exact_mut(SIGNATURE).zip(cuts.windows(2)) {
            for token in (cut[0]..cut[1]).flat_map(|s| self.tokens[side as usize].get(s)) {
                match (token.class, side) {
                    (Class::Word, Side::Target) => self.add_key(vector, token.key as usize, 1.0),
                    (Class::Word, Side::Source) => {
                        let row = model.table.row(token.key);
                        let sum: f32 = row.iter().map(|r| r.backward).sum();
                        for r in row {
                            self.add_key(vector, r.target as usize, r.backward / sum.max(1e-9));
                        }
                    }
                    _ => self.add_key(vector, words + token.key as usize, 1.0),
                }
            }
        }
        centred(&mut out);
        out
    }

    fn rows<'a>(&'a self, first: usize, columns: &'a [Range<usize>]) -> Box<dyn RowCosts + 'a> {
        Box::new(CostRows::draft(self.model, DraftRows::new(self, first, columns), first, columns))
    }
}

/// Takes the mean of all vectors off each, and makes each of length 1, where it is not 0.
fn centred(vectors: &mut [f32]) {
    let count = (vectors.len() / SIGNATURE).max(1) as f32;
    let mut mean = vec![0f32; SIGNATURE];
    let unit = |vector: &mut [f32]| {
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length > 1e-6 {
            for x in vector.iter_mut() {
                *x /= length;
            }
        }
    };
    vectors.chunks_exact_mut(SIGNATURE).for_each(unit);
    for vector in vectors.chunks_exact(SIGNATURE) {
        mean.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x / count);
    }
    for vector in vectors.chunks_exact_mut(SIGNATURE) {
        vector.iter_mut().zip(&mean).for_each(|(x, mean)| *x -= mean);
        unit(vector);
    }
}

/// Reads how much segments explain each other.
struct Likeness<'a> {
    draft: &'a Draft<'a>,
    /// By target word key, then by anchor key: what such a token opposite gains, in units.
    gains: Vec<f32>,
    touched: Vec<u32>,
}

impl<'a> Likeness<'a> {
    fn new(draft: &'a Draft<'a>) -> Self {
        let keys = draft.model.word_keys(Side::Target) + draft.model.anchors.len();
        let spare = draft.spare.lock().ok().and_then(|mut spare| spare.pop());
        Self { draft, gains: spare.unwrap_or_else(|| vec![0.0; keys]), touched: Vec::new() }
    }

    /// Appends what source segment `source` and each of `targets` explain of each other, in units.
    fn read(&mut self, source: usize, targets: Range<usize>, out: &mut Vec<i32>) {
        let (draft, model) = (self.draft, self.draft.model);
        let words = model.word_keys(Side::Target);
        // Of what explains a target token the sum; of source tokens it is taken that the target segment is about
        // as long.
        let own = model.sides.source.class_counts(source, source + 1);
        let to_target = model.coefficients(Side::Target, &own);
        let to_source = model.coefficients(Side::Source, &own);
        let gained =
            |gains: &mut [f32], touched: &mut Vec<u32>, key: usize, ratios: (f32, f32), class: Class| {
                if gains[key] == 0.0 {
                    touched.push(key as u32);
                }
                let class = class as usize;
                let gain =
                    ln_f32(1.0 + to_target[class] * ratios.0) + ln_f32(1.0 + to_source[class] * ratios.1);
                gains[key] += model.class_weight(Class::ALL[class]) * gain;
            };
        for token in draft.tokens[0].get(source) {
            if token.class == Class::Word {
                for r in model.table.row(token.key) {
                    let key = r.target as usize;
                    gained(&mut self.gains, &mut self.touched, key, (r.forward, r.backward), Class::Word);
                }
            } else {
                let ratios = model.anchors[token.key as usize];
                let key = words + token.key as usize;
                gained(&mut self.gains, &mut self.touched, key, (ratios.target, ratios.source), token.class);
            }
        }
        let gains = &self.gains;
        for target in targets.clone() {
            let tokens = draft.tokens[1].get(target);
            let sum: f32 = tokens
                .iter()
                .map(|t| gains[if t.class == Class::Word { t.key as usize } else { words + t.key as usize }])
                .sum();
            let embedding = if model.embedded() {
                let bead = Bead::new((source as u32, source as u32 + 1), (target as u32, target as u32 + 1));
                model.embedding_nats(bead) as f32
            } else {
                0.0
            };
            out.push(units((sum - embedding).clamp(-MOST_NATS, MOST_NATS)));
        }
        for key in self.touched.drain(..) {
            self.gains[key as usize] = 0.0;
        }
    }
}

impl Drop for Likeness<'_> {
    fn drop(&mut self) {
        // What is noted between two reads is nothing.
        if let (true, Ok(mut spare)) = (self.touched.is_empty(), self.draft.spare.lock()) {
            spare.push(std::mem::take(&mut self.gains));
        }
    }
}

/// The costs of tokens in a draft, row by row.
pub(super) struct DraftRows<'a> {
    likeness: Likeness<'a>,
    first: usize,
    columns: &'a [Range<usize>],
    /// Running sums of what source segments gain, from a target segment on.
    ring: [(Option<usize>, usize, Vec<i32>); LONGEST],
    read: Vec<i32>,
}

impl<'a> DraftRows<'a> {
    fn new(draft: &'a Draft<'a>, first: usize, columns: &'a [Range<usize>]) -> Self {
        Self { likeness: Likeness::new(draft), first, columns, ring: Default::default(), read: Vec::new() }
    }

    /// Target segments that row `row` and those before it, whose beads reach it, ask for.
    fn reach(&self, row: usize) -> Range<usize> {
        let asking = &self.columns[(row + 1).saturating_sub(LONGEST)..(row + 1).min(self.columns.len())];
        let asking = asking.iter().filter(|c| !c.is_empty());
        let start = asking.clone().map(|c| c.start).min().unwrap_or(0);
        let end = asking.map(|c| c.end + LONGEST - 1).max().unwrap_or(0);
        start..end.min(self.likeness.draft.model.sides.target.len())
    }

    fn prepare(&mut self, row: usize) {
        let source = self.first + row;
        let slot = source % LONGEST;
        if self.ring[slot].0 == Some(source) {
            return;
        }
        let targets = self.reach(row);
        self.read.clear();
        self.likeness.read(source, targets.clone(), &mut self.read);
        let (of, start, sums) = &mut self.ring[slot];
        (*of, *start) = (Some(source), targets.start);
        sums.clear();
        sums.push(0);
        let mut sum = 0i32;
        for gain in &self.read {
            sum = sum.wrapping_add(*gain);
            sums.push(sum);
        }
    }
}

impl RoughTokens for DraftRows<'_> {
    fn fill(&mut self, row: usize, t: BeadType, from: usize, costs: &mut [i32]) {
        let (a, b) = (t.source as usize, t.target as usize);
        let source = self.first + row;
        for k in row..row + a {
            self.prepare(k);
        }
        let draft = self.likeness.draft;
        let own = draft.base[0][source + a].wrapping_sub(draft.base[0][source]);
        let base = &draft.base[1][from..];
        for (cost, (to, from)) in costs.iter_mut().zip(base[b..].iter().zip(base)) {
            *cost = own.wrapping_add(to.wrapping_sub(*from));
        }
        let left = left(a + b);
        for k in 0..a {
            let (_, start, sums) = &self.ring[(source + k) % LONGEST];
            let sums = &sums[from - start..];
            for (cost, (to, from)) in costs.iter_mut().zip(sums[b..].iter().zip(sums)) {
                *cost = cost.wrapping_sub(to.wrapping_sub(*from).wrapping_mul(left) >> 4);
            }
        }
    }
}
