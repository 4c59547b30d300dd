//! What a dictionary says of two vocabularies.
//!
//! In: a dictionary, the words of two documents. Out: which keys may translate each other. Guarantee: the order of
//! the dictionary's entries never shows in the result.

use std::collections::BTreeMap;

use crate::bitext::{Lang, Sides};

use super::dictionary::{Dictionary, Terms};
use super::vocabulary::{KeyId, Vocabulary};

/// A pair of keys of two vocabularies that a dictionary holds to be translations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeyPair {
    /// Key in the source vocabulary.
    pub source: KeyId,
    /// Key in the target vocabulary.
    pub target: KeyId,
    /// How sure, in (0, 1].
    pub weight: f32,
}

/// What a dictionary knows of two vocabularies.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Links {
    /// The pairs of keys that it links, by source key, then target key.
    pub pairs: Vec<KeyPair>,
    /// By side, whether it knows a key at all, with or without an equivalent opposite.
    pub known: Sides<Vec<bool>>,
}

impl Dictionary {
    /// The pairs of keys that this dictionary links, by source key, then target key, and the keys that it knows.
    ///
    /// Which of its columns belongs to which side its languages say; where they do not, the orientation that
    /// knows more words is taken.
    pub fn links(&self, source: &Vocabulary, target: &Vocabulary) -> Links {
        let lookup_straight = || (lookup(&self.first, source), lookup(&self.second, target));
        let lookup_crossed = || (lookup(&self.second, source), lookup(&self.first, target));
        let known = |(a, b): &(Vec<Hit>, Vec<Hit>)| a.len().min(b.len());
        let empty = || (Vec::new(), Vec::new());
        let (straight, crossed) = match self.orientation(&source.language(), &target.language()) {
            Some(Orientation::Straight) => (lookup_straight(), empty()),
            Some(Orientation::Crossed) => (empty(), lookup_crossed()),
            None => (lookup_straight(), lookup_crossed()),
        };
        let marked = |hits: &[Hit], vocabulary: &Vocabulary| {
            let mut marked = vec![false; vocabulary.len()];
            for hit in hits {
                marked[hit.key as usize] = true;
            }
            marked
        };
        let of = |hits: &(Vec<Hit>, Vec<Hit>)| Sides::new(marked(&hits.0, source), marked(&hits.1, target));
        if known(&straight) >= known(&crossed) && !(straight.0.is_empty() && straight.1.is_empty()) {
            Links { pairs: self.join(&straight.0, &straight.1), known: of(&straight) }
        } else {
            let mut pairs = self.join(&crossed.1, &crossed.0);
            for pair in &mut pairs {
                std::mem::swap(&mut pair.source, &mut pair.target);
            }
            pairs.sort_by_key(|p| (p.source, p.target));
            Links { pairs, known: of(&crossed) }
        }
    }

    /// How its columns lie to two languages, if its own are different ones and tell.
    fn orientation(&self, source: &Lang, target: &Lang) -> Option<Orientation> {
        let (first, second) = self.languages()?;
        let (first, second) = (first.primary(), second.primary());
        let is = |a, b| (source.primary(), target.primary()) == (a, b);
        match first != second {
            true if is(first, second) => Some(Orientation::Straight),
            true if is(second, first) => Some(Orientation::Crossed),
            _ => None,
        }
    }

    fn join(&self, firsts: &[Hit], seconds: &[Hit]) -> Vec<KeyPair> {
        let mut by_term: Vec<Vec<(KeyId, f32)>> = vec![Vec::new(); self.second.len()];
        for hit in seconds {
            by_term[hit.term as usize].push((hit.key, hit.weight));
        }
        let mut best: BTreeMap<(KeyId, KeyId), f32> = BTreeMap::new();
        for hit in firsts {
            for &(second, weight) in self.pairs.get(hit.term as usize).map_or(&[][..], Vec::as_slice) {
                for &(key, w) in &by_term[second as usize] {
                    let weight = weight * hit.weight * w;
                    let entry = best.entry((hit.key, key)).or_insert(0.0);
                    *entry = entry.max(weight);
                }
            }
        }
        best.into_iter().map(|((source, target), weight)| KeyPair { source, target, weight }).collect()
    }
}

/// How a dictionary's columns lie to the two sides.
#[derive(Clone, Copy)]
enum Orientation {
    Straight,
    Crossed,
}

/// A vocabulary's key under which a dictionary's term was found.
struct Hit {
    term: u32,
    key: KeyId,
    weight: f32,
}

/// Every key of `vocabulary` with the terms that its word forms may be forms of: the form itself first,
/// then ever freer stems with lower weight.
fn lookup(terms: &Terms, vocabulary: &Vocabulary) -> Vec<Hit> {
    let language = vocabulary.language();
    let mut hits = Vec::new();
    for (index, form) in vocabulary.forms().iter().enumerate() {
        let key = vocabulary.form_key(index as u32);
        let length = form.chars().count() as f32;
        let mut trust = 1.0;
        terms.each_lemma(form, &language, |lemma, term| {
            let kept = lemma.chars().count() as f32 / length;
            hits.push(Hit { term, key, weight: trust * kept.clamp(0.3, 1.0) });
            trust = 0.5;
        });
    }
    hits
}
