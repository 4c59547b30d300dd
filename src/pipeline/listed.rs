//! Lists that each language has in its own alphabetical order: countries, parties, members.
//!
//! In: a bitext, a model that has not learnt from it yet, the first ladder. Out: the lists on both sides, and the pairs
//! of their entries that tell each other. Guarantee: deterministic; at most [`CELLS`] pairs of entries are looked at for
//! each list.
//!
//! A ladder pairs the entries of such a list by place, and each pair confirms the next: nothing in them is wrong but
//! all. Both sides in alphabetical order are the sign, as a translation that keeps the order loses it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::align::listed;
use crate::bitext::{Bead, Bitext, CostModel, SegmentedDocument};
use crate::normalize::search_key;

/// The least entries of a list, and the most words of one.
const LEAST_ENTRIES: usize = 5;
const MOST_WORDS: usize = 6;

/// How many of the neighbours must stand in order, of a hundred, for entries to be asked; and to be doubted where they
/// say nothing.
const IN_ORDER: usize = 70;
const SURELY_IN_ORDER: usize = 90;

/// Pairs of entries that are looked at for each list, at most.
const CELLS: usize = 250_000;

/// Entries that must tell each other in another order before the ladder is left.
const LEAST_MOVED: usize = 3;

/// Pairs of a list that nothing but their place speaks for are at most as sure as this.
pub(super) const BY_PLACE: f64 = 0.5;

/// A list that stands on both sides.
struct List {
    source: Range<usize>,
    target: Range<usize>,
    /// Pairs of entries that tell each other in another order than the ladder's; none where entries say nothing.
    pairs: Vec<(Bead, f64)>,
}

/// The lists of a bitext that are in alphabetical order on both sides, bar those whose entries confirm the ladder.
pub(super) struct Lists(Vec<List>);

impl Lists {
    /// Looks for lists; `beads` is the first ladder.
    pub(super) fn find(bitext: &Bitext, model: &dyn CostModel, beads: &[Bead]) -> Self {
        let sources = runs_in_order(&bitext.documents.source);
        if sources.is_empty() {
            return Self(Vec::new());
        }
        let targets = runs_in_order(&bitext.documents.target);
        let mut lists = Vec::new();
        for source in &sources {
            let near = beads_of(beads, &source.range);
            let Some((target, links)) = opposite(near, &source.range, &targets) else { continue };
            let (n, m) = (source.range.len(), target.range.len());
            let alike = n <= 2 * m && m <= 2 * n && links * 2 > n.min(m);
            if !alike || n * m > CELLS {
                continue;
            }
            let found = listed(model, narrow(&source.range), narrow(&target.range));
            let kept = found.iter().filter(|(bead, _)| near.contains(bead)).count();
            let moved = found.len() - kept;
            let (source_range, target_range) = (source.range.clone(), target.range.clone());
            if moved >= LEAST_MOVED && moved > kept {
                lists.push(List { source: source_range, target: target_range, pairs: found });
            } else if kept < LEAST_MOVED
                && source.percent >= SURELY_IN_ORDER
                && target.percent >= SURELY_IN_ORDER
            {
                lists.push(List { source: source_range, target: target_range, pairs: Vec::new() });
            }
        }
        Self(lists)
    }

    /// Whether `bead` pairs entries of a list by their place alone.
    pub(super) fn is_by_place(&self, bead: Bead) -> bool {
        !bead.is_null() && self.around(bead).any(|list| !list.pairs.iter().any(|(b, _)| *b == bead))
    }

    /// Whether the entries of the list that `bead` lies in say that its order is another.
    pub(super) fn is_misplaced(&self, bead: Bead) -> bool {
        self.is_by_place(bead) && self.around(bead).any(|list| !list.pairs.is_empty())
    }

    /// The lists of which an entry stands in `bead` on either side.
    fn around(&self, bead: Bead) -> impl Iterator<Item = &List> {
        // In the order of the source side.
        let from = self.0.partition_point(|list| list.source.end <= bead.source.start());
        let near = self.0[from..].iter().take_while(move |list| list.source.start < bead.source.end());
        near.filter(move |list| list.holds(bead))
    }

    /// The pairs that entries tell.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (Bead, f64)> {
        self.0.iter().flat_map(|list| list.pairs.iter().copied())
    }
}

impl List {
    /// Whether a segment of `bead` is an entry on either side.
    fn holds(&self, bead: Bead) -> bool {
        let meets = |own: &Range<usize>, other: Range<usize>| own.start < other.end && other.start < own.end;
        meets(&self.source, bead.source.indices()) && meets(&self.target, bead.target.indices())
    }
}

fn narrow(range: &Range<usize>) -> Range<u32> {
    range.start as u32..range.end as u32
}

/// The beads of the ladder `beads` that begin inside `source`, or reach into it.
fn beads_of<'b>(beads: &'b [Bead], source: &Range<usize>) -> &'b [Bead] {
    let from = beads.partition_point(|bead| bead.source.end() <= source.start);
    let to = from + beads[from..].partition_point(|bead| bead.source.start() < source.end);
    &beads[from..to]
}

/// Of `targets`, in order, the one that most linked beads of `near` join with `source`, the last of equals; and how many
/// do.
fn opposite<'t>(
    near: &[Bead],
    source: &Range<usize>,
    targets: &'t [Ordered],
) -> Option<(&'t Ordered, usize)> {
    let mut links: BTreeMap<usize, usize> = BTreeMap::new();
    for bead in near.iter().filter(|bead| !bead.is_null()) {
        let at = targets.partition_point(|target| target.range.end <= bead.target.start());
        let within = targets
            .get(at)
            .is_some_and(|t| t.range.start <= bead.target.start() && bead.target.end() <= t.range.end);
        if within && source.start <= bead.source.start() && bead.source.end() <= source.end {
            *links.entry(at).or_default() += 1;
        }
    }
    links.into_iter().max_by_key(|(_, count)| *count).map(|(at, count)| (&targets[at], count))
}

/// Neighbouring short segments in alphabetical order.
struct Ordered {
    range: Range<usize>,
    /// How many of the neighbours stand in order, of a hundred.
    percent: usize,
}

fn runs_in_order(document: &SegmentedDocument) -> Vec<Ordered> {
    let texts: Vec<&str> = document.texts().collect();
    let mut runs = Vec::new();
    let mut start = 0;
    for end in 0..=texts.len() {
        let goes_on = texts.get(end).is_some_and(|text| is_entry(text));
        if goes_on {
            continue;
        }
        let range = start..end;
        start = end + 1;
        if range.len() < LEAST_ENTRIES {
            continue;
        }
        let percent = percent_in_order(&texts[range.clone()]);
        if percent >= IN_ORDER {
            runs.push(Ordered { range, percent });
        }
    }
    runs
}

/// Whether a segment may be an entry: a few words, and no sentence.
fn is_entry(text: &str) -> bool {
    text.split_whitespace().take(MOST_WORDS + 1).count() <= MOST_WORDS
        && !text.trim_end().ends_with(['.', '!', '?', '؟', '…', '。', '।'])
}

/// How many neighbours of a hundred stand in order, by the whole entry, without its article, or by its last word.
fn percent_in_order(texts: &[&str]) -> usize {
    let keys: Vec<String> = texts.iter().map(|text| search_key(text)).collect();
    let whole = |key: &'_ str| key.to_owned();
    let bare = |key: &'_ str| key.strip_prefix("ال").unwrap_or(key).to_owned();
    let last = |key: &'_ str| key.rsplit(' ').next().unwrap_or(key).to_owned();
    let percent = |of: &dyn Fn(&str) -> String| {
        let keys: Vec<String> = keys.iter().map(|key| of(key)).collect();
        let rising = keys.windows(2).filter(|pair| pair[0] < pair[1]).count();
        rising * 100 / (keys.len() - 1).max(1)
    };
    percent(&whole).max(percent(&bare)).max(percent(&last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_opposite_is_the_one_that_most_beads_join() {
        let ordered = |range| Ordered { range, percent: 100 };
        let targets = [ordered(0..5), ordered(6..12), ordered(20..26)];
        let bead = |s: u32, t: u32| Bead::new((s, s + 1), (t, t + 1));
        let ladder = [
            bead(0, 0),
            bead(1, 1),
            Bead::new((2, 2), (2, 5)),
            // Half of it is no entry.
            Bead::new((2, 3), (5, 7)),
            bead(3, 7),
            bead(4, 8),
            bead(5, 9),
            bead(6, 21),
        ];
        let found = |source: Range<usize>| {
            let near = beads_of(&ladder, &source);
            opposite(near, &source, &targets).map(|(target, links)| (target.range.clone(), links))
        };
        assert_eq!(found(0..6), Some((6..12, 3)));
        assert_eq!(found(0..3), Some((0..5, 2)));
        assert_eq!(found(5..7), Some((20..26, 1)), "the last of equals");
        assert_eq!(found(2..3), None);
    }

    #[test]
    fn lists_in_order_are_found() {
        let lines = [
            "The countries took part.",
            "Algeria",
            "Bahrain",
            "Canada",
            "Denmark",
            "Egypt",
            "It ended.",
            "Yes",
            "No",
        ];
        let runs = runs_in_order(&SegmentedDocument::from_lines(&lines));
        assert_eq!(
            runs.iter().map(|run| (run.range.clone(), run.percent)).collect::<Vec<_>>(),
            [(1..6, 100)]
        );
        let arabic = ["إسبانيا", "البحرين", "تونس", "الجزائر", "الدنمارك", "روسيا"];
        assert_eq!(percent_in_order(&arabic), 100);
        let by_name = ["Zoe Adams", "Ann Brown", "Mia Clark", "Bob Davis", "Leo Evans"];
        assert_eq!(percent_in_order(&by_name), 100);
        assert!(percent_in_order(&["Menu", "File", "Open", "Close", "Edit", "Help", "Copy"]) < IN_ORDER);
    }
}
