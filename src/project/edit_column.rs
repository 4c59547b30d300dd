//! The edits that reach further than a bead and its neighbours: a segment that belongs to one further off, one side
//! shifted by one, everything accepted up to a place.
//!
//! In: a project under an edit. Out: its beads otherwise grouped or decided on, still a partition of both sides.
//! Guarantee: beads that people fixed stay, but for the one that a reviewer starts from and those that hold the two
//! segments named.

use std::collections::BTreeSet;

use crate::bitext::Side;

use super::carve::{Editing, Leftovers};
use super::change::segment_index;
use super::decision::{Attributes, Decision};
use super::edit_kind::Direction;
use super::error::EditError;
use super::holding::{holder, place_of};
use super::model::{BeadId, Project, ReviewBead};
use super::realign::Realigner;
use super::score::Places;

/// What lies between two segments that were brought together: the beads there before, the two that held them among
/// them.
pub(super) struct Between(Vec<BeadId>);

impl Between {
    /// The beads from the one that holds the source segment at `source` to the one that holds the target segment at
    /// `target`, and `more` free ones on either side.
    pub(super) fn of(
        project: &Project,
        source: usize,
        target: usize,
        more: usize,
    ) -> Result<Self, EditError> {
        let position = |side: Side, start: usize| {
            let bead = holder(project, side, segment_index(project, side, start)?)?;
            project.position(bead).ok_or(EditError::UnknownBead(bead.0))
        };
        let (a, b) = (position(Side::Source, source)?, position(Side::Target, target)?);
        let (mut low, mut high) = (a.min(b), a.max(b) + 1);
        let free = |position: usize| project.bead_at(position).is_some_and(|b| !b.attributes.is_fixed());
        let (lowest, highest) = (low.saturating_sub(more), high + more);
        while low > lowest && free(low - 1) {
            low -= 1;
        }
        while high < highest && free(high) {
            high += 1;
        }
        Ok(Self(project.order[low..high].to_vec()))
    }

    /// The same beads after an edit, in order; `None` if they do not hold all segments from their first to their last
    /// on either side.
    fn now(&self, editing: &Editing<'_>) -> Option<Vec<BeadId>> {
        let project = &*editing.project;
        let made = editing.made();
        let mut positions: Vec<_> =
            self.0.iter().chain(&made).filter_map(|&id| project.position(id)).collect();
        positions.sort_unstable();
        positions.dedup();
        let now: Vec<_> = positions.into_iter().map(|p| project.order[p]).collect();
        let is_whole = |side: Side| {
            let ranges = now.iter().filter_map(|&id| {
                let place = *project.bead(id).ok()?.places.get(side);
                place.map(|p| project.indices(side, Some(p)))
            });
            let (held, first, last) = ranges.fold((0, usize::MAX, 0), |(held, first, last), range| {
                (held + range.len(), first.min(range.start), last.max(range.end))
            });
            held == last.saturating_sub(first)
        };
        Side::BOTH.into_iter().all(is_whole).then_some(now)
    }
}

/// Makes one bead of a source and a target segment, wherever they stand.
pub(super) fn belong(editing: &mut Editing<'_>, source: usize, target: usize) -> Result<(), EditError> {
    let project = &*editing.project;
    let (s, t) =
        (segment_index(project, Side::Source, source)?, segment_index(project, Side::Target, target)?);
    let places =
        Places::new(place_of(project, Side::Source, s..s + 1), place_of(project, Side::Target, t..t + 1));
    let (a, b) = (holder(project, Side::Source, s)?, holder(project, Side::Target, t)?);
    if a == b && project.bead(a)?.places == places && project.bead(a)?.attributes.pinned {
        return Err(EditError::Together);
    }
    editing.carve(places, Leftovers::Free);
    Ok(())
}

impl Editing<'_> {
    /// Aligns again what lies between, around the beads that are fixed; `false` if that cannot be.
    pub(super) fn realign_between(&mut self, between: &Between, aligner: &dyn Realigner) -> bool {
        let Some(window) = between.now(self) else { return false };
        self.realign_fixed(&window, aligner)
    }
}

/// Shifts what stands on `side` by one bead from the one that holds `segment` on, up to the next gap on that side, the
/// next fixed bead, or the end.
///
/// Down: that bead loses its segments to the next, that one its own to the one after; a gap takes up what is left
/// over, else it stands alone. Up: its segments go to a gap before it, or stand alone, and it takes those of the next.
pub(super) fn shift(
    editing: &mut Editing<'_>,
    side: Side,
    segment: usize,
    to: Direction,
) -> Result<(), EditError> {
    let project = &*editing.project;
    let start = holder(project, side, segment_index(project, side, segment)?)?;
    let mut low = project.position(start).ok_or(EditError::UnknownBead(start.0))?;
    let is_gap = |bead: &ReviewBead| bead.places.get(side).is_none();
    let mut high = low + 1;
    let mut absorbed = false;
    while let Some(bead) = project.bead_at(high) {
        if bead.attributes.is_fixed() || bead.score.crossing {
            break;
        }
        if is_gap(bead) {
            if to == Direction::Next {
                (high, absorbed) = (high + 1, true);
            }
            break;
        }
        high += 1;
    }
    if to == Direction::Previous {
        let before = low.checked_sub(1).and_then(|p| project.bead_at(p));
        absorbed = before.is_some_and(|b| is_gap(b) && !b.attributes.is_fixed() && !b.score.crossing);
        low -= usize::from(absorbed);
    }
    let beads: Vec<&ReviewBead> = (low..high).filter_map(|p| project.bead_at(p)).collect();
    // What each bead holds on this side, moved by one; what has no bead to go to stands alone.
    let mut held: Vec<_> = beads.iter().map(|b| *b.places.get(side)).collect();
    match to {
        Direction::Next => {
            held.insert(0, None);
            if absorbed {
                held.pop();
            }
        }
        Direction::Previous => {
            if absorbed {
                held.remove(0);
            }
            held.push(None);
        }
    }
    let alone = usize::from(to == Direction::Previous && !absorbed);
    let mut parts = Vec::with_capacity(held.len());
    for (index, place) in held.into_iter().enumerate() {
        let bead = index.checked_sub(alone).and_then(|i| beads.get(i));
        let mut places = bead.map(|b| b.places).unwrap_or_default();
        *places.get_mut(side) = place;
        let said = bead.map(|b| &b.attributes);
        let decision = match said.map(|a| a.decision) {
            Some(Decision::Flagged) => Decision::Flagged,
            _ => Decision::Pending,
        };
        let comment = said.map(|a| a.comment.clone()).unwrap_or_default();
        parts.push((places, Attributes { pinned: true, decision, comment, ..Attributes::default() }));
    }
    // A bead without a segment is none; what was said of it goes to the one before it.
    let mut kept: Vec<(Places, Attributes)> = Vec::with_capacity(parts.len());
    let mut left = String::new();
    for (places, mut attributes) in parts {
        if places.source.is_none() && places.target.is_none() {
            append(kept.last_mut().map_or(&mut left, |(_, a)| &mut a.comment), &attributes.comment);
            continue;
        }
        if !left.is_empty() {
            append(&mut left, &attributes.comment);
            attributes.comment = std::mem::take(&mut left);
        }
        kept.push((places, attributes));
    }
    let removed: Vec<_> = beads.iter().map(|b| b.id).collect();
    editing.regroup(&removed, kept);
    Ok(())
}

/// Puts a comment after another, on a line of its own.
fn append(comment: &mut String, more: &str) {
    if !comment.is_empty() && !more.is_empty() {
        comment.push('\n');
    }
    comment.push_str(more);
}

/// Whether doubtful beads are accepted with the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubtful {
    /// They are.
    Taken,
    /// They wait for a second look.
    Left,
}

impl From<bool> for Doubtful {
    fn from(taken: bool) -> Self {
        if taken { Self::Taken } else { Self::Left }
    }
}

impl Project {
    /// What [`Edit::AcceptAbove`](super::Edit::AcceptAbove) accepts: beads that nobody decided on and whose confidence,
    /// which those made by hand have not, is high enough.
    pub fn accepted_above(&self, confidence: f64, doubtful: Doubtful) -> BTreeSet<BeadId> {
        let enough = |bead: &&ReviewBead| bead.confidence().is_some_and(|c| c >= confidence);
        pending(self.beads().filter(enough), doubtful)
    }

    /// What [`Edit::AcceptUpTo`](super::Edit::AcceptUpTo) accepts: beads that nobody decided on, from the first to
    /// `bead`.
    ///
    /// # Errors
    /// There is no such bead.
    pub fn accepted_up_to(&self, bead: BeadId, doubtful: Doubtful) -> Result<BTreeSet<BeadId>, EditError> {
        let last = self.position(bead).ok_or(EditError::UnknownBead(bead.0))?;
        Ok(pending(self.beads().take(last + 1), doubtful))
    }
}

fn pending<'p>(beads: impl Iterator<Item = &'p ReviewBead>, doubtful: Doubtful) -> BTreeSet<BeadId> {
    beads
        .filter(|bead| bead.attributes.decision == Decision::Pending)
        .filter(|bead| doubtful == Doubtful::Taken || !Project::is_doubtful(bead))
        .map(|bead| bead.id)
        .collect()
}
