//! How much better tokens are explained than by chance, added up for several windows at once.
//!
//! In: masses and coefficients of tokens, for `W` windows. Out: units of [`Cost`](crate::bitext::Cost). Guarantee: plain arithmetic
//! alone, in the order of the tokens, so that all readers of costs agree to the unit.

use super::ln::ln_f32;

/// How much better the tokens of a segment are explained than by chance, in nats, for several windows
/// opposite at once. Words are a product with one logarithm; what comes in between is kept in range.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Gains<const W: usize> {
    words: [f32; W],
    spilled: [f32; W],
    /// All other classes, weighted.
    others: [f32; W],
    tokens: u32,
}

impl<const W: usize> Gains<W> {
    pub(crate) const NONE: Self = Self { words: [1.0; W], spilled: [0.0; W], others: [0.0; W], tokens: 0 };

    /// Adds a word with its mass in each window.
    #[inline]
    pub(crate) fn add_word(&mut self, coefficients: &[f32; W], masses: &[f32; W]) {
        for ((words, c), mass) in self.words.iter_mut().zip(coefficients).zip(masses) {
            *words *= 1.0 + c * mass;
        }
        self.count();
    }

    /// Adds a token of another class, of weight `weight`, with its mass in each window.
    pub(crate) fn add_other(&mut self, weight: f32, coefficients: &[f32; W], masses: &[f32; W]) {
        for ((others, c), mass) in self.others.iter_mut().zip(coefficients).zip(masses) {
            *others += weight * ln_f32(1.0 + c * mass);
        }
        self.count();
    }

    #[inline]
    fn count(&mut self) {
        /// A factor is below 10^7: four more of them stay in range.
        const FULL: f32 = 1e9;
        self.tokens += 1;
        if self.tokens.is_multiple_of(4) {
            for (words, spilled) in self.words.iter_mut().zip(&mut self.spilled) {
                if *words > FULL {
                    *spilled += ln_f32(*words);
                    *words = 1.0;
                }
            }
        }
    }

    /// Units of [`Cost`](crate::bitext::Cost) for each window.
    #[inline]
    pub(crate) fn units(&self, of: &Unexplained, chance: &[f32; W]) -> [i32; W] {
        let mut out = [0; W];
        for (k, out) in out.iter_mut().enumerate() {
            let words = self.spilled[k] + ln_f32(self.words[k]) + of.known * chance[k];
            *out = units(bounded(of.base - of.weight * words - self.others[k], of.most));
        }
        out
    }
}

/// The tokens of a segment, if nothing opposite explains them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unexplained {
    /// What they cost, in nats.
    pub(crate) base: f32,
    /// Words that have a pair: each gains by chance, in nats, what each window's words without one give.
    pub(crate) known: f32,
    /// The weight of words.
    pub(crate) weight: f32,
    /// What they cost at most, in nats.
    pub(crate) most: f32,
}

/// A cost against a bead that never reaches `most`, and is as good as `nats` where that is small.
#[inline]
pub(crate) fn bounded(nats: f32, most: f32) -> f32 {
    let against = nats.max(0.0);
    nats.min(0.0) + against * most / (against + most)
}

/// Units of [`Cost`](crate::bitext::Cost) for `nats`, those beyond ±10^4 nats being held there: sums of ten do not overflow.
#[inline]
pub(crate) fn units(nats: f32) -> i32 {
    const MOST: f32 = 1e4;
    /// 1.5 · 2^52: adding it leaves the nearest integer in the low bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    (f64::from(nats.clamp(-MOST, MOST)) * 1e4 + ROUND).to_bits() as i32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::bounded;

    proptest! {
        #[test]
        fn what_speaks_against_a_bead_grows_and_stays_below_the_most(
            nats in -50f32..1e4,
            more in 0f32..100.0,
            most in 1f32..20.0,
        ) {
            let (less, greater) = (bounded(nats, most), bounded(nats + more, most));
            // Up to rounding.
            prop_assert!(less <= greater + 1e-6 * most, "{less} then {greater}");
            prop_assert!(greater < most, "{greater} of {most}");
        }

        #[test]
        fn what_is_small_or_speaks_for_a_bead_counts_as_it_is(nats in -50f32..1.0, most in 1f32..20.0) {
            let lost = nats - bounded(nats, most);
            let against = nats.max(0.0);
            // n − n·m/(n + m) = n²/(n + m): it vanishes with the square.
            prop_assert!(lost >= -1e-6 && lost <= against * against / most + 1e-6, "{lost} of {nats}");
        }
    }

    #[test]
    fn what_is_as_much_as_the_most_counts_half() {
        assert!((bounded(8.0, 8.0) - 4.0).abs() < 1e-6);
        assert!((bounded(1e4, 8.0) - 8.0).abs() < 0.01);
    }
}
