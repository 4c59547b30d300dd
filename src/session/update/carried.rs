//! A new version of one document, cut where the old one was cut as far as their texts agree.
//!
//! In: a project's side and the new document, cut by itself. Out: the new document as it is cut from now on, and where
//! each old segment stands in it. Guarantee: an old segment that has a place has the same text there.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::bitext::{Segment, SegmentedDocument, Side, TextSpan};
use crate::project::{Project, ReviewSegment};

use super::matching::matches;

/// Segments at most that are taken for one run of the same text, cut otherwise.
const LONGEST_RUN: usize = 32;
/// Bytes by which runs are looked up.
const HEAD: usize = 16;

/// One side after an update.
pub(super) struct Carried {
    /// The document, cut.
    pub(super) document: SegmentedDocument,
    /// For each old segment its place among the new ones, rising; `None` for one whose text is gone or has moved.
    pub(super) places: Vec<Option<usize>>,
    old: Vec<TextSpan>,
}

impl Carried {
    /// A side that stays as it is.
    pub(super) fn same(project: &Project, side: Side) -> Self {
        let document = match side {
            Side::Source => project.bitext().documents.source,
            Side::Target => project.bitext().documents.target,
        };
        let places = (0..document.len()).map(Some).collect();
        Self { document, places, old: spans(project, side) }
    }

    /// A side whose text is `new` from now on.
    pub(super) fn over(project: &Project, side: Side, new: &SegmentedDocument) -> Self {
        let old = project.segments(side);
        let text = project.text(side);
        let olds: Vec<&str> = old.iter().map(|s| &text[s.span.range()]).collect();
        let news: Vec<&str> = new.texts().collect();
        let anchors = matches(&olds, &news);
        let mut runs: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        let (mut i, mut j) = (0, 0);
        let ends = (olds.len(), news.len());
        for &(a, b) in anchors.iter().chain(std::iter::once(&ends)) {
            cut_otherwise(text, old, new, i..a, j..b, &mut runs);
            if (a, b) != ends {
                runs.push((a..a + 1, b..b + 1));
            }
            (i, j) = (a + 1, b + 1);
        }
        let spans = spans(project, side);
        let (document, places) = recut(&spans, new, &runs);
        Self { document, places, old: spans }
    }

    /// Where a span of the old text stands in the new one: inside one segment, or from one to another with nothing new
    /// between.
    pub(super) fn span(&self, span: TextSpan) -> Option<TextSpan> {
        let first = self.old.partition_point(|s| s.end <= span.start);
        let last = self.old.partition_point(|s| s.start < span.end).checked_sub(1)?;
        if first > last {
            return None;
        }
        let (from, to) = (self.places.get(first).copied()??, self.places.get(last).copied()??);
        let inside = self.old[first].start <= span.start && span.end <= self.old[last].end;
        if !inside || to - from != last - first {
            return None;
        }
        let segments = self.document.segments();
        let start = segments[from].span.start + (span.start - self.old[first].start);
        let end = segments[to].span.end - (self.old[last].end - span.end);
        (start <= end).then(|| TextSpan::new(start, end))
    }

    /// Where the old segment that holds a byte begins now.
    pub(super) fn start(&self, byte: usize) -> Option<usize> {
        let at = self.old.partition_point(|s| s.end <= byte);
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

fn spans(project: &Project, side: Side) -> Vec<TextSpan> {
    project.segments(side).iter().map(|s| s.span).collect()
}

/// Finds the runs of segments between two matches that hold the same text, cut otherwise.
fn cut_otherwise(
    text: &str,
    old: &[ReviewSegment],
    new: &SegmentedDocument,
    mut a: Range<usize>,
    mut b: Range<usize>,
    runs: &mut Vec<(Range<usize>, Range<usize>)>,
) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    let mut heads: FxHashMap<&[u8], Vec<usize>> = FxHashMap::default();
    for j in b.clone() {
        heads.entry(head(new.document().text(), new.segments()[j].span)).or_default().push(j);
    }
    while !a.is_empty() {
        let starts = heads.get(head(text, old[a.start].span));
        let found = starts
            .into_iter()
            .flatten()
            .filter(|&&j| j >= b.start)
            .take(LONGEST_RUN)
            .find_map(|&j| same_run(text, old, new, a.clone(), j..b.end));
        match found {
            Some((left, right)) => {
                (a.start, b.start) = (left.end, right.end);
                runs.push((left, right));
            }
            None => a.start += 1,
        }
    }
}

/// What begins a segment, wherever it is cut after that.
fn head(text: &str, span: TextSpan) -> &[u8] {
    &text.as_bytes()[span.start..text.len().min(span.start + HEAD)]
}

/// The shortest runs that begin at the first segments of `a` and `b`, hold the same text, and end together.
fn same_run(
    text: &str,
    old: &[ReviewSegment],
    new: &SegmentedDocument,
    a: Range<usize>,
    b: Range<usize>,
) -> Option<(Range<usize>, Range<usize>)> {
    let (mut i, mut j) = (a.start, b.start);
    loop {
        let left = &text[old[a.start].span.start..old[i].span.end];
        let right = new.range_text(b.start..j + 1);
        if left.len() == right.len() {
            return (left == right).then(|| (a.start..i + 1, b.start..j + 1));
        }
        let (shorter, longer) = if left.len() < right.len() { (left, right) } else { (right, left) };
        if !longer.as_bytes().starts_with(shorter.as_bytes()) {
            return None;
        }
        if left.len() < right.len() {
            i += 1;
        } else {
            j += 1;
        }
        if i >= a.end || j >= b.end || i - a.start >= LONGEST_RUN || j - b.start >= LONGEST_RUN {
            return None;
        }
    }
}

/// The new document, cut as the old one in the runs that both have.
fn recut(
    old: &[TextSpan],
    new: &SegmentedDocument,
    runs: &[(Range<usize>, Range<usize>)],
) -> (SegmentedDocument, Vec<Option<usize>>) {
    let mut places = vec![None; old.len()];
    let mut segments: Vec<Segment> = Vec::with_capacity(new.len());
    let mut next = 0;
    for (left, right) in runs {
        segments.extend_from_slice(&new.segments()[next..right.start]);
        let own = &new.segments()[right.clone()];
        next = right.end;
        let offset = own[0].span.start;
        let from = old[left.start].start;
        let moved =
            left.clone().map(|at| TextSpan::new(old[at].start - from + offset, old[at].end - from + offset));
        // No segment may reach from one block into another.
        let within: Option<Vec<Segment>> = moved
            .map(|span| {
                let holder = own.iter().rfind(|s| s.span.start <= span.start)?;
                let block = new.document().blocks()[holder.block as usize].span;
                block.contains(span).then_some(Segment { span, block: holder.block })
            })
            .collect();
        match within {
            Some(cut) => {
                places[left.clone()]
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
