//! Translation probabilities learnt from beads: IBM Model 1 (Brown et al. 1993) in both directions.
//!
//! In: beads as lists of keys, each with a weight (its posterior). Out: for pairs of keys that occur
//! together, p(target | source) and p(source | target). Guarantee: the same beads give the same bits;
//! sums run in a fixed order, on any number of threads. Time O(iterations · pairs of words in beads), both bounded; space
//! O(distinct pairs + words).
//!
//! The null word of Model 1 is the background distribution, which takes up words that nothing explains.
//! Expected counts are discounted, so that a pair seen once, in the bead it would then confirm, counts
//! for little.

use std::borrow::Cow;

use crate::tuned::learning as tuned;

use super::vocabulary::KeyId;

/// A bead to learn from.
#[derive(Debug, Clone, Default)]
pub struct TrainingBead {
    /// Keys of the source side.
    pub source: Vec<KeyId>,
    /// Keys of the target side.
    pub target: Vec<KeyId>,
    /// How much it counts, in (0, 1].
    pub weight: f32,
}

/// A learnt pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LearntPair {
    /// The source key.
    pub source: KeyId,
    /// The target key.
    pub target: KeyId,
    /// p(target | source), in (0, 1].
    pub forward: f32,
    /// p(source | target), in (0, 1].
    pub backward: f32,
}

/// How [`learn`] goes about it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Schedule {
    /// Rounds of expectation and maximisation.
    pub(crate) iterations: usize,
    /// Taken off every pair's expected count.
    pub(crate) discount: f32,
    /// Share of words that the null word accounts for.
    pub(crate) null_share: f32,
}

impl Default for Schedule {
    fn default() -> Self {
        Self { iterations: 5, discount: 0.6, null_share: 0.3 }
    }
}

/// Of beads with more pairs of words than this in all, some 6,500 beads of 25 words a side, evenly spread
/// ones are learnt from: what more would teach is rare words, at the price of time.
pub(crate) const MOST_PAIRS: usize = tuned::MOST_PAIRS;

/// Learns from `beads` over vocabularies of `source_keys` and `target_keys` keys. `known(s, t)` is a
/// prior weight, 0 for pairs of which nothing is known: it decides who is credited at first.
pub(crate) fn learn(
    beads: &[TrainingBead],
    source_keys: usize,
    target_keys: usize,
    known: impl Fn(KeyId, KeyId) -> f32,
) -> Vec<LearntPair> {
    let schedule = Schedule::default();
    let within = within_bounds(beads);
    let beads = &within[..];
    let pairs = Pairs::new(beads, source_keys, target_keys);
    let prior: Vec<f32> = pairs.iter().map(|(s, t)| 1.0 + 20.0 * known(s, t)).collect();
    let (forward, backward) = rayon::join(
        || pairs.train_forward(beads, &prior, schedule),
        || pairs.train_backward(beads, &prior, schedule),
    );
    pairs
        .iter()
        .zip(forward)
        .zip(backward)
        .filter(|((_, f), b)| *f > 1e-3 || *b > 1e-3)
        .map(|(((source, target), forward), backward)| LearntPair { source, target, forward, backward })
        .collect()
}

/// Beads of at most [`tuned::MOST_WORDS`] words a side with little more than [`MOST_PAIRS`] pairs in all.
fn within_bounds(beads: &[TrainingBead]) -> Cow<'_, [TrainingBead]> {
    let longest = |b: &TrainingBead| b.source.len().max(b.target.len());
    let mut within = Cow::Borrowed(beads);
    if beads.iter().any(|b| longest(b) > tuned::MOST_WORDS) {
        let part = |words: &[KeyId], part: usize, parts: usize| {
            words[words.len() * part / parts..words.len() * (part + 1) / parts].to_vec()
        };
        let cut = beads.iter().flat_map(|bead| {
            let parts = longest(bead).div_ceil(tuned::MOST_WORDS).max(1);
            (0..parts).map(move |k| TrainingBead {
                source: part(&bead.source, k, parts),
                target: part(&bead.target, k, parts),
                weight: bead.weight,
            })
        });
        within = cut.collect();
    }
    let mut most = MOST_PAIRS;
    loop {
        let all: usize = within.iter().map(|b| b.source.len() * b.target.len()).sum();
        if all <= most || within.len() == 1 {
            return within;
        }
        // Once thinned they need not be thinned again for a little more.
        most = MOST_PAIRS / 4 * 5;
        within = within.iter().step_by(all.div_ceil(MOST_PAIRS)).cloned().collect();
    }
}

/// The distinct pairs that occur together, in rows by source key, sorted by target key; and where each
/// source key occurs.
///
/// Sums go row by row: a row's values are spread out over all target keys, so that the words of a bead
/// find theirs without a search, and no index is kept for each pair of words in a bead.
struct Pairs {
    target_keys: usize,
    /// Source key → its pairs.
    rows: Vec<usize>,
    targets: Vec<KeyId>,
    /// Source key → the beads that it occurs in, one entry for each time.
    occurrence_rows: Vec<u32>,
    occurrences: Vec<u32>,
}

impl Pairs {
    fn new(beads: &[TrainingBead], source_keys: usize, target_keys: usize) -> Self {
        let mut occurrence_rows = vec![0u32; source_keys + 1];
        for s in beads.iter().flat_map(|b| &b.source) {
            occurrence_rows[*s as usize + 1] += 1;
        }
        for s in 0..source_keys {
            occurrence_rows[s + 1] += occurrence_rows[s];
        }
        let mut next = occurrence_rows.clone();
        let mut occurrences = vec![0; occurrence_rows[source_keys] as usize];
        for (index, bead) in (0u32..).zip(beads) {
            for &s in &bead.source {
                occurrences[next[s as usize] as usize] = index;
                next[s as usize] += 1;
            }
        }
        let mut pairs =
            Self { target_keys, rows: vec![0], targets: Vec::new(), occurrence_rows, occurrences };
        let (mut rows, mut targets) = (vec![0], Vec::new());
        let mut seen = vec![false; target_keys];
        for s in 0..source_keys {
            let from = targets.len();
            for &bead in pairs.occurrences_of(s) {
                for &t in &beads[bead as usize].target {
                    if !std::mem::replace(&mut seen[t as usize], true) {
                        targets.push(t);
                    }
                }
            }
            targets[from..].sort_unstable();
            for &t in &targets[from..] {
                seen[t as usize] = false;
            }
            rows.push(targets.len());
        }
        (pairs.rows, pairs.targets) = (rows, targets);
        pairs
    }

    fn occurrences_of(&self, s: usize) -> &[u32] {
        &self.occurrences[self.occurrence_rows[s] as usize..self.occurrence_rows[s + 1] as usize]
    }

    fn iter(&self) -> impl Iterator<Item = (KeyId, KeyId)> + '_ {
        self.rows
            .windows(2)
            .zip(0u32..)
            .flat_map(|(row, s)| self.targets[row[0]..row[1]].iter().map(move |&t| (s, t)))
    }

    /// Calls `f` for each source key with its row's range of pairs, having spread `values` of the row over
    /// all target keys.
    fn each_row(&self, values: &[f32], mut f: impl FnMut(usize, std::ops::Range<usize>, &[f32])) {
        let mut spread = vec![0f32; self.target_keys];
        for (s, row) in self.rows.windows(2).enumerate() {
            let row = row[0]..row[1];
            for (t, value) in self.targets[row.clone()].iter().zip(&values[row.clone()]) {
                spread[*t as usize] = *value;
            }
            f(s, row.clone(), &spread);
            for t in &self.targets[row] {
                spread[*t as usize] = 0.0;
            }
        }
    }

    /// Gathers a row's sums from where they were spread, leaving zeros.
    fn gather(&self, row: std::ops::Range<usize>, spread: &mut [f32], counts: &mut [f32]) {
        for (t, count) in self.targets[row.clone()].iter().zip(&mut counts[row]) {
            *count = std::mem::take(&mut spread[*t as usize]);
        }
    }

    /// p(target | source) for every pair.
    fn train_forward(&self, beads: &[TrainingBead], prior: &[f32], schedule: Schedule) -> Vec<f32> {
        let background = background(beads.iter().map(|b| (&b.target, b.weight)), self.target_keys);
        let mut offsets = vec![0];
        for bead in beads {
            offsets.push(offsets[offsets.len() - 1] + bead.target.len());
        }
        let share = |bead: &TrainingBead| (1.0 - schedule.null_share) / bead.source.len() as f32;
        let mut probability = vec![0f32; prior.len()];
        self.normalise(&mut probability, prior, 0.0, Given::Source);
        let mut counts = vec![0f32; self.targets.len()];
        let mut explained = vec![0f32; offsets[offsets.len() - 1]];
        let mut sums = vec![0f32; self.target_keys];
        for iteration in 0..schedule.iterations {
            for (bead, at) in beads.iter().zip(&offsets) {
                for (word, sum) in bead.target.iter().zip(&mut explained[*at..]) {
                    *sum = schedule.null_share * background[*word as usize];
                }
            }
            self.each_row(&probability, |s, _, spread| {
                for &index in self.occurrences_of(s) {
                    let bead = &beads[index as usize];
                    let share = share(bead);
                    for (t, sum) in bead.target.iter().zip(&mut explained[offsets[index as usize]..]) {
                        *sum += share * spread[*t as usize];
                    }
                }
            });
            self.each_row(&probability, |s, row, spread| {
                for &index in self.occurrences_of(s) {
                    let bead = &beads[index as usize];
                    let scale = bead.weight * share(bead);
                    for (t, sum) in bead.target.iter().zip(&explained[offsets[index as usize]..]) {
                        if *sum > 0.0 {
                            sums[*t as usize] += scale * spread[*t as usize] / *sum;
                        }
                    }
                }
                self.gather(row, &mut sums, &mut counts);
            });
            let discount = if iteration + 1 == schedule.iterations { schedule.discount } else { 0.0 };
            self.normalise(&mut probability, &counts, discount, Given::Source);
        }
        probability
    }

    /// p(source | target) for every pair.
    fn train_backward(&self, beads: &[TrainingBead], prior: &[f32], schedule: Schedule) -> Vec<f32> {
        let source_keys = self.rows.len() - 1;
        let background = background(beads.iter().map(|b| (&b.source, b.weight)), source_keys);
        let mut probability = vec![0f32; prior.len()];
        self.normalise(&mut probability, prior, 0.0, Given::Target);
        let mut counts = vec![0f32; self.targets.len()];
        let mut sums = vec![0f32; self.target_keys];
        for iteration in 0..schedule.iterations {
            self.each_row(&probability, |s, row, spread| {
                for &index in self.occurrences_of(s) {
                    let bead = &beads[index as usize];
                    let share = (1.0 - schedule.null_share) / bead.target.len() as f32;
                    let said: f32 = bead.target.iter().map(|t| spread[*t as usize]).sum();
                    let explained = schedule.null_share * background[s] + share * said;
                    if explained > 0.0 {
                        let scale = bead.weight * share / explained;
                        for t in &bead.target {
                            sums[*t as usize] += scale * spread[*t as usize];
                        }
                    }
                }
                self.gather(row, &mut sums, &mut counts);
            });
            let discount = if iteration + 1 == schedule.iterations { schedule.discount } else { 0.0 };
            self.normalise(&mut probability, &counts, discount, Given::Target);
        }
        probability
    }

    /// Makes probabilities of counts, given one side's key; `discount` is taken off each count.
    fn normalise(&self, probability: &mut [f32], counts: &[f32], discount: f32, given: Given) {
        let share =
            |count: f32, total: f32| if total > 0.0 { (count - discount).max(0.0) / total } else { 0.0 };
        match given {
            Given::Source => {
                for row in self.rows.windows(2) {
                    let counts = &counts[row[0]..row[1]];
                    let total = counts.iter().sum();
                    for (p, count) in probability[row[0]..row[1]].iter_mut().zip(counts) {
                        *p = share(*count, total);
                    }
                }
            }
            Given::Target => {
                let mut totals = vec![0f32; self.target_keys];
                for (t, count) in self.targets.iter().zip(counts) {
                    totals[*t as usize] += count;
                }
                for ((t, count), p) in self.targets.iter().zip(counts).zip(probability) {
                    *p = share(*count, totals[*t as usize]);
                }
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Given {
    Source,
    Target,
}

/// The share that each key has of the words of one side.
fn background<'a>(sides: impl Iterator<Item = (&'a Vec<KeyId>, f32)>, keys: usize) -> Vec<f32> {
    let mut counts = vec![0f32; keys];
    let mut total = 0f32;
    for (words, weight) in sides {
        for &k in words {
            counts[k as usize] += weight;
            total += weight;
        }
    }
    for count in &mut counts {
        *count /= total.max(1e-9);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_long_beads_parts_are_learnt_from_and_pairs_are_bounded() {
        let bead = |source: u32, target: u32| TrainingBead {
            source: (0..source).collect(),
            target: (0..target).collect(),
            weight: 0.9,
        };
        // What is short stays as it is.
        let short = [bead(500, 3), bead(2, 500)];
        assert!(matches!(within_bounds(&short), Cow::Borrowed(_)));
        let cut = within_bounds(&[bead(3, 2), bead(1_200, 100), bead(0, 0)][..]).into_owned();
        let sizes: Vec<_> = cut.iter().map(|b| (b.source.len(), b.target.len())).collect();
        assert_eq!(sizes, [(3, 2), (400, 33), (400, 33), (400, 34), (0, 0)]);
        assert_eq!((cut[2].source[0], cut[3].target[0]), (400, 66));
        // Long ones beside short ones too are thinned to the bound.
        for length in [200u32, 3_000, 50_000] {
            let beads: Vec<_> = (0..400).flat_map(|_| [bead(length, length), bead(1, 1)]).collect();
            let all: usize = within_bounds(&beads).iter().map(|b| b.source.len() * b.target.len()).sum();
            assert!((MOST_PAIRS / 8..=MOST_PAIRS / 4 * 5).contains(&all), "{length}: {all}");
        }
    }

    #[test]
    fn a_pair_that_recurs_beats_its_neighbours() {
        // 0 always goes with 0, 1 with 1, 2 and 3 vary.
        let bead = |source: &[u32], target: &[u32]| TrainingBead {
            source: source.to_vec(),
            target: target.to_vec(),
            weight: 1.0,
        };
        let beads =
            [bead(&[0, 1], &[0, 1]), bead(&[0, 2], &[0, 2]), bead(&[1, 2], &[1, 3]), bead(&[0, 3], &[0, 3])];
        let pairs = learn(&beads, 4, 4, |_, _| 0.0);
        let p = |s, t| pairs.iter().find(|p| (p.source, p.target) == (s, t)).map_or(0.0, |p| p.forward);
        assert!(p(0, 0) > 0.6, "{}", p(0, 0));
        assert!(p(0, 0) > 4.0 * p(0, 1));
        assert!(p(3, 3) < 0.25, "a pair seen once confirms little: {}", p(3, 3));
    }
}
