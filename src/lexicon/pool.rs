//! Several bitexts' words numbered together, so that what one teaches helps the others.
//!
//! In: the vocabularies of several bitexts of the same two languages. Out: beads and learnt pairs translated
//! between a bitext's own numbers and the shared ones. Guarantee: the numbers depend on the order of the
//! bitexts and their texts alone. Space O(keys of all bitexts).

use rustc_hash::FxHashMap;

use crate::bitext::{Side, Sides};

use super::induce::{LearntPair, TrainingBead, learn};
use super::vocabulary::{KeyId, Vocabulary};

/// The shared numbers of several bitexts' words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pool {
    sizes: Sides<usize>,
    /// For each bitext the shared number of each of its keys.
    shared: Vec<Sides<Vec<KeyId>>>,
}

impl Pool {
    /// Numbers the keys of `vocabularies` by their spelling, first come, first numbered.
    pub(crate) fn new<'a>(vocabularies: impl IntoIterator<Item = &'a Sides<Vocabulary>>) -> Self {
        let mut ids: Sides<FxHashMap<&'a str, KeyId>> = Sides::default();
        let mut shared = Vec::new();
        for pair in vocabularies {
            let mut number = |side: Side| -> Vec<KeyId> {
                let (vocabulary, ids) = (pair.get(side), ids.get_mut(side));
                let keys = 0..vocabulary.len() as KeyId;
                keys.map(|key| {
                    let next = ids.len() as KeyId;
                    *ids.entry(vocabulary.key(key)).or_insert(next)
                })
                .collect()
            };
            shared.push(Sides::new(number(Side::Source), number(Side::Target)));
        }
        Self { sizes: Sides::new(ids.source.len(), ids.target.len()), shared }
    }

    /// Learns from the beads of all bitexts together. `beads` has an entry for each bitext, in its own
    /// numbers, and so has `known`: pairs held to be translations, with how likely. What is learnt comes
    /// back for each bitext, in its own numbers: the pairs both of whose words it has.
    pub(crate) fn learn(
        &self,
        beads: Vec<Vec<TrainingBead>>,
        known: impl IntoIterator<Item = Vec<(KeyId, KeyId, f32)>>,
    ) -> Vec<Vec<LearntPair>> {
        let mut prior: FxHashMap<(KeyId, KeyId), f32> = FxHashMap::default();
        for (numbers, known) in self.shared.iter().zip(known) {
            for (s, t, p) in known {
                let pair = (numbers.source[s as usize], numbers.target[t as usize]);
                let held = prior.entry(pair).or_insert(p);
                *held = held.max(p);
            }
        }
        let mut pooled: Vec<TrainingBead> = Vec::new();
        for (numbers, beads) in self.shared.iter().zip(beads) {
            pooled.extend(beads.into_iter().map(|mut bead| {
                bead.source.iter_mut().for_each(|k| *k = numbers.source[*k as usize]);
                bead.target.iter_mut().for_each(|k| *k = numbers.target[*k as usize]);
                bead
            }));
        }
        let learnt = learn(&pooled, self.sizes.source, self.sizes.target, |s, t| {
            prior.get(&(s, t)).copied().unwrap_or(0.0)
        });
        self.shared.iter().map(|numbers| self.own(numbers, &learnt)).collect()
    }

    /// The pairs both of whose words a bitext has, in its own numbers.
    fn own(&self, numbers: &Sides<Vec<KeyId>>, learnt: &[LearntPair]) -> Vec<LearntPair> {
        let own = |side: Side| -> Vec<Option<KeyId>> {
            let mut own = vec![None; *self.sizes.get(side)];
            for (key, &shared) in (0..).zip(numbers.get(side)) {
                own[shared as usize] = Some(key);
            }
            own
        };
        let (source, target) = (own(Side::Source), own(Side::Target));
        learnt
            .iter()
            .filter_map(|p| {
                let (s, t) = (source[p.source as usize]?, target[p.target as usize]?);
                Some(LearntPair { source: s, target: t, ..*p })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Lang, SegmentedDocument};

    fn vocabularies(source: &[&str], target: &[&str]) -> Sides<Vocabulary> {
        let of = |lines: &[&str], language: &str| {
            let lines: Vec<String> = lines.iter().map(|&l| l.to_owned()).collect();
            Vocabulary::new(&SegmentedDocument::from_lines(&lines), &language.parse::<Lang>().unwrap())
        };
        Sides::new(of(source, "de"), of(target, "en"))
    }

    #[test]
    fn what_one_bitext_teaches_reaches_another() {
        let first = vocabularies(
            &["Haus brennt", "Haus steht", "Buch brennt", "Haus"],
            &["house burns", "house stands", "book burns", "house"],
        );
        let second = vocabularies(&["Zeit Haus"], &["time house"]);
        let pool = Pool::new([&first, &second]);
        let beads = |v: &Sides<Vocabulary>| -> Vec<TrainingBead> {
            (0..v.source.segments())
                .map(|i| TrainingBead {
                    source: v.source.segment_keys(i).collect(),
                    target: v.target.segment_keys(i).collect(),
                    weight: 1.0,
                })
                .collect()
        };
        let learnt = pool.learn(vec![beads(&first), Vec::new()], [Vec::new(), Vec::new()]);
        let named: Vec<(&str, &str)> =
            learnt[1].iter().map(|p| (second.source.key(p.source), second.target.key(p.target))).collect();
        assert_eq!(named, [("haus", "hous")], "only words that the second bitext has, under its numbers");
        assert!(learnt[0].len() > learnt[1].len());
    }
}
