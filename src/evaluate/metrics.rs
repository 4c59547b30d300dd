//! Scores of beads against gold.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::AddAssign;

use super::gold::GoldBead;
use crate::bitext::{Bead, BeadType};

/// What the scores count; stands in every report.
pub const CONVENTION: &str = "\
strict: a bead counts if exactly it stands in the other alignment; lax: if one of its source segments is linked
there to one of its target segments (Thompson and Koehn 2019, after Sennrich and Volk 2011). Precision is over all
beads found, recall over the gold beads with both sides. null: unaligned segments, one by one. joined: strict, after
neighbouring beads found inside one gold bead are joined. What stands in no gold bead counts for precision alone; a
gold bead that is named twice counts once. Counts are summed over documents before dividing.";

/// Precision, recall and their harmonic mean, each from 0 to 1; 0 where there is nothing to count.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Prf {
    /// Share of what was found that is right.
    pub precision: f64,
    /// Share of what is right that was found.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
}

/// The scores of a tally.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Scores {
    /// Exact beads.
    pub strict: Prf,
    /// Overlapping beads.
    pub lax: Prf,
    /// Unaligned segments.
    pub null: Prf,
    /// Exact beads, neighbours inside a gold bead joined first.
    pub joined: Prf,
}

/// Hits of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Share {
    /// How many hits.
    pub hits: usize,
    /// Of how many.
    pub of: usize,
}

impl Share {
    /// Hits by all, 0 of none.
    pub fn ratio(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.hits as f64 / self.of as f64 }
    }
}

impl AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.hits += other.hits;
        self.of += other.of;
    }
}

/// Counts of one score: its precision's and its recall's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Counts {
    /// Of what was found.
    pub precision: Share,
    /// Of what is right.
    pub recall: Share,
}

impl Counts {
    /// The score of the counts.
    pub fn prf(self) -> Prf {
        let (p, r) = (self.precision.ratio(), self.recall.ratio());
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        Prf { precision: p, recall: r, f1 }
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.precision += other.precision;
        self.recall += other.recall;
    }
}

/// What was counted, of one document or of several together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Tally {
    /// Exact beads.
    pub strict: Counts,
    /// Overlapping beads.
    pub lax: Counts,
    /// Unaligned segments.
    pub null: Counts,
    /// Exact beads, neighbours inside a gold bead joined first.
    pub joined: Counts,
    /// How often a gold bead of the first type was met by a bead of the second: the one that holds its first
    /// segment.
    pub types: BTreeMap<(BeadType, BeadType), usize>,
}

impl Tally {
    /// Counts the beads `found` against the beads of `gold`, of the same segments.
    pub fn of(gold: &[GoldBead], found: &[Bead]) -> Self {
        let linked = |beads: &[GoldBead]| beads.iter().filter(|b| !b.is_null()).cloned().collect::<Vec<_>>();
        let named = |beads: &[Bead]| beads.iter().map(|&bead| bead.into()).collect::<Vec<GoldBead>>();
        let (joined, all) = (named(&join_inside(gold, found)), named(found));
        let (gold_linked, found_linked) = (linked(gold), linked(&all));
        let (strict_p, lax_p) = matches(&all, gold);
        let (strict_r, lax_r) = matches(&gold_linked, &found_linked);
        let (joined_p, _) = matches(&joined, gold);
        let (joined_r, _) = matches(&gold_linked, &linked(&joined));
        Self {
            strict: Counts { precision: strict_p, recall: strict_r },
            lax: Counts { precision: lax_p, recall: lax_r },
            null: nulls(gold, &all),
            joined: Counts { precision: joined_p, recall: joined_r },
            types: types(gold, found),
        }
    }

    /// The scores.
    pub fn scores(&self) -> Scores {
        Scores {
            strict: self.strict.prf(),
            lax: self.lax.prf(),
            null: self.null.prf(),
            joined: self.joined.prf(),
        }
    }
}

impl AddAssign<&Self> for Tally {
    fn add_assign(&mut self, other: &Self) {
        self.strict += other.strict;
        self.lax += other.lax;
        self.null += other.null;
        self.joined += other.joined;
        for (&types, count) in &other.types {
            *self.types.entry(types).or_default() += count;
        }
    }
}

/// Whether each of `beads` stands in `gold` exactly, in the order of `beads`.
pub fn exact(beads: impl IntoIterator<Item = Bead>, gold: &[GoldBead]) -> Vec<bool> {
    let exact: BTreeSet<&GoldBead> = gold.iter().collect();
    beads.into_iter().map(|b| exact.contains(&GoldBead::from(b))).collect()
}

/// Whether each of the beads `found` stands in `gold`, alone or joined to its neighbours inside one gold bead.
pub fn exact_joined(found: &[Bead], gold: &[GoldBead]) -> Vec<bool> {
    let right = exact(join_inside(gold, found), gold);
    join_groups(gold, found).into_iter().map(|(index, _)| right[index]).collect()
}

/// Whether each of the beads `found` lies within one linked bead of `gold`, which may be coarser.
pub fn within(found: &[Bead], gold: &[GoldBead]) -> Vec<bool> {
    let owners = owners(gold);
    found.iter().map(|&bead| around(gold, &owners, bead).is_some()).collect()
}

/// For each source segment the gold beads that hold it.
fn owners(gold: &[GoldBead]) -> BTreeMap<u32, Vec<usize>> {
    let mut owners: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, bead) in gold.iter().enumerate().filter(|(_, bead)| !bead.is_null()) {
        bead.source().iter().for_each(|&s| owners.entry(s).or_default().push(index));
    }
    owners
}

/// The first linked gold bead that a linked bead lies within.
fn around(gold: &[GoldBead], owners: &BTreeMap<u32, Vec<usize>>, bead: Bead) -> Option<usize> {
    let owners = owners.get(&(bead.source.start() as u32)).filter(|_| !bead.is_null())?;
    owners.iter().copied().find(|&index| gold[index].contains(bead))
}

/// Strict and lax matches of `beads` in `reference`; a bead that is named twice counts once.
fn matches(beads: &[GoldBead], reference: &[GoldBead]) -> (Share, Share) {
    let exact: BTreeSet<&GoldBead> = reference.iter().collect();
    let owners = owners(reference);
    let beads: BTreeSet<&GoldBead> = beads.iter().collect();
    let (mut strict, mut lax) = (Share { hits: 0, of: beads.len() }, Share { hits: 0, of: beads.len() });
    for bead in beads {
        let mut tried = BTreeSet::new();
        let mut overlaps =
            |index: usize| tried.insert(index) && meet(bead.target(), reference[index].target());
        if exact.contains(bead) {
            strict.hits += 1;
            lax.hits += 1;
        } else if bead.source().iter().filter_map(|s| owners.get(s)).flatten().any(|&index| overlaps(index)) {
            lax.hits += 1;
        }
    }
    (strict, lax)
}

/// Whether a segment stands in both; they rise.
fn meet(one: &[u32], other: &[u32]) -> bool {
    let (few, many) = if one.len() < other.len() { (one, other) } else { (other, one) };
    few.iter().any(|segment| many.binary_search(segment).is_ok())
}

fn nulls(gold: &[GoldBead], found: &[GoldBead]) -> Counts {
    let segments = |beads: &[GoldBead]| {
        let mut segments = BTreeSet::new();
        for bead in beads.iter().filter(|b| b.is_null()) {
            segments.extend(bead.source().iter().map(|&s| (0, s)));
            segments.extend(bead.target().iter().map(|&t| (1, t)));
        }
        segments
    };
    let (gold, found) = (segments(gold), segments(found));
    let hits = gold.intersection(&found).count();
    Counts { precision: Share { hits, of: found.len() }, recall: Share { hits, of: gold.len() } }
}

/// The beads `found`, where linked neighbours that lie inside the same gold bead are joined.
fn join_inside(gold: &[GoldBead], found: &[Bead]) -> Vec<Bead> {
    let joined = join_groups(gold, found);
    let mut beads: Vec<Bead> = Vec::with_capacity(found.len());
    for (index, bead) in joined {
        if index == beads.len() {
            beads.push(bead);
        } else {
            beads[index] = bead;
        }
    }
    beads
}

/// For each bead found: the number of the joined bead it is part of, and that bead as far as it is joined
/// up to here.
fn join_groups(gold: &[GoldBead], found: &[Bead]) -> Vec<(usize, Bead)> {
    let owners = owners(gold);
    let around = |bead: Bead| around(gold, &owners, bead);
    let mut joined: Vec<(usize, Bead)> = Vec::with_capacity(found.len());
    for &bead in found {
        match joined.last().copied() {
            Some((index, last))
                if last.source.end() == bead.source.start()
                    && last.target.end() == bead.target.start()
                    && around(last).is_some_and(|owner| around(bead) == Some(owner)) =>
            {
                let whole = Bead::new(
                    (last.source.start() as u32, bead.source.end() as u32),
                    (last.target.start() as u32, bead.target.end() as u32),
                );
                joined.push((index, whole));
            }
            last => joined.push((last.map_or(0, |(index, _)| index + 1), bead)),
        }
    }
    joined
}

fn types(gold: &[GoldBead], found: &[Bead]) -> BTreeMap<(BeadType, BeadType), usize> {
    let mut counts = BTreeMap::new();
    let by_source: BTreeMap<usize, &Bead> =
        found.iter().flat_map(|b| b.source.indices().map(move |i| (i, b))).collect();
    let by_target: BTreeMap<usize, &Bead> =
        found.iter().flat_map(|b| b.target.indices().map(move |j| (j, b))).collect();
    for bead in gold {
        let met = match (bead.source().first(), bead.target().first()) {
            (Some(&first), _) => by_source.get(&(first as usize)),
            (None, Some(&first)) => by_target.get(&(first as usize)),
            (None, None) => None,
        };
        if let Some(met) = met {
            *counts.entry((bead.bead_type(), met.bead_type())).or_default() += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::super::Gold;
    use super::*;

    fn known(text: &str) -> Vec<GoldBead> {
        Gold::parse(&text.replace(' ', "\t").replace('_', "")).unwrap().beads().to_vec()
    }

    /// Beads of segments that follow each other.
    fn beads(text: &str) -> Vec<Bead> {
        let range = |side: &[u32]| side.first().map_or((0, 0), |&first| (first, first + side.len() as u32));
        known(text).iter().map(|b| Bead::new(range(b.source()), range(b.target()))).collect()
    }

    /// The numbers are those of the independent scorer in the convention's papers' form, worked out by hand.
    /// Found by fuzzing: each source segment of a bead was linked to each of its target segments.
    #[test]
    fn one_bead_of_very_many_segments_is_scored_in_linear_time() {
        const MANY: u32 = 200_000;
        let gold = known(&format!("0 0 1\n{MANY} {MANY} 1\n"));
        let halves = [Bead::new((0, MANY / 2), (0, MANY / 2)), Bead::new((MANY / 2, MANY), (MANY / 2, MANY))];
        let scores = Tally::of(&gold, &halves).scores();
        assert_eq!((scores.strict.f1, scores.lax.f1, scores.joined.f1), (0.0, 1.0, 1.0));
    }

    #[test]
    fn a_small_example_worked_out_by_hand() {
        // Found: one exact, a 2-1 cut in two (1-1 and a null), one exact null, one missed null.
        let gold = known("0 0\n1,2 1\n3 _\n4 2,3\n_ 4");
        let found = beads("0 0\n1 1\n2 _\n3 _\n4 2\n_ 3\n_ 4");
        let tally = Tally::of(&gold, &found);
        assert_eq!(tally.strict.precision, Share { hits: 3, of: 7 });
        assert_eq!(tally.strict.recall, Share { hits: 1, of: 3 });
        assert_eq!(tally.lax.precision, Share { hits: 5, of: 7 });
        assert_eq!(tally.lax.recall, Share { hits: 3, of: 3 });
        assert_eq!(tally.null.precision, Share { hits: 2, of: 4 });
        assert_eq!(tally.null.recall, Share { hits: 2, of: 2 });
        assert_eq!(tally.types[&(BeadType::new(2, 1), BeadType::new(1, 1))], 1);
    }

    #[test]
    fn the_same_alignment_scores_one() {
        let all = "0 1\n1 0\n2,3 2\n4 _";
        let scores = Tally::of(&known(all), &beads(all)).scores();
        let ones = [scores.strict.f1, scores.lax.f1, scores.null.f1, scores.joined.f1];
        assert!(ones.into_iter().all(|f1| (f1 - 1.0).abs() < 1e-12), "{ones:?}");
    }

    #[test]
    fn neighbours_inside_a_gold_bead_are_joined_and_others_are_not() {
        let all = "0,1,2 0,1,2\n3 3";
        let gold = known(all);
        assert_eq!(join_inside(&gold, &beads("0 0\n1 1\n2 2\n3 3")), beads(all));
        assert_eq!(exact_joined(&beads("0 0\n1 1\n2 2\n3 3"), &gold), [true; 4]);
        assert_eq!(within(&beads("0 1\n1 0\n2 2\n3 3"), &gold), [true; 4]);
        let across = beads("0 0\n1 1\n2,3 2,3");
        assert_eq!(within(&across, &gold), [true, true, false]);
        assert_eq!(join_inside(&gold, &across), beads("0,1 0,1\n2,3 2,3"));
        assert_eq!(exact_joined(&across, &gold), [false; 3]);
        let with_gap = beads("0 0\n1 _\n2 1,2\n3 3");
        assert_eq!(join_inside(&gold, &with_gap), with_gap);
    }
    /// As the independent scorer counts it: a gold bead named twice is one, what the gold leaves out is no recall, and
    /// segments that do not follow each other can only be met by halves.
    #[test]
    fn gold_with_gaps_and_segments_named_twice_is_scored_by_the_convention() {
        let gold = known("5 4\n0 0\n0 0\n1 1\n1 1,2\n2,4 3\n_ 6");
        let found = beads("0 0\n1 1,2\n2 3\n3 _\n4 _\n5 4\n_ 5\n_ 6");
        let tally = Tally::of(&gold, &found);
        assert_eq!(tally.strict.precision, Share { hits: 4, of: 8 });
        assert_eq!(tally.strict.recall, Share { hits: 3, of: 5 });
        assert_eq!(tally.lax.precision, Share { hits: 5, of: 8 });
        assert_eq!(tally.lax.recall, Share { hits: 5, of: 5 });
        assert_eq!(tally.null.precision, Share { hits: 1, of: 4 });
        assert_eq!(tally.null.recall, Share { hits: 1, of: 1 });
        assert_eq!(within(&found, &gold), [true, true, true, false, false, true, false, false]);
    }
}
