//! The parameters and weights of the scoring model, and what follows from them alone.
//!
//! In: numbers of characters and tokens. Out: nats and factors. Guarantee: pure.

use crate::bitext::Sides;
use crate::tuned::model as tuned;

use super::ln::ln_f32;
use super::prior::TypePrior;
use super::side_data::Class;

/// Parameters that are fitted to the bitext, round by round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fit {
    /// Target characters per source character.
    pub(crate) length_ratio: f64,
    /// Variance of the length of a translation, per character of a length between both sides'.
    pub(crate) length_variance: f64,
    /// For each class the share of tokens expected to be explained, by the side whose tokens they are.
    pub(crate) shares: Sides<[f64; Class::COUNT]>,
    /// Bead types.
    pub(crate) prior: TypePrior,
    /// Probability that a run of unaligned segments begins after a bead.
    pub(crate) null_enter: f64,
    /// Probability that it goes on.
    pub(crate) null_stay: f64,
}

/// Weights and fixed costs, in nats.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Weights {
    pub(crate) classes: [f64; Class::COUNT],
    pub(crate) length: f64,
    /// Cost of each block boundary inside a bead.
    pub(crate) block_break: f64,
    pub(crate) bead_type: f64,
    /// See [`ScoreOptions`](super::ScoreOptions).
    pub(crate) both_sides: f64,
    pub(crate) dilution: f64,
    /// See [`ScoreOptions`](super::ScoreOptions), as the next.
    pub(crate) stranger_chance: f64,
    pub(crate) most_against: f64,
    pub(crate) null_open: f64,
    pub(crate) null_extend: f64,
}

/// −ln of the likelihood ratio of the target length given the source length, against a length drawn by
/// chance: Gale and Church (1993) with heavy tails (a Student t with 5 degrees of freedom), so that one
/// free translation costs a bead a few nats and not its life.
///
/// Lengths are held against each other in characters of neither side, but between both: a source character is √ratio of
/// them, a target character 1/√ratio. So a pair costs the same from either side.
#[inline]
pub(crate) fn length_nats(fit: &Fit, source: f32, target: f32) -> f32 {
    let ratio = fit.length_ratio as f32;
    // In target characters.
    let spread = fit.length_variance as f32 * ratio.sqrt();
    let expected = source * ratio;
    let mean = (0.5 * (expected + target)).max(1.0);
    let apart = target - expected;
    let (freedom, chance) = (tuned::LENGTH_FREEDOM, tuned::LENGTH_BY_CHANCE);
    let fits = 0.5 * (freedom + 1.0) * ln_f32(1.0 + apart * apart / (mean * spread * freedom));
    // ln(mean · chance) − ½ ln(mean · spread)
    let bonus = 0.5 * ln_f32(mean * (chance * chance / spread));
    fits - bonus.clamp(-1.0, 1.5)
}

/// How much `count` tokens opposite dilute an explanation.
pub(crate) fn diluted(weights: &Weights, count: u32) -> f32 {
    let count = count.max(1) as f32;
    if weights.dilution >= 1.0 { count } else { (weights.dilution as f32 * ln_f32(count)).exp() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fit(length_ratio: f64) -> Fit {
        Fit {
            length_ratio,
            length_variance: tuned::LENGTH_VARIANCE,
            shares: Sides::default(),
            prior: TypePrior::default(),
            null_enter: tuned::NULL_ENTER,
            null_stay: tuned::NULL_STAY,
        }
    }

    proptest! {
        #[test]
        fn lengths_say_the_same_from_either_side(
            source in 1u16..2_000,
            target in 1u16..2_000,
            ratio in 0.2f64..5.0,
        ) {
            // Lengths at which neither side is held to be a character long.
            let (source, target) = (f32::from(source) + 10.0, f32::from(target) + 10.0);
            let (there, back) = (
                length_nats(&fit(ratio), source, target),
                length_nats(&fit(1.0 / ratio), target, source),
            );
            prop_assert!((there - back).abs() < 1e-3 * (1.0 + there.abs()), "{there} and {back}");
        }
    }
}
