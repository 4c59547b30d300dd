//! How usual unaligned segments are, read off a ladder.
//!
//! In: beads with their probabilities, and what is believed before. Out: [`NullPrior`]. Used by the scorer between
//! its rounds, and for a part of a project, which is too small to tell by itself.

use crate::bitext::{Bead, Side, Sides};
use crate::tuned::model as tuned;

use super::options::ScoreOptions;

/// How unaligned segments are distributed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NullPrior {
    /// Probability that a run of unaligned segments begins after a bead.
    pub enter: f64,
    /// Probability that such a run goes on.
    pub stay: f64,
}

impl NullPrior {
    /// Fits the prior to `ladder`: null beads of one segment each and linked beads, in order, with the probability of
    /// each. `options` hold what is believed before; `stay_strength` says for how many unaligned segments that counts.
    pub fn of(ladder: &[(Bead, f64)], options: &ScoreOptions, stay_strength: f64) -> Self {
        let (mut beads, mut runs, mut nulls) = (0.0, 0.0, 0.0);
        // Between two linked beads: how many unaligned segments, and how many of them surely so, by side.
        let mut gap: Sides<(f64, f64)> = Sides::default();
        let mut close = |gap: &mut Sides<(f64, f64)>| {
            for side in Side::BOTH {
                let (own, other) = (gap.get(side), gap.get(side.opposite()));
                // Unaligned text of like extent on both sides of a place is oftener a free translation not
                // yet understood: counted as nulls, it would make the next round give up more of the like.
                if own.0 > 3.0 * other.0 {
                    nulls += own.1;
                    runs += own.1.min(1.0);
                }
            }
            *gap = Sides::default();
        };
        for &(bead, p) in ladder {
            if bead.is_null() {
                let held = gap.get_mut(if bead.source.is_empty() { Side::Target } else { Side::Source });
                *held = (held.0 + 1.0, held.1 + if p >= tuned::SURE_ALONE { p } else { 0.0 });
            } else {
                beads += 1.0;
                close(&mut gap);
            }
        }
        close(&mut gap);
        let o = options;
        Self {
            enter: ((runs + o.null_enter * o.null_strength) / (beads + o.null_strength)).clamp(1e-4, 0.3),
            stay: ((nulls - runs + o.null_stay * stay_strength) / (nulls + stay_strength)).clamp(0.05, 0.98),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prior(ladder: &[(Bead, f64)]) -> NullPrior {
        let options = ScoreOptions::default();
        NullPrior::of(ladder, &options, options.stay_strength)
    }

    #[test]
    fn a_run_on_one_side_counts_and_what_is_unsure_or_stands_on_both_does_not() {
        let linked = |i: u32, j: u32| (Bead::new((i, i + 1), (j, j + 1)), 0.9);
        let source = |i: u32, j: u32, p: f64| (Bead::new((i, i + 1), (j, j)), p);
        let target = |i: u32, j: u32, p: f64| (Bead::new((i, i), (j, j + 1)), p);
        let none = prior(&[linked(0, 0), linked(1, 1)]);
        let run = prior(&[linked(0, 0), source(1, 1, 0.9), source(2, 1, 0.9), linked(3, 1)]);
        assert!(run.enter > none.enter && run.stay > none.stay, "{run:?} {none:?}");
        assert_eq!(prior(&[linked(0, 0), source(1, 1, 0.69), linked(2, 1)]), none);
        assert_eq!(prior(&[linked(0, 0), source(1, 1, 0.9), target(2, 1, 0.9), linked(2, 2)]), none);
    }
}
