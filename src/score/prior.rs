//! The bead type prior: how usual it is that n segments answer to m.
//!
//! In: how often a side is cut finer than the other. Out: −ln p(type) in nats for the linked types.

use crate::bitext::BeadType;

/// Longest side of a bead.
pub(crate) const LONGEST: usize = 8;

/// The linked bead types: 1–8 against 1, and the usual n–m.
pub(crate) const LINKED: [BeadType; 27] = [
    BeadType::new(1, 1),
    BeadType::new(1, 2),
    BeadType::new(2, 1),
    BeadType::new(1, 3),
    BeadType::new(3, 1),
    BeadType::new(2, 2),
    BeadType::new(1, 4),
    BeadType::new(4, 1),
    BeadType::new(2, 3),
    BeadType::new(3, 2),
    BeadType::new(1, 5),
    BeadType::new(5, 1),
    BeadType::new(3, 3),
    BeadType::new(2, 4),
    BeadType::new(4, 2),
    BeadType::new(1, 6),
    BeadType::new(6, 1),
    BeadType::new(2, 5),
    BeadType::new(5, 2),
    BeadType::new(3, 4),
    BeadType::new(4, 3),
    BeadType::new(1, 7),
    BeadType::new(7, 1),
    BeadType::new(1, 8),
    BeadType::new(8, 1),
    BeadType::new(2, 6),
    BeadType::new(6, 2),
];

/// How many of [`LINKED`] have at most four segments: they come first.
pub(crate) const SIMPLE: usize = 6;

/// The first so many of [`LINKED`] are those of at most five segments; no side of them is longer than
/// [`USUAL_LONGEST`].
pub(crate) const USUAL: usize = 10;
pub(crate) const USUAL_LONGEST: usize = 4;

/// How bead types are distributed in a bitext.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TypePrior {
    /// Probability that a bead takes one more source segment, given that it is cut on that side.
    pub(crate) source_extends: f64,
    /// The same for the target side.
    pub(crate) target_extends: f64,
}

impl Default for TypePrior {
    fn default() -> Self {
        Self { source_extends: 0.10, target_extends: 0.10 }
    }
}

impl TypePrior {
    /// Of a bitext with `cut` target segments to a source segment: where one side is cut so much finer than the other, the
    /// extensions that bring the numbers of segments together.
    pub(crate) fn of_cut(cut: f64) -> Self {
        let cut = cut.clamp(0.3, 3.5);
        let usual = Self::default();
        if cut >= 1.33 {
            Self { target_extends: 1.0 - 0.9 / cut, ..usual }
        } else if cut < 0.75 {
            Self { source_extends: 1.0 - 0.9 * cut, ..usual }
        } else {
            usual
        }
    }

    /// −ln p(`t`), up to rounding of the normalisation; `both_sides` are the nats of each segment after the first on
    /// the shorter side.
    pub(crate) fn nats(self, t: BeadType, both_sides: f64) -> f64 {
        let run = |extends: f64, k: u32| {
            // A run of `k` segments: it was extended `k - 1` times, and then not any more.
            -(1.0 - extends).ln() - f64::from(k - 1) * extends.ln()
        };
        let both = f64::from(t.source.min(t.target) - 1) * both_sides;
        run(self.source_extends, t.source) + run(self.target_extends, t.target) + both
    }
}
