//! How much the two sides of a bead look like a translation at all, against texts that have nothing to do with each
//! other.
//!
//! In: a fitted scorer, the beads that it learnt from, a bead. Out: the evidence in nats that its sides are related.
//! Guarantee: pure and deterministic; time linear in the text.
//!
//! Costs cannot say it: they are fitted to the very beads that they judge, and say which ladder of two texts is better
//! than another. Here each word, number and mark that could have a counterpart opposite is held against two chances: of
//! having one in a text that has nothing to do with its own, which is known from elsewhere in the documents and, where
//! these are short, from other documents; and of having one in a translation. What was learnt from the documents
//! themselves counts only where it was learnt from their other half (cross-validation: Stone 1974).
//!
//! The numbers below were fitted on short texts made of the development documents: 1,129 beads of texts that translate
//! each other and 1,052 that the aligner found in texts that do not, and hold as well on as many others.
//! `docs/evaluation.md` says how well they do elsewhere.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::bitext::{Bead, EvidenceKind, Side, Sides};
use crate::lexicon::{KeyId, Vocabulary};
use crate::tuned::related as tuned;

use super::known::Known;
use super::model::Model;
use super::scorer::Scorer;
use super::side_data::Class;

/// So many beads of each half are learnt from at most, and so many are looked at for the check.
const ENOUGH: usize = 1000;

/// Sorts of evidence, each with a weight of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Dictionary,
    Looks,
    Learnt,
    Value,
    Symbol,
    Mark,
}

impl Sort {
    const COUNT: usize = 6;
}

/// Pairs of words held to be translations, and how often a word's partners occur opposite.
struct Partners {
    offsets: Vec<u32>,
    targets: Vec<KeyId>,
    /// For each word of a side: how many of the words opposite are partners of it, in the whole bitext.
    opposite: Sides<Vec<u32>>,
}

impl Partners {
    fn new(mut pairs: Vec<(KeyId, KeyId)>, v: &Sides<Vocabulary>) -> Self {
        pairs.sort_unstable();
        pairs.dedup();
        let mut opposite = Sides::new(vec![0; v.source.len()], vec![0; v.target.len()]);
        let mut offsets = vec![0; v.source.len() + 1];
        for &(s, t) in &pairs {
            opposite.source[s as usize] += v.target.count(t);
            opposite.target[t as usize] += v.source.count(s);
            offsets[s as usize + 1] += 1;
        }
        for s in 0..v.source.len() {
            offsets[s + 1] += offsets[s];
        }
        Self { offsets, targets: pairs.into_iter().map(|(_, t)| t).collect(), opposite }
    }

    fn of_known(known: &[Known], v: &Sides<Vocabulary>) -> Self {
        Self::new(known.iter().map(|k| (k.source, k.target)).collect(), v)
    }

    fn row(&self, source: KeyId) -> &[KeyId] {
        &self.targets[self.offsets[source as usize] as usize..self.offsets[source as usize + 1] as usize]
    }

    /// How many partners each of `words` has among those of the other side.
    fn within(&self, words: &Sides<Vec<KeyId>>) -> Sides<Vec<u32>> {
        if self.targets.is_empty() {
            return words.as_ref().map(|words| vec![0; words.len()]);
        }
        // For each target word how often it stands there, and how many partners it has met.
        let mut places: FxHashMap<KeyId, (u32, u32)> = FxHashMap::default();
        for &t in &words.target {
            places.entry(t).or_default().0 += 1;
        }
        let mut source = Vec::with_capacity(words.source.len());
        for &s in &words.source {
            let mut found = 0;
            for t in self.row(s) {
                if let Some((count, met)) = places.get_mut(t) {
                    found += *count;
                    *met += 1;
                }
            }
            source.push(found);
        }
        Sides::new(source, words.target.iter().map(|t| places[t].1).collect())
    }
}

/// A word's chances, where it could have a counterpart.
struct Chance {
    sort: Sort,
    met: bool,
    /// Probability that it has a counterpart by chance.
    expected: f64,
}

/// What tells translations from texts that have nothing to do with each other, for one bitext.
pub(super) struct Related<'a> {
    scorer: &'a Scorer,
    model: &'a Model<'a>,
    dictionaries: Partners,
    looks: Partners,
    /// Words learnt from the second half, for the first, and the other way round.
    learnt: Option<[Partners; 2]>,
    /// The source segment where the second half begins.
    middle: usize,
    /// How much of what one half teaches holds in the other, 0 to 1.
    holds: f64,
    /// By how many standard deviations that is more than chance would have it, at least 0.
    confirmed: f64,
}

impl<'a> Related<'a> {
    /// What is known of the bitext of `scorer`, whose present model is `model`; none where words are no evidence, as
    /// the rest says too little.
    pub(super) fn new(scorer: &'a Scorer, model: &'a Model<'a>, believed: &[(Bead, f64)]) -> Option<Self> {
        if scorer.options.without.contains(&EvidenceKind::Words) {
            return None;
        }
        let v = &scorer.vocabularies;
        let (looks, known): (Vec<Known>, Vec<Known>) = scorer.trusted().partition(Known::is_by_looks);
        let mut related = Self {
            scorer,
            model,
            dictionaries: Partners::of_known(&known, v),
            looks: Partners::of_known(&looks, v),
            learnt: None,
            middle: 0,
            holds: 0.0,
            confirmed: 0.0,
        };
        // Where dictionaries carry the evidence, what could be learnt besides would not change it.
        if !scorer.mostly_known {
            related.learn(believed);
        }
        Some(related)
    }

    /// Learns words from either half of the beads that are believed, and looks how they do in the other.
    fn learn(&mut self, believed: &[(Bead, f64)]) {
        let mut believed = believed.to_vec();
        believed.sort_by_key(|(bead, _)| *bead);
        let half = believed.len() / 2;
        let Some(middle) = believed.get(half).map(|(bead, _)| bead.source.start()) else { return };
        let learn = |part: &[(Bead, f64)]| {
            let some: Vec<_> = part.iter().step_by(part.len().div_ceil(ENOUGH).max(1)).copied().collect();
            let learnt = self.scorer.induce(&some).into_iter();
            let sure = learnt.filter(|pair| pair.forward.max(pair.backward) >= tuned::LEARNT);
            Partners::new(sure.map(|pair| (pair.source, pair.target)).collect(), &self.scorer.vocabularies)
        };
        self.learnt = Some([learn(&believed[half..]), learn(&believed[..half])]);
        self.middle = middle;
        let (mut met, mut expected, mut variance, mut words) = (0.0, 0.0, 0.0, 0.0);
        for (bead, _) in believed.iter().step_by(believed.len().div_ceil(2 * ENOUGH).max(1)) {
            for chance in self.words(*bead, 0.0).iter().filter(|chance| chance.sort == Sort::Learnt) {
                met += f64::from(u8::from(chance.met));
                expected += chance.expected;
                variance += chance.expected * (1.0 - chance.expected);
                words += 1.0;
            }
        }
        self.holds = ((met - expected) / (words - expected + 10.0)).clamp(0.0, tuned::MOST_LEARNT);
        self.confirmed = ((met - expected) / (variance + 1.0).sqrt()).max(0.0);
    }

    /// What the check of either half by the other says of the documents as a whole, in nats.
    pub(super) fn confirmed(&self) -> f64 {
        self.confirmed.min(tuned::MOST_CONFIRMED)
    }

    /// The evidence that the sides of `bead` are related, in nats; below 0 against it.
    pub(super) fn evidence(&self, bead: Bead) -> f64 {
        if bead.is_null() {
            return tuned::ALONE * (bead.source.len() + bead.target.len()) as f64;
        }
        let mut sorts = [0.0; Sort::COUNT];
        for chance in self.words(bead, tuned::CHANCE_STRENGTH) {
            let translated = match chance.sort {
                Sort::Dictionary => tuned::TRANSLATED,
                Sort::Looks => tuned::RECOGNISED,
                _ => self.holds,
            };
            sorts[chance.sort as usize] += ratio(chance.met, translated, chance.expected);
        }
        self.add_anchors(bead, &mut sorts);
        let weighed = tuned::WEIGHTS
            .iter()
            .zip(sorts)
            .map(|(weight, nats)| weight * nats.clamp(tuned::SORT_RANGE.0, tuned::SORT_RANGE.1));
        // What the halves teach each other was not chosen by the search.
        let chosen = tuned::CHOSEN * (-self.confirmed).exp();
        let beside =
            tuned::LENGTH_WEIGHT * self.length(bead) + tuned::VECTOR_WEIGHT * self.model.embedding_nats(bead);
        (weighed.sum::<f64>() - beside - chosen).clamp(-tuned::RANGE, tuned::RANGE)
    }

    /// What the lengths cost, within limits: a heading may be far shorter than its translation.
    fn length(&self, bead: Bead) -> f64 {
        if self.scorer.options.without.contains(&EvidenceKind::Length) {
            return 0.0;
        }
        let (s, t) = (bead.source, bead.target);
        let source = self.model.sides.source.length(s.start(), s.end());
        let target = self.model.sides.target.length(t.start(), t.end());
        f64::from(self.model.length_nats(source as f32, target as f32)).clamp(-1.3, 4.0)
    }

    /// The words of a bead that could have a counterpart. The chances known from other documents count for `strength`
    /// words of these.
    fn words(&self, bead: Bead, strength: f64) -> Vec<Chance> {
        let v = &self.scorer.vocabularies;
        let keys = |side: Side| -> Vec<KeyId> {
            let data = self.model.sides.get(side);
            let tokens = bead.seen_from(side).0.flat_map(|segment| data.tokens(segment));
            tokens.filter(|token| token.class == Class::Word).map(|token| token.key).collect()
        };
        let words = Sides::new(keys(Side::Source), keys(Side::Target));
        let learnt =
            self.learnt.as_ref().map(|halves| &halves[usize::from(bead.source.start() >= self.middle)]);
        let tables = [
            (Sort::Dictionary, Some(&self.dictionaries)),
            (Sort::Looks, Some(&self.looks)),
            (Sort::Learnt, learnt),
        ];
        let met = tables.map(|(sort, table)| table.map(|table| (sort, table, table.within(&words))));
        let mut out = Vec::new();
        for side in Side::BOTH {
            let here = words.get(side.opposite()).len();
            if here == 0 {
                continue;
            }
            let elsewhere = v.get(side.opposite()).tokens().saturating_sub(here) as f64;
            for (at, &key) in words.get(side).iter().enumerate() {
                let all = |table: &Partners| table.opposite.get(side)[key as usize];
                let found = met.iter().flatten().find(|(_, _, met)| met.get(side)[at] > 0);
                let (sort, table, here_met) = if let Some((sort, table, met)) = found {
                    (*sort, *table, met.get(side)[at])
                } else if self.scorer.in_dictionaries.get(side)[key as usize] {
                    (Sort::Dictionary, &self.dictionaries, 0)
                } else if let Some(learnt) = learnt.filter(|table| all(table) > 0) {
                    (Sort::Learnt, learnt, 0)
                } else {
                    continue;
                };
                let usual = match sort {
                    Sort::Dictionary => {
                        let letters = v.get(side).key(key).chars().take(5).count();
                        tuned::BY_CHANCE[letters.clamp(2, 5) - 2]
                    }
                    Sort::Looks => tuned::LOOKS_BY_CHANCE,
                    _ => tuned::LEARNT_BY_CHANCE,
                };
                let partners = f64::from(all(table).saturating_sub(here_met));
                let each = (strength * usual + partners) / (strength + elsewhere).max(1.0);
                let by_chance = 1.0 - (-each * here as f64).exp();
                out.push(Chance { sort, met: here_met > 0, expected: by_chance });
            }
        }
        out
    }

    /// Whether a mark of `side` is usual opposite as well: else, as between scripts with marks of their own, that it has
    /// no counterpart says nothing of a bead.
    fn shares_mark(&self, key: u32, side: Side) -> bool {
        const FEW: u32 = 5;
        let count = |side| self.scorer.index.count(key, side);
        let (own, opposite) = (count(side), count(side.opposite()));
        own < FEW || 4 * opposite >= own
    }

    /// How much of each bead's evidence counts where there are so many linked beads. What dictionaries do not carry is
    /// alike for all beads of a document (numbers written otherwise, words that could not be learnt): that many beads
    /// together say no more than a few.
    pub(super) fn share(&self, linked: usize) -> f64 {
        const FEW: f64 = 8.0;
        if self.scorer.mostly_known { 1.0 } else { (FEW / linked.max(1) as f64).min(1.0) }
    }

    /// Adds what numbers, dates, symbols and marks say.
    fn add_anchors(&self, bead: Bead, sorts: &mut [f64; Sort::COUNT]) {
        let sides = self.model.sides;
        for side in Side::BOTH {
            let (own, other) = bead.seen_from(side);
            let (data, opposite) = (sides.get(side), sides.get(side.opposite()));
            let counts = opposite.class_counts(other.start, other.end);
            let counted = |class: Class| class != Class::Word && self.model.class_weight(class) > 0.0;
            let theirs: FxHashSet<u32> = other
                .flat_map(|segment| opposite.tokens(segment))
                .filter(|token| counted(token.class))
                .map(|token| token.key)
                .collect();
            for token in own.flat_map(|segment| data.tokens(segment)).filter(|t| counted(t.class)) {
                let met = theirs.contains(&token.key);
                let (sort, kept) = match token.class {
                    Class::MaybeNumber | Class::MaybeDate if !met => continue,
                    Class::Number | Class::Date | Class::MaybeNumber | Class::MaybeDate => {
                        (Sort::Value, tuned::KEPT)
                    }
                    Class::Mark => {
                        if self.shares_mark(token.key, side) {
                            let (kept, chance) = (tuned::MARK_KEPT, tuned::MARK_BY_CHANCE);
                            sorts[Sort::Mark as usize] +=
                                if met { (kept / chance).ln() } else { ((1.0 - kept) / (1.0 - chance)).ln() };
                        }
                        continue;
                    }
                    _ => (Sort::Symbol, tuned::COPIED),
                };
                let count = token.class.alike(&counts);
                if count > 0 {
                    let share = 1.0 / f64::from(*self.model.anchors[token.key as usize].get(side.opposite()));
                    let by_chance = (1.0 - (-share * f64::from(count)).exp()).max(tuned::VALUE_BY_CHANCE);
                    sorts[sort as usize] += ratio(met, kept, by_chance);
                }
            }
        }
    }
}

/// ln of how much likelier it is in a translation than by chance that something has a counterpart, if it has (`met`), or
/// that it has none: in a translation it is `translated`, or else met by chance as well.
fn ratio(met: bool, translated: f64, by_chance: f64) -> f64 {
    if !met {
        return (1.0 - translated).ln();
    }
    let by_chance = by_chance.clamp(1e-6, 1.0);
    ((translated + (1.0 - translated) * by_chance) / by_chance).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::{Bitext, Lang, SegmentedDocument};
    use crate::lexicon;
    use crate::score::ScoreOptions;

    fn scorer(
        source: &[String],
        target: &[String],
        languages: (&str, &str),
        options: &ScoreOptions,
    ) -> Scorer {
        let lang = |tag: &str| tag.parse::<Lang>().unwrap();
        let bitext = Bitext {
            documents: Sides::new(
                SegmentedDocument::from_lines(source),
                SegmentedDocument::from_lines(target),
            ),
            languages: Sides::new(lang(languages.0), lang(languages.1)),
        };
        let dictionaries: Vec<_> = lexicon::builtin(&bitext.languages).into_iter().collect();
        Scorer::new(&bitext, &dictionaries, options)
    }

    /// The evidence that an Arabic and an English segment are related, standing alone.
    fn evidence(source: &str, target: &str) -> f64 {
        let scorer =
            scorer(&[source.to_owned()], &[target.to_owned()], ("ar", "en"), &ScoreOptions::default());
        let model = scorer.model();
        Related::new(&scorer, &model, &[]).unwrap().evidence(Bead::new((0, 1), (0, 1)))
    }

    #[test]
    fn a_translation_is_told_from_other_text() {
        let arabic = "وقال الوزير إن الحكومة ستبني ثلاث مدارس جديدة في المدينة سنة 2012";
        let translation = evidence(
            arabic,
            "The minister said that the government will build three new schools in the city in 2012",
        );
        let stranger =
            evidence(arabic, "Cows and sheep have eaten the green grass along the river since 17 April");
        assert!(translation > 3.0 && stranger < -1.0, "{translation} {stranger}");
        // Each word that is translated speaks for it, and so does the number.
        let fewer = evidence(
            arabic,
            "The minister said that the grass will build three new schools in the river in 1999",
        );
        assert!(stranger < fewer && fewer <= translation, "{stranger} {fewer} {translation}");
    }

    #[test]
    fn two_chances_are_held_against_each_other() {
        // The likelier by chance, the less a counterpart says; and the likelier in a translation, the more one missing.
        let met: Vec<f64> = [0.01, 0.1, 0.5, 1.0].map(|chance| ratio(true, 0.5, chance)).to_vec();
        assert!(met.windows(2).all(|w| w[0] > w[1]) && met[3].abs() < 1e-12, "{met:?}");
        assert!(ratio(false, 0.7, 0.1) < ratio(false, 0.3, 0.1) && ratio(false, 0.3, 0.1) < 0.0);
        assert!(ratio(true, 0.5, 0.0).is_finite());
        // Where nothing that was learnt holds, words say nothing.
        assert!(ratio(true, 0.0, 0.3).abs() < 1e-12 && ratio(false, 0.0, 0.3).abs() < 1e-12);
    }

    /// Made-up words, the target's with an ending of their own.
    fn made_up(shift: usize) -> (Scorer, Vec<(Bead, f64)>) {
        const WORDS: [&str; 12] =
            ["balo", "keri", "sumo", "tavi", "noru", "gelo", "fima", "pado", "zuri", "hoke", "jemi", "wulo"];
        const OTHERS: [&str; 12] = [
            "quist", "blord", "frump", "snerk", "yatch", "dwimp", "crint", "glosp", "thunk", "vrext",
            "plomb", "skarn",
        ];
        let line = |words: &[&str; 12], i: usize| {
            (0..5).map(|k| words[(i * (k + 3) + k * k) % 12]).collect::<Vec<_>>().join(" ")
        };
        let source: Vec<String> = (0..60).map(|i| line(&WORDS, i)).collect();
        let target: Vec<String> = (0..60).map(|i| line(&OTHERS, i * shift % 59)).collect();
        let scorer = scorer(&source, &target, ("hu", "fi"), &ScoreOptions::default());
        let believed = (0..60).map(|i| (Bead::new((i, i + 1), (i, i + 1)), 0.9)).collect();
        (scorer, believed)
    }

    #[test]
    fn what_one_half_teaches_is_tried_on_the_other() {
        let (related, believed) = made_up(1);
        let model = related.model();
        let told = Related::new(&related, &model, &believed).unwrap();
        assert!(told.confirmed() > 3.0 && told.holds > 0.2, "{} {}", told.confirmed, told.holds);
        let (strangers, believed) = made_up(23);
        let model = strangers.model();
        let told = Related::new(&strangers, &model, &believed).unwrap();
        assert!(told.confirmed() < 2.0, "{} {}", told.confirmed, told.holds);
    }

    #[test]
    fn a_single_pair_of_which_nothing_is_known_is_not_sure() {
        // Hungarian and Finnish: no lexicon, no word alike, the same length and the same mark at the end.
        let (source, target) =
            ("A tehenek a folyó mellett legelnek.", "Hallitus rakentaa uuden koulun ensi.");
        let scorer =
            scorer(&[source.to_owned()], &[target.to_owned()], ("hu", "fi"), &ScoreOptions::default());
        let related = scorer.related(&scorer.model(), &[], &[(Bead::new((0, 1), (0, 1)), false)])[0];
        assert!((0.3..0.9).contains(&related), "{related}");
    }

    #[test]
    fn without_words_nothing_is_said() {
        let mut options = ScoreOptions::default();
        options.without.insert(EvidenceKind::Words);
        let scorer = scorer(&["كتاب".to_owned()], &["grass".to_owned()], ("ar", "en"), &options);
        let model = scorer.model();
        assert!(Related::new(&scorer, &model, &[]).is_none());
        assert_eq!(scorer.related(&model, &[], &[(Bead::new((0, 1), (0, 1)), false)]), [1.0]);
    }
}
