//! The edits that change segments: cutting, joining and correcting them.
//!
//! In: a project under an edit. Out: its segments cut or worded otherwise, in beads that still partition both
//! sides. Guarantee: the documents' texts never change.

use crate::bitext::Side;

use super::carve::{Editing, Leftovers};
use super::change::{SegmentRecord, segment_index};
use super::error::{EditError, check_length};
use super::holding::{holder, joined, place_of};

/// Cuts a segment in two at the byte `at` of the text.
pub(super) fn split_segment(
    editing: &mut Editing<'_>,
    side: Side,
    segment: usize,
    at: usize,
) -> Result<(), EditError> {
    let project = &*editing.project;
    let index = segment_index(project, side, segment)?;
    let old = &project.segments.get(side)[index];
    if old.corrected.is_some() {
        return Err(EditError::Corrected);
    }
    let text = project.text(side);
    let (first, second) = match (text.get(old.span.start..at), text.get(at..old.span.end)) {
        (Some(first), Some(second)) => (first.trim_end().len(), second.trim_start().len()),
        _ => return Err(EditError::BadCut),
    };
    if first == 0 || second == 0 {
        return Err(EditError::BadCut);
    }
    let record = SegmentRecord::from(old);
    let added = vec![
        SegmentRecord { end: old.span.start + first, ..record.clone() },
        SegmentRecord { start: old.span.end - second, opens: false, ..record.clone() },
    ];
    let bead = holder(project, side, index)?;
    let places = project.bead(bead)?.places;
    editing.resegment(side, vec![record], added)?;
    editing.refresh(bead, places);
    Ok(())
}

/// Makes one segment of two, in the bead of the first.
pub(super) fn join_segments(editing: &mut Editing<'_>, side: Side, segment: usize) -> Result<(), EditError> {
    let project = &*editing.project;
    let index = segment_index(project, side, segment)?;
    let [old, next] = project.segments.get(side).get(index..index + 2).ok_or(EditError::LastSegment)? else {
        return Err(EditError::LastSegment);
    };
    let corrected = (old.corrected.is_some() || next.corrected.is_some()).then(|| {
        let between = if next.opens_block { " " } else { &project.text(side)[old.span.end..next.span.start] };
        format!("{}{between}{}", project.segment_text(side, old), project.segment_text(side, next))
    });
    let (old, next) = (SegmentRecord::from(old), SegmentRecord::from(next));
    let (mut bead, other) = (holder(project, side, index)?, holder(project, side, index + 1)?);
    let mut places = project.bead(bead)?.places;
    if bead != other {
        // The second segment comes over to the first one's bead.
        let moving = place_of(project, side, index + 1..index + 2);
        *places.get_mut(side) = joined(project, side, *places.get(side), moving)?;
        bead = editing.carve(places, Leftovers::Free);
    }
    let record = SegmentRecord { end: next.end, corrected, ..old.clone() };
    editing.resegment(side, vec![old, next], vec![record])?;
    editing.refresh(bead, places);
    Ok(())
}

/// Puts `text` in place of the original; `None` takes a correction back.
pub(super) fn correct(
    editing: &mut Editing<'_>,
    side: Side,
    segment: usize,
    text: Option<&str>,
) -> Result<(), EditError> {
    let project = &*editing.project;
    let found = &project.segments.get(side)[segment_index(project, side, segment)?];
    let after = match text {
        Some(text) if text.trim().is_empty() => return Err(EditError::EmptyText),
        Some(text) => {
            check_length(text)?;
            (text != &project.text(side)[found.span.range()]).then(|| text.to_owned())
        }
        None => None,
    };
    let before = found.corrected.clone();
    editing.retext(side, segment, before, after)
}
