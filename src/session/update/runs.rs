//! Runs of segments that hold the same text in two versions, however each is cut.
//!
//! In: versions. Out: runs, rising on both sides. Guarantee: the two sides of a run are the same in the versions that were
//! compared; what was found once is kept, and only what lies between is searched again.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::bitext::TextSpan;

use super::matching::matches;
use super::version::Version;

/// Segments at most that are taken for one run of the same text, cut otherwise.
const LONGEST_RUN: usize = 32;
/// Bytes by which runs are looked up.
const HEAD: usize = 16;

/// In which way the two sides of a run are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct How {
    /// Which version of the old text has it.
    pub(super) version: usize,
    /// To the eye; else byte by byte.
    pub(super) seen: bool,
}

/// Segments that hold the same text in both versions.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) old: Range<usize>,
    pub(super) new: Range<usize>,
    pub(super) how: How,
}

/// Adds the runs that are found between those of `runs`.
pub(super) fn find(old: &Version<'_>, new: &Version<'_>, how: How, runs: &mut Vec<Run>) {
    let (olds, news) = (old.texts(), new.texts());
    let mut found = Vec::new();
    for (a, b) in gaps(runs, olds.len(), news.len()) {
        let (mut i, mut j) = (a.start, b.start);
        let anchors = matches(&olds[a.clone()], &news[b.clone()]);
        let anchors = anchors.into_iter().map(|(i, j)| (i + a.start, j + b.start));
        // Texts of one key may have other vowel signs.
        let anchors = anchors.filter(|&(i, j)| old.is_same(old.spans[i], new, new.spans[j]));
        for (to, until) in anchors.chain([(a.end, b.end)]) {
            cut_otherwise(old, new, i..to, j..until, how, &mut found);
            if to < a.end {
                found.push(Run { old: to..to + 1, new: until..until + 1, how });
            }
            (i, j) = (to + 1, until + 1);
        }
    }
    runs.append(&mut found);
    runs.sort_by_key(|run| run.old.start);
}

/// What lies between runs, where there is something on either side.
pub(super) fn gaps(runs: &[Run], old: usize, new: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let (mut i, mut j) = (0, 0);
    let mut gaps = Vec::new();
    let ends = runs.iter().map(|run| (run.old.clone(), run.new.clone()));
    for (a, b) in ends.chain([(old..old, new..new)]) {
        if i < a.start && j < b.start {
            gaps.push((i..a.start, j..b.start));
        }
        (i, j) = (a.end, b.end);
    }
    gaps
}

/// Finds the runs of segments between two matches that hold the same text, cut otherwise.
fn cut_otherwise(
    old: &Version<'_>,
    new: &Version<'_>,
    mut a: Range<usize>,
    mut b: Range<usize>,
    how: How,
    runs: &mut Vec<Run>,
) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    let mut heads: FxHashMap<&[u8], Vec<usize>> = FxHashMap::default();
    for j in b.clone() {
        heads.entry(head(new, j)).or_default().push(j);
    }
    while !a.is_empty() {
        let starts = heads.get(head(old, a.start)).map_or(&[][..], Vec::as_slice);
        let starts = &starts[starts.partition_point(|&j| j < b.start)..];
        let found =
            starts.iter().take(LONGEST_RUN).find_map(|&j| same_run(old, new, a.clone(), j..b.end, how));
        match found {
            Some(run) => {
                (a.start, b.start) = (run.old.end, run.new.end);
                runs.push(run);
            }
            None => a.start += 1,
        }
    }
}

/// What begins a segment, wherever it is cut after that.
fn head<'v>(version: &'v Version<'_>, at: usize) -> &'v [u8] {
    let (text, start) = (version.text(), version.spans[at].start);
    &text.as_bytes()[start..text.len().min(start + HEAD)]
}

/// The shortest runs that begin at the first segments of `a` and `b`, hold the same text, and end together.
fn same_run(old: &Version<'_>, new: &Version<'_>, a: Range<usize>, b: Range<usize>, how: How) -> Option<Run> {
    let (mut i, mut j) = (a.start, b.start);
    loop {
        let left = TextSpan::new(old.spans[a.start].start, old.spans[i].end);
        let right = TextSpan::new(new.spans[b.start].start, new.spans[j].end);
        if left.len() == right.len() {
            let same = old.is_same(left, new, right);
            return same.then(|| Run { old: a.start..i + 1, new: b.start..j + 1, how });
        }
        let least = left.len().min(right.len());
        let (left_bytes, right_bytes) =
            (&old.text().as_bytes()[left.start..], &new.text().as_bytes()[right.start..]);
        if left_bytes[..least] != right_bytes[..least] {
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
