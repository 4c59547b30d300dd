//! Taking another reviewer's work over where it does not conflict with what stands here.
//!
//! In: a project and another of the same texts. Out: the project with what could be taken, as one change, and the
//! regions where both said something else ([`Adopted`]). Guarantee: nothing that was said here changes: a decision is
//! taken where there was none, a comment where there was none, a cut where nobody here spoke on any bead of its region;
//! beads partition both sides before and after.

use crate::bitext::{Side, TextSpan};

use super::carve::Editing;
use super::change::{Change, SegmentRecord};
use super::decision::{Attributes, Decision};
use super::error::{CompareError, EditError, ProjectError, check_length, check_reviewer};
use super::model::{BeadId, Project, ReviewBead, ReviewSegment};
use super::regions::{Region, regions};
use super::score::Score;

/// What was taken over, and what was not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Adopted {
    /// Decisions taken.
    pub decisions: usize,
    /// Comments taken.
    pub comments: usize,
    /// Corrected texts taken.
    pub corrections: usize,
    /// Pins taken.
    pub pins: usize,
    /// Regions that are cut as the other project cuts them.
    pub cuts: usize,
    /// Regions of which both said something and not the same; there nothing is changed. Places are those before.
    pub conflicts: Vec<Region>,
    /// Regions of which the other project says what no edit could have said here: a comment, a corrected text or a name
    /// that is too long, a corrected text that is blank. None of that is taken. Places are those before.
    pub unfit: Vec<Region>,
}

impl Adopted {
    /// How many things were taken.
    pub const fn taken(&self) -> usize {
        self.decisions + self.comments + self.corrections + self.pins + self.cuts
    }
}

/// Why nothing was taken over.
#[derive(Debug, thiserror::Error)]
pub enum AdoptError {
    /// The projects cannot be compared.
    #[error(transparent)]
    Compare(#[from] CompareError),
    /// What the other project says does not fit this one.
    #[error(transparent)]
    Edit(#[from] EditError),
    /// The project cannot be written.
    #[error(transparent)]
    Project(#[from] ProjectError),
}

/// What of a region is not taken over.
#[derive(Debug, Clone, Copy, Default)]
struct Left {
    /// Both said something, and not the same.
    conflict: bool,
    /// It says what no edit could have said.
    unfit: bool,
}

/// Takes `other`'s work over into `project`; `None` for the change where there is nothing to take. On an error nothing
/// is changed.
pub(super) fn adopt(project: &mut Project, other: &Project) -> Result<(Option<Change>, Adopted), AdoptError> {
    let regions = regions(project, other)?;
    let mut adopted = Adopted::default();
    let mut editing = Editing::new(project);
    // Ids stay when beads around them change; places do not.
    let ids: Vec<BeadId> = editing.project.order.clone();
    for region in regions {
        let own: Vec<BeadId> = region.first.iter().map(|&at| ids[at]).collect();
        let theirs: Vec<&ReviewBead> = region.second.iter().filter_map(|&at| other.bead_at(at)).collect();
        let left = match (&own[..], &theirs[..]) {
            (&[own], &[their]) if region.alike => take_said(&mut editing, own, other, their, &mut adopted),
            _ => take_cut(&mut editing, &own, other, &theirs, &mut adopted),
        };
        let left = match left {
            Ok(left) => left,
            Err(error) => {
                editing.abort();
                return Err(error.into());
            }
        };
        if left.unfit {
            adopted.unfit.push(region.clone());
        }
        if left.conflict {
            adopted.conflicts.push(region);
        }
    }
    if editing.is_unchanged() {
        editing.abort();
        return Ok((None, adopted));
    }
    Ok((Some(editing.finish()), adopted))
}

/// Whether an edit could have said this of a bead.
fn could_be_said(attributes: &Attributes) -> bool {
    let is_name = |name: &str| check_reviewer(name).is_ok();
    check_length(&attributes.comment).is_ok() && attributes.reviewer.as_deref().is_none_or(is_name)
}

/// Whether an edit could have put this in the place of a segment's text.
fn could_be_written(corrected: &str) -> bool {
    !corrected.trim().is_empty() && check_length(corrected).is_ok()
}

/// Takes what is said of a bead that stands in both.
fn take_said(
    editing: &mut Editing<'_>,
    own: BeadId,
    other: &Project,
    their: &ReviewBead,
    adopted: &mut Adopted,
) -> Result<Left, EditError> {
    let (said, theirs) = (editing.project.bead(own)?.attributes.clone(), &their.attributes);
    let mut left = Left { unfit: said != *theirs && !could_be_said(theirs), conflict: false };
    if !left.unfit {
        left.conflict = take_attributes(editing, (own, said), theirs, adopted)?;
    }
    let places = their.places;
    for side in Side::BOTH {
        let side = take_corrections(editing, side, *places.get(side), other, adopted)?;
        left = Left { conflict: left.conflict || side.conflict, unfit: left.unfit || side.unfit };
    }
    Ok(left)
}

/// Takes decision, comment and pin of a bead of which that much is `said` here; tells whether any conflicts.
fn take_attributes(
    editing: &mut Editing<'_>,
    (own, said): (BeadId, Attributes),
    theirs: &Attributes,
    adopted: &mut Adopted,
) -> Result<bool, EditError> {
    let mut new = said.clone();
    let mut conflict = false;
    if theirs.decision != Decision::Pending && theirs.decision != said.decision {
        if said.decision == Decision::Pending {
            new.decision = theirs.decision;
            adopted.decisions += 1;
        } else {
            conflict = true;
        }
    }
    if !theirs.comment.trim().is_empty() && theirs.comment != said.comment {
        if said.comment.is_empty() {
            new.comment.clone_from(&theirs.comment);
            adopted.comments += 1;
        } else {
            conflict = true;
        }
    }
    if theirs.pinned && !said.pinned {
        new.pinned = true;
        adopted.pins += 1;
    }
    if new != said {
        new.reviewer.clone_from(&theirs.reviewer);
        editing.attribute(own, |attributes| *attributes = new)?;
    }
    Ok(conflict)
}

/// Takes the corrected texts of a stretch.
fn take_corrections(
    editing: &mut Editing<'_>,
    side: Side,
    place: Option<TextSpan>,
    other: &Project,
    adopted: &mut Adopted,
) -> Result<Left, EditError> {
    let mut left = Left::default();
    let theirs = &other.segments(side)[other.indices(side, place)];
    for segment in theirs {
        let Some(corrected) = &segment.corrected else { continue };
        let own = editing.project.segments(side)[editing.project.indices(side, place)]
            .iter()
            .find(|own| own.span == segment.span)
            .map(|own| own.corrected.clone());
        match own {
            Some(Some(own)) if own == *corrected => {}
            _ if !could_be_written(corrected) => left.unfit = true,
            Some(None) => {
                editing.retext(side, segment.span.start, None, Some(corrected.clone()))?;
                adopted.corrections += 1;
            }
            _ => left.conflict = true,
        }
    }
    Ok(left)
}

/// Cuts a region as the other project does, if that was looked at there and not here.
fn take_cut(
    editing: &mut Editing<'_>,
    own: &[BeadId],
    other: &Project,
    theirs: &[&ReviewBead],
    adopted: &mut Adopted,
) -> Result<Left, EditError> {
    let conflict = Left { conflict: true, unfit: false };
    let project = &*editing.project;
    let mine: Vec<&ReviewBead> = own.iter().filter_map(|&id| project.bead(id).ok()).collect();
    let corrected = |project: &Project, bead: &ReviewBead, is: &dyn Fn(&str) -> bool| {
        let texts = |side| project.segments_of(side, bead).iter().filter_map(|s| s.corrected.as_deref());
        Side::BOTH.into_iter().any(|side| texts(side).any(is))
    };
    let spoken = |project: &Project, beads: &[&ReviewBead]| {
        beads.iter().any(|bead| bead.attributes.is_fixed() || corrected(project, bead, &|_| true))
    };
    match (spoken(project, &mine), spoken(other, theirs)) {
        (_, false) => return Ok(Left::default()),
        (true, true) => return Ok(conflict),
        (false, true) => {}
    }
    let is_unfit = |bead: &&ReviewBead| {
        !could_be_said(&bead.attributes) || corrected(other, bead, &|text| !could_be_written(text))
    };
    if theirs.iter().any(is_unfit) {
        return Ok(Left { conflict: false, unfit: true });
    }
    let mut changes = Vec::new();
    for side in Side::BOTH {
        let segments = |project: &Project, beads: &[&ReviewBead]| {
            let mut all: Vec<ReviewSegment> =
                beads.iter().flat_map(|bead| project.segments_of(side, bead).to_vec()).collect();
            all.sort_unstable_by_key(|segment| segment.span.start);
            all
        };
        let (removed, added) = (segments(project, &mine), segments(other, theirs));
        let Some(stretches) = stretches(project.segments(side), &removed, &added) else {
            return Ok(conflict);
        };
        changes.extend(stretches.into_iter().map(|(out, into)| (side, out, into)));
    }
    let parts: Vec<_> = theirs.iter().map(|bead| (bead.places, bead.attributes.clone())).collect();
    let scores: Vec<Score> = theirs.iter().map(|bead| (*bead.score).clone()).collect();
    for (side, removed, added) in changes {
        editing.resegment(side, removed, added)?;
    }
    let made = editing.regroup(own, parts);
    for (id, score) in made.into_iter().zip(scores) {
        editing.set_score(id, score);
    }
    adopted.cuts += 1;
    Ok(Left::default())
}

/// Segments that go, and those that come in their place.
type Recut = (Vec<SegmentRecord>, Vec<SegmentRecord>);

/// The stretches in which two lists of segments over the same text differ, each from one common border to the next;
/// `None` where they have no such borders. `all` are the segments among which the removed ones stand.
fn stretches(
    all: &[ReviewSegment],
    removed: &[ReviewSegment],
    added: &[ReviewSegment],
) -> Option<Vec<Recut>> {
    let records = |segments: &[ReviewSegment]| segments.iter().map(SegmentRecord::from).collect::<Vec<_>>();
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < removed.len() || j < added.len() {
        let (from, to) = (i, j);
        let starts = (removed.get(from)?.span.start, added.get(to)?.span.start);
        (i, j) = (i + 1, j + 1);
        while removed.get(i - 1)?.span.end != added.get(j - 1)?.span.end {
            if removed[i - 1].span.end < added[j - 1].span.end { i += 1 } else { j += 1 }
        }
        let at = all.partition_point(|segment| segment.span.start < starts.0);
        let follow = all.get(at..at + i - from).is_some_and(|own| *own == removed[from..i]);
        if starts.0 != starts.1 || !follow {
            return None;
        }
        if removed[from..i] != added[to..j] {
            found.push((records(&removed[from..i]), records(&added[to..j])));
        }
    }
    Some(found)
}
