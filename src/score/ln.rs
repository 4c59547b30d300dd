//! The natural logarithm, fast and the same on every machine.
//!
//! In: a positive normal number. Out: its natural logarithm, within 1e-9 ([`ln`]) or 1e-6 ([`ln_f32`]) of the exact
//! one, absolutely. Guarantee: plain arithmetic alone, so that every machine gives the same bits (the
//! standard library's logarithm is the platform's); no branches, so that loops over it run in parallel
//! lanes.
//!
//! x = 2^e · m with m in [√½, √2), and ln m = 2 artanh s with s = (m − 1) / (m + 1), |s| < 0.172, by its
//! power series.

/// Of a positive normal `x`, the natural logarithm within 1e-9.
#[inline]
pub(super) fn ln(x: f64) -> f64 {
    const ROOT_HALF: u64 = 0x3FE6_A09E_667F_3BCD;
    let bits = x.to_bits().wrapping_sub(ROOT_HALF);
    let power = (bits as i64 >> 52) as f64;
    let m = f64::from_bits((bits & 0x000F_FFFF_FFFF_FFFF) + ROOT_HALF);
    let s = (m - 1.0) / (m + 1.0);
    let square = s * s;
    let series = 1.0
        + square
            * (1.0 / 3.0
                + square * (1.0 / 5.0 + square * (1.0 / 7.0 + square * (1.0 / 9.0 + square * (1.0 / 11.0)))));
    power * std::f64::consts::LN_2 + 2.0 * s * series
}

/// Of a positive normal `x`, the natural logarithm within 1e-6 (for |ln x| < 8; relatively beyond).
#[inline]
pub(super) fn ln_f32(x: f32) -> f32 {
    const ROOT_HALF: u32 = 0x3F35_04F3;
    let bits = x.to_bits().wrapping_sub(ROOT_HALF);
    let power = (bits as i32 >> 23) as f32;
    let m = f32::from_bits((bits & 0x007F_FFFF) + ROOT_HALF);
    let s = (m - 1.0) / (m + 1.0);
    let square = s * s;
    let series = 1.0 + square * (1.0 / 3.0 + square * (1.0 / 5.0 + square * (1.0 / 7.0)));
    power * std::f32::consts::LN_2 + 2.0 * s * series
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{ln, ln_f32};

    proptest! {
        #[test]
        fn logarithms_are_near_the_exact_ones(power in -60.0f64..600.0, small in -10.0f64..30.0) {
            let x = power.exp();
            prop_assert!((ln(x) - x.ln()).abs() < 1e-9 * (1.0 + power.abs()), "{} {}", ln(x), x.ln());
            let y = small.exp() as f32;
            let exact = f64::from(y).ln();
            prop_assert!((f64::from(ln_f32(y)) - exact).abs() < 1e-6 * (1.0 + exact.abs()), "{} {exact}", ln_f32(y));
        }
    }

    #[test]
    fn one_has_none() {
        assert_eq!(ln(1.0).to_bits(), 0.0f64.to_bits());
        assert_eq!(ln_f32(1.0).to_bits(), 0.0f32.to_bits());
    }
}
