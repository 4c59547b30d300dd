//! What an edit changed, as the page must know it: a window of rows.
//!
//! In: the order of the beads before, and the project after. Out: which rows to take out and which to put in.
//! Guarantee: applying the window to the old rows gives the new ones; a window too large to send is a reload.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::bitext::Side;
use crate::project::{BeadId, Bookmark, Edit, EditPlace, Project, ProjectFile, SideName, Step};

use super::view::{BeadView, CountsView, HistoryView};

/// The largest window sent, in rows.
const MAX_WINDOW: usize = 400;

/// The answer to an edit.
#[derive(Debug, Serialize)]
pub(super) struct EditView<'a> {
    revision: u64,
    counts: CountsView,
    history: HistoryView,
    /// `None`: too much changed, the page must ask for its rows again.
    window: Option<Window<'a>>,
    /// Number of rows now.
    beads: usize,
    /// The row to go to.
    focus: Option<usize>,
    /// What was done, under which the page has words for it.
    done: &'static str,
    /// Of undo and redo: the edit that was taken back or made again.
    of: Option<&'static str>,
    /// How many beads something else is said of now.
    said: usize,
}

impl EditView<'_> {
    /// The revision that the edit led to.
    pub(super) const fn revision(&self) -> u64 {
        self.revision
    }
}

/// Rows to take out and put in.
#[derive(Debug, Serialize)]
struct Window<'a> {
    from: usize,
    removed: usize,
    beads: Vec<BeadView<'a>>,
    /// Those of them that hold other segments than before, for the page to mark.
    new: Vec<BeadId>,
}

/// Where the reader is: a segment of the current bead, which stays where it is whatever the rows become.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reader {
    side: SideName,
    segment: usize,
}

impl Reader {
    /// The bookmarks to turn around at its bead: those that are there, else one at the segment.
    pub(super) fn bookmarks(self, project: &Project) -> Vec<Bookmark> {
        let bead = self.row(project).and_then(|row| project.bead_at(row));
        let Some(bead) = bead else { return Vec::new() };
        let is_there = |b: &&Bookmark| holds(*bead.places.get(b.side), b.segment);
        let there: Vec<_> = project.settings().bookmarks.iter().filter(is_there).copied().collect();
        let own = Bookmark { side: self.side.into(), segment: self.segment };
        if there.is_empty() { vec![own] } else { there }
    }

    /// The row that holds it.
    pub(super) fn row(self, project: &Project) -> Option<usize> {
        row_of(project, self.side.into(), self.segment)
    }
}

/// The beads before an edit, where it is made, and where the reader is.
pub(super) struct Before {
    order: Vec<BeadId>,
    focus: Option<(Side, usize)>,
    reader: Option<Reader>,
}

impl Before {
    /// Remembers the order, the place at which `edit` is made, and the reader's.
    pub(super) fn new(project: &Project, edit: Option<&Edit>, reader: Option<Reader>) -> Self {
        let mut before = Self { order: project.beads().map(|b| b.id).collect(), focus: None, reader };
        before.look_at(project, edit);
        before
    }

    /// Remembers the place at which `edit` is made in `project`.
    pub(super) fn look_at(&mut self, project: &Project, edit: Option<&Edit>) {
        let of_bead = |id: BeadId| {
            let places = project.bead(id).ok()?.places;
            let source = places.source.map(|p| (Side::Source, p.start));
            source.or(places.target.map(|p| (Side::Target, p.start)))
        };
        let of_segment = |side: SideName, start: usize| {
            let side = Side::from(side);
            let bead = project.beads().find(|b| holds(*b.places.get(side), start))?;
            of_bead(bead.id)
        };
        self.focus = edit.and_then(|edit| match edit.kind().place {
            EditPlace::Bead(bead) => of_bead(bead),
            EditPlace::Holder(side, segment) => of_segment(side, segment),
            EditPlace::Segment(side, segment) => Some((Side::from(side), segment)),
            EditPlace::Everywhere => None,
        });
    }
}

fn holds(place: Option<crate::bitext::TextSpan>, byte: usize) -> bool {
    place.is_some_and(|p| (p.start..p.end).contains(&byte))
}

pub(super) fn row_of(project: &Project, side: Side, byte: usize) -> Option<usize> {
    project.beads().position(|b| holds(*b.places.get(side), byte))
}

/// Compares the rows before with those after `steps`.
pub(super) fn view<'a>(
    file: &'a ProjectFile,
    before: &Before,
    steps: &[Step],
    (done, of): (&'static str, Option<&'static str>),
) -> EditView<'a> {
    let project = file.project();
    let now: Vec<BeadId> = project.beads().map(|b| b.id).collect();
    let old = &before.order;
    let mut low = old.iter().zip(&now).take_while(|(a, b)| a == b).count();
    let most = old.len().min(now.len()) - low;
    let same = old.iter().rev().zip(now.iter().rev()).take(most).take_while(|(a, b)| a == b).count();
    let (mut old_high, mut high) = (old.len() - same, now.len() - same);
    let mut touched = BTreeSet::new();
    let said: BTreeSet<_> = steps
        .iter()
        .filter_map(|step| if let Step::Attributes { bead, .. } = step { Some(*bead) } else { None })
        .collect();
    for step in steps {
        match step {
            Step::Attributes { bead, .. } => touched.extend(project.position(*bead)),
            Step::Text { side, segment, .. } => {
                let side = Side::from(*side);
                touched.extend(row_of(project, side, *segment));
            }
            Step::Beads { .. } | Step::Segments { .. } => {}
        }
    }
    if let (Some(&first), Some(&last)) = (touched.first(), touched.last()) {
        if low == high && low == old_high {
            // Nothing but what is said of beads changed.
            (low, high, old_high) = (first, last + 1, last + 1);
        } else {
            low = low.min(first);
            let more = (last + 1).saturating_sub(high);
            high += more;
            old_high += more;
        }
    }
    // A bead that came back in the same place with a new opinion of the aligner is no change to point at.
    let place = |id: &BeadId| {
        let places = project.any_bead(*id).map(|b| b.places).unwrap_or_default();
        [places.source, places.target].map(|p| p.map(|p| (p.start, p.end)))
    };
    let were: BTreeSet<_> = old[low..old_high].iter().map(place).collect();
    let window = (high - low <= MAX_WINDOW && old_high - low <= MAX_WINDOW).then(|| Window {
        from: low,
        removed: old_high - low,
        beads: (low..high).filter_map(|p| project.bead_at(p)).map(|b| BeadView::new(project, b)).collect(),
        new: now[low..high].iter().copied().filter(|id| !were.contains(&place(id))).collect(),
    });
    // An edit without a place of its own leaves the reader at the same segment, whatever its row is now.
    let focus = match (before.focus, before.reader) {
        (Some((side, byte)), _) => row_of(project, side, byte),
        (None, Some(reader)) => reader.row(project),
        (None, None) if steps.is_empty() => None,
        (None, None) => touched.first().copied().or(Some(low)).filter(|&p| p < now.len()),
    };
    EditView {
        revision: file.journal().revision(),
        counts: CountsView::from(project.counts()),
        history: HistoryView::new(file.journal()),
        window,
        beads: now.len(),
        focus,
        done,
        of,
        said: said.len(),
    }
}
