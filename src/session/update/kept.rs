//! Which pairs of a project have both their texts in the new versions, and how each is held there.
//!
//! In: a project, and where its segments stand now. Out: for each old bead its new segments, and what the aligner is
//! told of it. Guarantee: beads that are pinned can all hold at once; those set aside share no segment with them.

use crate::bitext::Side;
use crate::bitext::Sides;
use crate::project::Project;

use super::carried::Carried;
use super::matching::rising;

/// The segments of a bead on either side, `None` on a side without any.
pub(super) type Held = [Option<(usize, usize)>; 2];

/// How a kept bead is held in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    /// The aligner is told to keep it.
    Pinned,
    /// Its segments are kept from the aligner: it crosses others, or stands alone because a person said so.
    Aside,
    /// Nothing: a segment without counterpart may have one by now.
    Free,
}

/// The beads that stay.
pub(super) struct Kept {
    /// By their old place.
    beads: Vec<Option<(Held, Hold)>>,
}

impl Kept {
    /// The beads of `project` that stay.
    pub(super) fn of(project: &Project, carried: &Sides<Carried<'_>>) -> Self {
        let side = |side, place| -> Option<Option<(usize, usize)>> {
            let range = project.indices(side, place);
            if range.is_empty() {
                return Some(None);
            }
            let now = carried.get(side).range(range)?;
            Some(Some((now.start, now.end)))
        };
        let mut beads: Vec<Option<(Held, Hold)>> = project
            .beads()
            .map(|bead| {
                let held = [side(Side::Source, bead.places.source)?, side(Side::Target, bead.places.target)?];
                let linked = held.iter().all(Option::is_some);
                let hold = match linked {
                    true => Hold::Pinned,
                    false if bead.attributes.is_fixed() => Hold::Aside,
                    false => Hold::Free,
                };
                Some((held, hold))
            })
            .collect();
        // Beads come in source order; of those that cross, as few as possible are set aside.
        let linked: Vec<usize> =
            (0..beads.len()).filter(|&at| beads[at].is_some_and(|(_, hold)| hold == Hold::Pinned)).collect();
        let targets: Vec<usize> = linked
            .iter()
            .map(|&at| beads[at].and_then(|(held, _)| held[1]).map_or(0, |(start, _)| start))
            .collect();
        let mut in_order = vec![false; beads.len()];
        for at in rising(&targets) {
            in_order[linked[at]] = true;
        }
        for at in linked.into_iter().filter(|&at| !in_order[at]) {
            if let Some((_, hold)) = &mut beads[at] {
                *hold = Hold::Aside;
            }
        }
        Self { beads }
    }

    /// Where the bead that stood at `position` stands now.
    pub(super) fn at(&self, position: usize) -> Option<Held> {
        self.beads.get(position).copied().flatten().map(|(held, _)| held)
    }

    /// The beads held in the way of `hold`.
    pub(super) fn held(&self, hold: Hold) -> impl Iterator<Item = Held> {
        self.beads.iter().flatten().filter(move |(_, how)| *how == hold).map(|(held, _)| *held)
    }
}
