//! Confidence: the probability that a bead is right.
//!
//! In: a bead's posterior among all ladders of its texts, and the probability that its sides translate each other at all.
//! Out: its confidence, 0 to 1. Guarantee: monotone in both, and in the evidence of each bead.
//!
//! Whether sides are related is told by a chain of two states along the beads (a hidden Markov model: Rabiner 1989),
//! related and unrelated, with the evidence of [`super::related`]: a bead amid related ones is likely related, a single
//! pair stands on its own evidence.

use rayon::prelude::*;

use crate::bitext::Bead;
use crate::tuned::related as tuned;

use super::model::Model;
use super::related::Related;
use super::scorer::Scorer;

/// The confidence of a bead with posterior `p` whose sides are related with probability `related`.
pub fn confidence(p: f64, related: f64) -> f64 {
    let share = |p: f64| if p.is_nan() { 0.0 } else { p.clamp(0.0, 1.0) };
    share(p) * share(related)
}

impl Scorer {
    /// For each of `beads`, in their order, the probability that its sides are related, 0 to 1. `fixed` ones are known to
    /// be; `believed` are the beads to learn from, with their posteriors. `model` must be this scorer's.
    ///
    /// Where words are left out of the evidence, what is left cannot tell, and all are held to be related.
    pub fn related(&self, model: &Model<'_>, believed: &[(Bead, f64)], beads: &[(Bead, bool)]) -> Vec<f64> {
        /// As sure as evidence gets.
        const FIXED: f64 = 6.0;
        let Some(related) = Related::new(self, model, believed) else { return vec![1.0; beads.len()] };
        let mut order: Vec<usize> = (0..beads.len()).collect();
        order.sort_by_key(|&i| (beads[i].0.source.start(), beads[i].0.target.start()));
        let share = related.share(beads.iter().filter(|(bead, _)| !bead.is_null()).count());
        let evidence: Vec<f64> = order
            .par_iter()
            .map(|&i| if beads[i].1 { FIXED } else { share * related.evidence(beads[i].0) })
            .collect();
        let usual = if self.mostly_known { tuned::RELATED } else { tuned::UNAIDED_RELATED };
        let mut out = vec![0.0; beads.len()];
        for (i, p) in order.into_iter().zip(chain(&evidence, usual, related.confirmed())) {
            out[i] = p;
        }
        out
    }
}

/// For each bead the probability that it is related, given the evidence of all in nats; `usual` is that of any two texts,
/// `whole` is evidence of the documents as a whole.
fn chain(evidence: &[f64], usual: f64, whole: f64) -> Vec<f64> {
    let odds = usual / (1.0 - usual) * whole.exp();
    let related = odds / (1.0 + odds);
    // From related to unrelated, and back.
    let (leave, join) = (tuned::CHANGE * (1.0 - related), tuned::CHANGE * related);
    let scaled = |(a, b): (f64, f64)| (a / (a + b), b / (a + b));
    let mut forward = Vec::with_capacity(evidence.len());
    let mut before = (related, 1.0 - related);
    for nats in evidence {
        let here = scaled((before.0 * nats.exp(), before.1));
        forward.push(here);
        before = (here.0 * (1.0 - leave) + here.1 * join, here.0 * leave + here.1 * (1.0 - join));
    }
    let mut after = (1.0, 1.0);
    let mut out = vec![0.0; evidence.len()];
    for (i, nats) in evidence.iter().enumerate().rev() {
        out[i] = scaled((forward[i].0 * after.0, forward[i].1 * after.1)).0;
        let next = (after.0 * nats.exp(), after.1);
        after = scaled((next.0 * (1.0 - leave) + next.1 * leave, next.0 * join + next.1 * (1.0 - join)));
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn confidence_rises_with_both_probabilities() {
        let shares: Vec<f64> = (0..=20).map(|i| f64::from(i) / 20.0).collect();
        for &p in &shares {
            let (by_posterior, by_related): (Vec<f64>, Vec<f64>) =
                shares.iter().map(|&other| (confidence(other, p), confidence(p, other))).unzip();
            for values in [by_posterior, by_related] {
                assert!(values.windows(2).all(|w| w[0] <= w[1]));
                assert!(values.iter().all(|v| (0.0..=1.0).contains(v)));
            }
            assert!((confidence(p, 1.0) - p).abs() < 1e-12 && confidence(p, 0.0).abs() < 1e-12);
        }
        assert!(confidence(f64::NAN, 1.0).abs() < 1e-12 && (confidence(7.0, 9.0) - 1.0).abs() < 1e-12);
    }

    /// The slow twin: all ways to call each bead related or not.
    fn enumerated(evidence: &[f64], whole: f64) -> Vec<f64> {
        let odds = tuned::RELATED / (1.0 - tuned::RELATED) * whole.exp();
        let start = [1.0 / (1.0 + odds), odds / (1.0 + odds)];
        let (mut sums, mut all) = (vec![0.0; evidence.len()], 0.0);
        for ways in 0..1_usize << evidence.len() {
            let state = |i: usize| (ways >> i) & 1;
            let mut likelihood = 1.0;
            for (i, nats) in evidence.iter().enumerate() {
                let drawn = start[state(i)];
                likelihood *= match i {
                    0 => drawn,
                    _ => {
                        tuned::CHANGE * drawn
                            + if state(i) == state(i - 1) { 1.0 - tuned::CHANGE } else { 0.0 }
                    }
                };
                likelihood *= if state(i) == 1 { nats.exp() } else { 1.0 };
            }
            all += likelihood;
            for (i, sum) in sums.iter_mut().enumerate() {
                *sum += if state(i) == 1 { likelihood } else { 0.0 };
            }
        }
        sums.into_iter().map(|sum| sum / all).collect()
    }

    proptest! {
        #[test]
        fn the_chain_is_the_sum_over_all_ways(
            evidence in proptest::collection::vec(-6.0..6.0f64, 0..8),
            whole in 0.0..6.0f64,
        ) {
            let (fast, slow) = (chain(&evidence, tuned::RELATED, whole), enumerated(&evidence, whole));
            prop_assert_eq!(fast.len(), slow.len());
            for (fast, slow) in fast.into_iter().zip(slow) {
                prop_assert!((fast - slow).abs() < 1e-9, "{} {}", fast, slow);
            }
        }

        #[test]
        fn more_evidence_anywhere_makes_no_bead_less_likely_related(
            evidence in proptest::collection::vec(-6.0..6.0f64, 1..20),
            at in 0..20usize,
            more in 0.0..6.0f64,
        ) {
            let before = chain(&evidence, tuned::RELATED, 0.0);
            let mut raised = evidence.clone();
            raised[at % evidence.len()] += more;
            for (before, after) in before.iter().zip(chain(&raised, tuned::RELATED, 0.0)) {
                prop_assert!((0.0..=1.0).contains(&after));
                prop_assert!(after >= before - 1e-12, "{} {}", before, after);
            }
        }
    }

    #[test]
    fn a_bead_amid_related_ones_borrows_their_strength() {
        let alone = chain(&[0.0], tuned::RELATED, 0.0)[0];
        assert!((alone - tuned::RELATED).abs() < 1e-12);
        let amid = chain(&[3.0, 3.0, -1.0, 3.0, 3.0], tuned::RELATED, 0.0)[2];
        assert!(amid > 0.98, "{amid}");
        // A stretch of strangers in a long translation is still told from it.
        let mut evidence = vec![3.0; 40];
        evidence[15..25].fill(-3.0);
        let related = chain(&evidence, tuned::RELATED, 0.0);
        assert!(related[20] < 0.01 && related[5] > 0.99 && related[35] > 0.99, "{related:?}");
        // A long text's chain stays within the numbers that there are.
        assert!(chain(&vec![-6.0; 100_000], tuned::RELATED, 6.0).iter().all(|p| p.is_finite()));
    }
}
