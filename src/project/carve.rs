//! An edit in the making: the project already changed, and what it takes to change it back.
//!
//! In: a project. Out: a [`Change`] ([`Editing::finish`]) or the project as it was ([`Editing::abort`]). Guarantee:
//! between two calls beads partition both sides; beads that an edit makes and drops again leave no trace.

use std::ops::Range;
use std::sync::Arc;

use crate::bitext::{Side, Sides};

use super::change::{Change, SegmentRecord, Step, apply_steps, inverted};
use super::decision::{Attributes, Decision};
use super::error::EditError;
use super::holding::place_of;
use super::model::{BeadId, Project, ReviewBead};
use super::score::{Places, Score};

/// What becomes of beads that lost a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Leftovers {
    /// They are as they should be, if both sides have a segment: the border was set by a person.
    Pinned,
    /// They may be re-aligned.
    Free,
}

/// An edit in the making.
pub(super) struct Editing<'p> {
    pub(super) project: &'p mut Project,
    /// Number of beads that ever were, before the edit.
    before: usize,
    removed: Vec<BeadId>,
    steps: Vec<Step>,
}

impl<'p> Editing<'p> {
    pub(super) fn new(project: &'p mut Project) -> Self {
        let before = project.beads.len();
        Self { project, before, removed: Vec::new(), steps: Vec::new() }
    }

    /// The live beads made by this edit.
    pub(super) fn made(&self) -> Vec<BeadId> {
        self.project.beads[self.before..]
            .iter()
            .map(|b| b.id)
            .filter(|&id| self.project.position(id).is_some())
            .collect()
    }

    pub(super) fn is_new(&self, id: BeadId) -> bool {
        id.0 as usize > self.before
    }

    pub(super) fn is_unchanged(&self) -> bool {
        self.removed.is_empty() && self.steps.is_empty()
    }

    /// Replaces beads by others over the same segments.
    pub(super) fn regroup(&mut self, removed: &[BeadId], added: Vec<(Places, Attributes)>) -> Vec<BeadId> {
        let mut ids = Vec::with_capacity(added.len());
        for (places, attributes) in added {
            let id = BeadId(self.project.beads.len() as u64 + 1);
            self.project.beads.push(ReviewBead { id, places, score: Arc::new(Score::default()), attributes });
            ids.push(id);
        }
        self.removed.extend(removed.iter().copied().filter(|&id| id.0 as usize <= self.before));
        let step = Step::Beads { removed: removed.to_vec(), added: ids.clone() };
        apply_steps(self.project, &[step]).expect("the beads named are live and the others new");
        ids
    }

    /// Sets the score of a bead that this edit made.
    pub(super) fn set_score(&mut self, id: BeadId, score: Score) {
        debug_assert!(self.is_new(id), "what the aligner said earlier is never overwritten");
        self.project.beads[id.0 as usize - 1].score = Arc::new(score);
    }

    /// Makes a bead of `places`; whatever holds a part of them loses it.
    pub(super) fn carve(&mut self, places: Places, leftovers: Leftovers) -> BeadId {
        let project = &*self.project;
        let cut = Sides::new(
            project.indices(Side::Source, places.source),
            project.indices(Side::Target, places.target),
        );
        let overlaps = |bead: &ReviewBead| {
            Side::BOTH.into_iter().any(|side| match (bead.places.get(side), places.get(side)) {
                (Some(a), Some(b)) => a.start < b.end && b.start < a.end,
                _ => false,
            })
        };
        let affected: Vec<_> = project.beads().filter(|b| overlaps(b)).collect();
        let mut comments = Vec::new();
        let mut parts = vec![(places, Attributes { pinned: true, ..Attributes::default() })];
        for bead in &affected {
            let left = left_of(project, bead, &cut);
            let mut first = true;
            for places in left.iter().copied() {
                let linked = places.source.is_some() && places.target.is_some();
                let mut attributes =
                    Attributes { pinned: linked && leftovers == Leftovers::Pinned, ..Attributes::default() };
                if std::mem::take(&mut first) {
                    attributes.comment.clone_from(&bead.attributes.comment);
                    if bead.attributes.decision == Decision::Flagged {
                        attributes.decision = Decision::Flagged;
                    }
                }
                parts.push((places, attributes));
            }
            if left.is_empty() && !bead.attributes.comment.is_empty() {
                comments.push(bead.attributes.comment.as_str());
            }
        }
        parts[0].1.comment = comments.join("\n");
        let removed: Vec<_> = affected.iter().map(|b| b.id).collect();
        self.regroup(&removed, parts)[0]
    }

    /// Replaces a bead whose segments were cut or joined by one that re-alignment may change.
    pub(super) fn refresh(&mut self, bead: BeadId, places: Places) {
        let old = &self.project.beads[bead.0 as usize - 1];
        let attributes = Attributes { comment: old.attributes.comment.clone(), ..Attributes::default() };
        self.regroup(&[bead], vec![(places, attributes)]);
    }

    /// Puts segments in the place of others over the same text.
    ///
    /// # Errors
    /// If they do not fit; then nothing is changed.
    pub(super) fn resegment(
        &mut self,
        side: Side,
        removed: Vec<SegmentRecord>,
        added: Vec<SegmentRecord>,
    ) -> Result<(), EditError> {
        self.take(Step::Segments { side: side.into(), removed, added })
    }

    /// Changes the corrected text of a segment.
    ///
    /// # Errors
    /// If there is no such segment, or it has another text; then nothing is changed.
    pub(super) fn retext(
        &mut self,
        side: Side,
        segment: usize,
        before: Option<String>,
        after: Option<String>,
    ) -> Result<(), EditError> {
        if before == after {
            return Ok(());
        }
        self.take(Step::Text { side: side.into(), segment, before, after })
    }

    /// Changes what people say of a live bead.
    pub(super) fn attribute(
        &mut self,
        bead: BeadId,
        change: impl FnOnce(&mut Attributes),
    ) -> Result<(), EditError> {
        let before = self.project.bead(bead)?.attributes.clone();
        let mut after = before.clone();
        change(&mut after);
        // Deciding again what was decided is no change, whoever does it.
        let says = |a: &Attributes| (a.decision, a.pinned, a.comment.clone());
        if says(&before) != says(&after) {
            self.take(Step::Attributes { bead, before, after })?;
        }
        Ok(())
    }

    fn take(&mut self, step: Step) -> Result<(), EditError> {
        apply_steps(self.project, std::slice::from_ref(&step))?;
        self.steps.push(step);
        Ok(())
    }

    /// Ends the edit.
    pub(super) fn finish(self) -> Change {
        let made = self.made();
        let Self { project, before, removed, mut steps } = self;
        // Beads that were made and dropped again give their numbers back.
        let mut kept: Vec<ReviewBead> =
            made.iter().map(|id| project.beads[id.0 as usize - 1].clone()).collect();
        project.order.retain(|id| id.0 as usize <= before);
        project.beads.truncate(before);
        for (index, bead) in kept.iter_mut().enumerate() {
            bead.id = BeadId((before + index) as u64 + 1);
            project.order.push(bead.id);
        }
        let made: Vec<_> = kept.iter().map(|b| b.id).collect();
        project.beads.append(&mut kept);
        project.reorder();
        if !removed.is_empty() || !made.is_empty() {
            steps.push(Step::Beads { removed, added: made.clone() });
        }
        Change { steps, made }
    }

    /// Gives the project back as it was.
    pub(super) fn abort(self) {
        let Self { project, before, removed, steps } = self;
        project.order.retain(|id| id.0 as usize <= before);
        project.order.extend(removed);
        project.beads.truncate(before);
        project.reorder();
        apply_steps(project, &inverted(&steps)).expect("the inverse of steps just taken fits");
    }
}

/// What is left of `bead` when the segments `cut` go to another bead.
fn left_of(project: &Project, bead: &ReviewBead, cut: &Sides<Range<usize>>) -> Vec<Places> {
    let pieces = |side: Side| {
        let whole = project.indices(side, *bead.places.get(side));
        let cut = cut.get(side);
        if cut.is_empty() || whole.end <= cut.start || cut.end <= whole.start {
            return Pieces::Whole(whole);
        }
        Pieces::Cut(whole.start..cut.start.max(whole.start), cut.end.min(whole.end)..whole.end)
    };
    let (source, target) = match (pieces(Side::Source), pieces(Side::Target)) {
        (Pieces::Whole(s), Pieces::Whole(t)) => ([s, 0..0], [t, 0..0]),
        (Pieces::Cut(a, b), Pieces::Cut(c, d)) => ([a, b], [c, d]),
        (Pieces::Cut(a, b), Pieces::Whole(t)) => {
            let t = beside(&a, &b, t);
            ([a, b], t)
        }
        (Pieces::Whole(s), Pieces::Cut(c, d)) => (beside(&c, &d, s), [c, d]),
    };
    source
        .into_iter()
        .zip(target)
        .map(|(s, t)| Places::new(place_of(project, Side::Source, s), place_of(project, Side::Target, t)))
        .filter(|p| p.source.is_some() || p.target.is_some())
        .collect()
}

enum Pieces {
    /// Nothing of it goes.
    Whole(Range<usize>),
    /// What is left before and after what goes.
    Cut(Range<usize>, Range<usize>),
}

/// Puts the untouched side beside the piece that is left of the other, the first if there are two.
fn beside(before: &Range<usize>, after: &Range<usize>, whole: Range<usize>) -> [Range<usize>; 2] {
    if before.is_empty() && !after.is_empty() { [0..0, whole] } else { [whole, 0..0] }
}
