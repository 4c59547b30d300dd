//! Edits: what a reviewer can do, and what it does to the project.
//!
//! In: a project, an [`Edit`], and an aligner for the places around it. Out: the project one edit on and the
//! [`Change`] that leads there and back, or an error and the project as it was. Guarantee: beads partition both
//! sides before and after; what a person fixed (see [`Attributes::is_fixed`](super::Attributes::is_fixed)) is not
//! re-aligned away.
//!
//! What else the program knows of each edit stands in the table of `edit_kind.rs`.

use crate::bitext::{Side, Sides};

use super::carve::{Editing, Leftovers};
use super::change::{Change, segment_index};
use super::decision::{Attributes, Decision};
use super::edit_column::{Between, belong, shift};
use super::edit_kind::{Direction, Edit, Effect};
use super::edit_segments::{correct, join_segments, split_segment};
use super::error::{EditError, check_length};
use super::holding::{holder, joined, place_of};
use super::model::{BeadId, Project};
use super::realign::{Realigner, Scope, WINDOW};
use super::score::Places;
use super::settings::AutoRealign;

/// Applies `edit` in the name of `reviewer`, and aligns again around it if the project's settings say so.
///
/// Linear in the number of beads, with a small factor; the aligner sees a few dozen beads at most, except
/// for [`Edit::Realign`] without a place.
pub fn apply(
    project: &mut Project,
    edit: &Edit,
    reviewer: &str,
    aligner: &dyn Realigner,
) -> Result<Change, EditError> {
    let more = if project.settings.auto_realign == AutoRealign::On { WINDOW } else { 0 };
    let between = match edit.kind().effect {
        Effect::Joins(source, target) => Some(Between::of(project, source, target, more)?),
        _ => None,
    };
    let mut editing = Editing::new(project);
    if let Err(error) = make(&mut editing, edit, reviewer) {
        editing.abort();
        return Err(error);
    }
    match edit.kind().effect {
        Effect::Shapes => {
            let scope = if editing.automatic() { Scope::Around } else { Scope::Scores };
            let made = editing.made();
            editing.realign(&made, scope, aligner);
        }
        Effect::Joins(..) | Effect::Sets => {
            let aligned = between.is_some_and(|between| editing.realign_between(&between, aligner));
            if !aligned {
                let made = editing.made();
                editing.realign(&made, Scope::Scores, aligner);
            }
        }
        Effect::Frees(bead) if editing.automatic() => editing.realign(&[bead], Scope::Around, aligner),
        Effect::Aligns(Some(bead)) => editing.realign(&[bead], Scope::Around, aligner),
        Effect::Aligns(None) => editing.realign_all(aligner),
        Effect::Frees(_) | Effect::Says => {}
    }
    if editing.is_unchanged() {
        editing.abort();
        return Err(EditError::Nothing);
    }
    Ok(editing.finish())
}

impl Editing<'_> {
    fn automatic(&self) -> bool {
        self.project.settings.auto_realign == AutoRealign::On
    }
}

/// Makes `edit`, without aligning anew what is around it.
fn make(editing: &mut Editing<'_>, edit: &Edit, reviewer: &str) -> Result<(), EditError> {
    match *edit {
        Edit::Merge { bead, with } => merge(editing, bead, with),
        Edit::Split { bead, source, target } => split(editing, bead, Sides::new(source, target)),
        Edit::Move { side, segment, to } => move_segment(editing, side.into(), segment, to),
        Edit::Place { side, segment, bead } => place(editing, side.into(), segment, bead),
        Edit::Unlink { bead } => unlink(editing, bead),
        Edit::Link { source, target } => link(editing, source, target),
        Edit::SplitSegment { side, segment, at } => split_segment(editing, side.into(), segment, at),
        Edit::JoinSegments { side, segment } => join_segments(editing, side.into(), segment),
        Edit::TakeRival { bead, rival } => take_rival(editing, bead, rival),
        Edit::Correct { side, segment, ref text } => correct(editing, side.into(), segment, text.as_deref()),
        Edit::Decide { bead, decision } => editing.attribute(bead, |a| {
            a.decision = decision;
            a.reviewer = signed(reviewer);
        }),
        Edit::Comment { bead, ref text } => {
            check_length(text)?;
            editing.attribute(bead, |a| {
                text.trim().clone_into(&mut a.comment);
                a.reviewer = signed(reviewer);
            })
        }
        Edit::Pin { bead, pinned } => editing.attribute(bead, |a| a.pinned = pinned),
        Edit::AcceptAbove { confidence, doubtful } => {
            if !(0.0..=1.0).contains(&confidence) {
                return Err(EditError::BadConfidence);
            }
            let beads = editing.project.accepted_above(confidence, doubtful.into());
            accept(editing, beads, reviewer)
        }
        Edit::AcceptUpTo { bead, doubtful } => {
            let beads = editing.project.accepted_up_to(bead, doubtful.into())?;
            accept(editing, beads, reviewer)
        }
        Edit::Belong { source, target } => belong(editing, source, target),
        Edit::Shift { side, segment, to } => shift(editing, side.into(), segment, to),
        Edit::Realign { around: Some(bead) } => editing.project.bead(bead).map(|_| ()),
        Edit::Realign { around: None } => Ok(()),
        // It is made from the other project: see `adopt.rs`.
        Edit::Adopt { .. } => Err(EditError::Nothing),
    }
}

fn signed(reviewer: &str) -> Option<String> {
    (!reviewer.is_empty()).then(|| reviewer.to_owned())
}

fn neighbour(project: &Project, bead: BeadId, to: Direction) -> Result<BeadId, EditError> {
    let position = project.position(bead).ok_or(EditError::UnknownBead(bead.0))?;
    let other = match to {
        Direction::Previous => position.checked_sub(1),
        Direction::Next => Some(position + 1),
    };
    other.and_then(|p| project.order.get(p)).copied().ok_or(EditError::NoNeighbour)
}

fn merge(editing: &mut Editing<'_>, bead: BeadId, with: Direction) -> Result<(), EditError> {
    let project = &*editing.project;
    let other = neighbour(project, bead, with)?;
    let (a, b) = (project.bead(bead)?.places, project.bead(other)?.places);
    let mut union = Places::default();
    for side in Side::BOTH {
        *union.get_mut(side) = joined(project, side, *a.get(side), *b.get(side))?;
    }
    editing.carve(union, Leftovers::Free);
    Ok(())
}

fn split(editing: &mut Editing<'_>, bead: BeadId, keep: Sides<usize>) -> Result<(), EditError> {
    let project = &*editing.project;
    let places = project.bead(bead)?.places;
    let mut first = Places::default();
    let (mut kept, mut left) = (0, 0);
    for side in Side::BOTH {
        let range = project.indices(side, *places.get(side));
        let keep = *keep.get(side);
        if keep > range.len() {
            return Err(EditError::NothingToSplit);
        }
        kept += keep;
        left += range.len() - keep;
        *first.get_mut(side) = place_of(project, side, range.start..range.start + keep);
    }
    if kept == 0 || left == 0 {
        return Err(EditError::NothingToSplit);
    }
    editing.carve(first, Leftovers::Pinned);
    Ok(())
}

fn move_segment(
    editing: &mut Editing<'_>,
    side: Side,
    segment: usize,
    to: Direction,
) -> Result<(), EditError> {
    let project = &*editing.project;
    let index = segment_index(project, side, segment)?;
    let from = project.bead(holder(project, side, index)?)?;
    let range = project.indices(side, *from.places.get(side));
    let moving = match to {
        Direction::Previous => range.start..index + 1,
        Direction::Next => index..range.end,
    };
    let into = project.bead(neighbour(project, from.id, to)?)?;
    let mut places = into.places;
    *places.get_mut(side) = joined(project, side, *places.get(side), place_of(project, side, moving))?;
    editing.carve(places, Leftovers::Pinned);
    Ok(())
}

fn place(editing: &mut Editing<'_>, side: Side, segment: usize, bead: BeadId) -> Result<(), EditError> {
    let project = &*editing.project;
    let index = segment_index(project, side, segment)?;
    let from = holder(project, side, index)?;
    if from == bead {
        return Err(EditError::Together);
    }
    for to in [Direction::Previous, Direction::Next] {
        if neighbour(project, from, to) == Ok(bead) {
            return move_segment(editing, side, segment, to);
        }
    }
    let mut places = project.bead(bead)?.places;
    let moving = place_of(project, side, index..index + 1);
    *places.get_mut(side) = joined(project, side, *places.get(side), moving)?;
    editing.carve(places, Leftovers::Free);
    Ok(())
}

fn unlink(editing: &mut Editing<'_>, bead: BeadId) -> Result<(), EditError> {
    let project = &*editing.project;
    let found = project.bead(bead)?;
    for side in Side::BOTH {
        if found.places.get(side).is_none() {
            return Err(EditError::NoSegment(side));
        }
    }
    let mut comment = found.attributes.comment.clone();
    let mut parts = Vec::new();
    for side in Side::BOTH {
        for segment in project.segments_of(side, found) {
            let mut places = Places::default();
            *places.get_mut(side) = Some(segment.span);
            let comment = std::mem::take(&mut comment);
            parts.push((places, Attributes { pinned: true, comment, ..Attributes::default() }));
        }
    }
    editing.regroup(&[bead], parts);
    Ok(())
}

fn link(editing: &mut Editing<'_>, source: BeadId, target: BeadId) -> Result<(), EditError> {
    if source == target {
        return Err(EditError::Together);
    }
    let project = &*editing.project;
    let places = Places::new(project.bead(source)?.places.source, project.bead(target)?.places.target);
    for side in Side::BOTH {
        if places.get(side).is_none() {
            return Err(EditError::NoSegment(side));
        }
    }
    editing.carve(places, Leftovers::Free);
    Ok(())
}

fn take_rival(editing: &mut Editing<'_>, bead: BeadId, rival: usize) -> Result<(), EditError> {
    let project = &*editing.project;
    let rival = project.bead(bead)?.score.rivals.get(rival).ok_or(EditError::NoRival)?;
    let places = rival.places;
    if places.source.is_none() && places.target.is_none() {
        return Err(EditError::NoRival);
    }
    for side in Side::BOTH {
        let place = *places.get(side);
        if place_of(project, side, project.indices(side, place)) != place {
            return Err(EditError::NoRival);
        }
    }
    editing.carve(places, Leftovers::Free);
    Ok(())
}

fn accept(
    editing: &mut Editing<'_>,
    beads: impl IntoIterator<Item = BeadId>,
    reviewer: &str,
) -> Result<(), EditError> {
    for bead in beads {
        editing.attribute(bead, |a| {
            a.decision = Decision::Accepted;
            a.reviewer = signed(reviewer);
        })?;
    }
    Ok(())
}
