//! Hints: segments that share something rare, to tell the search where to look first.
//!
//! In: a [`Model`]. Out: [`Hint`]s. Guarantee: deterministic; time linear in the bitext, as only keys that
//! are rare on both sides count.

use crate::bitext::Hint;
use crate::tuned::groups;

use super::model::Model;
use super::side_data::{Class, SideData};

/// Segments in which each key stands, for keys in at most [`groups::RARE`] of them.
struct Places {
    offsets: Vec<u32>,
    segments: Vec<u32>,
}

impl Places {
    fn new(data: &SideData, keys: usize, wanted: impl Fn(Class) -> bool) -> Self {
        let mut counts = vec![0u32; keys + 1];
        let each = |f: &mut dyn FnMut(u32, u32)| {
            for segment in 0..data.len() {
                for token in data.tokens(segment).iter().filter(|t| wanted(t.class)) {
                    f(token.key, segment as u32);
                }
            }
        };
        each(&mut |key, _| counts[key as usize + 1] += 1);
        for k in 0..keys {
            counts[k + 1] += counts[k];
        }
        let mut next = counts.clone();
        let mut segments = vec![0u32; counts[keys] as usize];
        each(&mut |key, segment| {
            segments[next[key as usize] as usize] = segment;
            next[key as usize] += 1;
        });
        Self { offsets: counts, segments }
    }

    fn of(&self, key: u32) -> &[u32] {
        &self.segments[self.offsets[key as usize] as usize..self.offsets[key as usize + 1] as usize]
    }

    fn rare(&self, key: u32) -> bool {
        (1..=groups::RARE).contains(&self.of(key).len())
    }
}

/// The hints of a bitext: rare anchors shared as they are, rare words that translate each other.
pub(super) fn hints(model: &Model<'_>) -> Vec<Hint> {
    let mut out = Vec::new();
    let anchors = |data| Places::new(data, model.anchors.len(), |c| !matches!(c, Class::Word | Class::Mark));
    let (s, t) = (anchors(model.sides.source), anchors(model.sides.target));
    for key in 0..model.anchors.len() as u32 {
        if s.rare(key) && t.rare(key) {
            pair(&mut out, s.of(key), t.of(key), 12);
        }
    }
    let words = |data, keys| Places::new(data, keys, |c| c == Class::Word);
    let (s, t) =
        (words(model.sides.source, model.table.rows()), words(model.sides.target, model.target_keys()));
    for key in 0..model.table.rows() as u32 {
        if !s.rare(key) {
            continue;
        }
        for r in model.table.row(key) {
            if t.rare(r.target) {
                pair(&mut out, s.of(key), t.of(r.target), 12);
            }
        }
    }
    out.sort_unstable();
    // What several keys say of the same two segments adds up.
    let mut merged: Vec<Hint> = Vec::with_capacity(out.len());
    for hint in out {
        match merged.last_mut() {
            Some(last) if (last.source, last.target) == (hint.source, hint.target) => {
                last.weight += hint.weight;
            }
            _ => merged.push(hint),
        }
    }
    merged
}

fn pair(out: &mut Vec<Hint>, source: &[u32], target: &[u32], weight: u32) {
    let weight = (weight / (source.len() * target.len()) as u32).max(1);
    for &s in source {
        out.extend(target.iter().map(|&t| Hint { source: s, target: t, weight }));
    }
}
