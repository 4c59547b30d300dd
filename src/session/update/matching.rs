//! Which segments of one version of a text stand in another.
//!
//! In: the segments of both versions, as texts. Out: pairs of equal ones, in order on both sides. Guarantee:
//! deterministic; time grows with n log n where texts are mostly their own, and is bounded however they repeat.
//!
//! Texts that stand once in both versions are anchors, of which the longest rising chain is taken (patience diff); the
//! same is done between two anchors, where texts may be single that are not so in the whole.

use std::ops::Range;

use rustc_hash::FxHashMap;

/// Between two anchors whole tables of so many cells are searched; longer stretches by their ends alone.
const MOST_CELLS: usize = 1 << 20;
/// How often stretches are cut at anchors of their own.
const DEEPEST: usize = 12;

/// Pairs of indices of equal texts, rising on both sides.
pub(super) fn matches(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    between(old, new, 0..old.len(), 0..new.len(), 0, &mut found);
    found.sort_unstable();
    found
}

fn between(
    old: &[&str],
    new: &[&str],
    mut a: Range<usize>,
    mut b: Range<usize>,
    depth: usize,
    found: &mut Vec<(usize, usize)>,
) {
    while !a.is_empty() && !b.is_empty() && old[a.start] == new[b.start] {
        found.push((a.start, b.start));
        (a.start, b.start) = (a.start + 1, b.start + 1);
    }
    while !a.is_empty() && !b.is_empty() && old[a.end - 1] == new[b.end - 1] {
        (a.end, b.end) = (a.end - 1, b.end - 1);
        found.push((a.end, b.end));
    }
    if a.is_empty() || b.is_empty() {
        return;
    }
    let anchors = if depth < DEEPEST { anchors(old, new, &a, &b) } else { Vec::new() };
    if anchors.is_empty() {
        if a.len() * b.len() <= MOST_CELLS {
            table(old, new, &a, &b, found);
        }
        return;
    }
    let mut from = (a.start, b.start);
    for (i, j) in anchors {
        between(old, new, from.0..i, from.1..j, depth + 1, found);
        found.push((i, j));
        from = (i + 1, j + 1);
    }
    between(old, new, from.0..a.end, from.1..b.end, depth + 1, found);
}

/// The longest rising chain of texts that stand once in each stretch.
fn anchors(old: &[&str], new: &[&str], a: &Range<usize>, b: &Range<usize>) -> Vec<(usize, usize)> {
    let (left, right) = (single(old, a), single(new, b));
    let mut pairs: Vec<(usize, usize)> = a
        .clone()
        .filter_map(|i| match (left.get(old[i]), right.get(old[i])) {
            (Some(Some(_)), Some(&Some(j))) => Some((i, j)),
            _ => None,
        })
        .collect();
    pairs.sort_unstable();
    let targets: Vec<usize> = pairs.iter().map(|pair| pair.1).collect();
    rising(&targets).into_iter().map(|at| pairs[at]).collect()
}

/// Where each text of a stretch stands; `None` for one that stands there twice.
fn single<'t>(texts: &[&'t str], range: &Range<usize>) -> FxHashMap<&'t str, Option<usize>> {
    let mut places: FxHashMap<&str, Option<usize>> = FxHashMap::default();
    for at in range.clone() {
        places.entry(texts[at]).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

/// The places of a longest strictly rising chain in `values`.
pub(super) fn rising(values: &[usize]) -> Vec<usize> {
    // The place of the lowest end of a chain of each length, and the place before each.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (at, &value) in values.iter().enumerate() {
        let length = ends.partition_point(|&end| values[end] < value);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() { ends.push(at) } else { ends[length] = at }
    }
    let mut chain: Vec<usize> = std::iter::successors(ends.last().copied(), |&at| before[at]).collect();
    chain.reverse();
    chain
}

/// A longest common subsequence of two stretches.
fn table(old: &[&str], new: &[&str], a: &Range<usize>, b: &Range<usize>, found: &mut Vec<(usize, usize)>) {
    let width = b.len() + 1;
    let mut longest = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if old[a.start + i] == new[b.start + j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if old[a.start + i] == new[b.start + j] {
            found.push((a.start + i, b.start + j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn letters(text: &str) -> Vec<&str> {
        text.split(' ').filter(|word| !word.is_empty()).collect()
    }

    #[test]
    fn what_stayed_is_found_around_what_changed() {
        let found = |old: &str, new: &str| {
            let (old, new) = (letters(old), letters(new));
            let pairs = matches(&old, &new);
            pairs.iter().map(|&(i, j)| format!("{}{i}-{j}", old[i])).collect::<Vec<_>>().join(" ")
        };
        insta::assert_snapshot!(found("a b c d e", "a x c d y e"), @"a0-0 c2-2 d3-3 e4-5");
        insta::assert_snapshot!(found("a b c", ""), @"");
        // Repeated texts between anchors.
        insta::assert_snapshot!(found("s o s 1 s o s 2", "s s 1 s o o s 2 s"), @"s0-0 s2-1 13-2 s4-3 o5-4 s6-6 27-7");
        // A block that moved: the longer chain stays.
        insta::assert_snapshot!(found("a b c d e f", "d e f x a b"), @"d3-0 e4-1 f5-2");
    }

    #[test]
    fn long_texts_that_share_little_take_little_time() {
        let old: Vec<String> = (0..60_000).map(|n| format!("old {}", n % 50_000)).collect();
        let new: Vec<String> = (0..60_000).rev().map(|n| format!("old {}", n % 55_000)).collect();
        let (old, new): (Vec<&str>, Vec<&str>) =
            (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
        let start = std::time::Instant::now();
        assert!(!matches(&old, &new).is_empty());
        assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
    }

    proptest! {
        #[test]
        fn pairs_are_equal_and_rise_and_a_table_finds_no_more_where_texts_are_few(
            old in prop::collection::vec(0..6_u8, 0..14),
            new in prop::collection::vec(0..6_u8, 0..14),
        ) {
            let text = |n: &u8| format!("{n}");
            let (old, new): (Vec<String>, Vec<String>) = (old.iter().map(text).collect(), new.iter().map(text).collect());
            let (old, new): (Vec<&str>, Vec<&str>) = (old.iter().map(|s| &**s).collect(), new.iter().map(|s| &**s).collect());
            let found = matches(&old, &new);
            prop_assert!(found.iter().all(|&(i, j)| old[i] == new[j]));
            prop_assert!(found.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
            let mut best = Vec::new();
            table(&old, &new, &(0..old.len()), &(0..new.len()), &mut best);
            prop_assert!(found.len() <= best.len());
            if old == new {
                prop_assert_eq!(found.len(), old.len());
            }
        }

        #[test]
        fn the_longest_chain_is_as_long_as_trying_all_says(values in prop::collection::vec(0..30_usize, 0..10)) {
            let chain = rising(&values);
            prop_assert!(chain.windows(2).all(|w| w[0] < w[1] && values[w[0]] < values[w[1]]));
            let best = (0_u32..1 << values.len()).filter_map(|set| {
                let taken: Vec<usize> = (0..values.len()).filter(|i| set >> i & 1 == 1).map(|i| values[i]).collect();
                taken.windows(2).all(|w| w[0] < w[1]).then_some(taken.len())
            }).max().unwrap_or(0);
            prop_assert_eq!(chain.len(), best);
        }
    }
}
