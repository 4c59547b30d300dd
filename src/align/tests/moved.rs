//! Blocks that moved, in any order and of any length.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn a_moved_block_is_found_where_it_stands(seed in any::<u64>(), length in 2..5u32, between in 2..5u32) {
        // Source: a block, then `between` segments; target: those segments, then the block.
        let total = length + between;
        let straight = (0..between).map(|k| Bead::new((length + k, length + k + 1), (k, k + 1)));
        let block: Vec<Bead> = (0..length).map(|k| Bead::new((k, k + 1), (between + k, between + k + 1))).collect();
        let mut planted: Vec<Bead> = straight.chain(block.iter().copied()).collect();
        planted.sort();
        let model = Random {
            size: (total as usize, total as usize),
            types: vec![BeadType::new(1, 1)],
            seed,
            low: 30_000,
            high: 60_000,
            step: 1,
            forbidden: 0,
            planted: planted.clone(),
            swapped: false,
        };
        let found = whole(&model, &[]).expect("no pin");
        let (moved, _) = moved_blocks(&model, &found.beads, &SearchOptions::default()).expect("the model keeps its contract");
        let crossing: Vec<Bead> = moved.iter().flat_map(|b| b.beads.iter().copied()).collect();
        let mut all: Vec<Bead> = found.beads.iter().copied().filter(|b| !b.is_null()).chain(crossing).collect();
        all.sort();
        prop_assert_eq!(all, planted);
        prop_assert!(moved.iter().all(|b| b.gain < Cost::from_nats(-8.0) && b.confidence.len() == b.beads.len()));
    }

    /// What a block leaves of its runs is looked through again.
    #[test]
    fn chapters_in_any_order_are_all_found(
        seed in any::<u64>(),
        order in Just((0..7u32).collect::<Vec<_>>()).prop_shuffle(),
        length in 3..6u32,
    ) {
        let (model, planted) = in_chapters(seed, &order, length);
        let found = whole(&model, &[]).expect("no pin");
        let (moved, cut_short) = moved_blocks(&model, &found.beads, &SearchOptions::default()).expect("the model keeps its contract");
        let crossing = moved.iter().flat_map(|b| b.beads.iter().copied());
        let mut all: Vec<Bead> = found.beads.iter().copied().filter(|b| !b.is_null()).chain(crossing).collect();
        all.sort();
        prop_assert_eq!(all, planted);
        prop_assert!(!cut_short);
    }
}

/// Segments of which each chapter's stand in the order of the source, and the chapters in `order` on the target side.
fn in_chapters(seed: u64, order: &[u32], length: u32) -> (Random, Vec<Bead>) {
    let mut planted: Vec<Bead> = (0u32..)
        .zip(order)
        .flat_map(|(at, chapter)| (0..length).map(move |k| (chapter * length + k, at * length + k)))
        .map(|(s, t)| Bead::new((s, s + 1), (t, t + 1)))
        .collect();
    planted.sort();
    let total = order.len() * length as usize;
    let model = Random {
        size: (total, total),
        types: vec![BeadType::new(1, 1)],
        seed,
        low: 30_000,
        high: 60_000,
        step: 1,
        // Nothing else may be linked.
        forbidden: 1,
        planted: planted.clone(),
        swapped: false,
    };
    (model, planted)
}

/// A run of 700 segments against one of 700 is too much to look at all of it.
#[test]
fn halves_that_changed_places_are_found_along_their_hints() {
    let (model, planted) = in_chapters(7, &[1, 0], 700);
    let ladder = |half: u32| {
        let (s, t) = (700 * half, 700 * (1 - half));
        let before = |side: Side| {
            let (ends, other) = if side == Side::Source { (s, 0) } else { (t, s) };
            (0..ends).map(move |k| {
                if side == Side::Source {
                    Bead::new((k, k + 1), (other, other))
                } else {
                    Bead::new((other, other), (k, k + 1))
                }
            })
        };
        let linked = (0..700).map(|k| Bead::new((s + k, s + k + 1), (t + k, t + k + 1)));
        let behind = (t + 700..1400).map(|k| Bead::new((s + 700, s + 700), (k, k + 1)));
        let rest = (s + 700..1400).map(|k| Bead::new((k, k + 1), (1400, 1400)));
        before(Side::Source)
            .chain(before(Side::Target))
            .chain(linked)
            .chain(behind)
            .chain(rest)
            .collect::<Vec<_>>()
    };
    for half in [0, 1] {
        let ladder = ladder(half);
        let (moved, _) =
            moved_blocks(&model, &ladder, &SearchOptions::default()).expect("the model keeps its contract");
        let crossing = moved.iter().flat_map(|b| b.beads.iter().copied());
        let mut all: Vec<Bead> = ladder.iter().copied().filter(|b| !b.is_null()).chain(crossing).collect();
        all.sort();
        assert_eq!(all, planted, "half {half} in the ladder");
    }
}
