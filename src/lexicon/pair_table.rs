//! The table of word pairs that the scorer reads: for each source key the target keys it may translate.
//!
//! In: pairs with probabilities from dictionaries, learning, shared spelling and names. Out: likelihood
//! ratios p(t | s) / p(t) and p(s | t) / p(s), in compressed rows. Guarantee: at most one entry a pair,
//! the strongest; rows sorted by target key.

use super::vocabulary::{KeyId, Vocabulary};

/// One entry of a source key's row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ratios {
    /// The target key.
    pub target: KeyId,
    /// p(target | source) / p(target).
    pub forward: f32,
    /// p(source | target) / p(source).
    pub backward: f32,
}

/// Word pairs with their likelihood ratios, by source key.
#[derive(Debug, Clone, Default)]
pub(crate) struct PairTable {
    offsets: Vec<u32>,
    entries: Vec<Ratios>,
}

impl PairTable {
    /// What source key `key` may become, by target key.
    pub(crate) fn row(&self, key: KeyId) -> &[Ratios] {
        &self.entries[self.offsets[key as usize] as usize..self.offsets[key as usize + 1] as usize]
    }

    /// The ratios of a pair, where there are any.
    pub(crate) fn get(&self, source: KeyId, target: KeyId) -> Option<Ratios> {
        let row = self.row(source);
        row.binary_search_by_key(&target, |r| r.target).ok().map(|at| row[at])
    }

    /// Number of source keys.
    pub(crate) fn rows(&self) -> usize {
        self.offsets.len() - 1
    }

    /// Number of pairs.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }
}

/// Collects pairs for a [`PairTable`].
#[derive(Debug, Clone, Default)]
pub(crate) struct PairTableBuilder {
    pairs: Vec<(KeyId, KeyId, f32, f32)>,
}

impl PairTableBuilder {
    /// Adds a pair with its probabilities p(target | source) and p(source | target).
    pub(crate) fn add(&mut self, source: KeyId, target: KeyId, forward: f32, backward: f32) {
        self.pairs.push((source, target, forward, backward));
    }

    /// The table over two vocabularies; of pairs added twice the higher probabilities count. Pairs that
    /// say next to nothing (both ratios below `least`) are left out.
    pub(crate) fn build(mut self, source: &Vocabulary, target: &Vocabulary, least: f32) -> PairTable {
        self.pairs.sort_unstable_by(|a, b| {
            (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)).then(b.3.total_cmp(&a.3))
        });
        let (source_tokens, target_tokens) = (source.tokens() as f32, target.tokens() as f32);
        let mut table = PairTable { offsets: vec![0], entries: Vec::new() };
        let mut pairs = self.pairs.into_iter().peekable();
        while let Some((s, t, mut f, mut b)) = pairs.next() {
            while let Some(&(s2, t2, f2, b2)) = pairs.peek()
                && (s2, t2) == (s, t)
            {
                f = f.max(f2);
                b = b.max(b2);
                pairs.next();
            }
            let forward = f * target_tokens / target.count(t) as f32;
            let backward = b * source_tokens / source.count(s) as f32;
            if forward < least && backward < least {
                continue;
            }
            table.offsets.resize(s as usize + 1, table.entries.len() as u32);
            table.entries.push(Ratios { target: t, forward, backward });
        }
        table.offsets.resize(source.len() + 1, table.entries.len() as u32);
        table
    }
}
