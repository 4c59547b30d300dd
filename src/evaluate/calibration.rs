//! Whether confidence can be believed: how often beads of a confidence are right, and how much a reviewer who
//! goes by rising confidence must read.

/// A bead's confidence, from 0 to 1, and whether it is right.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// How sure the aligner was.
    pub confidence: f64,
    /// Whether exactly this bead stands in the gold.
    pub right: bool,
}

/// The beads of one range of confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Bin {
    /// Lower end of the range; it is a tenth wide.
    pub from: f64,
    /// How many beads.
    pub count: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them that is right.
    pub right: f64,
}

/// How confidence and truth go together.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Calibration {
    /// Expected calibration error over ten bins of equal width, from 0 (best) to 1.
    pub error: f64,
    /// Mean of −ln of the probability given to what is true, in nats a bead, 0 (best) and up: the surer of right
    /// beads and the less sure of wrong ones, the lower. A probability counts as 10^-4 at least.
    pub log_loss: f64,
    /// The bins that hold beads.
    pub bins: Vec<Bin>,
    /// For each share of all beads, read by rising confidence: the share of the wrong beads among them.
    pub effort: Vec<(f64, f64)>,
    /// How many beads are wrong.
    pub wrong: usize,
}

/// The shares of all beads for which review effort is told.
pub const EFFORT_SHARES: [f64; 3] = [0.05, 0.10, 0.20];

/// No bead is held against its confidence more than by this.
const LEAST: f64 = 1e-4;

/// Judges the confidences of `beads`; `None` where there is none.
pub fn calibration(beads: &[Judged]) -> Option<Calibration> {
    if beads.is_empty() {
        return None;
    }
    let mut sums = [(0_usize, 0.0, 0_usize); 10];
    for bead in beads {
        let bin = &mut sums[((bead.confidence * 10.0) as usize).min(9)];
        bin.0 += 1;
        bin.1 += bead.confidence;
        bin.2 += usize::from(bead.right);
    }
    let bins: Vec<Bin> = sums
        .iter()
        .enumerate()
        .filter(|(_, s)| s.0 > 0)
        .map(|(index, &(count, confidence, right))| Bin {
            from: index as f64 / 10.0,
            count,
            confidence: confidence / count as f64,
            right: right as f64 / count as f64,
        })
        .collect();
    let total = beads.len() as f64;
    let error = bins.iter().map(|b| b.count as f64 / total * (b.confidence - b.right).abs()).sum();
    let given = |bead: &Judged| if bead.right { bead.confidence } else { 1.0 - bead.confidence };
    let log_loss = beads.iter().map(|b| -given(b).max(LEAST).ln()).sum::<f64>() / total;
    let mut order: Vec<&Judged> = beads.iter().collect();
    order.sort_by(|a, b| a.confidence.total_cmp(&b.confidence));
    let wrong = beads.iter().filter(|b| !b.right).count();
    let effort = EFFORT_SHARES.map(|share| {
        let read = (share * total).ceil() as usize;
        let met = order[..read.min(order.len())].iter().filter(|b| !b.right).count();
        (share, if wrong == 0 { 1.0 } else { met as f64 / wrong as f64 })
    });
    Some(Calibration { error, log_loss, bins, effort: effort.to_vec(), wrong })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_example_worked_out_by_hand() {
        let mut beads = vec![Judged { confidence: 0.95, right: true }; 18];
        beads.push(Judged { confidence: 0.25, right: false });
        beads.push(Judged { confidence: 1.0, right: false });
        let judged = calibration(&beads).unwrap();
        // (18 × 0.95 + 1) / 19 = 0.9526 sure, 18/19 = 0.9474 right; and one bead of 0.25, wrong.
        let expected = (19.0 * (18.1 / 19.0 - 18.0 / 19.0) + 0.25) / 20.0;
        assert!((judged.error - expected).abs() < 1e-9, "{}", judged.error);
        let log_loss = -(18.0 * 0.95_f64.ln() + 0.75_f64.ln() + 1e-4_f64.ln()) / 20.0;
        assert!((judged.log_loss - log_loss).abs() < 1e-9, "{}", judged.log_loss);
        assert_eq!(judged.bins.len(), 2);
        assert_eq!(judged.effort, [(0.05, 0.5), (0.10, 0.5), (0.20, 0.5)]);
        assert_eq!(calibration(&[]), None);
    }
}
