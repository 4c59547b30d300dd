//! What happened since a page last heard of the project: whether its edit may still be made, and what it missed.
//!
//! In: the journal, and the revision that a page knew. Out: whether others changed the beads that an edit names; the
//! answers to the edits that the page does not know. Guarantee: edits of two pages on different beads are both made;
//! on the same bead the later is refused; an edit that is sent twice is made once.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::value::RawValue;

use crate::bitext::Side;
use crate::project::{Action, BeadId, Direction, Edit, Journal, Project, Step};

/// The most that is remembered of answers, in bytes.
const MOST_BYTES: usize = 8 << 20;

/// What a page knew when its reader made an edit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    /// The revision that was shown.
    pub(super) revision: u64,
    /// The revisions since then that the page made itself.
    pub(super) own: &'a [u64],
}

/// How an edit stands to what happened since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nobody changed what it names.
    Free,
    /// The same edit was made already: the page could not be told.
    Made,
    /// What it names was changed, or the revision is one that there never was.
    Stale,
}

/// How `edit` stands to what others did since it was `seen`.
pub(super) fn standing(project: &Project, journal: &Journal, edit: &Edit, seen: Seen<'_>) -> Standing {
    let Some(entries) = journal.entries().get(seen.revision as usize..) else { return Standing::Stale };
    let others: Vec<_> = entries.iter().filter(|entry| !seen.own.contains(&entry.number)).collect();
    if others.iter().any(|entry| matches!(&entry.action, Action::Edit { edit: made, .. } if made == edit)) {
        return Standing::Made;
    }
    if others.is_empty() {
        return Standing::Free;
    }
    let Some(named) = Named::of(project, edit) else { return Standing::Stale };
    let touched = others.iter().any(|entry| journal.steps(&entry.action).iter().any(|s| named.is_touched(s)));
    if touched { Standing::Stale } else { Standing::Free }
}

/// Whether undo and redo mean what the page thinks: only its own edits were made since.
pub(super) fn is_current(journal: &Journal, seen: Seen<'_>) -> bool {
    let entries = journal.entries().get(seen.revision as usize..);
    entries.is_some_and(|since| since.iter().all(|entry| seen.own.contains(&entry.number)))
}

/// The beads that an edit names, with the neighbours that it takes from.
struct Named<'a> {
    project: &'a Project,
    beads: Vec<BeadId>,
}

impl<'a> Named<'a> {
    /// `None` of an edit that names none: what it changes depends on all of the project.
    fn of(project: &'a Project, edit: &Edit) -> Option<Self> {
        let beside = |bead: BeadId, to: Direction| {
            let position = project.position(bead)?;
            let other = if to == Direction::Next { position + 1 } else { position.checked_sub(1)? };
            project.bead_at(other).map(|b| b.id)
        };
        let holder = |side: Side, start: usize| {
            let holds = |place: crate::bitext::TextSpan| (place.start..place.end).contains(&start);
            project.beads().find(|b| b.places.get(side).is_some_and(holds)).map(|b| b.id)
        };
        let beads = match *edit {
            Edit::Merge { bead, with } => vec![Some(bead), beside(bead, with)],
            Edit::Move { side, segment, to } => {
                let bead = holder(side.into(), segment);
                vec![bead, bead.and_then(|bead| beside(bead, to))]
            }
            Edit::Place { side, segment, bead } => vec![Some(bead), holder(side.into(), segment)],
            Edit::Link { source, target } => vec![Some(source), Some(target)],
            Edit::Split { bead, .. }
            | Edit::Unlink { bead }
            | Edit::Decide { bead, .. }
            | Edit::Comment { bead, .. }
            | Edit::Pin { bead, .. }
            | Edit::TakeRival { bead, .. }
            | Edit::Realign { around: Some(bead) } => vec![Some(bead)],
            Edit::SplitSegment { side, segment, .. } | Edit::Correct { side, segment, .. } => {
                vec![holder(side.into(), segment)]
            }
            Edit::JoinSegments { side, segment } => {
                let bead = holder(side.into(), segment);
                vec![bead, bead.and_then(|bead| beside(bead, Direction::Next))]
            }
            Edit::Belong { source, target } => {
                vec![holder(Side::Source, source), holder(Side::Target, target)]
            }
            Edit::AcceptAbove { .. }
            | Edit::AcceptUpTo { .. }
            | Edit::Shift { .. }
            | Edit::Replace(_)
            | Edit::Realign { around: None }
            | Edit::Adopt { .. } => return None,
        };
        Some(Self { project, beads: beads.into_iter().flatten().collect() })
    }

    fn is_touched(&self, step: &Step) -> bool {
        let holds = |side: Side, start: usize| {
            self.beads.iter().filter_map(|&id| self.project.any_bead(id)).any(|bead| {
                bead.places.get(side).is_some_and(|place| (place.start..place.end).contains(&start))
            })
        };
        match step {
            Step::Attributes { bead, .. } => self.beads.contains(bead),
            Step::Beads { removed, added } => {
                removed.iter().chain(added).any(|bead| self.beads.contains(bead))
            }
            Step::Segments { side, removed, added } => {
                removed.iter().chain(added).any(|segment| holds((*side).into(), segment.start))
            }
            Step::Text { side, segment, .. } => holds((*side).into(), *segment),
        }
    }
}

/// The answers to the last edits, for the pages that did not make them.
#[derive(Debug, Default)]
pub(super) struct Answers {
    kept: VecDeque<(u64, Arc<RawValue>)>,
    bytes: usize,
}

impl Answers {
    /// Keeps the answer to the edit that led to `revision`, and forgets old ones.
    pub(super) fn keep(&mut self, revision: u64, answer: Arc<RawValue>) {
        self.bytes += answer.get().len();
        self.kept.push_back((revision, answer));
        while self.bytes > MOST_BYTES && self.kept.len() > 1 {
            self.bytes -= self.kept.pop_front().map_or(0, |(_, answer)| answer.get().len());
        }
    }

    /// The answers after revision `known` up to `now`; `None` if not all of them are remembered.
    pub(super) fn between(&self, known: u64, now: u64) -> Option<Vec<Arc<RawValue>>> {
        let wanted: Vec<_> = self
            .kept
            .iter()
            .filter(|(revision, _)| known < *revision && *revision <= now)
            .map(|(_, answer)| Arc::clone(answer))
            .collect();
        (wanted.len() as u64 == now.checked_sub(known)?).then_some(wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An answer of so many bytes.
    fn answer(bytes: usize) -> Arc<RawValue> {
        let text = format!("\"{}\"", "a".repeat(bytes - 2));
        RawValue::from_string(text).expect("it is a string").into()
    }

    #[test]
    fn answers_are_given_whole_or_not_at_all() {
        let mut answers = Answers::default();
        assert_eq!(answers.between(0, 0).map(|a| a.len()), Some(0));
        for revision in 1..=5 {
            answers.keep(revision, answer(9));
        }
        assert_eq!(answers.between(2, 5).map(|a| a.len()), Some(3));
        assert_eq!(answers.between(2, 4).map(|a| a.len()), Some(2));
        assert_eq!(answers.between(5, 5).map(|a| a.len()), Some(0));
        assert!(answers.between(5, 6).is_none() && answers.between(6, 5).is_none());
        answers.keep(6, answer(MOST_BYTES));
        assert!(answers.between(4, 6).is_none(), "too much to remember");
        assert_eq!(answers.between(5, 6).map(|a| a.len()), Some(1));
        // However many are made, what is kept does not grow.
        for revision in 7..3000 {
            answers.keep(revision, answer(10_000));
            let held: usize = answers.kept.iter().map(|(_, answer)| answer.get().len()).sum();
            assert!(held == answers.bytes && held <= MOST_BYTES, "{held}");
        }
    }
}
