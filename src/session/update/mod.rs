//! A project whose documents have new versions: what did not change stays, the rest is aligned anew.
//!
//! In: a project, and a new document for one side or for both. Out: a project of the new texts ([`Update`]), with a
//! list of what could not stay. Guarantee: a pair both sides of which are still there keeps its segments, its
//! corrections, and what people and the aligner said of it; whatever people said that found no place is in the list.

mod carried;
mod kept;
mod matching;
mod parts;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::bitext::{Bitext, SegmentedDocument, Side, Sides};
use crate::pipeline::{AlignError, align};
use crate::project::{Attributes, Bookmark, Decision, MOST_BOOKMARKS, Project, ReviewBead};

use super::aligner::{learn, options};
use carried::Carried;
use kept::Kept;
use parts::Reduced;

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
    /// Places of the pairs that were aligned anew, from 0, in order.
    pub fresh: Vec<usize>,
    /// How many of the old pairs are no more.
    pub gone: usize,
    /// What people said of those, in their old order.
    pub lost: Vec<Lost>,
    /// Corrections of segments whose text is gone.
    pub corrections: Vec<LostCorrection>,
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
    let corrections = carry_corrections(project, &carried, &mut updated);
    let told = Told::of(project, &carried, &kept, &mut updated);
    let learnt = learn(&updated);
    updated.set_lexicon(learnt);
    let mut settings = updated.settings().clone();
    settings.renewed = marks(&updated, &told.fresh);
    updated.set_settings(settings);
    Ok(Update {
        kept: updated.len() - told.fresh.len(),
        fresh: told.fresh,
        gone: told.gone,
        lost: told.lost,
        corrections,
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

/// Puts the corrections beside the segments that have them; gives those whose segment is gone.
fn carry_corrections(
    project: &Project,
    carried: &Sides<Carried>,
    updated: &mut Project,
) -> Vec<LostCorrection> {
    let mut lost = Vec::new();
    for side in Side::BOTH {
        let carried = carried.get(side);
        let mut taken = vec![false; carried.document.len()];
        carried.places.iter().flatten().for_each(|&at| taken[at] = true);
        let mut free: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
        for (at, text) in carried.document.texts().enumerate().filter(|(at, _)| !taken[*at]) {
            free.entry(text).or_default().push_back(at);
        }
        for (segment, place) in project.segments(side).iter().zip(&carried.places) {
            let Some(corrected) = &segment.corrected else { continue };
            let original = &project.text(side)[segment.span.range()];
            // A segment that moved has its text elsewhere.
            match place.or_else(|| free.get_mut(original)?.pop_front()) {
                Some(at) => updated.set_correction(side, at, corrected.clone()),
                None => lost.push(LostCorrection {
                    side,
                    original: original.to_owned(),
                    corrected: corrected.clone(),
                }),
            }
        }
    }
    lost
}

/// What is told of an update.
struct Told {
    fresh: Vec<usize>,
    gone: usize,
    lost: Vec<Lost>,
}

impl Told {
    /// Gives the pairs that stayed what was said of them, and finds what did not stay.
    fn of(project: &Project, carried: &Sides<Carried>, kept: &Kept, updated: &mut Project) -> Self {
        let places = by_segments(updated);
        let mut fresh = vec![true; updated.len()];
        let mut gone: Vec<(usize, ReviewBead)> = Vec::new();
        for (position, bead) in project.beads().enumerate() {
            let now = kept.at(position).and_then(|held| places.get(&held).copied());
            let Some(now) = now else {
                gone.push((position, bead.clone()));
                continue;
            };
            updated.set_attributes(now, bead.attributes.clone());
            updated.set_score(now, bead.score.moved(|side, span| carried.get(side).span(span)));
            fresh[now] = false;
        }
        // What moved as a whole is told by its texts, where the aligner paired them again.
        let mut waiting: BTreeMap<[&str; 2], Vec<usize>> = BTreeMap::new();
        for (at, (_, bead)) in gone.iter().enumerate().rev() {
            waiting.entry(original(project, bead)).or_default().push(at);
        }
        let mut again: Vec<(usize, usize)> = Vec::new();
        for (now, bead) in updated.beads().enumerate().filter(|(now, _)| fresh[*now]) {
            if let Some(at) = waiting.get_mut(&original(updated, bead)).and_then(Vec::pop) {
                again.push((at, now));
            }
        }
        drop(waiting);
        let mut found = vec![false; gone.len()];
        for (at, now) in again {
            updated.set_attributes(now, gone[at].1.attributes.clone());
            (found[at], fresh[now]) = (true, false);
        }
        let holders = holders(updated);
        let mut lost = Vec::new();
        for (at, (position, bead)) in gone.iter().enumerate() {
            if !found[at] && bead.attributes.is_fixed() {
                let now = left_of(project, carried, bead)
                    .map(|(side, at)| holders.get(side)[at])
                    .find(|&now| fresh[now]);
                lost.push(lose(project, *position, bead, updated, now));
            }
        }
        let fresh: Vec<usize> = (0..fresh.len()).filter(|&now| fresh[now]).collect();
        Self { fresh, gone: found.iter().filter(|found| !**found).count(), lost }
    }
}

/// The documents' own texts of a bead, whatever was corrected in them.
fn original<'p>(project: &'p Project, bead: &ReviewBead) -> [&'p str; 2] {
    Side::BOTH.map(|side| bead.places.get(side).map_or("", |place| &project.text(side)[place.range()]))
}

/// The places of the live beads by the segments that they hold.
fn by_segments(project: &Project) -> BTreeMap<kept::Held, usize> {
    let held = |bead: &ReviewBead| {
        Side::BOTH.map(|side| {
            let range = project.indices(side, *bead.places.get(side));
            (!range.is_empty()).then_some((range.start, range.end))
        })
    };
    project.beads().enumerate().map(|(at, bead)| (held(bead), at)).collect()
}

/// The place of the live bead that holds each segment.
fn holders(project: &Project) -> Sides<Vec<usize>> {
    Sides::new(Side::Source, Side::Target).map(|side| {
        let mut holders = vec![0; project.segments(side).len()];
        for (position, bead) in project.beads().enumerate() {
            holders[project.indices(side, *bead.places.get(side))].fill(position);
        }
        holders
    })
}

/// The new segments that are left of an old bead.
fn left_of<'p>(
    project: &'p Project,
    carried: &'p Sides<Carried>,
    bead: &'p ReviewBead,
) -> impl Iterator<Item = (Side, usize)> + 'p {
    Side::BOTH.into_iter().flat_map(move |side| {
        let range = project.indices(side, *bead.places.get(side));
        range.filter_map(move |at| Some((side, carried.get(side).places[at]?)))
    })
}

/// Says what is lost with a bead; its comment and a flag go to the new one at `now`, which holds what is left of it.
fn lose(
    project: &Project,
    position: usize,
    bead: &ReviewBead,
    updated: &mut Project,
    now: Option<usize>,
) -> Lost {
    let said = &bead.attributes;
    let holder = now.and_then(|now| updated.bead_at(now)).map(|holder| holder.attributes.clone());
    if let (Some(now), Some(mut attributes)) = (now, holder) {
        if !said.comment.is_empty() {
            let apart = if attributes.comment.is_empty() { "" } else { "\n" };
            attributes.comment = format!("{}{apart}{}", attributes.comment, said.comment);
            attributes.reviewer.clone_from(&said.reviewer);
        }
        if said.decision == Decision::Flagged {
            attributes.decision = Decision::Flagged;
            attributes.reviewer.clone_from(&said.reviewer);
        }
        updated.set_attributes(now, attributes);
    }
    let texts = Sides::new(Side::Source, Side::Target).map(|side| project.bead_text(side, bead).into_owned());
    Lost { position, texts, attributes: said.clone(), now }
}

#[cfg(test)]
mod tests;
