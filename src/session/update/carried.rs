//! A new version of one document, cut where the old one was cut as far as their texts agree.
//!
//! In: a project's side and the new document, cut by itself. Out: the new document as it is cut from now on, and where
//! each old segment stands in it. Guarantee: an old segment that has a place has the same text there, or one that
//! readers cannot tell from it, or its correction; the text that stands there is the new document's.

use std::cell::RefCell;
use std::ops::Range;

use crate::bitext::{Segment, SegmentedDocument, Side, TextSpan};
use crate::normalize::SeenPlaces;
use crate::project::{Project, ReviewSegment};

use super::runs::{How, Run, find, gaps};
use super::version::Version;

/// One side after an update.
pub(super) struct Carried<'p> {
    /// The document, cut.
    pub(super) document: SegmentedDocument,
    /// For each old segment its place among the new ones, rising; `None` for one whose text is gone or has moved.
    pub(super) places: Vec<Option<usize>>,
    /// For each old segment whether its correction was found, and not its text.
    corrected: Vec<bool>,
    text: &'p str,
    old: &'p [ReviewSegment],
    /// The old segment last asked about, and where its parts stand now.
    parts: RefCell<Option<(usize, SeenPlaces)>>,
}

impl<'p> Carried<'p> {
    /// A side that stays as it is.
    pub(super) fn same(project: &'p Project, side: Side) -> Self {
        let document = match side {
            Side::Source => project.bitext().documents.source,
            Side::Target => project.bitext().documents.target,
        };
        let old = project.segments(side);
        Self {
            places: (0..document.len()).map(Some).collect(),
            corrected: vec![false; old.len()],
            document,
            text: project.text(side),
            old,
            parts: RefCell::default(),
        }
    }

    /// A side whose text is `new` from now on.
    pub(super) fn over(project: &'p Project, side: Side, new: &SegmentedDocument) -> Self {
        let (text, old) = (project.text(side), project.segments(side));
        let versions = Version::all_of(text, old);
        let news = Version::of(new.document().text(), new.segments().iter().map(|s| s.span).collect());
        // What is the same byte by byte goes before what looks the same.
        let mut runs: Vec<Run> = Vec::new();
        for (version, old) in versions.iter().enumerate() {
            find(old, &news, How { version, seen: false }, &mut runs);
        }
        if !gaps(&runs, old.len(), new.len()).is_empty() {
            let seen = news.seen();
            for (version, old) in versions.iter().enumerate() {
                find(&old.seen(), &seen, How { version, seen: true }, &mut runs);
            }
        }
        let mut corrected = vec![false; old.len()];
        for run in &runs {
            run.old.clone().for_each(|at| corrected[at] = versions[run.how.version].is_corrected(at));
        }
        let (document, places) = recut(&versions, new, &runs);
        Self { document, places, corrected, text, old, parts: RefCell::default() }
    }

    /// The old text of a segment.
    pub(super) fn original(&self, at: usize) -> &'p str {
        &self.text[self.old[at].span.range()]
    }

    /// Whether the new document has the correction of an old segment in its place.
    pub(super) fn fulfils(&self, at: usize) -> bool {
        let Some((corrected, place)) = self.old[at].corrected.as_deref().zip(self.places[at]) else {
            return false;
        };
        self.corrected[at] || self.document.segment_text(place) == corrected
    }

    /// Whether what stands now for the old segments of `range` only looks like them, or like their corrections.
    pub(super) fn only_looks_alike(&self, mut range: Range<usize>) -> bool {
        range.any(|at| {
            let Some(place) = self.places[at] else { return false };
            let now = self.document.segment_text(place);
            now != self.original(at) && self.old[at].corrected.as_deref() != Some(now)
        })
    }

    /// Where a span of the old text stands in the new one: inside one segment, or from one to another with nothing new
    /// between.
    pub(super) fn span(&self, span: TextSpan) -> Option<TextSpan> {
        let first = self.old.partition_point(|s| s.span.end <= span.start);
        let last = self.old.partition_point(|s| s.span.start < span.end).checked_sub(1)?;
        if first > last {
            return None;
        }
        let (from, to) = (self.places.get(first).copied()??, self.places.get(last).copied()??);
        let inside = self.old[first].span.start <= span.start && span.end <= self.old[last].span.end;
        if !inside || to - from != last - first {
            return None;
        }
        let start =
            self.part(first, TextSpan::new(span.start, span.end.min(self.old[first].span.end)))?.start;
        let end = self.part(last, TextSpan::new(span.start.max(self.old[last].span.start), span.end))?.end;
        (start <= end).then(|| TextSpan::new(start, end))
    }

    /// Where a part of an old segment stands now; `None` where its correction stands.
    fn part(&self, at: usize, part: TextSpan) -> Option<TextSpan> {
        let (old, new) = (self.old[at].span, self.document.segments()[self.places[at]?].span);
        let (original, now) = (self.original(at), &self.document.document().text()[new.range()]);
        let inside = TextSpan::new(part.start - old.start, part.end - old.start);
        if original == now {
            return Some(inside.shifted(new.start));
        }
        if self.corrected[at] {
            return None;
        }
        if part == old {
            return Some(new);
        }
        let mut parts = self.parts.borrow_mut();
        let known = parts.take().filter(|(known, _)| *known == at);
        let (_, places) = parts.insert(known.unwrap_or_else(|| (at, SeenPlaces::new(original, now))));
        Some(places.place(inside).shifted(new.start))
    }

    /// Where the old segment that holds a byte begins now.
    pub(super) fn start(&self, byte: usize) -> Option<usize> {
        let at = self.old.partition_point(|s| s.span.end <= byte);
        let place = self.places.get(at).copied()??;
        Some(self.document.segments()[place].span.start)
    }

    /// The new segments that hold the old ones of `range` and nothing else, if there are such.
    pub(super) fn range(&self, range: Range<usize>) -> Option<Range<usize>> {
        let (first, last) = (range.start, range.end.checked_sub(1)?);
        let (from, to) = (self.places.get(first).copied()??, self.places.get(last).copied()??);
        let whole = self.places[first..=last].iter().zip(from..).all(|(place, at)| *place == Some(at));
        whole.then(|| from..to + 1)
    }
}

/// The new document, cut as the old one in the runs that both have.
fn recut(
    versions: &[Version<'_>],
    new: &SegmentedDocument,
    runs: &[Run],
) -> (SegmentedDocument, Vec<Option<usize>>) {
    let mut places = vec![None; versions[0].spans.len()];
    let mut segments: Vec<Segment> = Vec::with_capacity(new.len());
    let mut next = 0;
    for run in runs {
        segments.extend_from_slice(&new.segments()[next..run.new.start]);
        let own = &new.segments()[run.new.clone()];
        next = run.new.end;
        // No segment may reach from one block into another.
        let within: Option<Vec<Segment>> = cuts(&versions[run.how.version], new, run)
            .into_iter()
            .map(|span| {
                let holder = own.iter().rfind(|s| s.span.start <= span.start)?;
                let block = new.document().blocks()[holder.block as usize].span;
                (!span.is_empty() && block.contains(span)).then_some(Segment { span, block: holder.block })
            })
            .collect();
        match within {
            Some(cut) => {
                places[run.old.clone()]
                    .iter_mut()
                    .zip(segments.len()..)
                    .for_each(|(place, at)| *place = Some(at));
                segments.extend(cut);
            }
            None => segments.extend_from_slice(own),
        }
    }
    segments.extend_from_slice(&new.segments()[next..]);
    let document = SegmentedDocument::of_segments(new.document().clone(), segments);
    (document, places)
}

/// Where the old segments of a run stand in the new text.
fn cuts(old: &Version<'_>, new: &SegmentedDocument, run: &Run) -> Vec<TextSpan> {
    let olds = &old.spans[run.old.clone()];
    let own = &new.segments()[run.new.clone()];
    let whole = TextSpan::new(own[0].span.start, own[own.len() - 1].span.end);
    let from = olds[0].start;
    let inside = olds.iter().map(|span| TextSpan::new(span.start - from, span.end - from));
    if !run.how.seen {
        return inside.map(|span| span.shifted(whole.start)).collect();
    }
    if olds.len() == 1 {
        return vec![whole];
    }
    let text = &old.text()[from..olds[olds.len() - 1].end];
    let places = SeenPlaces::new(text, &new.document().text()[whole.range()]);
    let mut cuts: Vec<TextSpan> = Vec::with_capacity(olds.len());
    for span in inside {
        let span = places.place(span).shifted(whole.start);
        let start = cuts.last().map_or(whole.start, |before| span.start.max(before.end));
        cuts.push(TextSpan::new(start, span.end));
    }
    if let Some(last) = cuts.last_mut() {
        last.end = whole.end;
    }
    cuts
}
