//! Changes: what an edit did, as steps that can be taken back and taken again.
//!
//! In: a project. Out: the same project one step on, or an error and the project as it was. Guarantee: a step
//! followed by its inverse changes nothing; a step that does not fit the state is refused.
//!
//! [`Step`] is a wire type: it is written as JSON into the journal of a project file, see
//! `docs/project-format.md`. Its field names are part of the format.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::bitext::{BlockKind, Side, TextSpan};

use super::decision::Attributes;
use super::error::EditError;
use super::model::{BeadId, Project, ReviewSegment};

/// One reversible step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "step", deny_unknown_fields)]
pub enum Step {
    /// Beads gave way to others over the same segments.
    Beads {
        /// Those that were retired.
        removed: Vec<BeadId>,
        /// Those that came.
        added: Vec<BeadId>,
    },
    /// What people say of a bead changed.
    Attributes {
        /// The bead.
        bead: BeadId,
        /// What was said.
        before: Attributes,
        /// What is said now.
        after: Attributes,
    },
    /// Segments of one side gave way to others over the same text.
    Segments {
        /// The side.
        side: SideName,
        /// Those that went, in order.
        removed: Vec<SegmentRecord>,
        /// Those that came, in order.
        added: Vec<SegmentRecord>,
    },
    /// The corrected text of a segment changed.
    Text {
        /// The side.
        side: SideName,
        /// The byte at which the segment starts.
        segment: usize,
        /// The correction before, if any.
        before: Option<String>,
        /// The correction now, if any.
        after: Option<String>,
    },
}

impl Step {
    /// The step back.
    #[must_use]
    pub fn inverted(&self) -> Self {
        match self.clone() {
            Self::Beads { removed, added } => Self::Beads { removed: added, added: removed },
            Self::Attributes { bead, before, after } => {
                Self::Attributes { bead, before: after, after: before }
            }
            Self::Segments { side, removed, added } => {
                Self::Segments { side, removed: added, added: removed }
            }
            Self::Text { side, segment, before, after } => {
                Self::Text { side, segment, before: after, after: before }
            }
        }
    }
}

/// What an edit did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The steps, in order.
    pub steps: Vec<Step>,
    /// The beads made by it; their numbers are the highest so far.
    pub made: Vec<BeadId>,
}

/// The steps back, last first.
pub fn inverted(steps: &[Step]) -> Vec<Step> {
    steps.iter().rev().map(Step::inverted).collect()
}

/// A side, as it is written in files and in the page's requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SideName {
    /// The first document.
    Source,
    /// The second document.
    Target,
}

impl From<Side> for SideName {
    fn from(side: Side) -> Self {
        match side {
            Side::Source => Self::Source,
            Side::Target => Self::Target,
        }
    }
}

impl From<SideName> for Side {
    fn from(side: SideName) -> Self {
        match side {
            SideName::Source => Self::Source,
            SideName::Target => Self::Target,
        }
    }
}

/// A segment, as it is written in files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentRecord {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The kind of its block: [`kind_name`].
    pub kind: String,
    /// Whether it is the first of its block.
    #[serde(default)]
    pub opens: bool,
    /// The corrected text, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected: Option<String>,
}

impl From<&ReviewSegment> for SegmentRecord {
    fn from(segment: &ReviewSegment) -> Self {
        Self {
            start: segment.span.start,
            end: segment.span.end,
            kind: kind_name(segment.kind),
            opens: segment.opens_block,
            corrected: segment.corrected.clone(),
        }
    }
}

impl SegmentRecord {
    /// The segment meant; `None` if its span ends before it starts.
    pub(super) fn segment(&self) -> Option<ReviewSegment> {
        (self.start < self.end).then(|| ReviewSegment {
            span: TextSpan::new(self.start, self.end),
            kind: kind_of(&self.kind),
            opens_block: self.opens,
            corrected: self.corrected.clone(),
        })
    }
}

/// The name of a kind of block in files: `paragraph`, `heading-2`, ….
pub fn kind_name(kind: BlockKind) -> String {
    match kind {
        BlockKind::Paragraph => "paragraph".to_owned(),
        BlockKind::Heading { level } => format!("heading-{level}"),
        BlockKind::ListItem => "list-item".to_owned(),
        BlockKind::TableCell => "table-cell".to_owned(),
        BlockKind::Footnote => "footnote".to_owned(),
        BlockKind::Presegmented => "presegmented".to_owned(),
    }
}

/// The kind of block of that name; an unknown name is a paragraph.
pub fn kind_of(name: &str) -> BlockKind {
    match name {
        "list-item" => BlockKind::ListItem,
        "table-cell" => BlockKind::TableCell,
        "footnote" => BlockKind::Footnote,
        "presegmented" => BlockKind::Presegmented,
        _ => match name.strip_prefix("heading-").and_then(|level| level.parse().ok()) {
            Some(level) => BlockKind::Heading { level },
            None => BlockKind::Paragraph,
        },
    }
}

/// Takes all `steps`; on an error none of them.
#[expect(clippy::missing_panics_doc, reason = "what was just taken can be taken back")]
pub fn apply_steps(project: &mut Project, steps: &[Step]) -> Result<(), EditError> {
    for (done, step) in steps.iter().enumerate() {
        if let Err(error) = apply_step(project, step) {
            for step in steps[..done].iter().rev() {
                apply_step(project, &step.inverted()).expect("the inverse of a step just taken fits");
            }
            collect_live(project);
            return Err(error);
        }
    }
    if steps.iter().any(|s| matches!(s, Step::Beads { .. })) {
        collect_live(project);
    }
    Ok(())
}

/// Makes the order of the beads that are live.
fn collect_live(project: &mut Project) {
    let live = |(index, position): (usize, &Option<u32>)| position.map(|_| BeadId(index as u64 + 1));
    project.order = project.positions.iter().enumerate().filter_map(live).collect();
    project.reorder();
}

/// Takes one step without putting the beads into order.
fn apply_step(project: &mut Project, step: &Step) -> Result<(), EditError> {
    match step {
        Step::Beads { removed, added } => replace_beads(project, removed, added),
        Step::Attributes { bead, before, after } => {
            let index = (bead.0 as usize).wrapping_sub(1);
            match project.beads.get_mut(index) {
                Some(found) if found.attributes == *before => found.attributes = after.clone(),
                _ => return Err(EditError::Conflict(format!("pair {}", bead.0))),
            }
            Ok(())
        }
        Step::Segments { side, removed, added } => replace_segments(project, (*side).into(), removed, added),
        Step::Text { side, segment, before, after } => {
            let side = Side::from(*side);
            let index = segment_index(project, side, *segment)?;
            let found = &mut project.segments.get_mut(side)[index];
            // How long a text may be is asked where one is given: what was there before can be taken back to whatever it was.
            if found.corrected != *before {
                return Err(EditError::Conflict(format!("{side} segment at byte {segment}")));
            }
            found.corrected.clone_from(after);
            Ok(())
        }
    }
}

/// The index of the segment that starts at byte `start`.
pub(super) fn segment_index(project: &Project, side: Side, start: usize) -> Result<usize, EditError> {
    project
        .segments
        .get(side)
        .binary_search_by_key(&start, |s| s.span.start)
        .map_err(|_| EditError::UnknownSegment { side, start })
}

fn replace_beads(project: &mut Project, removed: &[BeadId], added: &[BeadId]) -> Result<(), EditError> {
    let missing = |id: &BeadId| EditError::Conflict(format!("pair {}", id.0));
    if let Some(id) = removed.iter().find(|id| project.position(**id).is_none()) {
        return Err(missing(id));
    }
    if let Some(id) =
        added.iter().find(|id| project.any_bead(**id).is_none() || project.position(**id).is_some())
    {
        return Err(missing(id));
    }
    let twice = |ids: &[BeadId]| ids.iter().collect::<BTreeSet<_>>().len() < ids.len();
    if twice(removed) || twice(added) {
        return Err(EditError::Conflict("a pair is named twice".to_owned()));
    }
    project.positions.resize(project.beads.len(), None);
    for id in removed {
        project.positions[id.0 as usize - 1] = None;
    }
    for id in added {
        // The true position comes with the reordering; until then any will do.
        project.positions[id.0 as usize - 1] = Some(0);
    }
    Ok(())
}

fn replace_segments(
    project: &mut Project,
    side: Side,
    removed: &[SegmentRecord],
    added: &[SegmentRecord],
) -> Result<(), EditError> {
    let conflict = || EditError::Conflict(format!("the {side} segments"));
    let first = removed.first().ok_or_else(conflict)?;
    let index = segment_index(project, side, first.start)?;
    let text = project.texts.get(side);
    let mut from = first.start;
    let to = removed.last().map_or(from, |last| last.end);
    // The same stretch of text in other pieces, each of whole characters.
    let inside = added.iter().all(|new| {
        let fits = from <= new.start && new.start < new.end && new.end <= to;
        from = new.end;
        fits && text.get(new.start..new.end).is_some()
    });
    let segments = project.segments.get_mut(side);
    let end = index + removed.len();
    let fits = segments
        .get(index..end)
        .is_some_and(|old| old.iter().map(SegmentRecord::from).eq(removed.iter().cloned()));
    let new: Option<Vec<_>> = added.iter().map(SegmentRecord::segment).collect();
    match new {
        Some(new) if fits && inside => {
            segments.splice(index..end, new);
            Ok(())
        }
        _ => Err(conflict()),
    }
}
