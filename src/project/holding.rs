//! What holds what: the places of segments, and the beads that they stand in.
//!
//! In: a project. Out: places and beads of it. Guarantee: a place ends where its last segment ends.

use crate::bitext::{Side, TextSpan};

use super::error::EditError;
use super::model::{BeadId, Project};

/// The place that holds both, which must follow each other.
pub(super) fn joined(
    project: &Project,
    side: Side,
    a: Option<TextSpan>,
    b: Option<TextSpan>,
) -> Result<Option<TextSpan>, EditError> {
    let (Some(a), Some(b)) = (a, b) else { return Ok(a.or(b)) };
    let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
    let (left, right) = (project.indices(side, Some(first)), project.indices(side, Some(second)));
    if left.end == right.start {
        Ok(Some(TextSpan::new(first.start, second.end)))
    } else {
        Err(EditError::NotAdjacent(side))
    }
}

/// The place of the segments `range` of `side`.
pub(super) fn place_of(project: &Project, side: Side, range: std::ops::Range<usize>) -> Option<TextSpan> {
    let segments = &project.segments.get(side)[range];
    Some(TextSpan::new(segments.first()?.span.start, segments.last()?.span.end))
}

/// The bead that holds segment `index` of `side`.
pub(super) fn holder(project: &Project, side: Side, index: usize) -> Result<BeadId, EditError> {
    let start = project.segments.get(side)[index].span.start;
    project
        .beads()
        .find(|b| b.places.get(side).is_some_and(|p| (p.start..p.end).contains(&start)))
        .map(|b| b.id)
        .ok_or(EditError::UnknownSegment { side, start })
}
