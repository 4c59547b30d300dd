//! What the scorer can be told, with the values measured to work.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::bitext::EvidenceKind;
use crate::tuned::model as tuned;

use super::side_data::Class;

/// Options of the scoring model. Defaults were set on development texts (see `docs/evaluation.md`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ScoreOptions {
    /// Kinds of evidence that are left out: those of [`crate::bitext::Choices`], from where the pipeline takes them.
    #[serde(skip)]
    pub(crate) without: BTreeSet<EvidenceKind>,
    /// Share of a text's words that the other side is expected to explain, before anything is learnt; 0 to 1.
    pub word_share: f64,
    /// Weight of the prior of `word_share`: it counts like that many words seen.
    pub share_strength: f64,
    /// `word_share` for numbers.
    pub number_share: f64,
    /// `word_share` for dates.
    pub date_share: f64,
    /// Weight of the priors of `number_share` and `date_share`: they count like that many values seen.
    pub value_share_strength: f64,
    /// `word_share` for numbers and dates said in a way that the other side's language is not known to say.
    pub maybe_share: f64,
    /// `word_share` for addresses, Latin words, list markers.
    pub symbol_share: f64,
    /// `word_share` for punctuation.
    pub mark_share: f64,
    /// How much a longer opposite side dilutes a word's explanation: 1 as in IBM Model 1, 0 not at all.
    pub dilution: f64,
    /// How likely a word opposite of which no pair is known is to stand for a given word, in units of how
    /// usual that word is: 1 as likely as chance has it, 0 not at all.
    pub stranger_chance: f64,
    /// Nats that the tokens of one segment speak against a bead at most, however many of them nothing
    /// opposite explains: a translation may be free, or written in words that are not known.
    pub most_against: f64,
    /// `stranger_chance` where dictionaries know less than half of the running words.
    pub unaided_stranger_chance: f64,
    /// `most_against` where dictionaries know less than half of the running words: what words learnt from the very
    /// documents do not explain says little.
    pub unaided_most_against: f64,
    /// Weight of word evidence.
    pub word_weight: f64,
    /// Weight of anchor evidence.
    pub anchor_weight: f64,
    /// Weight of the length evidence, which is not independent of the words.
    pub length_weight: f64,
    /// Variance of the length of a translation, per character of a length between both sides' (Gale and Church 1993:
    /// 6.8).
    pub length_variance: f64,
    /// Target characters per source character before anything is known.
    pub length_ratio: f64,
    /// Probability that a run of unaligned segments begins after a bead, before anything is learnt.
    pub null_enter: f64,
    /// Probability that such a run goes on.
    pub null_stay: f64,
    /// Weight of the prior of `null_enter`: it counts like that many beads seen.
    pub null_strength: f64,
    /// Weight of the prior of `null_stay`: it counts like that many unaligned segments seen.
    pub stay_strength: f64,
    /// `stay_strength` where dictionaries know less than half of the running words: what is not understood yet is easily
    /// taken for unaligned, and a few such runs would make the next round give up more.
    pub unaided_stay_strength: f64,
    /// Probability that a dictionary's word is translated by one of its equivalents.
    pub dictionary_mass: f64,
    /// Probability that a word is translated by one of the same spelling, or by the name it sounds like.
    pub looks_mass: f64,
    /// Cost in nats of each block boundary (a new paragraph, heading, cell) inside a bead, and of a
    /// heading linked to running text.
    pub block_break: f64,
    /// Weight of sentence embeddings, where there are any: nats for a distance of 1 of a 1-1 bead.
    pub embedding_weight: f64,
    /// Weight of the bead type prior.
    pub type_weight: f64,
    /// Cost in nats of each segment after the first on the shorter side of a bead (2-2, 2-3, 3-3 …), before the bead
    /// type prior is weighted.
    pub both_sides: f64,
    /// Weight of `both_sides` where dictionaries know half of the running words or more: it counts like that many
    /// segments of the shorter text, half in one of that length and hardly in a long one, as words tell such a bead from
    /// its parts. Elsewhere it counts whole.
    pub both_sides_strength: f64,
}

impl ScoreOptions {
    /// Whether tokens of `class` may count. Names are words known by their looks: without words they stay, and
    /// the other way round.
    pub(super) fn counts(&self, class: Class) -> bool {
        let kept = |kind| !self.without.contains(&kind);
        match class {
            Class::Word => kept(EvidenceKind::Words) || kept(EvidenceKind::Names),
            other => kept(other.kind()),
        }
    }

    /// Whether any token of a text may count.
    pub(super) fn reads_tokens(&self) -> bool {
        Class::ALL.into_iter().any(|class| self.counts(class))
    }
}

impl Default for ScoreOptions {
    fn default() -> Self {
        Self {
            without: BTreeSet::new(),
            word_share: tuned::WORD_SHARE,
            share_strength: tuned::SHARE_STRENGTH,
            number_share: tuned::NUMBER_SHARE,
            date_share: tuned::DATE_SHARE,
            value_share_strength: tuned::VALUE_SHARE_STRENGTH,
            maybe_share: tuned::MAYBE_SHARE,
            symbol_share: tuned::SYMBOL_SHARE,
            mark_share: tuned::MARK_SHARE,
            dilution: tuned::DILUTION,
            stranger_chance: tuned::STRANGER_CHANCE,
            most_against: tuned::MOST_AGAINST,
            unaided_stranger_chance: tuned::UNAIDED_STRANGER_CHANCE,
            unaided_most_against: tuned::UNAIDED_MOST_AGAINST,
            word_weight: tuned::WORD_WEIGHT,
            anchor_weight: tuned::ANCHOR_WEIGHT,
            length_weight: tuned::LENGTH_WEIGHT,
            length_variance: tuned::LENGTH_VARIANCE,
            length_ratio: 1.0,
            null_enter: tuned::NULL_ENTER,
            null_stay: tuned::NULL_STAY,
            null_strength: tuned::NULL_STRENGTH,
            stay_strength: tuned::STAY_STRENGTH,
            unaided_stay_strength: tuned::UNAIDED_STAY_STRENGTH,
            dictionary_mass: tuned::DICTIONARY_MASS,
            looks_mass: tuned::LOOKS_MASS,
            block_break: tuned::BLOCK_BREAK,
            embedding_weight: tuned::EMBEDDING_WEIGHT,
            type_weight: tuned::TYPE_WEIGHT,
            both_sides: tuned::BOTH_SIDES,
            both_sides_strength: tuned::BOTH_SIDES_STRENGTH,
        }
    }
}
