//! Re-alignment of the places around an edit.
//!
//! In: an edit in the making and an aligner. Out: the same edit with the beads around it aligned again. Guarantee:
//! beads that people fixed stay; beads whose segments the aligner groups as before keep their numbers; an answer
//! that breaks a fixed bead is not taken.
//!
//! The aligner sees a *window*: consecutive beads around the edit, up to the nearest fixed bead on either
//! side and at most [`WINDOW`] beads away. Beads between two fixed ones do not depend on what stands beyond
//! them, so a window gives what the whole document would, but for what the aligner learns from all of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::bitext::{Alignment, Bead, Bitext, Pin, SegmentedDocument, Side, Sides, TextSpan};

use super::carve::Editing;
use super::decision::Attributes;
use super::model::{BeadId, Project, ReviewBead, segmented};
use super::score::{Mapping, Places, Score};

/// How many beads on either side of an edit are aligned again at most.
pub const WINDOW: usize = 14;

/// An aligner for a part of the documents.
///
/// It must give every segment of `bitext` a bead and should keep the `pins`; an answer that does not keep
/// them is thrown away.
pub trait Realigner {
    /// Aligns `bitext`, keeping `pins`.
    fn realign(&self, bitext: &Bitext, pins: &[Pin]) -> Alignment;
}

impl<F: Fn(&Bitext, &[Pin]) -> Alignment> Realigner for F {
    fn realign(&self, bitext: &Bitext, pins: &[Pin]) -> Alignment {
        self(bitext, pins)
    }
}

/// How much to align again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// What is not fixed around the places.
    Around,
    /// Nothing; only ask what the aligner thinks of the new beads.
    Scores,
}

/// Whether beads that stay get the aligner's new opinion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opinions {
    Kept,
    Renewed,
}

impl Editing<'_> {
    /// Aligns again around the `touched` beads.
    pub(super) fn realign(&mut self, touched: &[BeadId], scope: Scope, aligner: &dyn Realigner) {
        let opinions =
            if touched.iter().all(|&id| self.is_new(id)) { Opinions::Kept } else { Opinions::Renewed };
        for window in windows(self.project, touched, scope) {
            let hold = |bead: &ReviewBead| scope == Scope::Scores || bead.attributes.is_fixed();
            self.realign_window(&window, &hold, opinions, aligner);
        }
    }

    /// Aligns `window` again, which holds all segments from its first to its last, but for its fixed beads; `false` if
    /// that cannot be.
    pub(super) fn realign_fixed(&mut self, window: &[BeadId], aligner: &dyn Realigner) -> bool {
        let hold = |bead: &ReviewBead| bead.attributes.is_fixed();
        self.realign_window(window, &hold, Opinions::Kept, aligner)
    }

    /// Aligns again everything that is not fixed.
    pub(super) fn realign_all(&mut self, aligner: &dyn Realigner) {
        let all = self.project.order.clone();
        let hold = |bead: &ReviewBead| bead.attributes.is_fixed();
        let fixed = self.project.beads().filter(|b| hold(b));
        let targets: Vec<_> = fixed.filter_map(|b| b.places.target).map(|t| t.start).collect();
        // Fixed beads that cross cut the documents into parts that must be aligned each for itself.
        let in_order = targets.is_sorted();
        if in_order && self.realign_window(&all, &hold, Opinions::Renewed, aligner) {
            return;
        }
        for window in free_runs(self.project) {
            self.realign_window(&window, &hold, Opinions::Renewed, aligner);
        }
    }

    /// Aligns the beads of `window` again; `false` if the aligner's answer could not be used.
    fn realign_window(
        &mut self,
        window: &[BeadId],
        hold: &dyn Fn(&ReviewBead) -> bool,
        opinions: Opinions,
        aligner: &dyn Realigner,
    ) -> bool {
        let project = &*self.project;
        let part = Part::of(project, window);
        let fixed = part.fixed(project, window, hold);
        let pins: Vec<_> = fixed.iter().map(|&bead| Pin::Bead(bead)).collect();
        let alignment = aligner.realign(&part.bitext, &pins);
        let beads: BTreeSet<_> = alignment.beads().iter().map(|b| held(b.bead)).collect();
        let sizes = part.bitext.documents.as_ref().map(SegmentedDocument::len);
        if alignment.size() != (sizes.source, sizes.target)
            || !fixed.iter().all(|&b| beads.contains(&held(b)))
        {
            return false;
        }
        let mapping =
            Mapping { spans: Sides::new(&part.spans.source, &part.spans.target), offsets: part.offsets };
        let mut standing: BTreeMap<[Option<(usize, usize)>; 2], BeadId> = BTreeMap::new();
        for &id in window {
            if let Ok(bead) = project.bead(id) {
                standing.insert(key(&bead.places), id);
            }
        }
        let mut added: Vec<(Places, Attributes, Score)> = Vec::new();
        let mut scored: Vec<(BeadId, Score)> = Vec::new();
        for aligned in alignment.into_beads() {
            let places = mapping.places(aligned.bead);
            let score = mapping.score(aligned);
            match standing.remove(&key(&places)) {
                Some(id) if self.is_new(id) => scored.push((id, score)),
                Some(id) => {
                    let bead = &project.beads[id.0 as usize - 1];
                    let renewed = opinions == Opinions::Renewed && !bead.attributes.is_fixed();
                    if renewed && *bead.score != score {
                        standing.insert(key(&places), id);
                        added.push((places, bead.attributes.clone(), score));
                    }
                }
                None => added.push((places, Attributes::default(), score)),
            }
        }
        let removed: Vec<_> = standing.into_values().collect();
        if !added.is_empty() || !removed.is_empty() {
            let (parts, scores): (Vec<_>, Vec<_>) = added.into_iter().map(|(p, a, s)| ((p, a), s)).unzip();
            let made = self.regroup(&removed, parts);
            scored.extend(made.into_iter().zip(scores));
        }
        for (id, score) in scored {
            self.set_score(id, score);
        }
        true
    }
}

/// The segments of a bead, without the place of an empty side.
fn held(bead: Bead) -> [Option<(usize, usize)>; 2] {
    let side = |range: std::ops::Range<usize>| (!range.is_empty()).then_some((range.start, range.end));
    [side(bead.source.indices()), side(bead.target.indices())]
}

fn key(places: &Places) -> [Option<(usize, usize)>; 2] {
    [places.source, places.target].map(|p| p.map(|p| (p.start, p.end)))
}

/// A part of the documents, as the aligner sees it.
struct Part {
    bitext: Bitext,
    /// The spans of its segments in the whole texts.
    spans: Sides<Vec<TextSpan>>,
    /// The first segment of the part.
    first: Sides<u32>,
    /// The byte at which the part starts.
    offsets: Sides<usize>,
}

impl Part {
    fn of(project: &Project, window: &[BeadId]) -> Self {
        let side = |side: Side| {
            let ranges = window.iter().filter_map(|&id| {
                project.any_bead(id)?.places.get(side).map(|p| project.indices(side, Some(p)))
            });
            let (start, end) = ranges.fold((usize::MAX, 0), |(s, e), r| (s.min(r.start), e.max(r.end)));
            let segments = project.segments.get(side).get(start..end).unwrap_or_default();
            let offset = segments.first().map_or(0, |s| s.span.start);
            let text = &project.text(side)[offset..segments.last().map_or(0, |s| s.span.end)];
            let document = segmented(text.to_owned(), segments, offset);
            let spans: Vec<_> = segments.iter().map(|s| s.span).collect();
            (document, spans, if segments.is_empty() { 0 } else { start as u32 }, offset)
        };
        let (source, target) = (side(Side::Source), side(Side::Target));
        Self {
            bitext: Bitext {
                documents: Sides::new(source.0, target.0),
                languages: project.languages.clone(),
            },
            spans: Sides::new(source.1, target.1),
            first: Sides::new(source.2, target.2),
            offsets: Sides::new(source.3, target.3),
        }
    }

    /// The fixed beads of `window` in the part's own numbers; an empty range stands where the bead before
    /// it ended.
    fn fixed(&self, project: &Project, window: &[BeadId], hold: &dyn Fn(&ReviewBead) -> bool) -> Vec<Bead> {
        let mut fixed = Vec::new();
        let mut end = Sides::new(0, 0);
        for bead in window.iter().filter_map(|&id| project.bead(id).ok()) {
            let mut range = |side: Side| {
                let range = project.indices(side, *bead.places.get(side));
                let first = *self.first.get(side);
                let end = end.get_mut(side);
                let start = if range.is_empty() { *end } else { range.start as u32 - first };
                *end = start + range.len() as u32;
                (start, *end)
            };
            let inside = Bead::new(range(Side::Source), range(Side::Target));
            if hold(bead) {
                fixed.push(inside);
            }
        }
        fixed
    }
}

/// The windows around the `touched` beads, as lists of bead numbers.
fn windows(project: &Project, touched: &[BeadId], scope: Scope) -> Vec<Vec<BeadId>> {
    let mut positions: Vec<_> = touched.iter().filter_map(|&id| project.position(id)).collect();
    positions.sort_unstable();
    positions.dedup();
    let may_enter = |position: usize| {
        positions.binary_search(&position).is_ok()
            || (scope == Scope::Around && project.bead_at(position).is_some_and(|b| !b.attributes.is_fixed()))
    };
    let reach = if scope == Scope::Around { WINDOW } else { touched.len() };
    let mut windows: Vec<Vec<BeadId>> = Vec::new();
    let mut done = 0;
    for &position in &positions {
        if position < done {
            continue;
        }
        let mut extent = Extent::of(project, position);
        let (mut low, mut high) = (position, position + 1);
        while low > done
            && position - low < reach
            && may_enter(low - 1)
            && extent.grows(End::First, project, low - 1)
        {
            low -= 1;
        }
        // Every touched bead pushes the far end on.
        let mut last = position;
        while high < project.len()
            && high - last <= reach
            && may_enter(high)
            && extent.grows(End::Last, project, high)
        {
            if positions.binary_search(&high).is_ok() {
                last = high;
            }
            high += 1;
        }
        windows.push(project.order[low..high].to_vec());
        done = high;
    }
    windows
}

/// The longest runs of beads that are not fixed and follow each other on both sides.
fn free_runs(project: &Project) -> Vec<Vec<BeadId>> {
    let free = |position: usize| project.bead_at(position).is_some_and(|b| !b.attributes.is_fixed());
    let mut runs = Vec::new();
    let mut low = 0;
    while low < project.len() {
        if !free(low) {
            low += 1;
            continue;
        }
        let mut extent = Extent::of(project, low);
        let mut high = low + 1;
        while high < project.len() && free(high) && extent.grows(End::Last, project, high) {
            high += 1;
        }
        runs.push(project.order[low..high].to_vec());
        low = high;
    }
    runs
}

/// The segments that consecutive beads hold, which must be consecutive too.
struct Extent(Sides<std::ops::Range<usize>>);

impl Extent {
    fn of(project: &Project, position: usize) -> Self {
        let mut extent = Self(Sides::new(0..0, 0..0));
        extent.grows(End::Last, project, position);
        extent
    }

    fn ranges(project: &Project, position: usize) -> Option<Sides<std::ops::Range<usize>>> {
        let bead = project.bead_at(position)?;
        Some(Sides::new(
            project.indices(Side::Source, bead.places.source),
            project.indices(Side::Target, bead.places.target),
        ))
    }

    /// Takes the bead in at `end`, if its segments go on from there.
    fn grows(&mut self, end: End, project: &Project, position: usize) -> bool {
        let Some(new) = Self::ranges(project, position) else { return false };
        let meets = |old: &std::ops::Range<usize>, new: &std::ops::Range<usize>| {
            old.is_empty()
                || new.is_empty()
                || match end {
                    End::First => new.end == old.start,
                    End::Last => old.end == new.start,
                }
        };
        if !Side::BOTH.iter().all(|&side| meets(self.0.get(side), new.get(side))) {
            return false;
        }
        for side in Side::BOTH {
            let (old, new) = (self.0.get_mut(side), new.get(side));
            if old.start == old.end {
                old.clone_from(new);
            } else if !new.is_empty() {
                *old = old.start.min(new.start)..old.end.max(new.end);
            }
        }
        true
    }
}

/// Where an [`Extent`] grows.
#[derive(Debug, Clone, Copy)]
enum End {
    First,
    Last,
}
