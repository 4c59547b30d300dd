//! What each lexicon is worth in a bitext: how often the words that it pairs stand opposite each other.
//!
//! In: the pairs known before anything is learnt, the beads that are believed. Out: for each set of
//! dictionaries a trust in 0 to 1, and [`LexiconWorth`] for people. Guarantee: deterministic. Time O(words of
//! the beads · their pairs).
//!
//! A pair is judged by where it stands, against chance: of the words of believed beads that a dictionary has
//! equivalents for, some find one opposite; of these, some would by chance. A dictionary whose words find no
//! more than chance gives is worth nothing, whoever made it.

use std::collections::BTreeMap;

use crate::bitext::{Bead, Side, Sides};

use super::known::{Holders, Known};
use super::side_data::{Class, SideData};

/// A dictionary whose words find an equivalent opposite so often beyond chance is fully trusted.
const GOOD: f64 = 0.3;
/// For how many words the prior counts that it is.
const STRENGTH: f64 = 30.0;
/// So many beads, evenly spread, say enough.
const ENOUGH: usize = 2000;

/// What a dictionary was worth in a bitext.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct LexiconWorth {
    /// Running words of believed beads, of both sides, for which it alone has equivalents opposite.
    pub words: f64,
    /// The share of them that find one in their bead, beyond what chance gives; at most 1.
    pub found: f64,
    /// How much such pairs are trusted, 0 to 1.
    pub trust: f64,
}

/// Sums over words.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    words: f64,
    found: f64,
    chance: f64,
}

impl Seen {
    /// The share found beyond chance of what could be.
    fn share(self, strength: f64) -> f64 {
        let possible = self.words - self.chance;
        ((self.found - self.chance + strength * GOOD) / (possible + strength).max(1e-9)).clamp(0.0, 1.0)
    }
}

/// How much the pairs of each set of dictionaries are trusted, and what they are worth.
pub(super) fn worth(
    known: &[Known],
    sources: &[Holders],
    sides: &Sides<SideData>,
    believed: &[(Bead, f64)],
) -> Vec<LexiconWorth> {
    let mut seen = vec![Seen::default(); sources.len()];
    for side in Side::BOTH {
        look(&equivalents(known, side), side, sides, believed, &mut seen);
    }
    let worth = |seen: &Seen| LexiconWorth {
        words: seen.words,
        found: seen.share(0.0),
        trust: (seen.share(STRENGTH) / GOOD).min(1.0),
    };
    seen.iter().map(worth).collect()
}

/// For each key of `side`, and each set of dictionaries, the keys opposite.
fn equivalents(known: &[Known], side: Side) -> BTreeMap<u32, BTreeMap<u32, Vec<u32>>> {
    let mut out: BTreeMap<u32, BTreeMap<u32, Vec<u32>>> = BTreeMap::new();
    for k in known.iter().filter(|k| !k.is_by_looks()) {
        let (own, other) = if side == Side::Source { (k.source, k.target) } else { (k.target, k.source) };
        out.entry(own).or_default().entry(k.of).or_default().push(other);
    }
    out
}

fn look(
    equivalents: &BTreeMap<u32, BTreeMap<u32, Vec<u32>>>,
    side: Side,
    sides: &Sides<SideData>,
    believed: &[(Bead, f64)],
    seen: &mut [Seen],
) {
    let words = |side: Side, segments: std::ops::Range<usize>| {
        let data = sides.get(side);
        segments.flat_map(|s| data.tokens(s)).filter(|t| t.class == Class::Word).map(|t| t.key)
    };
    let mut usual: BTreeMap<u32, f64> = BTreeMap::new();
    for key in words(side.opposite(), 0..sides.get(side.opposite()).len()) {
        *usual.entry(key).or_default() += 1.0;
    }
    let all: f64 = usual.values().sum();
    for &(bead, weight) in believed.iter().step_by(believed.len().div_ceil(ENOUGH).max(1)) {
        let (own, other) = bead.seen_from(side);
        let mut opposite: Vec<u32> = words(side.opposite(), other).collect();
        let length = opposite.len() as f64;
        opposite.sort_unstable();
        for key in words(side, own) {
            for (of, keys) in equivalents.get(&key).into_iter().flatten() {
                let share: f64 = keys.iter().filter_map(|k| usual.get(k)).sum::<f64>() / all.max(1.0);
                let found = keys.iter().any(|k| opposite.binary_search(k).is_ok());
                let seen = &mut seen[*of as usize];
                seen.words += weight;
                seen.found += weight * f64::from(u8::from(found));
                seen.chance += weight * (1.0 - (-share * length).exp());
            }
        }
    }
}
