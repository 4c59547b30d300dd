//! The journal: every edit ever made, undone or made again, in order.
//!
//! In: changes, undos, redos. Out: entries, and what can be undone or redone next. Guarantee: nothing is ever taken
//! out; replaying all entries on the first state gives the last.

use super::adopt::{AdoptError, Adopted, adopt};
use super::change::{Change, Step, apply_steps, inverted};
use super::edit::apply;
use super::edit_kind::Edit;
use super::error::{EditError, check_reviewer};
use super::model::Project;
use super::realign::Realigner;

/// What an entry does.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Makes an edit.
    Edit {
        /// The edit.
        edit: Edit,
        /// What it did, re-alignment included.
        steps: Vec<Step>,
    },
    /// Takes back the edit of another entry.
    Undo {
        /// The other entry's number.
        of: u64,
    },
    /// Makes the edit of another entry again.
    Redo {
        /// The other entry's number.
        of: u64,
    },
}

/// An entry of the journal.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Entry {
    /// Its number, from 1 without gaps.
    pub number: u64,
    /// When it was made, in milliseconds since 1970, UTC.
    pub at: i64,
    /// Who made it; may be empty.
    pub reviewer: String,
    /// What it does.
    pub action: Action,
}

/// The journal of a project.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    entries: Vec<Entry>,
    /// Numbers of the edits in effect, last on top.
    done: Vec<u64>,
    /// Numbers of the edits undone, last undone on top.
    undone: Vec<u64>,
}

/// Who does something, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp<'a> {
    /// Milliseconds since 1970, UTC.
    pub at: i64,
    /// The reviewer's name; may be empty.
    pub reviewer: &'a str,
}

impl Journal {
    /// A journal from its entries.
    ///
    /// # Errors
    /// The number of the first entry that does not fit those before it.
    pub fn from_entries(entries: Vec<Entry>) -> Result<Self, u64> {
        let mut journal = Self::default();
        for entry in entries {
            let number = entry.number;
            if !journal.push(entry) {
                return Err(number);
            }
        }
        Ok(journal)
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The number of the last entry, 0 before the first: the revision of the project.
    pub const fn revision(&self) -> u64 {
        self.entries.len() as u64
    }

    /// The entry that undo would take back.
    pub fn undoable(&self) -> Option<&Entry> {
        self.done.last().map(|&n| &self.entries[n as usize - 1])
    }

    /// The entry that redo would make again.
    pub fn redoable(&self) -> Option<&Entry> {
        self.undone.last().map(|&n| &self.entries[n as usize - 1])
    }

    /// Makes an edit and writes it down.
    pub fn edit(
        &mut self,
        project: &mut Project,
        edit: Edit,
        stamp: Stamp<'_>,
        aligner: &dyn Realigner,
    ) -> Result<Change, EditError> {
        check_reviewer(stamp.reviewer)?;
        let change = apply(project, &edit, stamp.reviewer, aligner)?;
        self.note(stamp, Action::Edit { edit, steps: change.steps.clone() });
        Ok(change)
    }

    /// Takes over what was done in `other`, which is called `from`, and writes it down as one edit; `None` for the
    /// change where there is nothing to take.
    pub fn adopt(
        &mut self,
        project: &mut Project,
        other: &Project,
        from: &str,
        stamp: Stamp<'_>,
    ) -> Result<(Option<Change>, Adopted), AdoptError> {
        let (change, adopted) = adopt(project, other)?;
        if let Some(change) = &change {
            let edit = Edit::Adopt { from: from.to_owned(), taken: adopted.taken() };
            self.note(stamp, Action::Edit { edit, steps: change.steps.clone() });
        }
        Ok((change, adopted))
    }

    /// Takes the last edit in effect back and writes that down; gives the steps taken.
    pub fn undo(&mut self, project: &mut Project, stamp: Stamp<'_>) -> Result<Vec<Step>, EditError> {
        let of = *self.done.last().ok_or(EditError::EndOfHistory("undo"))?;
        self.reverse(project, stamp, Action::Undo { of })
    }

    /// Makes the edit undone last again and writes that down; gives the steps taken.
    pub fn redo(&mut self, project: &mut Project, stamp: Stamp<'_>) -> Result<Vec<Step>, EditError> {
        let of = *self.undone.last().ok_or(EditError::EndOfHistory("redo"))?;
        self.reverse(project, stamp, Action::Redo { of })
    }

    fn reverse(
        &mut self,
        project: &mut Project,
        stamp: Stamp<'_>,
        action: Action,
    ) -> Result<Vec<Step>, EditError> {
        check_reviewer(stamp.reviewer)?;
        let steps = self.steps(&action);
        apply_steps(project, &steps)?;
        self.note(stamp, action);
        Ok(steps)
    }

    /// The steps that `action` takes.
    pub fn steps(&self, action: &Action) -> Vec<Step> {
        let of = |number: u64| match self.entries.get((number as usize).wrapping_sub(1)).map(|e| &e.action) {
            Some(Action::Edit { steps, .. }) => steps.as_slice(),
            _ => &[],
        };
        match action {
            Action::Edit { steps, .. } => steps.clone(),
            Action::Undo { of: number } => inverted(of(*number)),
            Action::Redo { of: number } => of(*number).to_vec(),
        }
    }

    /// Forgets the last entry, which could not be stored; the caller puts the project back.
    pub(super) fn withdraw(&mut self) {
        let mut entries = std::mem::take(&mut self.entries);
        entries.pop();
        *self = Self::from_entries(entries).expect("the entries fitted before");
    }

    /// Checks that going back to the first state and forward again gives `project`, whose beads are known to be whole.
    ///
    /// # Errors
    /// What does not agree.
    pub(super) fn verify(&self, project: &Project) -> Result<(), String> {
        let mut other = project.clone();
        self.rewind(&mut other).map_err(|e| e.to_string())?;
        other.check()?;
        self.replay(&mut other).map_err(|e| e.to_string())?;
        if other.state() == project.state() {
            Ok(())
        } else {
            Err("the journal does not lead to what is stored".to_owned())
        }
    }

    /// Takes all entries again, from the first; `project` must be as it was before them.
    pub fn replay(&self, project: &mut Project) -> Result<(), EditError> {
        let steps: Vec<Step> = self.entries.iter().flat_map(|entry| self.steps(&entry.action)).collect();
        apply_steps(project, &steps)
    }

    /// Takes everything back, so that `project` is as it was before the first entry.
    pub fn rewind(&self, project: &mut Project) -> Result<(), EditError> {
        let steps: Vec<Step> =
            self.done.iter().rev().flat_map(|&of| self.steps(&Action::Undo { of })).collect();
        apply_steps(project, &steps)
    }

    fn note(&mut self, stamp: Stamp<'_>, action: Action) {
        let number = self.revision() + 1;
        let entry = Entry { number, at: stamp.at, reviewer: stamp.reviewer.to_owned(), action };
        let fits = self.push(entry);
        debug_assert!(fits, "an entry made here fits");
    }

    fn push(&mut self, entry: Entry) -> bool {
        if entry.number != self.revision() + 1 {
            return false;
        }
        match &entry.action {
            Action::Edit { .. } => {
                self.done.push(entry.number);
                self.undone.clear();
            }
            Action::Undo { of } => {
                if self.done.pop() != Some(*of) {
                    return false;
                }
                self.undone.push(*of);
            }
            Action::Redo { of } => {
                if self.undone.pop() != Some(*of) {
                    return false;
                }
                self.done.push(*of);
            }
        }
        self.entries.push(entry);
        true
    }
}
