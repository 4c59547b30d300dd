//! Cases that random bitexts seldom are: ladders far off the line, sums beyond the range of numbers, blocks that
//! compete.

use super::*;
use crate::align::band::{Band, draft};

/// Random costs that are dear, and cheap beads `planted` among them.
fn planted_in(size: (usize, usize), mut planted: Vec<Bead>) -> Random {
    planted.sort();
    Random {
        size,
        types: vec![BeadType::new(1, 1)],
        seed: 7,
        low: 30_000,
        high: 60_000,
        step: 1,
        forbidden: 0,
        planted,
        swapped: false,
    }
}

fn cheapest(model: &Random) -> (Vec<Bead>, Cost) {
    let (n, m) = model.size;
    let stretch = Stretch { source: (0, n as u32), target: (0, m as u32) };
    forward(model, stretch, Region::full(n, m), Keep::Path).best().expect("a whole lattice has a path")
}

#[test]
fn a_ladder_far_off_the_line_is_found_where_the_whole_lattice_is_looked_at() {
    // A poor ladder along the diagonal, and a better one far from it.
    let poor = ones(0..120, 0).into_iter().step_by(3);
    let model = planted_in((120, 120), poor.chain(ones(0..60, 60)).collect());
    let options = SearchOptions { whole_cells: 0, proof_cells: 0, band: 8, ..SearchOptions::default() };
    let (beads, cost) = cheapest(&model);
    let before = ones(0..120, 0);
    let along = |options: &SearchOptions| {
        search_near(&model, &[], Guide::Final(&before), options).expect("no pin clashes")
    };
    let without_proof = along(&options);
    assert!(without_proof.cost > cost, "nothing leads there: the test shows nothing");
    let proven = along(&SearchOptions { proof_cells: 121 * 121, ..options });
    assert_eq!((&proven.beads, proven.cost), (&beads, cost));
    let sure = |bead: &Bead| proven.posteriors.iter().any(|(b, p)| b == bead && *p > 0.9);
    assert!(ones(10..50, 70).iter().all(sure), "posteriors are those of the ladder found");
    let too_large = along(&SearchOptions { proof_cells: 121 * 121 - 1, ..options });
    assert_eq!(too_large.cost, without_proof.cost);
}

#[test]
fn a_step_on_the_way_keeps_to_the_ladder_that_it_is_given() {
    // A poor ladder along the diagonal, and a better one far from it.
    let poor = ones(0..120, 0).into_iter().step_by(3);
    let model = planted_in((120, 120), poor.chain(ones(0..60, 60)).collect());
    let options =
        SearchOptions { whole_cells: 0, draft_cells: 0, proof_cells: 0, band: 8, ..SearchOptions::default() };
    let passing = |before: &[Bead]| {
        search_near(&model, &[], Guide::Passing(before), &options).expect("no pin clashes").beads
    };
    let (best, _) = cheapest(&model);
    assert_eq!(passing(&best), best);
    // One that leaves a segment out is no ladder of the whole; then nothing leads far from the diagonal.
    let off = passing(&best[1..]).iter().map(|b| b.source.start().abs_diff(b.target.start())).max();
    assert!(off < Some(40), "{off:?}");
}

#[test]
fn a_draft_follows_its_path_where_that_comes_near_the_edge() {
    // The ladder leaves the diagonal, three segments at a time up to 30, and comes back.
    let (mut line, mut s, mut t) = (Vec::new(), 0, 0);
    for stair in 0..21 {
        line.extend(ones(s..s + 20, t));
        (s, t) = if stair < 10 { (s + 20, t + 23) } else { (s + 23, t + 20) };
    }
    line.extend(ones(s - 3..630, t));
    let model = planted_in((630, 630), line);
    let stretch = Stretch { source: (0, 630), target: (0, 630) };
    let (_, cost) = cheapest(&model);
    // A narrower band would need more mends than a draft has.
    for width in [18, 20] {
        let region = Band::new(stretch, &[], width).region();
        let narrow = forward(&model, stretch, region, Keep::Path).best().expect("a band has a path");
        assert!(narrow.1 > cost, "it does not leave the band: the test shows nothing");
        let options = SearchOptions { band: width, draft_cells: 0, ..SearchOptions::default() };
        assert_eq!(draft(&model, stretch, &[], &options).cost, cost, "{width}");
    }
}

#[test]
fn sums_over_more_ladders_than_numbers_reach_are_scaled() {
    // All ladders cost nearly nothing: there are some 10^190 of them.
    let model = Random {
        types: vec![BeadType::new(1, 1), BeadType::new(1, 2), BeadType::new(2, 1)],
        low: 0,
        high: 400,
        ..planted_in((200, 190), Vec::new())
    };
    let (n, m) = model.size;
    let stretch = Stretch { source: (0, n as u32), target: (0, m as u32) };
    let pass = forward(&model, stretch, Region::full(n, m), Keep::All);
    let posteriors = pass.posteriors(1.0);
    let (forward_sum, backward_sum) = posteriors.totals();
    let (_, likelihood) = exhaustive(&model);
    assert!(likelihood > 1e120f64.ln(), "{likelihood}: the test shows nothing");
    assert!(near(forward_sum, likelihood), "{forward_sum} and {likelihood}");
    assert!(near(backward_sum, likelihood), "{backward_sum} and {likelihood}");
    let mut sums = [vec![0.0; n], vec![0.0; m]];
    posteriors.each(0.0, |bead, p| {
        bead.source.indices().for_each(|i| sums[0][i] += p);
        bead.target.indices().for_each(|j| sums[1][j] += p);
    });
    assert!(sums.concat().iter().all(|sum| (sum - 1.0).abs() < 1e-6), "{sums:?}");
}

#[test]
fn blocks_that_compete_for_segments_do_not_overlap() {
    for length in [1, 3] {
        // The source begins with a block that stands twice in the target, behind the rest.
        let rest = ones(length..length + 7, 0);
        let twice = [ones(0..length, 7), ones(0..length, 9 + length)].concat();
        let (n, m) = (length + 7, 9 + 2 * length);
        let model = planted_in((n as usize, m as usize), [rest.clone(), twice].concat());
        let mut ladder: Vec<Bead> = (0..length).map(|s| Bead::new((s, s + 1), (0, 0))).collect();
        ladder.extend(&rest);
        ladder.extend((7..m).map(|t| Bead::new((n, n), (t, t + 1))));
        // The last linked bead may stand between the two places, which makes two runs of them.
        let mut apart = ladder.clone();
        apart[length as usize + 6] = Bead::new((n - 1, n - 1), (6, 7));
        apart[2 * length as usize + 7] = Bead::new((n - 1, n), (7 + length, 8 + length));
        for ladder in [ladder, apart] {
            let (moved, _) = moved_blocks(&model, &ladder, &SearchOptions::default())
                .expect("a model that keeps its contract");
            assert_eq!(moved.len(), 1, "{moved:?}");
            assert_eq!(moved[0].beads.len(), length as usize);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_moved_bead_is_as_sure_as_its_block_makes_it(seed in any::<u64>(), length in 2..5u32) {
        // Source: a block, then three segments; target: those, then the block, with doubtful pairs.
        let model = Random {
            seed,
            low: -60_000,
            high: 20_000,
            ..planted_in((length as usize + 3, length as usize + 3), ones(length..length + 3, 0))
        };
        let mut ladder: Vec<Bead> = (0..length).map(|s| Bead::new((s, s + 1), (0, 0))).collect();
        ladder.extend(&model.planted);
        ladder.extend((3..length + 3).map(|t| Bead::new((length + 3, length + 3), (t, t + 1))));
        let stretch = Stretch { source: (0, length), target: (3, length + 3) };
        let region = Region::full(length as usize, length as usize);
        let pass = forward(&model, stretch, region, Keep::All);
        let mut all = Vec::new();
        pass.posteriors(1.0).each(0.01, |bead, p| all.push((bead, p)));
        let blocks = moved_blocks(&model, &ladder, &SearchOptions::default());
        for block in blocks.expect("a model that keeps its contract").0 {
            for (bead, confidence) in block.beads.iter().zip(&block.confidence) {
                let p = all.iter().find(|(b, _)| b == bead).map_or(0.0, |(_, p)| *p);
                prop_assert!(near(p, *confidence), "{bead:?}: {confidence}, not {p}");
            }
        }
    }
}

#[test]
fn a_ladder_that_leads_away_step_by_step_is_followed() {
    // Each stair is seen only from the one before.
    let stairs: Vec<Bead> = (0..4).flat_map(|k| ones(40 * k..40 * (k + 1), 49 * k)).collect();
    let model = planted_in((160, 187), stairs);
    let mut before = ones(0..160, 0);
    before.extend((160..187).map(|t| Bead::new((160, 160), (t, t + 1))));
    let options = SearchOptions { whole_cells: 0, proof_cells: 0, check: 10, ..SearchOptions::default() };
    let along = |options| search_near(&model, &[], Guide::Final(&before), options).expect("no pin");
    let found = along(&options);
    assert!(!found.cut_short);
    assert_eq!((found.beads, found.cost), cheapest(&model));
    let stopped = along(&SearchOptions { most_cells: 1, least_cells: 0, ..options });
    assert!(stopped.cut_short && stopped.cells < found.cells);
    assert!(partitions(&stopped.beads, model.size));
}

#[test]
fn where_a_band_has_no_path_the_ladder_before_stays() {
    // No bead may be linked, and segments alone lead through the corner, far from the band.
    let model = Random { forbidden: 1, ..planted_in((40, 40), Vec::new()) };
    let options = SearchOptions { whole_cells: 0, proof_cells: 0, ..SearchOptions::default() };
    let before = ones(0..40, 0);
    let found = search_near(&model, &[], Guide::Final(&before), &options).expect("no pin");
    assert_eq!(found.beads, before);
}

proptest! {
    #[test]
    fn costs_without_any_measure_do_no_harm(
        size in (0..9usize, 0..9usize),
        seed in any::<u64>(),
        step in prop_oneof![Just(1 << 20), Just(1 << 31), Just(1 << 40), Just(i64::MAX / 4)],
        (low, high) in (-4..0i64, 1..4i64),
    ) {
        let types = TYPES.iter().map(|&(source, target)| BeadType::new(source, target)).collect();
        let model = Random { size, types, seed, low, high, step, forbidden: 3, planted: Vec::new(), swapped: false };
        if let Ok(found) = search(&model, &[], &SearchOptions::default()) {
            prop_assert!(partitions(&found.beads, size));
        }
    }
}
