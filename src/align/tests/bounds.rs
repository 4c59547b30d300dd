//! How much is looked at, and what is not looked at again.

use super::*;
use crate::align::band::Band;
use crate::align::forward::{Types, forward_again};

/// Costs of which none is better than another but by chance: nothing leads anywhere.
fn noise(size: (usize, usize), seed: u64, low: i64, high: i64) -> Random {
    Random {
        size,
        types: TYPES[..6].iter().map(|&(s, t)| BeadType::new(s, t)).collect(),
        seed,
        low,
        high,
        step: 1,
        forbidden: 0,
        planted: Vec::new(),
        swapped: false,
    }
}

/// Options with which nothing is searched whole, and short bitexts may take no more than long ones.
fn in_windows() -> SearchOptions {
    SearchOptions {
        whole_cells: 0,
        draft_cells: 0,
        proof_cells: 0,
        least_cells: 0,
        ..SearchOptions::default()
    }
}

/// What a search with these options may look at: a first look and its mends; and a step, whose windows may each read so
/// many cells in all, however often they are made one, and a first pass each time.
fn bound(size: (usize, usize), options: &SearchOptions) -> usize {
    let first = 5 * (2 * options.band + 2);
    let step = 2 * options.most_cells + 5 * 3 * (options.check + 1);
    (size.0 + size.1 + 2) * (first + step)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn cells_looked_at_are_bounded_whatever_the_costs(
        n in 40..120usize,
        m in 40..120usize,
        seed in any::<u64>(),
        (low, high) in prop_oneof![Just((-60_000, 40_000)), Just((-3, 4)), Just((-200_000, 200_000)), Just((0, 1))],
        most_cells in 1..40usize,
    ) {
        let model = noise((n, m), seed, low, high);
        let options = SearchOptions {
            band: 16,
            window: 24,
            overlap: 8,
            most_cells,
            ..in_windows()
        };
        let found = search(&model, &[], &options).expect("no pin");
        prop_assert!(partitions(&found.beads, model.size));
        prop_assert!(found.cells <= bound(model.size, &options), "{} cells", found.cells);
        prop_assert_eq!(found.cost, cost_of(&model, &found.beads));
        // The bound that is said to have stopped the search did.
        let free = SearchOptions { most_cells: 1 << 40, ..options };
        let more = search(&model, &[], &free).expect("no pin");
        prop_assert!(found.cut_short || found.cells <= more.cells);
    }

    #[test]
    fn costs_known_from_a_pass_before_are_those_that_are_read(
        model in long(),
        width in 1..9usize,
        rows in proptest::collection::vec(0..40usize, 0..3),
        aside in 0..4u32,
    ) {
        let (n, m) = model.size;
        let stretch = Stretch { source: (0, n as u32), target: (0, m as u32) };
        // The path that the band follows, and one some way beside it: rows are known in part.
        let along = |aside: u32| {
            let diagonal = |i: usize| ((i * m / n.max(1)) as u32 + aside).min(m as u32);
            (1..=n).map(|i| Bead::new((i as u32 - 1, i as u32), (diagonal(i - 1), diagonal(i)))).collect::<Vec<_>>()
        };
        let mut band = Band::along(stretch, &along(0), width);
        let before = forward(&model, stretch, band.region(), Keep::All);
        band.follow(&along(aside));
        let mut rows: Vec<usize> = rows.into_iter().map(|row| row % (n + 1)).collect();
        rows.sort_unstable();
        band.widen_at(&rows);
        let anew = forward(&model, stretch, band.region(), Keep::All);
        let again = forward_again(&model, stretch, band.region(), Some(before), Types::All);
        prop_assert_eq!(&again.linked, &anew.linked);
        prop_assert_eq!(&again.totals, &anew.totals);
        prop_assert_eq!(again.best(), anew.best());
        prop_assert!(again.read <= anew.read);
        prop_assert!(!rows.is_empty() || aside > 0 || again.read == 0, "{} cells read again", again.read);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn windows_of_any_size_cover_both_sides_once(
        (n, m) in (10..90usize, 10..90usize),
        seed in any::<u64>(),
        (low, high) in prop_oneof![Just((-60_000, 40_000)), Just((-3, 4)), Just((0, 1))],
        (window, overlap, check) in (1..30usize, 0..30usize, 1..6usize),
        most_cells in 1..40usize,
        // Bands of beads that may not be linked have no path.
        forbidden in prop_oneof![2 => Just(0), 1 => Just(1), 1 => Just(2)],
    ) {
        let model = Random { forbidden, ..noise((n, m), seed, low, high) };
        let options = SearchOptions {
            band: 8,
            check,
            window,
            overlap,
            most_cells,
            ..in_windows()
        };
        let found = search(&model, &[], &options).expect("no pin");
        prop_assert!(partitions(&found.beads, model.size));
        prop_assert_eq!(found.cost, cost_of(&model, &found.beads));
    }
}

#[test]
fn twice_the_segments_take_about_twice_the_cells() {
    let options = SearchOptions { band: 12, window: 48, overlap: 12, most_cells: 16, ..in_windows() };
    let cells = |n: usize| search(&noise((n, n), 5, -60_000, 60_000), &[], &options).expect("no pin").cells;
    let (small, large) = (cells(150), cells(450));
    assert!(large < 5 * small, "{small} cells, then {large}");
}

#[test]
fn many_stretches_between_pins_take_no_more_than_one() {
    let (size, every) = (12_000, 190);
    let mut model = noise((size, size), 5, 30_000, 60_000);
    model.planted = ones(0..size as u32, 0);
    let pins: Vec<Pin> =
        (1..size / every).map(|k| Pin::Rung(Rung::new((k * every) as u32, (k * every) as u32))).collect();
    let options = SearchOptions::default();
    let (free, pinned) = (search(&model, &[], &options), search(&model, &pins, &options));
    let (free, pinned) = (free.expect("no pin"), pinned.expect("pins that fit"));
    assert_eq!(free.beads, pinned.beads);
    assert!(pinned.cells < 3 * free.cells, "{} and {} cells", pinned.cells, free.cells);
}
