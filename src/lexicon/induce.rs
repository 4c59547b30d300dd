//! Translation probabilities learnt from beads: IBM Model 1 (Brown et al. 1993) in both directions.
//!
//! In: beads as lists of keys, each with a weight (its posterior). Out: for pairs of keys that occur
//! together, p(target | source) and p(source | target). Guarantee: the same beads give the same bits;
//! sums run in a fixed order. Time O(iterations · pairs of words in a bead), space O(distinct pairs).
//!
//! The null word of Model 1 is the background distribution, which takes up words that nothing explains.
//! Expected counts are discounted, so that a pair seen once, in the bead it would then confirm, counts
//! for little.

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

/// Learns from `beads` over vocabularies of `source_keys` and `target_keys` keys. `known(s, t)` is a
/// prior weight, 0 for pairs of which nothing is known: it decides who is credited at first.
pub fn learn(
    beads: &[TrainingBead],
    source_keys: usize,
    target_keys: usize,
    known: impl Fn(KeyId, KeyId) -> f32,
) -> Vec<LearntPair> {
    let schedule = Schedule::default();
    let pairs = Pairs::new(beads, source_keys);
    let prior: Vec<f32> = pairs.iter().map(|(s, t)| 1.0 + 20.0 * known(s, t)).collect();
    let forward = pairs.train(beads, &prior, schedule, Direction::Forward, source_keys, target_keys);
    let backward = pairs.train(beads, &prior, schedule, Direction::Backward, target_keys, source_keys);
    pairs
        .iter()
        .zip(forward)
        .zip(backward)
        .filter(|((_, f), b)| *f > 1e-3 || *b > 1e-3)
        .map(|(((source, target), forward), backward)| LearntPair { source, target, forward, backward })
        .collect()
}

/// One half of a packed pair of keys, as an index.
type HalfOfKey = fn(u64) -> usize;

#[derive(Clone, Copy)]
enum Direction {
    Forward,
    Backward,
}

/// The distinct pairs that occur together, by source key, then target key, and each bead's pairs as
/// indices into them.
struct Pairs {
    keys: Vec<u64>,
    rows: Vec<u32>,
    index: Vec<u32>,
    bead_offsets: Vec<usize>,
}

impl Pairs {
    fn new(beads: &[TrainingBead], source_keys: usize) -> Self {
        let mut keys: Vec<u64> = Vec::new();
        for bead in beads {
            for &s in &bead.source {
                keys.extend(bead.target.iter().map(|&t| (u64::from(s) << 32) | u64::from(t)));
            }
        }
        let all = keys.clone();
        keys.sort_unstable();
        keys.dedup();
        let mut rows = vec![0u32; source_keys + 1];
        for key in &keys {
            rows[(key >> 32) as usize + 1] += 1;
        }
        for s in 0..source_keys {
            rows[s + 1] += rows[s];
        }
        let index = all
            .iter()
            .map(|key| {
                let s = (key >> 32) as usize;
                let row = &keys[rows[s] as usize..rows[s + 1] as usize];
                rows[s] + row.partition_point(|k| k < key) as u32
            })
            .collect();
        let mut bead_offsets = vec![0];
        for bead in beads {
            bead_offsets.push(bead_offsets[bead_offsets.len() - 1] + bead.source.len() * bead.target.len());
        }
        Self { keys, rows, index, bead_offsets }
    }

    fn iter(&self) -> impl Iterator<Item = (KeyId, KeyId)> + '_ {
        self.keys.iter().map(|k| ((k >> 32) as u32, *k as u32))
    }

    fn train(
        &self,
        beads: &[TrainingBead],
        prior: &[f32],
        schedule: Schedule,
        direction: Direction,
        given_keys: usize,
        said_keys: usize,
    ) -> Vec<f32> {
        debug_assert!(self.rows.len() > given_keys.min(said_keys));
        let given_of: HalfOfKey = match direction {
            Direction::Forward => |k| (k >> 32) as usize,
            Direction::Backward => |k| k as u32 as usize,
        };
        let background = background(beads, direction, said_keys);
        let mut probability = prior.to_vec();
        let mut counts = vec![0f32; self.keys.len()];
        let mut totals = vec![0f32; given_keys];
        for iteration in 0..=schedule.iterations {
            if iteration > 0 {
                counts.fill(0.0);
                for (bead, pair) in beads.iter().zip(self.bead_offsets.windows(2)) {
                    let index = &self.index[pair[0]..pair[1]];
                    expect(bead, index, direction, &background, schedule, &probability, &mut counts);
                }
            } else {
                counts.copy_from_slice(&probability);
            }
            totals.fill(0.0);
            for (key, count) in self.keys.iter().zip(&counts) {
                totals[given_of(*key)] += count;
            }
            let last = iteration == schedule.iterations;
            for ((key, count), p) in self.keys.iter().zip(&counts).zip(&mut probability) {
                let total = totals[given_of(*key)];
                let count = if last { (count - schedule.discount).max(0.0) } else { *count };
                *p = if total > 0.0 { count / total } else { 0.0 };
            }
        }
        probability
    }
}

fn background(beads: &[TrainingBead], direction: Direction, keys: usize) -> Vec<f32> {
    let mut counts = vec![0f32; keys];
    let mut total = 0f32;
    for bead in beads {
        let said = match direction {
            Direction::Forward => &bead.target,
            Direction::Backward => &bead.source,
        };
        for &k in said {
            counts[k as usize] += bead.weight;
            total += bead.weight;
        }
    }
    for count in &mut counts {
        *count /= total.max(1e-9);
    }
    counts
}

/// One bead's expectation step: each word said is shared out among the words given and the null word.
fn expect(
    bead: &TrainingBead,
    index: &[u32],
    direction: Direction,
    background: &[f32],
    schedule: Schedule,
    probability: &[f32],
    counts: &mut [f32],
) {
    let columns = bead.target.len();
    let (given, said) = match direction {
        Direction::Forward => (bead.source.len(), &bead.target),
        Direction::Backward => (bead.target.len(), &bead.source),
    };
    let share = (1.0 - schedule.null_share) / given as f32;
    for (k, &word) in said.iter().enumerate() {
        let at = |g: usize| match direction {
            Direction::Forward => index[g * columns + k] as usize,
            Direction::Backward => index[k * columns + g] as usize,
        };
        let mut sum = schedule.null_share * background[word as usize];
        for g in 0..given {
            sum += share * probability[at(g)];
        }
        if sum <= 0.0 {
            continue;
        }
        let scale = bead.weight * share / sum;
        for g in 0..given {
            let pair = at(g);
            counts[pair] += scale * probability[pair];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
