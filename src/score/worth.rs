//! What each lexicon is worth in a bitext: how often the words that it pairs stand opposite each other.
//!
//! In: the pairs known before anything is learnt, the beads that are believed. Out: for each set of
//! dictionaries a trust in 0 to 1, and what it rests on. Guarantee: deterministic. Time O(words of
//! the beads · their pairs).
//!
//! A pair is judged by where it stands, against chance: of the words of believed beads that a dictionary has
//! equivalents for, some find one opposite; of these, some would by chance. A dictionary whose words find no
//! more than chance gives is worth nothing, whoever made it.

use std::ops::Range;

use crate::bitext::{Bead, Side, Sides};
use crate::tuned::model as tuned;

use super::known::{Holders, Known};
use super::side_data::{Class, SideData};

/// So many beads, evenly spread, say enough.
const ENOUGH: usize = 2000;

/// What the pairs of a set of dictionaries were worth in a bitext: [`LexiconWorth`](crate::bitext::LexiconWorth) has
/// the fields.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Worth {
    pub(super) words: f64,
    pub(super) found: f64,
    pub(super) trust: f64,
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
        ((self.found - self.chance + strength * tuned::GOOD_LEXICON) / (possible + strength).max(1e-9))
            .clamp(0.0, 1.0)
    }
}

/// How much the pairs of each set of dictionaries are trusted, and what they are worth.
pub(super) fn worth(
    known: &[Known],
    sources: &[Holders],
    sides: &Sides<SideData>,
    believed: &[(Bead, f64)],
) -> Vec<Worth> {
    let mut seen = vec![Seen::default(); sources.len()];
    for side in Side::BOTH {
        look(&Equivalents::new(known, side, sides), side, sides, believed, &mut seen);
    }
    let worth = |seen: &Seen| Worth {
        words: seen.words,
        found: seen.share(0.0),
        trust: (seen.share(tuned::LEXICON_STRENGTH) / tuned::GOOD_LEXICON).min(1.0),
    };
    seen.iter().map(worth).collect()
}

/// Known pairs seen from one side.
struct Equivalents {
    /// For each key of that side, and one more, the first of its groups.
    firsts: Vec<u32>,
    groups: Vec<Group>,
    /// The keys opposite, group by group.
    opposite: Vec<u32>,
}

/// What one set of dictionaries gives for a key.
struct Group {
    of: u32,
    keys: Range<u32>,
    /// The share of the running words opposite that these are.
    share: f64,
}

impl Equivalents {
    fn new(known: &[Known], side: Side, sides: &Sides<SideData>) -> Self {
        let usual = frequencies(sides.get(side.opposite()));
        let all = usual.iter().sum::<f64>().max(1.0);
        let of_side = |k: &Known| {
            let (own, other) = if side == Side::Source { (k.source, k.target) } else { (k.target, k.source) };
            (own, k.of, other)
        };
        let mut pairs: Vec<_> = known.iter().filter(|k| !k.is_by_looks()).map(of_side).collect();
        pairs.sort_by_key(|&(own, of, _)| (own, of));
        let mut out = Self { firsts: vec![0], groups: Vec::new(), opposite: Vec::new() };
        for group in pairs.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let (own, of, _) = group[0];
            out.firsts.resize(own as usize + 1, out.groups.len() as u32);
            let first = out.opposite.len() as u32;
            out.opposite.extend(group.iter().map(|&(_, _, other)| other));
            let found: f64 = group.iter().filter_map(|&(_, _, key)| usual.get(key as usize)).sum();
            let keys = first..out.opposite.len() as u32;
            out.groups.push(Group { of, keys, share: found / all });
        }
        out.firsts.push(out.groups.len() as u32);
        out
    }

    fn groups(&self, key: u32) -> &[Group] {
        match self.firsts.get(key as usize..key as usize + 2) {
            Some(at) => &self.groups[at[0] as usize..at[1] as usize],
            None => &[],
        }
    }

    fn keys(&self, group: &Group) -> &[u32] {
        &self.opposite[group.keys.start as usize..group.keys.end as usize]
    }
}

/// How often each word of a side stands there, by its key.
fn frequencies(data: &SideData) -> Vec<f64> {
    let mut out = Vec::new();
    for key in words(data, 0..data.len()) {
        if out.len() <= key as usize {
            out.resize(key as usize + 1, 0.0);
        }
        out[key as usize] += 1.0;
    }
    out
}

fn words(data: &SideData, segments: Range<usize>) -> impl Iterator<Item = u32> + '_ {
    segments.flat_map(|s| data.tokens(s)).filter(|t| t.class == Class::Word).map(|t| t.key)
}

fn look(
    equivalents: &Equivalents,
    side: Side,
    sides: &Sides<SideData>,
    believed: &[(Bead, f64)],
    seen: &mut [Seen],
) {
    // By key, the last bead that it was opposite in.
    let mut met: Vec<usize> = Vec::new();
    let evenly = believed.iter().step_by(believed.len().div_ceil(ENOUGH).max(1));
    for (number, &(bead, weight)) in (1..).zip(evenly) {
        let (own, other) = bead.seen_from(side);
        let mut length = 0.0;
        for key in words(sides.get(side.opposite()), other) {
            if met.len() <= key as usize {
                met.resize(key as usize + 1, 0);
            }
            met[key as usize] = number;
            length += 1.0;
        }
        for key in words(sides.get(side), own) {
            for group in equivalents.groups(key) {
                let is_met = |k: &u32| met.get(*k as usize) == Some(&number);
                let found = equivalents.keys(group).iter().any(is_met);
                let seen = &mut seen[group.of as usize];
                seen.words += weight;
                seen.found += weight * f64::from(u8::from(found));
                seen.chance += weight * (1.0 - (-group.share * length).exp());
            }
        }
    }
}
