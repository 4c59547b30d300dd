//! Where two projects of the same texts cut alike and where not.
//!
//! In: two projects. Out: [`Region`]s: the least groups of beads of either that hold the same text. Guarantee: every
//! live bead of both projects stands in exactly one region; a bead that stands in both alike has a region of its own
//! with its twin.

use crate::bitext::Side;

use super::error::CompareError;
use super::model::{Project, ReviewBead};

/// Beads of two projects that hold the same stretches of text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Region {
    /// Places of the first project's beads, from 0, in order.
    pub first: Vec<usize>,
    /// Places of the second project's beads, from 0, in order.
    pub second: Vec<usize>,
    /// Whether both cut alike: one bead each, over the same text.
    pub alike: bool,
}

/// The regions of two projects, in the order of the first.
///
/// # Errors
/// If the projects are not of the same texts.
pub(super) fn regions(first: &Project, second: &Project) -> Result<Vec<Region>, CompareError> {
    for side in Side::BOTH {
        if first.text(side) != second.text(side) {
            return Err(CompareError::Texts(side));
        }
    }
    let a: Vec<&ReviewBead> = first.beads().collect();
    let b: Vec<&ReviewBead> = second.beads().collect();
    let mut groups = Groups::new(a.len() + b.len());
    for side in Side::BOTH {
        // Beads of both by where they begin: each touches those that it overlaps.
        let spans = a.iter().chain(&b).enumerate();
        let mut spans: Vec<(usize, usize, usize)> = spans
            .filter_map(|(at, bead)| bead.places.get(side).map(|place| (place.start, place.end, at)))
            .collect();
        spans.sort_unstable();
        let mut open: Option<(usize, usize)> = None;
        for (start, end, at) in spans {
            open = match open {
                Some((reach, other)) if start < reach => {
                    groups.join(other, at);
                    Some((reach.max(end), at))
                }
                _ => Some((end, at)),
            };
        }
    }
    let mut regions: Vec<Region> = Vec::new();
    let mut known: Vec<Option<usize>> = vec![None; a.len() + b.len()];
    for at in 0..a.len() + b.len() {
        let root = groups.root(at);
        let number = *known[root].get_or_insert_with(|| {
            regions.push(Region { first: Vec::new(), second: Vec::new(), alike: false });
            regions.len() - 1
        });
        if at < a.len() {
            regions[number].first.push(at);
        } else {
            regions[number].second.push(at - a.len());
        }
    }
    for region in &mut regions {
        region.alike = match (&region.first[..], &region.second[..]) {
            (&[i], &[j]) => a[i].places == b[j].places,
            _ => false,
        };
    }
    Ok(regions)
}

/// Sets that grow together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(size: usize) -> Self {
        Self((0..size).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Joins two sets; the lower root stays.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}
