//! A project whose documents have new versions: what did not change stays, the rest is aligned anew.
//!
//! In: a project, and a new document for one side or for both. Out: a project of the new texts ([`Update`]), with a
//! list of what could not stay. Guarantee: a pair both sides of which are still there keeps its segments, its
//! corrections, and what people and the aligner said of it; whatever people said that found no place is in the list.
//!
//! A text is still there if it stands there byte by byte, or as it was corrected, or with nothing changed that readers
//! see (`normalize/unseen.rs` says what that is). The text that is kept is the new document's.

mod carried;
mod corrections;
mod kept;
mod matching;
mod parts;
mod runs;
mod told;
mod version;

use std::collections::BTreeSet;

use crate::bitext::{Bitext, SegmentedDocument, Side, Sides};
use crate::pipeline::{AlignError, align};
use crate::project::{Attributes, Bookmark, MOST_BOOKMARKS, Project};

use super::aligner::{learn, options};
use carried::Carried;
use corrections::Corrections;
use kept::Kept;
use parts::Reduced;
use told::Told;

/// A new version of one document.
#[derive(Debug, Clone)]
pub struct NewVersion {
    /// What it is called from now on.
    pub name: String,
    /// It, cut into segments.
    pub document: SegmentedDocument,
}

/// What became of a project.
#[derive(Debug)]
#[non_exhaustive]
pub struct Update {
    /// The project of the new texts.
    pub project: Project,
    /// How many pairs stayed.
    pub kept: usize,
    /// In how many of those a text has other blanks, invisible marks, vowel signs or an other encoding of its letters.
    pub respelt: usize,
    /// Places of the pairs that were aligned anew, from 0, in order.
    pub fresh: Vec<usize>,
    /// How many of the old pairs are no more.
    pub gone: usize,
    /// What people said of those, in their old order.
    pub lost: Vec<Lost>,
    /// Corrections of segments whose text is gone.
    pub corrections: Vec<LostCorrection>,
    /// How many corrections the new documents have in their own texts; they stand beside no segment any more.
    pub fulfilled: usize,
    /// How many bookmarks stood at segments whose text is gone.
    pub bookmarks: usize,
}

/// What was said of a pair that is no more.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lost {
    /// Its old place, from 0.
    pub position: usize,
    /// Its old texts.
    pub texts: Sides<String>,
    /// What was said of it.
    pub attributes: Attributes,
    /// The place of the pair that holds what is left of it, from 0; it has the comment, and the flag if there was one.
    pub now: Option<usize>,
}

/// A correction whose segment is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LostCorrection {
    /// The segment's side.
    pub side: Side,
    /// Its text in the old document.
    pub original: String,
    /// What stood in its place.
    pub corrected: String,
}

/// Takes `project` over to new versions of its documents; a side without one stays as it is.
///
/// # Errors
/// Those of the alignment.
pub fn update(project: &Project, new: Sides<Option<NewVersion>>) -> Result<Update, AlignError> {
    let names = Sides::new(Side::Source, Side::Target).map(|side| match new.get(side) {
        Some(new) => new.name.clone(),
        None => project.name(side).to_owned(),
    });
    let Sides { source, target } = new;
    let carried = |side, new: Option<NewVersion>| match new {
        Some(new) => Carried::over(project, side, &new.document),
        None => Carried::same(project, side),
    };
    let carried = Sides::new(carried(Side::Source, source), carried(Side::Target, target));
    let kept = Kept::of(project, &carried);
    let reduced = Reduced::of(&carried, &kept);
    let mut options = options(project);
    options.pins = reduced.pins(&kept);
    let bitext = |documents| Bitext { documents, languages: project.languages().clone() };
    let aligned = align(&bitext(reduced.documents()), &options)?;
    let alignment = reduced.whole(aligned, &kept);
    let bitext = bitext(Sides::new(carried.source.document.clone(), carried.target.document.clone()));
    let mut updated = Project::new(&bitext, alignment, names);
    let mut settings = project.settings().clone();
    settings.bookmarks = settings
        .bookmarks
        .iter()
        .filter_map(|mark| Some(Bookmark { segment: carried.get(mark.side).start(mark.segment)?, ..*mark }))
        .collect();
    let bookmarks = project.settings().bookmarks.len() - settings.bookmarks.len();
    updated.set_settings(settings);
    updated.set_aligning(project.aligning().clone());
    let corrections = Corrections::carry(project, &carried, &mut updated);
    let told = Told::of(project, &carried, &kept, &mut updated);
    let learnt = learn(&updated);
    updated.set_lexicon(learnt);
    let mut settings = updated.settings().clone();
    settings.renewed = marks(&updated, &told.fresh);
    updated.set_settings(settings);
    Ok(Update {
        kept: updated.len() - told.fresh.len(),
        respelt: told.respelt,
        fresh: told.fresh,
        gone: told.gone,
        lost: told.lost,
        corrections: corrections.lost,
        fulfilled: corrections.fulfilled,
        bookmarks,
        project: updated,
    })
}

/// A mark at each of these pairs, at its first segment.
fn marks(project: &Project, rows: &[usize]) -> BTreeSet<Bookmark> {
    let mark = |&row: &usize| {
        let bead = project.bead_at(row)?;
        Side::BOTH.into_iter().find_map(|side| {
            let first = project.segments_of(side, bead).first()?;
            Some(Bookmark { side, segment: first.span.start })
        })
    };
    rows.iter().filter_map(mark).take(MOST_BOOKMARKS).collect()
}

#[cfg(test)]
mod tests;
