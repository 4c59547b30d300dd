//! Pairs of words held to be translations before anything is learnt: from dictionaries and by their looks.
//!
//! In: the vocabularies of both sides, dictionaries, options. Out: [`KnownPairs`]. Guarantee: deterministic.

use std::collections::BTreeMap;

use crate::anchor;
use crate::bitext::{EvidenceKind, Side, Sides};
use crate::lexicon::{self, Dictionary, Links, Vocabulary};
use crate::tuned::model as tuned;

use super::options::ScoreOptions;

/// A pair held to be translations before anything is learnt, with p(t | s) and p(s | t) if what holds it is
/// to be trusted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    pub(super) source: u32,
    pub(super) target: u32,
    pub(super) forward: f32,
    pub(super) backward: f32,
    /// What holds it: a place in [`KnownPairs::sources`].
    pub(super) of: u32,
}

impl Known {
    /// Whether it is known by its looks, not from a dictionary.
    pub(super) const fn is_by_looks(&self) -> bool {
        self.of == 0
    }
}

/// Which dictionaries hold a pair, by their places; none holds it if it is known by its looks.
pub(super) type Holders = Vec<u32>;

/// What is known before anything is learnt.
pub(super) struct KnownPairs {
    pub(super) pairs: Vec<Known>,
    /// All sets of dictionaries that hold pairs together: the pairs of each are trusted for themselves, so that
    /// what a dictionary shares with another says nothing of what it has alone.
    pub(super) sources: Vec<Holders>,
    /// Pairs known by their looks, sorted.
    pub(super) lookalikes: Vec<(u32, u32)>,
    /// By side, the words that dictionaries know, with or without an equivalent opposite.
    pub(super) in_dictionaries: Sides<Vec<bool>>,
    /// Whether dictionaries know most of the running words of a side.
    pub(super) mostly: bool,
}

impl KnownPairs {
    pub(super) fn new(v: &Sides<Vocabulary>, dictionaries: &[&Dictionary], options: &ScoreOptions) -> Self {
        let mut held: BTreeMap<(u32, u32), (f32, f32, Holders)> = BTreeMap::new();
        let mut known_words = Sides::new(vec![false; v.source.len()], vec![false; v.target.len()]);
        let mut in_dictionaries = Sides::new(vec![false; v.source.len()], vec![false; v.target.len()]);
        let words = !options.without.contains(&EvidenceKind::Words);
        for (place, dictionary) in (0..).zip(dictionaries).filter(|_| words) {
            let Links { pairs, known: knows } = dictionary.links(&v.source, &v.target);
            for side in Side::BOTH {
                mark(known_words.get_mut(side), knows.get(side));
            }
            let mut source_sums = vec![0f32; v.source.len()];
            let mut target_sums = vec![0f32; v.target.len()];
            for p in &pairs {
                source_sums[p.source as usize] += p.weight;
                target_sums[p.target as usize] += p.weight;
                in_dictionaries.source[p.source as usize] = true;
                in_dictionaries.target[p.target as usize] = true;
            }
            let mass = options.dictionary_mass as f32;
            for p in &pairs {
                let forward = mass * p.weight / source_sums[p.source as usize].max(1.0);
                let backward = mass * p.weight / target_sums[p.target as usize].max(1.0);
                let pair = held.entry((p.source, p.target)).or_default();
                pair.0 = pair.0.max(forward);
                pair.1 = pair.1.max(backward);
                pair.2.push(place);
            }
        }
        let mut sources: Vec<Holders> = vec![Holders::new()];
        let mut places: BTreeMap<Holders, u32> = BTreeMap::from([(Holders::new(), 0)]);
        let mut known = Vec::with_capacity(held.len());
        for ((source, target), (forward, backward, holders)) in held {
            let of = *places.entry(holders).or_insert_with_key(|holders| {
                sources.push(holders.clone());
                sources.len() as u32 - 1
            });
            known.push(Known { source, target, forward, backward, of });
        }
        let mut looks = Vec::new();
        if !options.without.contains(&EvidenceKind::Names) {
            looks.extend(lexicon::same_spelling(&v.source, &v.target));
            looks.extend(lexicon::cognates(&v.source, &v.target));
            looks.extend(lexicon::names(
                &v.source,
                &v.target,
                anchor::skeleton,
                anchor::skeleton_similarity,
                0.86,
            ));
        }
        known.extend(looks.iter().map(|look| {
            let p = options.looks_mass as f32 * look.likeness.powi(2);
            Known {
                source: v.source.form_key(look.source),
                target: v.target.form_key(look.target),
                forward: p,
                backward: p,
                of: 0,
            }
        }));
        let mut lookalikes: Vec<(u32, u32)> = looks
            .iter()
            .map(|look| (v.source.form_key(look.source), v.target.form_key(look.target)))
            .collect();
        lookalikes.sort_unstable();
        let mostly = Side::BOTH
            .iter()
            .any(|&side| running_share(v.get(side), in_dictionaries.get(side)) >= tuned::MOSTLY_KNOWN);
        Self { pairs: known, sources, lookalikes, in_dictionaries: known_words, mostly }
    }
}

/// Marks what `more` marks.
fn mark(marked: &mut [bool], more: &[bool]) {
    for (marked, more) in marked.iter_mut().zip(more) {
        *marked |= more;
    }
}

/// Which share of the running words of `v` has a key that `among` marks.
fn running_share(v: &Vocabulary, among: &[bool]) -> f64 {
    let (mut all, mut marked) = (0.0, 0.0);
    for (key, &is_marked) in (0..).zip(among) {
        let count = f64::from(v.count(key));
        all += count;
        marked += if is_marked { count } else { 0.0 };
    }
    if all > 0.0 { marked / all } else { 0.0 }
}
