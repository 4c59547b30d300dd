//! Two reviewers' projects of the same texts: where they differ, and how far they agree.
//!
//! In: two projects. Out: a [`Comparison`]. Guarantee: nothing is weighed: every difference in cuts, decisions,
//! comments and corrections is in the list once, and every figure says what it counts.

use crate::bitext::Side;

use super::decision::Decision;
use super::error::CompareError;
use super::model::{Project, ReviewBead};
use super::regions::{Region, regions};

/// What two projects say differently of one region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Difference {
    /// They cut it otherwise.
    Cut,
    /// Both decided, otherwise.
    Decision,
    /// Both commented, otherwise.
    Comment,
    /// Both corrected a segment, otherwise.
    Correction,
    /// One decided, the other did not.
    DecisionOfOne,
    /// One commented, the other did not.
    CommentOfOne,
    /// One corrected a segment, the other did not.
    CorrectionOfOne,
}

impl Difference {
    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::Decision => "decision",
            Self::Comment => "comment",
            Self::Correction => "correction",
            Self::DecisionOfOne => "decision-of-one",
            Self::CommentOfOne => "comment-of-one",
            Self::CorrectionOfOne => "correction-of-one",
        }
    }

    /// Whether both said something, and not the same.
    pub const fn is_of_both(self) -> bool {
        matches!(self, Self::Cut | Self::Decision | Self::Comment | Self::Correction)
    }
}

/// How far two projects agree.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Agreement {
    /// Pairs of the first with text on both sides.
    pub first_pairs: usize,
    /// Pairs of the second with text on both sides.
    pub second_pairs: usize,
    /// Those that stand in both alike.
    pub shared_pairs: usize,
    /// How often the first decided one thing and the second another of beads that stand in both alike, unaligned ones
    /// included, in the order of [`Decision::ALL`].
    pub decisions: [[usize; 4]; 4],
}

impl Agreement {
    /// The F1 of the pairs: twice those that stand in both, over all of both; 1 where there are none.
    pub fn f1(&self) -> f64 {
        let all = self.first_pairs + self.second_pairs;
        if all == 0 { 1.0 } else { 2.0 * self.shared_pairs as f64 / all as f64 }
    }

    /// Beads alike that both decided on, and how many of them alike.
    pub fn decided(&self) -> (usize, usize) {
        let both: usize = self.decisions[1..].iter().flat_map(|row| &row[1..]).sum();
        (both, (1..4).map(|at| self.decisions[at][at]).sum())
    }

    /// Beads alike that the first alone decided on, and the second alone.
    pub fn decided_by_one(&self) -> (usize, usize) {
        let first = self.decisions[1..].iter().map(|row| row[0]).sum();
        (first, self.decisions[0][1..].iter().sum())
    }

    /// The share of the beads that both decided on which they decided alike.
    pub fn share(&self) -> Option<f64> {
        let (both, alike) = self.decided();
        (both > 0).then(|| alike as f64 / both as f64)
    }

    /// Cohen's kappa of what both decided on: how much of the agreement that chance leaves open was reached (Cohen 1960,
    /// *A coefficient of agreement for nominal scales*). `None` where nothing is left open: both decided one thing only.
    pub fn kappa(&self) -> Option<f64> {
        let (both, _) = self.decided();
        let share = self.share()?;
        let total = both as f64;
        let chance: f64 = (1..4)
            .map(|at| {
                let row: usize = self.decisions[at][1..].iter().sum();
                let column: usize = self.decisions[1..].iter().map(|row| row[at]).sum();
                (row as f64 / total) * (column as f64 / total)
            })
            .sum();
        (chance < 1.0 - f64::EPSILON).then(|| (share - chance) / (1.0 - chance))
    }
}

/// Two projects side by side.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// How far they agree.
    pub agreement: Agreement,
    /// Where they differ and in what, in the order of the first.
    pub differences: Vec<(Region, Vec<Difference>)>,
}

/// Compares two projects of the same texts.
///
/// # Errors
/// If they are not of the same texts.
pub fn compare(first: &Project, second: &Project) -> Result<Comparison, CompareError> {
    let pairs = |project: &Project| project.beads().filter(|bead| is_pair(bead)).count();
    let mut agreement =
        Agreement { first_pairs: pairs(first), second_pairs: pairs(second), ..Agreement::default() };
    let mut differences = Vec::new();
    for region in regions(first, second)? {
        let mut found = Vec::new();
        if let (true, Some(a), Some(b)) = (
            region.alike,
            region.first.first().and_then(|&at| first.bead_at(at)),
            region.second.first().and_then(|&at| second.bead_at(at)),
        ) {
            agreement.shared_pairs += usize::from(is_pair(a));
            let (one, other) = (a.attributes.decision, b.attributes.decision);
            agreement.decisions[number(one)][number(other)] += 1;
            if one != other {
                let open = one == Decision::Pending || other == Decision::Pending;
                found.push(if open { Difference::DecisionOfOne } else { Difference::Decision });
            }
            let (one, other) = (&a.attributes.comment, &b.attributes.comment);
            if one != other {
                let open = one.is_empty() || other.is_empty();
                found.push(if open { Difference::CommentOfOne } else { Difference::Comment });
            }
        } else {
            found.push(Difference::Cut);
        }
        found.extend(corrections(first, second, &region));
        found.sort_unstable();
        found.dedup();
        if !found.is_empty() {
            differences.push((region, found));
        }
    }
    Ok(Comparison { agreement, differences })
}

fn is_pair(bead: &ReviewBead) -> bool {
    bead.places.source.is_some() && bead.places.target.is_some()
}

fn number(decision: Decision) -> usize {
    Decision::ALL.iter().position(|known| *known == decision).unwrap_or_default()
}

/// Segments of a region that are corrected otherwise.
fn corrections(first: &Project, second: &Project, region: &Region) -> Vec<Difference> {
    let corrected = |project: &Project, beads: &[usize]| {
        let mut all = Vec::new();
        for bead in beads.iter().filter_map(|&at| project.bead_at(at)) {
            for side in Side::BOTH {
                let corrected = project.segments_of(side, bead).iter();
                all.extend(corrected.filter_map(|s| Some(((side, s.span.start), s.corrected.clone()?))));
            }
        }
        all.sort_unstable();
        all
    };
    let (one, other) = (corrected(first, &region.first), corrected(second, &region.second));
    if one == other {
        return Vec::new();
    }
    let both = one.iter().any(|(place, text)| other.iter().any(|(p, t)| p == place && t != text));
    let alone = one.iter().any(|(place, _)| other.iter().all(|(p, _)| p != place))
        || other.iter().any(|(place, _)| one.iter().all(|(p, _)| p != place));
    let kinds = [(both, Difference::Correction), (alone, Difference::CorrectionOfOne)];
    kinds.into_iter().filter_map(|(is, kind)| is.then_some(kind)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Cohen's paper as it is usually told: 20 yes, 15 no, 5 and 10 otherwise.
    #[test]
    fn kappa_is_what_the_definition_gives() {
        let mut agreement = Agreement::default();
        agreement.decisions[1][1] = 20;
        agreement.decisions[1][3] = 5;
        agreement.decisions[3][1] = 10;
        agreement.decisions[3][3] = 15;
        agreement.decisions[0] = [100, 3, 0, 0];
        agreement.decisions[2][0] = 4;
        assert_eq!(agreement.share(), Some(0.7));
        assert!((agreement.kappa().unwrap() - 0.4).abs() < 1e-9, "{:?}", agreement.kappa());
        assert_eq!((agreement.decided(), agreement.decided_by_one()), ((50, 35), (4, 3)));
        let mut one = Agreement::default();
        assert_eq!((one.share(), one.kappa()), (None, None));
        one.decisions[1][1] = 9;
        assert_eq!((one.share(), one.kappa()), (Some(1.0), None));
    }
}
