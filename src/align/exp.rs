//! The exponential function, fast and the same on every machine.
//!
//! In: a number of at most 0. Out: e to its power, within 3e-10 of it, relatively. Guarantee: plain arithmetic alone, so that
//! every machine gives the same bits (the standard library's is the platform's); no branches, so that loops
//! over it run in parallel lanes.
//!
//! x = n · ln 2 + r with |r| ≤ ½ ln 2; e^r by its power series, 2^n by the number's exponent.

/// Numbers below this have an exponential of less than 10^-300, given as 0.
const LEAST: f64 = -690.0;

/// e^x for x ≤ 0.
#[inline]
pub(super) fn exp(x: f64) -> f64 {
    /// 1.5 · 2^52: adding it leaves the nearest integer in the low bits.
    const ROUND: f64 = 6_755_399_441_055_744.0;
    /// ln 2 in two parts, of which the first has enough zeros at its end for exact multiples.
    const LN_2: (f64, f64) = (0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10);
    debug_assert!(x <= 0.0);
    let rounded = x.max(LEAST) * std::f64::consts::LOG2_E + ROUND;
    let n = rounded - ROUND;
    let r = x - n * LN_2.0 - n * LN_2.1;
    let series = 1.0
        + r * (1.0
            + r * (1.0 / 2.0
                + r * (1.0 / 6.0
                    + r * (1.0 / 24.0
                        + r * (1.0 / 120.0
                            + r * (1.0 / 720.0 + r * (1.0 / 5_040.0 + r * (1.0 / 40_320.0))))))));
    // n stands in the low bits; it goes into the exponent, and what stood above it falls away.
    let power = f64::from_bits((rounded.to_bits().wrapping_add(1023)) << 52);
    if x < LEAST { 0.0 } else { series * power }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::exp;

    proptest! {
        #[test]
        fn it_is_near_the_exact_one(x in -680.0f64..0.0, small in -1.0f64..0.0) {
            for x in [x, small, -0.0, 1e-3 * small] {
                let exact = x.exp();
                prop_assert!((exp(x) - exact).abs() <= 1e-9 * exact, "{x}: {} and {exact}", exp(x));
            }
        }
    }

    #[test]
    fn of_nothing_it_is_one_and_far_down_nothing() {
        assert_eq!(exp(0.0).to_bits(), 1.0f64.to_bits());
        assert_eq!(exp(-1e9).to_bits(), 0.0f64.to_bits());
    }
}
